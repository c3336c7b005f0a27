"""Written zones, both nights of a change of the clock, and zones that contradict their date (POLICY-3)."""

from datetime import UTC, datetime

import pytest

from dplmaild.deployment.terms import MomentStatus, NaiveTimeError
from dplmaild.reading.dates import read_moment
from reading.dates.moments import BERLIN, MONDAY, read, short


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        pytest.param("1 Dec 2026 10:00", BERLIN, "2026-12-01 09:00", id="the customer's"),
        pytest.param("1 Jul 2027 10:00", BERLIN, "2027-07-01 08:00", id="the customer's in summer"),
        pytest.param("1 Dec 2026 10:00 CET", BERLIN, "2026-12-01 09:00", id="CET in winter"),
        pytest.param("1 Jul 2027 10:00 CEST", BERLIN, "2027-07-01 08:00", id="CEST in summer"),
        pytest.param("1.12.2026 10 Uhr MEZ", BERLIN, "2026-12-01 09:00", id="MEZ"),
        pytest.param("1.7.2027 10 Uhr MESZ", BERLIN, "2027-07-01 08:00", id="MESZ"),
        pytest.param("1 Jul 2027 10:00 CET/CEST", BERLIN, "2027-07-01 08:00", id="whichever is in force"),
        pytest.param("1 Dec 2026 10:00 UTC", "UTC", "2026-12-01 10:00", id="UTC"),
        pytest.param("1 Dec 2026 10:00 GMT", "UTC", "2026-12-01 10:00", id="GMT"),
        pytest.param("2026-12-01T10:00Z", "UTC", "2026-12-01 10:00", id="Z"),
        pytest.param("2026-12-01T10:00:00.000Z", "UTC", "2026-12-01 10:00", id="Z behind fractions"),
        pytest.param("2026-12-01T10:00+01:00", "UTC+01:00", "2026-12-01 09:00", id="ISO offset"),
        pytest.param("2026-12-01T10:00-05:00", "UTC-05:00", "2026-12-01 15:00", id="ISO offset to the west"),
        pytest.param("Tue, 1 Dec 2026 10:00:00 +0100", "UTC+01:00", "2026-12-01 09:00", id="mail header"),
        pytest.param("1 Dec 2026 10:00 UTC+1", "UTC+01:00", "2026-12-01 09:00", id="UTC+1 is east"),
        pytest.param("1 Dec 2026 10:00 GMT+1", "UTC+01:00", "2026-12-01 09:00", id="GMT+1"),
        pytest.param("1 Dec 2026 10:00 UTC-5", "UTC-05:00", "2026-12-01 15:00", id="UTC-5"),
        pytest.param("1 Dec 2026 10:00 UTC+05:30", "UTC+05:30", "2026-12-01 04:30", id="half hours"),
        pytest.param("1 Dec 2026 10:00 CET (UTC+01:00)", BERLIN, "2026-12-01 09:00", id="two that agree"),
        pytest.param("10:00 CET / 09:00 UTC, 1 December 2026", BERLIN, "2026-12-01 09:00", id="one moment, twice"),
        pytest.param("1 Dec 2026 10:00 Berlin time", BERLIN, "2026-12-01 09:00", id="Berlin time"),
        pytest.param(
            "1 Dec 2026 10:00 Europe/Madrid", "Europe/Madrid", "2026-12-01 09:00", id="a name of the database"
        ),
        pytest.param("1 Dec 10:00 America/New_York", "America/New_York", "2026-12-01 15:00", id="a name of two words"),
        pytest.param(
            "1 de diciembre a las 10:00 hora de Madrid", "Europe/Madrid", "2026-12-01 09:00", id="hora de Madrid"
        ),
        pytest.param("1 Dec 2026 10:00 London time", "Europe/London", "2026-12-01 10:00", id="London time"),
        pytest.param("1 Dec 2026 10:00 local time", BERLIN, "2026-12-01 09:00", id="local time is the customer's"),
        pytest.param("1 Dec 2026 10:00 EST", "America/New_York", "2026-12-01 15:00", id="EST"),
        pytest.param("1 Dec 2026 10:00 PST", "America/Los_Angeles", "2026-12-01 18:00", id="PST"),
        pytest.param("31.10.2027 02:30 CEST", BERLIN, "2027-10-31 00:30", id="the first of a doubled hour"),
        pytest.param("31.10.2027 02:30 CET", BERLIN, "2027-10-31 01:30", id="the second of a doubled hour"),
        pytest.param(
            "31.10.2027 02:30 UTC+2", "UTC+02:00", "2027-10-31 00:30", id="an offset settles the doubled hour"
        ),
        pytest.param("28.03.2027 01:59", BERLIN, "2027-03-28 00:59", id="the minute before the gap"),
        pytest.param("28.03.2027 03:00", BERLIN, "2027-03-28 01:00", id="the minute after the gap"),
        pytest.param("31.10.2027 03:00", BERLIN, "2027-10-31 02:00", id="the minute after the doubled hour"),
    ],
)
def test_a_written_zone_wins(text: str, zone: str, utc: str) -> None:
    found = read(text)
    assert found is not None
    assert (found.status, found.zone) == (MomentStatus.EXACT, zone)
    assert found.utc == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected", "candidates"),
    [
        pytest.param("28.03.2027 02:30", "dst_gap 2027-03-28", {"00:30", "01:30"}, id="an hour that never comes"),
        pytest.param("28.03.2027 02:30 CET", "dst_gap 2027-03-28", {"00:30", "01:30"}, id="nor with its abbreviation"),
        pytest.param("31.10.2027 02:30", "dst_doubled 2027-10-31", {"00:30", "01:30"}, id="an hour that comes twice"),
        pytest.param("1 Jul 2027 10:00 CET", "zone_contradicts 2027-07-01", {"08:00", "09:00"}, id="CET in July"),
        pytest.param("1 Dec 2026 10:00 CEST", "zone_contradicts 2026-12-01", {"08:00", "09:00"}, id="CEST in December"),
        pytest.param("1 Jul 2027 10:00 EST", "zone_contradicts 2027-07-01", {"14:00", "15:00"}, id="EST in July"),
        pytest.param(
            "1 Dec 10:00 CET (UTC+2)", "zone_contradicts 2026-12-01", {"08:00", "09:00"}, id="two that differ"
        ),
        pytest.param("1 Dec 2026 10:00 BST", "unknown_zone 2026-12-01", {"04:00", "09:00"}, id="British or Bangladesh"),
        pytest.param(
            "1 Dec 10:00 IST", "unknown_zone 2026-12-01", {"04:30", "08:00", "09:00"}, id="India, Israel, Ireland"
        ),
        pytest.param("1 Dec 2026 10:00 NPT", "unknown_zone 2026-12-01", {"09:00"}, id="an abbreviation we do not know"),
        pytest.param("1 Dec 2026 10:00 UTC+25", "unknown_zone 2026-12-01", {"09:00"}, id="an offset nobody has"),
    ],
)
def test_a_zone_in_doubt_is_asked(text: str, expected: str, candidates: set[str]) -> None:
    found = read(text)
    assert short(found) == expected
    assert found is not None
    assert {candidate.strftime("%H:%M") for candidate in found.candidates} == candidates
    assert {candidate.utcoffset() for candidate in found.candidates} == {UTC.utcoffset(None)}


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        pytest.param("1 Jul 2027 10:00 BST", "Europe/London", "09:00", id="BST said in London"),
        pytest.param("1 Dec 2026 10:00 IST", "Asia/Kolkata", "04:30", id="IST said in India"),
        pytest.param("1 Dec 2026 10:00 CST", "America/Chicago", "16:00", id="CST said in Chicago"),
        pytest.param("1 Dec 2026 10:00 CET", "Europe/Madrid", "09:00", id="CET said in Madrid"),
    ],
)
def test_the_customers_own_abbreviation_is_clear(text: str, zone: str, utc: str) -> None:
    found = read(text, zone=zone)
    assert found is not None
    assert (found.zone, found.utc and found.utc.strftime("%H:%M")) == (zone, utc)


def test_gmt_in_summer_is_asked_where_people_mean_their_clock() -> None:
    assert short(read("1 Jul 2027 10:00 GMT", zone="Europe/London")) == "zone_contradicts 2027-07-01"


def test_the_zone_is_kept_as_written() -> None:
    found = read("1.12.2026 um 10 Uhr MEZ")
    assert found is not None
    assert (found.zone_text, found.text) == ("MEZ", "1.12.2026 um 10 Uhr MEZ")


def test_environments_are_no_zones() -> None:
    assert short(read("1 Dec 2026 10:00 UAT")) == "2026-12-01 10:00"


def test_today_is_the_customers_today() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert short(read("today 22:00", late)) == "2026-11-24 22:00"
    assert short(read("today 22:00", late, "America/New_York")) == "2026-11-23 22:00"


def test_a_naive_said_on_is_refused() -> None:
    with pytest.raises(NaiveTimeError):
        read_moment("today", said_on=MONDAY.replace(tzinfo=None), zone=BERLIN, day_first=None)
