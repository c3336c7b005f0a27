"""Working days and working hours of OPS, partner and customer. Days are calendar dates in OPS's zone (POLICY-3)."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.util import find_spec, module_from_spec
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

from dplmaild.deployment.customer import CalendarSource, Hours, Period
from dplmaild.deployment.terms import NaiveTimeError, Side

ONE_DAY = timedelta(days=1)
LANGUAGE = "en_US"  # of holiday names where a country has none in the language wanted; always passed on
_ANY_YEAR = 2026  # of holidays, to see whether a place is known at all
_PATIENCE = 1100  # days to look for a working day before giving up
_ALL_COUNTRIES = "holidays.countries"

# `holidays` loads a country when it is asked for, but through a package whose own lines import all 250 of them:
# 8 MB for the two or three that a desk needs. The package is put in place without running those lines.
if _ALL_COUNTRIES not in sys.modules and (_spec := find_spec(_ALL_COUNTRIES)) is not None:
    sys.modules[_ALL_COUNTRIES] = module_from_spec(_spec)


class NoWorkingDayError(ValueError):
    """A calendar without any working day in three years: a closing period that was never ended."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Why one side does not work (or is on vacation) on a day."""

    side: Side
    reason: str

    def __str__(self) -> str:
        return f"{self.side.value}: {self.reason}"


@lru_cache(maxsize=1024)
def public_holidays(country: str, region: str | None, year: int, language: str = LANGUAGE) -> Mapping[date, str]:
    """The public holidays of one year by date; ValueError for a country or region that does not exist."""
    try:
        found = holidays.country_holidays(country, subdiv=region, years=year, language=language)
    except (NotImplementedError, AttributeError) as error:
        place = country if region is None else f"{country}, region {region}"
        raise ValueError(f"no holiday calendar for {place!r}: {error}") from error
    # A substitute holiday may be dated into the neighbouring year; this year's list holds this year only.
    return MappingProxyType({day: name for day, name in found.items() if day.year == year})


@lru_cache(maxsize=256)
def spoken(country: str, language: str) -> str:
    """The language for this country's holidays: the one wanted where it has names in it, else English."""
    return (
        language if language in holidays.country_holidays(country, language=LANGUAGE).supported_languages else LANGUAGE
    )


@lru_cache(maxsize=256)
def weekend(country: str) -> frozenset[int]:
    """The days off of every week in this country, as `date.weekday()` numbers."""
    return frozenset(holidays.country_holidays(country, language=LANGUAGE).weekend)


def check_calendar(source: CalendarSource) -> list[str]:
    """What is wrong with a calendar's place, one sentence each; empty when it can be used."""
    try:
        public_holidays(source.country, source.region, _ANY_YEAR)
    except ValueError as error:
        return [str(error)]
    return []


