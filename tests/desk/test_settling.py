"""What was put before OPS is settled by a note in answer to it, or by command: once, with who, when and why."""

from datetime import datetime

import pytest

from desk.build import ANN, ENGINEER, HOUR, MANAGER, NOW, REQUEST, STRANGER, Mail, Running
from desk.test_digest import day
from dplmaild.deployment.owed import CommandResult, Letter
from dplmaild.deployment.terms import Side, Speaker, Trust
from dplmaild.desk import Answered
from dplmaild.desk.settling import settle
from dplmaild.ports import Outcome
from dplmaild.store.cases import Cases
from dplmaild.store.settlements import Item, Settlements

WHO = Speaker(MANAGER, Trust.OK, side=Side.OPS)
FORGED = Mail(REQUEST, ANN, stamped="fail")


def item(running: Running, number: int = 1) -> Item:
    """A message as it was put before OPS."""
    with running.database.reading() as connection:
        found = Settlements(connection).item(number)
    assert found is not None
    return found


def by_hand(running: Running, number: int = 1, why: str = "called her", now: datetime = NOW + HOUR) -> CommandResult:
    """OPS settles it on the command line."""
    return settle(running.database, running.desk.settings, number, why, WHO, now)


def noted(running: Running, put: Answered, line: str = "/note called her", sender: str = MANAGER) -> Answered:
    """OPS answers the letter by which it was put before it."""
    letter = next(debt.message_id for debt in put.debts if debt.message_id)
    headers = {"In-Reply-To": letter, "References": letter}
    return running.receive(Mail(line, sender, "Re: Next release", headers=headers, number=50), NOW + HOUR)


def answers(answered: Answered) -> list[tuple[bool, str]]:
    """What the transcript says of each line."""
    (letter,) = [debt.what for debt in answered.debts if isinstance(debt.what, Letter)]
    return [(one.done, one.answer) for one in letter.facts.transcript]


def test_on_the_command_line(running: Running) -> None:
    assert running.receive(FORGED).outcome is Outcome.TRIAGE
    assert by_hand(running) == CommandResult("settle 1", True, "message 1 is settled")
    settled = item(running).settled
    assert settled is not None
    assert (settled.who, settled.at, settled.why) == (MANAGER, NOW + HOUR, "called her")


def test_by_a_note_in_answer_to_the_letter(running: Running) -> None:
    answered = noted(running, running.receive(FORGED))
    assert answers(answered) == [(True, "message 1 is settled")]
    settled = item(running).settled
    assert settled is not None
    assert (settled.who, settled.why) == (MANAGER, "called her")


def test_by_a_note_on_its_ticket(running: Running) -> None:
    running.ticket(Mail("Could you perhaps deploy 11.0.3 to PRD?", ANN), 77)
    assert item(running).waits
    running.ticket(Mail("/note called her", ENGINEER, number=51), 77, "ticket", NOW + HOUR)
    assert not item(running).waits


def test_then_neither_digest_nor_status_shows_it(running: Running) -> None:
    running.receive(FORGED)
    assert [each.number for each in day(running, NOW + HOUR).looked] == [1]
    by_hand(running)
    assert day(running, NOW + HOUR).looked == ()


def test_an_item_of_a_deployment_stands_in_its_history(running: Running) -> None:
    running.receive(Mail(REQUEST))
    put = running.receive(Mail("Hm, was war das?", ANN, "Re: Next release [DPL-2026-0001]", number=2), NOW + HOUR)
    assert put.outcome is Outcome.TRIAGE
    noted(running, put, "/note answered by phone")
    with running.database.reading() as connection:
        history = [entry.why["why"] for entry in Cases(connection).history_of("DPL-2026-0001")]
    assert "settled message 2: answered by phone" in history


def test_settled_twice_says_so(running: Running) -> None:
    put = running.receive(FORGED)
    by_hand(running)
    again = by_hand(running, why="again")
    assert (again.done, "settled already, by manager@example.org" in again.answer) == (False, True)
    ((done, answer),) = answers(noted(running, put, "/note again"))
    assert (done, "settled already" in answer) == (False, True)
    settled = item(running).settled
    assert settled is not None
    assert settled.why == "called her"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        pytest.param(7, "There is no message 7. What waits for a look: 1.", id="no such message"),
        pytest.param(
            2, "Message 2 waits for nobody: it is answered. What waits for a look: 1.", id="one that was answered"
        ),
    ],
)
def test_a_wrong_item_says_what_is_possible(running: Running, number: int, said: str) -> None:
    running.receive(FORGED)
    running.receive(Mail(REQUEST, subject="Another", number=2))
    assert by_hand(running, number) == CommandResult(f"settle {number}", False, said)


def test_without_a_reason_nothing_is_settled(running: Running) -> None:
    put = running.receive(FORGED)
    assert not by_hand(running, why="").done
    ((done, answer),) = answers(noted(running, put, "/note"))
    assert (done, answer.startswith("Please say what became of it")) == (False, True)
    assert item(running).waits


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        pytest.param("/note called her", ANN, id="a release manager"),
        pytest.param("/note called her", STRANGER, id="a stranger"),
        pytest.param("/approve", MANAGER, id="another verb"),
        pytest.param("/note DPL-2026-0009 called her", MANAGER, id="a note about a deployment"),
        pytest.param("thanks, done", MANAGER, id="no command"),
    ],
)
def test_what_settles_nothing(running: Running, line: str, sender: str) -> None:
    noted(running, running.receive(FORGED), line, sender)
    assert item(running).waits


def test_a_second_note_in_the_same_mail_says_that_it_is_settled(running: Running) -> None:
    answered = noted(running, running.receive(FORGED), "/note called her\n/note and again")
    assert [done for done, _ in answers(answered)] == [True, False]
