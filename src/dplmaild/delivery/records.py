"""A case as an event of the calendar and as a row of the deployment log."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import CalendarEntry, Facts, Letter
from dplmaild.deployment.process.letters import downtime_of
from dplmaild.deployment.rules import Ground, effective
from dplmaild.deployment.terms import Window
from dplmaild.writing.invitation import Event, EventStatus

Words = tuple[str, str]  # summary and description


def event_of(entry: CalendarEntry, words: Words, organizer: str, stamp: datetime) -> Event:
    """The calendar's view of a deployment; the UID is the same for its whole life (CAL)."""
    status = EventStatus.CONFIRMED
    if entry.tentative:
        status = EventStatus.TENTATIVE
    if entry.cancelled:
        status = EventStatus.CANCELLED
    return _event(entry.facts, entry.slot, status, entry.sequence, (words, organizer, stamp, entry.attendees))


def invitation_of(letter: Letter, words: Words, organizer: str, stamp: datetime, *, cancelled: bool) -> Event | None:
    """The event that goes with a letter; None when there is no slot any more."""
    if letter.facts.slot is None or letter.facts.reference is None:
        return None
    status = EventStatus.CANCELLED if cancelled else EventStatus.CONFIRMED
    people = tuple(dict.fromkeys((*letter.to, *letter.cc)))
    return _event(letter.facts, letter.facts.slot, status, letter.sequence, (words, organizer, stamp, people))


def _event(
    facts: Facts, slot: Window, status: EventStatus, sequence: int, about: tuple[Words, str, datetime, tuple[str, ...]]
) -> Event:
    (summary, description), organizer, stamp, attendees = about
    reference = facts.reference or ""
    return Event(
        uid=f"{reference}@{organizer.rpartition('@')[2]}".lower(),
        sequence=sequence,
        summary=summary,
        description=description,
        location=str(facts.deployment.environment or ""),
        start=slot.start.astimezone(ZoneInfo(facts.ops_zone)),
        end=slot.end.astimezone(ZoneInfo(facts.ops_zone)),
        status=status,
        organizer=organizer,
        attendees=attendees,
        stamp=stamp,
    )


def row_of(case: Case, ground: Ground) -> dict[str, str]:
    """The case as the customer's deployment log shows it: nothing internal (LOG-2), and what counts (TYPE-1)."""
    what, local = case.deployment, ZoneInfo(ground.customer.zone)
    counts = effective(what, ground.customer, ground.profile)
    start = case.slot.start.astimezone(local).isoformat() if case.slot else ""
    end = case.slot.end.astimezone(local).isoformat() if case.slot else ""
    components = "; ".join(" ".join(p for p in (c.name, c.version) if p) for c in what.components)
    versions = " -> ".join(str(v) for v in (what.current_version, what.target_version) if v)
    return {
        "id": case.reference,
        "deployment": case.reference,
        "environment": str(counts.environment),
        "product": counts.product.value if counts.product else "",
        "type": counts.type.value if counts.type else "",
        "version": versions or components,
        "start": start,
        "end": end,
        "state": case.state.value,
        "downtime": "yes" if downtime_of(case, ground) else "no",
        "tickets": ", ".join(what.tickets),
        "requested_by": case.requested_by,
        "result": case.result,
    }
