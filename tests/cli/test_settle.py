"""`settle`: what waits for a look, done with by a word and a reason; `audit` shows both."""

import pytest

from cli.conftest import Shell
from cli.test_looking import received
from desk.build import ANN, ENGINEER, MANAGER, REQUEST, Mail


@pytest.fixture
def waiting(shell: Shell) -> Shell:
    """Message 1 waits for a look, message 2 was answered."""
    received(shell, Mail(REQUEST, ANN, stamped="fail"), Mail(REQUEST, number=2))
    return shell


def test_without_a_number_it_lists_what_waits(waiting: Shell) -> None:
    found = waiting.json("settle")
    assert [(each["message"], each["from"], each["outcome"]) for each in found["waiting"]] == [(1, ANN, "triage")]
    assert "ann@partner" in waiting.run("settle").output


def test_it_is_recorded_and_waits_no_more(waiting: Shell) -> None:
    assert waiting.json("settle", "1", "called", "her", "--as", ENGINEER)["done"]
    assert waiting.json("settle") == {"waiting": [], "left_out": 0}
    audit = waiting.json("audit")
    (settled,) = audit["settled"]
    assert (settled["message"], settled["settled"]["who"], settled["settled"]["why"]) == (1, ENGINEER, "called her")
    assert (audit["waiting_for_a_look"], audit["messages"]["triage"]) == (0, 1)
    assert "settled message 1 by engineer@example.org" in waiting.run("audit").output


def test_a_dry_run_settles_nothing(waiting: Shell) -> None:
    assert waiting.json("settle", "1", "called", "--dry-run")["answer"] == "message 1 would be settled"
    assert waiting.json("audit")["waiting_for_a_look"] == 1


def test_decided_again_it_waits_anew(waiting: Shell) -> None:
    waiting.run("settle", "1", "called her")
    waiting.run("replay", "1")
    assert waiting.json("audit")["settled"] == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(["1"], 1, "Please say what became of it", id="no reason"),
        pytest.param(["2", "x"], 1, "What waits for a look: 1.", id="one that was answered"),
        pytest.param(["9", "x"], 1, "There is no message 9.", id="no such message"),
        pytest.param(["first", "x"], 2, "not a valid integer", id="no number"),
        pytest.param(["1", "x", "--as", "nobody@example.org"], 2, "is not among OPS's people", id="nobody of OPS"),
    ],
)
def test_what_cannot_be_settled_is_said_with_what_can(waiting: Shell, words: list[str], code: int, said: str) -> None:
    result = waiting.run("settle", *words)
    assert (result.exit_code, said in result.output) == (code, True)
    assert waiting.json("audit")["waiting_for_a_look"] == 1


def test_twice_says_so(waiting: Shell) -> None:
    waiting.run("settle", "1", "called her")
    result = waiting.run("settle", "1", "again")
    assert (result.exit_code, f"settled already, by {MANAGER}" in result.output) == (1, True)
