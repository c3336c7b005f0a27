"""Which kind of machine sent a mail, if one did; in doubt it was a person, whose mail must not be lost."""

import re
from collections.abc import Callable

from dplmaild.deployment.said import Automatic
from dplmaild.reading.automatic.phrases import (
    ABSENCE_SENTENCES,
    ABSENCE_SUBJECTS,
    BOUNCE_SENTENCES,
    BOUNCE_SUBJECTS,
    BOUNCERS,
    CALENDAR_SUBJECTS,
)
from dplmaild.reading.mime import Message

LOOP_HEADER = "X-Dplmaild-Loop"  # on every letter of ours (SEE-9); its value names the instance

TOP = 700  # characters of a body in which an absence note says what it is
MAX_NOTE = 2_000  # characters of an absence note without headers

_REPLY_PREFIX = re.compile(r"\s{0,3}(?:re|aw|sv|antw|odp|res|rv|r)\s{0,2}:\s{0,3}", re.IGNORECASE)
_REPLY_METHOD = re.compile(rb"^METHOD:(REPLY|COUNTER|DECLINECOUNTER|REFRESH)\s", re.IGNORECASE | re.MULTILINE)
_METHOD = re.compile(r"method=\"?(reply|counter|declinecounter|refresh)\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_BLANKS = re.compile(r"\s+")
_ASKS = re.compile(r"\b(?:11|\d{1,3})\.\d{1,4}\.\d{1,4}\b|\?|^\s{0,5}/\w", re.MULTILINE)
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-autoreply-from", "x-mail-autoreply", "x-vacation")
_ABSENCE_PRECEDENCE = frozenset({"auto_reply", "auto-reply", "autoreply"})


def automatic(
    message: Message, own_addresses: frozenset[str] = frozenset(), loop_mark: str | None = None
) -> Automatic | None:
    """The kind of machine that sent it, or None for a person.

    `own_addresses` are ours in lower case, `loop_mark` is the value of our own loop header; None takes any value.
    """
    first_match = (
        lambda: _own(message, own_addresses, loop_mark),
        lambda: _bounce(message),
        lambda: _calendar_reply(message),
        lambda: _absence(message),
        lambda: _list(message),
        lambda: _generated(message),
    )
    return _first(first_match)


def _first(checks: tuple[Callable[[], Automatic | None], ...]) -> Automatic | None:
    for check in checks:
        kind = check()
        if kind is not None:
            return kind
    return None


def _own(message: Message, own_addresses: frozenset[str], loop_mark: str | None) -> Automatic | None:
    marks = {mark.strip() for mark in message.all(LOOP_HEADER)}
    looped = bool(marks) if loop_mark is None else loop_mark in marks
    return Automatic.OWN if looped or message.sender.address in own_addresses - {""} else None


def _bounce(message: Message) -> Automatic | None:
    report = (message.header("Content-Type") or "").lower()
    if message.content_type == "multipart/report" and "disposition-notification" not in report:
        return Automatic.BOUNCE
    if any(each.content_type == "message/delivery-status" for each in message.attachments):
        return Automatic.BOUNCE
    if message.header("X-Failed-Recipients"):
        return Automatic.BOUNCE
    local = message.sender.address.partition("@")[0]
    returned = local in BOUNCERS or (not local and message.sender.name.lower() in BOUNCERS) or _null_sender(message)
    if not returned:
        return None
    subject = _bare_subject(message)
    said = any(phrase in subject for phrase in BOUNCE_SUBJECTS)
    written = any(phrase in _top(message, 4_000) for phrase in BOUNCE_SENTENCES)
    daemon = local in BOUNCERS - {"postmaster"}  # people do write as postmaster
    return Automatic.BOUNCE if said or written or (daemon and _null_sender(message)) else None


def _null_sender(message: Message) -> bool:
    return any(path.strip() == "<>" for path in message.all("Return-Path"))


def _calendar_reply(message: Message) -> Automatic | None:
    if message.content_type == "text/calendar" and _METHOD.search(message.header("Content-Type") or ""):
        return Automatic.CALENDAR_REPLY
    calendars = [each for each in message.attachments if each.content_type == "text/calendar"]
    if any(_REPLY_METHOD.search(each.content[:20_000]) for each in calendars):
        return Automatic.CALENDAR_REPLY
    answered = (message.header("X-MS-Exchange-Calendar-Originator-Id") or message.header("Content-Class") or "").lower()
    wordless = not _top(message, 200).strip()
    if "calendarmessage" in answered and wordless and message.subject.lower().startswith(CALENDAR_SUBJECTS):
        return Automatic.CALENDAR_REPLY
    return None


def _absence(message: Message) -> Automatic | None:
    """An absence note: by its headers and words, by its subject, or by a short body that says so at once."""
    subject = _bare_subject(message)
    by_subject = subject.startswith(ABSENCE_SUBJECTS)
    body = _body(message)
    by_body = any(sentence in body[:TOP] for sentence in ABSENCE_SENTENCES)
    if _replied_by_machine(message):
        return Automatic.OUT_OF_OFFICE if by_subject or by_body or _asked_for_by_us(message) else None
    if by_subject and (by_body or _null_sender(message) or _suppressed(message)):
        return Automatic.OUT_OF_OFFICE
    if by_subject and message.subject.lower().startswith(ABSENCE_SUBJECTS) and _only_a_note(message, body):
        return Automatic.OUT_OF_OFFICE
    if by_body and _only_a_note(message, body) and (_null_sender(message) or _suppressed(message)):
        return Automatic.OUT_OF_OFFICE
    return None


def _replied_by_machine(message: Message) -> bool:
    submitted = (message.header("Auto-Submitted") or "").partition(";")[0].strip().lower()
    precedence = (message.header("Precedence") or "").strip().lower()
    return (
        submitted.startswith("auto-replied")
        or precedence in _ABSENCE_PRECEDENCE
        or any(message.header(name) is not None for name in _AUTO_HEADERS)
    )


def _asked_for_by_us(message: Message) -> bool:
    """A vacation responder that names itself, whatever its words."""
    return any(message.header(name) is not None for name in ("x-vacation", "x-autoreply-from"))


def _suppressed(message: Message) -> bool:
    """Exchange's wish for no automatic answers; it stands on mail of people as well, so it is only a second sign."""
    wish = (message.header("X-Auto-Response-Suppress") or "").lower()
    return "all" in wish or "oof" in wish or "autoreply" in wish


def _only_a_note(message: Message, body: str) -> bool:
    """Whether a body is short and asks nothing, as absence notes are; a request with such a subject is a person's."""
    return len(body) <= MAX_NOTE and not _ASKS.search(body[:TOP]) and not message.attachments


def _list(message: Message) -> Automatic | None:
    """Mailing lists and newsletters. A person who writes to a list is still on a list; a lone Precedence is not one."""
    if message.header("List-Id") is not None or message.header("List-Post") is not None:
        return Automatic.LIST
    precedence = (message.header("Precedence") or "").strip().lower()
    unsubscribe = message.header("List-Unsubscribe") is not None
    bulk = precedence in ("bulk", "list", "junk")
    return Automatic.LIST if unsubscribe or (bulk and message.header("Feedback-ID") is not None) else None


def _generated(message: Message) -> Automatic | None:
    submitted = (message.header("Auto-Submitted") or "").partition(";")[0].partition("(")[0].strip().lower()
    if (submitted and submitted != "no") or _replied_by_machine(message):
        return Automatic.AUTO_GENERATED
    precedence = (message.header("Precedence") or "").strip().lower()
    if precedence in ("bulk", "junk") or _null_sender(message):
        return Automatic.AUTO_GENERATED
    return Automatic.AUTO_GENERATED if message.content_type == "multipart/report" else None


def _bare_subject(message: Message) -> str:
    """The subject in lower case without reply prefixes."""
    subject = message.subject
    for _ in range(3):
        prefix = _REPLY_PREFIX.match(subject)
        if prefix is None:
            break
        subject = subject[prefix.end() :]
    return _BLANKS.sub(" ", subject).strip().lower()


def _body(message: Message) -> str:
    raw = message.text if message.text is not None else _TAGS.sub(" ", (message.html or "")[:50_000])
    return _BLANKS.sub(" ", raw[:50_000]).strip().lower().replace("’", "'")


def _top(message: Message, length: int) -> str:
    return _body(message)[:length]
