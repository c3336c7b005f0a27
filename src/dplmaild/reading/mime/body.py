"""A tree of parts to a body in its two forms, with attachments and mails inside kept apart."""

import html
import re
from dataclasses import dataclass, field

from dplmaild.apart import unpacked
from dplmaild.reading.mime.charsets import INVISIBLE, decode_text, strip_invisible
from dplmaild.reading.mime.flowed import unflowed
from dplmaild.reading.mime.inline import taken_out
from dplmaild.reading.mime.message import Attachment
from dplmaild.reading.mime.parts import Limits, Part, part_of
from dplmaild.reading.mime.signed import signed_content

MAX_TEXT = 1_000_000  # characters of one body that are read

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_INVISIBLE_ENTITY = re.compile(
    r"&(?:shy|zwnj|zwj|#0*(?:173|820[3-7]|823[4-8]|65279)|#x(?:ad|200[b-f]|202[a-e]|feff));", re.IGNORECASE
)
_TEXTS = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_MAILS = frozenset({"message/rfc822", "message/global"})
_SHOWN = "inline; related"  # of a part that the root of its group shows


@dataclass(slots=True)
class Body:
    """What was found below one part; `text` and `html` each hold all of it or are None."""

    text: str | None = None
    html: str | None = None
    attachments: list[Attachment] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    unreadable: str | None = None


def body_of(part: Part, limits: Limits) -> Body:
    """The words, attachments and mails of one part and all below it."""
    if part.parts:
        bodies = [body_of(inner, limits) for inner in _first_body(part)]
        joined = _alternative(bodies) if part.content_type == "multipart/alternative" else _one_after_another(bodies)
        if part.content_type == "multipart/encrypted":
            joined.unreadable = joined.unreadable or "encrypted"
        return joined
    if part.content_type in _SMIME:
        return _sealed(part, limits)
    if part.content_type in _MAILS:
        return Body(mails=[part.content()[0]])
    if _is_words(part):
        return _words(part, limits)
    return _attached(part, limits)


def _first_body(part: Part) -> list[Part]:
    """The parts in reading order: only the first of a related group is words, the rest is shown by it."""
    if part.content_type != "multipart/related":
        return part.parts
    start = part.type_parameters.get("start", "").strip()
    root = next((p for p in part.parts if start and p.header("content-id").strip() == start), part.parts[0])
    for other in part.parts:
        if other is not root and not other.parts and other.content_type not in _MAILS:
            other.disposition = _SHOWN
    return [root, *(other for other in part.parts if other is not root)]


def _is_words(part: Part) -> bool:
    """Whether a part is read with the body: a text that is neither attached nor a named file beside it."""
    if part.disposition.startswith(("attachment", _SHOWN)):
        return False
    named = bool(part.name) and part.disposition != ""
    return part.content_type in _TEXTS | {"text/html"} and not named


def _words(part: Part, limits: Limits) -> Body:
    """A text part; HTML keeps its markup, plain text loses soft breaks and invisible characters."""
    content, as_declared = part.content()
    if not as_declared:
        limits.note("transfer encoding")
    is_html = part.content_type == "text/html"
    content, files = (content, []) if is_html else taken_out(content)
    charset = part.type_parameters.get("charset") or (_meta_charset(content) if is_html else None)
    text, right = decode_text(content, charset)
    if not right:
        limits.note("charset")
    if len(text) > MAX_TEXT:
        limits.note("body cut")
    text = text[:MAX_TEXT].removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if INVISIBLE.search(text) or (is_html and _INVISIBLE_ENTITY.search(text)):
        limits.note("invisible characters")
    if is_html:
        return Body(html=text)
    if part.type_parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, part.type_parameters.get("delsp", "").lower() == "yes")
    return Body(text=strip_invisible(text), attachments=files, unreadable=_armoured(text))


def _meta_charset(content: bytes) -> str | None:
    found = _META_CHARSET.search(content, 0, 2_000)
    return found[1].decode("ascii", "replace") if found else None


def _armoured(text: str) -> str | None:
    return "encrypted" if text.lstrip().startswith("-----BEGIN PGP MESSAGE-----") else None


def _attached(part: Part, limits: Limits) -> Body:
    content, as_declared = part.content()
    if not as_declared:
        limits.note("transfer encoding")
    name = strip_invisible(part.name)
    inline = part.disposition.startswith("inline") or (not part.disposition and bool(part.header("content-id")))
    if part.content_type in ("application/ms-tnef", "application/vnd.ms-tnef") or name.lower() == "winmail.dat":
        limits.note("tnef")
        return _envelope(part, content, limits)
    return Body(attachments=[Attachment(name, part.content_type, content, inline)])


def _envelope(part: Part, content: bytes, limits: Limits) -> Body:
    """Outlook's winmail.dat: its words and files; the envelope itself where it cannot be opened."""
    opened = unpacked("tnef", content) if limits.sealed > 0 else None
    limits.sealed -= 1
    if opened is None:
        return Body(attachments=[Attachment(strip_invisible(part.name), part.content_type, content)])
    files = [Attachment(strip_invisible(name), "application/octet-stream", inside) for name, inside in opened.files]
    text = opened.text.replace("\r\n", "\n") if opened.text else None
    return Body(text=strip_invisible(text) if text else None, html=opened.html, attachments=files)


def _sealed(part: Part, limits: Limits) -> Body:
    """S/MIME: the words under a signature, or why they cannot be had. The signature itself is not looked at."""
    content = part.content()[0]
    inside = signed_content(content)
    if inside and limits.sealed > 0:
        limits.sealed -= 1
        return body_of(part_of(inside, limits), limits)
    body = _attached(part, limits)
    kind = part.type_parameters.get("smime-type", "").lower()
    signed = inside is not None or kind == "signed-data" or part.name.lower().endswith(".p7s")
    body.unreadable = "opaque signature" if signed else "encrypted"
    return body


def _alternative(bodies: list[Body]) -> Body:
    """The forms of one body: the last of each kind is the best (RFC 2046 5.1.4)."""
    joined = _gathered(bodies)
    joined.text = next((body.text for body in bodies if body.text is not None), None)
    joined.html = next((body.html for body in reversed(bodies) if body.html is not None), None)
    return joined


def _one_after_another(bodies: list[Body]) -> Body:
    joined = _gathered(bodies)
    worded = [body for body in bodies if body.text is not None or body.html is not None]
    if worded and all(body.text is not None for body in worded):
        joined.text = "\n".join(body.text or "" for body in worded)
    if any(body.html is not None for body in worded):
        joined.html = "\n".join(body.html if body.html is not None else _as_html(body.text or "") for body in worded)
    return joined


def _gathered(bodies: list[Body]) -> Body:
    """Everything but the words."""
    return Body(
        attachments=[each for body in bodies for each in body.attachments],
        mails=[each for body in bodies for each in body.mails],
        unreadable=next((body.unreadable for body in bodies if body.unreadable), None),
    )


def _as_html(text: str) -> str:
    return "<div>" + html.escape(text).replace("\n", "<br>\n") + "</div>"
