"""A deployment as a calendar event: what calendar programs read is what was meant."""

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from channels.records.events import BERLIN, UID, an_event, moments, only_event
from dplmaild.deployment.terms import NaiveTimeError
from dplmaild.writing.invitation import EventStatus, event_bytes, invitation_bytes

HOUR = timedelta(hours=1)


def test_an_invitation_is_a_request_for_the_same_event() -> None:
    """iTIP wants METHOD, UID, SEQUENCE, ORGANIZER and ATTENDEE."""
    raw = invitation_bytes(an_event(sequence=3))
    event = only_event(raw)
    assert Calendar.from_ical(raw)["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (UID, 3, "CONFIRMED")
    assert event["ORGANIZER"] == "mailto:deployments@example.com"
    assert event["ATTENDEE"] == "mailto:anna@example.org"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


@pytest.mark.parametrize(
    ("status", "method", "shown", "busy"),
    [
        pytest.param(EventStatus.TENTATIVE, "REQUEST", "TENTATIVE", "OPAQUE", id="a proposed slot is tentative"),
        pytest.param(EventStatus.CONFIRMED, "REQUEST", "CONFIRMED", "OPAQUE", id="an agreed one is confirmed"),
        pytest.param(EventStatus.CANCELLED, "CANCEL", "CANCELLED", "TRANSPARENT", id="a cancelled one takes no time"),
    ],
)
def test_status(status: EventStatus, method: str, shown: str, busy: str) -> None:
    """CAL: tentative, confirmed, cancelled."""
    raw = invitation_bytes(an_event(status=status))
    event = only_event(raw)
    assert (Calendar.from_ical(raw)["METHOD"], event["STATUS"], event["TRANSP"]) == (method, shown, busy)


def test_for_a_calendar_there_is_no_method_and_no_second_invitation() -> None:
    """A METHOD is forbidden in CalDAV; SCHEDULE-AGENT keeps the server from inviting beside our letter."""
    raw = event_bytes(an_event())
    assert "METHOD" not in Calendar.from_ical(raw)
    assert only_event(raw)["ATTENDEE"].params["SCHEDULE-AGENT"] == "CLIENT"


@pytest.mark.parametrize(
    ("start", "length"),
    [
        pytest.param(datetime(2026, 12, 1, 10, tzinfo=BERLIN), HOUR, id="an ordinary winter day"),
        pytest.param(datetime(2026, 7, 1, 10, tzinfo=BERLIN), HOUR, id="an ordinary summer day"),
        pytest.param(datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN), HOUR, id="over the gap in March"),
        pytest.param(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), HOUR, id="in the doubled hour, the first time"),
        pytest.param(datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN), HOUR, id="in it, the second time"),
        pytest.param(datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN), 2 * HOUR, id="from before into its second half"),
        pytest.param(datetime(2040, 6, 1, 9, tzinfo=BERLIN), HOUR, id="far ahead"),
        pytest.param(datetime(2026, 12, 1, 9, tzinfo=UTC), HOUR, id="in UTC"),
        pytest.param(datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("UTC")), HOUR, id="in the zone that is called UTC"),
        pytest.param(datetime.fromisoformat("2026-12-01T09:00+05:30"), HOUR, id="with a bare offset"),
        pytest.param(datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("America/New_York")), HOUR, id="in another zone"),
    ],
)
def test_the_moment_survives(start: datetime, length: timedelta) -> None:
    """P16: the wall clock that is written means the moment that was meant."""
    end = (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    told = moments(event_bytes(an_event(start=start, end=end)))
    assert (told.start, told.end) == (start.astimezone(UTC), end.astimezone(UTC))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Madrid", "America/New_York", "Asia/Kolkata"])
def test_the_zone_that_comes_along_is_right(zone: str) -> None:
    """A program that knows no zone names reads the VTIMEZONE; another reader than the one that wrote it checks."""
    start = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo(zone))
    raw = event_bytes(an_event(start=start, end=start + HOUR))
    zones = [part.to_ical().decode().replace("\r\n", "\n") for part in Calendar.from_ical(raw).walk("VTIMEZONE")]
    read = tzical(io.StringIO("".join(zones))).get(zone)
    noons = [datetime(2026, 1, 1, 12) + timedelta(days=day) for day in range(3 * 365)]  # noqa: DTZ001 - walls
    assert [noon.replace(tzinfo=read).utcoffset() for noon in noons] == [
        noon.replace(tzinfo=ZoneInfo(zone)).utcoffset() for noon in noons
    ]


