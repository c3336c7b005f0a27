"""What OPS can do, as one table: by mail, ticket, command line or board it is the same call (domain.md section 7)."""

from collections.abc import Mapping
from dataclasses import replace

from dplmaild.deployment.case import AGREED, ENDED, PENDING, RUNNING, Case
from dplmaild.deployment.process.block import with_prd_told
from dplmaild.deployment.process.commands.deciding import approve, decline, hold, override, propose, resume
from dplmaild.deployment.process.commands.order import Carried, Known, Order, no
from dplmaild.deployment.process.commands.performing import (
    abort,
    cancel_it,
    complete,
    confirm_by,
    delay,
    fail,
    issue,
    note,
    postpone,
    rollback,
    rolled_back,
    start,
    status,
    update,
)
from dplmaild.deployment.process.commands.together import together
from dplmaild.deployment.process.readiness import starts_too_early
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act, May
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import nearest_verb
from dplmaild.deployment.terms import Side, State

__all__ = ["VERBS", "Carried", "Order", "carry_out", "together"]

_RIGHTS = frozenset({May.YES, May.CONFIRM_BY})
_ALWAYS = frozenset(State)
_GOING, _OPEN, _TESTS = _ALWAYS - ENDED, PENDING | AGREED, frozenset({State.TESTING, State.TESTING_ROLLBACK})
_RUNS, _BROKEN = frozenset({State.IN_PROGRESS}), frozenset({State.IN_PROGRESS, State.TESTING})

VERBS: Mapping[str, Known] = {
    "approve": Known(Act.DECIDE, _OPEN, approve),
    "propose": Known(Act.DECIDE, _OPEN, propose),
    "decline": Known(Act.DECIDE, _OPEN, decline),
    "hold": Known(Act.DECIDE, AGREED, hold),
    "resume": Known(Act.DECIDE, AGREED, resume),
    "override": Known(Act.DECIDE, _GOING, override),
    "confirm": Known(Act.REPORT, _TESTS, confirm_by),
    "abort": Known(Act.PERFORM, _RUNS, abort),
    "start": Known(Act.PERFORM, frozenset({State.INSTRUCTED}), start),
    "postpone": Known(Act.PERFORM, AGREED, postpone),
    "delay": Known(Act.PERFORM, RUNNING, delay),
    "issue": Known(Act.PERFORM, RUNNING, issue),
    "update": Known(Act.PERFORM, RUNNING | AGREED, update),
    "complete": Known(Act.PERFORM, _RUNS, complete),
    "rollback": Known(Act.PERFORM, _BROKEN, rollback),
    "rolledback": Known(Act.PERFORM, frozenset({State.ROLLING_BACK}), rolled_back),
    "fail": Known(Act.PERFORM, _BROKEN, fail),
    "cancel": Known(Act.PERFORM, _OPEN, cancel_it),
    "note": Known(Act.PERFORM, _ALWAYS, note),
    "status": Known(Act.PERFORM, _ALWAYS, status),
}


def carry_out(case: Case, order: Order, ground: Ground) -> Carried:
    """Do what one command line says, or refuse it with a sentence that says what is possible now (STATE-1)."""
    known, ground = VERBS.get(order.command.verb), ground.under(case.deployment)
    if known is None:
        return no(case, _unknown(order.command.verb))
    if not _may(order, known, ground):
        who, for_whom = order.speaker.address, _whose(known, ground)
        return no(case, f"{who} may not give /{order.command.verb}: {for_whom}.{_possible(case, order, ground)}")
    if case.state not in known.states:
        why = f"{case.reference} is {case.state.value}, so /{order.command.verb} is not possible now."
        return no(case, why + _possible(case, order, ground))
    carried = known.does(case, order, ground)
    if not carried.done:
        return carried
    owed = with_prd_told(case, carried.case, carried.owed, ground)
    return replace(carried, owed=owed, timers=timers_of(carried.case, ground))


def _may(order: Order, known: Known, ground: Ground) -> bool:
    return order.speaker.side is Side.OPS and ground.profile.may_do(order.speaker.role, known.act) in _RIGHTS


def _unknown(verb: str) -> str:
    near = nearest_verb(verb)
    if near:
        return f"There is no /{verb}, and nothing was done. Did you mean /{near}?"
    return f"There is no /{verb}, and nothing was done. There are {_listed(tuple(VERBS))}."


def _whose(known: Known, ground: Ground) -> str:
    """Who may give such a command: people of OPS by the profile's table."""
    people = [one.address for one in ground.ops.people if ground.profile.may_do(one.role, known.act) in _RIGHTS]
    return f"that is for {', '.join(people)}" if people else "nobody of OPS may"


def _possible(case: Case, order: Order, ground: Ground) -> str:
    """What the same person can do with the case in its state; for nobody of OPS nothing is named."""
    states = (name for name, known in VERBS.items() if case.state in known.states and _may(order, known, ground))
    names = tuple(name for name in states if _makes_sense(name, case, order, ground))
    return f" What is possible now: {_listed(names)}." if names else ""


def _makes_sense(name: str, case: Case, order: Order, ground: Ground) -> bool:
    """Whether what such a command is about is there: a date that waits for a word, a hold, a start that is near."""
    match name:
        case "approve":
            return case.state in PENDING or case.moving_to is not None
        case "resume":
            return case.hold is not None
        case "hold":
            return case.hold is None
        case "start":
            return case.hold is None and starts_too_early(case, ground, order.now) is None
        case _:
            return True


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"/{name}" for name in names)
