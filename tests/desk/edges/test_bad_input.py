"""Mails that say nothing that could be done: each gets one kind sentence, once, and nothing changes in the case."""

from datetime import timedelta
from pathlib import Path

import pytest

from desk.build import ANN, BEN, CARL, ENGINEER, HOUR, INSTRUCTIONS, MANAGER, REQUEST, Mail, Running
from desk.edges.talk import FRIDAY, MINUTE, Talk, calls, kinds
from dplmaild.deployment.case import Case
from dplmaild.deployment.terms import State
from dplmaild.settings import load
from dplmaild.store.cases import Cases
from settings.folder import Folder

NO_TYPE = REQUEST.replace("Type: code\n", "")
SIGNATURE = "-- \nAnn Example\nPartner Ltd\n+49 30 123456"
FORM = "> ---- dplmaild form ----\n> Type of deployment:\n> ----\n"


def asked(talk: Talk) -> None:
    """A form is out: the type is not known."""
    talk.opens(NO_TYPE)


def offered(talk: Talk) -> None:
    """Three slots are out."""
    talk.opens(FRIDAY)


def confirmed(talk: Talk) -> None:
    """A slot is agreed, instructions are awaited."""
    talk.opens()


def substance(case: Case) -> tuple[object, ...]:
    """What must not change."""
    return (case.state, case.slot, case.offers, case.deployment, case.deadline, case.mailing_list)


@pytest.mark.parametrize("begins", [asked, offered, confirmed], ids=["a form is out", "slots are out", "agreed"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="an empty reply"),
        pytest.param("   \n\n", id="blanks alone"),
        pytest.param(SIGNATURE, id="a signature alone"),
        pytest.param(FORM, id="our letter alone"),
        pytest.param("Type of deployment:\nTarget version:\n", id="a form with nothing filled in"),
        pytest.param("Type of deployment: <type>\nTarget version: ...\n", id="a form with its placeholders"),
        pytest.param("Hello,\n\nType of deployment: tbd\n\nThanks\nAnn", id="a form that is put off"),
    ],
)
def test_a_reply_without_an_answer_is_told_so_once(running: Running, begins: object, text: str) -> None:
    talk = Talk(running)
    begins(talk)  # type: ignore[operator]
    before = substance(running.case())
    first = talk.says(text)
    assert kinds(first) == ["empty"]
    assert calls(first) == []
    assert kinds(talk.says(text)) == []
    assert substance(running.case()) == before


def test_what_is_awaited_stands_in_the_letter(running: Running) -> None:
    talk = Talk(running)
    asked(talk)
    talk.says("")
    assert [field.value for field in running.letters()[-1].facts.missing] == ["type"]


def test_the_offered_slots_stand_in_the_letter_with_their_numbers(running: Running) -> None:
    talk = Talk(running)
    offered(talk)
    talk.says("")
    assert running.letters()[-1].facts.slots == tuple(offer.slot for offer in running.case().offers)
    talk.says("2")
    assert running.case().state is State.SCHEDULED


@pytest.mark.parametrize(
    ("begins", "text", "letters"),
    [
        pytest.param(asked, "ok", ["empty"], id="ok to a form"),
        pytest.param(asked, f"Here it is.\n\n{FORM}", ["empty"], id="here it is, and nothing is"),
        pytest.param(asked, f"Anbei, ausgefüllt.\n\n{FORM}", ["empty"], id="the same in German"),
        pytest.param(asked, "Thanks!", [], id="thanks for a form"),
        pytest.param(asked, "I will fill it in tomorrow.", [], id="a promise"),
        pytest.param(confirmed, "ok, thanks", [], id="ok to a confirmation"),
        pytest.param(offered, "ok", ["asked"], id="ok to three slots"),
        pytest.param(confirmed, "tests ok", ["refused"], id="tests ok before anything was deployed"),
        pytest.param(confirmed, "2", ["refused"], id="a number where nothing is offered"),
    ],
)
def test_what_cannot_be_done_is_said_once(running: Running, begins: object, text: str, letters: list[str]) -> None:
    talk = Talk(running)
    begins(talk)  # type: ignore[operator]
    before = substance(running.case())
    assert kinds(talk.says(text)) == letters
    assert kinds(talk.says(text)) == []
    assert substance(running.case()) == before


def test_the_same_words_after_a_day_are_answered_again(running: Running) -> None:
    talk = Talk(running)
    confirmed(talk)
    talk.says("tests ok")
    assert kinds(talk.later(timedelta(hours=25)).says("tests ok")) == ["refused"]


def test_the_same_words_of_somebody_else_are_answered(running: Running) -> None:
    talk = Talk(running)
    confirmed(talk)
    talk.says("tests ok")
    assert kinds(talk.says("tests ok", BEN)) == ["refused"]


def test_the_same_words_where_other_slots_are_offered_since_are_answered_anew(running: Running) -> None:
    talk = Talk(running)
    offered(talk)
    assert kinds(talk.says("ok")) == ["asked"]
    talk.says("None fits. What about Friday 8 January 2027 at 10:00?")
    assert kinds(talk.says("ok")) == ["asked"]


