"""What a rule points at, reckoned for one year. Every kind of anchor gives its days in order, or none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum
from typing import Protocol

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = MINYEAR + 2, MAXYEAR - 2  # of the calendar that Python knows, with room for offsets
_PATIENCE = 60  # days without a working day, before an offset in working days gives up

Working = Callable[[date], bool]
"""Whether a day is a working day where the rule is kept: neither weekend nor public holiday."""


def office_days(day: date) -> bool:
    """Monday to Friday: working days as far as they are the same everywhere."""
    return day.weekday() < 5


class Node(Protocol):
    """One part of a rule."""

    def dates(self, year: int, working: Working) -> tuple[date, ...]:
        """Its days for a year, earliest first; an offset can lead into a neighbouring year."""


class Stretch(StrEnum):
    """What is counted through from its start, or back from its end."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Stretch.MONTH: 1, Stretch.QUARTER: 3, Stretch.YEAR: 12}


def _stretches(year: int, stretch: Stretch, month: int | None) -> Iterator[tuple[date, date]]:
    length = _MONTHS[stretch]
    for first in (month,) if month else range(1, 13, length):
        following = first + length
        after = date(year + 1, following - 12, 1) if following > 12 else date(year, following, 1)
        yield date(year, first, 1), after - ONE_DAY


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth day, weekday or working day of a month, of each month, quarter or year; -1 is the last."""

    position: int
    weekday: int | None = None
    only_working: bool = False
    stretch: Stretch = Stretch.MONTH
    month: int | None = None  # None: of each one

    def dates(self, year: int, working: Working) -> tuple[date, ...]:
        """See Node; a fifth Monday or a 31st is missing where there is none."""
        picked = (self._pick(first, last, working) for first, last in _stretches(year, self.stretch, self.month))
        return tuple(day for day in picked if day is not None)

    def _pick(self, first: date, last: date, working: Working) -> date | None:
        begin, step = (first, ONE_DAY) if self.position > 0 else (last, -ONE_DAY)
        left = abs(self.position)
        for count in range((last - first).days + 1):
            day = begin + count * step
            left -= self._fits(day, working)
            if left == 0:
                return day
        return None

    def _fits(self, day: date, working: Working) -> bool:
        return (self.weekday is None or day.weekday() == self.weekday) and (not self.only_working or working(day))


@dataclass(frozen=True, slots=True)
class EasterSunday:
    """Easter Sunday, of the western churches or the orthodox ones."""

    orthodox: bool = False

    def dates(self, year: int, working: Working) -> tuple[date, ...]:  # noqa: ARG002 - the same everywhere
        """See Node."""
        return (easter(year, EASTER_ORTHODOX if self.orthodox else EASTER_WESTERN),)


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """A weekday of a numbered week (ISO 8601)."""

    week: int
    weekday: int

    def dates(self, year: int, working: Working) -> tuple[date, ...]:  # noqa: ARG002 - the same everywhere
        """See Node; a week 53 is missing in most years."""
        try:
            return (date.fromisocalendar(year, self.week, self.weekday + 1),)
        except ValueError:
            return ()


@dataclass(frozen=True, slots=True)
class EachWeekday:
    """Every Friday of the year."""

    weekday: int

    def dates(self, year: int, working: Working) -> tuple[date, ...]:  # noqa: ARG002 - the same everywhere
        """See Node."""
        first = date(year, 1, 1)
        first += timedelta(days=(self.weekday - first.weekday()) % 7)
        days = (first + timedelta(weeks=count) for count in range(53))
        return tuple(day for day in days if day.year == year)


@dataclass(frozen=True, slots=True)
class Shifted:
    """Some days, or working days, before or after something."""

    base: Node
    days: int
    only_working: bool = False

    def dates(self, year: int, working: Working) -> tuple[date, ...]:
        """See Node."""
        moved = (self._moved(day, working) for day in self.base.dates(year, working))
        return tuple(day for day in moved if day is not None)

    def _moved(self, day: date, working: Working) -> date | None:
        if not self.only_working:
            return day + timedelta(days=self.days)
        step, left, idle = (ONE_DAY if self.days > 0 else -ONE_DAY), abs(self.days), 0
        while left and idle < _PATIENCE:
            day += step
            works = working(day)
            left, idle = left - works, 0 if works else idle + 1
        return None if left else day


@dataclass(frozen=True, slots=True)
class Beside:
    """The nth weekday before or after something; the day itself only where `itself` says so."""

    base: Node
    weekday: int
    nth: int = 1
    after: bool = True
    itself: bool = False

    def dates(self, year: int, working: Working) -> tuple[date, ...]:
        """See Node."""
        return tuple(self._beside(day) for day in self.base.dates(year, working))

    def _beside(self, day: date) -> date:
        ahead = (self.weekday - day.weekday()) % 7 if self.after else (day.weekday() - self.weekday) % 7
        if ahead == 0 and not self.itself:
            ahead = 7
        distance = timedelta(days=ahead + 7 * (self.nth - 1))
        return day + distance if self.after else day - distance
