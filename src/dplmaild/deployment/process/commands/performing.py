"""What OPS engineers do on the day, and how a deployment is closed (RUN)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import LetterKind, Trigger
from dplmaild.deployment.process.commands.order import Carried, Order, no, notice, who
from dplmaild.deployment.process.commands.words import span_and_rest, spoken_for
from dplmaild.deployment.process.endings import Cause, cancel
from dplmaild.deployment.process.letters import entry, facts_of, letter, row, told
from dplmaild.deployment.process.readiness import preconditions, starts_too_early, unmet
from dplmaild.deployment.process.standing import status_of
from dplmaild.deployment.recipients import the_list
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.rules.effective import tests_of
from dplmaild.deployment.terms import State, Window


def start(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-1: the start notice goes out, directly before the start, when what blocks a start is settled (PRE)."""
    lacks, early = unmet(preconditions(case, ground, order.now)), starts_too_early(case, ground, order.now)
    if lacks or early:
        names = ", ".join(each.name for each in lacks)
        why = [f"{case.reference} cannot start yet; not settled: {names}."] if lacks else []
        why += [_too_early(case, early, ground)] if early else []
        return replace(no(case, " ".join(why)), unmet=lacks)
    running = case.moved_to(State.IN_PROGRESS)
    return Carried(True, "started", running, (*notice(LetterKind.STARTED, running, order, ground), row(running)))


def _too_early(case: Case, earliest: datetime, ground: Ground) -> str:
    """With the exact moment, and how the slot is moved."""
    zone, form = ground.calendar.zone, "%A %Y-%m-%d %H:%M %Z"
    agreed = case.slot.start.astimezone(zone).strftime(form) if case.slot else ""
    since = earliest.astimezone(zone).strftime(form)
    return (
        f"{case.reference} is agreed for {agreed}: /start is possible from {since} on. "
        "An earlier start has to be agreed: /propose 2026-12-01 10:00; /postpone 30m moves it to later on its day."
    )


