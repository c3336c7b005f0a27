"""What nobody thinks of at night: a start that comes near or has passed, an end that nobody gave (STATE-3)."""

from datetime import datetime

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.process.decision import Decision, Verdict
from dplmaild.deployment.process.judging import own_lines, still_missing
from dplmaild.deployment.process.letters import alarm
from dplmaild.deployment.process.readiness import preconditions, unmet
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import Field, State


def start_is_near(case: Case, ground: Ground, now: datetime) -> Decision | None:
    """Before the start OPS reads once what it has and what it lacks; once it has come, the next timer speaks."""
    if case.state is not State.INSTRUCTED or case.hold is not None or case.slot is None or now >= case.slot.start:
        return None
    call = alarm(case, ground, "", LetterKind.READY, ready=preconditions(case, ground, now))
    return Decision(Verdict.NO_ACTION, "OPS told: the start comes near", case, (call,), timers_of(case, ground))


_LATE = {
    State.AWAITING_APPROVAL: "The start has passed, and nobody has decided. /propose another date, or /decline REASON.",
    State.SCHEDULED: "The start has passed, and the instructions are not complete. "
    "/propose another date, or /cancel REASON.",
    State.INSTRUCTED: "The start has passed, and nobody has given /start. "
    "/start, /postpone 30m REASON, /propose another date, or /cancel REASON.",
}


def start_passed(case: Case, ground: Ground, now: datetime) -> Decision | None:
    """Nothing starts or ends by itself: OPS is told once."""
    if case.state not in _LATE or case.hold is not None or case.slot is None or now < case.slot.start:
        return None
    lacks = unmet(preconditions(case, ground, now)) if case.state is State.INSTRUCTED else ()
    call = alarm(case, ground, _LATE[case.state], missing=_open(case, ground), ready=lacks)
    return Decision(Verdict.NO_ACTION, "OPS told: the start has passed", case, (call,), timers_of(case, ground))


def _open(case: Case, ground: Ground) -> tuple[Field, ...]:
    """What the instructions still lack, whoever owes it."""
    return (*still_missing(case, ground), *own_lines(case, ground)) if case.state is State.SCHEDULED else ()


def window_over(case: Case, ground: Ground, _now: datetime) -> Decision | None:
    """Nobody has said that it is done: OPS is told once."""
    if case.state is not State.IN_PROGRESS:
        return None
    text = "The window is over, and nobody has given /complete. "
    text += "/complete, /delay 30m REASON, /rollback REASON, or /fail REASON."
    call = alarm(case, ground, text)
    return Decision(Verdict.NO_ACTION, "OPS told: the window is over", case, (call,), timers_of(case, ground))
