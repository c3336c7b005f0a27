"""Whether a message answers "which one?": by the letter that asked, on its ticket, or by a prepared reply."""

from dataclasses import dataclass, replace

from dplmaild.deployment.case import Case
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import effective
from dplmaild.deployment.terms import Deployment, Speaker
from dplmaild.desk.view import View
from dplmaild.reading import Candidate, Expecting
from dplmaild.reading.mime import Message, read_message
from dplmaild.reading.visible import bare_subject, is_reply
from dplmaild.store.questions import Asked


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a message may answer."""

    asked: Asked
    fits: tuple[Case, ...]  # by their numbers
    nearby: bool = False  # the message answers no letter that asks: only plain words count as an answer


def question_of(message: Message, ticket: int | None, speaker: Speaker, view: View) -> Question | None:
    """The question that is answered, about deployments of the speaker's own (MSG-4); None where there is none."""
    found = _found(message, ticket, speaker, view)
    if found is None:
        return None
    asked, nearby = found
    fits = tuple(case for reference in asked.fits if (case := view.case(reference)) is not None)
    theirs = all(case.customer in speaker.customers for case in fits)
    return Question(asked, fits, nearby) if theirs and len(fits) == len(asked.fits) else None


def _found(message: Message, ticket: int | None, speaker: Speaker, view: View) -> tuple[Asked, bool] | None:
    """Of a thread the letter that is answered counts, and none before it."""
    questions = view.questions
    if questions is None:
        return None
    answered = message.in_reply_to or (message.references[-1] if message.references else None)
    if answered and (asked := questions.in_letter(answered)):
        return asked, False
    if ticket is not None and (asked := questions.in_ticket(ticket)):
        return asked, True
    if answered or not is_reply(message.subject) or not speaker.customers:
        return None
    asked = questions.of_sender(speaker.address)
    kept = view.kept(asked.message) if asked else None
    same = kept is not None and bare_subject(read_message(kept.raw).subject) == bare_subject(message.subject)
    return (asked, True) if asked and same else None


def waits_for(question: Question, customer: Customer, profile: Profile) -> Expecting:
    """What such a question lets the reader understand: numbers, days, and what tells the deployments apart."""
    which = tuple(Candidate(case.reference, _shown(case, customer, profile)) for case in question.fits)
    starts = tuple(case.slot.start for case in question.fits if case.slot)
    whole = len(starts) == len(which)
    return Expecting(known_reference=True, offered=len(which), starts=starts if whole else (), which=which)


def _shown(case: Case, customer: Customer, profile: Profile) -> Deployment:
    """The deployment as its line in the letter shows it."""
    what = effective(case.deployment, customer, profile)
    return replace(case.deployment, type=what.type, environment=what.environment, product=what.product)
