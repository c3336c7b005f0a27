"""Rules against days looked up in printed calendars: every expected date was worked out by hand."""

from contextlib import suppress
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dplmaild.deployment.recurring import RuleError, check_span, office_days, read_anchor
from dplmaild.deployment.recurring.words import EASTER, FEASTS, MONTHS, ORDINALS, ORTHODOX_EASTER, WEEKDAYS
from dplmaild.deployment.site import working_in

THURINGIA, MADRID = working_in("DE", "TH"), working_in("ES", "MD")


def days(rule: str, year: int) -> list[str]:
    """What a rule points at, Monday to Friday being the working days."""
    return [day.isoformat() for day in read_anchor(rule).dates(year, office_days)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param("Easter Sunday", ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28"], id="easter"),
        pytest.param("Easter Monday", ["2024-04-01", "2025-04-21", "2026-04-06", "2027-03-29"], id="easter monday"),
        pytest.param("Good Friday", ["2024-03-29", "2025-04-18", "2026-04-03", "2027-03-26"], id="good friday"),
        pytest.param("Orthodox Easter", ["2024-05-05", "2025-04-20", "2026-04-12", "2027-05-02"], id="orthodox"),
        pytest.param("Rose Monday", ["2024-02-12", "2025-03-03", "2026-02-16", "2027-02-08"], id="carnival"),
        pytest.param("Ascension Day", ["2024-05-09", "2025-05-29", "2026-05-14", "2027-05-06"], id="ascension"),
        pytest.param("Whit Monday", ["2024-05-20", "2025-06-09", "2026-05-25", "2027-05-17"], id="whit monday"),
        pytest.param("Corpus Christi", ["2024-05-30", "2025-06-19", "2026-06-04", "2027-05-27"], id="corpus christi"),
        pytest.param("Black Friday", ["2024-11-29", "2025-11-28", "2026-11-27", "2027-11-26"], id="black friday"),
        pytest.param("Cyber Monday", ["2024-12-02", "2025-12-01", "2026-11-30", "2027-11-29"], id="cyber monday"),
        pytest.param(
            "fourth Thursday of November", ["2024-11-28", "2025-11-27", "2026-11-26", "2027-11-25"], id="thanksgiving"
        ),
        pytest.param("first Advent Sunday", ["2024-12-01", "2025-11-30", "2026-11-29", "2027-11-28"], id="1st advent"),
        pytest.param("third Advent Sunday", ["2024-12-15", "2025-12-14", "2026-12-13", "2027-12-12"], id="3rd advent"),
        pytest.param("fourth Advent", ["2024-12-22", "2025-12-21", "2026-12-20", "2027-12-19"], id="4th advent"),
        pytest.param(
            "Day of Repentance and Prayer", ["2024-11-20", "2025-11-19", "2026-11-18", "2027-11-17"], id="repentance"
        ),
        pytest.param("6 January", ["2024-01-06", "2025-01-06", "2026-01-06", "2027-01-06"], id="a day of a month"),
        pytest.param("every 24 December", ["2024-12-24", "2025-12-24", "2026-12-24", "2027-12-24"], id="every"),
        pytest.param("last Friday of November", ["2024-11-29", "2025-11-28", "2026-11-27", "2027-11-26"], id="last"),
        pytest.param(
            "second to last Monday of May",
            ["2024-05-20", "2025-05-19", "2026-05-18", "2027-05-24"],
            id="second to last",
        ),
        pytest.param("last day of February", ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28"], id="leap years"),
        pytest.param(
            "Easter Monday - 3 days", ["2024-03-29", "2025-04-18", "2026-04-03", "2027-03-26"], id="days before"
        ),
        pytest.param("2 weeks after 6 January", ["2024-01-20", "2025-01-20", "2026-01-20", "2027-01-20"], id="weeks"),
        pytest.param(
            "the day before Thanksgiving", ["2024-11-27", "2025-11-26", "2026-11-25", "2027-11-24"], id="the day before"
        ),
        pytest.param(
            "Monday before 24 December", ["2024-12-23", "2025-12-22", "2026-12-21", "2027-12-20"], id="before"
        ),
        pytest.param(
            "first Monday after Epiphany", ["2024-01-08", "2025-01-13", "2026-01-12", "2027-01-11"], id="never itself"
        ),
        pytest.param(
            "Monday on or after 6 January", ["2024-01-08", "2025-01-06", "2026-01-12", "2027-01-11"], id="or itself"
        ),
        pytest.param("Monday of week 1", ["2024-01-01", "2024-12-30", "2025-12-29", "2027-01-04"], id="week 1"),
        pytest.param(
            "last working day of December", ["2024-12-31", "2025-12-31", "2026-12-31", "2027-12-31"], id="working day"
        ),
        pytest.param(
            "24 December - 2 working days",
            ["2024-12-20", "2025-12-22", "2026-12-22", "2027-12-22"],
            id="working offset",
        ),
        pytest.param(
            "1 January - 3 days", ["2023-12-29", "2024-12-29", "2025-12-29", "2026-12-29"], id="the year before"
        ),
    ],
)
def test_one_day_a_year(rule: str, expected: list[str]) -> None:
    assert [days(rule, year) for year in (2024, 2025, 2026, 2027)] == [[day] for day in expected]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(
            "first Monday of each month",
            [
                "01-04",
                "02-01",
                "03-01",
                "04-05",
                "05-03",
                "06-07",
                "07-05",
                "08-02",
                "09-06",
                "10-04",
                "11-01",
                "12-06",
            ],
            id="first mondays",
        ),
        pytest.param("last day of each quarter", ["03-31", "06-30", "09-30", "12-31"], id="ends of quarters"),
        pytest.param("first working day of each quarter", ["01-01", "04-01", "07-01", "10-01"], id="no holidays known"),
        pytest.param("15th of every month", [f"{month:02}-15" for month in range(1, 13)], id="the 15th"),
        pytest.param(
            "31st of each month",
            ["01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31"],
            id="only the long ones",
        ),
        pytest.param("fifth Friday of each month", ["01-29", "04-30", "07-30", "10-29", "12-31"], id="five fridays"),
        pytest.param("last working day of the year", ["12-31"], id="one a year"),
        pytest.param("29 February", [], id="no leap day"),
        pytest.param("Sunday of week 53", [], id="no week 53"),
    ],
)
def test_some_days_in_2027(rule: str, expected: list[str]) -> None:
    assert days(rule, 2027) == [f"2027-{day}" for day in expected]


