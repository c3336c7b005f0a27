"""What a reply does to its case: accept, withdraw, move, report (domain.md section 6)."""

from dataclasses import replace

from dplmaild.deployment.case import AGREED, ENDED, PENDING, RUNNING, TRANSITIONS, Case, Offer
from dplmaild.deployment.owed import LetterKind, Trigger
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.endings import Cause, cancel
from dplmaild.deployment.process.judging import Circumstances, Judgement, Upshot, judge_request
from dplmaild.deployment.process.letters import alarm, entry, facts_of, letter, row, told
from dplmaild.deployment.process.request import await_approval, confirm, offer, request, role_of
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act, May
from dplmaild.deployment.recipients import everyone, the_list
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Choice, Intent
from dplmaild.deployment.terms import Deployment, Role, State, Window, WrittenMoment
from dplmaild.deployment.terms import MomentStatus as Status

_REPORTS = frozenset({Intent.SUCCESS_CONFIRMED, Intent.ROLLBACK_REQUESTED, Intent.ISSUE_NO_ROLLBACK, Intent.DELAY})


def reply(case: Case, heard: Heard, ground: Ground) -> Decision:
    """What a reply without new fields does; answers with fields go to `request` or `instruct`."""
    intent = heard.meaning.intent
    act = Act.REPORT if intent in _REPORTS else Act.REQUEST
    if ground.profile.may_do(role_of(heard, ground), act) not in {May.YES, May.FOR_CUSTOMER}:
        return _passed_to_ops(case, heard, ground)
    match intent:
        case Intent.ACCEPT_SLOT:
            return accept(case, heard, ground)
        case Intent.WITHDRAWAL:
            return withdraw(case, heard, ground)
        case Intent.SUCCESS_CONFIRMED:
            return tests_ok(case, heard, ground)
        case Intent.ROLLBACK_REQUESTED | Intent.ISSUE_NO_ROLLBACK | Intent.DELAY:
            return problem(case, heard, ground)
        case _:
            return refuse(case, heard, ground)


def accept(case: Case, heard: Heard, ground: Ground) -> Decision:
    """An offered slot is taken, by its number or its date; a lapsed one is judged anew (SCHED-8)."""
    choice = heard.meaning.choice
    if case.drafted and choice is None:
        return request(replace(case, requested_by=heard.speaker.address), heard, ground, before=case.deployment)
    offer = chosen(case, choice)
    if offer is None and choice is not None and choice.when is not None:
        return reschedule(case, heard, choice.when, ground)
    if offer is None:
        return refuse(case, heard, ground)
    held = heard.arrived <= offer.until
    wanted = _at(case.deployment, offer.slot, ground)
    base = replace(case, deployment=wanted, arrived=case.arrived if held else heard.arrived)
    around = Circumstances(base.arrived or heard.arrived, heard.now, case=base)
    judged = judge_request(wanted, ground, around)
    return _settled(base, heard, ground, _kept_promise(judged) if held else judged)


def chosen(case: Case, choice: Choice | None) -> Offer | None:
    """The offered slot that a choice means: its number, or the date it falls on."""
    if choice is None:
        return None
    if choice.number is not None:
        return next((offer for offer in case.offers if offer.number == choice.number), None)
    if choice.when is None:
        return None
    when = choice.when
    same_moment = [o for o in case.offers if when.utc is not None and o.slot.start == when.utc]
    same_day = [o for o in case.offers if when.utc is None and o.slot.start.date() == when.day]
    found = same_moment or same_day
    return found[0] if len(found) == 1 else None


def _kept_promise(judged: Judgement) -> Judgement:
    """A slot that is still held was promised: notice that ran down meanwhile does not take it back."""
    notice_only = all(f.rule.startswith("LEAD") for f in judged.findings if f.broken and f.severity == "blocks")
    if judged.upshot is Upshot.OTHER_SLOT and notice_only:
        return replace(judged, upshot=Upshot.PASSES)
    return judged


