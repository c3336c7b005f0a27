"""A request, and every answer that makes it whole: confirmed, asked back, other slots, before the manager."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from dplmaild.deployment.case import Case, Offer
from dplmaild.deployment.deadlines import instruction_deadline, offer_expiry
from dplmaild.deployment.owed import Facts, LetterKind, Owed, Trigger
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.judging import Circumstances, Judgement, Upshot, judge_request, still_missing
from dplmaild.deployment.process.letters import alarm, entry, facts_of, letter, row, stray_letter, told
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act, May
from dplmaild.deployment.recipients import everyone, lacking_on, sorted_out
from dplmaild.deployment.rules import Ground, effective, needs_approval
from dplmaild.deployment.terms import Deployment, MomentStatus, Role, State, Window


def new_case(heard: Heard, deployment: Deployment, ground: Ground, reference: str) -> Case:
    """A fresh case, as its first message tells it."""
    named = (*deployment.mailing_list, *heard.meaning.mailing_list, *heard.copied)
    case = Case(
        reference=reference,
        customer=ground.customer.id,
        state=State.REQUESTED,
        deployment=deployment,
        requested_by=heard.speaker.address,
        language=ground.customer.language or heard.meaning.language,
        subject=heard.subject,
        mailing_list=sorted_out(named, ground.customer, ground.ops, heard.own).added,
        ticket=heard.ticket,
    )
    return case.heard(*heard.references, heard.message_id)


def request(case: Case, heard: Heard, ground: Ground, before: Deployment | None = None) -> Decision:
    """Judge a request as it stands now, whether it just came or was completed by an answer (SCHED).

    `before` is what was known before this message, so that another date is told from the same one said again.
    """
    case = replace(case, arrived=_counts_from(case, heard, ground, before or Deployment()))
    around = Circumstances(
        arrived=case.arrived or heard.arrived,
        now=heard.now,
        instructs=heard.meaning.instructs or case.instructed,
        asap=heard.meaning.asap,
        questions=heard.meaning.questions,
        case=case,
    )
    judged = judge_request(case.deployment, ground, around)
    match judged.upshot:
        case Upshot.PARTNER_PERFORMS:
            return _not_scheduled(LetterKind.PARTNER_PERFORMS, case, heard, ground, judged)
        case Upshot.NO_PROCEDURE:
            return _not_scheduled(LetterKind.NO_PROCEDURE, case, heard, ground, judged)
        case Upshot.NOT_OURS:
            return Decision(Verdict.NOT_OURS, "managed by the partner alone (WHO-3)", judgement=judged)
        case Upshot.INCOMPLETE:
            return ask_back(case, heard, ground, judged)
        case Upshot.OTHER_SLOT | Upshot.NEEDS_APPROVAL | Upshot.PASSES:
            return _whole(case, heard, ground, judged)


def _whole(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """Everything needed was said, by somebody who may say it or by a draft that waits to be adopted."""
    if _is_draft(heard, ground):
        return draft(case, heard, ground, judged)
    if judged.upshot is Upshot.OTHER_SLOT:
        return offer(case, heard, ground, judged)
    if judged.upshot is Upshot.NEEDS_APPROVAL and role_of(heard, ground) is not Role.DEPLOYMENT_MANAGER:
        return await_approval(case, heard, ground, judged)
    return confirm(case, heard, ground, judged)


def _is_draft(heard: Heard, ground: Ground) -> bool:
    bare_forward = heard.meaning.forward is not None and not heard.meaning.forward.adopted
    return bare_forward or not _may(heard, ground)


def _may(heard: Heard, ground: Ground) -> bool:
    return ground.profile.may_do(role_of(heard, ground), Act.REQUEST) in {May.YES, May.FOR_CUSTOMER}


def role_of(heard: Heard, ground: Ground) -> Role | None:
    """What the sender is for this customer."""
    contact = ground.customer.contact(heard.speaker.address)
    return contact.role if contact else heard.speaker.role


def _counts_from(case: Case, heard: Heard, ground: Ground, before: Deployment) -> datetime | None:
    """SCHED-11: the first message by which type and date were named counts; naming another date starts anew."""
    if not _names_both(case.deployment, ground):
        return None
    was, now = before.when, case.deployment.when
    moved = was is not None and now is not None and was.utc != now.utc
    first = case.arrived is None or not _names_both(before, ground)
    return heard.arrived if first or moved else case.arrived


def _names_both(deployment: Deployment, ground: Ground) -> bool:
    when = deployment.when
    exact = when is not None and when.status is MomentStatus.EXACT
    settled = effective(deployment, ground.customer, ground.profile).type or not ground.profile.types_matter
    return exact and bool(settled)


def ask_back(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """SCHED-1: everything that is missing or unclear, in one form."""
    asked = replace(case, state=State.INCOMPLETE, asked_back=True)
    facts = _facts(asked, heard, ground, judged, missing=judged.missing, questions=judged.questions)
    said = letter(
        LetterKind.ASKED, asked, (heard.speaker.address,), replace(facts, earliest=judged.earliest), Trigger.MAIL
    )
    wanted = [f.value for f in judged.missing] + [f"{q.field.value} ({q.reason})" for q in judged.questions]
    why = "asked for " + ", ".join(dict.fromkeys(wanted))
    return Decision(Verdict.ASK_BACK, why, asked, told(asked, ground, said), timers_of(asked, ground), judged)


def draft(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """A request by somebody who may not give it, or a bare forward: the one who may is asked to adopt it."""
    kept = replace(case, state=State.INCOMPLETE, asked_back=True, drafted=True)
    may = _may(heard, ground)
    to = (heard.speaker.address,) if may else ground.customer.addresses(Role.RELEASE_MANAGER)
    facts = _facts(kept, heard, ground, judged, by=heard.speaker.address)
    said = letter(LetterKind.ADOPT, kept, to, facts, Trigger.MAIL)
    why = "a bare forward: asked whether it is theirs" if may else "a draft: the release manager is asked to adopt it"
    return Decision(Verdict.ASK_BACK, why, kept, told(kept, ground, said), timers_of(kept, ground), judged)


def offer(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """SCHED-2, SCHED-3: why not the one asked for, and the next slots, held for a while (SCHED-8)."""
    offers = offers_of(judged.slots, heard.now, ground)
    holds = case.state in {State.SCHEDULED, State.INSTRUCTED}  # SCHED-6: the old slot stays until the new one is agreed
    state = case.state if holds else State.PROPOSED if judged.slots else State.REQUESTED
    offered = replace(case, state=state, offers=offers)
    facts = replace(
        _facts(offered, heard, ground, judged, slots=judged.slots, slots_until=last_of(offers)),
        refused_days=judged.refused_days,
        slot_ends=tuple(offer.until for offer in offers),
        subject_to_approval=needs_approval(judged.asked, ground),  # SCHED-4
    )
    said = letter(LetterKind.OFFERED, offered, (heard.speaker.address,), facts, Trigger.MAIL)
    broken = ", ".join(f.rule for f in judged.worth_saying)
    why = f"{broken or 'as soon as possible'}: offered {len(judged.slots)} other slots"
    return Decision(Verdict.OTHER_SLOT, why, offered, told(offered, ground, said), timers_of(offered, ground), judged)


def offers_of(slots: tuple[Window, ...], now: datetime, ground: Ground) -> tuple[Offer, ...]:
    """The slots as they are offered now: numbered, each with the moment until which it is held (SCHED-8)."""
    ends = (offer_expiry(slot.start, now, ground.calendar, ground.profile) for slot in slots)
    return tuple(Offer(number, slot, until) for number, (slot, until) in enumerate(zip(slots, ends, strict=True), 1))


def last_of(offers: tuple[Offer, ...]) -> datetime | None:
    """The moment at which the last of the offered slots is released."""
    return max((offer.until for offer in offers), default=None)


def await_approval(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """SCHED-4: it passes, and the deployment manager has the word."""
    waits = _with_slot(case, judged, State.AWAITING_APPROVAL)
    facts = _facts(waits, heard, ground, judged, subject_to_approval=True)
    said = letter(LetterKind.AWAITING_APPROVAL, waits, (heard.speaker.address,), facts, Trigger.MAIL)
    owed = (*told(waits, ground, said), *entry(waits, ground, tentative=True))
    call = alarm(waits, ground, f"/approve, /propose or /decline {waits.reference}", findings=judged.worth_saying)
    why = "passes every rule and waits for the deployment manager"
    return Decision(Verdict.APPROVAL, why, waits, (*owed, call), timers_of(waits, ground), judged)


def confirm(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """SCHED-2: the reservation is complete; with complete instructions it is binding at once (SEE-14)."""
    agreed = scheduled(_with_slot(case, judged, State.SCHEDULED), heard, ground)
    lacking = still_missing(agreed.deployment, ground)
    binding = heard.meaning.instructs and not lacking and ground.profile.instructions is not None
    if binding:
        agreed = replace(agreed, state=State.INSTRUCTED, instructed_at=heard.arrived)
    kind = LetterKind.CONFIRMED_AND_BINDING if binding else LetterKind.CONFIRMED
    facts = _facts(agreed, heard, ground, judged, missing=() if binding else lacking, uat_step=judged.uat_step)
    said = letter(kind, agreed, everyone(agreed, ground.customer), facts, Trigger.MAIL, invitation=True)
    owed: tuple[Owed, ...] = (*told(agreed, ground, said), *entry(agreed, ground), row(agreed))
    why = "confirmed and binding" if binding else "confirmed"
    warned = [f.rule for f in judged.worth_saying]
    if warned:
        why += f" with a warning: {', '.join(warned)}"
    return Decision(Verdict.CONFIRM, why, agreed, owed, timers_of(agreed, ground), judged)


def _with_slot(case: Case, judged: Judgement, state: State) -> Case:
    return replace(case, state=state, slot=judged.asked.window, offers=(), asked_back=False, drafted=False)


def scheduled(case: Case, heard: Heard, ground: Ground) -> Case:
    """The case with its slot agreed now, and the deadline that follows from it (INST-3)."""
    if case.slot is None:
        raise ValueError(f"{case.reference} cannot be scheduled without a slot")
    deadline = instruction_deadline(case.slot.start, heard.now, ground.calendar, ground.profile)
    moved = case.confirmed_at is not None
    return replace(
        case, confirmed_at=heard.now, deadline=deadline, sequence=case.sequence + 1 if moved else case.sequence
    )


def _facts(case: Case, heard: Heard, ground: Ground, judged: Judgement, **more: Any) -> Facts:
    """What a letter about a judged request may say, over what every letter may."""
    named = (*case.deployment.mailing_list, *heard.meaning.mailing_list)
    not_added = sorted_out(named, ground.customer, ground.ops, heard.own).not_added
    forward = heard.meaning.forward
    open_rules = tuple(f.rule for f in judged.findings if f.applies and f.passed is None and f.rule.startswith("PRE"))
    return facts_of(
        case,
        ground,
        wanted=judged.asked.window,
        findings=judged.worth_saying,
        not_added=not_added,
        lacks_on_list=lacking_on(case, ground.customer) if heard.meaning.instructs else (),
        conditions=open_rules,
        taken_from=forward.sender if forward else None,
        something_hidden=heard.meaning.something_hidden,
        **more,
    )


def _not_scheduled(kind: LetterKind, case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """WHO-1, WHO-2, WHO-4: said once, recorded, nothing scheduled."""
    said = stray_letter(kind, heard, ground, case.deployment, findings=judged.worth_saying)
    partner = kind is LetterKind.PARTNER_PERFORMS
    verdict = Verdict.PARTNER_PERFORMS if partner else Verdict.RECORD
    return Decision(verdict, "the partner performs it" if partner else "needs no procedure", None, (said,), (), judged)