def test_every_friday_of_a_year() -> None:
    fridays = days("every Friday", 2027)
    assert (len(fridays), fridays[0], fridays[-1]) == (53, "2027-01-01", "2027-12-31")


def test_what_only_some_years_have() -> None:
    assert days("29 February", 2028) == ["2028-02-29"]
    assert days("Sunday of week 53", 2026) == ["2027-01-03"]


@pytest.mark.parametrize(
    ("place", "year", "expected"),
    [
        pytest.param(THURINGIA, 2024, "2024-03-28", id="Easter Sunday is the 31st, Good Friday the 29th"),
        pytest.param(MADRID, 2024, "2024-03-27", id="Madrid rests on Maundy Thursday too"),
        pytest.param(THURINGIA, 2027, "2027-03-31", id="a Wednesday"),
    ],
)
def test_working_days_are_those_of_the_place(place: partial[bool], year: int, expected: str) -> None:
    assert read_anchor("last working day of each quarter").dates(year, place)[0].isoformat() == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("third Advent Sunday", "  Third   ADVENT sunday ", id="case and blanks"),
        pytest.param("New Year’s Day", "1st of January", id="typographic apostrophe"),
        pytest.param("January 6", "6 Jan", id="month first"),
        pytest.param("3 days before Easter Monday", "Easter Monday - 3 days", id="before"),
        pytest.param("the last Friday of the month", "last Friday of each month", id="little words"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert days(one, 2027) == days(other, 2027) != []


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        pytest.param("", "write for example", id="nothing"),
        pytest.param("christmas", "write for example", id="not one day"),
        pytest.param("31 April", "write for example", id="a day that April lacks"),
        pytest.param("30 February", "write for example", id="a day that February never has"),
        pytest.param("32nd of each month", "never", id="no month is that long"),
        pytest.param("0 January", "write for example", id="the zeroth"),
        pytest.param("sixth Monday of May", "write for example", id="no word for it"),
        pytest.param("6th Monday of May", "never", id="more Mondays than any May has"),
        pytest.param("Monday of week 54", "write for example", id="no such week"),
        pytest.param("last of November", "write for example", id="the last what"),
        pytest.param("2026-12-24", "without quotes", id="a date in quotes"),
        pytest.param("second last Friday before Easter", "counted from the first", id="last before"),
        pytest.param("Easter Monday -3 days", "write for example", id="no blank after the sign"),
        pytest.param("day after " * 8 + "Easter", "too deep", id="too deep"),
        pytest.param("day before Black Friday" + " " * 200, "at most", id="too long"),
        pytest.param("dritter Advent", "write for example", id="another language"),
    ],
)
def test_what_is_no_rule(rule: str, said: str) -> None:
    with pytest.raises(RuleError, match=said):
        check_span(read_anchor(rule), None)


_WORDS = [*MONTHS, *WEEKDAYS, *ORDINALS, *FEASTS, EASTER, ORTHODOX_EASTER]
_GLUE = [
    "of",
    "each",
    "month",
    "quarter",
    "before",
    "after",
    "on or before",
    "+",
    "-",
    "working day",
    "days",
    "3",
    "31st",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_WORDS + _GLUE), max_size=9), st.integers(1990, 2110))
def test_any_words_are_a_rule_or_refused(words: list[str], year: int) -> None:
    try:
        anchor = read_anchor(" ".join(words))
    except RuleError:
        return
    found = anchor.dates(year, office_days)
    assert list(found) == sorted(found)
    assert all(isinstance(day, date) and abs(day.year - year) <= 9 for day in found)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    with suppress(RuleError):
        assert read_anchor(text).text == text


@pytest.mark.parametrize("feast", sorted(FEASTS))
def test_every_feast_comes_once_a_year(feast: str) -> None:
    for year in range(2020, 2060):
        (day,) = read_anchor(feast).dates(year, office_days)
        assert day.year == year
