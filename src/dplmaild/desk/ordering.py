"""An OPS command from the command line or the board: the same call as by mail (domain.md section 7)."""

from datetime import datetime

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import CommandResult
from dplmaild.deployment.process import Carried, Decision, Order, Verdict, carry_out
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.rules import Ground
from dplmaild.desk.commanding import line_of
from dplmaild.desk.consider import Desk
from dplmaild.desk.recording import Books, Cause
from dplmaild.desk.view import RecordView
from dplmaild.ports import DplmaildError
from dplmaild.store.cases import Cases


class UnknownCaseError(DplmaildError):
    """There is no deployment with this reference."""


def tried(cases: Cases, desk: Desk, reference: str, order: Order) -> tuple[Case, Ground, Carried]:
    """What a command would do, with nothing written down; raises UnknownCaseError."""
    case = cases.load(reference)
    if case is None:
        raise UnknownCaseError(f"there is no deployment {reference}")
    customer = desk.settings.directory.customer(case.customer)
    ground = desk.grounds.of(customer, (case.deployment,), RecordView(cases), order.now)
    return case, ground, carry_out(case, order, ground)


def carried_out(books: Books, desk: Desk, reference: str, order: Order) -> CommandResult:
    """Carry a command out, or refuse it; either stands in the history. Raises UnknownCaseError."""
    case, ground, carried = tried(books.cases, desk, reference, order)
    line, now = line_of(order.command), order.now
    why = f"{line}: {carried.answer}"
    decision = Decision(Verdict.RECORD, why, carried.case, carried.owed, timers_of(carried.case, ground))
    books.enter(decision, case, _cause(reference, line, order, now), now)
    return carried.told(line)


def _cause(reference: str, line: str, order: Order, now: datetime) -> Cause:
    return Cause(order.speaker.address, f"command {line}", f"{reference}/{line}/{now.isoformat()}", human=True)
