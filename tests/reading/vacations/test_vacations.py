"""Vacations out of calendars of other programs."""

from dataclasses import replace
from datetime import date

import pytest

from dplmaild.reading.vacations import vacations_in
from reading.vacations.build import YEARS, calendar, days, event, found


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(event("20260803", "DTEND;VALUE=DATE:20260808"), [("2026-08-03", "2026-08-07")], id="whole days"),
        pytest.param(event("20260803"), [("2026-08-03", "2026-08-03")], id="one day without an end"),
        pytest.param(event("20260803", "DTEND;VALUE=DATE:20260803"), [("2026-08-03", "2026-08-03")], id="no time"),
        pytest.param(event("20260803", "DURATION:P1W"), [("2026-08-03", "2026-08-09")], id="a week long"),
        pytest.param(
            event("TZID=Europe/Madrid:20260803T090000", "DTEND;TZID=Europe/Madrid:20260805T170000"),
            [("2026-08-03", "2026-08-05")],
            id="from one time of day to another",
        ),
        pytest.param(
            event("TZID=Europe/Madrid:20260803T000000", "DTEND;TZID=Europe/Madrid:20260804T000000"),
            [("2026-08-03", "2026-08-03")],
            id="midnight to midnight is one day",
        ),
        pytest.param(event("20260803T220000Z", "DURATION:PT12H"), [("2026-08-04", "2026-08-04")], id="UTC"),
        pytest.param(event("20260803T090000", "DURATION:PT8H"), [("2026-08-03", "2026-08-03")], id="no zone"),
        pytest.param(
            event("TZID=America/Los_Angeles:20260803T200000", "DURATION:PT1H"),
            [("2026-08-04", "2026-08-04")],
            id="an evening elsewhere is the next day here",
        ),
        pytest.param(
            event('TZID="W. Europe Standard Time":20260803T090000', "DURATION:PT1H"),
            [("2026-08-03", "2026-08-03")],
            id="a zone by Windows' name",
        ),
        pytest.param(
            event("TZID=/example.org/Europe/Madrid:20260803T090000", "DURATION:PT1H"),
            [("2026-08-03", "2026-08-03")],
            id="a zone behind a path",
        ),
        pytest.param(event("20260803", "STATUS:CANCELLED"), [], id="cancelled"),
        pytest.param(event("20260803", "TRANSP:TRANSPARENT"), [], id="shown as free"),
        pytest.param(event("20250803"), [], id="long ago"),
        pytest.param(event("20290101"), [], id="far ahead"),
        pytest.param(event("20251220", "DTEND;VALUE=DATE:20260107"), [("2025-12-20", "2026-01-06")], id="at the edge"),
        pytest.param(
            event("20260803", "BEGIN:VALARM\nTRIGGER:-PT15M\nDTSTART:nonsense\nEND:VALARM"),
            [("2026-08-03", "2026-08-03")],
            id="an alarm is passed over",
        ),
        pytest.param(event("20260803", "DESCRIPTION:" + "x" * 100_000), [("2026-08-03", "2026-08-03")], id="long text"),
    ],
)
def test_one_event(written: str, expected: list[tuple[str, str]]) -> None:
    assert found(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(event("20260806", "RRULE:FREQ=YEARLY"), ["2026-08-06", "2027-08-06", "2028-08-06"], id="yearly"),
        pytest.param(
            event("19600806", "RRULE:FREQ=YEARLY"), ["2026-08-06", "2027-08-06", "2028-08-06"], id="since long ago"
        ),
        pytest.param(event("20260806", "RRULE:FREQ=YEARLY;COUNT=2"), ["2026-08-06", "2027-08-06"], id="twice"),
        pytest.param(event("20200806", "RRULE:FREQ=YEARLY;COUNT=7"), ["2026-08-06"], id="the last of seven"),
        pytest.param(
            event("20260806", "RRULE:FREQ=YEARLY;UNTIL=20270806"), ["2026-08-06", "2027-08-06"], id="until that day"
        ),
        pytest.param(event("20260806", "RRULE:FREQ=YEARLY;UNTIL=20270805T235959Z"), ["2026-08-06"], id="before it"),
        pytest.param(
            event(
                "TZID=Europe/Madrid:20260806T090000",
                "DURATION:PT1H",
                "RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20260810T065959Z",
            ),
            ["2026-08-06", "2026-08-08"],
            id="until a minute before the third",
        ),
        pytest.param(
            event("20261106", "RRULE:FREQ=MONTHLY;BYDAY=1FR;COUNT=3"),
            ["2026-11-06", "2026-12-04", "2027-01-01"],
            id="1FR",
        ),
        pytest.param(
            event("20281230", "RRULE:FREQ=DAILY;INTERVAL=2"), ["2028-12-30"], id="endless: to the end of the horizon"
        ),
        pytest.param(
            event("20260803", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20260810,20260817"),
            ["2026-08-03", "2026-08-24"],
            id="two days taken out",
        ),
        pytest.param(
            event("20260803T070000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20260810T070000Z"),
            ["2026-08-03"],
            id="a moment taken out",
        ),
        pytest.param(
            event("20260803", "RDATE;VALUE=DATE:20260805,20260910"),
            ["2026-08-03", "2026-08-05", "2026-09-10"],
            id="RDATE",
        ),
        pytest.param(
            event("TZID=America/New_York:20260803T230000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"),
            ["2026-08-04", "2026-08-11"],
            id="repeated on its own wall clock, told on ours",
        ),
    ],
)
def test_what_comes_again(written: str, expected: list[str]) -> None:
    assert days(written) == expected


