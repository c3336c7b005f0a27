"""Which letter goes to whom about a case, with the facts it may say (SEE-13)."""

from dataclasses import replace
from typing import Any

from dplmaild.deployment.case import Case, Offer
from dplmaild.deployment.covered import MOST_COVERED, numbers_of
from dplmaild.deployment.deadlines import deadline_cancels, is_binding
from dplmaild.deployment.owed import (
    Alarm,
    CalendarEntry,
    CoveredComment,
    Facts,
    Letter,
    LetterKind,
    LogRow,
    Owed,
    TicketComment,
    Trigger,
)
from dplmaild.deployment.process.decision import Heard
from dplmaild.deployment.recipients import MOST_RECIPIENTS
from dplmaild.deployment.rules import Ground, effective
from dplmaild.deployment.terms import Deployment, State

OPS_LANGUAGE = "en"
# The notices of the day (RUN): a comment on every ticket covered as well.
NOTICES = frozenset({
    LetterKind.STARTED, LetterKind.POSTPONED, LetterKind.DELAYED, LetterKind.ISSUE, LetterKind.UPDATE,
    LetterKind.COMPLETED, LetterKind.SUCCEEDED, LetterKind.ROLLING_BACK, LetterKind.ROLLED_BACK, LetterKind.FAILED,
    LetterKind.ABORTED,
})  # fmt: skip


def facts_of(case: Case, ground: Ground, **more: Any) -> Facts:
    """What every letter about a case may say; `more` are further fields of Facts."""
    customer, profile = ground.customer, ground.profile
    what = effective(case.deployment, customer, profile)
    shown = replace(case.deployment, type=what.type, environment=what.environment, product=what.product)
    policy = profile.policy(what.type)
    since = case.reckoned_at or case.confirmed_at
    cancels = bool(case.deadline and since and deadline_cancels(case.deadline, since, profile))
    rules = profile.instructions
    hurry = bool(case.deadline and since and rules and not is_binding(case.deadline, since, rules))
    facts = Facts(
        reference=case.reference,
        customer=customer.name,
        state=case.state,
        deployment=shown,
        requested_type=what.requested_type.value if what.corrected and what.requested_type else None,
        slot=case.slot,
        ops_zone=profile.zone,
        zone=customer.zone,
        downtime=bool(policy and policy.downtime),
        arrived=case.arrived,
        deadline=case.deadline if case.hold is None else None,  # INST-4: it stands still
        portal=customer.report.portal,
        phone=customer.report.phone,
        tests_until=case.tests_until,
        cancels=cancels,
        at_once=hurry,
    )
    return replace(facts, **more)


def with_offers(facts: Facts, offers: tuple[Offer, ...]) -> Facts:
    """With all slots of an offer, and until when each is held (SCHED-8).

    Those that have lapsed stay in their places: a number means the same slot in every letter.
    """
    return replace(
        facts,
        slots=tuple(offer.slot for offer in offers),
        slots_until=max((offer.until for offer in offers if offer.held), default=None),
        slot_ends=tuple(offer.until for offer in offers),
    )


def letter(kind: LetterKind, case: Case, to: tuple[str, ...], facts: Facts, trigger: Trigger, **more: Any) -> Letter:
    """A letter in the case's own thread and language."""
    more["cc"] = tuple(a for a in more.get("cc", ()) if a not in to)[: MOST_RECIPIENTS - len(to)]
    return Letter(
        kind=kind,
        to=to,
        language=case.language,
        title=case.subject,
        facts=facts,
        trigger=trigger,
        in_reply_to=case.thread[-1] if case.thread else None,
        references=case.thread,
        sequence=case.sequence,
        **more,
    )


def told(case: Case, ground: Ground, said: Letter) -> tuple[Owed, ...]:
    """One letter, its comment where a ticket stands for the conversation, and a notice's on the tickets covered."""
    own = _told(case, ground, said)
    return (*own, *_on_covered(case, ground, said, own)) if said.kind in NOTICES else own


