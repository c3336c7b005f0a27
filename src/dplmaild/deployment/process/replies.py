"""What a reply does to its case: accept, withdraw, move, report (domain.md section 6)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from dplmaild.deployment.case import AGREED, ENDED, PENDING, RUNNING, Case, Offer
from dplmaild.deployment.owed import LetterKind, Trigger
from dplmaild.deployment.process.agreeing import agree
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.drafts import adoptable
from dplmaild.deployment.process.endings import Cause, cancel
from dplmaild.deployment.process.instructions import instruct, kept_aside
from dplmaild.deployment.process.judging import Judgement, Upshot, broken, judge_request, still_missing
from dplmaild.deployment.process.letters import alarm, entry, facts_of, letter, row, told, with_offers
from dplmaild.deployment.process.nothing import as_it_stands
from dplmaild.deployment.process.passing import passed_to_ops, refuse
from dplmaild.deployment.process.placed import at_slot
from dplmaild.deployment.process.reports import names_another, problem, tests_ok
from dplmaild.deployment.process.request import (
    ask_back,
    await_approval,
    circumstances,
    confirm,
    needs_the_manager,
    offer,
    request,
)
from dplmaild.deployment.process.rights import REPORTS, may
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act
from dplmaild.deployment.recipients import everyone, with_sender
from dplmaild.deployment.rules import Ground, needs_approval
from dplmaild.deployment.said import Choice, Intent, Question
from dplmaild.deployment.terms import Deployment, Field, Severity, State, Window, WrittenMoment

SO_CLOSE = timedelta(days=1)  # before the start, while another date is talked about


def reply(case: Case, heard: Heard, ground: Ground, deployment: Deployment | None = None) -> Decision:
    """What a reply with an intent does; plain answers with fields go to `request` or `instruct`."""
    if heard.meaning.intent is Intent.STATE_ASKED and may(heard, ground, Act.REPORT):
        return as_it_stands(case, heard, ground, Deployment())
    act = Act.REPORT if heard.meaning.intent in REPORTS else Act.REQUEST
    if not may(heard, ground, act):
        return passed_to_ops(case, heard, ground)
    answer = _ANSWERS.get(heard.meaning.intent)
    return answer(case, heard, ground, deployment or Deployment()) if answer else refuse(case, heard, ground)


def accept(case: Case, heard: Heard, ground: Ground, said: Deployment) -> Decision:
    """An offered slot is taken, by its number or its date; a lapsed one is judged anew (SCHED-8).

    `said` is what else the answer says of the deployment.
    """
    choice = heard.meaning.choice
    if adoptable(case) and (choice is None or choice.when is None):
        return _adopted(case, heard, ground)
    if _agreed_already(case, choice, heard.named):
        return Decision(Verdict.RECORD, "that slot is agreed already", case, (), timers_of(case, ground))
    taken = chosen(case, choice, heard.named)
    if taken is None and choice is not None and choice.when is not None and not _only_a_day(choice.when, case):
        return reschedule(case, heard, choice.when, ground)
    if taken is None and names_another(case, said, ground):
        return passed_to_ops(case, heard, ground, "speaks of another deployment than this one")
    if taken is None:
        return _which(case, heard, ground) if case.offers else refuse(case, heard, ground)
    wanted = at_slot(case.deployment.merged(replace(said, when=None)), taken.slot, ground)
    held = taken.held and heard.arrived <= taken.until
    base = replace(case, deployment=wanted, arrived=case.arrived if held else heard.arrived)
    judged = judge_request(wanted, ground, circumstances(base, heard))
    return _settled(case, base, heard, ground, _kept_promise(judged, case, ground) if held else judged)


def _adopted(case: Case, heard: Heard, ground: Ground) -> Decision:
    """A draft is taken as theirs by somebody who may give it (MSG-10)."""
    mine = replace(case, draft=None, drafted=False)
    if case.draft is not None:
        return instruct(mine, heard, case.draft, ground)
    return request(replace(mine, requested_by=heard.speaker.address), heard, ground, before=case.deployment)


def _which(case: Case, heard: Heard, ground: Ground) -> Decision:
    """An answer to an offer that does not say which: asked once more, with the same slots."""
    choice = heard.meaning.choice
    quotes = (choice.when.text,) if choice and choice.when else ()
    questions = heard.meaning.questions or (Question(Field.WHEN, "answer_unclear", quotes),)
    facts = with_offers(facts_of(case, ground, questions=questions), case.offers)
    said = letter(LetterKind.ASKED, case, (heard.speaker.address,), facts, Trigger.MAIL)
    owed = told(case, ground, said)
    return Decision(Verdict.ASK_BACK, "asked which of the slots is meant", case, owed, timers_of(case, ground))


def _agreed_already(case: Case, choice: Choice | None, named: tuple[Window, ...]) -> bool:
    """Whether an acceptance came twice: the slot it means is the agreed one."""
    if choice is None or case.slot is None or case.state not in AGREED:
        return False
    if choice.number is not None and 0 < choice.number <= len(named):
        return named[choice.number - 1].start == case.slot.start
    return choice.number is None and choice.when is not None and choice.when.utc == case.slot.start


def _only_a_day(when: WrittenMoment, case: Case) -> bool:
    """`We take Thursday`, where no offered slot is on one: which day and hour are meant is not said."""
    return when.utc is None and bool(case.offers)


def chosen(case: Case, choice: Choice | None, named: tuple[Window, ...] = ()) -> Offer | None:
    """The offered slot that a choice means: its number, or the date it falls on.

    `named` are the slots of the letter that is answered: one that is not offered any more is judged anew.
    """
    if choice is None:
        return None
    if choice.number is not None and 0 < choice.number <= len(named) and case.offers:
        slot = named[choice.number - 1]
        known = (offer for offer in case.offers if offer.slot.start == slot.start)
        return next(known, Offer(choice.number, slot, slot.start, held=False))
    if choice.number is not None:
        return next((offer for offer in case.offers if offer.number == choice.number), None)
    if choice.when is None:
        return None
    when = choice.when
    same_moment = [o for o in case.offers if when.utc is not None and o.slot.start == when.utc]
    same_day = [o for o in case.offers if when.utc is None and o.slot.start.date() == when.day]
    found = same_moment or same_day
    return found[0] if len(found) == 1 else None


def _kept_promise(judged: Judgement, case: Case, ground: Ground) -> Judgement:
    """A slot that is still held was promised: notice that ran down meanwhile does not take it back.

    What OPS itself proposed needs neither a rule nor an approval (SCHED-4).
    """
    if judged.upshot not in {Upshot.OTHER_SLOT, Upshot.NEEDS_APPROVAL}:
        return judged
    if case.offered_by_ops:
        return replace(judged, upshot=Upshot.PASSES)
    if all(f.rule.startswith("LEAD") for f in broken(judged.findings, Severity.BLOCKS)):
        waits = needs_approval(judged.asked, ground) or broken(judged.findings, Severity.APPROVAL)
        return replace(judged, upshot=Upshot.NEEDS_APPROVAL if waits else Upshot.PASSES)
    return judged


def _settled(was: Case, case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """`was` as it stood before the answer, `case` with what it asks for; an agreed slot stays until then (SCHED-6)."""
    if needs_the_manager(judged, heard, ground):
        return await_approval(case, heard, ground, judged)
    if judged.upshot in {Upshot.PASSES, Upshot.NEEDS_APPROVAL}:
        moves = was.state in AGREED
        return _moved(was, case, heard, ground, judged) if moves else confirm(case, heard, ground, judged)
    kept = replace(case, deployment=was.deployment, arrived=was.arrived) if was.state in AGREED else case
    if judged.upshot is Upshot.OTHER_SLOT:
        return _so_close(was, offer(kept, heard, ground, judged), heard, ground)
    return _so_close(was, ask_back(kept, heard, ground, judged), heard, ground)


def change_date(case: Case, heard: Heard, ground: Ground, deployment: Deployment) -> Decision:
    """Another date is wanted: the one that is named, else it is asked for."""
    if deployment.when is not None:
        return reschedule(case, heard, deployment.when, ground)
    if case.state not in PENDING | AGREED:
        return _not_any_more(case, heard, ground)
    asked = replace(case, asked_back=True, changing_date=case.state in AGREED)
    facts = facts_of(asked, ground, missing=(Field.WHEN,), questions=heard.meaning.questions)
    said = letter(LetterKind.ASKED, asked, (heard.speaker.address,), facts, Trigger.MAIL)
    owed = told(asked, ground, said)
    decision = Decision(Verdict.ASK_BACK, "asked for the other date", asked, owed, timers_of(asked, ground))
    return _so_close(case, decision, heard, ground)


def _so_close(was: Case, decision: Decision, heard: Heard, ground: Ground) -> Decision:
    """Another date is wanted and none is agreed, while the agreed start is near: OPS has to know before it starts."""
    if was.state not in AGREED or was.slot is None or was.slot.start - heard.now > SO_CLOSE:
        return decision
    call = alarm(
        was, ground, f"another date is wanted, and none is agreed: {heard.meaning.notes}", by=heard.speaker.address
    )
    return replace(decision, owed=(*decision.owed, call))


def reschedule(case: Case, heard: Heard, when: WrittenMoment, ground: Ground) -> Decision:
    """SCHED-6: judged like a new request; the old slot stays held until the new one is agreed."""
    if case.state not in PENDING | AGREED:
        return _not_any_more(case, heard, ground)
    moved = replace(case, deployment=replace(case.deployment, when=when))
    if case.state in PENDING:
        return request(moved, heard, ground, before=case.deployment)
    moved = replace(moved, arrived=heard.arrived)
    judged = judge_request(moved.deployment, ground, circumstances(moved, heard))
    if not needs_the_manager(judged, heard, ground):  # what waits for a word may still be declined
        moved = replace(moved, deployment=moved.deployment.merged(kept_aside(case, when)))
    return _settled(case, moved, heard, ground, judged)


def _not_any_more(case: Case, heard: Heard, ground: Ground) -> Decision:
    """Another date for what is running is OPS's to decide, like its withdrawal; for what has ended there is none."""
    return passed_to_ops(case, heard, ground) if case.state in RUNNING else refuse(case, heard, ground)