def postpone(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-8: the start moves; past its day it is a change of date."""
    span, reason = span_and_rest(order.command.rest)
    if not span:
        return no(case, "Please say by how much: /postpone 30m REASON.")
    if case.slot is None:
        return no(case, f"{case.reference} has no slot yet; offer one with /propose 2026-12-01 10:00.")
    moved = Window((case.slot.start.astimezone(UTC) + span).astimezone(ground.calendar.zone), case.slot.length)
    if ground.calendar.day_of(moved.start) != ground.calendar.day_of(case.slot.start):
        return no(case, "That is another day, so a change of date; offer it with /propose 2026-12-01 10:00.")
    later = replace(case, slot=moved, sequence=case.sequence + 1)
    facts = facts_of(later, ground, was_slot=case.slot, minutes=span, text=reason, by=who(order))
    said = letter(LetterKind.POSTPONED, later, the_list(later), facts, Trigger.OPS, invitation=True)
    owed = (*told(later, ground, said), *entry(later, ground), row(later))
    return Carried(True, "postponed", later, owed)


def delay(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-2: it takes longer: the end of its window moves, and with it the schedule, the calendar and the tests."""
    span, reason = span_and_rest(order.command.rest)
    if not span:
        return no(case, "Please say by how much: /delay 20m REASON.")
    if case.slot is None:
        return no(case, f"{case.reference} has no slot, so nothing of it can be late; /update TEXT tells the list.")
    longer = _lasting(case, _longer(case.slot, span, order.now), span)
    more = {"minutes": span, "text": reason, "was_slot": case.slot}
    owed = (*notice(LetterKind.DELAYED, longer, order, ground, **more), *entry(longer, ground), row(longer))
    return Carried(True, f"delay told{_until(case.slot, longer, ground)}", longer, owed)


def _longer(slot: Window, span: timedelta, now: datetime) -> Window:
    """The window with its end so much later; where that has passed already, so much later than now."""
    begins, ends = slot.start.astimezone(UTC), slot.end.astimezone(UTC) + span
    return Window(slot.start, (ends if ends > now else now.astimezone(UTC) + span) - begins)


def _lasting(case: Case, slot: Window, span: timedelta) -> Case:
    """The case with this window; tests that go on have so much longer as well."""
    tests = case.tests_until + span if case.tests_until is not None else None
    return replace(case, slot=slot, sequence=case.sequence + 1, tests_until=tests)


def _until(was: Window, case: Case, ground: Ground) -> str:
    """The new end on OPS's clock, and what it reaches into: nothing of that moves by itself (SCHED-7)."""
    if case.slot is None:
        return ""
    before = {other.reference for other in ground.schedule.overlapping(was, case.reference)}
    others = (other.reference for other in ground.schedule.overlapping(case.slot, case.reference))
    names = ", ".join(sorted({other for other in others if other not in before}))
    clash = f"; it now overlaps {names}, which this does not move" if names else ""
    return f"; the window ends at {case.slot.end.astimezone(ground.calendar.zone):%H:%M %Z}{clash}"


def issue(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-2: a problem, with what is being done."""
    if not order.command.rest:
        return no(case, "Please say what: /issue TEXT.")
    return Carried(True, "issue told", case, notice(LetterKind.ISSUE, case, order, ground))


def update(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-2: free words to the mailing list."""
    if not order.command.rest:
        return no(case, "Please say what: /update TEXT.")
    return Carried(True, "update told", case, notice(LetterKind.UPDATE, case, order, ground))


def complete(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-3: completion opens the attendant's test window."""
    until = order.now.astimezone(UTC) + tests_of(case.deployment, ground.profile)
    done = case.moved_to(State.TESTING, tests_until=until, tests_since=order.now, problem_by="")
    return Carried(
        True, "completed; the tests begin", done, (*notice(LetterKind.COMPLETED, done, order, ground), row(done))
    )


def rollback(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-4: the backup is restored and the previous version deployed again."""
    back = case.moved_to(State.ROLLING_BACK, tests_until=None, problem_by="")
    return Carried(True, "rolling back", back, (*notice(LetterKind.ROLLING_BACK, back, order, ground), row(back)))


def rolled_back(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-4: the previous version is back, and the attendant tests again."""
    until = order.now.astimezone(UTC) + tests_of(case.deployment, ground.profile)
    back = case.moved_to(State.TESTING_ROLLBACK, tests_until=until, tests_since=order.now, problem_by="")
    owed = (*notice(LetterKind.COMPLETED, back, order, ground), row(back))
    return Carried(True, "rolled back; the tests begin", back, owed)


def fail(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-4: no rollback; the next step is recorded."""
    return _ended(case, order, ground, (State.FAILED, LetterKind.FAILED, "failed"))


def abort(case: Case, order: Order, ground: Ground) -> Carried:
    """It is broken off while running."""
    return _ended(case, order, ground, (State.ABORTED, LetterKind.ABORTED, "aborted"))


def _ended(case: Case, order: Order, ground: Ground, ending: tuple[State, LetterKind, str]) -> Carried:
    state, kind, word = ending
    if not order.command.rest:
        return no(case, f"Please say why: /{order.command.verb} REASON.")
    ended = case.moved_to(state, result=order.command.rest, tests_until=None)
    return Carried(True, word, ended, (*notice(kind, ended, order, ground), row(ended)))


def confirm_by(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-7: OPS closes it for an attendant who spoke elsewhere; recorded as confirmed through OPS."""
    ending = State.SUCCEEDED if case.state is State.TESTING else State.ROLLED_BACK
    name = spoken_for(order.command.rest)
    if not name:
        return no(case, "Please say for whom: /confirm by NAME REASON.")
    ended = case.moved_to(ending, result=f"confirmed through OPS: {name}", tests_until=None)
    kind = LetterKind.SUCCEEDED if ending is State.SUCCEEDED else LetterKind.ROLLED_BACK
    return Carried(True, "confirmed", ended, (*notice(kind, ended, order, ground, by=name), row(ended)))


def cancel_it(case: Case, order: Order, ground: Ground) -> Carried:
    """OPS cancels before it began."""
    if not order.command.rest:
        return no(case, "Please say why: /cancel REASON.")
    why = order.command.rest
    ended, owed = cancel(case, ground, Cause(why, Trigger.OPS, order.now, who(order), words=why))
    return Carried(True, "cancelled", ended, owed)


def note(case: Case, order: Order, _ground: Ground) -> Carried:
    """A line in the history, told to nobody."""
    return Carried(bool(order.command.rest), "noted" if order.command.rest else "Please say what: /note TEXT.", case)


def status(case: Case, order: Order, ground: Ground) -> Carried:
    """How things stand: state, slot, what is missing, who is waited for, what falls due."""
    slot = case.slot.start.astimezone(ground.calendar.zone).isoformat(" ", "minutes") if case.slot else "no slot yet"
    stands = status_of(case, ground, order.now)
    return Carried(True, f"{case.reference}: {case.state.value}, {slot}", case, status=stands)
