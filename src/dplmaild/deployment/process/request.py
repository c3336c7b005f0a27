"""A request, and every answer that makes it whole: confirmed, asked back, other slots, before the manager."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from dplmaild.deployment.case import AGREED, Case, Offer
from dplmaild.deployment.deadlines import offer_expiry
from dplmaild.deployment.owed import Facts, LetterKind, Owed, Trigger
from dplmaild.deployment.process.agreeing import agree, own_duty
from dplmaild.deployment.process.arrival import counts_from
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.drafts import draft
from dplmaild.deployment.process.endings import cancelled_case, released
from dplmaild.deployment.process.judging import Circumstances, Judgement, Upshot, broken, judge_request, still_missing
from dplmaild.deployment.process.letters import alarm, entry, facts_of, letter, row, stray_letter, told, with_offers
from dplmaild.deployment.process.listing import also_informed, listed, not_listed
from dplmaild.deployment.process.passing import not_theirs
from dplmaild.deployment.process.rights import ALLOWED, bare_forward, may, right_of, role_of
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act, May
from dplmaild.deployment.recipients import everyone, lacking_on, with_sender
from dplmaild.deployment.rules import Ground, needs_approval
from dplmaild.deployment.rules.effective import landed
from dplmaild.deployment.terms import Deployment, Role, Severity, State, Window


def new_case(heard: Heard, deployment: Deployment, ground: Ground, reference: str) -> Case:
    """A fresh case, as its first message tells it."""
    case = Case(
        reference=reference,
        customer=ground.customer.id,
        state=State.REQUESTED,
        deployment=deployment,
        requested_by=heard.speaker.address,
        language=ground.customer.language or heard.meaning.language,
        subject=heard.subject,
        ticket=heard.ticket,
    )
    return listed(case, heard, deployment, ground).heard(*heard.references, heard.message_id)


def again(ended: Case, heard: Heard, ground: Ground, reference: str) -> Case:
    """A fresh case for the deployment of one that has ended, when another date is asked for in its thread.

    What a request names is taken over; instructions are not: they were for the other attempt.
    """
    was = ended.deployment
    same = Deployment(
        product=was.product,
        environment=was.environment,
        type=was.type,
        duration=was.duration,
        test_window=was.test_window,
        special_activities=was.special_activities,
        attendants=was.attendants,
    )
    fresh = new_case(heard, same, ground, reference)
    offers = tuple(replace(offer, held=False) for offer in ended.offers)
    return replace(fresh, offers=offers, subject=ended.subject, mailing_list=ended.mailing_list, ticket=ended.ticket)


def request(case: Case, heard: Heard, ground: Ground, before: Deployment | None = None) -> Decision:
    """Judge a request as it stands now, whether it just came or was completed by an answer (SCHED).

    `before` is what was known before this message, so that another date is told from the same one said again.
    """
    if right_of(heard, ground, Act.REQUEST) not in ALLOWED | {May.DRAFT}:
        return not_theirs(case, heard, ground)
    what = landed(case.deployment, ground.customer, ground.profile)
    known = replace(case, deployment=what, arrived=counts_from(case, heard, ground, before or Deployment()))
    known = listed(known, heard, case.deployment, ground)
    judged = judge_request(known.deployment, ground, circumstances(known, heard))
    match judged.upshot:
        case Upshot.PARTNER_PERFORMS:
            return _not_scheduled(LetterKind.PARTNER_PERFORMS, case, heard, ground, judged)
        case Upshot.NO_PROCEDURE:
            return _not_scheduled(LetterKind.NO_PROCEDURE, case, heard, ground, judged)
        case Upshot.NOT_OURS:
            return Decision(Verdict.NOT_OURS, "managed by the partner alone (WHO-3)", judgement=judged)
        case Upshot.INCOMPLETE:  # of a bare forward it is asked as well whose words they are (MSG-10)
            return (draft if bare_forward(heard) else ask_back)(known, heard, ground, judged)
        case Upshot.OTHER_SLOT | Upshot.NEEDS_APPROVAL | Upshot.PASSES:
            return _whole(known, heard, ground, judged)


def circumstances(case: Case, heard: Heard) -> Circumstances:
    """What else is known when a request is judged by a message."""
    return Circumstances(
        arrived=case.arrived or heard.arrived,
        now=heard.now,
        instructs=heard.meaning.instructs or case.instructed,
        asap=heard.meaning.asap,
        questions=heard.meaning.questions,
        case=case,
        beside=heard.beside,
    )


def _whole(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """Everything needed was said, by somebody who may say it or by a draft that waits to be adopted."""
    if not may(heard, ground, Act.REQUEST):
        return draft(case, heard, ground, judged)
    if judged.upshot is Upshot.OTHER_SLOT:
        return offer(case, heard, ground, judged)
    if needs_the_manager(judged, heard, ground):
        return await_approval(case, heard, ground, judged)
    return confirm(case, heard, ground, judged)


def needs_the_manager(judged: Judgement, heard: Heard, ground: Ground) -> bool:
    """SCHED-4: unless it is the manager's own request."""
    return judged.upshot is Upshot.NEEDS_APPROVAL and role_of(heard, ground) is not Role.DEPLOYMENT_MANAGER