def test_one_change_of_the_clock_a_line() -> None:
    """Radicale keeps only the first date of an RDATE line."""
    lines = [line for line in event_bytes(an_event()).splitlines() if line.startswith(b"RDATE")]
    assert len(lines) > 30
    assert not [line for line in lines if b"," in line]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("a; b, c\\n d", "a; b, c\\n d", id="separators and backslashes"),
        pytest.param("x\r\nBEGIN:VALARM\r\nEND:VEVENT", "x\nBEGIN:VALARM\nEND:VEVENT", id="lines that look like ours"),
        pytest.param("x\x00\x07\x1by\x7f", "xy", id="control characters"),
        pytest.param("x\u2028y\u2029z\x85w", "x\ny\nz\nw", id="line ends of other worlds"),
        pytest.param("11.0.\u202e2\u200b", "11.0.2", id="direction marks and invisible characters"),
        pytest.param("\ud83d half", " half", id="half of a character"),
        pytest.param("Ñandú 部署 👩‍💻", "Ñandú 部署 👩‍💻", id="every script, emoji whole"),
        pytest.param("long " * 10_000, "long " * 10_000, id="fifty thousand characters"),
    ],
)
def test_text_is_only_text(text: str, read: str) -> None:
    """Words from a mail neither end a line of ours nor hide anything."""
    raw = invitation_bytes(an_event(description=text))
    assert str(only_event(raw)["DESCRIPTION"]) == read
    assert not Calendar.from_ical(raw).walk("VALARM")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_summary_and_location_are_one_line() -> None:
    """Programs show them in a list."""
    event = only_event(event_bytes(an_event(summary="PRD\r\n  now\t!", location="\nPRD\n")))
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("PRD now !", "PRD")


def test_an_empty_text_is_left_out() -> None:
    """RUN-1's spirit: what was never said is not shown as an empty line."""
    event = only_event(event_bytes(an_event(description="", location=" \x00 ")))
    assert "DESCRIPTION" not in event
    assert "LOCATION" not in event


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        pytest.param({"start": datetime(2026, 12, 1, 10)}, NaiveTimeError, id="a start without a zone"),  # noqa: DTZ001
        pytest.param({"stamp": datetime(2026, 12, 1, 10)}, NaiveTimeError, id="a stamp without a zone"),  # noqa: DTZ001
        pytest.param({"end": datetime(2026, 12, 1, 10, tzinfo=BERLIN)}, ValueError, id="an end at its start"),
        pytest.param({"end": datetime(2026, 12, 1, 9, 59, tzinfo=UTC) - HOUR}, ValueError, id="an end before it"),
        pytest.param({"sequence": -1}, ValueError, id="a negative sequence"),
        pytest.param({"uid": ""}, ValueError, id="no UID"),
        pytest.param({"uid": "a\r\nX-EVIL:1"}, ValueError, id="a UID of two lines"),
        pytest.param({"attendees": ("a@example.org\r\nX-EVIL:1",)}, ValueError, id="an attendee of two lines"),
        pytest.param({"attendees": ("anna",)}, ValueError, id="an attendee without a host"),
        pytest.param({"organizer": '"x":evil@example.net'}, ValueError, id="an organizer that quotes"),
    ],
)
def test_what_cannot_be_true_cannot_be_built(wrong: dict[str, object], error: type[Exception]) -> None:
    """An event that no calendar could show is refused before it is owed."""
    with pytest.raises(error):
        an_event(**wrong)
