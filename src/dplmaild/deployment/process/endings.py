"""How a deployment ends before it began, and what is offered then."""

from dataclasses import dataclass, replace
from datetime import datetime

from dplmaild.deployment.case import Case, Offer
from dplmaild.deployment.owed import CalendarEntry, LetterKind, Owed, Trigger
from dplmaild.deployment.process.letters import agreed, entry, facts_of, letter, row, told
from dplmaild.deployment.process.steps import with_steps
from dplmaild.deployment.recipients import everyone, with_sender
from dplmaild.deployment.rules import Ground, asked_of
from dplmaild.deployment.schedule import next_slots
from dplmaild.deployment.terms import Field, State, Window


def cancelled_case(case: Case, reason: str, state: State = State.CANCELLED) -> Case:
    """The case with its slot freed; the calendar entry's sequence rises so that it is taken off."""
    return case.moved_to(
        state, result=reason, offers=(), moving_to=None, draft=None, drafted=False, sequence=case.sequence + 1
    )


def remembered_offers(slots: tuple[Window, ...], now: datetime) -> tuple[Offer, ...]:
    """Slots that are named and held for nobody: a reply with a number asks for one anew."""
    return tuple(Offer(number, slot, now, held=False) for number, slot in enumerate(slots, 1))


def next_slots_of(case: Case, ground: Ground, now: datetime) -> tuple[Window, ...]:
    """The next three slots for the same deployment, asked for anew now (INST-5)."""
    asked = with_steps(replace(asked_of(case.deployment, ground, now, now), reference=case.reference), ground)
    if asked.effective.type is None and ground.profile.types_matter:
        return ()
    return next_slots(asked, ground).slots


def released(case: Case, ground: Ground) -> tuple[Case, tuple[CalendarEntry, ...]]:
    """A case without the slot that only waited for approval, and its tentative entry taken off."""
    if case.state is not State.AWAITING_APPROVAL or case.slot is None:
        return case, ()
    risen = replace(case, sequence=case.sequence + 1)
    return replace(risen, slot=None), entry(risen, ground, cancelled=True)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a deployment is cancelled, by whom, and when; `words` are those that somebody wrote, for the letter."""

    reason: str
    trigger: Trigger
    now: datetime
    by: str = ""
    words: str = ""
    sender: str = ""  # of the mail that brought it about: answered as well


def cancel(
    case: Case, ground: Ground, cause: Cause, *, missing: tuple[Field, ...] = (), offering: bool = False
) -> tuple[Case, tuple[Owed, ...]]:
    """Cancel, tell everyone, free the slot, take it off the calendar and close the log row (INST-5)."""
    slots = next_slots_of(case, ground, cause.now) if offering else ()
    ended = replace(cancelled_case(case, cause.reason), offers=remembered_offers(slots, cause.now))
    facts = facts_of(ended, ground, text=cause.words, by=cause.by, slots=slots, missing=missing)
    was_agreed = agreed(case.state)
    to = everyone(ended, ground.customer) if was_agreed else (case.requested_by,)
    to = with_sender(cause.sender, to) if cause.sender else to
    said = letter(LetterKind.CANCELLED, ended, to, facts, cause.trigger, invitation=was_agreed)
    rows = (row(ended),) if was_agreed else ()
    return ended, (*told(ended, ground, said), *entry(ended, ground, cancelled=True), *rows)
