"""What both calendars decide alike: whether our event is newer than the stored one, and what people keep of theirs."""

from collections.abc import Iterator
from typing import NamedTuple

from icalendar import Calendar, Event

from dplmaild.ports import PermanentError

# People's programs raise SEQUENCE when somebody drags an event; our own count must not be fooled by that.
OUR_SEQUENCE = "X-DPLMAILD-SEQUENCE"

# What an event of ours says, and what would change when it takes place: here our word counts, also by silence.
_OURS = frozenset({
    "UID", "SEQUENCE", OUR_SEQUENCE, "DTSTAMP", "LAST-MODIFIED", "SUMMARY", "DESCRIPTION", "LOCATION", "URL",
    "DTSTART", "DTEND", "DURATION", "STATUS", "TRANSP", "ORGANIZER", "ATTENDEE",
    "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID",
})  # fmt: skip


class UnreadableCalendarError(ValueError):
    """Bytes that are no iCalendar object."""


class Ours(NamedTuple):
    """What we are asked to write: the whole object, and the event within."""

    calendar: Calendar
    event: Event


def parsed(raw: bytes) -> Calendar:
    """The VCALENDAR in these bytes; UnreadableCalendarError when there is none."""
    try:
        calendar = Calendar.from_ical(raw)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableCalendarError(f"not a calendar: {error}") from error
    if not isinstance(calendar, Calendar):
        raise UnreadableCalendarError(f"not a calendar but a {type(calendar).__name__}")
    return calendar


def ours(uid: str, sequence: int, event: bytes) -> Ours:
    """The event that we are asked to write, marked with our own count; PermanentError when it is another one."""
    try:
        calendar = parsed(event)
    except UnreadableCalendarError as error:
        raise PermanentError(f"the event {uid} cannot be written: {error}") from error
    found = event_in(calendar, uid)
    if found is None or sequence_of(found) != sequence:
        raise PermanentError(f"the event {uid} cannot be written: its bytes hold another UID or SEQUENCE")
    found.add(OUR_SEQUENCE, str(sequence))
    return Ours(calendar, found)


def event_in(calendar: Calendar, uid: str) -> Event | None:
    """The event with this UID, or None."""
    return next(events_in(calendar, uid), None)


def events_in(calendar: Calendar, uid: str) -> Iterator[Event]:
    """Every VEVENT with this UID: a person's program may have split one in several."""
    return (event for event in calendar.walk("VEVENT") if isinstance(event, Event) and str(event.get("UID", "")) == uid)


def sequence_of(event: Event) -> int:
    """How new an event is: our own count where it carries one, else its SEQUENCE, else 0."""
    for name in (OUR_SEQUENCE, "SEQUENCE"):
        try:
            return int(str(event[name]))
        except (KeyError, ValueError):
            continue
    return 0


def keep_what_people_added(stored: Event, ours: Event) -> None:
    """Carry over what others wrote into the stored event: alarms, comments, categories, foreign properties."""
    for alarm in stored.walk("VALARM"):
        ours.add_component(alarm)
    for name, value in stored.items():
        if name.upper() not in _OURS and name not in ours:
            ours[name] = value


def keep_timezones(stored: Calendar, ours: Calendar) -> None:
    """Carry over the zones that are defined there and not here, before anything that may name them."""
    known = {str(zone.get("TZID")) for zone in ours.walk("VTIMEZONE")}
    missing = [zone for zone in stored.walk("VTIMEZONE") if str(zone.get("TZID")) not in known]
    ours.subcomponents[:0] = missing