WEEKLY = event("TZID=Europe/Madrid:20260803T090000", "DURATION:PT8H", "RRULE:FREQ=WEEKLY;COUNT=3")


@pytest.mark.parametrize(
    ("instead", "expected"),
    [
        pytest.param(
            event("20260812", "RECURRENCE-ID;TZID=Europe/Madrid:20260810T090000"),
            ["2026-08-03", "2026-08-12", "2026-08-17"],
            id="moved to another day",
        ),
        pytest.param(
            event("20260812", "RECURRENCE-ID:20260810T070000Z"),
            ["2026-08-03", "2026-08-12", "2026-08-17"],
            id="named in UTC",
        ),
        pytest.param(
            event("20260810", "RECURRENCE-ID;TZID=Europe/Madrid:20260810T090000", "STATUS:CANCELLED"),
            ["2026-08-03", "2026-08-17"],
            id="cancelled",
        ),
        pytest.param(
            event("20260812", "RECURRENCE-ID;TZID=Europe/Madrid:20260810T090000", uid="2"),
            ["2026-08-03", "2026-08-10", "2026-08-12", "2026-08-17"],
            id="of another series",
        ),
    ],
)
def test_one_of_a_series_takes_another_ones_place(instead: str, expected: list[str]) -> None:
    assert days(WEEKLY, instead) == expected


def test_days_in_a_row_are_one_stretch_whoever_is_away() -> None:
    ann, ben = event("20260803", "DTEND;VALUE=DATE:20260808"), event("20260808", "DTEND;VALUE=DATE:20260812", uid="2")
    assert found(ben, ann) == [("2026-08-03", "2026-08-11")]
    assert found(event("20260801", "RRULE:FREQ=DAILY")) == [("2026-08-01", "2028-12-31")]


def test_only_events_with_one_of_the_words() -> None:
    written = (
        event("20260803").replace("Vacation", "URLAUB Ann"),
        event("20260901", "CATEGORIES:Work,Holiday", uid="2").replace("Vacation", "Ben"),
        event("20261001", uid="3").replace("Vacation", "Team meeting"),
    )
    some = replace(YEARS, words=("urlaub", "holiday"))
    assert [first for first, _ in found(*written, wanted=some)] == ["2026-08-03", "2026-09-01"]


def test_what_is_shown_as_free_counts_where_that_is_wanted() -> None:
    free = event("20260803", "TRANSP:TRANSPARENT")
    assert found(free, wanted=replace(YEARS, free_too=True)) == [("2026-08-03", "2026-08-03")]


@pytest.mark.parametrize(
    "spoiled",
    [
        pytest.param(lambda raw: raw.replace(b"\r\n", b"\n"), id="unix line ends"),
        pytest.param(lambda raw: b"\xef\xbb\xbf" + raw, id="a byte order mark"),
        pytest.param(lambda raw: raw.replace(b"SUMMARY:Vac", b"SUMMARY:V\r\n ac"), id="folded lines"),
        pytest.param(lambda raw: raw.replace(b"DTSTART", b"dtstart").replace(b"BEGIN", b"begin"), id="small letters"),
        pytest.param(lambda raw: raw.replace(b"Vacation", b"Ferien f\xfcr alle"), id="no UTF-8"),
        pytest.param(lambda raw: raw + b"\r\n\r\n", id="blank lines at the end"),
    ],
)
def test_other_spellings_of_the_same_file(spoiled: object) -> None:
    raw = calendar(event("20260803"))
    assert callable(spoiled)
    (span,) = vacations_in(spoiled(raw), YEARS)
    assert (span.first, span.last) == (date(2026, 8, 3), date(2026, 8, 3))


def test_an_empty_calendar_is_one_without_vacations() -> None:
    assert found() == []
