"""How a profile writes lengths of time, weekdays and notice."""

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

_SPAN = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,4})m)?")


def _span(written: object) -> object:
    """`4h`, `1h30m`, `2d` as a timedelta; anything else is left to pydantic to refuse."""
    match = _SPAN.fullmatch(written) if isinstance(written, str) else None
    if match is None or not any(match.groups()):
        if isinstance(written, timedelta):
            return written
        raise ValueError(f"not a span of time: {written!r} (write 4h, 30m, 1h30m or 2d)")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


Span = Annotated[timedelta, BeforeValidator(_span), Field(ge=timedelta(0))]


class Weekday(StrEnum):
    """A day of the week, in the order of `date.weekday()`."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


WEEK = tuple(Weekday)


def weekday_of(day: date) -> Weekday:
    """The day of the week of a date."""
    return WEEK[day.weekday()]


class Count(StrEnum):
    """How notice is counted, from the arrival to the deployment."""

    CALENDAR = "calendar"  # calendar dates in OPS's zone
    WORKING = "working"  # OPS working days, the deployment day included
    HOURS = "hours"  # elapsed hours up to the start
