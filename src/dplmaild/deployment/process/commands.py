"""What OPS can do, as one table: by mail, ticket, command line or board it is the same call (domain.md section 7)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from dplmaild.deployment.case import AGREED, ENDED, PENDING, RUNNING, TRANSITIONS, Case
from dplmaild.deployment.deadlines import instruction_deadline
from dplmaild.deployment.owed import LetterKind, Owed, Timer, Trigger
from dplmaild.deployment.process.endings import Cause, cancel, cancelled_case
from dplmaild.deployment.process.judging import broken, judge_start
from dplmaild.deployment.process.letters import entry, facts_of, letter, row, told
from dplmaild.deployment.process.request import last_of, offers_of
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act, May
from dplmaild.deployment.recipients import everyone, the_list
from dplmaild.deployment.rules import RULES, Ground
from dplmaild.deployment.rules.effective import tests_of
from dplmaild.deployment.said import Command
from dplmaild.deployment.terms import Severity, Speaker, State, Window

_SPAN = re.compile(r"^\s*(?:(\d{1,3})\s*h(?:ours?)?)?\s*(?:(\d{1,4})\s*m(?:in(?:utes?)?)?)?\b\s*", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?:\s*(Z|[+-]\d{2}:\d{2}))?")
_RULE = re.compile(r"^\s*([A-Za-z]{2,8}-\d{1,2})\b\s*")
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """One command line, by somebody whose right to give it is still to be checked."""

    command: Command
    speaker: Speaker
    now: datetime


@dataclass(frozen=True, slots=True)
class Carried:
    """What a command brought about: a new case and what is owed, or why it was refused."""

    done: bool
    answer: str
    case: Case
    owed: tuple[Owed, ...] = ()
    timers: tuple[Timer, ...] = ()


Verb = Callable[[Case, Order, Ground], Carried]


def carry_out(case: Case, order: Order, ground: Ground) -> Carried:
    """Do what one command line says, or refuse it with a sentence that says what is possible now (STATE-1)."""
    known = VERBS.get(order.command.verb)
    if known is None:
        return _no(case, f"no command /{order.command.verb}; there are /{', /'.join(VERBS)}")
    act, verb = known
    if ground.profile.may_do(order.speaker.role, act) is not May.YES:
        return _no(case, f"{order.speaker.address} may not /{order.command.verb}")
    carried = verb(case, order, ground)
    return replace(carried, timers=timers_of(carried.case, ground)) if carried.done else carried


def _no(case: Case, answer: str) -> Carried:
    return Carried(False, answer, case)


def _not_now(case: Case) -> Carried:
    then = ", ".join(sorted(s.value for s in TRANSITIONS[case.state])) or "nothing: it has ended"
    return _no(case, f"{case.reference} is {case.state.value}; possible now: {then}")


def _who(order: Order) -> str:
    return order.speaker.name or order.speaker.address


def _notice(kind: LetterKind, case: Case, order: Order, ground: Ground, **more: object) -> tuple[Owed, ...]:
    """A notice of the day to the mailing list (RUN)."""
    facts = facts_of(case, ground, **{"text": order.command.rest, "by": _who(order), **more})
    return told(case, ground, letter(kind, case, the_list(case), facts, Trigger.OPS))


def approve(case: Case, order: Order, ground: Ground) -> Carried:
    """SCHED-4: the deployment manager says yes."""
    if case.state is not State.AWAITING_APPROVAL or case.slot is None:
        return _not_now(case)
    deadline = instruction_deadline(case.slot.start, order.now, ground.calendar, ground.profile)
    agreed = case.moved_to(State.SCHEDULED, confirmed_at=order.now, deadline=deadline, sequence=case.sequence + 1)
    facts = facts_of(agreed, ground, by=_who(order), text=order.command.rest)
    said = letter(LetterKind.CONFIRMED, agreed, everyone(agreed, ground.customer), facts, Trigger.OPS, invitation=True)
    return Carried(True, "approved", agreed, (*told(agreed, ground, said), *entry(agreed, ground), row(agreed)))


def propose(case: Case, order: Order, ground: Ground) -> Carried:
    """OPS offers slots of its own choice; OPS may offer what no rule would."""
    starts = [_moment(m, ground) for m in _MOMENT.finditer(order.command.rest)][:3]
    if case.state not in PENDING | AGREED or not starts:
        return _not_now(case) if starts else _no(case, "name up to three moments: /propose 2026-12-01 10:00, ...")
    if any(start <= order.now for start in starts):
        return _no(case, "a proposed start has to lie ahead")
    length = case.slot.length if case.slot else timedelta(hours=2)
    slots = tuple(Window(start, length) for start in starts)
    offers = offers_of(slots, order.now, ground)
    state = case.state if case.state in AGREED else State.PROPOSED
    offered = replace(case, state=state, offers=offers)
    ends = tuple(offer.until for offer in offers)
    facts = facts_of(offered, ground, slots=slots, slots_until=last_of(offers), slot_ends=ends, by=_who(order))
    said = letter(LetterKind.OFFERED, offered, (case.requested_by,), facts, Trigger.OPS)
    return Carried(True, f"offered {len(slots)} slots", offered, told(offered, ground, said))


def decline(case: Case, order: Order, ground: Ground) -> Carried:
    """The deployment manager says no."""
    if case.state in RUNNING | ENDED:
        return _not_now(case)
    ended = cancelled_case(case, order.command.rest or "declined", State.DECLINED)
    facts = facts_of(ended, ground, text=order.command.rest, by=_who(order))
    said = letter(LetterKind.DECLINED, ended, (case.requested_by,), facts, Trigger.OPS)
    rows = (row(ended),) if case.state in AGREED else ()
    return Carried(True, "declined", ended, (*told(ended, ground, said), *entry(ended, ground, cancelled=True), *rows))


def hold(case: Case, order: Order, ground: Ground) -> Carried:
    """INST-4: stop the deadline, with a reason, perhaps until a moment."""
    if case.state not in AGREED:
        return _not_now(case)
    until = _MOMENT.search(order.command.rest)
    reason = _MOMENT.sub("", order.command.rest).strip().removesuffix("until").strip()
    if not reason:
        return _no(case, "a hold needs a reason: /hold REASON [until 2026-12-01 10:00]")
    held = replace(case, hold=reason, hold_until=_moment(until, ground) if until else None)
    return Carried(True, "on hold; the deadline stands still", held)


def resume(case: Case, _order: Order, _ground: Ground) -> Carried:
    """The deadline runs again."""
    if case.hold is None:
        return _no(case, f"{case.reference} is not on hold")
    return Carried(True, "resumed", replace(case, hold=None, hold_until=None))


def start(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-1: the start notice goes out, when what blocks a start is settled (PRE)."""
    if case.state is not State.INSTRUCTED:
        return _not_now(case)
    against = [
        f.rule
        for f in broken(judge_start(case, ground, order.now), Severity.BLOCKS)
        if f.rule.startswith("PRE") and f.rule not in case.overridden
    ]
    if against:
        return _no(case, f"not settled: {', '.join(against)}; /override RULE-ID reason settles a rule")
    running = case.moved_to(State.IN_PROGRESS)
    return Carried(True, "started", running, (*_notice(LetterKind.STARTED, running, order, ground), row(running)))


