"""Who asks how it stands is told so from the record, and OPS sees it; what is more goes to OPS alone."""

import pytest

from desk.build import ANN, BEN, CARL, DAY, INSTRUCTIONS, OLGA, REQUEST, Mail, Running
from desk.edges.talk import FIRST, FRIDAY, Talk, calls, kinds
from dplmaild.deployment.owed import Letter, LetterKind
from dplmaild.deployment.terms import Field, State
from dplmaild.desk import Answered
from dplmaild.ports import Outcome


def told(answered: Answered) -> Letter:
    """The one letter to people outside of OPS."""
    (letter,) = [debt.what for debt in answered.debts if isinstance(debt.what, Letter)]
    return letter


def test_with_slots_offered_they_are_named_by_their_numbers(running: Running) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    before = running.case()
    answered = talk.says("Is slot 2 still free?")
    letter = told(answered)
    assert (letter.kind, letter.to) == (LetterKind.STANDS, (ANN,))
    assert letter.facts.slots == tuple(offer.slot for offer in before.offers)
    assert calls(answered) == ["asked how it stands, and was told: Is slot 2 still free?"]
    assert (running.case().state, running.case().offers) == (State.PROPOSED, before.offers)


def test_once_they_have_lapsed_none_is_named(running: Running) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    lapsed = running.case().offers[-1].until + DAY
    running.reception.fire(lapsed, lapsed)
    letter = told(talk.at(lapsed).says("Ist Termin 2 noch frei?"))
    assert (letter.kind, letter.facts.slots, running.case().state) == (LetterKind.STANDS, (), State.EXPIRED)


@pytest.mark.parametrize("sender", [pytest.param(ANN, id="release manager"), pytest.param(BEN, id="attendant")])
def test_agreed_it_says_what_is_still_missing(running: Running, sender: str) -> None:
    talk = Talk(running)
    talk.opens()
    letter = told(talk.says("When is our deployment?", sender))
    assert (letter.kind, letter.to, letter.facts.slot) == (LetterKind.STANDS, (sender,), running.case().slot)
    assert Field.TARGET_VERSION in letter.facts.missing


def test_binding_nothing_is_missing(running: Running) -> None:
    talk = Talk(running)
    talk.opens()
    talk.says(INSTRUCTIONS)
    assert told(talk.says("Is it confirmed?")).facts.missing == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Is slot 2 still free? If so we take it.", id="a condition besides"),
        pytest.param("What is the status of your move to the new office in Jena, by the way?", id="of something else"),
    ],
)
def test_what_is_more_goes_to_ops_alone(running: Running, text: str) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    answered = talk.says(text)
    assert (answered.outcome, kinds(answered), running.case().state) == (Outcome.TRIAGE, [], State.PROPOSED)


def test_a_contact_is_told_that_it_was_passed_on(running: Running) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    assert kinds(talk.says("Is slot 2 still free?", CARL)) == ["noted"]


def test_another_customers_people_learn_nothing(running: Running) -> None:
    talk = Talk(running)
    talk.opens(REQUEST)
    assert kinds(talk.says("When is our deployment?", OLGA)) == []


def test_an_unverified_sender_learns_nothing(running: Running) -> None:
    talk = Talk(running)
    talk.opens(REQUEST)
    asked = Mail("When is our deployment?", ANN, f"Re: Next release [{FIRST}]", stamped="fail", number=900)
    answered = running.receive(asked, talk.now + DAY)
    assert (answered.outcome, kinds(answered)) == (Outcome.TRIAGE, [])


def test_a_question_that_was_written_before_newer_words_is_answered_as_it_stands(running: Running) -> None:
    talk = Talk(running)
    talk.opens()
    talk.says(INSTRUCTIONS)
    old = {"Date": "Mon, 23 Nov 2026 08:30:00 +0000"}
    assert kinds(talk.says("When is our deployment?", **old)) == ["stands"]
