"""What a bounce says of the mail that came back: whom it did not reach, why, and which mail it was."""

import re
from collections.abc import Iterable, Iterator

from dplmaild.deployment.said import NotReached, Returned
from dplmaild.reading.automatic.bounce import STATUS
from dplmaild.reading.mime import Attachment, Message

MOST = 50  # recipients, and mails, that one bounce may name
MAX_WORDS = 20_000  # characters of a bounce's own words
MAX_REASON = 300

_FIELD = re.compile(r"^([A-Za-z-]{2,40}):[ \t]{0,20}(.{0,2000}(?:\n[ \t].{0,2000}){0,20})", re.MULTILINE)
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_ID = re.compile(r"^[>|\s]{0,8}message-id:\s{0,20}(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)
_COPY = re.compile(
    r"^[>|\s]{0,8}(?:received|return-path|message-id|x-dplmaild-loop):\s"
    r"|^-{2,40}[ \t]{0,4}(?:original|returned|below|this is a copy|the header|start of|header|included|forwarded)\b",
    re.IGNORECASE | re.MULTILINE,
)  # where the copy of our own letter begins
_NO_FAILURE = frozenset({"delivered", "relayed", "expanded"})


def returned(message: Message) -> Returned:
    """Read a bounce (RFC 3464; X-Failed-Recipients; else its own words above the copy). Never raises."""
    return Returned(_reported(message) or _listed(message) or _named(message), tuple(_ids(message)))


def _reported(message: Message) -> tuple[NotReached, ...]:
    """The recipients of the delivery status reports, without those who got it."""
    reports = [_text(each) for each in message.attachments if each.content_type in STATUS]
    groups = (group for report in reports for group in report.split("\n\n")[:200])
    return _once(found for group in groups if (found := _recipient(group)) is not None)


def _recipient(group: str) -> NotReached | None:
    """One group of fields: the address as we wrote it, where the report knows it, else where it ended up."""
    fields = {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(group)}
    action = fields.get("action", "").lower()
    written = (_ADDRESS.search(fields.get(name, "")) for name in ("original-recipient", "final-recipient"))
    address = next((found[0] for found in written if found), None)
    if address is None or action in _NO_FAILURE:
        return None
    reason = fields.get("diagnostic-code", "").partition(";")[2].strip() or fields.get("status", "")
    return NotReached(address.lower(), reason[:MAX_REASON], delayed=action == "delayed", reported=True)


def _listed(message: Message) -> tuple[NotReached, ...]:
    listed = ",".join(message.all("X-Failed-Recipients"))
    return _once(NotReached(address.lower(), reported=True) for address in _ADDRESS.findall(listed[:MAX_WORDS]))


def _named(message: Message) -> tuple[NotReached, ...]:
    """The addresses in a bounce's own words, those of servers and postmasters too: the desk knows whom we wrote to."""
    words = (message.text or message.html or "")[:MAX_WORDS]
    copy = _COPY.search(words)
    return _once(NotReached(found.lower()) for found in _ADDRESS.findall(words[: copy.start() if copy else None]))


def _ids(message: Message) -> Iterator[str]:
    """The Message-IDs of what came back: of mails and headers attached, or copied into the text."""
    known = [child.message_id for child in message.children]
    headers = [_text(each) for each in message.attachments if each.content_type == "text/rfc822-headers"]
    copied = (found for text in (*headers, message.text or "") for found in _ID.findall(text))
    answered = (message.in_reply_to, *message.references)
    yield from list(dict.fromkeys(each for each in (*known, *copied, *answered) if each))[:MOST]


def _text(part: Attachment) -> str:
    return part.content[:200_000].decode("utf-8", "replace").replace("\r\n", "\n")


def _once(found: Iterable[NotReached]) -> tuple[NotReached, ...]:
    return tuple({each.address: each for each in found}.values())[:MOST]
