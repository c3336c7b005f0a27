"""One site's days: its weekends, public holidays, own closing days, half days and vacations, a year at a time."""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache, partial
from importlib.util import find_spec, module_from_spec
from types import MappingProxyType
from typing import TypeVar

import holidays
from holidays.version import __version__ as _version

from dplmaild.deployment.periods import CalendarSource, HalfDay, Period
from dplmaild.deployment.recurring import Working

_ALL_COUNTRIES = "holidays.countries"

# `holidays` loads a country when it is asked for, but through a package whose own lines import all 250 of them:
# 8 MB for the two or three that a desk needs. The package is put in place without running those lines.
if _ALL_COUNTRIES not in sys.modules and (_spec := find_spec(_ALL_COUNTRIES)) is not None:
    sys.modules[_ALL_COUNTRIES] = module_from_spec(_spec)

LANGUAGE = "en_US"  # of holiday names where a country has none in the language wanted; always passed on
LIBRARY = f"holidays {_version}"  # whose data it is; recorded with each decision
_ANY_YEAR = 2026  # of holidays, to see whether a place is known at all
_YEARS_KEPT = 8  # of one site

# What can be true of a day; a byte per day keeps the years of a thousand customers small.
WEEKEND, HOLIDAY, CLOSED, VACATION, HALF = 1, 2, 4, 8, 16
OFF = WEEKEND | HOLIDAY | CLOSED

AnyPeriod = TypeVar("AnyPeriod", bound=Period)


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


def _works(country: str, region: str | None, day: date) -> bool:
    return day.weekday() not in weekend(country) and day not in public_holidays(country, region, day.year)


@lru_cache(maxsize=1024)
def working_in(country: str, region: str | None) -> Working:
    """The working days that rules count: neither weekend nor public holiday there.

    What the site itself adds does not count: it may be said by such a rule.
    """
    return partial(_works, country, region)


class Site:
    """The days of one calendar source. Made by `site_of`, which keeps those in use."""

    __slots__ = ("_years", "away", "source", "working")

    def __init__(self, source: CalendarSource) -> None:
        self.source = source
        self.working = working_in(source.country, source.region)
        self.away = (*source.vacations, *source.fed)
        self._years: dict[int, tuple[int, bytes]] = {}

    def marks(self, day: date) -> int:
        """All that is true of a day, as the bits above."""
        first, marks = self._years.get(day.year) or self._reckon(day.year)
        return marks[day.toordinal() - first]

    def year(self, year: int) -> bytes:
        """The same of every day of a year."""
        return (self._years.get(year) or self._reckon(year))[1]

    def reasons(self, day: date, language: str) -> Iterator[str]:
        """Why nobody works there on this day; nothing on a working day."""
        marks = self.marks(day)
        if marks & WEEKEND:
            yield day.strftime("%A")
        if marks & HOLIDAY:
            names = public_holidays(self.source.country, self.source.region, day.year, self._spoken(language))
            yield names[day]
        if marks & CLOSED:
            yield from (period.reason or "closed" for period in self._around(day, self.source.closed))

    def vacations(self, day: date) -> Iterator[Period]:
        """The declared vacations in which a day lies."""
        return self._around(day, self.away) if self.marks(day) & VACATION else iter(())

    def half_days(self, day: date) -> tuple[HalfDay, ...]:
        """What makes a day a short one."""
        return tuple(self._around(day, self.source.half_days)) if self.marks(day) & HALF else ()

    def _spoken(self, language: str) -> str:
        return spoken(self.source.country, language)

    def _around(self, day: date, periods: tuple[AnyPeriod, ...]) -> Iterator[AnyPeriod]:
        return (period for period in periods if period.around(day, self.working) is not None)

    def _reckon(self, year: int) -> tuple[int, bytes]:
        first = date(year, 1, 1)
        marks = bytearray((date(year, 12, 31) - first).days + 1)
        off = weekend(self.source.country)
        for day in range(len(marks)):
            marks[day] = WEEKEND if (first.weekday() + day) % 7 in off else 0
        for holiday in public_holidays(self.source.country, self.source.region, year):
            marks[(holiday - first).days] |= HOLIDAY
        for mark, periods in (
            (CLOSED, self.source.closed),
            (VACATION, self.away),
            (HALF, self.source.half_days),
        ):
            for period in periods:
                _mark(marks, mark, period, year, self.working)
        if len(self._years) >= _YEARS_KEPT:
            self._years.clear()
        self._years[year] = found = (first.toordinal(), bytes(marks))
        return found


def _mark(marks: bytearray, mark: int, period: Period, year: int, working: Working) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    for span in period.touching(year, working):
        begins, ends = max(span.first, first), min(span.last, last)
        for count in range((begins - first).days, (ends - first).days + 1):
            if not period.weekdays or (first + timedelta(days=count)).weekday() in period.weekdays:
                marks[count] |= mark


site_of: Callable[[CalendarSource], Site] = lru_cache(maxsize=4096)(Site)


def check_calendar(source: CalendarSource) -> list[str]:
    """What is wrong with a calendar as a whole, one sentence each; empty when it can be used."""
    try:
        public_holidays(source.country, source.region, _ANY_YEAR)
    except ValueError as error:
        return [str(error)]
    every_year = tuple(period for period in source.closed if period.by_rule)
    marks = Site(source.model_copy(update={"closed": every_year})).year(_ANY_YEAR) if every_year else b"\0"
    return ["closed: these rules leave no working day in the whole year"] if all(mark & OFF for mark in marks) else []
