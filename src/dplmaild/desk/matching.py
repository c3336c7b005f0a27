"""Which case each deployment of a message is about: a running one, one that has ended and is asked for again, a new."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dplmaild.deployment.case import AGREED, PENDING, RUNNING, Case, held_by
from dplmaild.deployment.process import Decision, Heard, again, decide, new_case
from dplmaild.deployment.process.placed import as_request, step_asked_for
from dplmaild.deployment.process.rights import may, right_of
from dplmaild.deployment.process.steps import agreed_of
from dplmaild.deployment.process.which import ask_which, known_already, older_request, same_request, same_thing
from dplmaild.deployment.profile import Act, May
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Intent, Kind
from dplmaild.deployment.terms import Deployment

_OPEN = AGREED | PENDING
Reference = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Unclear:
    """More than one case fits, or the one of the thread has ended while another one goes on."""

    cases: tuple[Case, ...]


def decide_each(
    heard: Heard, thread: Case | None, cases: tuple[Case, ...], ground: Ground, reference: Reference
) -> tuple[Decision, ...]:
    """One decision per deployment, each on the schedule that the ones before it left.

    `thread` is the case of the message's thread or reference, `cases` are the customer's open ones.
    """
    decisions: list[Decision] = []
    for number, named in enumerate(heard.meaning.deployments or (None,)):
        said, deployment = heard.about(number), named
        used = {d.case.reference for d in decisions if d.case}
        free = tuple(case for case in cases if case.reference not in used)
        mine = thread if thread is not None and thread.reference not in used else None
        ground = _with_held(ground, decisions[-1].case) if decisions else ground
        step = _step(mine, said, deployment, ground)
        if step is not None:
            said, deployment, mine = as_request(said), step, None
        meant = _case_of(said, deployment, mine, free, alone=len(heard.meaning.deployments) < 2)
        decisions.append(
            ask_which(said, meant.cases, ground, part=number)
            if isinstance(meant, Unclear)
            else _decided(meant, said, deployment, free, ground, reference)
        )
    return tuple(decisions)


def _decided(
    meant: Case | None,
    heard: Heard,
    deployment: Deployment | None,
    cases: tuple[Case, ...],
    ground: Ground,
    reference: Reference,
) -> Decision:
    if meant is None and deployment is not None and heard.meaning.requests:
        known = _on_record(heard, deployment, cases, ground, reference)
        if known is not None:
            return known
    return decide(_ready(meant, heard, deployment, ground, reference), heard, deployment, ground)


def _on_record(
    heard: Heard, deployment: Deployment, cases: tuple[Case, ...], ground: Ground, reference: Reference
) -> Decision | None:
    """A request that is on record already, or is older than one that is; None: it is a request like any other."""
    if right_of(heard, ground, Act.REQUEST) is May.NO:
        return None
    going = tuple(case for case in cases if case.state in _OPEN | RUNNING and not case.drafted)
    same = next((case for case in going if same_request(case, deployment, ground)), None)
    if same is not None:
        return known_already(same.heard(heard.message_id), heard, ground)
    drafted = next((case for case in cases if case.drafted and same_request(case, deployment, ground)), None)
    if drafted is not None and may(heard, ground, Act.REQUEST):  # the request that was asked for by way of adopting it
        mine = replace(drafted, drafted=False, requested_by=heard.speaker.address)
        return decide(mine, heard, deployment, ground)
    newer = tuple(
        case
        for case in going
        if case.last_word is not None
        and heard.said_at < case.last_word
        and same_thing(case.deployment, deployment, ground)
    )
    return older_request(new_case(heard, deployment, ground, reference()), heard, newer, ground) if newer else None


def decide_named(
    heard: Heard, case: Case, part: int | None, cases: tuple[Case, ...], ground: Ground, reference: Reference
) -> tuple[Decision, ...]:
    """What a message, or one part of it, does to the deployment that its sender has named since."""
    if part is None or part >= len(heard.meaning.deployments):
        return decide_each(heard, case, cases, ground, reference)
    said, deployment = heard.about(part), heard.meaning.deployments[part]
    return (decide(_ready(case, said, deployment, ground, reference), said, deployment, ground),)


def match(cases: tuple[Case, ...], heard: Heard, deployment: Deployment) -> Case | Unclear | None:
    """The one open case that instructions in a new thread can only mean, or None (domain.md section 6).

    Of several that fit, the one whose release was named before; else it is not for us to guess.
    """
    if not heard.meaning.instructs:
        return None
    about = [case for case in cases if case.state in _OPEN and _same_thing(case, deployment)]
    fitting = [case for case in about if _fits(case, deployment)]
    named = [case for case in fitting if _names_release(case, deployment)]
    found = fitting if len(fitting) == 1 else named if len(named) == 1 else fitting
    if len(found) == 1 or heard.meaning.requests:
        return found[0] if len(found) == 1 else None
    agreed = [case for case in about if case.state in AGREED]
    if not found and len(agreed) == 1:
        return agreed[0]  # what contradicts it is asked back there
    return Unclear(tuple(found or agreed)) if found or agreed else None


def _case_of(
    heard: Heard, deployment: Deployment | None, thread: Case | None, cases: tuple[Case, ...], *, alone: bool
) -> Case | Unclear | None:
    """The case a deployment belongs to; None for a new one."""
    meant = thread is not None and (_is_meant(thread, heard, deployment) if alone else _same_thing(thread, deployment))
    if thread is not None and meant and thread.has_ended and heard.meaning.instructs and deployment is not None:
        others = tuple(case for case in cases if case.state in AGREED and _fits(case, deployment))
        return Unclear(others) if others else thread
    if meant:
        return thread
    return match(cases, heard, deployment) if deployment is not None else None


def _step(thread: Case | None, heard: Heard, deployment: Deployment | None, ground: Ground) -> Deployment | None:
    """UAT in the thread of its PRD, where a date is named for it or the one that was proposed is taken."""
    takes = heard.meaning.intent is Intent.ACCEPT_SLOT and heard.meaning.choice is None
    dated = heard.meaning.intent is Intent.CORRECTION and deployment is not None and deployment.when is not None
    if thread is None or not (takes or dated) or heard.meaning.instructs:
        return None
    return step_asked_for(thread, deployment, ground, heard.now)


def _is_meant(thread: Case, heard: Heard, deployment: Deployment | None) -> bool:
    """A message in a thread is about its case, unless it plainly asks for something else."""
    opens = heard.meaning.kind is Kind.SCHEDULE_REQUEST and heard.meaning.requests
    if deployment is not None and deployment.when is not None and heard.meaning.intent is Intent.CORRECTION:
        opens = opens or not _same_product(thread, deployment)
    return not opens or (not thread.has_ended and _same_thing(thread, deployment))


def _ready(
    case: Case | None, heard: Heard, deployment: Deployment | None, ground: Ground, reference: Reference
) -> Case:
    if case is None:
        return new_case(heard, deployment or Deployment(), ground, reference())
    return again(case, heard, ground, reference()) if _asks_again(case, heard, deployment) else case


def _asks_again(case: Case, heard: Heard, deployment: Deployment | None) -> bool:
    """Whether a reply to what has ended names a date to come, or one of the slots its last letter named."""
    if not case.has_ended:
        return False
    choice = heard.meaning.choice
    picks = choice is not None and (choice.when is not None or bool(choice.number and case.offers))
    when = deployment.when if deployment is not None else None
    names = when is not None and (when.utc is None or when.utc > heard.arrived)
    asks = heard.meaning.intent is Intent.RESCHEDULE or (
        heard.meaning.intent is Intent.CORRECTION and not heard.meaning.instructs
    )
    return (heard.meaning.intent is Intent.ACCEPT_SLOT and picks) or (asks and names)


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
    if when is None or case.slot is None:
        return True
    return when.utc == case.slot.start if when.utc else when.day in {None, case.slot.start.date()}


def _names_release(case: Case, deployment: Deployment) -> bool:
    known = case.deployment
    when = deployment.when
    dated = when is not None and (when.utc is not None or when.day is not None) and case.slot is not None
    return dated or (known.target_version is not None and known.target_version == deployment.target_version)


def _same_product(case: Case, deployment: Deployment) -> bool:
    known = case.deployment.product
    return known is None or deployment.product is None or known == deployment.product


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
