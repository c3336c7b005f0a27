"""Working days and hours, holidays by region, and calendars that cannot be used."""

from datetime import UTC, date, timedelta
from typing import Any

import pytest

from deployment.rules.build import BARCELONA, BAVARIA, BERLIN, THURINGIA, at, customer, ground, ops
from dplmaild.deployment.periods import CalendarSource, Period
from dplmaild.deployment.site import check_calendar, public_holidays
from dplmaild.deployment.terms import NaiveTimeError, Side
from dplmaild.deployment.workdays import Closed, NoWorkingDayError

CALENDAR = ground(who=customer(calendar=BARCELONA)).calendar


@pytest.mark.parametrize(
    ("since", "hours", "expected"),
    [
        pytest.param("2026-11-23 09:00", 4, "2026-11-23 13:00", id="within a day"),
        pytest.param("2026-11-23 09:00", 8, "2026-11-23 17:00", id="to closing"),
        pytest.param("2026-11-23 16:00", 2, "2026-11-24 10:00", id="overnight"),
        pytest.param("2026-11-27 16:00", 2, "2026-11-30 10:00", id="over a weekend"),
        pytest.param("2026-11-28 12:00", 1, "2026-11-30 10:00", id="from a Saturday"),
        pytest.param("2027-03-25 16:00", 2, "2027-03-30 10:00", id="over Easter and into summer time"),
        pytest.param("2026-11-23 05:00", 1, "2026-11-23 10:00", id="from before opening"),
        pytest.param("2026-11-23 20:00", 0, "2026-11-24 09:00", id="no time at all ends at the next opening"),
    ],
)
def test_working_hours_ahead(since: str, hours: int, expected: str) -> None:
    assert CALENDAR.add_working_hours(at(since), timedelta(hours=hours)) == at(expected)


@pytest.mark.parametrize(
    ("until", "hours", "expected"),
    [
        pytest.param("2026-11-23 17:00", 4, "2026-11-23 13:00", id="within a day"),
        pytest.param("2026-11-23 10:00", 2, "2026-11-20 16:00", id="over a weekend"),
        pytest.param("2027-03-30 10:00", 2, "2027-03-25 16:00", id="over Easter and out of summer time"),
        pytest.param("2026-11-23 22:00", 1, "2026-11-23 16:00", id="from the evening"),
        pytest.param("2026-11-23 05:00", 1, "2026-11-20 16:00", id="from before opening"),
    ],
)
def test_working_hours_back(until: str, hours: int, expected: str) -> None:
    assert CALENDAR.back_working_hours(at(until), timedelta(hours=hours)) == at(expected)


@pytest.mark.parametrize(
    ("day", "count", "back", "on"),
    [
        pytest.param(date(2026, 12, 2), 2, date(2026, 11, 30), date(2026, 12, 4), id="in a week"),
        pytest.param(date(2026, 11, 30), 1, date(2026, 11, 27), date(2026, 12, 1), id="over a weekend"),
        pytest.param(date(2026, 11, 29), 1, date(2026, 11, 27), date(2026, 11, 30), id="from a Sunday"),
        pytest.param(date(2027, 3, 28), 1, date(2027, 3, 25), date(2027, 3, 30), id="from Easter Sunday"),
    ],
)
def test_working_days_of_ops(day: date, count: int, back: date, on: date) -> None:
    assert (CALENDAR.back_working_days(day, count), CALENDAR.on_working_days(day, count)) == (back, on)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        pytest.param(date(2026, 12, 1), date(2026, 12, 1), 0, id="the same day"),
        pytest.param(date(2026, 12, 1), date(2026, 12, 2), 1, id="the next"),
        pytest.param(date(2026, 12, 4), date(2026, 12, 7), 1, id="over a weekend"),
        pytest.param(date(2026, 12, 2), date(2026, 12, 1), -1, id="the day before"),
        pytest.param(date(2026, 12, 7), date(2026, 12, 4), -3, id="before a weekend: days, not working days"),
    ],
)
def test_working_days_between(since: date, until: date, expected: int) -> None:
    assert CALENDAR.ops_working_days_between(since, until) == expected