def _settled(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    if judged.upshot is Upshot.NEEDS_APPROVAL and role_of(heard, ground) is not Role.DEPLOYMENT_MANAGER:
        return await_approval(case, heard, ground, judged)
    if judged.upshot in {Upshot.PASSES, Upshot.NEEDS_APPROVAL}:
        return confirm(case, heard, ground, judged)
    return offer(case, heard, ground, judged) if judged.upshot is Upshot.OTHER_SLOT else request(case, heard, ground)


def _at(deployment: Deployment, slot: Window, ground: Ground) -> Deployment:
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


def reschedule(case: Case, heard: Heard, when: WrittenMoment, ground: Ground) -> Decision:
    """SCHED-6: judged like a new request; the old slot stays held until the new one is agreed."""
    if case.state not in PENDING | AGREED:
        return refuse(case, heard, ground)
    wanted = replace(case.deployment, when=when)
    moved = replace(case, deployment=wanted, arrived=heard.arrived)
    around = Circumstances(
        heard.arrived, heard.now, instructs=case.instructed, questions=heard.meaning.questions, case=moved
    )
    judged = judge_request(wanted, ground, around)
    if judged.upshot is Upshot.OTHER_SLOT:
        return offer(replace(moved, deployment=case.deployment, arrived=case.arrived), heard, ground, judged)
    if judged.upshot is Upshot.INCOMPLETE:
        return request(moved, heard, ground)
    decision = _settled(moved, heard, ground, judged)
    agreed = decision.case
    if agreed is None or case.state not in AGREED or agreed.state is not State.SCHEDULED:
        return decision
    return _moved(case, agreed, heard, ground, judged)


def _moved(was: Case, now: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """An agreed deployment got another date: one letter that names both."""
    kept = replace(now, state=was.state)
    facts = facts_of(kept, ground, was_slot=was.slot, findings=judged.worth_saying, arrived=heard.arrived)
    said = letter(LetterKind.CHANGED, kept, everyone(kept, ground.customer), facts, Trigger.MAIL, invitation=True)
    owed = (*told(kept, ground, said), *entry(kept, ground), row(kept))
    return Decision(Verdict.CONFIRM, "moved to another date", kept, owed, timers_of(kept, ground), judged)


def withdraw(case: Case, heard: Heard, ground: Ground) -> Decision:
    """Before it began a deployment can be withdrawn; later OPS has to decide."""
    if case.state in RUNNING:
        return _passed_to_ops(case, heard, ground)
    if case.state in ENDED:
        return refuse(case, heard, ground)
    by = heard.speaker.name or heard.speaker.address
    ended, owed = cancel(case, ground, Cause(heard.meaning.notes or "withdrawn", Trigger.MAIL, heard.now, by))
    return Decision(Verdict.RECORD, "withdrawn", ended, owed)


def tests_ok(case: Case, heard: Heard, ground: Ground) -> Decision:
    """RUN-3, RUN-4: the attendant's word ends the process."""
    ending = {State.TESTING: State.SUCCEEDED, State.TESTING_ROLLBACK: State.ROLLED_BACK}.get(case.state)
    if ending is None:
        return refuse(case, heard, ground)
    by = heard.speaker.name or heard.speaker.address
    ended = case.moved_to(ending, result=f"confirmed by {by}", tests_until=None)
    kind = LetterKind.SUCCEEDED if ending is State.SUCCEEDED else LetterKind.ROLLED_BACK
    said = letter(kind, ended, the_list(ended), facts_of(ended, ground, by=by), Trigger.MAIL)
    return Decision(Verdict.RECORD, ended.result, ended, (*told(ended, ground, said), row(ended)))


def problem(case: Case, heard: Heard, ground: Ground) -> Decision:
    """RUN-4: a problem or a delay reported by the attendant reaches OPS at once; what to do is OPS's decision."""
    if case.state not in RUNNING:
        return refuse(case, heard, ground)
    return _passed_to_ops(case, heard, ground)


def _passed_to_ops(case: Case, heard: Heard, ground: Ground) -> Decision:
    """OPS gets the words; the sender gets one line."""
    text = heard.meaning.notes or heard.meaning.new_text
    said = letter(LetterKind.NOTED, case, (heard.speaker.address,), facts_of(case, ground, text=text), Trigger.MAIL)
    call = alarm(case, ground, text, by=heard.speaker.address)
    what = heard.meaning.intent.value.replace("_", " ") if heard.meaning.intent else "words"
    return Decision(
        Verdict.RECORD, f"{what}: passed on to OPS", case, (*told(case, ground, said), call), timers_of(case, ground)
    )


def refuse(case: Case, heard: Heard, ground: Ground) -> Decision:
    """STATE-1: not possible now; the letter says what is."""
    possible = ", ".join(sorted(s.value for s in TRANSITIONS[case.state]))
    facts = facts_of(case, ground, text=possible)
    said = letter(LetterKind.REFUSED, case, (heard.speaker.address,), facts, Trigger.MAIL)
    why = f"not possible while {case.state.value}"
    return Decision(Verdict.RECORD, why, case, told(case, ground, said), timers_of(case, ground))
