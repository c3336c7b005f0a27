"""Instructions and corrections of an agreed deployment: complete and binding, still lacking, or too late (INST)."""

from dataclasses import replace
from datetime import datetime

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import Change, LetterKind, Owed, Trigger
from dplmaild.deployment.process.agreeing import cancels, own_duty
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.differences import changes_between, without
from dplmaild.deployment.process.drafts import draft_of_instructions
from dplmaild.deployment.process.endings import Cause, cancel, next_slots_of, remembered_offers
from dplmaild.deployment.process.judging import Judgement, judge_instructions, still_missing
from dplmaild.deployment.process.letters import alarm, entry, facts_of, letter, row, told
from dplmaild.deployment.process.listing import also_informed, listed, not_listed
from dplmaild.deployment.process.passing import not_theirs
from dplmaild.deployment.process.rights import ALLOWED, right_of
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act, May
from dplmaild.deployment.recipients import everyone, lacking_on, the_list, with_sender
from dplmaild.deployment.rules import Ground, effective
from dplmaild.deployment.said import Intent, Question
from dplmaild.deployment.terms import Deployment, Field, Side, State, WrittenMoment


def instruct(case: Case, heard: Heard, deployment: Deployment, ground: Ground) -> Decision:
    """Take instructions or a correction for an agreed deployment, from somebody who may give them (section 7)."""
    right = right_of(heard, ground, Act.INSTRUCT)
    if right is May.DRAFT:
        return draft_of_instructions(case, heard, deployment, ground)
    corrects = case.state is State.INSTRUCTED or heard.meaning.intent is Intent.CORRECTION
    if right not in ALLOWED and not (right is May.CORRECTIONS and corrects):
        return not_theirs(case, heard, ground)
    if too_late(case, heard) and not _of_ops(case, heard):
        return _late(case, heard, deployment, ground)
    return _taken(case, heard, deployment, ground)


def _taken(case: Case, heard: Heard, deployment: Deployment, ground: Ground) -> Decision:
    """What they bring about where they come in time.

    What is clear is kept while the rest is asked about. Where they say otherwise than agreed they may be meant for
    another deployment: they wait beside the case until the agreed one is named.
    """
    if case.draft is not None and not case.drafted:
        deployment = case.draft.merged(deployment) if _names_agreed(case, deployment, ground) else deployment
        case = replace(case, draft=None)  # whatever else is said now is newer
    merged = case.deployment.merged(_without_settled(deployment))
    questions = (*_unclear(heard, deployment), *_not_as_agreed(case, deployment, ground))
    grown = listed(replace(case, deployment=merged), heard, deployment, ground)
    judged = judge_instructions(grown, ground, heard.now, questions)
    if judged.questions:
        doubtful = _kept_of(case, deployment, judged, ground)
        return _incomplete(listed(doubtful, heard, deployment, ground), heard, ground, judged)
    if judged.missing:
        return _incomplete(grown, heard, ground, judged)
    if case.state is State.INSTRUCTED:
        return _changed(grown, heard, ground, judged, changes_between(case.deployment, merged))
    return _binding(grown, heard, ground, judged)


def too_late(case: Case, heard: Heard) -> bool:
    """INST-3: received at the deadline is in time; while held there is no deadline."""
    return case.deadline is not None and case.hold is None and heard.arrived > case.deadline


def kept_aside(case: Case, when: WrittenMoment) -> Deployment:
    """What was said together with this other date, and with nothing else that is not as agreed (SCHED-1)."""
    aside = case.draft if case.changing_date and not case.drafted else None
    same = aside is not None and aside.when is not None and aside.when.utc == when.utc
    return replace(aside, when=None) if aside is not None and same else Deployment()


def _of_ops(case: Case, heard: Heard) -> bool:
    """INST-7: late corrections go to OPS, so what OPS itself corrects is where it belongs (its own lines: INST-2)."""
    return case.state is State.INSTRUCTED and heard.speaker.side is Side.OPS


def _without_settled(deployment: Deployment) -> Deployment:
    """What was settled when the date was agreed is not changed by instructions."""
    return replace(deployment, when=None, type=None, product=None, environment=None)


