"""One message, command or timer and one case in; a new case and what is owed out. Pure."""

from dataclasses import replace

from dplmaild.deployment.case import AGREED, PENDING, Case
from dplmaild.deployment.process.commands import VERBS, Carried, Order, carry_out
from dplmaild.deployment.process.decision import Decision, Heard, Verdict, strictest
from dplmaild.deployment.process.due import fall_due
from dplmaild.deployment.process.instructions import after_the_end, instruct
from dplmaild.deployment.process.judging import Judgement
from dplmaild.deployment.process.replies import refuse, reply, reschedule
from dplmaild.deployment.process.request import new_case, request
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Intent
from dplmaild.deployment.terms import Deployment, State

__all__ = [
    "VERBS", "Carried", "Decision", "Heard", "Judgement", "Order", "Verdict", "carry_out", "decide", "fall_due",
    "new_case", "strictest",
]  # fmt: skip


def decide(case: Case, heard: Heard, deployment: Deployment | None, ground: Ground) -> Decision:
    """What one message does to one case. `deployment` is what the message says of it, None when it names no field.

    The case is a fresh one (`new_case`), or the running one that the message belongs to.
    """
    heard_of = case.heard(heard.message_id)
    if heard.meaning.intent not in {None, Intent.CORRECTION, Intent.RESCHEDULE}:
        return reply(heard_of, heard, ground)
    if deployment is None:
        return refuse(heard_of, heard, ground)
    if heard.meaning.intent is Intent.RESCHEDULE and deployment.when is not None and case.state not in PENDING:
        return reschedule(heard_of, heard, deployment.when, ground)
    return _with_fields(heard_of, heard, deployment, ground)


def _with_fields(case: Case, heard: Heard, deployment: Deployment, ground: Ground) -> Decision:
    """A message that names fields: for a request in the making, an agreed deployment, or one that has ended."""
    if case.state in PENDING:
        merged = replace(case, deployment=case.deployment.merged(deployment))
        return request(merged, heard, ground, before=case.deployment)
    if case.state in AGREED:
        return instruct(case, heard, deployment, ground)
    if case.state is State.CANCELLED and heard.meaning.instructs:
        return after_the_end(case, heard, ground)
    return refuse(case, heard, ground)
