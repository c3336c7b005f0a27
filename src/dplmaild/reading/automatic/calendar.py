"""What calendar programs send: an invitation is a person's and is judged by its words, an answer is a machine's."""

import re

from dplmaild.reading.automatic.phrases import said
from dplmaild.reading.mime import Message
from dplmaild.reading.visible import Visible

_ANSWERS = frozenset({"reply", "counter", "declinecounter", "refresh"})
_LINE = re.compile(rb"^METHOD:([A-Za-z]{1,20})\s", re.IGNORECASE | re.MULTILINE)
_PARAMETER = re.compile(r"method=\"?([a-z]{1,20})\b", re.IGNORECASE)


def method_of(message: Message) -> str | None:
    """What the calendar in a mail does (RFC 5546: request, reply, cancel, ...), lower case; "" where it does not say.

    None for a mail without a calendar.
    """
    if message.content_type == "text/calendar":
        stated = _PARAMETER.search(message.header("Content-Type") or "")
        return stated[1].lower() if stated else ""
    calendars = [each for each in message.attachments if each.content_type == "text/calendar"]
    written = (_LINE.search(each.content[:20_000]) for each in calendars)
    methods = [found[1].decode("ascii").lower() for found in written if found]
    return next((each for each in methods if each in _ANSWERS), methods[0] if methods else "" if calendars else None)


def is_calendar_reply(message: Message, seen: Visible) -> bool:
    """Whether a calendar program answers: accepted, declined, another time proposed."""
    if method_of(message) in _ANSWERS:
        return True
    made_by = (message.header("X-MS-Exchange-Calendar-Originator-Id") or message.header("Content-Class") or "").lower()
    if "calendarmessage" not in made_by or seen.new_text.strip():
        return False
    return any(hit.first == 0 for hit in said(message.subject).hits.get("answered", ()))


def is_commented(seen: Visible) -> bool:
    """Whether a person wrote something beside a calendar's answer; what the program writes by itself is no word."""
    words = seen.new_text.strip()
    return bool(words) and not said(words).has("invited")
