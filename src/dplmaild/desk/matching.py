"""Which case each deployment of a message is about: a running one, one that has ended and is asked for again, a new."""

from collections.abc import Callable
from dataclasses import replace

from dplmaild.deployment.case import AGREED, PENDING, Case, held_by
from dplmaild.deployment.process import Decision, Heard, again, decide, new_case
from dplmaild.deployment.process.steps import agreed_of
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Intent, Kind
from dplmaild.deployment.terms import Deployment, MomentStatus

_OPEN = AGREED | PENDING
Reference = Callable[[], str]


def decide_each(
    heard: Heard, thread: Case | None, cases: tuple[Case, ...], ground: Ground, reference: Reference
) -> tuple[Decision, ...]:
    """One decision per deployment, each on the schedule that the ones before it left.

    `thread` is the case of the message's thread or reference, `cases` are the customer's open ones.
    """
    decisions: list[Decision] = []
    for number, deployment in enumerate(heard.meaning.deployments or (None,)):
        said = heard.about(number)
        used = {d.case.reference for d in decisions if d.case}
        free = tuple(case for case in cases if case.reference not in used)
        mine = thread if thread is not None and thread.reference not in used else None
        case = _case_of(said, deployment, mine, free, alone=len(heard.meaning.deployments) < 2)
        ground = _with_held(ground, decisions[-1].case) if decisions else ground
        decisions.append(decide(_ready(case, said, deployment, ground, reference), said, deployment, ground))
    return tuple(decisions)


def match(cases: tuple[Case, ...], heard: Heard, deployment: Deployment) -> Case | None:
    """The one open case that instructions in a new thread can only mean, or None (domain.md section 6)."""
    if not heard.meaning.instructs:
        return None
    fitting = [c for c in cases if c.state in _OPEN and _fits(c, deployment)]
    return fitting[0] if len(fitting) == 1 else None


def _case_of(
    heard: Heard, deployment: Deployment | None, thread: Case | None, cases: tuple[Case, ...], *, alone: bool
) -> Case | None:
    """The case a deployment belongs to; None for a new one."""
    if thread is not None and (_is_meant(thread, heard, deployment) if alone else _same_thing(thread, deployment)):
        return thread
    return match(cases, heard, deployment) if deployment is not None else None


def _is_meant(thread: Case, heard: Heard, deployment: Deployment | None) -> bool:
    """A message in a thread is about its case, unless it plainly asks for something else."""
    opens = heard.meaning.kind is Kind.SCHEDULE_REQUEST and heard.meaning.requests
    return not opens or (not thread.has_ended and _same_thing(thread, deployment))


def _ready(
    case: Case | None, heard: Heard, deployment: Deployment | None, ground: Ground, reference: Reference
) -> Case:
    if case is None:
        return new_case(heard, deployment or Deployment(), ground, reference())
    return again(case, heard, ground, reference()) if _asks_again(case, heard, deployment) else case


def _asks_again(case: Case, heard: Heard, deployment: Deployment | None) -> bool:
    """Whether a reply to what has ended names a date, or one of the slots its last letter named."""
    if not case.has_ended:
        return False
    choice = heard.meaning.choice
    picks = choice is not None and (choice.when is not None or bool(choice.number and case.offers))
    names = deployment is not None and deployment.when is not None
    return (heard.meaning.intent is Intent.ACCEPT_SLOT and picks) or (
        heard.meaning.intent is Intent.RESCHEDULE and names
    )


def _with_held(ground: Ground, case: Case | None) -> Ground:
    """The record with what was just decided: it counts for the next deployment of the same mail (SCHED-7, LEAD-1)."""
    if case is None:
        return ground
    others = tuple(step for step in ground.agreed if step.reference != case.reference)
    schedule = ground.schedule.holding(case.reference, held_by(case))
    return replace(ground, schedule=schedule, agreed=(*others, *agreed_of((case,))))


def _fits(case: Case, deployment: Deployment) -> bool:
    """Nothing that the instructions say contradicts the case."""
    when = deployment.when
    if not _same_thing(case, deployment):
        return False
    if when is None or when.status is not MomentStatus.EXACT or case.slot is None:
        return True
    return when.utc == case.slot.start


def _same_thing(case: Case, deployment: Deployment | None) -> bool:
    """Whether product, environment and type are the same, as far as both say them."""
    if deployment is None:
        return True
    known = case.deployment
    pairs = (
        (known.product, deployment.product),
        (known.environment, deployment.environment),
        (known.type, deployment.type),
    )
    return all(a is None or b is None or a == b for a, b in pairs)
