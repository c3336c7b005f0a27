"""What happens when a timer falls due (STATE-3)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from dplmaild.deployment.case import AGREED, Case
from dplmaild.deployment.owed import Letter, LetterKind, Trigger
from dplmaild.deployment.process.agreeing import cancels, resumed
from dplmaild.deployment.process.block import with_prd_told
from dplmaild.deployment.process.decision import Decision, Verdict
from dplmaild.deployment.process.endings import Cause, cancel
from dplmaild.deployment.process.judging import own_lines, still_missing
from dplmaild.deployment.process.letters import alarm, facts_of, letter, told
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.process.watching import start_is_near, start_passed, window_over
from dplmaild.deployment.recipients import attendants, managers
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import State
from dplmaild.deployment.timers import TimerKind


def fall_due(
    case: Case, kind: TimerKind, ground: Ground, now: datetime, since: datetime | None = None
) -> Decision | None:
    """What a timer brings about; None when it has become pointless. `since`: when it fell due, where that is past."""
    ground = ground.under(case.deployment)
    if kind is TimerKind.REMINDER and _another_is_due(case, ground, since or now, now):
        return None
    return EFFECTS[kind](case, ground, now)


def _another_is_due(case: Case, ground: Ground, since: datetime, now: datetime) -> bool:
    """Whether a later reminder has fallen due as well: late, only the last one goes out (STATE-3)."""
    due = (timer.due for timer in timers_of(case, ground) if timer.kind is TimerKind.REMINDER)
    return any(since < moment <= now for moment in due)


def _lapse(case: Case, ground: Ground, now: datetime) -> Decision | None:
    """SCHED-8: released without a letter; the offer named the moment. Its number stays known."""
    offers = tuple(replace(offer, held=offer.held and offer.until > now) for offer in case.offers)
    released = replace(case, offers=offers)
    count = len(case.held_offers) - len(released.held_offers)
    if not count:
        return None
    if case.state is State.PROPOSED and not released.held_offers:
        released = replace(released, state=State.EXPIRED)
    why = f"{count} offered slots were released"
    return Decision(Verdict.NO_ACTION, why, released, (), timers_of(released, ground))


def _remind(case: Case, ground: Ground, now: datetime) -> Decision | None:
    """INST-4: the reminder names the moment of cancellation; none goes out after it."""
    if case.state is not State.SCHEDULED or case.hold is not None or case.deadline is None or case.deadline <= now:
        return None
    owed = told(case, ground, _reminder(case, ground))
    return Decision(Verdict.NO_ACTION, "reminded of the instructions", case, owed, timers_of(case, ground))


def _reminder(case: Case, ground: Ground) -> Letter:
    """To the sender and the release managers, with a copy to OPS (SEE-13)."""
    facts = facts_of(case, ground, missing=still_missing(case, ground))
    to = managers(case, ground.customer)
    return letter(LetterKind.REMINDER, case, to, facts, Trigger.TIMER, cc=(ground.ops.address,))


def _deadline(case: Case, ground: Ground, now: datetime) -> Decision | None:
    """INST-5: what is not complete by now is cancelled, where the profile says so and there was time enough."""
    if case.state is not State.SCHEDULED or case.hold is not None or case.deadline is None:
        return None
    missing = still_missing(case, ground)
    if cancels(case, ground):
        reason = "instructions not complete by the deadline"
        ended, owed = cancel(case, ground, Cause(reason, Trigger.TIMER, now), missing=missing, offering=True)
        owed = with_prd_told(case, ended, owed, ground)
        return Decision(Verdict.NO_ACTION, f"cancelled: {reason}", ended, owed)
    call = alarm(case, ground, "the instructions are not complete", missing=(*missing, *own_lines(case, ground)))
    never = ground.profile.instructions is not None and not ground.profile.instructions.cancels_late
    reminded = told(case, ground, _reminder(case, ground)) if never else ()
    why = "OPS told: instructions missing"
    return Decision(Verdict.NO_ACTION, why, case, (*reminded, call), timers_of(case, ground))


def _hold_over(case: Case, ground: Ground, now: datetime) -> Decision | None:
    """INST-4: a hold ends at its moment; at the planned start OPS is asked, nothing starts by itself."""
    if case.hold is None or case.slot is None or case.state not in AGREED:
        return None
    if now < case.slot.start:
        free = resumed(case, ground, now)
        call = alarm(free, ground, f"the hold has ended: {case.hold}")
        return Decision(Verdict.NO_ACTION, "the hold has ended", free, (call,), timers_of(free, ground))
    call = alarm(case, ground, f"still on hold: {case.hold}")
    return Decision(Verdict.NO_ACTION, "OPS asked about the hold", case, (call,), timers_of(case, ground))


def _tests_silent(case: Case, ground: Ground, _now: datetime) -> Decision | None:
    """RUN-3, RUN-7: the attendant is reminded, OPS is told; it is never silently called a success."""
    if case.state not in {State.TESTING, State.TESTING_ROLLBACK}:
        return None
    to = attendants(case, ground.customer)
    said = letter(LetterKind.TEST_REMINDER, case, to, facts_of(case, ground), Trigger.TIMER)
    call = alarm(case, ground, "the attendant has not answered")
    owed = (*told(case, ground, said), call)
    return Decision(Verdict.NO_ACTION, "attendant reminded, OPS told", case, owed, timers_of(case, ground))


Effect = Callable[[Case, Ground, datetime], Decision | None]
EFFECTS: Mapping[TimerKind, Effect] = {
    TimerKind.OFFER_LAPSES: _lapse,
    TimerKind.REMINDER: _remind,
    TimerKind.DEADLINE: _deadline,
    TimerKind.START_UNHELD: _hold_over,
    TimerKind.READY: start_is_near,
    TimerKind.START_PASSED: start_passed,
    TimerKind.WINDOW_OVER: window_over,
    TimerKind.TESTS_OVER: _tests_silent,
    TimerKind.TESTS_MORNING: _tests_silent,
}
