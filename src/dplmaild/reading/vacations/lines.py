"""The lines of a calendar file (RFC 5545, 3.1), as far as vacations need them: events alone, few of their properties.

Zones that the file defines itself are never reckoned, alarms and long texts never looked at: they are what a hostile
file makes large.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LARGEST = 5_000_000  # bytes of a calendar
MOST_EVENTS = 10_000
_LONGEST = 4_000  # characters of a line that is looked at
_WANTED = frozenset(
    {
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "EXRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "STATUS",
        "TRANSP",
        "SUMMARY",
        "CATEGORIES",
    }
)
_NAME = re.compile(r"[A-Za-z0-9-]{1,40}")
_PARAMETER = re.compile(r';([A-Za-z0-9-]{1,40})=("[^"]*"|[^";:]*)')


class NotUnderstoodError(ValueError):
    """A calendar that cannot be taken; the message says why, and which event it is about."""


@dataclass(frozen=True, slots=True)
class Line:
    """One property of an event."""

    name: str
    value: str
    parameters: Mapping[str, str]


def events_in(raw: bytes) -> Iterator[tuple[Line, ...]]:
    """The properties of every event; raises NotUnderstoodError for what is no whole calendar."""
    if len(raw) > LARGEST:
        raise NotUnderstoodError(f"it is larger than {LARGEST // 1_000_000} MB")
    lines = _unfolded(raw)
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise NotUnderstoodError(f"it is no calendar: it begins with {lines[0][:40] if lines else ''!r}")
    if next((line for line in reversed(lines) if line.strip()), "").strip().upper() != "END:VCALENDAR":
        raise NotUnderstoodError("it is cut off: its end is missing")
    return _events(lines)


def _unfolded(raw: bytes) -> list[str]:
    """Long lines put together again; what is no UTF-8 becomes question marks, and is no date then."""
    text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n ", "").replace("\n\t", "").strip("\n").split("\n")


def _events(lines: list[str]) -> Iterator[tuple[Line, ...]]:
    inside: list[str] = []
    event: list[Line] = []
    count = 0
    for line in lines:
        head = line[:40].upper()
        if head.startswith("BEGIN:"):
            inside.append(head[6:].strip())
            event = [] if inside[-1] == "VEVENT" else event
        elif head.startswith("END:"):
            if not inside or inside.pop() != head[4:].strip():
                raise NotUnderstoodError(f"it is broken: {line[:40]!r} closes what was never opened")
            if head[4:].strip() == "VEVENT":
                count += 1
                if count > MOST_EVENTS:
                    raise NotUnderstoodError(f"it holds more than {MOST_EVENTS} events")
                yield tuple(event)
        elif inside and inside[-1] == "VEVENT" and (found := _line(line)):
            event.append(found)


def _line(text: str) -> Line | None:
    """One property that is wanted; anything else is passed over."""
    name = _NAME.match(text)
    if name is None or name[0].upper() not in _WANTED:
        return None
    if len(text) > _LONGEST:
        text = text[:_LONGEST] if name[0].upper() in ("SUMMARY", "CATEGORIES") else ""
    parameters, place = {}, name.end()
    while found := _PARAMETER.match(text, place):
        parameters[found[1].upper()] = found[2].strip('"')
        place = found.end()
    if text[place : place + 1] != ":":
        raise NotUnderstoodError(f"a line cannot be read: {text[:40] or name[0]!r}")
    return Line(name[0].upper(), text[place + 1 :].strip(), parameters)