def ask_back(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """SCHED-1: everything that is missing or unclear, in one form."""
    agreed = case.state in AGREED  # SCHED-6: what is agreed stays while another date is talked about
    free, entries = released(case, ground)
    asked = replace(free, state=case.state if agreed else State.INCOMPLETE, asked_back=True, changing_date=agreed)
    facts = _facts(asked, heard, ground, judged, missing=judged.missing, questions=judged.questions)
    said = letter(
        LetterKind.ASKED, asked, (heard.speaker.address,), replace(facts, earliest=judged.earliest), Trigger.MAIL
    )
    wanted = [f.value for f in judged.missing] + [f"{q.field.value} ({q.reason})" for q in judged.questions]
    why = "asked for " + ", ".join(dict.fromkeys(wanted))
    owed = (*told(asked, ground, said), *entries)
    return Decision(Verdict.ASK_BACK, why, asked, owed, timers_of(asked, ground), judged)


def offer(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """SCHED-2, SCHED-3: why not the one asked for, and the next slots, held for a while (SCHED-8)."""
    offers = offers_of(judged.slots, heard.now, ground)
    holds = case.state in AGREED  # SCHED-6: the old slot stays until the new one is agreed
    state = case.state if holds else State.PROPOSED if judged.slots else State.REQUESTED
    free, entries = released(case, ground)
    offered = replace(free, state=state, offers=offers, offered_by_ops=False, drafted=False)
    facts = replace(
        with_offers(_facts(offered, heard, ground, judged), offers),
        refused_days=judged.refused_days,
        subject_to_approval=needs_approval(judged.asked, ground),  # SCHED-4
    )
    said = letter(LetterKind.OFFERED, offered, (heard.speaker.address,), facts, Trigger.MAIL)
    against = ", ".join(f.rule for f in broken(judged.findings, Severity.BLOCKS) if f.rule not in case.overridden)
    why = f"{against or 'as soon as possible'}: offered {len(judged.slots)} other slots"
    owed = (*told(offered, ground, said), *entries)
    return Decision(Verdict.OTHER_SLOT, why, offered, owed, timers_of(offered, ground), judged)


def offers_of(slots: tuple[Window, ...], now: datetime, ground: Ground) -> tuple[Offer, ...]:
    """The slots as they are offered now: numbered, each with the moment until which it is held (SCHED-8)."""
    ends = (offer_expiry(slot.start, now, ground.calendar, ground.profile) for slot in slots)
    return tuple(
        Offer(number, slot, until, offered_at=now)
        for number, (slot, until) in enumerate(zip(slots, ends, strict=True), 1)
    )


def await_approval(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """SCHED-4: it passes, and the deployment manager has the word; an agreed slot stays meanwhile (SCHED-6)."""
    waits = _waiting(case, judged)
    facts = _facts(waits, heard, ground, judged, subject_to_approval=True)
    if case.state in AGREED:
        facts = replace(facts, slot=waits.moving_to, was_slot=waits.slot)
    said = letter(LetterKind.AWAITING_APPROVAL, waits, (heard.speaker.address,), facts, Trigger.MAIL)
    entries = () if case.state in AGREED else entry(waits, ground, tentative=True)
    words = f"/approve, /propose or /decline {waits.reference}"
    call = alarm(waits, ground, words, findings=judged.worth_saying, slot=facts.slot, was_slot=facts.was_slot)
    owed = (*told(waits, ground, said), *entries, call)
    return Decision(Verdict.APPROVAL, _waits_for(judged), waits, owed, timers_of(waits, ground), judged)


def _waits_for(judged: Judgement) -> str:
    """Why it is put before the manager, for the history: the rules that want a word, or the profile alone."""
    open_ = [f.rule for f in judged.worth_saying if f.severity in {Severity.BLOCKS, Severity.APPROVAL}]
    return f"{', '.join(open_) or 'passes every rule'}: waits for the deployment manager"


def _waiting(case: Case, judged: Judgement) -> Case:
    slot, settled = judged.asked.window, replace(case, offers=(), asked_back=False, drafted=False, changing_date=False)
    if case.state in AGREED:
        return replace(settled, moving_to=slot)
    moved = case.slot is not None and case.slot != slot
    sequence = case.sequence + 1 if moved else case.sequence
    return replace(settled, state=State.AWAITING_APPROVAL, slot=slot, sequence=sequence)


def confirm(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """SCHED-2: the reservation is complete; with complete instructions it is binding at once (SEE-14)."""
    if judged.asked.window is None:
        raise ValueError(f"{case.reference} cannot be confirmed without a slot")
    agreed = agree(case, judged.asked.window, ground, heard.now)
    binding = agreed.state is State.INSTRUCTED
    kind = LetterKind.CONFIRMED_AND_BINDING if binding else LetterKind.CONFIRMED
    steps = {"uat_step": judged.uat_step, "syn_step": judged.syn_step}
    facts = _facts(agreed, heard, ground, judged, missing=still_missing(agreed, ground), **steps)
    facts = replace(facts, findings=tuple(f for f in facts.findings if f.severity is not Severity.BLOCKS))
    to = with_sender(heard.speaker.address, everyone(agreed, ground.customer))
    said = letter(kind, agreed, to, facts, Trigger.MAIL, invitation=True)
    owed: tuple[Owed, ...] = (*told(agreed, ground, said), *entry(agreed, ground), row(agreed))
    duty = own_duty(agreed, ground) if binding else ()
    why = _confirmed(judged, heard, ground, binding=binding)
    return Decision(Verdict.CONFIRM, why, agreed, (*owed, *duty), timers_of(agreed, ground), judged)


def _confirmed(judged: Judgement, heard: Heard, ground: Ground, *, binding: bool) -> str:
    """Why it was confirmed, for the history."""
    by_ops = right_of(heard, ground, Act.REQUEST) is May.FOR_CUSTOMER
    warned = ", ".join(f.rule for f in judged.worth_saying)
    words = ("confirmed and binding" if binding else "confirmed", "asked for by OPS for the customer" if by_ops else "")
    return ", ".join(w for w in (*words, f"with a warning: {warned}" if warned else "") if w)


def _facts(case: Case, heard: Heard, ground: Ground, judged: Judgement, **more: Any) -> Facts:
    """What a letter about a judged request may say, over what every letter may."""
    forward = heard.meaning.forward
    shown_later = (f.rule for f in judged.findings if f.applies and f.passed is None)
    open_rules = tuple(rule for rule in shown_later if rule.startswith("PRE") or rule == "TEST-2")  # SCHED-3
    return facts_of(
        case,
        ground,
        wanted=judged.asked.window,
        findings=judged.worth_saying,
        not_added=not_listed(heard, case.deployment, ground),
        also_informed=also_informed(case, ground),
        lacks_on_list=lacking_on(case, ground.customer) if heard.meaning.instructs else (),
        conditions=open_rules,
        taken_from=forward.sender if forward else None,
        something_hidden=heard.meaning.something_hidden,
        **more,
    )


def _not_scheduled(kind: LetterKind, case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """WHO-1, WHO-2, WHO-4: said once, recorded, nothing scheduled; a case that was asked about ends with it."""
    partner = kind is LetterKind.PARTNER_PERFORMS
    verdict = Verdict.PARTNER_PERFORMS if partner else Verdict.RECORD
    why = "the partner performs it" if partner else "needs no procedure"
    wanted = judged.asked.window
    said = stray_letter(kind, heard, ground, case.deployment, findings=judged.worth_saying, wanted=wanted)
    if case.is_new:
        return Decision(verdict, why, None, told(case, ground, said), (), judged)
    ended = cancelled_case(case, why)
    owed = (*told(ended, ground, said), *entry(ended, ground, cancelled=True))
    return Decision(verdict, why, ended, owed, (), judged)
