"""One message, command or timer and one case in; a new case and what is owed out. Pure."""

from dataclasses import replace

from dplmaild.deployment.case import AGREED, PENDING, Case
from dplmaild.deployment.process.commands import VERBS, Carried, Order, carry_out
from dplmaild.deployment.process.decision import Decision, Heard, Verdict, strictest
from dplmaild.deployment.process.due import fall_due
from dplmaild.deployment.process.instructions import instruct
from dplmaild.deployment.process.judging import Judgement
from dplmaild.deployment.process.replies import refuse, reply, reschedule
from dplmaild.deployment.process.request import new_case, request
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Intent
from dplmaild.deployment.terms import Deployment

__all__ = [
    "VERBS", "Carried", "Decision", "Heard", "Judgement", "Order", "Verdict", "carry_out", "decide", "fall_due",
    "new_case", "strictest",
]  # fmt: skip


def decide(case: Case, heard: Heard, deployment: Deployment | None, ground: Ground) -> Decision:
    """What one message does to one case. `deployment` is what the message says of it, None when it names no field.

    The case is a fresh one (`new_case`), or the running one that the message belongs to.
    """
    heard_of = case.heard(heard.message_id)
    intent = heard.meaning.intent
    if intent not in {None, Intent.CORRECTION, Intent.RESCHEDULE}:
        return reply(heard_of, heard, ground)
    if deployment is None:
        return refuse(heard_of, heard, ground)
    if intent is Intent.RESCHEDULE and deployment.when is not None and case.state not in PENDING:
        return reschedule(heard_of, heard, deployment.when, ground)
    if case.state in PENDING:
        merged = replace(heard_of, deployment=case.deployment.merged(deployment))
        return request(merged, heard, ground, before=case.deployment)
    if case.state in AGREED:
        return instruct(heard_of, heard, deployment, ground)
    return refuse(heard_of, heard, ground)
