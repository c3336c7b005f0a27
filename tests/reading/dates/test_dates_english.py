"""How English-speaking partners write a deployment's date."""

import pytest

from reading.dates.moments import read, readings, short

READ = {
    "Tuesday, 1 December 2026, 10:00 CET": "2026-12-01 10:00",
    "Dec 1, 2026 10am": "2026-12-01 10:00",
    "10 am 1 December 2026": "2026-12-01 10:00",
    "10am Tuesday please": "2026-11-24 10:00",
    "1st of December at ten": "2026-12-01 10:00",
    "the first of December at ten o'clock": "2026-12-01 10:00",
    "01-Dec-2026 10:00": "2026-12-01 10:00",
    "1 Dec 26 10:00": "2026-12-01 10:00",
    "December 1st at 10 p.m.": "2026-12-01 22:00",
    "December 1, 12 pm": "2026-12-01 12:00",
    "December 1, 12:30 am": "2026-12-01 00:30",
    "14:00 pm on 1 December": "2026-12-01 14:00",
    "half past nine on 1 December": "2026-12-01 09:30",
    "quarter past nine on Tuesday": "2026-11-24 09:15",
    "quarter to ten on Tuesday": "2026-11-24 09:45",
    "at five to ten on Tuesday": "2026-11-24 09:55",
    "noon on 1 December": "2026-12-01 12:00",
    "1 December 24:00": "2026-12-02 00:00",
    "1000 hrs on 1 December": "2026-12-01 10:00",
    "tomorrow 14:00": "2026-11-24 14:00",
    "tonight at 10": "2026-11-23 22:00",
    "Tuesday evening at 8": "2026-11-24 20:00",
    "tomorrow morning at 9": "2026-11-24 09:00",
    "day after tomorrow, 14:00": "2026-11-25 14:00",
    "in two days at 10:00": "2026-11-25 10:00",
    "Tuesday 10:00": "2026-11-24 10:00",
    "this Friday 10:00": "2026-11-27 10:00",
    "Tuesday next week at 10:00": "2026-12-01 10:00",
    "next week on Tuesday at 10:00": "2026-12-01 10:00",
    "the week after next, Tuesday 10:00": "2026-12-08 10:00",
    "Tuesday in two weeks, 10:00": "2026-12-08 10:00",
    "2nd Tuesday of December 10:00": "2026-12-08 10:00",
    "last Monday of January at 10:00": "2027-01-25 10:00",
    "week 49, Tuesday, 10:00": "2026-12-01 10:00",
    "Tuesday the 1st at 10:00": "2026-12-01 10:00",
    "1 Decmber 2026 10:00": "2026-12-01 10:00",
    "Teusday 1 December 10:00": "2026-12-01 10:00",
    "2026-12-01T10:00+01:00": "2026-12-01 10:00",
    "2026-12-01 10:00:00": "2026-12-01 10:00",
    "2026-W49-2 10:00": "2026-12-01 10:00",
    "2026/12/01 10:00": "2026-12-01 10:00",
    "20261201 10:00": "2026-12-01 10:00",
    "12/13/2026 10:00": "2026-12-13 10:00",
    "Tuesday 1 December 2026 - 10:00": "2026-12-01 10:00",
    "1 December 10:00, duration 2h": "2026-12-01 10:00",
    "1 December 10:00 (about 30 minutes)": "2026-12-01 10:00",
    "not on 1 December but on 3 December 10:00": "2026-12-03 10:00",
    "3 December 10:00 instead of 1 December": "2026-12-03 10:00",
    "5 January at 10:00": "2027-01-05 10:00",
    "4.12.2026 10:00": "2026-12-04 10:00",
}
ASKED = {
    "": "nothing",
    "as soon as possible": "nothing",
    "10:00": "nothing",
    "15 minutes": "nothing",
    "11.0.3": "nothing",
    "24/7": "nothing",
    "the second option": "nothing",
    "04.12.2026": "no_time 2026-12-04",
    "tomorrow morning": "no_time 2026-11-24",
    "1 December 2026, end of business": "no_time 2026-12-01",
    "next Tuesday 10:00 CET": "relative",
    "next Friday at 10": "relative",
    "last Tuesday 10:00": "relative",
    "Monday 10:00": "relative",
    "this Monday 10:00": "relative",
    "12/01/2026 10:00 AM": "day_month_order",
    "03/04/2027": "day_month_order",
    "01-12-2026 10:00": "day_month_order",
    "Wednesday, 1 December 2026 10:00": "weekday_contradicts",
    "Tuesday 03/04/2027": "weekday_contradicts",
    "20 November 10:00": "year",
    "01.12.12 10:00": "year",
    "31 February 2027 10:00": "impossible_date",
    "31.11.2026 10:00": "impossible_date",
    "13.13.2026 10:00": "impossible_date",
    "1 December 3026 10:00": "impossible_date",
    "5th Tuesday of February 2027 10:00": "impossible_date",
    "1.12.2026 25:00": "impossible_time 2026-12-01",
    "1.12.2026 10:75": "impossible_time 2026-12-01",
    "1 December at 3": "half_of_day 2026-12-01",
    "1 December 14:00 am": "half_of_day 2026-12-01",
    "half nine on Tuesday": "half_of_day 2026-11-24",
    "five to ten on Tuesday": "unread",
    "midnight on 1 December": "midnight 2026-12-01",
    "Tuesday at 1 at night": "midnight 2026-11-24",
    "1 December 10:00-12:00": "stretch 2026-12-01",
    "between 10 and 12 on 1 December": "stretch 2026-12-01",
    "1 December, not before 10:00": "stretch 2026-12-01",
    "before 1 December 10:00": "stretch 2026-12-01",
    "by 1 December": "stretch",
    "in week 49": "stretch",
    "next week": "stretch",
    "1-3 December 10:00": "stretch",
    "1.-3.12.2026 10:00": "stretch",
    "early December": "stretch",
    "December 2026": "stretch",
    "first week of December": "stretch",
    "30.11. - 2.12.": "stretch",
    "1 or 3 December at 10:00": "stretch",
    "1 December 10:00 or 3 December 14:00": "several",
    "1 December 10:00, 3 December 14:00": "several",
    "1 December 10:00 or 14:00": "several 2026-12-01",
    "1 December, 10:00 (was 9:00)": "several 2026-12-01",
    "tomorrow, 1 December 2026, 10:00": "several",
    "not on 1 December 10:00": "excluded",
    "1 December 10:00 + 1 day": "unread",
    "Tuesday + Wednesday 10:00": "several",
    "the day after 1 December 10:00": "stretch 2026-12-01",
    "2 days before 3.12.2026 10:00": "stretch",
    "1 December 10am-12pm": "stretch 2026-12-01",
    "1 December 10:00 if possible, otherwise 2 December 10:00": "several",
    "1 Dec 1030": "impossible_date",
    "1 December at 9.5": "no_time 2026-12-01",
    "every second Tuesday": "recurring",
    "Tuesdays at 10:00": "recurring",
    "weekly, Tuesday 10:00": "recurring",
}


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=READ)
def test_what_is_clear_is_read(text: str, expected: str) -> None:
    assert short(read(text)) == expected


