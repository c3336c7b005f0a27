"""A customer's year: every day judged by the rules, and told so that people can read it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar

from deployment.calendars.test_by_rule import site, team
from deployment.rules.build import (
    BARCELONA,
    CODE,
    FULL,
    HOTFIX,
    PROD,
    asked,
    broken,
    customer,
    ground,
    ops,
    wanted,
)
from dplmaild.deployment.coming_year import ComingDay, Openness, coming_year
from dplmaild.deployment.periods import CalendarSource, Freeze
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import Environment, Severity
from dplmaild.writing.year import notes_of, stretches, usual_week, year_bytes

OPEN, APPROVAL, CLOSED = Openness.OPEN, Openness.APPROVAL, Openness.CLOSED


def day(text: str, on: Ground, where: str | None = None) -> ComingDay:
    """One day of its year."""
    wanted_day = date.fromisoformat(text)
    place = Environment(where) if where else None
    return next(each for each in coming_year(on, wanted_day.year, place) if each.day == wanted_day)


def notes(text: str, on: Ground) -> list[str]:
    """What is said of it."""
    return list(notes_of(day(text, on)))


EVERYBODY = ground(who=customer(calendar=BARCELONA, partner_calendar=site("ES", "MD")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2027-01-11", (OPEN, OPEN, OPEN), id="a Monday"),
        pytest.param("2027-01-15", (CLOSED, CLOSED, OPEN), id="a Friday is for hotfixes"),
        pytest.param("2027-01-16", (CLOSED, CLOSED, CLOSED), id="a Saturday"),
        pytest.param("2027-01-05", (CLOSED, CLOSED, OPEN), id="the eve of Epiphany"),
        pytest.param("2027-01-06", (CLOSED, CLOSED, CLOSED), id="Epiphany in Spain"),
        pytest.param("2027-12-06", (CLOSED, CLOSED, CLOSED), id="Constitution Day of customer and partner"),
        pytest.param("2027-09-24", (CLOSED, CLOSED, CLOSED), id="La Merce in Barcelona"),
    ],
)
def test_days_by_type(text: str, expected: tuple[Openness, ...]) -> None:
    assert tuple(day(text, EVERYBODY).openness.values()) == expected


@pytest.mark.parametrize("type_", [FULL, CODE, HOTFIX])
def test_every_day_is_judged_as_a_request_would_be(type_: Any) -> None:
    """At opening, with nothing else on the schedule and notice enough: open days are those that no rule refuses."""
    on = ground(who=customer(calendar=BARCELONA), team=team(seasons=[{"week_of": "Black Friday", "per_day": 0}]))
    for one in coming_year(on, 2027):
        request = asked(wanted(type_, f"{one.day} 09:00", on="PRD"), on, "2026-11-23 09:00")
        rules = [
            r for r in broken(request, on, Severity.BLOCKS) if r != "LEAD-1"
        ]  # its UAT step is another day's matter
        assert (one.openness[type_.value] is CLOSED) == bool(rules), one.day


def test_a_leap_year_has_all_its_days() -> None:
    assert len(coming_year(EVERYBODY, 2028)) == 366


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2027-01-11", [], id="nothing of a plain Monday"),
        pytest.param("2027-01-15", [], id="nor of a plain Friday"),
        pytest.param("2027-01-16", [], id="nor of a weekend"),
        pytest.param("2027-01-01", ["closed: OPS, partner, customer: New Year's Day"], id="whose holiday it is"),
        pytest.param(
            "2027-01-05", ["not full, code: the day after is off, partner, customer: Epiphany (DAY-2)"], id="an eve"
        ),
        pytest.param("2027-05-15", ["closed: partner: Saint Isidore the Laborer"], id="a holiday on a Saturday"),
        pytest.param("2027-03-28", ["the clock goes forward an hour"], id="summer time begins"),
        pytest.param("2027-10-31", ["closed: OPS: Reformation Day", "the clock goes back an hour"], id="and ends"),
    ],
)
def test_what_is_said_of_a_day(text: str, expected: list[str]) -> None:
    on = ground(who=customer(calendar=BARCELONA, partner_calendar=site("ES", "MD", closed=[SAINT])))
    assert notes(text, on) == expected


SAINT = {"on": "15 May", "reason": "Saint Isidore the Laborer"}


def test_half_days_say_whose_and_until_when_and_what_does_not_fit() -> None:
    halves = [{"on": "23 December", "until": "13:00", "reason": "stocktaking"}]
    on = ground(who=customer(calendar=site(half_days=halves)))
    assert notes("2026-12-23", on) == [
        "half day: customer until 13:00, stocktaking",
        "not full: the window does not fit into that day (HOUR-1)",
    ]
    assert day("2026-12-23", on).openness == {"full": CLOSED, "code": OPEN, "hotfix": OPEN}


def test_vacations_and_the_day_before_one() -> None:
    away = site("ES", "Barcelona", vacations=[{"first": "2027-08-10", "last": "2027-08-12", "reason": "summer"}])
    on, caas = ground(PROD, customer(calendar=away), ops(calendar=BARCELONA)), ground(who=customer(calendar=away))
    assert notes("2027-08-09", on) == ["closed: a vacation begins, customer: summer (DAY-5)"]
    assert notes("2027-08-12", on) == ["closed: vacation, customer: summer (DAY-5)"]
    assert notes("2027-08-12", caas) == ["vacation: customer: summer"]
    assert day("2027-08-12", caas).openness["code"] is OPEN


@pytest.mark.parametrize(
    ("freeze", "openness", "note"),
    [
        pytest.param({}, (CLOSED, CLOSED, CLOSED), "closed: freeze, sales (DAY-6)", id="hard"),
        pytest.param(
            {"soft": True}, (APPROVAL, APPROVAL, APPROVAL), "approval needed: freeze, sales (DAY-6)", id="soft"
        ),
        pytest.param(
            {"except_types": ["hotfix"]},
            (CLOSED, CLOSED, OPEN),
            "closed: freeze, sales, not for hotfix (DAY-6)",
            id="one may",
        ),
        pytest.param(
            {"environments": ["UAT"]},
            (OPEN, OPEN, OPEN),
            "closed: freeze, sales, for UAT only (DAY-6)",
            id="UAT",
        ),
    ],
)
def test_freezes(freeze: dict[str, Any], openness: tuple[Openness, ...], note: str) -> None:
    sales = Freeze.model_validate({"week_of": "Black Friday", "reason": "sales", **freeze})
    found = day("2027-11-23", ground(who=customer(freezes=(sales,))))
    assert (tuple(found.openness.values()), list(notes_of(found))) == (openness, [note])


def test_a_freeze_of_an_environment_shows_when_it_is_asked_about() -> None:
    uat = Freeze.model_validate({"week_of": "Black Friday", "environments": ["UAT"]})
    assert day("2027-11-23", ground(who=customer(freezes=(uat,))), "UAT").openness["full"] is CLOSED


@pytest.mark.parametrize(
    ("season", "note"),
    [
        pytest.param({"at_once": 1}, "less room: 1 at once, 4 a day (SCHED-7)", id="one at once"),
        pytest.param({"per_day": 0}, "closed: nobody there to deploy (SCHED-7)", id="none at all"),
    ],
)
def test_reduced_capacity(season: dict[str, int], note: str) -> None:
    on = ground(team=team(seasons=[{"week_of": "Black Friday", **season}]))
    assert notes("2027-11-23", on) == [note]


def test_days_in_a_row_of_which_the_same_is_said_are_told_once() -> None:
    closing = site(closed=[{"from": "24 December", "to": "31 December", "reason": "closing"}])
    told = stretches(coming_year(ground(who=customer(calendar=closing)), 2027))
    december = [(s.first.day, s.last.day, *s.notes) for s in told if s.first.month == 12]
    assert december == [
        (23, 23, "not full, code: the day after is off, customer: closing (DAY-2)"),
        (24, 24, "closed: customer: closing"),
        (25, 25, "closed: OPS, customer: Christmas Day; customer: closing"),
        (26, 26, "closed: OPS, customer: Second Day of Christmas; customer: closing"),
        (27, 31, "closed: customer: closing"),
    ]


def test_the_usual_week_is_told_once() -> None:
    week = [(u.weekdays, u.types) for u in usual_week(coming_year(ground(), 2027))]
    assert week == [((0, 1, 2, 3), ("full", "code", "hotfix")), ((4,), ("hotfix",)), ((5,), ()), ((6,), ())]


def test_the_year_as_a_calendar_file_is_read_back() -> None:
    closing = site(closed=[{"from": "27 December", "to": "31 December", "reason": "closing"}])
    days = coming_year(ground(who=customer(calendar=closing)), 2027)
    stamp = datetime(2026, 11, 23, tzinfo=UTC)
    events = Calendar.from_ical(year_bytes(days, "Acme; Ltd", stamp)).walk("VEVENT")
    last = events[-1]
    assert (last.decoded("DTSTART"), last.decoded("DTEND")) == (date(2027, 12, 27), date(2028, 1, 1))
    assert str(last["SUMMARY"]) == "closed: customer: closing"
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert year_bytes(days, "Acme; Ltd", stamp) == year_bytes(days, "Acme; Ltd", stamp)


def test_another_weekend_is_no_plain_week_of_ours() -> None:
    on = ground(who=customer(calendar=CalendarSource(country="IL")))
    assert notes("2027-01-15", on) == []
    assert day("2027-01-15", on).openness["hotfix"] is CLOSED
    assert day("2027-01-17", ground(team=ops(calendar=CalendarSource(country="IL")))).opening is not None