def _kept_of(case: Case, deployment: Deployment, judged: Judgement, ground: Ground) -> Case:
    """What is kept of instructions that are asked about; of a correction of binding ones nothing is."""
    doubted = {question.field for question in judged.questions}
    clear = without(_without_settled(deployment), doubted)
    if case.state is not State.SCHEDULED:
        return case
    if _not_as_agreed(case, deployment, ground):
        aside = replace(clear, when=deployment.when) if doubted == {Field.WHEN} else clear
        return case if case.drafted else replace(case, draft=aside)
    return replace(case, deployment=case.deployment.merged(clear))


def _names_agreed(case: Case, deployment: Deployment, ground: Ground) -> bool:
    """Whether a message names what was agreed, and nothing else in its place: the answer to which one is meant."""
    named = any((deployment.type, deployment.product, deployment.environment, deployment.when))
    return named and not _not_as_agreed(case, deployment, ground)


def _unclear(heard: Heard, deployment: Deployment) -> tuple[Question, ...]:
    """What was not clear; a day without its hour is, as the hour was agreed (`for the deployment on 15 December`)."""
    when = deployment.when
    a_day = when is not None and when.utc is None and when.day is not None
    agreed = ("no_time", "around")
    return tuple(q for q in heard.meaning.questions if not (a_day and q.field is Field.WHEN and q.reason in agreed))


def _not_as_agreed(case: Case, deployment: Deployment, ground: Ground) -> tuple[Question, ...]:
    """What instructions say otherwise than it was agreed: asked about, quoting both."""
    ours = effective(case.deployment, ground.customer, ground.profile)
    theirs = effective(case.deployment.merged(deployment), ground.customer, ground.profile)
    pairs = ((Field.TYPE, ours.type, theirs.type), (Field.PRODUCT, ours.product, theirs.product))
    differing = [Question(field, "on_record", (a.value, b.value)) for field, a, b in pairs if a and b and a is not b]
    if ours.environment != theirs.environment:
        names = (ours.environment.name, theirs.environment.name)
        differing.append(Question(Field.ENVIRONMENT, "on_record", names))
    return (*_another_date(case, deployment, ground), *differing)


def _another_date(case: Case, deployment: Deployment, ground: Ground) -> tuple[Question, ...]:
    when = deployment.when
    if when is None or case.slot is None or (when.utc is None and when.day is None):
        return ()
    if _is_agreed(when, case.slot.start, ground):
        return ()
    return (Question(Field.WHEN, "not_as_agreed", (when.text, case.slot.start.isoformat())),)


def _is_agreed(when: WrittenMoment, start: datetime, ground: Ground) -> bool:
    """Whether a moment is the agreed start, or its day without an hour; `around 2 pm` is not the slot at ten."""
    if when.reason == "around":
        return start in when.candidates
    return when.utc == start if when.utc else when.day == ground.calendar.day_of(start)


