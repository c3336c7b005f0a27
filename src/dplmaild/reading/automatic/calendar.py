"""Answers of a calendar to an invitation. An invitation itself is a person's: it is judged by the words around it."""

import re

from dplmaild.reading.automatic.words import said
from dplmaild.reading.mime import Message
from dplmaild.reading.visible import Visible

_REPLY_METHOD = re.compile(rb"^METHOD:(REPLY|COUNTER|DECLINECOUNTER|REFRESH)\s", re.IGNORECASE | re.MULTILINE)
_METHOD = re.compile(r"method=\"?(reply|counter|declinecounter|refresh)\b", re.IGNORECASE)


def is_calendar_reply(message: Message, seen: Visible) -> bool:
    """Whether a calendar program answers: accepted, declined, another time proposed (RFC 5546)."""
    if message.content_type == "text/calendar" and _METHOD.search(message.header("Content-Type") or ""):
        return True
    calendars = [each for each in message.attachments if each.content_type == "text/calendar"]
    if any(_REPLY_METHOD.search(each.content[:20_000]) for each in calendars):
        return True
    made_by = (message.header("X-MS-Exchange-Calendar-Originator-Id") or message.header("Content-Class") or "").lower()
    if "calendarmessage" not in made_by or seen.new_text.strip():
        return False
    return any(hit.first == 0 for hit in said(message.subject).hits.get("answered", ()))
