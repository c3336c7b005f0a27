"""Calendars that cannot be taken: each with its reason, none with another error, and none without an end."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dplmaild.reading.vacations import LARGEST, NotUnderstoodError, vacations_in
from reading.vacations.build import YEARS, calendar, event, found


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(event("20260832"), "'20260832' is no date", id="a day that does not exist"),
        pytest.param(event("soon"), "'soon' is no date", id="no date at all"),
        pytest.param(event("00010101"), "of our times", id="the year one"),
        pytest.param("UID:1\nSUMMARY:Vacation", "has no start", id="no start"),
        pytest.param(event("20260803", "DTEND;VALUE=DATE:20260801"), "ends before it begins", id="turned round"),
        pytest.param(event("20260803", "DURATION:-P1D"), "ends before it begins", id="a negative length"),
        pytest.param(event("20260803", "DTEND;VALUE=DATE:20360803"), "lasts 3653 days", id="ten years"),
        pytest.param(event("20260803", "DURATION:P99999999999W"), "duration", id="longer than time"),
        pytest.param(event("20260803", "DTEND:20260804T100000Z"), "a day, the other a time", id="a day to a time"),
        pytest.param(event("TZID=Mars/Phobos:20260803T090000"), "'Mars/Phobos' is not known", id="no zone"),
        pytest.param(event("TZID=../../etc/passwd:20260803T090000"), "is not known", id="a zone that is a path"),
        pytest.param(event("20260803", "RRULE:FREQ=SECONDLY"), "SECONDLY", id="every second"),
        pytest.param(event("20260803", "RRULE:FREQ=HOURLY;COUNT=3"), "HOURLY", id="every hour"),
        pytest.param(event("20260803", "RRULE:FREQ=NEVER"), "broken", id="how often?"),
        pytest.param(event("20260803", "RRULE:COUNT=3"), "no FREQ", id="no FREQ"),
        pytest.param(event("20260803", "RRULE:FREQ=YEARLY;BYWEEKNO=20"), "BYWEEKNO", id="by week"),
        pytest.param(event("20260803", "RRULE:FREQ=DAILY;INTERVAL=0"), "makes no sense", id="every zero days"),
        pytest.param(event("20260803", "RRULE:FREQ=DAILY;COUNT=-1"), "makes no sense", id="minus one time"),
        pytest.param(event("20260803", "RRULE:FREQ=WEEKLY;BYDAY=2TU"), "makes no sense", id="2TU of a week"),
        pytest.param(event("20260803", "RRULE:FREQ=MONTHLY;BYMONTHDAY=0"), "broken|no sense", id="the zeroth"),
        pytest.param(event("20260803", "EXRULE:FREQ=DAILY"), "more than one rule", id="a rule that takes away"),
        pytest.param(event("20260803", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), "more than one rule", id="two rules"),
        pytest.param(event("20260803", "RDATE;VALUE=DATE:then"), "'then' is no date", id="also on no date"),
        pytest.param(event("20260803", "EXDATE;VALUE=DATE:never"), "'never' is no date", id="but not on no date"),
        pytest.param(
            event("20260803", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260803T090000Z"),
            "RANGE",
            id="RANGE",
        ),
        pytest.param(event("20260803", "DTSTART;broken"), "cannot be read", id="a broken line"),
        pytest.param(event("20260803", "DTSTART:" + "2" * 10_000), "cannot be read", id="an endless line"),
    ],
)
def test_an_event_that_cannot_be_taken_is_named(written: str, said: str) -> None:
    with pytest.raises(NotUnderstoodError, match=said):
        found(event("20260701", uid="0"), written)


def test_the_event_is_named_by_its_title() -> None:
    with pytest.raises(NotUnderstoodError, match="the event 'Vacation': "):
        found(event("soon"))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        pytest.param(b"", "is no calendar", id="nothing"),
        pytest.param(b"<!DOCTYPE html><title>Please log in</title>", "begins with '<!DOCTYPE html>", id="a login page"),
        pytest.param(b"\x1f\x8b\x08\x00" + b"\x00" * 100, "is no calendar", id="a packed file"),
        pytest.param(calendar(event("20260803"))[:-20], "cut off", id="cut off at the end"),
        pytest.param(calendar(event("20260803"))[:60], "cut off", id="cut off in the middle"),
        pytest.param(b"BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR", "never opened", id="an end without a beginning"),
        pytest.param(calendar(event("20260803")) + b" " * LARGEST, "larger than 5 MB", id="too large"),
        pytest.param(calendar(*[event("20260803")] * 10_001), "more than 10000 events", id="too many events"),
        pytest.param(
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 300_000 + b"END:VCALENDAR", "never opened", id="deeply nested"
        ),
    ],
)
def test_a_file_that_is_no_calendar(raw: bytes, said: str) -> None:
    with pytest.raises(NotUnderstoodError, match=said):
        vacations_in(raw, YEARS)


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", id="a day that never comes"),
        pytest.param("FREQ=MONTHLY;BYSETPOS=400", id="a place that never comes"),
        pytest.param("FREQ=WEEKLY;BYMONTH=2;INTERVAL=2147483647", id="once in all time"),
        pytest.param("FREQ=YEARLY;INTERVAL=2147483647", id="every two thousand million years"),
    ],
)
def test_a_rule_without_days_ends(rule: str) -> None:
    assert len(found(event("20260803", f"RRULE:{rule}"))) == 1  # its start


def test_a_thousand_rules_that_count_from_long_ago_are_too_much() -> None:
    old = (event("16000101", "RRULE:FREQ=DAILY;COUNT=2000000000", uid=str(n)) for n in range(1000))
    with pytest.raises(NotUnderstoodError, match="again and again"):
        found(*old)


def test_thousands_of_single_days_are_too_many() -> None:
    many = replace(YEARS, last=date(2100, 1, 1))
    with pytest.raises(NotUnderstoodError, match="more than 5000 vacations"):
        found(event("20260803", "RRULE:FREQ=DAILY;INTERVAL=2"), wanted=many)


def test_zones_that_the_file_defines_are_never_reckoned() -> None:
    bomb = (
        b"BEGIN:VTIMEZONE\nTZID:Bomb\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n"
        b"RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    raw = calendar(event("20260803")).replace(b"BEGIN:VEVENT", bomb + b"BEGIN:VEVENT", 1)
    assert len(vacations_in(raw, YEARS)) == 1


_PIECES = st.sampled_from(
    [
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "UID:1",
        "DTSTART;VALUE=DATE:20260803",
        "DTSTART:20260803T090000Z",
        "DTEND:20260803T100000Z",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY",
        "RRULE:FREQ=YEARLY;COUNT=99",
        "RDATE:20260804,,x",
        "EXDATE:20260803",
        "RECURRENCE-ID:20260803",
        "SUMMARY:Vacation",
        "STATUS:CANCELLED",
        " folded",
        ";:;:",
    ]
)


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=20))
def test_lines_in_any_order_are_read_or_refused(lines: list[str]) -> None:
    raw = "\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR")).encode()
    _read_or_refused(raw)


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_damaged_files_are_read_or_refused(damage: bytes, place: int) -> None:
    whole = calendar(event("20260803", "RRULE:FREQ=WEEKLY;COUNT=3"))
    _read_or_refused(whole[:place] + damage + whole[place + len(damage) :])


def _read_or_refused(raw: bytes) -> None:
    with suppress(NotUnderstoodError):
        spans = vacations_in(raw, YEARS)
        assert list(spans) == sorted(spans)
