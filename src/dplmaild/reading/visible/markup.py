"""What the markup of mail programs means: what is hidden, what is quoted, where another message begins."""

import re

from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset"}
    | {"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav"}
    | {"ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"})
SKIPPED = frozenset(
    {
        "head",
        "style",
        "script",
        "title",
        "template",
        "noscript",
        "svg",
        "object",
        "select",
        "textarea",
        "#comment",
        "-comment",
        "_comment",
    }
)
EMPTY = frozenset({"br", "img", "input"})
STRUCK = frozenset({"s", "strike", "del"})
WHITESPACE = re.compile(r"[ \t\r\n\f]+")
SPACE_AFTER_COLON = re.compile(r"\s{0,5}([:;])\s{0,5}")
HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|mso-hide:all"
    r"|font-size:0(?:\.0+)?(?:px|pt|em|%)?(?=;|$|!| )|opacity:0(?=;|$|!| )"
    r"|text-decoration[a-z-]{0,20}:[a-z ]{0,30}line-through)"
)
WHITE = re.compile(r"(?:^|;)color:(?:white|#fff|#ffffff|rgb\(255, ?255, ?255\))(?=;|$|!| )")
BACKGROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:(?!white|#fff|transparent|none|inherit|initial)")
OUTLOOK_HEADER = re.compile(r"border-top:solid #(?:e1e1e1|b5c4df)")
QUOTE_BORDER = re.compile(r"border-left:[^;]{0,30}solid")
HEADER_IDS = frozenset(
    {
        "divrplyfwdmsg",
        "x_divrplyfwdmsg",
        "mail-editor-reference-message-container",
        "x_mail-editor-reference-message-container",
    }
)
SIGNATURE_IDS = frozenset(
    {"signature", "x_signature", "ms-outlook-mobile-signature", "applemailsignature", "x_ms-outlook-mobile-signature"}
)
SIGNATURE_CLASSES = ("gmail_signature", "moz-signature", "protonmail_signature_block")
QUOTE_CLASSES = ("yahoo_quoted", "gmail_quote", "protonmail_quote")


def tight(node: LexborNode) -> bool:
    """Outlook's paragraphs stand without a gap."""
    attributes = node.attributes
    return (attributes.get("class") or "").lower().startswith("mso") or "margin:0" in (
        attributes.get("style") or ""
    ).replace(" ", "")


def hides(style: str, attributes: dict[str, str | None], *, dark: bool) -> bool:
    if "hidden" in attributes or (style and HIDING.search(style)):
        return True
    white = bool(style and WHITE.search(style)) or (attributes.get("color") or "").lower() in (
        "white",
        "#ffffff",
        "#fff",
    )
    return white and not dark


def quotes(node: LexborNode, tag: str, style: str, names: str, attributes: dict[str, str | None]) -> int:
    """1 when this element holds quoted words by its markup."""
    if tag == "blockquote":
        cited = (
            (attributes.get("type") or "").lower() == "cite" or "cite" in attributes or names.startswith(QUOTE_CLASSES)
        )
        return int(cited or bool(QUOTE_BORDER.search(style)))
    if tag != "div":
        return 0
    if (attributes.get("name") or "").lower() == "quote":
        return 1
    return int(names.startswith(QUOTE_CLASSES) and node.css_first("blockquote") is None)
