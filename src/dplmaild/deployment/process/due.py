"""What happens when a timer falls due (STATE-3)."""

from dataclasses import replace
from datetime import datetime

from dplmaild.deployment.case import Case
from dplmaild.deployment.deadlines import deadline_cancels
from dplmaild.deployment.owed import LetterKind, TimerKind, Trigger
from dplmaild.deployment.process.decision import Decision, Verdict
from dplmaild.deployment.process.endings import Cause, cancel
from dplmaild.deployment.process.judging import still_missing
from dplmaild.deployment.process.letters import alarm, facts_of, letter, told
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.recipients import attendants, managers
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import State


def fall_due(case: Case, kind: TimerKind, ground: Ground, now: datetime) -> Decision | None:
    """What a timer brings about; None when it has become pointless."""
    match kind:
        case TimerKind.OFFER_LAPSES:
            return _lapse(case, ground, now)
        case TimerKind.REMINDER:
            return _remind(case, ground)
        case TimerKind.DEADLINE:
            return _deadline(case, ground, now)
        case TimerKind.START_UNHELD:
            return _start_unheld(case, ground)
        case TimerKind.TESTS_OVER | TimerKind.TESTS_MORNING:
            return _tests_silent(case, ground)


def _lapse(case: Case, ground: Ground, now: datetime) -> Decision | None:
    """SCHED-8: released without a letter; the offer named the moment."""
    left = tuple(offer for offer in case.offers if offer.until > now)
    if len(left) == len(case.offers):
        return None
    state = State.EXPIRED if case.state is State.PROPOSED and not left else case.state
    released = replace(case, state=state, offers=left)
    return Decision(
        Verdict.NO_ACTION,
        f"{len(case.offers) - len(left)} offered slots were released",
        released,
        (),
        timers_of(released, ground),
    )


def _remind(case: Case, ground: Ground) -> Decision | None:
    """INST-4: the reminder names the moment of cancellation."""
    if case.state is not State.SCHEDULED or case.hold is not None:
        return None
    facts = facts_of(case, ground, missing=still_missing(case.deployment, ground))
    said = letter(
        LetterKind.REMINDER, case, managers(case, ground.customer), facts, Trigger.TIMER, cc=(ground.ops.address,)
    )
    return Decision(
        Verdict.NO_ACTION, "reminded of the instructions", case, told(case, ground, said), timers_of(case, ground)
    )


def _deadline(case: Case, ground: Ground, now: datetime) -> Decision | None:
    """INST-5: what is not complete by now is cancelled, where the profile says so and there was time enough."""
    if case.state is not State.SCHEDULED or case.hold is not None or case.deadline is None:
        return None
    missing = still_missing(case.deployment, ground)
    if case.confirmed_at is None or not deadline_cancels(case.deadline, case.confirmed_at, ground.profile):
        call = alarm(case, ground, "the instructions are not complete", missing=missing)
        return Decision(Verdict.NO_ACTION, "OPS told: instructions missing", case, (call,), timers_of(case, ground))
    reason = "instructions not complete by the deadline"
    ended, owed = cancel(case, ground, Cause(reason, Trigger.TIMER, now), missing=missing, offering=True)
    return Decision(Verdict.NO_ACTION, f"cancelled: {reason}", ended, owed)


def _start_unheld(case: Case, ground: Ground) -> Decision | None:
    """INST-4: at the planned start of a held deployment OPS is asked; nothing starts by itself."""
    if case.hold is None:
        return None
    call = alarm(case, ground, f"still on hold: {case.hold}")
    return Decision(Verdict.NO_ACTION, "OPS asked about the hold", case, (call,), ())


def _tests_silent(case: Case, ground: Ground) -> Decision | None:
    """RUN-3, RUN-7: the attendant is reminded, OPS is told; it is never silently called a success."""
    if case.state not in {State.TESTING, State.TESTING_ROLLBACK}:
        return None
    to = attendants(case, ground.customer)
    said = letter(LetterKind.TEST_REMINDER, case, to, facts_of(case, ground), Trigger.TIMER)
    call = alarm(case, ground, "the attendant has not answered")
    owed = (*told(case, ground, said), call)
    return Decision(Verdict.NO_ACTION, "attendant reminded, OPS told", case, owed, timers_of(case, ground))