def _incomplete(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """What is missing or unclear, in one form, with the moment until which it is awaited."""
    other_date = any(q.reason == "not_as_agreed" for q in judged.questions)
    asked = replace(case, asked_back=True, changing_date=case.changing_date or other_date)
    facts = facts_of(asked, ground, missing=judged.missing, questions=judged.questions, arrived=heard.arrived,
                     not_added=not_listed(heard, case.deployment, ground), findings=judged.worth_saying)  # fmt: skip
    said = letter(LetterKind.INSTRUCTIONS_INCOMPLETE, asked, (heard.speaker.address,), facts, Trigger.MAIL)
    names = dict.fromkeys([f.value for f in judged.missing] + [q.field.value for q in judged.questions])
    why = f"instructions still lack {', '.join(names)}"
    return Decision(Verdict.ASK_BACK, why, asked, told(asked, ground, said), timers_of(asked, ground), judged)


def _binding(case: Case, heard: Heard, ground: Ground, judged: Judgement) -> Decision:
    """INST-6: received complete is final and binding."""
    draft = case.draft if case.drafted else None
    bound = case.moved_to(
        State.INSTRUCTED, instructed_at=heard.arrived, asked_back=False, hold=None, hold_until=None,
        changing_date=False, draft=draft,
    )  # fmt: skip
    facts = facts_of(
        bound,
        ground,
        arrived=heard.arrived,
        findings=judged.worth_saying,
        not_added=not_listed(heard, bound.deployment, ground),
        also_informed=also_informed(bound, ground),
        lacks_on_list=lacking_on(bound, ground.customer),
    )
    said = letter(LetterKind.BINDING, bound, with_sender(heard.speaker.address, the_list(bound)), facts, Trigger.MAIL)
    owed: tuple[Owed, ...] = (*told(bound, ground, said), *entry(bound, ground), row(bound), *own_duty(bound, ground))
    return Decision(Verdict.RECORD, "instructions complete and binding", bound, owed, timers_of(bound, ground), judged)


def _changed(case: Case, heard: Heard, ground: Ground, judged: Judgement, changes: tuple[Change, ...]) -> Decision:
    """INST-7: a correction before the deadline, as a diff."""
    if not changes:
        why = "instructions repeated, nothing changed"
        return Decision(Verdict.RECORD, why, case, (), timers_of(case, ground), judged)
    not_added = not_listed(heard, case.deployment, ground)
    facts = facts_of(case, ground, changes=changes, arrived=heard.arrived, not_added=not_added,
                     also_informed=also_informed(case, ground), findings=judged.worth_saying)  # fmt: skip
    to = with_sender(heard.speaker.address, everyone(case, ground.customer))
    said = letter(LetterKind.CHANGED, case, to, facts, Trigger.MAIL)
    names = ", ".join(c.field.value for c in changes)
    owed: tuple[Owed, ...] = (*told(case, ground, said), row(case))
    return Decision(Verdict.RECORD, f"corrected: {names}", case, owed, timers_of(case, ground), judged)


def _late(case: Case, heard: Heard, deployment: Deployment, ground: Ground) -> Decision:
    """INST-5, INST-7: after a deadline that cancels it is over; else instructions are recorded and OPS is told."""
    if case.state is State.SCHEDULED:
        return _cancelled(case, heard, ground) if cancels(case, ground) else _recorded(case, heard, deployment, ground)
    changes = changes_between(case.deployment, case.deployment.merged(_without_settled(deployment)))
    facts = facts_of(case, ground, arrived=heard.arrived, changes=changes)
    said = letter(LetterKind.PASSED_ON, case, (heard.speaker.address,), facts, Trigger.MAIL)
    call = alarm(case, ground, "came after the deadline; nothing has changed yet", changes=changes,
                 by=heard.speaker.address)  # fmt: skip
    owed = (*told(case, ground, said), call)
    return Decision(Verdict.TOO_LATE, "after the deadline: passed on to OPS", case, owed, timers_of(case, ground))


def _cancelled(case: Case, heard: Heard, ground: Ground) -> Decision:
    why, sender = "the instructions came after the deadline", heard.speaker.address
    cause = Cause(why, Trigger.MAIL, heard.now, sender, sender=sender)
    ended, owed = cancel(case, ground, cause, missing=still_missing(case, ground), offering=True)
    return Decision(Verdict.TOO_LATE, "instructions after the deadline: cancelled", ended, owed)


def _recorded(case: Case, heard: Heard, deployment: Deployment, ground: Ground) -> Decision:
    taken = _taken(case, heard, deployment, ground)
    call = alarm(taken.case or case, ground, "instructions came after the deadline", by=heard.speaker.address)
    return replace(taken, why=f"{taken.why}, after the deadline: OPS told", owed=(*taken.owed, call))


def after_the_end(case: Case, heard: Heard, ground: Ground) -> Decision:
    """Instructions for a deployment that was cancelled meanwhile: said, with the next slots to ask for (INST-5)."""
    slots = next_slots_of(case, ground, heard.now)
    remembered = replace(case, offers=remembered_offers(slots, heard.now))
    facts = facts_of(remembered, ground, arrived=heard.arrived, slots=slots)
    said = letter(LetterKind.TOO_LATE, remembered, (heard.speaker.address,), facts, Trigger.MAIL)
    why = "instructions for a cancelled deployment"
    return Decision(Verdict.TOO_LATE, why, remembered, told(remembered, ground, said))
