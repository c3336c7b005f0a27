"""A mail that speaks of a conversation nobody can see: `explain` judges it for what it says (SEE-11)."""

from dataclasses import replace
from datetime import timedelta

from dplmaild.deployment.case import Case
from dplmaild.deployment.deadlines import instruction_deadline
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.instructions import instruct
from dplmaild.deployment.process.request import new_case, request
from dplmaild.deployment.rules import Ground, Standing, asked_of, effective, standing, window_of
from dplmaild.deployment.said import Kind
from dplmaild.deployment.terms import Deployment, State

_LONG_AGO = timedelta(days=30)


def judge_alone(heard: Heard, ground: Ground, reference: str) -> tuple[Decision, ...]:
    """Instructions are taken for those of an agreed deployment; a reply is recorded."""
    if heard.meaning.kind is Kind.REPLY:
        what = heard.meaning.intent.value.replace("_", " ") if heard.meaning.intent else "reply"
        return (Decision(Verdict.RECORD, f"{what}: its deployment is not on record here"),)
    each = enumerate(heard.meaning.deployments)
    return tuple(_instructions(heard.about(n), d, ground.under(d), reference) for n, d in each)


def _instructions(heard: Heard, deployment: Deployment, ground: Ground, reference: str) -> Decision:
    case = new_case(heard, deployment, ground, reference)
    asked = asked_of(deployment, ground, heard.arrived, heard.now)
    if standing(asked, ground) is not Standing.OURS:
        return request(case, heard, ground)
    slot = window_of(deployment, ground.customer, ground.profile)
    settled = Deployment(
        product=deployment.product, environment=deployment.environment, type=deployment.type, when=deployment.when
    )
    agreed = replace(case, state=State.SCHEDULED, slot=slot, arrived=heard.arrived, deployment=settled)
    return instruct(_with_usual_deadline(agreed, ground), heard, deployment, ground)


def _with_usual_deadline(case: Case, ground: Ground) -> Case:
    """INST-3 for a deployment that was confirmed long ago; a hotfix can have been confirmed a moment ago."""
    policy = ground.profile.policy(effective(case.deployment, ground.customer, ground.profile).type)
    if case.slot is None or policy is None or (policy.lead is not None and policy.lead.at_least == 0):
        return case
    long_ago = case.slot.start - _LONG_AGO
    deadline = instruction_deadline(case.slot.start, long_ago, ground.calendar, ground.profile)
    return replace(case, confirmed_at=long_ago, reckoned_at=long_ago, deadline=deadline)
