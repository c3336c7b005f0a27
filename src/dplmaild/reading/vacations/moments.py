"""Days and moments of a calendar file, on the wall clock of their own zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import vDDDTypes, vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from dplmaild.reading.vacations.lines import Line, NotUnderstoodError

_YEARS = range(1600, 2201)  # programs begin birthdays without a year in 1604


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a time of day; `zone` is None for a whole day."""

    day: date
    at: time = time()
    zone: ZoneInfo | None = None

    @property
    def utc(self) -> datetime:
        """The moment itself, of a time of day."""
        return datetime.combine(self.day, self.at, self.zone or UTC).astimezone(UTC)

    def on_clock_of(self, other: Self) -> Self:
        """The same moment on another one's wall clock; a whole day stays what it is."""
        if self.zone is None or other.zone is None:
            return self
        moved = self.utc.astimezone(other.zone)
        return type(self)(moved.date(), moved.time(), other.zone)


def moment_of(line: Line, floating: ZoneInfo, value: str | None = None) -> Moment:
    """What a DATE or DATE-TIME says; one without a zone is read on the site's wall clock."""
    text = line.value if value is None else value
    try:
        found = vDDDTypes.from_ical(text)  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise NotUnderstoodError(f"{text[:40]!r} is no date") from error
    if not isinstance(found, date) or found.year not in _YEARS:
        raise NotUnderstoodError(f"{text[:40]!r} is no date of our times")
    if not isinstance(found, datetime):
        return Moment(found)
    zone = ZoneInfo("UTC") if found.tzinfo else _zone(line.parameters.get("TZID"), floating)
    return Moment(found.date(), found.time(), zone)


def moments_of(lines: tuple[Line, ...], name: str, floating: ZoneInfo) -> Iterator[Moment]:
    """All that lists of RDATE or EXDATE say; of a period its start."""
    for line in lines:
        if line.name == name:
            for value in line.value.split(","):
                yield moment_of(line, floating, value.partition("/")[0].strip())


def duration_of(line: Line) -> timedelta:
    """What a DURATION says."""
    try:
        found: timedelta = vDuration.from_ical(line.value)  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError) as error:
        raise NotUnderstoodError(f"{line.value[:40]!r} is no duration") from error
    return found


def last_day(until: str, start: Moment) -> date | None:
    """UNTIL as the last day on which it can start; None where that is further away than anybody plans."""
    if until[:4].isdecimal() and int(until[:4]) > _YEARS[-1]:
        return None
    last = moment_of(Line("UNTIL", until, {}), start.zone or ZoneInfo("UTC")).on_clock_of(start)
    too_late = start.zone is not None and last.zone is not None and last.at < start.at
    return last.day - timedelta(days=1) if too_late else last.day


def _zone(name: str | None, floating: ZoneInfo) -> ZoneInfo:
    """The zone by its name, also where a path or Windows' own name stands for it."""
    if name is None:
        return floating
    for known in (WINDOWS_TO_OLSON.get(name, name), "/".join(name.split("/")[-2:])):
        try:
            return ZoneInfo(known)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    raise NotUnderstoodError(f"the zone {name[:60]!r} is not known")
