"""A slot is agreed: what becomes of the case, of its deadline, and of the lines that our own side owes."""

from dataclasses import replace
from datetime import datetime

from dplmaild.deployment.case import Case
from dplmaild.deployment.deadlines import deadline_cancels, instruction_deadline
from dplmaild.deployment.owed import Alarm
from dplmaild.deployment.process.judging import own_lines, still_missing
from dplmaild.deployment.process.letters import alarm
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import State, Window


def agree(case: Case, slot: Window, ground: Ground, now: datetime) -> Case:
    """The case with this slot agreed now: with its deadline (INST-3), and binding when nothing lacks (INST-6)."""
    complete = ground.profile.instructions is not None and not still_missing(case, ground)
    return replace(
        case,
        state=State.INSTRUCTED if complete else State.SCHEDULED,
        slot=slot,
        offers=(),
        offered_by_ops=False,
        moving_to=None,
        changing_date=False,
        asked_back=False,
        drafted=False,
        draft=None,
        confirmed_at=now,
        reckoned_at=now,
        instructed_at=(case.instructed_at or now) if complete else None,
        deadline=instruction_deadline(slot.start, now, ground.calendar, ground.profile),
        sequence=case.sequence + (case.slot is not None or case.sequence > 0),  # an entry was there
    )


def resumed(case: Case, ground: Ground, now: datetime) -> Case:
    """INST-4: a hold ends and the deadline runs again, never sooner than if the slot were confirmed now."""
    anew = instruction_deadline(case.slot.start, now, ground.calendar, ground.profile) if case.slot else None
    known = [moment for moment in (case.deadline, anew) if moment is not None]
    return replace(case, hold=None, hold_until=None, reckoned_at=now, deadline=max(known, default=None))


def cancels(case: Case, ground: Ground) -> bool:
    """INST-5: whether missing the deadline cancels: the profile says so, and it left a fair time."""
    since = case.reckoned_at or case.confirmed_at
    return bool(case.deadline and since and deadline_cancels(case.deadline, since, ground.profile))


def own_duty(case: Case, ground: Ground) -> tuple[Alarm, ...]:
    """OPS is told which lines of the instructions are its own and not there yet (INST-2)."""
    lacking = own_lines(case, ground)
    return (alarm(case, ground, "our own lines of the instructions are missing", missing=lacking),) if lacking else ()