def _moved(was: Case, case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """An agreed deployment got another date: one letter that names both."""
    if judged.asked.window is None:
        raise ValueError(f"{case.reference} cannot be moved without a slot")
    now = agree(case, judged.asked.window, ground, heard.now)
    facts = facts_of(now, ground, was_slot=was.slot, findings=judged.worth_saying, arrived=heard.arrived)
    facts = replace(facts, missing=still_missing(now, ground))
    to = with_sender(heard.speaker.address, everyone(now, ground.customer))
    bound = now.state is State.INSTRUCTED and was.state is not State.INSTRUCTED  # SEE-14
    kind = LetterKind.CONFIRMED_AND_BINDING if bound else LetterKind.CHANGED
    said = letter(kind, now, to, facts, Trigger.MAIL, invitation=True)
    owed = (*told(now, ground, said), *entry(now, ground), row(now))
    return Decision(Verdict.CONFIRM, "moved to another date", now, owed, timers_of(now, ground), judged)


def keep_date(case: Case, heard: Heard, ground: Ground, _said: Deployment) -> Decision:
    """SCHED-6 taken back: the other date that was talked about is dropped, the agreed one stays."""
    if case.state is State.PROPOSED:
        return _which(case, heard, ground)
    if case.state not in AGREED or not (case.changing_date or case.moving_to or case.offers):
        call = alarm(
            case, ground, f"keeps a date that nobody is changing: {heard.meaning.notes}", by=heard.speaker.address
        )
        return Decision(Verdict.TRIAGE, "the date is not being changed", case, (call,), timers_of(case, ground))
    kept = replace(case, offers=(), offered_by_ops=False, moving_to=None, changing_date=False)
    facts = facts_of(kept, ground, missing=still_missing(kept, ground))
    owed = told(kept, ground, letter(LetterKind.KEPT, kept, (heard.speaker.address,), facts, Trigger.MAIL))
    calls = (alarm(kept, ground, "the other date is no longer wanted"),) if case.moving_to else ()
    return Decision(Verdict.RECORD, "the agreed date stays", kept, (*owed, *calls), timers_of(kept, ground))


def withdraw(case: Case, heard: Heard, ground: Ground, said: Deployment) -> Decision:
    """Before it began a deployment can be withdrawn; later, or where another one is named, OPS has to decide."""
    if case.state in RUNNING or names_another(case, said, ground):
        return passed_to_ops(case, heard, ground)
    if case.state in ENDED:
        return refuse(case, heard, ground)
    by = heard.speaker.name or heard.speaker.address
    notes = heard.meaning.notes
    cause = Cause(notes or "withdrawn", Trigger.MAIL, heard.now, by, words=notes, sender=heard.speaker.address)
    ended, owed = cancel(case, ground, cause)
    return Decision(Verdict.RECORD, "withdrawn", ended, owed)


_ANSWERS: Mapping[Intent | None, Callable[[Case, Heard, Ground, Deployment], Decision]] = {
    Intent.ACCEPT_SLOT: accept,
    Intent.KEEP_DATE: keep_date,
    Intent.STATE_ASKED: as_it_stands,
    Intent.WITHDRAWAL: withdraw,
    Intent.RESCHEDULE: change_date,
    Intent.SUCCESS_CONFIRMED: tests_ok,
    Intent.ROLLBACK_REQUESTED: problem,
    Intent.ISSUE_NO_ROLLBACK: problem,
    Intent.DELAY: problem,
}
