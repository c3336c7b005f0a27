"""A mail that speaks of a conversation nobody can see: `explain` judges it for what it says (SEE-11)."""

from dataclasses import replace

from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.instructions import instruct
from dplmaild.deployment.process.request import new_case, request
from dplmaild.deployment.rules import Ground, Standing, asked_of, standing, window_of
from dplmaild.deployment.said import Kind
from dplmaild.deployment.terms import Deployment, State


def judge_alone(heard: Heard, ground: Ground, reference: str) -> tuple[Decision, ...]:
    """Instructions are taken for those of an agreed deployment; a reply is recorded."""
    if heard.meaning.kind is Kind.REPLY:
        what = heard.meaning.intent.value.replace("_", " ") if heard.meaning.intent else "reply"
        return (Decision(Verdict.RECORD, f"{what}: its deployment is not on record here"),)
    return tuple(_instructions(heard, d, ground, reference) for d in heard.meaning.deployments)


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
    return instruct(agreed, heard, deployment, ground)