def _told(case: Case, ground: Ground, said: Letter) -> tuple[Letter | TicketComment, ...]:
    """Never two mails to one reader (MSG-9)."""
    if case.ticket is None:
        return (said,) if said.to else ()
    if not ground.customer.zammad_sends:
        return (*((said,) if said.to else ()), TicketComment(case.ticket, said))
    others = tuple(a for a in said.to if a != case.requested_by)
    reached = len(others) < len(said.to)
    comment = TicketComment(case.ticket, replace(said, to=(case.requested_by,), cc=()), as_mail=reached)
    rest = replace(said, to=others) if others else replace(said, to=said.cc, cc=())
    return (comment, rest) if rest.to else (comment,)


def _on_covered(
    case: Case, ground: Ground, said: Letter, own: tuple[Letter | TicketComment, ...]
) -> tuple[CoveredComment | Alarm, ...]:
    """RUN-6; those that are too many are named to OPS as the deployment starts."""
    numbers, sends = covered_by(case, ground), ground.customer.zammad_sends
    mails = [what if isinstance(what, Letter) else what.letter for what in own if _is_mailed(what)]
    reached = tuple(dict.fromkeys(address for mail in mails for address in (*mail.to, *mail.cc)))
    words = replace(said, to=(), cc=())
    comments = tuple(
        CoveredComment(number, case.customer, words, as_mail=sends, reached=reached)
        for number in numbers[:MOST_COVERED]
    )
    left = numbers[MOST_COVERED:]
    if not left or said.kind is not LetterKind.STARTED:
        return comments
    text = f"{len(numbers)} tickets are covered; notices are written on {MOST_COVERED} of them, not on"
    return (*comments, alarm(case, ground, f"{text} {', '.join(left)} (RUN-6)"))


def _is_mailed(what: Letter | TicketComment) -> bool:
    return isinstance(what, Letter) or what.as_mail


def covered_by(case: Case, ground: Ground) -> tuple[str, ...]:
    """The numbers of the tickets covered; none where the desk has no ticket system."""
    return () if ground.ticket_hook is None else numbers_of(case.deployment.tickets, ground.ticket_hook)


def alarm(case: Case, ground: Ground, text: str, kind: LetterKind = LetterKind.ALARM, **more: Any) -> Alarm:
    """OPS has to look."""
    facts = facts_of(case, ground, text=text, **more)
    ops = ground.ops.address
    said = letter(kind, replace(case, language=OPS_LANGUAGE), (ops,), facts, Trigger.TIMER)
    return Alarm(replace(said, in_reply_to=None, references=()))


def entry(case: Case, ground: Ground, *, tentative: bool = False, cancelled: bool = False) -> tuple[CalendarEntry, ...]:
    """The calendar entry of the case's slot, when it has one."""
    if case.slot is None:
        return ()
    facts = facts_of(case, ground)
    return (CalendarEntry(case.reference, case.sequence, tentative, cancelled, case.slot, facts, case.mailing_list),)


def row(case: Case) -> LogRow:
    """The row of the customer's deployment log."""
    return LogRow(case.reference, case.customer)


def stray_letter(kind: LetterKind, heard: Heard, ground: Ground, deployment: Deployment, **more: Any) -> Letter:
    """A letter about something that becomes no case: who performs it, or that it needs no procedure."""
    customer, profile = ground.customer, ground.profile
    what = effective(deployment, customer, profile)
    shown = replace(deployment, type=what.type, environment=what.environment, product=what.product)
    facts = Facts(
        customer=customer.name,
        deployment=shown,
        ops_zone=profile.zone,
        zone=customer.zone,
        arrived=heard.arrived,
        portal=customer.report.portal,
        phone=customer.report.phone,
    )
    return Letter(
        kind=kind,
        to=(heard.speaker.address,),
        language=customer.language or heard.meaning.language,
        title=heard.subject,
        facts=replace(facts, **more),
        trigger=Trigger.MAIL,
        in_reply_to=heard.message_id,
        references=(*heard.references, *((heard.message_id,) if heard.message_id else ())),
    )


def downtime_of(case: Case, ground: Ground) -> bool:
    """TYPE-4: whether the shop stands still meanwhile."""
    policy = ground.profile.policy(effective(case.deployment, ground.customer, ground.profile).type)
    return bool(policy and policy.downtime)


def agreed(state: State) -> bool:
    """Whether a slot in this state is on the deployment log."""
    return state not in {State.REQUESTED, State.INCOMPLETE, State.PROPOSED, State.AWAITING_APPROVAL, State.EXPIRED}
