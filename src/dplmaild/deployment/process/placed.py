"""A deployment asked for at a slot of ours, and the step of a block that is asked for in the thread of its PRD."""

from dataclasses import replace
from datetime import datetime

from dplmaild.deployment.case import AGREED, Case
from dplmaild.deployment.process.decision import Heard
from dplmaild.deployment.process.steps import LAST, place_of, with_steps
from dplmaild.deployment.rules import Ground, asked_of
from dplmaild.deployment.said import Kind
from dplmaild.deployment.schedule import uat_step
from dplmaild.deployment.terms import Deployment, Window, WrittenMoment
from dplmaild.deployment.terms import MomentStatus as Status


def at_slot(deployment: Deployment, slot: Window, ground: Ground) -> Deployment:
    """The same deployment, asked for at an offered slot."""
    local = slot.start.astimezone(ground.calendar.zone)
    moment = WrittenMoment(
        text=f"{local:%Y-%m-%d %H:%M}",
        status=Status.EXACT,
        local=local.replace(tzinfo=None),
        zone=ground.profile.zone,
        utc=slot.start,
        day=local.date(),
    )
    return replace(deployment, when=moment)


def step_asked_for(prd: Case, said: Deployment | None, ground: Ground, now: datetime) -> Deployment | None:
    """UAT asked for in the thread of its agreed PRD (SCHED-9, INST-8): the same release, at the hour that is named.

    Without one at the proposed step's. None where the message asks for no such step, or none is left to propose.
    """
    block = ground.profile.block
    if said is None or said.environment is None or block is None or said.environment.name != block.step:
        return None
    if prd.state not in AGREED or place_of(prd.deployment, ground) != LAST:
        return None
    known = prd.deployment
    same = Deployment(
        product=known.product,
        type=known.type,
        special_activities=known.special_activities,
        target_version=known.target_version,
    ).merged(said)
    if same.when is not None:
        return same
    asked = with_steps(
        replace(asked_of(known, ground, prd.arrived or now, now), window=prd.slot, reference=prd.reference), ground
    )
    proposed = uat_step(asked, ground) if asked.uat is None else None
    return at_slot(same, proposed, ground) if proposed else None


def as_request(heard: Heard) -> Heard:
    """The same message, heard as a request of its own."""
    asking = replace(heard.meaning, kind=Kind.SCHEDULE_REQUEST, intent=None, choice=None, requests=True)
    return replace(heard, meaning=asking)