def test_the_same_choice_twice_is_agreed_once(running: Running) -> None:
    talk = Talk(running)
    offered(talk)
    letter = running.our_letter()
    assert kinds(talk.says("2", letter=letter)) == ["confirmed"]
    agreed = substance(running.case())
    assert kinds(talk.says("2", letter=letter)) == []
    assert kinds(talk.says("2, please", letter=letter)) == []
    assert substance(running.case()) == agreed


def test_another_number_after_the_agreement_changes_nothing_by_itself(running: Running) -> None:
    talk = Talk(running)
    offered(talk)
    letter = running.our_letter()
    talk.says("2", letter=letter)
    agreed = substance(running.case())
    assert kinds(talk.says("3", letter=letter)) == ["refused"]
    assert substance(running.case()) == agreed


def test_a_picture_during_the_tests_reaches_ops(running: Running) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    answered = talk.later(5 * MINUTE).says("", BEN)
    assert (kinds(answered), len(calls(answered)), running.case().state) == (["empty"], 1, State.TESTING)


def test_a_problem_that_is_reported_twice_reaches_ops_twice(running: Running) -> None:
    talk = Talk(running)
    talk.to_the_tests()
    first = talk.later(5 * MINUTE).says("checkout fails", BEN)
    again = talk.later(5 * MINUTE).says("checkout fails", BEN)
    assert (kinds(first), len(calls(first))) == (["noted"], 1)
    assert (kinds(again), len(calls(again))) == ([], 1)


def test_nothing_said_after_the_end_is_no_reason_to_write(running: Running) -> None:
    talk = Talk(running)
    confirmed(talk)
    talk.says("We withdraw the deployment.")
    assert kinds(talk.says("")) == []


def test_a_withdrawal_twice_is_told_so_once(running: Running) -> None:
    talk = Talk(running)
    confirmed(talk)
    assert kinds(talk.says("We withdraw the deployment.")) == ["cancelled"]
    again = [kinds(talk.says("We withdraw the deployment.")) for _ in range(3)]
    assert again == [["refused"], [], []]


@pytest.mark.parametrize("sender", [CARL, BEN])
def test_who_may_not_accept_changes_nothing(running: Running, sender: str) -> None:
    talk = Talk(running)
    offered(talk)
    before = substance(running.case())
    answered = talk.says("2", sender)
    assert (kinds(answered), len(calls(answered)), substance(running.case())) == (["noted"], 1, before)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/complete", "possible now"),
        ("/start", "possible now"),
        ("/resume", "not on hold"),
        ("/propose", "name one"),
        ("/override", "name the rule"),
        ("/rolledback", "possible now"),
    ],
)
def test_a_command_out_of_order_is_refused_with_what_is_possible(running: Running, line: str, says: str) -> None:
    talk = Talk(running)
    confirmed(talk)
    before = substance(running.case())
    answered = talk.orders(line, MANAGER)
    assert kinds(answered) == ["transcript"]
    assert says in answered.why
    assert substance(running.case()) == before


def test_a_stranger_with_an_empty_reply_hears_nothing(running: Running) -> None:
    talk = Talk(running)
    confirmed(talk)
    letter = running.our_letter()
    mail = Mail("", "x@else.example.net", "Re: Next release", headers={"In-Reply-To": letter}, number=9)
    assert kinds(running.receive(mail, talk.now + HOUR)) == []


def test_a_type_that_is_only_supposed_is_asked_for(running: Running) -> None:
    talk = Talk(running)
    asked(talk)
    assert kinds(talk.says("Type: maybe code, not sure", ANN)) == ["asked"]
    assert running.case().deployment.type is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Target version: 11.0.3", id="a correction"),
        pytest.param("Please move it to Wednesday 16 December 2026, 10:00.", id="another date"),
        pytest.param("STOP! Please cancel the deployment", id="a withdrawal"),
        pytest.param("We have a problem, the release is broken", id="a problem"),
    ],
)
def test_what_comes_while_it_runs_is_for_ops_to_decide(running: Running, text: str) -> None:
    talk = Talk(running)
    talk.opens()
    talk.says(INSTRUCTIONS)
    talk.orders("/override PRE-2 seen on UAT")
    talk.at("2026-12-15 10:00").orders("/start", ENGINEER)
    before = substance(running.case())
    answered = talk.later(5 * MINUTE).says(text)
    assert (kinds(answered), [text in call for call in calls(answered)]) == (["noted"], [True])
    assert substance(running.case()) == before


def test_the_reason_of_a_command_stands_in_the_history(running: Running) -> None:
    talk = Talk(running)
    confirmed(talk)
    talk.orders("/override PRE-2 seen on UAT by the customer")
    with running.database.reading() as connection:
        history = Cases(connection).history_of("DPL-2026-0001")
    assert "seen on UAT by the customer" in history[-1].why["why"]


def test_declining_needs_a_reason(running: Running) -> None:
    talk = Talk(running)
    confirmed(talk)
    assert "say why" in talk.orders("/decline", MANAGER).why
    assert running.case().state is State.SCHEDULED


def test_a_project_managers_request_waits_for_the_release_manager(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.spoil("customer", 'role = "attendant"', 'role = "project_manager"')
    running = Running(load(folder.main), tmp_path)
    talk = Talk(running)
    assert kinds(talk.opens(sender=BEN)) == ["adopt"]
    talk.says("yes", ANN)
    assert running.case().state is State.SCHEDULED
    running.database.close()
