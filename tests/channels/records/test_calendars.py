"""What every calendar promises, held against both: a CalDAV server and a file (P7, CAL)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest
from icalendar import Alarm, Calendar, Component
from icalendar import Event as VEvent

from channels.records.events import UID, moments, only_event, written
from dplmaild import ports
from dplmaild.channels.caldav import CalDav
from dplmaild.channels.ics_file import IcsFile
from dplmaild.ports import PermanentError
from dplmaild.writing.invitation import EventStatus
from servers.radicale import PASSWORD, USER, RadicaleServer


class Office(Protocol):
    """A calendar, with the eyes and hands of the people who use it as well."""

    @property
    def calendar(self) -> ports.Calendar:
        """The channel under test."""

    def stored(self) -> list[bytes]:
        """Every stored event, as an iCalendar object of its own."""

    def save(self, event: VEvent) -> None:
        """A person's program writes an event of ours back."""

    def delete(self) -> None:
        """A person deletes the only event."""


class ServerOffice:
    """The calendar lies on a Radicale."""

    def __init__(self, server: RadicaleServer) -> None:
        self.server = server
        self.calendar = CalDav(server.calendar_url, USER, PASSWORD)

    def stored(self) -> list[bytes]:
        return [self.server.request("GET", name).content for name in self.server.names()]

    def save(self, event: VEvent) -> None:
        (name,) = self.server.names()
        everything = Calendar.from_ical(self.stored()[0])
        self.server.request("PUT", name, data=_with(everything, event).to_ical()).raise_for_status()

    def delete(self) -> None:
        (name,) = self.server.names()
        self.server.request("DELETE", name).raise_for_status()


class FileOffice:
    """The calendar is a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.calendar = IcsFile(path)

    def stored(self) -> list[bytes]:
        everything = Calendar.from_ical(self.path.read_bytes())
        zones = everything.walk("VTIMEZONE")
        return [_alone(event, zones).to_ical() for event in everything.walk("VEVENT")]

    def save(self, event: VEvent) -> None:
        self.path.write_bytes(_with(Calendar.from_ical(self.path.read_bytes()), event).to_ical())

    def delete(self) -> None:
        everything = Calendar.from_ical(self.path.read_bytes())
        everything.subcomponents = [part for part in everything.subcomponents if part.name != "VEVENT"]
        self.path.write_bytes(everything.to_ical())


def _with(everything: Calendar, event: VEvent) -> Calendar:
    others = [part for part in everything.subcomponents if part.get("UID") != event["UID"]]
    everything.subcomponents = [*others, event]
    return everything


def _alone(event: Component, zones: Sequence[Component]) -> Calendar:
    calendar = Calendar()
    calendar.subcomponents = [*zones, event]
    return calendar


@pytest.fixture(params=["a server", "a file"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    """Each calendar in turn."""
    if request.param == "a file":
        return FileOffice(tmp_path / "deployments.ics")
    return ServerOffice(request.getfixturevalue("server"))


def stored_event(office: Office) -> VEvent:
    """The only event in the calendar."""
    (raw,) = office.stored()
    return only_event(raw)


def test_a_new_event_is_stored_as_it_was_given(office: Office) -> None:
    """SEQUENCE too: programs compare it with the invitation's."""
    office.calendar.put(UID, 4, written(sequence=4))
    event = stored_event(office)
    assert (event["UID"], int(str(event["SEQUENCE"])), event["STATUS"]) == (UID, 4, "CONFIRMED")
    assert moments(office.stored()[0]) == moments(written())


def test_a_newer_event_takes_the_place_of_the_older(office: Office) -> None:
    """From a proposed slot over an agreed one to a cancelled one it is one event."""
    for sequence, status in enumerate((EventStatus.TENTATIVE, EventStatus.CONFIRMED, EventStatus.CANCELLED)):
        office.calendar.put(UID, sequence, written(sequence=sequence, status=status))
        event = stored_event(office)
        assert (event["STATUS"], int(str(event["SEQUENCE"]))) == (status.value.upper(), sequence)


@pytest.mark.parametrize("late", [pytest.param(2, id="the same again"), pytest.param(1, id="an older one, late")])
def test_what_is_not_newer_changes_nothing(office: Office, late: int) -> None:
    """A repeat after a crash is harmless (P7)."""
    office.calendar.put(UID, 2, written(sequence=2, summary="now"))
    before = office.stored()
    office.calendar.put(UID, late, written(sequence=late, summary="then"))
    assert office.stored() == before


