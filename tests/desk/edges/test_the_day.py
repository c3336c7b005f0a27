"""The attendant's word: what ends a deployment, what reaches the engineer, and what changes nothing."""

import pytest

from desk.build import ANN, BEN, CARL, ENGINEER, Running
from desk.edges.talk import MINUTE, Talk, calls, kinds
from dplmaild.deployment.terms import State
from dplmaild.ports import Outcome

QUOTED = (
    "Tests OK\n\nOn Tue, 15 Dec 2026 at 11:00, Service Desk <desk@example.org> wrote:\n> problem: ...\n> tests ok\n"
)


@pytest.mark.parametrize(
    "words",
    ["tests ok", QUOTED, "Alle Tests erfolgreich", "Todo correcto", "Tot correcte", "ok", "PRD ok, all tests passed"],
)
def test_the_attendants_yes_ends_it(running: Running, words: str) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    assert kinds(talk.later(10 * MINUTE).says(words, BEN)) == ["succeeded"]
    assert running.case().state is State.SUCCEEDED


@pytest.mark.parametrize(
    "words",
    ["nicht erreichbar", "The basket is empty, nothing works!", "one test failed, the rest is ok", "UAT tests ok"],
)
def test_what_is_no_yes_reaches_ops_and_ends_nothing(running: Running, words: str) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    answered = talk.later(10 * MINUTE).says(words, BEN)
    assert running.case().state is State.TESTING
    assert (kinds(answered), [words in call for call in calls(answered)]) == (["noted"], [True])


def test_two_attendants_who_contradict_each_other_are_for_ops_to_settle(running: Running) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    talk.later(5 * MINUTE).says("The basket is empty, checkout fails.", ANN)
    answered = talk.later(MINUTE).says("tests ok", BEN)
    assert running.case().state is State.TESTING
    assert [ANN in call for call in calls(answered)] == [True]
    talk.later(MINUTE).says("tests ok now, it was my browser", ANN)
    assert running.case().state is State.SUCCEEDED


def test_who_saw_the_problem_may_be_answered_by_ops(running: Running) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    talk.later(5 * MINUTE).says("checkout fails", ANN)
    talk.later(MINUTE).orders("/confirm by Ann, on the phone", ENGINEER)
    assert running.case().state is State.SUCCEEDED


def test_a_problem_of_the_deployment_is_none_of_its_rollback(running: Running) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    talk.later(5 * MINUTE).says("checkout fails, please roll back", ANN)
    talk.later(MINUTE).orders("/rollback checkout", ENGINEER)
    talk.later(30 * MINUTE).orders("/rolledback", ENGINEER)
    talk.later(5 * MINUTE).says("tests ok", BEN)
    assert running.case().state is State.ROLLED_BACK


@pytest.mark.parametrize("words", ["The basket is empty, please roll back", "The shop has an error since then"])
def test_a_problem_after_the_yes_reaches_ops(running: Running, words: str) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    talk.later(5 * MINUTE).says("tests ok", BEN)
    answered = talk.later(MINUTE).says(words, ANN)
    assert (kinds(answered), len(calls(answered)), running.case().state) == (["noted"], 1, State.SUCCEEDED)


@pytest.mark.parametrize("words", ["Thank you, all good", "tests ok", "Thanks!", "Thanks a lot, great job!"])
def test_thanks_after_the_end_are_no_reason_to_write(running: Running, words: str) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    talk.later(5 * MINUTE).says("tests ok", BEN)
    answered = talk.later(MINUTE).says(words, ANN)
    assert (kinds(answered), answered.outcome) == ([], Outcome.RECORDED)


def test_a_yes_of_somebody_who_may_not_goes_to_ops(running: Running) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    answered = talk.later(5 * MINUTE).says("tests ok", CARL)
    assert (running.case().state, kinds(answered), len(calls(answered))) == (State.TESTING, ["noted"], 1)
