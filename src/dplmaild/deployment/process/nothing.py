"""A reply that changes nothing: it holds no answer, or only asks how things stand. Its sender is told, kindly."""

from dplmaild.deployment.case import PENDING, RUNNING, Case
from dplmaild.deployment.completeness import missing_for_schedule
from dplmaild.deployment.owed import LetterKind, Trigger
from dplmaild.deployment.process.decision import Decision, Heard, Verdict
from dplmaild.deployment.process.judging import still_missing
from dplmaild.deployment.process.letters import alarm, facts_of, letter, told, with_offers
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import Deployment, Field, State

_WHY = "holds no answer"


def nothing_said(case: Case, heard: Heard, ground: Ground) -> Decision:
    """While a deployment runs OPS hears of it as well: a picture of an error may be all that was sent."""
    known = case.heard(heard.message_id)
    ground = ground.under(case.deployment)
    if case.has_ended:
        return Decision(Verdict.RECORD, f"{_WHY}, and nothing is awaited", known, (), timers_of(known, ground))
    facts = with_offers(facts_of(known, ground, missing=_awaited(known, ground)), known.standing_offers)
    owed = told(known, ground, letter(LetterKind.EMPTY, known, (heard.speaker.address,), facts, Trigger.MAIL))
    words = "a mail without words came while it runs; look whether it holds a picture"
    calls = (alarm(known, ground, words, by=heard.speaker.address),) if case.state in RUNNING else ()
    return Decision(Verdict.ASK_BACK, f"{_WHY}: said so", known, (*owed, *calls), timers_of(known, ground))


def as_it_stands(case: Case, heard: Heard, ground: Ground, _said: Deployment) -> Decision:
    """A question how it stands is answered from the record, with the slots still held; OPS sees that it was asked."""
    facts = with_offers(facts_of(case, ground, missing=_awaited(case, ground)), case.standing_offers)
    owed = told(case, ground, letter(LetterKind.STANDS, case, (heard.speaker.address,), facts, Trigger.MAIL))
    asked = heard.meaning.notes or heard.meaning.new_text
    words = f"asked how it stands, and was told: {asked}"
    call = alarm(case, ground, words, by=heard.speaker.address, only_told=True)
    return Decision(Verdict.RECORD, "asked how it stands: told", case, (*owed, call), timers_of(case, ground))


def _awaited(case: Case, ground: Ground) -> tuple[Field, ...]:
    """What the form that is out asks for."""
    if case.state in PENDING:
        return missing_for_schedule(case.deployment, ground.customer, ground.profile)
    return still_missing(case, ground) if case.state is State.SCHEDULED else ()