def test_events_do_not_touch_each_other(office: Office) -> None:
    """One deployment, one event."""
    uids = [f"DPL-2026-{number:04d}@ops.example.com" for number in (4, 42, 420)]
    for uid in uids:
        office.calendar.put(uid, 1, written(uid=uid))
    office.calendar.put(uids[1], 2, written(uid=uids[1], sequence=2))
    found = {str(only_event(raw)["UID"]): int(str(only_event(raw)["SEQUENCE"])) for raw in office.stored()}
    assert found == {uids[0]: 1, uids[1]: 2, uids[2]: 1}


def test_events_in_different_zones_keep_theirs(office: Office) -> None:
    """Each zone's definition comes along."""

    given = {}
    for zone in ("Europe/Berlin", "America/New_York"):
        start = datetime(2026, 7, 1, 10, tzinfo=ZoneInfo(zone))
        given[zone] = written(uid=zone, start=start, end=start + timedelta(hours=1))
        office.calendar.put(zone, 1, given[zone])
    assert {str(only_event(raw)["UID"]): moments(raw) for raw in office.stored()} == {
        zone: moments(raw) for zone, raw in given.items()
    }


def test_what_people_added_stays(office: Office) -> None:
    """An alarm, a comment, a colour: ours is what the deployment is, theirs is the rest."""
    office.calendar.put(UID, 1, written(summary="before"))
    event = stored_event(office)
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", "soon")
    alarm.add("TRIGGER", -timedelta(minutes=15))
    event.add_component(alarm)
    event.add("COMMENT", "bring cake")
    event.add("X-EXAMPLE-ROOM", "4711")
    event["SUMMARY"] = "typed over"
    office.save(event)
    office.calendar.put(UID, 2, written(sequence=2, summary="after"))
    kept = stored_event(office)
    assert (kept["SUMMARY"], kept["COMMENT"], kept["X-EXAMPLE-ROOM"]) == ("after", "bring cake", "4711")
    assert [str(part["DESCRIPTION"]) for part in kept.walk("VALARM")] == ["soon"]


def test_a_person_who_drags_the_event_does_not_stop_our_next_word(office: Office) -> None:
    """Their program raises SEQUENCE far above ours; the cancellation must be shown all the same."""
    office.calendar.put(UID, 1, written(sequence=1))
    event = stored_event(office)
    event["SEQUENCE"] = 9
    office.save(event)
    office.calendar.put(UID, 2, written(sequence=2, status=EventStatus.CANCELLED))
    event = stored_event(office)
    assert (event["STATUS"], int(str(event["SEQUENCE"]))) == ("CANCELLED", 2)


def test_a_foreign_event_with_our_uid_and_a_higher_sequence_wins(office: Office) -> None:
    """Without our mark SEQUENCE alone tells what is newer."""
    office.calendar.put(UID, 1, written(sequence=1))
    office.save(only_event(written(sequence=5, summary="from elsewhere")))
    office.calendar.put(UID, 4, written(sequence=4))
    assert stored_event(office)["SUMMARY"] == "from elsewhere"


def test_an_event_that_people_deleted_comes_back_with_the_next_change(office: Office) -> None:
    """The calendar is a rendering; the database is the record."""
    office.calendar.put(UID, 1, written())
    office.delete()
    assert office.stored() == []
    office.calendar.put(UID, 2, written(sequence=2))
    assert int(str(stored_event(office)["SEQUENCE"])) == 2


@pytest.mark.parametrize(
    "uid",
    [
        pytest.param("../../etc/passwd", id="a path"),
        pytest.param("a/b?c#d%2e;e&f<g>", id="characters that mean something in a URL"),
        pytest.param("Ñandú 部署", id="letters of the world"),
        pytest.param("x" * 2_000, id="two thousand characters"),
        pytest.param("DPL-2026-0042", id="a plain one"),
    ],
)
def test_any_uid_is_only_a_name(office: Office, uid: str) -> None:
    """Found again, and never a path."""
    office.calendar.put(uid, 1, written(uid=uid))
    office.calendar.put(uid, 2, written(uid=uid, sequence=2))
    event = stored_event(office)
    assert (str(event["UID"]), int(str(event["SEQUENCE"]))) == (uid, 2)


@pytest.mark.parametrize(
    ("uid", "sequence", "raw"),
    [
        pytest.param(UID, 1, b"", id="nothing"),
        pytest.param(UID, 1, b"\xff\xfe\x00", id="bytes that are no text"),
        pytest.param(UID, 1, b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n", id="an event without a calendar"),
        pytest.param("another", 1, written(), id="another UID"),
        pytest.param(UID, 2, written(), id="another SEQUENCE"),
    ],
)
def test_bytes_that_are_not_the_event_are_refused(office: Office, uid: str, sequence: int, raw: bytes) -> None:
    """Before anything is asked of the other side."""
    with pytest.raises(PermanentError, match="cannot be written"):
        office.calendar.put(uid, sequence, raw)
