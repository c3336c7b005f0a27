"""What the markup of mail programs means: what is hidden, what is quoted, where another message begins."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset"}
    | {"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav"}
    | {"ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"})
SKIPPED = frozenset(
    {"head", "style", "script", "title", "template", "noscript", "svg", "object", "select", "textarea", "iframe"}
    | {"dialog", "audio", "video", "canvas"}
)
EMPTY = frozenset({"br", "img", "input"})
STRUCK = frozenset({"s", "strike", "del"})
WHITESPACE = re.compile(r"[ \t\r\n\f]+")
_SPACE_AFTER_COLON = re.compile(r"\s{0,5}([:;])\s{0,5}")
_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|mso-hide:all"
    r"|font-size:(?:0(?:\.0+)?(?:px|pt|em|%)?|[01](?:\.\d{1,3})?p[xt])(?=;|$|!| )|opacity:0(?:\.0+)?(?=;|$|!| )"
    r"|font:0|color:transparent|clip:rect\(0|transform:scale\(0(?:\.0+)?\)"
    r"|(?:text-indent|left|top|right|bottom|margin-left|margin-top):-\d{3,7}"
    r"|text-decoration[a-z-]{0,20}:[a-z ]{0,30}line-through)"
)
_COMMENT = re.compile(r"/\*[^*]{0,500}\*/")
_NO_ROOM = re.compile(r"(?:^|;)(?:max-)?(?:height|width):0(?:px|pt|em|%)?(?=;|$|!| )")
_CUT_OFF = re.compile(r"(?:^|;)overflow(?:-[xy])?:hidden")
_WHITE = re.compile(r"(?:^|;)color:(?:white|#fff|#ffffff|rgb\(255, ?255, ?255\))(?=;|$|!| )")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:(?!white|#fff|transparent|none|inherit|initial)")
_OUTLOOK_HEADER = re.compile(  # Outlook for Windows, for Mac, Windows Mail
    r"border-top:(?:[\d.]{1,4}p[tx] )?solid (?:#(?:e1e1e1|b5c4df)|rgb\((?:225, ?225, ?225|181, ?196, ?223)\))"
    r"|border-top-color:rgb\(229, ?229, ?229\)"
)
_QUOTE_BORDER = re.compile(r"border-left(?:-style)?:[^;]{0,30}(?:solid|dotted|dashed)")
HEADER_IDS = frozenset(
    {
        "divrplyfwdmsg",
        "x_divrplyfwdmsg",
        "mail-editor-reference-message-container",
        "x_mail-editor-reference-message-container",
        "olk_src_body_section",
    }
)
SIGNATURE_IDS = frozenset(
    {"signature", "x_signature", "ms-outlook-mobile-signature", "applemailsignature", "x_ms-outlook-mobile-signature"}
)
SIGNATURE_CLASSES = ("gmail_signature", "moz-signature", "protonmail_signature_block")
_QUOTE_CLASSES = ("yahoo_quoted", "gmail_quote", "protonmail_quote", "tutanota_quote")
_QUOTE_NAMES = ("quote", "messagereplysection")  # GMX, Spark


@dataclass(frozen=True, slots=True)
class Style:
    """What an element's style says that matters for reading."""

    hides: bool = False
    white: bool = False
    dark: bool = False  # a background that is not white
    header: bool = False  # the line above Outlook's header block
    quotes: bool = False  # the bar left of a quote
    tight: bool = False  # no gap around


@lru_cache(maxsize=1_024)
def style_of(written: str) -> Style:
    """The meaning of a style attribute; mails repeat a few of them a thousand times."""
    style = _SPACE_AFTER_COLON.sub(r"\1", _COMMENT.sub("", written[:2_000]).lower().strip())
    no_room = _NO_ROOM.search(style) is not None and _CUT_OFF.search(style) is not None
    return Style(
        hides=no_room or _HIDING.search(style) is not None,
        white=_WHITE.search(style) is not None,
        dark=_BACKGROUND.search(style) is not None,
        header=_OUTLOOK_HEADER.search(style) is not None,
        quotes=_QUOTE_BORDER.search(style) is not None,
        tight="margin:0" in style,
    )


@dataclass(frozen=True, slots=True)
class Effect:
    """What an element does to the words inside it, as far as its tag and attributes say."""

    block: bool = False
    spaced: bool = False  # a gap before and after
    plain: bool = True  # nothing below changes
    hides: bool = False
    white: bool = False
    dark: bool = False
    header: bool = False
    signature: bool = False
    preformatted: bool = False
    table: bool = False
    quotes: bool = False
    quotes_alone: bool = False  # quotes unless a quote stands inside


NO_EFFECT = Effect()


@lru_cache(maxsize=2_048)
def effect_of(tag: str, written: tuple[tuple[str, str | None], ...]) -> Effect:
    """The effect of an element; mails repeat a few of them a thousand times."""
    attributes = {name: (value or "").lower() for name, value in written}
    style = style_of(attributes.get("style", ""))
    names, identity = attributes.get("class", ""), attributes.get("id", "")
    tight = style.tight or names.startswith("mso")  # Outlook's paragraphs stand without a gap
    effect = Effect(
        hides=tag in STRUCK or "hidden" in attributes or style.hides,
        white=style.white or attributes.get("color") in ("white", "#ffffff", "#fff"),
        dark=style.dark or "bgcolor" in attributes,
        header=style.header or identity in HEADER_IDS,
        signature=identity in SIGNATURE_IDS or names.startswith(SIGNATURE_CLASSES),
        preformatted=tag == "pre",
        table=tag == "table",
        quotes=_quotes(tag, attributes, names, style),
        quotes_alone=tag == "div" and _has_quote_class(names),
    )
    return replace(effect, plain=effect == NO_EFFECT, block=tag in BLOCKS, spaced=tag in SPACED and not tight)


def _quotes(tag: str, attributes: dict[str, str], names: str, style: Style) -> bool:
    """Whether this element holds quoted words by its markup."""
    if tag == "blockquote":
        cited = attributes.get("type") == "cite" or "cite" in attributes
        return cited or not attributes or _has_quote_class(names) or style.quotes
    return tag == "div" and attributes.get("name", "") in _QUOTE_NAMES


def _has_quote_class(names: str) -> bool:
    """Whether a class names a quote; the line that introduces one may be called after it."""
    return any(name in each for name in _QUOTE_CLASSES for each in names.split() if "attribution" not in each)


def quotes(node: LexborNode, effect: Effect) -> int:
    """1 when this element holds quoted words."""
    return int(effect.quotes or (effect.quotes_alone and node.css_first("blockquote") is None))
