"""Which kind of machine sent a mail, if one did; in doubt it was a person, whose mail must not be lost."""

import re
from collections.abc import Callable

from dplmaild.deployment.said import Automatic
from dplmaild.reading.automatic.absence import absence, null_sender, replied_by_machine
from dplmaild.reading.automatic.phrases import BOUNCE_SENTENCES, BOUNCE_SUBJECTS, BOUNCERS, CALENDAR_SUBJECTS
from dplmaild.reading.automatic.words import bare_subject, body_words
from dplmaild.reading.mime import Message

LOOP_HEADER = "X-Dplmaild-Loop"  # on every letter of ours (SEE-9); its value names the instance

_REPLY_METHOD = re.compile(rb"^METHOD:(REPLY|COUNTER|DECLINECOUNTER|REFRESH)\s", re.IGNORECASE | re.MULTILINE)
_METHOD = re.compile(r"method=\"?(reply|counter|declinecounter|refresh)\b", re.IGNORECASE)


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
        lambda: absence(message),
        lambda: _list(message, own_addresses),
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
    returned = local in BOUNCERS or (not local and message.sender.name.lower() in BOUNCERS) or null_sender(message)
    if not returned:
        return None
    subject = bare_subject(message)
    said = any(phrase in subject for phrase in BOUNCE_SUBJECTS)
    written = any(phrase in body_words(message)[:4_000] for phrase in BOUNCE_SENTENCES)
    daemon = local in BOUNCERS - {"postmaster"}  # people do write as postmaster
    return Automatic.BOUNCE if said or written or (daemon and null_sender(message)) else None


def _calendar_reply(message: Message) -> Automatic | None:
    if message.content_type == "text/calendar" and _METHOD.search(message.header("Content-Type") or ""):
        return Automatic.CALENDAR_REPLY
    calendars = [each for each in message.attachments if each.content_type == "text/calendar"]
    if any(_REPLY_METHOD.search(each.content[:20_000]) for each in calendars):
        return Automatic.CALENDAR_REPLY
    answered = (message.header("X-MS-Exchange-Calendar-Originator-Id") or message.header("Content-Class") or "").lower()
    wordless = not body_words(message)
    if "calendarmessage" in answered and wordless and message.subject.lower().startswith(CALENDAR_SUBJECTS):
        return Automatic.CALENDAR_REPLY
    return None


def _list(message: Message, own_addresses: frozenset[str]) -> Automatic | None:
    """Mailing lists and newsletters; a list that is our own address is only the door people's mail came through."""
    names = (message.header("List-Id"), message.header("List-Post"))
    posted = " ".join(name for name in names if name).lower()
    if posted and not any(own in posted or own.replace("@", ".") in posted for own in own_addresses - {""}):
        return Automatic.LIST
    precedence = (message.header("Precedence") or "").strip().lower()
    newsletter = message.header("List-Unsubscribe") is not None and not posted
    return Automatic.LIST if newsletter or (precedence == "list" and not posted) else None


def _generated(message: Message) -> Automatic | None:
    submitted = (message.header("Auto-Submitted") or "").partition(";")[0].partition("(")[0].strip().lower()
    if (submitted and submitted != "no") or replied_by_machine(message):
        return Automatic.AUTO_GENERATED
    precedence = (message.header("Precedence") or "").strip().lower()
    if precedence in ("bulk", "junk") or null_sender(message):
        return Automatic.AUTO_GENERATED
    return Automatic.AUTO_GENERATED if message.content_type == "multipart/report" else None
