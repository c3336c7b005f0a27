"""SEE-1: weekday, date in words, zone and offset; the customer's wall clock where it differs."""

from datetime import timedelta

import pytest

from dplmaild.writing.moments import Clock, duration_in_words, zone_in_words
from writing.build import at, window

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        pytest.param("en", "Tuesday 12 January 2027, 10:00-12:30 CET (UTC+01:00)", id="English"),
        pytest.param("de", "Dienstag, 12. Januar 2027, 10:00-12:30 CET (UTC+01:00)", id="German"),
        pytest.param("es", "martes 12 de enero de 2027, 10:00-12:30 CET (UTC+01:00)", id="Spanish"),
        pytest.param("ca", "dimarts 12 de gener de 2027, 10:00-12:30 CET (UTC+01:00)", id="Catalan"),
        pytest.param("fr", "Tuesday 12 January 2027, 10:00-12:30 CET (UTC+01:00)", id="a language we do not have"),
    ],
)
def test_a_window_in_each_language(language: str, shown: str) -> None:
    assert Clock(language, BERLIN, BERLIN).window(window("2027-01-12 10:00")) == shown


def test_catalan_months_keep_their_elision() -> None:
    assert "12 d’abril de 2027" in Clock("ca", BERLIN, BERLIN).window(window("2027-04-12 10:00"))


@pytest.mark.parametrize(
    ("start", "minutes", "shown"),
    [
        pytest.param(
            "2027-01-12 22:00",
            240,
            "Tuesday 12 January 2027, 22:00 - Wednesday 13 January 2027, 02:00 CET (UTC+01:00)",
            id="over midnight both days are named",
        ),
        pytest.param(
            "2027-03-28 01:30",
            60,
            "Sunday 28 March 2027, 01:30 CET (UTC+01:00) - 03:30 CEST (UTC+02:00)",
            id="over the spring change both offsets are named",
        ),
        pytest.param(
            "2027-10-31 00:30",
            180,
            "Sunday 31 October 2027, 00:30 CEST (UTC+02:00) - 02:30 CET (UTC+01:00)",
            id="over the autumn change the doubled hour is told apart",
        ),
        pytest.param("2027-07-06 10:00", 30, "Tuesday 6 July 2027, 10:00-10:30 CEST (UTC+02:00)", id="summer"),
    ],
)
def test_windows_that_are_not_plain(start: str, minutes: int, shown: str) -> None:
    assert Clock("en", BERLIN, BERLIN).window(window(start, minutes)) == shown


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        pytest.param(
            "Europe/Madrid", "Tuesday 12 January 2027, 10:00 CET (UTC+01:00)", id="same wall clock, said once"
        ),
        pytest.param(
            "Atlantic/Canary",
            "Tuesday 12 January 2027, 10:00 CET (UTC+01:00) = 09:00 WET (UTC+00:00)",
            id="an hour behind",
        ),
        pytest.param(
            "Pacific/Auckland",
            "Tuesday 12 January 2027, 10:00 CET (UTC+01:00) = 22:00 NZDT (UTC+13:00)",
            id="half a day ahead",
        ),
        pytest.param(
            "Pacific/Kiritimati",
            "Tuesday 12 January 2027, 10:00 CET (UTC+01:00) = 23:00 UTC+14:00",
            id="a zone without a name of its own",
        ),
    ],
)
def test_the_customers_zone_where_it_differs(zone: str, shown: str) -> None:
    assert Clock("en", BERLIN, zone).moment(at("2027-01-12 10:00")) == shown


def test_another_day_at_the_customers_is_named() -> None:
    shown = Clock("en", BERLIN, "America/New_York").moment(at("2027-01-12 03:00"))
    assert shown.endswith("= Monday 11 January 2027, 21:00 EST (UTC-05:00)")


def test_a_moment_in_a_foreign_zone_is_shown_in_ours() -> None:
    assert (
        Clock("en", BERLIN, BERLIN).moment(at("2027-01-12 09:00", "UTC")).startswith("Tuesday 12 January 2027, 10:00")
    )


def test_utc_needs_no_offset() -> None:
    assert zone_in_words(at("2027-01-12 09:00", "UTC")) == "UTC"


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        pytest.param(timedelta(hours=4, minutes=30), "4 h 30 min", id="hours and minutes"),
        pytest.param(timedelta(hours=2), "2 h", id="whole hours"),
        pytest.param(timedelta(minutes=45), "45 min", id="minutes"),
        pytest.param(timedelta(days=1, hours=2), "26 h", id="more than a day"),
        pytest.param(timedelta(seconds=20), "0 min", id="seconds are dropped"),
        pytest.param(timedelta(minutes=-90), "-1 h 30 min", id="below zero"),
    ],
)
def test_durations(length: timedelta, shown: str) -> None:
    assert duration_in_words(length) == shown
