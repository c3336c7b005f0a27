"""A day of the month named alone, which only among offered slots says which day: `the 13th`, `am 13.`, `el 13`."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from dplmaild.reading.fields import Clock

_DAY = re.compile(
    r"(?<!\bof )(?<!\bvon )(?<!\bde )\b(?:the|den|dem|der|am|el|al|del|dia|día)\s{1,3}"
    r"(\d{1,2})(?:st|nd|rd|th|\.)?(?![\w:/]|[.,]\d|\s?(?:uhr|h|am|pm)\b)",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(r"(?<![\w./:-])(\d{1,2})[./](\d{1,2})\.?(?![\w:]|[./]\d)")


def days_told(text: str) -> tuple[int, ...]:
    """Days of a month that a sentence names without their month, in order, each once."""
    return tuple(dict.fromkeys(int(found[1]) for found in _DAY.finditer(text)))


def dates_told(text: str) -> tuple[tuple[int, int], ...]:
    """Where days written with their month alone stand, as offsets: `22.12. passt`, `21/12`."""
    return tuple(found.span() for found in _DAY_AND_MONTH.finditer(text))


def slots_dated(text: str, starts: Sequence[datetime], clock: Clock) -> tuple[int, ...]:
    """The numbers of the slots on such a day, whichever of the two numbers is the month."""
    zone = ZoneInfo(clock.zone)
    told = {frozenset((int(found[1]), int(found[2]))) for found in _DAY_AND_MONTH.finditer(text)}
    days = ((number, start.astimezone(zone)) for number, start in enumerate(starts, 1))
    return tuple(number for number, day in days if frozenset((day.day, day.month)) in told)


def slots_on(day: int, starts: Sequence[datetime], clock: Clock) -> tuple[int, ...]:
    """The numbers, from 1, of the slots on that day of their month, by the customer's calendar."""
    zone = ZoneInfo(clock.zone)
    return tuple(number for number, start in enumerate(starts, 1) if start.astimezone(zone).day == day)


def is_another_day(number: int, starts: Sequence[datetime], clock: Clock) -> bool:
    """Whether a slot's number is the day of the month of another slot: `the 2nd works`, and the first is on the 2nd."""
    return any(slot != number for slot in slots_on(number, starts, clock))