def _within(day: date, periods: tuple[Period, ...]) -> Iterator[Period]:
    return (period for period in periods if period.first <= day <= period.last)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Everybody's working days and OPS's working hours; `sides` has OPS first. Made by `work_calendar`."""

    sides: tuple[tuple[Side, CalendarSource], ...]
    zone: ZoneInfo
    hours: Hours
    language: str = LANGUAGE
    counted: frozenset[Side] = frozenset()  # whose days off count; empty: everybody's

    def seen_by(self, zone: str | None, counted: frozenset[Side]) -> "WorkCalendar":
        """The same calendars on another wall clock, or with the days off of some only."""
        return replace(self, zone=ZoneInfo(zone) if zone else self.zone, counted=counted)

    @property
    def _counting(self) -> tuple[tuple[Side, CalendarSource], ...]:
        if not self.counted:
            return self.sides
        return tuple((side, source) for side, source in self.sides if side in self.counted)

    @property
    def ops(self) -> CalendarSource:
        """OPS's own calendar."""
        return self.sides[0][1]

    def day_of(self, moment: datetime) -> date:
        """The calendar date of a moment in OPS's zone."""
        if moment.utcoffset() is None:
            raise NaiveTimeError(moment)
        return moment.astimezone(self.zone).date()

    def at(self, day: date, wall: time) -> datetime:
        """A wall clock time in OPS's zone (the first of a doubled one)."""
        return datetime.combine(day, wall, self.zone)

    def closed(self, day: date) -> tuple[Closed, ...]:
        """Who does not work on this day, and why; empty on a working day of everybody."""
        return tuple(Closed(side, reason) for side, source in self._counting for reason in self._reasons(source, day))

    def _reasons(self, source: CalendarSource, day: date) -> Iterator[str]:
        if day.weekday() in weekend(source.country):
            yield day.strftime("%A")
        language = spoken(source.country, self.language)
        holiday = public_holidays(source.country, source.region, day.year, language).get(day)
        if holiday:
            yield holiday
        yield from (period.reason or "closed" for period in _within(day, source.closed))

    def vacation(self, day: date) -> tuple[Closed, ...]:
        """Who is on a declared vacation on this day (DAY-5)."""
        return tuple(
            Closed(side, period.reason or "vacation")
            for side, source in self._counting
            for period in _within(day, source.vacations)
        )

    def is_working_day(self, day: date) -> bool:
        """Whether everybody involved works on this day."""
        return not any(True for _, source in self._counting for _ in self._reasons(source, day))

    def ops_working_day(self, day: date) -> bool:
        """Whether OPS works on this day."""
        return not any(True for _ in self._reasons(self.ops, day))

    def ops_working_days_between(self, since: date, until: date, at_most: int = _PATIENCE) -> int:
        """OPS's working days after `since` up to `until`, looking so many days far; reversed: days below zero."""
        days = (until - since).days
        if days < 0:
            return days
        return sum(self.ops_working_day(since + (n + 1) * ONE_DAY) for n in range(min(days, at_most)))

    def ops_hours_on(self, day: date) -> tuple[datetime, datetime] | None:
        """OPS's hours on this day in OPS's zone, shortened on a half day; None when there are none."""
        if not self.ops_working_day(day):
            return None
        ends = [half.until for half in self.ops.half_days if half.day == day]
        until = min([self.hours.until, *ends])
        return (self.at(day, self.hours.since), self.at(day, until)) if until > self.hours.since else None

    def back_working_days(self, day: date, count: int) -> date:
        """The OPS working day `count` working days before `day`, which itself is not counted."""
        return self._counted(day, count, -ONE_DAY)

    def on_working_days(self, day: date, count: int) -> date:
        """The OPS working day `count` working days after `day`, which itself is not counted."""
        return self._counted(day, count, ONE_DAY)

    def _counted(self, day: date, count: int, step: timedelta) -> date:
        for _ in range(_PATIENCE):
            if count == 0:
                return day
            day += step
            count -= self.ops_working_day(day)
        raise NoWorkingDayError(f"OPS has no working day near {day}: look at its closed periods")

    def add_working_hours(self, moment: datetime, span: timedelta) -> datetime:
        """The moment by which OPS has worked `span` since `moment`, in OPS's zone."""
        day, now = self.day_of(moment), moment.astimezone(UTC)
        for opens, closes in self._hours_from(day, ONE_DAY):
            begins = max(opens, now)
            if begins + span <= closes:
                return (begins + span).astimezone(self.zone)
            span -= max(closes - begins, timedelta(0))
        raise NoWorkingDayError(f"OPS has no working hours after {day}: look at its closed periods")

    def back_working_hours(self, moment: datetime, span: timedelta) -> datetime:
        """The moment from which OPS works `span` until `moment`, in OPS's zone."""
        day, now = self.day_of(moment), moment.astimezone(UTC)
        for opens, closes in self._hours_from(day, -ONE_DAY):
            ends = min(closes, now)
            if ends - span >= opens:
                return (ends - span).astimezone(self.zone)
            span -= max(ends - opens, timedelta(0))
        raise NoWorkingDayError(f"OPS has no working hours before {day}: look at its closed periods")

    def _hours_from(self, day: date, step: timedelta) -> Iterator[tuple[datetime, datetime]]:
        """OPS's hours in UTC, day by day from `day` on: elapsed time is only right there."""
        for count in range(_PATIENCE):
            hours = self.ops_hours_on(day + count * step)
            if hours:
                yield hours[0].astimezone(UTC), hours[1].astimezone(UTC)


def work_calendar(
    ops: CalendarSource,
    zone: str,
    partner: CalendarSource | None,
    customer: CalendarSource,
    hours: Hours,
    language: str = LANGUAGE,
) -> WorkCalendar:
    """Everybody's calendar: OPS's zone and business hours, a partner only where there is one.

    `language` is that of the holidays' names, as far as a country has names in it.
    """
    others = ((Side.PARTNER, partner), (Side.CUSTOMER, customer))
    sides = ((Side.OPS, ops), *((side, source) for side, source in others if source is not None))
    return WorkCalendar(sides, ZoneInfo(zone), hours, language)