@pytest.mark.parametrize(("text", "expected"), ASKED.items(), ids=[text or "empty" for text in ASKED])
def test_what_is_not_clear_is_asked(text: str, expected: str) -> None:
    assert short(read(text)) == expected


CANDIDATES = {
    "next Tuesday 10:00": ["2026-11-24 10:00", "2026-12-01 10:00"],
    "03/04/2027 10:00": ["2027-04-03 10:00", "2027-03-04 10:00"],
    "Wednesday, 1 December 2026 10:00": ["2026-12-01 10:00", "2026-12-02 10:00"],
    "20 November 10:00": ["2027-11-20 10:00", "2026-11-20 10:00"],
    "1 December 10:00-12:00": ["2026-12-01 10:00", "2026-12-01 12:00"],
    "1 December 22:00-02:00": ["2026-12-01 22:00", "2026-12-02 02:00"],
    "in week 49": ["2026-11-30 00:00", "2026-12-07 00:00"],
    "next week": ["2026-11-30 00:00", "2026-12-07 00:00"],
    "December 2026": ["2026-12-01 00:00", "2027-01-01 00:00"],
    "midnight on 1 December": ["2026-12-01 00:00", "2026-12-02 00:00"],
    "1 December at 3": ["2026-12-01 03:00", "2026-12-01 15:00"],
    "1 December 10:00 or 3 December 14:00": ["2026-12-01 10:00", "2026-12-03 14:00"],
}


@pytest.mark.parametrize(("text", "expected"), CANDIDATES.items(), ids=CANDIDATES)
def test_candidates_name_every_reading(text: str, expected: list[str]) -> None:
    assert readings(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        pytest.param("03/04/2027 10:00", True, "2027-04-03 10:00", id="the customer writes the day first"),
        pytest.param("03/04/2027 10:00", False, "2027-03-04 10:00", id="the customer writes the month first"),
        pytest.param("Thursday 03/04/2027 10:00", None, "2027-03-04 10:00", id="the weekday settles the month first"),
        pytest.param("Saturday 03/04/2027 10:00", None, "2027-04-03 10:00", id="the weekday settles the day first"),
        pytest.param("Thursday 03/04/2027 10:00", True, "day_month_order", id="the weekday against the habit"),
        pytest.param("Friday 03/04/2027 10:00", True, "weekday_contradicts", id="a weekday that fits neither"),
        pytest.param("12/01/2026 10:00 AM", True, "day_month_order", id="the habit's reading lies in the past"),
        pytest.param("03.04.2027 10:00", False, "2027-04-03 10:00", id="dots mean day first everywhere"),
        pytest.param("2027-03-04 10:00", True, "2027-03-04 10:00", id="ISO is ISO everywhere"),
        pytest.param("tomorrow, 24/11/2026, 10:00", None, "2026-11-24 10:00", id="only one order is a month"),
    ],
)
def test_order_of_day_and_month(text: str, day_first: bool | None, expected: str) -> None:
    assert short(read(text, day_first=day_first)) == expected
