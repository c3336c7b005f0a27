"""UAT asked for in the thread of its PRD: the step that was proposed, or at a date of its own (SCHED-9, INST-8)."""

import pytest

from desk.build import ANN, BEN, CARL, Running
from desk.edges.talk import FIRST, SECOND, Talk, at, kinds
from desk.edges.test_block_ends import FULL, PRD, TOLD, UAT
from dplmaild.deployment.terms import State


@pytest.mark.parametrize(
    "words",
    [
        "yes, UAT as proposed",
        "Please book the UAT step as proposed.",
        "UAT wie vorgeschlagen, bitte.",
        "UAT según lo propuesto, gracias.",
        "UAT segons el que proposeu.",
    ],
)
def test_the_proposed_step_is_taken(running: Running, words: str) -> None:
    talk = Talk(running)
    talk.opens(FULL)
    proposed = running.letters()[-1].facts.uat_step
    answered = talk.says(words)
    assert (answered.reference, kinds(answered)) == (SECOND, ["confirmed"])
    step = running.case(SECOND)
    assert (step.slot, step.deployment.environment and step.deployment.environment.name) == (proposed, "UAT")
    assert running.case(FIRST).state is State.SCHEDULED


@pytest.mark.parametrize(
    "words",
    [
        "Please also schedule UAT for Tuesday, 8 December 2026, 10:00.",
        UAT.replace("Thursday, 10", "Tuesday, 8"),
    ],
)
def test_another_date_for_it_is_judged_as_a_request(running: Running, words: str) -> None:
    talk = Talk(running)
    talk.opens(FULL)
    assert kinds(talk.says(words)) == ["confirmed"]
    slot = running.case(SECOND).slot
    assert slot is not None
    assert slot.start == at("2026-12-08 10:00")
    assert running.case(FIRST).state is State.SCHEDULED


@pytest.mark.parametrize(
    ("words", "sender"),
    [
        pytest.param("UAT not as proposed, please.", ANN, id="it is refused"),
        pytest.param("Is UAT as proposed still possible?", ANN, id="a question"),
        pytest.param("Environment: UAT", ANN, id="a field that corrects"),
        pytest.param("yes, INT as proposed", ANN, id="an environment of no block"),
        pytest.param("UAT as proposed", BEN, id="an attendant"),
    ],
)
def test_what_asks_for_no_step_books_none(running: Running, words: str, sender: str) -> None:
    talk = Talk(running)
    talk.opens(FULL)
    talk.says(words, sender)
    assert [r for r in running.cases() if running.case(r).state in {State.SCHEDULED, State.INSTRUCTED}] == [FIRST]


def test_a_contact_drafts_it(running: Running) -> None:
    talk = Talk(running)
    talk.opens(FULL)
    assert kinds(talk.says("UAT as proposed, please.", CARL)) == ["adopt"]
    assert running.case(SECOND).state is State.INCOMPLETE


def test_a_second_uat_is_not_booked_where_one_is_agreed(running: Running) -> None:
    talk = Talk(running)
    talk.opens(UAT)
    talk.opens(PRD)
    talk.says("UAT as proposed, please.", about=SECOND)
    assert running.cases() == [FIRST, SECOND]


def test_instructions_for_uat_in_the_thread_of_prd_are_asked_about(running: Running) -> None:
    talk = Talk(running)
    talk.opens(UAT)
    talk.opens(PRD)
    answered = talk.says(TOLD + "Environment: UAT\n", about=SECOND)
    assert kinds(answered) == ["instructions_incomplete"]
    assert [running.case(r).state for r in running.cases()] == [State.SCHEDULED, State.SCHEDULED]
