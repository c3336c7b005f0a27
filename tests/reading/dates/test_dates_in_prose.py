"""Moments in sentences, and what only looks like one."""

import pytest

from dplmaild.deployment.terms import WrittenMoment
from dplmaild.reading.dates import join, read_moments_in
from reading.dates.moments import BERLIN, MONDAY, in_prose, short

FOUND = {
    "Please deploy ICM 11.0.3 on Tuesday, 1 December 2026 at 10:00 CET. Tests end at 12:00.": [
        ("Tuesday, 1 December 2026 at 10:00 CET", "2026-12-01 10:00")
    ],
    "please deploy 11.0.3 to PRD next Tuesday at ten": [("next Tuesday at ten", "relative")],
    "UAT on Tuesday 1 December at 10:00 and PRD on Thursday 3 December at 14:00.": [
        ("Tuesday 1 December at 10:00", "2026-12-01 10:00"),
        ("Thursday 3 December at 14:00", "2026-12-03 14:00"),
    ],
    "Move the deployment from 1 December 10:00 to 3 December 10:00.": [
        ("1 December 10:00 to 3 December 10:00", "2026-12-03 10:00")
    ],
    "Instead of 1 December please take 3 December at 10am": [("3 December at 10am", "2026-12-03 10:00")],
    "Wir würden gern am 1.12. um 22 Uhr deployen, Dauer 2h.": [("1.12. um 22 Uhr", "2026-12-01 22:00")],
    "Nicht am 1.12. um 10 Uhr, lieber am 2.12. um 10 Uhr": [("2.12. um 10 Uhr", "2026-12-02 10:00")],
    "Queremos desplegar la 11.0.3 el martes 1 de diciembre a las 9h, por favor.": [
        ("martes 1 de diciembre a las 9h", "2026-12-01 09:00")
    ],
    "Voldríem desplegar la 11.0.3 a PRD el dimarts 1 de desembre a les 21h.": [
        ("dimarts 1 de desembre a les 21h", "2026-12-01 21:00")
    ],
    "10am Tuesday please": [("10am Tuesday", "2026-11-24 10:00")],
    "Termin: 1.12. um 10 Uhr": [("1.12. um 10 Uhr", "2026-12-01 10:00")],
    "It was planned for 1 December, but not on Friday at 10:00. Take 2 December at 10:00.": [
        ("1 December", "no_time 2026-12-01"),
        ("2 December at 10:00", "2026-12-02 10:00"),
    ],
    "Donnerstag um 10 Uhr passt, Freitag um 10 Uhr geht nicht.": [("Donnerstag um 10 Uhr", "2026-11-26 10:00")],
    "We can do Tuesday at 10 or Wednesday at 14:00.": [("Tuesday at 10 or Wednesday at 14:00", "several")],
    "Please deploy by Friday 12:00.": [("Friday 12:00", "stretch 2026-11-27")],
    "In week 49 we go live with 11.0.3.": [("week 49", "stretch")],
    "Between 30.11. and 2.12. nobody is here.": [("30.11. and 2.12", "stretch")],
    "Dates: 1/12/2026 10:00": [("1/12/2026 10:00", "day_month_order")],
}
NOTHING = [
    "addon-x 3.2.11 and addon-y 1.12.26 are released",
    "Please update from 11.0.2 to 11.0.3 for ticket 20261201 and INC-2026-12-01.",
    "Call me at +34 600 12 12 26 or 030 1.12.26",
    "It takes 15 minutes, at most 2 hours, until 10:00.",
    "Wir laufen auf 1.12. Danach kommt 11.2",
    "We may deploy it. So 10 people march on.",
    "The set 5 contains once 3 items; match 5; lines 7.",
    "See https://example.com/2026/12/01/x and mail a.b@example.com",
    "Since last Tuesday the shop fails; yesterday at 10:00 it was ok.",
    "3/4 of the load, 24/7, 1/2 done, 16:9",
    "not v1.12.2026, release-2026-12-01.zip, 12.1.0-2026-12-01",
    "Please do not deploy 11.0.3 on Friday at 10:00.",
    "Am Freitag um 10 Uhr können wir nicht.",
    "El viernes a las 10h no podemos.",
    "Version 1.12 um 10 Uhr, ICM 11.12 at 10:00, upgrade to 11.12 at 10:00",
    "Release 1.12.26 at 10:00 and Version 1.12. um 10 Uhr",
    "Sprint 12/2026 at 10:00, hotfix 3/4 at 10:00",
    "option 2, please; ok for the second",
    "We start at 10:00 and are done by 12:00.",
    "",
]


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=FOUND)
def test_moments_are_found_where_they_stand(text: str, expected: list[tuple[str, str]]) -> None:
    assert in_prose(text) == expected


@pytest.mark.parametrize("text", NOTHING, ids=[text or "empty" for text in NOTHING])
def test_what_only_looks_like_a_date_is_left_alone(text: str) -> None:
    assert in_prose(text) == []


def test_at_most_twenty_are_taken() -> None:
    text = "We deploy on 1 December 2026 at 10:00. " * 40
    assert len(read_moments_in(text, said_on=MONDAY, zone=BERLIN, day_first=None)) == 20


@pytest.mark.parametrize(
    ("day", "time", "expected"),
    [
        pytest.param("1 Dec", "10:00", "2026-12-01 10:00", id="a day and a time"),
        pytest.param("01.12.2026", "10", "2026-12-01 10:00", id="a bare hour"),
        pytest.param("01.12.2026", "22 Uhr MEZ", "2026-12-01 22:00", id="a time with its zone"),
        pytest.param("1 Dec 10:00", "10:00", "2026-12-01 10:00", id="the same time twice"),
        pytest.param("1 Dec 10:00", "11:00", "several 2026-12-01", id="two times that differ"),
        pytest.param("1 Dec", "3", "half_of_day 2026-12-01", id="a bare hour of the early afternoon or night"),
        pytest.param("1 Dec", "10:00 - 12:00", "stretch 2026-12-01", id="a stretch"),
        pytest.param("1 Dec", "99:00", "impossible_time 2026-12-01", id="no clock shows it"),
        pytest.param("1 Dec", "", "no_time 2026-12-01", id="no time"),
        pytest.param("", "10:00", "nothing", id="no day"),
    ],
)
def test_day_and_time_from_two_fields(day: str, time: str, expected: str) -> None:
    assert short(join(day, time, said_on=MONDAY, zone=BERLIN, day_first=None)) == expected


def test_a_day_that_was_read_already_can_be_joined() -> None:
    [(_, _, day)] = read_moments_in("on 1 December 2026", said_on=MONDAY, zone=BERLIN, day_first=None)
    found = join(day, "10am", said_on=MONDAY, zone=BERLIN, day_first=None)
    assert isinstance(found, WrittenMoment)
    assert short(found) == "2026-12-01 10:00"
