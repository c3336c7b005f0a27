"""One deployment as a calendar event: plain for a calendar, as an iTIP invitation for a mail (CAL)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, vCalAddress, vDDDLists
from icalendar import Event as VEvent

from dplmaild.deployment.terms import NaiveTimeError

PRODUCT_ID = "-//dplmaild//deployment calendar//EN"

# Every VTIMEZONE of ours spans the same years, so that two events of one file can share it.
FIRST_KNOWN_DAY = date(2020, 1, 1)
LAST_KNOWN_DAY = date(2041, 1, 1)

_LINE_ENDS = {ord("\u2028"): "\n", ord("\u2029"): "\n", ord("\x85"): "\n", ord("\x0b"): "\n", ord("\x0c"): "\n"}
_EVENT = b"BEGIN:VEVENT\r\n"
_INVISIBLE = ("Cc", "Cf", "Cs")  # control characters, direction marks and their like, halves of surrogate pairs
_JOINERS = "\u200c\u200d"  # needed by some scripts and by emoji


class EventStatus(StrEnum):
    """How sure an event is (CAL)."""

    TENTATIVE = "tentative"  # a slot is proposed, or waits for approval
    CONFIRMED = "confirmed"  # agreed
    CANCELLED = "cancelled"  # will not take place


@dataclass(frozen=True, slots=True)
class Event:
    """A deployment's entry in a calendar.

    `uid` stays the same for the life of the deployment, `sequence` rises with every change. `start` carries the
    zone in which it is shown; `end` is told in that zone too. `stamp` is the moment at which the event was owed.
    """

    uid: str
    sequence: int
    summary: str
    description: str
    location: str
    start: datetime
    end: datetime
    status: EventStatus
    organizer: str
    attendees: tuple[str, ...]
    stamp: datetime
    url: str | None = None

    def __post_init__(self) -> None:
        for moment in (self.start, self.end, self.stamp):
            if moment.utcoffset() is None:
                raise NaiveTimeError(moment)
        if self.end.astimezone(UTC) <= self.start.astimezone(UTC):
            raise ValueError(f"an event ends after its start, not at {self.end}")
        if self.sequence < 0 or not self.uid or self.uid != _line(self.uid):
            raise ValueError(f"not a UID and SEQUENCE: {self.uid!r}, {self.sequence}")
        for address in (self.organizer, *self.attendees):
            if not _is_address(address):
                raise ValueError(f"not a mail address: {address!r}")


def event_bytes(event: Event) -> bytes:
    """The event for CalDAV or an ICS file: a VCALENDAR without METHOD.

    Attendees are marked as invited by us (RFC 6638, SCHEDULE-AGENT=CLIENT), else a scheduling server would send
    its own invitations beside our letters.
    """
    return _calendar(event, method=None, attendee={"SCHEDULE-AGENT": "CLIENT"})


def invitation_bytes(event: Event) -> bytes:
    """The event as an iTIP message (RFC 5546): REQUEST, or CANCEL for a cancelled one."""
    method = "CANCEL" if event.status is EventStatus.CANCELLED else "REQUEST"
    return _calendar(event, method=method, attendee={})


def feed_bytes(events: Iterable[Event]) -> bytes:
    """Many events as one calendar that people subscribe to; nobody is invited by it, so nobody's address is in it."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT_ID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    zones: dict[str, None] = {}
    for event in events:
        calendar.add_component(_component(replace(event, attendees=()), {}))
        zones.update(dict.fromkeys(filter(None, (_zone_of(event),))))
    written: bytes = calendar.to_ical()
    return written.replace(_EVENT, b"".join(map(_timezone, zones)) + _EVENT, 1)


def _zone_of(event: Event) -> str | None:
    """The zone that has to be defined where the event stands; none for UTC."""
    zone = _as_written(event.start).tzinfo
    return zone.key if isinstance(zone, ZoneInfo) and zone.key != "UTC" else None


def _calendar(event: Event, *, method: str | None, attendee: dict[str, str]) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT_ID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    if method:
        calendar.add("METHOD", method)
    calendar.add_component(_component(event, attendee))
    written: bytes = calendar.to_ical()
    zone = _zone_of(event)
    return written.replace(_EVENT, _timezone(zone) + _EVENT, 1) if zone else written


def _component(event: Event, attendee: dict[str, str]) -> VEvent:
    component = VEvent()
    component.add("UID", event.uid)
    component.add("SEQUENCE", event.sequence)
    component.add("DTSTAMP", event.stamp.astimezone(UTC))
    component.add("LAST-MODIFIED", event.stamp.astimezone(UTC))
    component.add("DTSTART", _as_written(event.start))
    component.add("DTEND", _as_written(event.end.astimezone(event.start.tzinfo)))
    component.add("STATUS", event.status.value.upper())
    component.add("TRANSP", "TRANSPARENT" if event.status is EventStatus.CANCELLED else "OPAQUE")
    _add_words(component, event)
    component.add("ORGANIZER", vCalAddress(f"mailto:{event.organizer}"))
    for address in event.attendees:
        component.add("ATTENDEE", _attendee(address, attendee))
    return component


def _add_words(component: VEvent, event: Event) -> None:
    """What people read. An empty text is left out rather than shown as an empty line."""
    words = {
        "SUMMARY": _line(event.summary),
        "DESCRIPTION": _text(event.description),
        "LOCATION": _line(event.location),
    }
    for name, text in words.items():
        if text:
            component.add(name, text)
    if event.url:
        component.add("URL", _line(event.url).replace(" ", "%20"))


def _attendee(address: str, extra: dict[str, str]) -> vCalAddress:
    """Invited to know, not asked to answer: RSVP=FALSE, and who answers all the same is left alone (MSG-3)."""
    attendee = vCalAddress(f"mailto:{address}")
    said = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE", **extra}
    for name, value in said.items():
        attendee.params[name] = value
    return attendee


def _as_written(moment: datetime) -> datetime:
    """The moment in its named zone; in UTC where a wall clock in that zone could not tell it.

    RFC 5545 reads a doubled local time as its first occurrence, so the second one can only be told in UTC.
    """
    zone = moment.tzinfo
    utc = moment.astimezone(UTC)
    if not isinstance(zone, ZoneInfo) or not zone.key:
        return utc
    first_reading = moment.replace(fold=0)
    return first_reading if first_reading.astimezone(UTC) == utc else utc


@cache
def _timezone(name: str) -> bytes:
    """The zone's definition as it stands before the event, each change of the clock on a line of its own.

    Some servers (Radicale 3.9 is one) keep only the first of several dates on one RDATE line.
    """
    zone = Timezone.from_tzid(name, first_date=FIRST_KNOWN_DAY, last_date=LAST_KNOWN_DAY)
    for observance in zone.subcomponents:
        changes = observance.get("RDATE")
        if isinstance(changes, vDDDLists):
            observance["RDATE"] = [vDDDLists([change.dt]) for change in changes.dts]
    written: bytes = zone.to_ical()
    return written


def _text(text: str) -> str:
    """A text of several lines without anything invisible that could mislead a reader or a parser."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    return "".join(c for c in lines if c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in _INVISIBLE)


def _line(text: str) -> str:
    """The same as one line."""
    return " ".join(_text(text).split())


def _is_address(address: str) -> bool:
    """Whether it can stand after `mailto:` as it is; who may be written to at all is decided elsewhere."""
    local, at, domain = address.rpartition("@")
    plain = all(c.isprintable() and not c.isspace() and c not in '<>",;:' for c in address)
    return bool(local and at and domain and plain)
