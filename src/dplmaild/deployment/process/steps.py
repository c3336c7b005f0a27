"""Which other deployment is the other step of the same block (LEAD-1): from the same message, or from the record."""

from collections.abc import Iterable
from dataclasses import replace

from dplmaild.deployment.case import AGREED, RUNNING, Case
from dplmaild.deployment.profile import What
from dplmaild.deployment.rules import Agreed, Asked, Ground, asked_of, effective, window_of
from dplmaild.deployment.rules.block import full_notice
from dplmaild.deployment.rules.effective import in_block, syn_type
from dplmaild.deployment.rules.pre import same_release
from dplmaild.deployment.terms import Deployment, Environment, Window

SYN, STEP, LAST = "syn", "step", "last"


def agreed_of(cases: Iterable[Case]) -> tuple[Agreed, ...]:
    """What of these cases is agreed or running, as far as another step may be judged against it."""
    firm = (case for case in cases if case.state in AGREED | RUNNING)
    return tuple(Agreed(case.reference, case.deployment, case.slot) for case in firm if case.slot is not None)


def with_steps(asked: Asked, ground: Ground, beside: tuple[Deployment, ...] = ()) -> Asked:
    """LEAD-1: PRD judged against its UAT, UAT against a PRD that is agreed already, SYN against its UAT.

    `beside` are the other deployments of the same message: of them only PRD's UAT counts, for the rule is PRD's.
    """
    match place_of(asked.deployment, ground):
        case "syn":
            return replace(asked, uat=_uat_beside(beside, ground) or _uat_after(asked, ground))
        case "step":
            return replace(asked, prd=_prd_after(asked, ground))
        case "last":
            return replace(asked, uat=_uat_beside(beside, ground) or _uat_on_record(asked, ground))
        case _:
            return asked


def may_be_step(deployment: Deployment, ground: Ground) -> bool:
    """Whether a deployment can turn out to be a step of a block: the record of the others is looked at only then."""
    block = ground.profile.block
    settled = effective(deployment, ground.customer, ground.profile).type
    return block is not None and (not block.scope.types or settled in (*block.scope.types, syn_type(ground.profile)))


def place_of(deployment: Deployment, ground: Ground) -> str | None:
    """Whether a deployment is the `syn`, the `step` or the `last` of a block, or None."""
    what = effective(deployment, ground.customer, ground.profile)
    known = What(what.type, what.product, what.treated_as, ground.customer.sla, deployment)
    return in_block(known, ground.customer, ground.profile)


def _uat_beside(beside: tuple[Deployment, ...], ground: Ground) -> Window | None:
    steps = (window_of(d, ground.customer, ground.profile) for d in beside if place_of(d, ground) == STEP)
    return next((step for step in steps if step is not None), None)


def _uat_on_record(asked: Asked, ground: Ground) -> Window | None:
    """The last agreed UAT before the wanted PRD, else the first after it; not one that another PRD has followed."""
    known, prds = _others(asked, ground, STEP), _others(asked, ground, LAST)
    taken = {_last_before(prd, known) for prd in prds}
    free = tuple(uat for uat in known if uat not in taken)
    before = _last_before(asked.window, free) if asked.window else None
    return before or next(iter(free), None)


def prd_without_step(
    reference: str, step: Deployment, was: Window, now: Window | None, ground: Ground
) -> Agreed | None:
    """The agreed PRD whose only UAT was this one, which is not where it was any more: at `now`, or nowhere."""
    if place_of(step, ground) != STEP:
        return None
    others = [
        each for each in ground.agreed if each.reference != reference and _same_block(step, each.deployment, ground)
    ]
    uats = [each.slot for each in others if place_of(each.deployment, ground) == STEP] + ([now] if now else [])
    prds = sorted(
        (each for each in others if place_of(each.deployment, ground) == LAST and each.slot.start >= was.start),
        key=lambda each: each.slot.start,
    )
    first = next(iter(prds), None)
    if first is None or _step_done(first.deployment, ground) or any(u.start <= first.slot.start for u in uats):
        return None
    return first


def syn_without_step(step: Deployment, was: Window, now: Window | None, ground: Ground) -> Agreed | None:
    """The agreed SYN that was to begin this UAT and does not any more: it is at `now`, or nowhere.

    A UAT that moves and leaves enough days keeps its SYN.
    """
    if place_of(step, ground) != STEP:
        return None
    syns = [
        each
        for each in ground.agreed
        if each.slot.start <= was.start
        and place_of(each.deployment, ground) == SYN
        and _same_block(step, each.deployment, ground)
    ]
    last = max(syns, key=lambda each: each.slot.start, default=None)
    if last is None:
        return None
    asked = asked_of(last.deployment, ground, last.slot.start, last.slot.start)
    known = replace(asked, window=last.slot, reference=last.reference, uat=now)
    return None if now is not None and full_notice(known, ground).kept is not False else last


def _prd_after(asked: Asked, ground: Ground) -> Window | None:
    """The first agreed PRD on or after the wanted UAT day whose own UAT is neither done nor agreed."""
    if asked.window is None:
        return None
    day, uats = ground.calendar.day_of(asked.window.start), _others(asked, ground, STEP)
    prds = _others(asked, ground, LAST)
    open_ = (prd for prd in prds if _last_before(prd, uats) is None)
    return next((prd for prd in open_ if ground.calendar.day_of(prd.start) >= day), None)


def _uat_after(asked: Asked, ground: Ground) -> Window | None:
    """The first agreed UAT on or after the wanted day of a SYN."""
    if asked.window is None:
        return None
    day = ground.calendar.day_of(asked.window.start)
    return next((uat for uat in _others(asked, ground, STEP) if ground.calendar.day_of(uat.start) >= day), None)


def _others(asked: Asked, ground: Ground, place: str) -> tuple[Window, ...]:
    """The agreed slots of the same product at one place of the block, earliest first."""
    fitting = (
        each
        for each in ground.agreed
        if each.reference != asked.reference
        and place_of(each.deployment, ground) == place
        and _same_block(asked.deployment, each.deployment, ground)
        and not (place == LAST and _step_done(each.deployment, ground))
    )
    return tuple(sorted((each.slot for each in fitting), key=lambda slot: slot.start))


def _same_block(one: Deployment, other: Deployment, ground: Ground) -> bool:
    """Whether two deployments can be steps of one block: one product, and not two releases."""
    products = {effective(d, ground.customer, ground.profile).product for d in (one, other)}
    mine, theirs = one.target_version, other.target_version
    return len(products) == 1 and (mine is None or theirs is None or same_release(mine, theirs))


def _step_done(prd: Deployment, ground: Ground) -> bool:
    """Whether our record shows the UAT step of this PRD as done."""
    block, target = ground.profile.block, prd.target_version
    if block is None or target is None:
        return False
    product = effective(prd, ground.customer, ground.profile).product
    step = Environment(block.step)
    return any((d.environment, d.product) == (step, product) and same_release(d.version, target) for d in ground.done)


def _last_before(window: Window, known: tuple[Window, ...]) -> Window | None:
    return next((uat for uat in reversed(known) if uat.start <= window.start), None)
