"""Calendars as programs write them, with Windows line ends."""

from datetime import date
from zoneinfo import ZoneInfo

from dplmaild.reading.vacations import Wanted, vacations_in

MADRID = ZoneInfo("Europe/Madrid")
YEARS = Wanted(MADRID, date(2026, 1, 1), date(2028, 12, 31))


def calendar(*events: str) -> bytes:
    """A calendar with these events, each a few lines."""
    inside = "\n".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n{inside}\nEND:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def event(start: str, *more: str, uid: str = "1") -> str:
    """An event's lines: `20260803` or `TZID=Europe/Madrid:20260803T090000`, and whatever else it says."""
    kind = "" if "=" in start or "T" in start else "VALUE=DATE:"
    mark = ";" if "=" in start or kind else ":"
    return "\n".join((f"UID:{uid}", f"DTSTART{mark}{kind}{start}", "SUMMARY:Vacation", *more))


def found(*events: str, wanted: Wanted = YEARS) -> list[tuple[str, str]]:
    """The stretches of vacation in a calendar of these events."""
    spans = vacations_in(calendar(*events), wanted)
    return [(span.first.isoformat(), span.last.isoformat()) for span in spans]


def days(*events: str) -> list[str]:
    """The same, where every stretch is one day."""
    spans = found(*events)
    assert all(first == last for first, last in spans)
    return [first for first, _ in spans]
