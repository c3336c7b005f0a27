"""Words that were written before newer ones and reached us after them: they fill gaps, and overwrite nothing."""

from dataclasses import replace

from dplmaild.deployment.case import AGREED, ENDED, Case
from dplmaild.deployment.owed import Affected, LetterKind, Trigger
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.differences import changes_between
from dplmaild.deployment.process.letters import alarm, facts_of, letter, told, with_offers
from dplmaild.deployment.process.rights import REPORTS, may
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.profile import Act
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Intent, Question
from dplmaild.deployment.terms import Deployment, Field, WrittenMoment

_FIELDS_ALONE = frozenset({None, Intent.CORRECTION})
_ALWAYS_HEARD = REPORTS | {Intent.STATE_ASKED}


def late_word(case: Case, heard: Heard, deployment: Deployment | None, ground: Ground) -> Decision | None:
    """What becomes of a message that is older than the last word; None where it is heard like any other.

    A report of the tests is always heard: what it is about is settled by the state.
    """
    intent = heard.meaning.intent
    older = case.last_word is not None and heard.said_at < case.last_word
    if not (older or _offered_since(case, heard)) or case.state in ENDED or intent in _ALWAYS_HEARD:
        return None
    if (intent is None and deployment is None) or not may(heard, ground, _act(intent)):
        return None
    against = _contradictions(case, deployment or Deployment())
    if intent in _FIELDS_ALONE and not against:
        return None
    instructs = intent in _FIELDS_ALONE and case.state in AGREED and not case.held_offers
    return overtaken(replace(case, draft=deployment, drafted=True) if instructs else case, heard, ground, against)


def _offered_since(case: Case, heard: Heard) -> bool:
    """Whether a number was written before these slots were offered, so that it means one of earlier ones."""
    choice = heard.meaning.choice
    if choice is None or choice.number is None or heard.named:
        return False
    return any(offer.offered_at is not None and heard.said_at < offer.offered_at for offer in case.offers)


def overtaken(
    case: Case,
    heard: Heard,
    ground: Ground,
    against: tuple[Question, ...] = (),
    affected: tuple[Affected, ...] = (),
) -> Decision:
    """Nothing changes; the sender is told so, and asked whether it still counts; `affected` is what is newer."""
    facts = facts_of(case, ground, arrived=heard.said_at, answer_yes=case.drafted, affected=affected, questions=against)
    facts = with_offers(facts, case.standing_offers)
    said = letter(LetterKind.OVERTAKEN, case, (heard.speaker.address,), facts, Trigger.MAIL)
    why = "written before newer words that are on record: nothing changed, asked whether it still counts"
    return Decision(Verdict.ASK_BACK, why, case, told(case, ground, said), timers_of(case, ground))


def before_the_tests(case: Case, heard: Heard, ground: Ground) -> Decision:
    """A yes that was written before these tests began says nothing of them; OPS knows of it."""
    late = overtaken(case, heard, ground)
    call = alarm(case, ground, f"written before these tests began: {heard.meaning.notes}", by=heard.speaker.address)
    return replace(late, owed=(*late.owed, call))


def remembered(decision: Decision, was: Case, heard: Heard) -> Decision:
    """The decision with its case knowing when the newest word that counted was written."""
    case = decision.case
    if case is None or _substance(case) == _substance(was):
        return decision
    newest = max(case.last_word or heard.said_at, heard.said_at)
    return replace(decision, case=replace(case, last_word=newest))


def _substance(case: Case) -> Case:
    """A case without the talk about it."""
    return replace(case, thread=(), asked_back=False, drafted=False, draft=None, problem_by="", mailing_list=())


def _act(intent: Intent | None) -> Act:
    return Act.INSTRUCT if intent in _FIELDS_ALONE else Act.REQUEST


def _contradictions(case: Case, said: Deployment) -> tuple[Question, ...]:
    """Every field of which something else is on record, both quoted."""
    known = case.deployment
    changes = changes_between(known, known.merged(said))
    differing = [Question(change.field, "on_record", (change.was, change.now)) for change in changes if change.was]
    plain = ((Field.TYPE, known.type, said.type), (Field.PRODUCT, known.product, said.product))
    places = ((Field.ENVIRONMENT, known.environment, said.environment),)
    for field, ours, theirs in (*plain, *places):
        if ours and theirs and ours != theirs:
            differing.append(Question(field, "on_record", (str(ours), str(theirs))))
    return (*differing, *_other_date(case, said.when))


def _other_date(case: Case, when: WrittenMoment | None) -> tuple[Question, ...]:
    known = case.deployment.when
    ours = case.slot.start if case.slot else known.utc if known else None
    if when is None or ours is None or when.utc == ours:
        return ()
    return (Question(Field.WHEN, "not_as_agreed", (when.text, ours.isoformat())),)
