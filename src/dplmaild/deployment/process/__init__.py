"""One message, command or timer and one case in; a new case and what is owed out. Pure."""

from dataclasses import replace

from dplmaild.deployment.case import AGREED, PENDING, RUNNING, Case
from dplmaild.deployment.process.block import with_prd_told
from dplmaild.deployment.process.commands import VERBS, Carried, Order, carry_out, together
from dplmaild.deployment.process.decision import Decision, Heard, Verdict, strictest
from dplmaild.deployment.process.due import fall_due
from dplmaild.deployment.process.instructions import after_the_end, instruct
from dplmaild.deployment.process.judging import Judgement
from dplmaild.deployment.process.overtaken import late_word, remembered
from dplmaild.deployment.process.passing import passed_to_ops, refuse
from dplmaild.deployment.process.replies import reply
from dplmaild.deployment.process.request import again, new_case, request
from dplmaild.deployment.process.rights import may
from dplmaild.deployment.process.sealed import cannot_read
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Intent, Kind
from dplmaild.deployment.terms import Deployment, State

__all__ = [
    "VERBS", "Carried", "Decision", "Heard", "Judgement", "Order", "Verdict", "again", "cannot_read", "carry_out",
    "decide", "fall_due", "new_case", "strictest", "together",
]  # fmt: skip


def decide(case: Case, heard: Heard, deployment: Deployment | None, ground: Ground) -> Decision:
    """What one message does to one case. `deployment` is what the message says of it, None when it names no field.

    The case is a fresh one (`new_case`), or the running one that the message belongs to.
    """
    heard_of = case.heard(heard.message_id)
    ground = ground.under(case.deployment.merged(deployment or Deployment()))
    late = late_word(heard_of, heard, deployment, ground)
    return late or _told(case, remembered(_decided(heard_of, heard, deployment, ground), case, heard), ground)


def _told(was: Case, decision: Decision, ground: Ground) -> Decision:
    if decision.case is None:
        return decision
    return replace(decision, owed=with_prd_told(was, decision.case, decision.owed, ground))


def _decided(heard_of: Case, heard: Heard, deployment: Deployment | None, ground: Ground) -> Decision:
    meaning = heard.meaning
    if meaning.intent not in {None, Intent.CORRECTION}:
        return reply(heard_of, heard, ground, deployment)
    if deployment is None and meaning.kind is Kind.REPLY and meaning.intent is None and not meaning.questions:
        return Decision(Verdict.RECORD, "thanks, nothing to do", heard_of, (), timers_of(heard_of, ground))
    return _with_fields(heard_of, heard, deployment or Deployment(), ground)


def _with_fields(case: Case, heard: Heard, deployment: Deployment, ground: Ground) -> Decision:
    """A message that names fields: for a request in the making, an agreed deployment, or one that has ended."""
    if case.state in _SETTLING and not may(heard, ground, Act.REQUEST):
        return passed_to_ops(case, heard, ground)  # a draft must not undo what was offered to somebody else
    if case.state in PENDING:
        mine = case.drafted and may(heard, ground, Act.REQUEST)  # a draft that is corrected is adopted (MSG-10)
        asker = heard.speaker.address if mine else case.requested_by
        merged = replace(case, deployment=case.deployment.merged(deployment), requested_by=asker)
        return request(merged, heard, ground, before=case.deployment)
    if case.state in AGREED and _changes_date(case, deployment):
        return reply(case, replace(heard, meaning=replace(heard.meaning, intent=Intent.RESCHEDULE)), ground, deployment)
    if case.state in AGREED:
        return instruct(case, heard, deployment, ground)
    return _too_late(case, heard, ground)


def _too_late(case: Case, heard: Heard, ground: Ground) -> Decision:
    """Fields for what runs or has ended."""
    if case.state is State.CANCELLED and heard.meaning.instructs:
        return after_the_end(case, heard, ground)
    if case.state in RUNNING:  # INST-7: what comes now is for OPS to decide
        return passed_to_ops(case, heard, ground, "came while it runs; nothing has changed")
    return refuse(case, heard, ground)


def _changes_date(case: Case, deployment: Deployment) -> bool:
    """Whether an answer to "which date?" names another one than the agreed."""
    when = deployment.when
    return case.changing_date and when is not None and not (case.slot and when.utc == case.slot.start)


_SETTLING = frozenset({State.PROPOSED, State.AWAITING_APPROVAL, State.EXPIRED})
