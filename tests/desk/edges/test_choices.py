"""Offered slots, and what people answer: one that is meant is taken, everything else is asked or put before OPS."""

import pytest

from desk.build import INSTRUCTIONS, REQUEST, Running
from desk.edges.talk import FRIDAY, Talk, at, calls, kinds
from dplmaild.deployment.terms import State

MONDAY, TUESDAY, WEDNESDAY = (at(f"2026-12-{day} 10:00") for day in (21, 22, 23))


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("The second one is fine", TUESDAY),
        ("gerne Option 2", TUESDAY),
        ("el martes nos va bien", TUESDAY),
        ("Perfecte, la segona", TUESDAY),
        ("passt, nehmen wir den Mittwoch", WEDNESDAY),
        ("not 2, rather 3", WEDNESDAY),
        ("21.12. passt", MONDAY),
        ("22/12", TUESDAY),
        ("the last one", WEDNESDAY),
        ("2. bitte, aber um 11 Uhr", at("2026-12-22 11:00")),
        ("2 please, but at 14:00", at("2026-12-22 14:00")),
        ("la 2, pero a las 11", at("2026-12-22 11:00")),
        ("la 2, però a les 11", at("2026-12-22 11:00")),
        ("2\n\nAnn\n+49 30 1 2 3", TUESDAY),
        ("None works. What about 12 January 2027 at 10:00?", at("2027-01-12 10:00")),
    ],
)
def test_what_is_meant_is_taken(running: Running, words: str, start: object) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    assert kinds(talk.says(words)) == ["confirmed"]
    case = running.case()
    assert case.slot is not None
    assert (case.state, case.slot.start) == (State.SCHEDULED, start)


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        pytest.param("1 or 2 both fine", ["asked"], id="two are fine"),
        pytest.param("all three are fine", ["asked"], id="all are fine"),
        pytest.param("all 3 are fine", ["asked"], id="all, as a digit"),
        pytest.param("2 works, but only from 14:00", ["asked"], id="the second, from an hour on"),
        pytest.param("2 works, but Ben is there until 11:00 only", ["asked"], id="the second, and somebody's hours"),
        pytest.param("2 works, but at 11:00 or 12:00", ["asked"], id="the second, at one of two hours"),
        pytest.param("passt, nehmen wir den Donnerstag", ["asked"], id="a weekday that was not offered"),
        pytest.param("2 passt nicht", [], id="one that does not do"),
        pytest.param("Please keep the old date.", ["asked"], id="an old date, where none is agreed"),
        pytest.param("Best regards\nAnn\n+49 30 1 2 3", [], id="a telephone number"),
        pytest.param("Then Version 3.12 is the target.", [], id="a version"),
    ],
)
def test_what_is_not_clear_takes_nothing(running: Running, words: str, letters: list[str]) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    before = running.case()
    assert kinds(talk.says(words)) == letters
    now = running.case()
    assert (now.state, now.slot, now.offers) == (before.state, None, before.offers)


def test_a_slot_at_an_hour_that_does_not_do_is_judged_like_a_request(running: Running) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    assert kinds(talk.says("2 please, but at 20:00")) == ["offered"]
    assert running.case().state is State.PROPOSED


@pytest.mark.parametrize(
    "words",
    [
        "Then leave it on Tuesday as agreed.",
        "Sorry, please keep the old date.",
        "Dann bleibt es beim alten Termin.",
        "Entonces dejamos la fecha acordada.",
        "Doncs deixem la data acordada.",
    ],
)
def test_a_change_of_date_that_is_taken_back_leaves_the_agreed_one(running: Running, words: str) -> None:
    talk = Talk(running)
    talk.opens()
    agreed = running.case().slot
    talk.says("Please move it to Friday 18 December 2026, 10:00.")
    assert len(running.case().held_offers) == 3
    assert kinds(talk.says(words)) == ["kept"]
    assert (running.case().slot, running.case().offers, running.case().state) == (agreed, (), State.SCHEDULED)


@pytest.mark.parametrize(
    ("words", "moment", "told"),
    [
        pytest.param("Please move it to Friday 18 December 2026, 10:00.", "2026-12-15 08:00", 1, id="two hours before"),
        pytest.param("Please postpone the deployment.", "2026-12-15 08:00", 1, id="no other date"),
        pytest.param("Please move it to Friday 18 December 2026, 10:00.", "2026-12-10 08:00", 0, id="days before"),
    ],
)
def test_ops_knows_before_the_start_that_another_date_is_wanted(
    running: Running, words: str, moment: str, told: int
) -> None:
    talk = Talk(running)
    talk.opens()
    talk.says(INSTRUCTIONS)
    answered = talk.at(moment).says(words)
    assert len(calls(answered)) == told
    assert running.case().state is State.INSTRUCTED


def test_a_change_that_waits_for_the_manager_is_taken_back(running: Running) -> None:
    talk = Talk(running)
    talk.opens(REQUEST.replace("code", "hotfix"))
    talk.orders("/approve")
    talk.says("Please move it to Wednesday 16 December 2026, 10:00.")
    assert running.case().moving_to is not None
    talk.says("Sorry, please leave it at the old date.")
    assert running.case().moving_to is None
    refused = talk.orders("/approve")
    assert "possible now" in refused.why
    assert running.case().slot is not None


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("We withdraw UAT.", id="another environment"),
        pytest.param("We withdraw the PWA deployment.", id="another product"),
        pytest.param("The newsletter goes out on Tuesday at 9, please do not deploy then.", id="a time that is bad"),
        pytest.param("Bitte nicht vor 10 Uhr deployen.", id="an hour that is bad"),
        pytest.param("Please keep the old date.", id="a date that nobody changes"),
    ],
)
def test_what_withdraws_nothing_is_put_before_ops(running: Running, words: str) -> None:
    talk = Talk(running)
    talk.opens(REQUEST + "Environment: PRD\n")
    answered = talk.says(words)
    assert running.case().state is State.SCHEDULED
    assert "cancelled" not in kinds(answered)
    assert any("Alarm" in name for name in running.owed()) or answered.outcome.value == "triage"