def postpone(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-8: the start moves; past its day it is a change of date."""
    span, reason = _span(order.command.rest)
    if case.state not in AGREED or case.slot is None:
        return _not_now(case)
    if span is None:
        return _no(case, "say by how much: /postpone 30m REASON")
    moved = Window(case.slot.start + span, case.slot.length)
    if ground.calendar.day_of(moved.start) != ground.calendar.day_of(case.slot.start):
        return _no(case, "that is another day: a change of date, offer it with /propose")
    later = replace(case, slot=moved, sequence=case.sequence + 1)
    facts = facts_of(later, ground, was_slot=case.slot, minutes=span, text=reason, by=_who(order))
    said = letter(LetterKind.POSTPONED, later, the_list(later), facts, Trigger.OPS, invitation=True)
    owed = (*told(later, ground, said), *entry(later, ground), row(later))
    return Carried(True, "postponed", later, owed)


def delay(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-2: it takes longer."""
    if case.state not in RUNNING:
        return _not_now(case)
    span, reason = _span(order.command.rest)
    return Carried(
        True, "delay told", case, _notice(LetterKind.DELAYED, case, order, ground, minutes=span, text=reason)
    )


def issue(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-2: a problem, with what is being done."""
    if case.state not in RUNNING:
        return _not_now(case)
    return Carried(True, "issue told", case, _notice(LetterKind.ISSUE, case, order, ground))


def update(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-2: free words to the mailing list."""
    if case.state not in RUNNING | AGREED:
        return _not_now(case)
    return Carried(True, "update told", case, _notice(LetterKind.UPDATE, case, order, ground))


def complete(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-3: completion opens the attendant's test window."""
    if case.state is not State.IN_PROGRESS:
        return _not_now(case)
    until = order.now.astimezone(UTC) + tests_of(case.deployment, ground.profile)
    done = case.moved_to(State.TESTING, tests_until=until)
    return Carried(
        True, "completed; the tests begin", done, (*_notice(LetterKind.COMPLETED, done, order, ground), row(done))
    )


def rollback(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-4: the backup is restored and the previous version deployed again."""
    if case.state not in {State.IN_PROGRESS, State.TESTING}:
        return _not_now(case)
    back = case.moved_to(State.ROLLING_BACK, tests_until=None)
    return Carried(True, "rolling back", back, (*_notice(LetterKind.ROLLING_BACK, back, order, ground), row(back)))


def rolled_back(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-4: the previous version is back, and the attendant tests again."""
    if case.state is not State.ROLLING_BACK:
        return _not_now(case)
    until = order.now.astimezone(UTC) + tests_of(case.deployment, ground.profile)
    back = case.moved_to(State.TESTING_ROLLBACK, tests_until=until)
    return Carried(True, "rolled back; the tests begin", back, _notice(LetterKind.COMPLETED, back, order, ground))


def fail(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-4: no rollback; the next step is recorded."""
    if case.state not in {State.IN_PROGRESS, State.TESTING}:
        return _not_now(case)
    return _ended(case, order, ground, (State.FAILED, LetterKind.FAILED, "failed"))


def abort(case: Case, order: Order, ground: Ground) -> Carried:
    """It is broken off while running."""
    if case.state is not State.IN_PROGRESS:
        return _not_now(case)
    return _ended(case, order, ground, (State.ABORTED, LetterKind.ABORTED, "aborted"))


def _ended(case: Case, order: Order, ground: Ground, ending: tuple[State, LetterKind, str]) -> Carried:
    state, kind, word = ending
    if not order.command.rest:
        return _no(case, f"say why: /{order.command.verb} REASON")
    ended = case.moved_to(state, result=order.command.rest, tests_until=None)
    return Carried(True, word, ended, (*_notice(kind, ended, order, ground), row(ended)))


def confirm_by(case: Case, order: Order, ground: Ground) -> Carried:
    """RUN-7: OPS closes it for an attendant who spoke elsewhere; recorded as confirmed through OPS."""
    ending = {State.TESTING: State.SUCCEEDED, State.TESTING_ROLLBACK: State.ROLLED_BACK}.get(case.state)
    if ending is None:
        return _not_now(case)
    name = _BY.sub("", order.command.rest).strip()
    if not _BY.match(order.command.rest) or not name:
        return _no(case, "say for whom: /confirm by NAME REASON")
    ended = case.moved_to(ending, result=f"confirmed through OPS: {name}", tests_until=None)
    kind = LetterKind.SUCCEEDED if ending is State.SUCCEEDED else LetterKind.ROLLED_BACK
    return Carried(True, "confirmed", ended, (*_notice(kind, ended, order, ground, by=name), row(ended)))


def cancel_it(case: Case, order: Order, ground: Ground) -> Carried:
    """OPS cancels before it began."""
    if case.state in RUNNING | ENDED:
        return _not_now(case)
    if not order.command.rest:
        return _no(case, "say why: /cancel REASON")
    ended, owed = cancel(case, ground, Cause(order.command.rest, Trigger.OPS, order.now, _who(order)))
    return Carried(True, "cancelled", ended, owed)


def override(case: Case, order: Order, _ground: Ground) -> Carried:
    """SCHED-4: a blocking finding is set aside, with a reason that stays on record."""
    named = _RULE.match(order.command.rest)
    rule = named[1].upper() if named else ""
    reason = order.command.rest[named.end() :].strip() if named else ""
    if rule not in {r.id for r in RULES}:
        return _no(case, "name the rule: /override PRE-2 REASON")
    if not reason:
        return _no(case, f"an override needs a reason: /override {rule} REASON")
    settled = replace(case, overridden=tuple(dict.fromkeys((*case.overridden, rule))))
    return Carried(True, f"{rule} overridden", settled)


def note(case: Case, order: Order, _ground: Ground) -> Carried:
    """A line in the history, told to nobody."""
    return Carried(bool(order.command.rest), "noted" if order.command.rest else "nothing to note", case)


def status(case: Case, _order: Order, ground: Ground) -> Carried:
    """How things stand, in one line."""
    slot = case.slot.start.astimezone(ground.calendar.zone).isoformat(" ", "minutes") if case.slot else "no slot yet"
    return Carried(True, f"{case.reference}: {case.state.value}, {slot}", case)


VERBS: Mapping[str, tuple[Act, Verb]] = {
    "approve": (Act.DECIDE, approve),
    "propose": (Act.DECIDE, propose),
    "decline": (Act.DECIDE, decline),
    "hold": (Act.DECIDE, hold),
    "resume": (Act.DECIDE, resume),
    "override": (Act.DECIDE, override),
    "confirm": (Act.PERFORM, confirm_by),
    "abort": (Act.PERFORM, abort),
    "start": (Act.PERFORM, start),
    "postpone": (Act.PERFORM, postpone),
    "delay": (Act.PERFORM, delay),
    "issue": (Act.PERFORM, issue),
    "update": (Act.PERFORM, update),
    "complete": (Act.PERFORM, complete),
    "rollback": (Act.PERFORM, rollback),
    "rolledback": (Act.PERFORM, rolled_back),
    "fail": (Act.PERFORM, fail),
    "cancel": (Act.PERFORM, cancel_it),
    "note": (Act.PERFORM, note),
    "status": (Act.PERFORM, status),
}


def _span(text: str) -> tuple[timedelta | None, str]:
    """`30m reason` as (30 minutes, reason)."""
    match = _SPAN.match(text)
    if match is None or not (match[1] or match[2]):
        return None, text.strip()
    return timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0)), text[match.end() :].strip()


def _moment(match: "re.Match[str]", ground: Ground) -> datetime:
    """A moment of a command: OPS's wall clock unless a zone is written."""
    written = datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3] or ''}")
    return written if written.tzinfo else written.replace(tzinfo=ground.calendar.zone)
