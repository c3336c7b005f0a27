"""Any bytes to a Message: limits first, then headers, body, attachments and the mails inside."""

import re

from dplmaild.reading.mime.addresses import is_plain, mailboxes
from dplmaild.reading.mime.body import Body, body_of
from dplmaild.reading.mime.charsets import INVISIBLE, strip_invisible
from dplmaild.reading.mime.headers import decode_words
from dplmaild.reading.mime.message import Mailbox, Message
from dplmaild.reading.mime.parts import COMPARED, MAX_BYTES, Limits, Part, part_of
from dplmaild.reading.mime.sent import sent_at

MAX_NESTED_MAILS = 8  # mails within mails
MAX_CHILDREN = 50
MAX_REFERENCES = 200

_ID = re.compile(r"<([^<>\s]{1,900})>")


def read_message(raw: bytes) -> Message:
    """The mail that these bytes are. Never raises: what cannot be read is left out and named in `defects`."""
    return _read(raw, Limits(), MAX_NESTED_MAILS)


def _read(raw: bytes, limits: Limits, nested: int) -> Message:
    part = part_of(_tidy(raw, limits), limits)
    body = body_of(part, limits)
    headers = _decoded(part, limits)
    children = _children(body, limits, nested)
    authors = _mailboxes(part, "from")
    date = part.header("date")
    if date and sent_at(date) is None:
        limits.note("date")
    if len(authors) != 1 or not is_plain(part.header("from"), authors[0].address):
        limits.note("from")
    return Message(
        raw_size=len(raw),
        message_id=_first_id(part, "message-id"),
        in_reply_to=_first_id(part, "in-reply-to"),
        references=_ids(part.header("references")),
        sender=authors[0] if len(authors) == 1 else Mailbox(""),
        to=_mailboxes(part, "to"),
        cc=_mailboxes(part, "cc"),
        reply_to=_mailboxes(part, "reply-to"),
        subject=next((value for name, value in headers if name.lower() == "subject"), ""),
        date=sent_at(date) if date else None,
        headers=headers,
        text=body.text,
        html=body.html,
        attachments=tuple(body.attachments),
        children=children,
        content_type=part.content_type,
        defects=tuple(limits.defects),
        unreadable=body.unreadable,
    )


def _tidy(raw: bytes, limits: Limits) -> bytes:
    """The bytes from the first header on, lines ended by a line feed, within the size limit."""
    if len(raw) > MAX_BYTES:
        limits.note("too big")
        raw = raw[:MAX_BYTES]
    if raw[:1] in (b"\r", b"\n", b"\xef"):
        raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return raw if b"\n" in raw else raw.replace(b"\r", b"\n")


def _decoded(part: Part, limits: Limits) -> tuple[tuple[str, str], ...]:
    """The headers as text, in their order."""
    decoded = []
    for name, value in part.headers:
        text = value if name.lower() in COMPARED - {"from"} else decode_words(value)
        if not text.isascii() and INVISIBLE.search(text):
            limits.note("invisible characters")
            text = text if name.lower() in COMPARED else strip_invisible(text)
        decoded.append((name, text))
    return tuple(decoded)


def _children(body: Body, limits: Limits, nested: int) -> tuple[Message, ...]:
    if body.mails and nested <= 0:
        limits.note("nested too deep")
        return ()
    children = []
    for raw in body.mails[:MAX_CHILDREN]:
        inner = Limits(parts=limits.parts)  # one budget of parts for the whole mail
        children.append(_read(raw, inner, nested - 1))
        limits.parts = inner.parts
    return tuple(children)


def _mailboxes(part: Part, name: str) -> tuple[Mailbox, ...]:
    """The mailboxes of every header of that name: two From headers are two senders."""
    values = [value for key, value in part.headers if key.lower() == name and value]
    return tuple(each for value in values[:20] for each in mailboxes(value))


def _first_id(part: Part, name: str) -> str | None:
    value = part.header(name)
    return next(iter(_ids(value)), None) or value.partition(" ")[0][:900] or None


def _ids(value: str) -> tuple[str, ...]:
    return tuple(f"<{each}>" for each in _ID.findall(value)[:MAX_REFERENCES])
