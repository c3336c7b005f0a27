"""Builders: an event of which a test names only what it talks about."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as VEvent

from dplmaild.writing.invitation import Event, EventStatus, event_bytes

BERLIN = ZoneInfo("Europe/Berlin")
UID = "DPL-2026-0042@ops.example.com"

_PLAIN = Event(
    uid=UID,
    sequence=1,
    summary="PRD deployment of ICM 11.0.2",
    description="Full deployment, with downtime.",
    location="PRD",
    start=datetime(2026, 12, 1, 10, 0, tzinfo=BERLIN),
    end=datetime(2026, 12, 1, 14, 30, tzinfo=BERLIN),
    status=EventStatus.CONFIRMED,
    organizer="deployments@example.com",
    attendees=("anna@example.org",),
    stamp=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
)


def an_event(**said: Any) -> Event:
    """A confirmed event on 1 December 2026, 10:00 to 14:30 in Berlin, but for what is said."""
    return replace(_PLAIN, **said)


def written(**said: Any) -> bytes:
    """The same as it is put into a calendar."""
    return event_bytes(an_event(**said))


def only_event(raw: bytes | str) -> VEvent:
    """The single event of an iCalendar object."""
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert isinstance(event, VEvent)
    return event


@dataclass(frozen=True)
class Moments:
    """Start and end as a calendar program understands them, in UTC."""

    start: datetime
    end: datetime


def moments(raw: bytes) -> Moments:
    """When the event of an iCalendar object takes place."""
    event = only_event(raw)
    return Moments(event.decoded("DTSTART").astimezone(UTC), event.decoded("DTEND").astimezone(UTC))