def test_only_ops_counts_for_ops() -> None:
    immaculate = date(2026, 12, 8)
    assert CALENDAR.ops_working_day(immaculate)
    assert not CALENDAR.is_working_day(immaculate)
    assert CALENDAR.closed(immaculate) == (Closed(Side.CUSTOMER, "Immaculate Conception"),)
    assert CALENDAR.ops_hours_on(immaculate) == (at("2026-12-08 09:00"), at("2026-12-08 17:00"))


def test_hours_on_a_day_off() -> None:
    assert CALENDAR.ops_hours_on(date(2026, 12, 25)) is None


def test_a_moment_late_in_utc_belongs_to_the_next_day() -> None:
    assert CALENDAR.day_of(at("2026-11-24 00:30").astimezone(UTC)) == date(2026, 11, 24)
    with pytest.raises(NaiveTimeError):
        CALENDAR.day_of(at("2026-11-24 00:30").replace(tzinfo=None))


@pytest.mark.parametrize(
    ("source", "year", "day", "name"),
    [
        pytest.param(BARCELONA, 2026, date(2026, 9, 24), "Our Lady of Mercy", id="La Merce in Barcelona"),
        pytest.param(CalendarSource(country="ES", region="CT"), 2026, date(2026, 9, 24), None, id="not in Catalonia"),
        pytest.param(BAVARIA, 2027, date(2027, 1, 6), "Epiphany", id="Epiphany in Bavaria"),
        pytest.param(THURINGIA, 2027, date(2027, 1, 6), None, id="not in Thuringia"),
        pytest.param(THURINGIA, 2027, date(2027, 3, 26), "Good Friday", id="Good Friday 2027"),
    ],
)
def test_public_holidays(source: CalendarSource, year: int, day: date, name: str | None) -> None:
    assert public_holidays(source.country, source.region, year).get(day) == name


def test_names_come_in_the_language_asked_for() -> None:
    assert public_holidays("ES", "MD", 2026, "es")[date(2026, 12, 8)] == "Inmaculada Concepción"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param({"country": "DE", "region": "Catalonia"}, "Catalonia", id="a region of another country"),
        pytest.param({"country": "ES", "region": "Catalonia"}, "Catalonia", id="a name that is no code"),
        pytest.param({"country": "XX"}, "XX", id="no country"),
        pytest.param({"country": ""}, "''", id="nothing at all"),
    ],
)
def test_a_place_that_does_not_exist(source: dict[str, Any], said: str) -> None:
    problems = check_calendar(CalendarSource.model_validate(source))
    assert len(problems) == 1
    assert said in problems[0]


def test_a_place_that_exists() -> None:
    assert check_calendar(BARCELONA) == []


def test_a_period_that_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Period(first=date(2026, 12, 2), last=date(2026, 12, 1))


def test_a_calendar_closed_for_ever_says_so() -> None:
    shut = Period(first=date(2020, 1, 1), last=date(2040, 1, 1))
    calendar = ground(team=ops(calendar=THURINGIA.model_copy(update={"closed": (shut,)}))).calendar
    with pytest.raises(NoWorkingDayError, match="closed periods"):
        calendar.back_working_days(date(2026, 12, 2), 1)
    with pytest.raises(NoWorkingDayError, match="closed periods"):
        calendar.add_working_hours(at("2026-12-02 09:00"), timedelta(hours=1))
    with pytest.raises(NoWorkingDayError, match="closed periods"):
        calendar.back_working_hours(at("2026-12-02 09:00"), timedelta(hours=1))


def test_other_weekends() -> None:
    calendar = ground(who=customer(calendar=CalendarSource(country="IL"))).calendar
    assert "customer: Friday" in [str(closed) for closed in calendar.closed(date(2026, 12, 4))]
    assert calendar.zone == BERLIN
