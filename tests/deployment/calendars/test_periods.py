"""Periods by rule and by date: which days they hold, and which of them are refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from dplmaild.deployment.periods import Period
from dplmaild.deployment.recurring import Span, office_days


def period(**written: Any) -> Period:
    """As a TOML table says it."""
    return Period.model_validate({"from" if key == "from_" else key: value for key, value in written.items()})


def spans(one: Period, year: int) -> list[tuple[str, str]]:
    """The stretches with a day in this year."""
    return [(span.first.isoformat(), span.last.isoformat()) for span in one.touching(year, office_days)]


ADVENT = period(from_="third Advent Sunday", to="6 January")
BLACK_FRIDAY = period(week_of="Black Friday")


@pytest.mark.parametrize(
    ("one", "year", "expected"),
    [
        pytest.param(BLACK_FRIDAY, 2026, [("2026-11-23", "2026-11-29")], id="the week of Black Friday 2026"),
        pytest.param(BLACK_FRIDAY, 2027, [("2027-11-22", "2027-11-28")], id="the week of Black Friday 2027"),
        pytest.param(
            ADVENT, 2027, [("2026-12-13", "2027-01-06"), ("2027-12-12", "2028-01-06")], id="two winters touch a year"
        ),
        pytest.param(
            period(from_="third Advent Sunday", to="6 January", years=[2026]),
            2027,
            [("2026-12-13", "2027-01-06")],
            id="only the winter that begins in 2026",
        ),
        pytest.param(
            period(from_="third Advent Sunday", to="6 January", since=2027),
            2027,
            [("2027-12-12", "2028-01-06")],
            id="from the winter of 2027 on",
        ),
        pytest.param(period(on="29 February"), 2027, [], id="no leap day"),
        pytest.param(period(on="29 February"), 2028, [("2028-02-29", "2028-02-29")], id="a leap day"),
        pytest.param(
            period(from_="1 February", to="last day of February"), 2028, [("2028-02-01", "2028-02-29")], id="to its end"
        ),
        pytest.param(
            period(from_="Easter Monday - 3 days", to="Easter Monday"),
            2027,
            [("2027-03-26", "2027-03-29")],
            id="around Easter",
        ),
        pytest.param(
            period(from_="last Friday of each quarter", to="last day of each quarter"),
            2027,
            [
                ("2027-03-26", "2027-03-31"),
                ("2027-06-25", "2027-06-30"),
                ("2027-09-24", "2027-09-30"),
                ("2027-12-31", "2027-12-31"),
            ],
            id="four stretches a year",
        ),
        pytest.param(
            period(from_="last Friday of each month", to="first Monday of each month", years=[2027]),
            2028,
            [("2027-12-31", "2028-01-03")],
            id="each month's end, over the turn of the year",
        ),
        pytest.param(
            period(from_="1 January - 3 days", to="1 January + 3 days"),
            2026,
            [("2025-12-29", "2026-01-04"), ("2026-12-29", "2027-01-04")],
            id="an offset into the year before",
        ),
        pytest.param(
            period(week_of="1 January"),
            2026,
            [("2025-12-29", "2026-01-04"), ("2026-12-28", "2027-01-03")],
            id="weeks of two years",
        ),
        pytest.param(period(day=date(2026, 12, 24)), 2026, [("2026-12-24", "2026-12-24")], id="one date"),
        pytest.param(
            period(first=date(2025, 12, 1), last=date(2028, 1, 31)),
            2027,
            [("2025-12-01", "2028-01-31")],
            id="for years",
        ),
        pytest.param(period(first=date(2026, 12, 1), last=date(2026, 12, 3)), 2027, [], id="another year's dates"),
    ],
)
def test_the_stretches_of_a_year(one: Period, year: int, expected: list[tuple[str, str]]) -> None:
    assert spans(one, year) == expected


@pytest.mark.parametrize(
    ("one", "inside", "outside"),
    [
        pytest.param(ADVENT, ["2026-12-13", "2027-01-01", "2027-01-06"], ["2026-12-12", "2027-01-07"], id="a winter"),
        pytest.param(BLACK_FRIDAY, ["2026-11-23", "2026-11-29"], ["2026-11-22", "2026-11-30"], id="a week"),
        pytest.param(
            period(from_="1 July", to="31 August", weekdays=["friday"]),
            ["2027-07-02", "2027-08-27"],
            ["2027-07-01", "2027-06-25", "2027-09-03"],
            id="the Fridays of a summer",
        ),
        pytest.param(
            period(first=date(2026, 12, 1), last=date(2026, 12, 3)),
            ["2026-12-01", "2026-12-03"],
            ["2026-12-04"],
            id="dates",
        ),
    ],
)
def test_which_days_lie_inside(one: Period, inside: list[str], outside: list[str]) -> None:
    held = [day for day in (*inside, *outside) if one.around(date.fromisoformat(day), office_days)]
    assert held == inside


def test_a_stretch_knows_how_long_it_lasts() -> None:
    assert ADVENT.around(date(2027, 1, 2), office_days) == Span(date(2026, 12, 13), date(2027, 1, 6))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)], ids=["the first of all days", "the last one"])
def test_the_ends_of_the_calendar(day: date) -> None:
    assert ADVENT.around(day, office_days) is None
    assert BLACK_FRIDAY.around(day, office_days) is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param({}, "write day", id="no days at all"),
        pytest.param({"reason": "sales"}, "write day", id="only a reason"),
        pytest.param({"first": date(2026, 12, 1)}, "belong together", id="no last day"),
        pytest.param({"from": "6 January"}, "belong together", id="no end"),
        pytest.param({"to": "6 January"}, "belong together", id="no beginning"),
        pytest.param({"on": "6 January", "day": date(2027, 1, 6)}, "write day", id="rule and date"),
        pytest.param({"on": "6 January", "week_of": "6 January"}, "write day", id="two rules"),
        pytest.param({"first": date(2026, 12, 2), "last": date(2026, 12, 1)}, "ends before", id="turned round"),
        pytest.param({"day": date(2026, 12, 2), "since": 2026}, "has its year", id="a date since"),
        pytest.param({"on": "6 January", "since": 2026, "years": [2027]}, "not both", id="since and years"),
        pytest.param({"on": "6 January", "years": [27]}, "greater than", id="a year of two digits"),
        pytest.param({"on": "6 Januar"}, "6 Januar", id="a typing mistake is quoted"),
        pytest.param({"on": date(2026, 12, 24)}, "written as day", id="a date as a rule"),
        pytest.param({"on": 24}, "no rule", id="a number as a rule"),
        pytest.param({"day": "24 December"}, "date", id="a rule as a date"),
        pytest.param({"from": "1 February", "to": "29 February"}, "does not exist in 2001", id="an end in leap years"),
        pytest.param({"from": "fifth Monday of March", "to": "31 March"}, "does not exist", id="a start in some years"),
        pytest.param({"from": "Easter Sunday", "to": "10 April"}, "in some years", id="Easter before and after"),
        pytest.param(
            {"from": "second Monday of each month", "to": "10th of each month"}, "some years", id="turns in May"
        ),
        pytest.param({"from": "first Monday of each month", "to": "31 December"}, "equally often", id="12 times and 1"),
        pytest.param({"on": "6 January", "weekdays": ["freitag"]}, "no weekday", id="a weekday in German"),
        pytest.param({"on": "6 January", "every": 2}, "Extra inputs", id="an unknown key"),
    ],
)
def test_what_is_refused(written: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Period.model_validate(written)


_RULES = [
    {"from": "third Advent Sunday", "to": "6 January"},
    {"from": "1 January - 9 days", "to": "1 January + 9 days"},
    {"from": "last Friday of each month", "to": "first Monday of each month"},
    {"week_of": "1 January"},
    {"on": "every Friday", "weekdays": ["friday"]},
    {"on": "31 December + 2 days", "since": 2026},
    {"on": "Monday of week 1", "years": [2026, 2028]},
    {"first": date(2026, 12, 20), "last": date(2027, 1, 10), "weekdays": ["monday", "sunday"]},
]


@pytest.mark.parametrize("written", _RULES, ids=str)
def test_a_day_lies_inside_where_a_stretch_of_its_year_holds_it(written: dict[str, Any]) -> None:
    one = Period.model_validate(written)
    for count in range(3 * 366):
        day = date(2026, 1, 1) + timedelta(days=count)
        held = any(day in span for span in one.touching(day.year, office_days))
        assert (one.around(day, office_days) is not None) == (held and day.weekday() in (one.weekdays or range(7))), day
