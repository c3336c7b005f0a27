"""Days that come again (RFC 5545, 3.3.10), within a horizon and a budget: no rule costs more than it may.

Own reckoning instead of dateutil's: that one looks for the next day until the year 9999 where a rule has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

from icalendar import vRecur

from dplmaild.reading.vacations.lines import NotUnderstoodError

ONE_DAY = timedelta(days=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST"},
)


class Often(StrEnum):
    """How often something comes; more often than every day is no vacation."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class Budget:
    """How many days, weeks, months and years may still be looked at for one calendar."""

    def __init__(self, steps: int = 200_000) -> None:
        self._steps = steps

    def take(self) -> None:
        """One step; raises NotUnderstoodError when there are none left."""
        self._steps -= 1
        if self._steps < 0:
            raise NotUnderstoodError("too much in it comes again and again")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """One rule. `by_day` holds (nth or 0, weekday)."""

    often: Often
    start: date
    interval: int = 1
    count: int | None = None
    until: date | None = None
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    by_day: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    budget: Budget = field(default_factory=Budget, compare=False)

    def days(self, first: date, last: date) -> Iterator[date]:
        """The days between two dates, both included, in order."""
        met = 0
        step = self._skipped(first) if self.count is None else 0
        while (begins := self._begin(step)) is not None and begins <= last:
            self.budget.take()
            step += 1
            for day in self._of_period(begins):
                if day < self.start:
                    continue
                met += 1
                if day > last or (self.until and day > self.until) or (self.count and met > self.count):
                    return
                if day >= first:
                    yield day

    def _skipped(self, first: date) -> int:
        """How many periods lie wholly before the horizon."""
        begins = self._begin(0)
        if begins is None or first <= begins:
            return 0
        match self.often:
            case Often.DAILY:
                passed = (first - begins).days
            case Often.WEEKLY:
                passed = (first - begins).days // 7
            case Often.MONTHLY:
                passed = (first.year - begins.year) * 12 + first.month - begins.month
            case Often.YEARLY:
                passed = first.year - begins.year
        return max(passed // self.interval - 1, 0)

    def _begin(self, step: int) -> date | None:
        """The first day of a period; None past the end of the calendar."""
        ahead = step * self.interval
        match self.often:
            case Often.DAILY:
                return _added(self.start, ahead)
            case Often.WEEKLY:
                return _added(self.start, 7 * ahead - (self.start.weekday() - self.week_start) % 7)
            case Often.MONTHLY:
                year, month = divmod(self.start.year * 12 + self.start.month - 1 + ahead, 12)
                return date(year, month + 1, 1) if year < MAXYEAR else None
            case Often.YEARLY:
                year = self.start.year + ahead
                return date(year, 1, 1) if year < MAXYEAR else None

    def _of_period(self, begins: date) -> list[date]:
        days = sorted(set(self._candidates(begins)))
        if not self.positions:
            return days
        places = {place - 1 if place > 0 else len(days) + place for place in self.positions}
        return [day for place, day in enumerate(days) if place in places]

    def _candidates(self, begins: date) -> Iterator[date]:
        match self.often:
            case Often.DAILY:
                days = iter((begins,))
                return (day for day in days if self._in_month(day) and self._month_day(day) and self._weekday(day))
            case Often.WEEKLY:
                week = (begins + count * ONE_DAY for count in range(7))
                wanted = {weekday for _, weekday in self.by_day} or {self.start.weekday()}
                return (day for day in week if day.weekday() in wanted and self._in_month(day))
            case Often.MONTHLY:
                return self._of_month(begins) if self._in_month(begins) else iter(())
            case Often.YEARLY:
                return self._of_year(begins.year)

    def _of_year(self, year: int) -> Iterator[date]:
        if self.by_day and not self.months and not self.month_days:
            return _nth_days(date(year, 1, 1), date(year, 12, 31), self.by_day)
        every = self.by_day or self.month_days
        months = sorted(self.months) or (range(1, 13) if every else (self.start.month,))
        return (day for month in months for day in self._of_month(date(year, month, 1)))

    def _of_month(self, first: date) -> Iterator[date]:
        last = _month_end(first)
        if self.by_day:
            return (day for day in _nth_days(first, last, self.by_day) if self._month_day(day))
        wanted = self.month_days or {self.start.day}
        days = (_month_day(first, last, number) for number in wanted)
        return (day for day in days if day is not None)

    def _in_month(self, day: date) -> bool:
        return not self.months or day.month in self.months

    def _month_day(self, day: date) -> bool:
        return not self.month_days or bool({day.day, day.day - _month_end(day).day - 1} & self.month_days)

    def _weekday(self, day: date) -> bool:
        return not self.by_day or any(weekday == day.weekday() for _, weekday in self.by_day)


def _added(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - ONE_DAY


def _month_day(first: date, last: date, number: int) -> date | None:
    day = number if number > 0 else last.day + 1 + number
    return first.replace(day=day) if 1 <= day <= last.day else None


def _nth_days(first: date, last: date, wanted: tuple[tuple[int, int], ...]) -> Iterator[date]:
    """The weekdays of a stretch, all of them or the nth, from its start or back from its end."""
    for nth, weekday in wanted:
        begin = first + timedelta(days=(weekday - first.weekday()) % 7)
        found = [begin + timedelta(weeks=count) for count in range((last - begin).days // 7 + 1)]
        if nth == 0:
            yield from found
        elif abs(nth) <= len(found):
            yield found[nth - 1 if nth > 0 else nth]


def read_recurrence(text: str, start: date, until: date | None, budget: Budget) -> Recurrence:
    """What an RRULE says, for an event that starts on a day; raises NotUnderstoodError.

    `until` is its UNTIL as a day of the event's own wall clock.
    """
    try:
        parts = vRecur.from_ical(text)
    except ValueError as error:
        raise NotUnderstoodError(f"its rule {text[:60]!r} is broken: {error}") from error
    unknown = sorted(set(parts) - _KNOWN)
    often = str(next(iter(parts.get("FREQ", [])), ""))
    if unknown or often not in set(Often):
        raise NotUnderstoodError(f"its rule {text[:60]!r} has {', '.join(unknown) or often or 'no FREQ'}")
    one = {name: next(iter(parts.get(name, [])), None) for name in ("INTERVAL", "COUNT", "WKST")}
    found = Recurrence(
        Often(often),
        start,
        interval=1 if one["INTERVAL"] is None else int(one["INTERVAL"]),
        count=None if one["COUNT"] is None else int(one["COUNT"]),
        until=until,
        months=frozenset(int(month) for month in parts.get("BYMONTH", [])),
        month_days=frozenset(int(day) for day in parts.get("BYMONTHDAY", [])),
        by_day=tuple((int(day[:-2] or 0), _WEEKDAYS.index(day[-2:])) for day in map(str, parts.get("BYDAY", []))),
        positions=tuple(int(place) for place in parts.get("BYSETPOS", [])),
        week_start=_WEEKDAYS.index(str(one["WKST"])) if one["WKST"] else 0,
        budget=budget,
    )
    return _sound(found, text)


def _sound(found: Recurrence, text: str) -> Recurrence:
    """A rule whose parts go together."""
    short = found.often in (Often.DAILY, Often.WEEKLY) or bool(found.month_days)
    nth_in_vain = short and any(nth for nth, _ in found.by_day)
    day_in_vain = found.often is Often.WEEKLY and found.month_days
    numbers = found.interval < 1 or (found.count is not None and found.count < 1) or 0 in found.month_days
    if nth_in_vain or day_in_vain or numbers:
        raise NotUnderstoodError(f"its rule {text[:60]!r} makes no sense")
    return found
