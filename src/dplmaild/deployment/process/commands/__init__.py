"""What OPS can do, as one table: by mail, ticket, command line or board it is the same call (domain.md section 7)."""

from collections.abc import Mapping
from dataclasses import replace

from dplmaild.deployment.case import Case
from dplmaild.deployment.process.block import with_prd_told
from dplmaild.deployment.process.commands.deciding import approve, decline, hold, override, propose, resume
from dplmaild.deployment.process.commands.order import Carried, Order, Verb, no
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
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act, May
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import Side

__all__ = ["VERBS", "Carried", "Order", "carry_out", "together"]

_RIGHTS = frozenset({May.YES, May.CONFIRM_BY})


def carry_out(case: Case, order: Order, ground: Ground) -> Carried:
    """Do what one command line says, or refuse it with a sentence that says what is possible now (STATE-1)."""
    known = VERBS.get(order.command.verb)
    if known is None:
        return no(case, f"no command /{order.command.verb}; there are /{', /'.join(VERBS)}")
    act, verb = known
    ground = ground.under(case.deployment)
    if order.speaker.side is not Side.OPS or ground.profile.may_do(order.speaker.role, act) not in _RIGHTS:
        return no(case, f"{order.speaker.address} may not /{order.command.verb}")
    carried = verb(case, order, ground)
    if not carried.done:
        return carried
    owed = with_prd_told(case, carried.case, carried.owed, ground)
    return replace(carried, owed=owed, timers=timers_of(carried.case, ground))


VERBS: Mapping[str, tuple[Act, Verb]] = {
    "approve": (Act.DECIDE, approve),
    "propose": (Act.DECIDE, propose),
    "decline": (Act.DECIDE, decline),
    "hold": (Act.DECIDE, hold),
    "resume": (Act.DECIDE, resume),
    "override": (Act.DECIDE, override),
    "confirm": (Act.REPORT, confirm_by),
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
