"""Which deployment a mail means: what can only mean one is taken, what can mean two is asked, never guessed."""

import pytest

from desk.build import ANN, CARL, DAY, HOUR, INSTRUCTIONS, MANAGER, NOW, REQUEST, Running
from desk.edges.talk import FIRST, FRIDAY, MINUTE, SECOND, Talk, kinds
from desk.edges.test_late_words import dated
from dplmaild.deployment.terms import State
from dplmaild.ports import Outcome

WEDNESDAY = REQUEST.replace("Tuesday, 15", "Wednesday, 16")
FORWARDED = """{own}

---------- Forwarded message ---------
From: Dev <dev@else.example.net>
Date: Mon, 23 Nov 2026 at 09:00
Subject: Next release
To: Ann <ann@partner.example.com>

{body}
"""
FOR_ONE = "for the deployment on 16 December"


def two(running: Running, first: str = REQUEST, second: str = WEDNESDAY) -> Talk:
    """Two agreed deployments of the same kind: Tuesday 15 and Wednesday 16 December."""
    talk = Talk(running)
    talk.opens(first)
    talk.opens(second, subject="Another release")
    return talk


def states(running: Running) -> list[State]:
    """The states of the two, and of whatever else came into being."""
    return [running.case(reference).state for reference in running.cases()]


@pytest.mark.parametrize(
    ("requests", "text"),
    [
        pytest.param((REQUEST, WEDNESDAY), INSTRUCTIONS.replace("for the deployment", FOR_ONE), id="by its day"),
        pytest.param(
            (REQUEST, WEDNESDAY),
            INSTRUCTIONS.replace("for the deployment", f"{FOR_ONE} 2026, 10:00"),
            id="by its day and hour",
        ),
        pytest.param(
            (REQUEST + "Target version: 11.0.3\n", WEDNESDAY + "Target version: 11.0.2\n"),
            INSTRUCTIONS,
            id="by its version",
        ),
        pytest.param(
            (REQUEST + "Environment: PRD\n", WEDNESDAY.replace("code", "full") + "Environment: UAT\n"),
            INSTRUCTIONS.replace("Type: code\n", "") + "Environment: UAT\n",
            id="by its environment",
        ),
        pytest.param(
            (REQUEST, WEDNESDAY),
            FORWARDED.format(own="Please deploy as below.", body=INSTRUCTIONS.replace("for the deployment", FOR_ONE)),
            id="as a forward that is adopted",
        ),
    ],
)
def test_instructions_in_a_new_thread_go_to_the_one_they_name(
    running: Running, requests: tuple[str, str], text: str
) -> None:
    talk = two(running, *requests)
    answered = talk.opens(text, subject="Instructions")
    assert (answered.reference, kinds(answered)) == (SECOND, ["binding"])
    assert states(running) == [State.SCHEDULED, State.INSTRUCTED]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(INSTRUCTIONS, id="nothing that tells them apart"),
        pytest.param(
            INSTRUCTIONS.replace("for the deployment", "for the deployment on 17 December 2026, 10:00"),
            id="a day of neither",
        ),
    ],
)
def test_instructions_that_can_mean_two_are_asked_about(running: Running, text: str) -> None:
    talk = two(running)
    answered = talk.opens(text, subject="Instructions")
    assert (kinds(answered), answered.outcome) == (["which"], Outcome.ASKED)
    assert states(running) == [State.SCHEDULED, State.SCHEDULED]
    (letter,) = [debt.what for debt in answered.debts]
    assert [each.reference for each in letter.facts.affected] == [FIRST, SECOND]  # type: ignore[union-attr]


def test_the_answer_is_the_same_mail_with_the_reference(running: Running) -> None:
    talk = two(running)
    talk.opens(INSTRUCTIONS, subject="Instructions")
    answered = talk.opens(INSTRUCTIONS, subject=f"Instructions [{SECOND}]")
    assert (answered.reference, kinds(answered)) == (SECOND, ["binding"])


@pytest.mark.parametrize(
    ("text", "where"),
    [
        pytest.param("We withdraw the deployment.", ANN, id="a withdrawal"),
        pytest.param(INSTRUCTIONS, ANN, id="instructions"),
        pytest.param("Target version: 11.0.3", ANN, id="a correction"),
    ],
)
def test_a_subject_that_contradicts_its_thread_is_asked_about(running: Running, text: str, where: str) -> None:
    talk = two(running)
    letter = running.our_letter(FIRST)
    headers = {"In-Reply-To": letter, "References": letter}
    answered = talk.opens(text, where, f"Re: Next release [{SECOND}]", **headers)
    assert kinds(answered) == ["which"]
    assert states(running) == [State.SCHEDULED, State.SCHEDULED]


def test_a_command_that_names_two_deployments_does_nothing(running: Running) -> None:
    talk = two(running)
    letter = running.our_letter(FIRST)
    answered = talk.opens("/cancel no", MANAGER, f"Re: x [{SECOND}]", **{"In-Reply-To": letter, "References": letter})
    assert (kinds(answered), states(running)) == (["transcript"], [State.SCHEDULED, State.SCHEDULED])


def test_a_subject_of_what_has_ended_contradicts_nothing(running: Running) -> None:
    talk = two(running)
    talk.says("We withdraw the deployment.", about=FIRST)
    letter = running.our_letter(SECOND)
    talk.opens("Target version: 11.0.3", subject=f"Re: x [{FIRST}]", **{"In-Reply-To": letter, "References": letter})
    assert str(running.case(SECOND).deployment.target_version) == "11.0.3"


