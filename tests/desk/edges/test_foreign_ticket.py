"""A mail with the number of another customer's ticket: nothing of a deployment is said there."""

import pytest

from desk.build import ANN, HOUR, INSTRUCTIONS, NOW, OLGA, REQUEST, Mail, Running
from desk.edges.talk import FIRST, SECOND, kinds
from desk.edges.test_matching import two
from desk.edges.test_which_one import asked, letter_of
from dplmaild.deployment.owed import TicketComment
from dplmaild.desk import Answered
from dplmaild.ports import Outcome

THEIRS = 99


def on_tickets(answered: Answered) -> list[int]:
    """The tickets that something is written on."""
    return [debt.what.ticket for debt in answered.debts if isinstance(debt.what, TicketComment)]


def by_their_ticket(running: Running, text: str, letter: str, subject: str = "Re: Next release") -> Answered:
    """Ann's answer to a letter of ours comes in by a ticket that stands for Olga's deployment."""
    theirs = running.ticket(Mail(REQUEST, OLGA, "Our shop", number=950), THEIRS, arrived=NOW + 4 * HOUR)
    assert theirs is not None
    assert on_tickets(theirs) == [THEIRS]
    headers = {"In-Reply-To": letter, "References": letter}
    answered = running.ticket(Mail(text, ANN, subject, headers=headers, number=951), THEIRS, arrived=NOW + 5 * HOUR)
    assert answered is not None
    return answered


@pytest.mark.parametrize(("text", "told"), [("both", "which"), ("2", "binding")])
def test_which_one_is_answered_by_mail_alone(running: Running, text: str, told: str) -> None:
    _, letter = asked(running)
    answered = by_their_ticket(running, text, letter)
    assert (kinds(answered), on_tickets(answered)) == ([told], [])
    assert running.case(SECOND).ticket is None


def test_a_second_answer_is_answered_by_mail_alone(running: Running) -> None:
    talk, letter = asked(running)
    talk.says("2", letter=letter)
    answered = by_their_ticket(running, "1", letter)
    assert (kinds(answered), on_tickets(answered)) == (["named_already"], [])


def test_the_question_itself_is_not_asked_there(running: Running) -> None:
    two(running)
    words = "We withdraw this deployment."
    answered = by_their_ticket(running, words, running.our_letter(FIRST), f"Re: Another release [{SECOND}]")
    assert (kinds(answered), on_tickets(answered)) == (["which"], [])


def test_the_earlier_mail_may_be_the_one_that_came_by_it(running: Running) -> None:
    talk = two(running)
    words = "We withdraw this deployment."
    asks = by_their_ticket(running, words, running.our_letter(FIRST), f"Re: Another release [{SECOND}]")
    answered = talk.later(6 * HOUR).says(SECOND, letter=letter_of(asks))
    assert (answered.reference, len(kinds(answered)), on_tickets(answered)) == (SECOND, 1, [])
    assert running.case(SECOND).ticket is None


def test_another_request_in_a_thread_of_ours_does_not_take_the_ticket(running: Running) -> None:
    two(running)
    other = REQUEST.replace("ICM", "PWA").replace("15 December", "22 December")
    answered = by_their_ticket(running, other, running.our_letter(FIRST))
    assert on_tickets(answered) == []
    assert running.case(answered.reference or "").ticket is None


def test_a_copy_does_not_take_the_ticket(running: Running) -> None:
    talk = two(running)
    ours = running.our_letter(FIRST)
    talk.says(INSTRUCTIONS, letter=ours)
    answered = by_their_ticket(running, INSTRUCTIONS, ours)
    assert (answered.outcome, on_tickets(answered)) == (Outcome.DUPLICATE, [])
    assert running.case(FIRST).ticket is None
