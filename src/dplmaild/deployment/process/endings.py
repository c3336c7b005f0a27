"""How a deployment ends before it began, and what is offered then."""

from dataclasses import dataclass, replace
from datetime import datetime

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import LetterKind, Owed, Trigger
from dplmaild.deployment.process.letters import agreed, entry, facts_of, letter, row, told
from dplmaild.deployment.recipients import everyone
from dplmaild.deployment.rules import Ground, asked_of
from dplmaild.deployment.schedule import next_slots
from dplmaild.deployment.terms import Field, State, Window


def cancelled_case(case: Case, reason: str, state: State = State.CANCELLED) -> Case:
    """The case with its slot freed; the calendar entry's sequence rises so that it is taken off."""
    return case.moved_to(state, result=reason, offers=(), sequence=case.sequence + 1, deadline=case.deadline)


def next_slots_of(case: Case, ground: Ground, now: datetime) -> tuple[Window, ...]:
    """The next three slots for the same deployment, asked for anew now (INST-5)."""
    asked = replace(asked_of(case.deployment, ground, now, now), reference=case.reference)
    if asked.effective.type is None and ground.profile.types_matter:
        return ()
    return next_slots(asked, ground).slots


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a deployment is cancelled, by whom, and when."""

    reason: str
    trigger: Trigger
    now: datetime
    by: str = ""


def cancel(
    case: Case, ground: Ground, cause: Cause, *, missing: tuple[Field, ...] = (), offering: bool = False
) -> tuple[Case, tuple[Owed, ...]]:
    """Cancel, tell everyone, free the slot, take it off the calendar and close the log row (INST-5)."""
    ended = cancelled_case(case, cause.reason)
    slots = next_slots_of(case, ground, cause.now) if offering else ()
    facts = facts_of(ended, ground, text=cause.reason, by=cause.by, slots=slots, missing=missing)
    was_agreed = agreed(case.state)
    to = everyone(ended, ground.customer) if was_agreed else (case.requested_by,)
    said = letter(LetterKind.CANCELLED, ended, to, facts, cause.trigger, invitation=was_agreed)
    rows = (row(ended),) if was_agreed else ()
    return ended, (*told(ended, ground, said), *entry(ended, ground, cancelled=True), *rows)