def test_instructions_in_the_thread_of_what_has_ended_may_mean_what_goes_on(running: Running) -> None:
    talk = two(running)
    talk.says("We withdraw the deployment.", about=FIRST)
    assert kinds(talk.says(INSTRUCTIONS, about=FIRST)) == ["which"]
    assert states(running) == [State.CANCELLED, State.SCHEDULED]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        pytest.param("Type: code", "Type: full", "type", id="another type"),
        pytest.param("Product: ICM", "Product: PWA", "product", id="another product"),
        pytest.param("Type: code", "Type: code\nEnvironment: UAT", "environment", id="another environment"),
        pytest.param("for the deployment", FOR_ONE, "when", id="another day"),
    ],
)
def test_instructions_that_say_otherwise_than_agreed_are_asked_back(
    running: Running, old: str, new: str, field: str
) -> None:
    talk = Talk(running)
    talk.opens()
    answered = talk.says(INSTRUCTIONS.replace(old, new))
    assert kinds(answered) == ["instructions_incomplete"]
    assert running.case().state is State.SCHEDULED
    assert running.case().deployment.target_version is None
    assert [question.field.value for question in running.letters()[-1].facts.questions] == [field]


def test_the_agreed_day_without_its_hour_is_clear(running: Running) -> None:
    talk = Talk(running)
    talk.opens()
    named = INSTRUCTIONS.replace("for the deployment", "for the deployment on 15 December")
    assert kinds(talk.says(named)) == ["binding"]


@pytest.mark.parametrize(
    ("text", "sender", "later", "letters"),
    [
        pytest.param(REQUEST.replace("the next", "our next"), ANN, HOUR, [], id="in other words"),
        pytest.param(FORWARDED.format(own="Please deploy as below.", body=REQUEST), ANN, HOUR, [], id="as a forward"),
        pytest.param(REQUEST.replace("the next", "our next"), ANN, 5 * DAY, ["known"], id="again after days"),
        pytest.param("For Acme:\n" + REQUEST, MANAGER, HOUR, ["known"], id="by somebody else"),
    ],
)
def test_one_request_is_one_case_however_it_comes(
    running: Running, text: str, sender: str, later: object, letters: list[str]
) -> None:
    talk = Talk(running)
    talk.opens()
    answered = talk.later(later).opens(text, sender, "Acme: a release")  # type: ignore[arg-type]
    assert (running.cases(), answered.reference, kinds(answered)) == ([FIRST], FIRST, letters)
    assert running.case().state is State.SCHEDULED


def test_asked_for_twice_while_other_slots_are_offered_names_them_again(running: Running) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    talk.later(4 * DAY).opens(FRIDAY.replace("the next", "our next"))
    assert (running.cases(), running.case().state) == ([FIRST], State.PROPOSED)


def test_the_release_managers_own_request_adopts_the_draft_of_another(running: Running) -> None:
    talk = Talk(running)
    talk.opens(sender=CARL)
    assert kinds(talk.opens(REQUEST.replace("the next", "our next"))) == ["confirmed"]
    assert running.cases() == [FIRST]
    assert (running.case().state, running.case().requested_by, running.case().drafted) == (State.SCHEDULED, ANN, False)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WEDNESDAY, id="another day"),
        pytest.param(REQUEST.replace("ICM", "PWA").replace("10:00", "14:00"), id="another product"),
    ],
)
def test_another_request_is_another_case(running: Running, text: str) -> None:
    talk = Talk(running)
    talk.opens()
    talk.opens(text)
    assert running.cases() == [FIRST, SECOND]
    assert states(running) == [State.SCHEDULED, State.SCHEDULED]


def test_an_old_request_found_again_is_no_second_deployment(running: Running) -> None:
    talk = Talk(running)
    talk.opens(WEDNESDAY)
    answered = talk.opens(REQUEST, Date=dated(NOW - DAY))
    assert kinds(answered) == ["overtaken"]
    assert states(running) == [State.SCHEDULED, State.INCOMPLETE]
    assert [each.reference for each in running.letters(SECOND)[-1].facts.affected] == [FIRST]
    assert kinds(talk.says("yes", about=SECOND)) == ["confirmed"]


def test_an_old_request_for_something_else_is_a_request(running: Running) -> None:
    talk = Talk(running)
    talk.opens(WEDNESDAY)
    talk.opens(REQUEST.replace("ICM", "PWA"), Date=dated(NOW - DAY))
    assert states(running) == [State.SCHEDULED, State.SCHEDULED]


@pytest.mark.parametrize("sender", [ANN, CARL])
def test_a_request_in_the_thread_of_what_has_ended_is_a_new_one(running: Running, sender: str) -> None:
    talk = Talk(running)
    talk.opens()
    talk.says("We withdraw the deployment.")
    answered = talk.says(WEDNESDAY, sender)
    assert answered.reference == SECOND
    assert states(running) == [State.CANCELLED, State.SCHEDULED if sender == ANN else State.INCOMPLETE]


def test_a_request_for_another_product_in_a_thread_is_a_new_one(running: Running) -> None:
    talk = Talk(running)
    talk.opens()
    talk.says(WEDNESDAY.replace("ICM", "PWA"))
    assert states(running) == [State.SCHEDULED, State.SCHEDULED]


def test_a_past_date_in_the_thread_of_what_has_ended_asks_for_nothing(running: Running) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    talk.later(MINUTE).says("tests ok")
    talk.at("2026-12-16 09:00").says(REQUEST)
    assert running.cases() == [FIRST]
