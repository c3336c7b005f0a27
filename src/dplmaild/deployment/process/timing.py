"""Which timers a case has: a function of the case alone, so that nothing is ever left over (STATE-3)."""

from datetime import UTC, datetime, timedelta

from dplmaild.deployment.case import AGREED, Case
from dplmaild.deployment.deadlines import reminders
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import State
from dplmaild.deployment.timers import Timer, TimerKind


def timers_of(case: Case, ground: Ground) -> tuple[Timer, ...]:
    """Everything that can fall due for a case in its present state, by the process that it is under."""
    ground = ground.under(case.deployment)
    return (*_offers(case), *_instructions(case, ground), *_start(case, ground), *_end(case), *_tests(case, ground))


def _offers(case: Case) -> tuple[Timer, ...]:
    return tuple(dict.fromkeys(Timer(TimerKind.OFFER_LAPSES, offer.until) for offer in case.held_offers))


def _instructions(case: Case, ground: Ground) -> tuple[Timer, ...]:
    if case.state not in AGREED or case.slot is None:
        return ()
    if case.hold is not None:
        ends = {moment for moment in (case.hold_until, case.slot.start) if moment is not None}
        return tuple(Timer(TimerKind.START_UNHELD, moment) for moment in sorted(ends))
    since = case.reckoned_at or case.confirmed_at
    if case.state is not State.SCHEDULED or case.deadline is None or since is None:
        return ()
    due = reminders(case.deadline, since, ground.calendar, ground.profile)
    return (*(Timer(TimerKind.REMINDER, at) for at in due), Timer(TimerKind.DEADLINE, case.deadline))


def _start(case: Case, ground: Ground) -> tuple[Timer, ...]:
    """OPS is told that a start comes near, and that it has passed; a hold has its own word at the start (INST-4)."""
    if case.state not in AGREED | {State.AWAITING_APPROVAL} or case.slot is None or case.hold is not None:
        return ()
    watch, start = ground.profile.watch, case.slot.start.astimezone(UTC)
    near = case.state is State.INSTRUCTED and watch.ready_before > timedelta(0)
    soon = (Timer(TimerKind.READY, start - watch.ready_before),) if near else ()
    return (*soon, Timer(TimerKind.START_PASSED, start + watch.late_after))


def _end(case: Case) -> tuple[Timer, ...]:
    """The window is over, its end as a delay has left it."""
    if case.state is not State.IN_PROGRESS or case.slot is None:
        return ()
    return (Timer(TimerKind.WINDOW_OVER, case.slot.end.astimezone(UTC) + case.delayed),)


def _tests(case: Case, ground: Ground) -> tuple[Timer, ...]:
    if case.state not in {State.TESTING, State.TESTING_ROLLBACK} or case.tests_until is None:
        return ()
    morning = next_ops_morning(case.tests_until, ground)
    return (Timer(TimerKind.TESTS_OVER, case.tests_until), Timer(TimerKind.TESTS_MORNING, morning))


def next_ops_morning(moment: datetime, ground: Ground) -> datetime:
    """The opening of OPS on the next OPS working day (RUN-7)."""
    calendar = ground.calendar
    day = calendar.on_working_days(calendar.day_of(moment), 1)
    hours = calendar.ops_hours_on(day)
    return hours[0] if hours else moment + timedelta(days=1)
