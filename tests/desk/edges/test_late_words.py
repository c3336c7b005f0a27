"""Mails that were written before newer ones and arrive after them (a greylisting server, a mail found in the junk)."""

from datetime import timedelta

import pytest

from desk.build import ANN, BEN, CARL, DAY, ENGINEER, HOUR, INSTRUCTIONS, NOW, Running
from desk.edges.talk import FRIDAY, MINUTE, Talk, at, calls, kinds
from dplmaild.deployment.terms import State


def dated(moment: object) -> str:
    """A Date header."""
    return f"{moment:%a, %d %b %Y %H:%M:%S %z}"


EARLIER = {"Date": dated(NOW + HOUR / 2)}  # between the request and whatever follows it


def instructed(running: Running) -> Talk:
    """A deployment with binding instructions: 11.0.2."""
    talk = Talk(running)
    talk.opens()
    talk.says(INSTRUCTIONS)
    return talk


@pytest.mark.parametrize(
    "late",
    [
        pytest.param("We withdraw the deployment.", id="a withdrawal"),
        pytest.param("Please move it to Wednesday 16 December 2026, 10:00.", id="another date"),
        pytest.param("Target version: 11.0.1.9", id="another target version"),
        pytest.param(INSTRUCTIONS.replace("11.0.2", "11.0.1.9"), id="whole instructions that say otherwise"),
        pytest.param("Please postpone the deployment.", id="a date that is not named"),
    ],
)
def test_an_older_word_never_overwrites_a_newer_one(running: Running, late: str) -> None:
    talk = instructed(running)
    before = running.case()
    assert kinds(talk.says(late, **EARLIER)) == ["overtaken"]
    now = running.case()
    assert (now.state, now.slot, now.deployment, now.offers) == (before.state, before.slot, before.deployment, ())


def test_what_it_says_and_what_is_on_record_are_both_quoted(running: Running) -> None:
    talk = instructed(running)
    talk.says("Target version: 11.0.1.9", **EARLIER)
    facts = running.letters()[-1].facts
    assert [question.quotes for question in facts.questions] == [("11.0.2", "11.0.1.9")]
    assert facts.arrived == NOW + HOUR / 2


def test_a_yes_takes_over_what_the_late_mail_says(running: Running) -> None:
    talk = instructed(running)
    talk.says("Target version: 11.0.1.9", **EARLIER)
    assert kinds(talk.says("yes")) == ["changed"]
    assert str(running.case().deployment.target_version) == "11.0.1.9"


def test_a_withdrawal_that_is_written_again_counts(running: Running) -> None:
    talk = instructed(running)
    talk.says("We withdraw the deployment.", **EARLIER)
    talk.says("We withdraw the deployment.")
    assert running.case().state is State.CANCELLED


def test_what_only_fills_gaps_is_taken(running: Running) -> None:
    """The correction of one field came before the instructions it belongs to."""
    talk = Talk(running)
    talk.opens()
    talk.says("Target version: 11.0.2")
    answered = talk.says(INSTRUCTIONS, **EARLIER)
    assert (kinds(answered), running.case().state) == (["binding"], State.INSTRUCTED)


def test_a_late_number_is_not_one_of_the_newer_slots(running: Running) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    talk.says("None fits. What about Friday 8 January 2027 at 10:00?")
    offered = running.case().offers
    assert kinds(talk.says("1", **EARLIER)) == ["overtaken"]
    assert (running.case().state, running.case().offers) == (State.PROPOSED, offered)
    assert running.letters()[-1].facts.slots == tuple(offer.slot for offer in offered)


def test_a_number_means_the_slot_of_the_letter_that_is_answered(running: Running) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    first = running.our_letter()
    talk.says("None fits. What about Friday 8 January 2027 at 10:00?")
    assert kinds(talk.says("2", letter=first)) == ["confirmed"]
    slot = running.case().slot
    assert slot is not None
    assert slot.start == at("2026-12-22 10:00")


def test_a_number_in_answer_to_the_newest_letter_means_its_slot(running: Running) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    talk.says("None fits. What about Friday 8 January 2027 at 10:00?")
    talk.says("2")
    slot = running.case().slot
    assert slot is not None
    assert slot.start == at("2027-01-12 10:00")


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        pytest.param(NOW + HOUR / 2, ["overtaken"], id="before OPS proposed another slot"),
        pytest.param(NOW + 3 * HOUR, ["confirmed"], id="after it"),
    ],
)
def test_a_late_number_is_not_the_slot_that_ops_proposed_since(
    running: Running, written: object, letters: list[str]
) -> None:
    talk = Talk(running)
    talk.opens(FRIDAY)
    talk.orders("/propose 2026-12-16 10:00")
    talk.now = NOW + 3 * HOUR
    answered = talk.opens("1", subject="Re: Next release [DPL-2026-0001]", Date=dated(written))
    assert kinds(answered) == letters


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        pytest.param(timedelta(hours=2), False, id="before the newer word"),
        pytest.param(timedelta(days=90), True, id="so long ago that the clock is wrong"),
        pytest.param(-timedelta(hours=2), True, id="after it arrived: the clock is fast"),
        pytest.param(timedelta(0), True, id="now"),
    ],
)
def test_only_a_date_that_can_be_true_makes_a_mail_late(running: Running, written: timedelta, heard: bool) -> None:
    talk = instructed(running)
    talk.says("We withdraw the deployment.", Date=dated(talk.now + HOUR - written - MINUTE * (written > timedelta(0))))
    assert (running.case().state is State.CANCELLED) is heard


def test_somebody_who_may_not_anyhow_is_passed_on_as_ever(running: Running) -> None:
    talk = instructed(running)
    answered = talk.says("We withdraw the deployment.", CARL, **EARLIER)
    assert (kinds(answered), len(calls(answered))) == (["noted"], 1)


def test_an_arrival_long_ago_is_as_old_as_a_date(running: Running) -> None:
    """Mail that lay about in the mailbox and is read after a newer one."""
    talk = instructed(running)
    talk.now = NOW - HOUR / 2
    talk.says("We withdraw the deployment.", Date=dated(NOW + DAY))
    assert running.case().state is State.INSTRUCTED


def rolled_back(running: Running) -> Talk:
    """The rollback's own tests are awaited, since 11:40."""
    talk = Talk(running)
    talk.to_the_tests()
    talk.at("2026-12-15 11:10").orders("/rollback broken", ENGINEER)
    talk.at("2026-12-15 11:40").orders("/rolledback", ENGINEER)
    return talk


def test_a_late_yes_to_the_deployment_does_not_confirm_its_rollback(running: Running) -> None:
    talk = rolled_back(running)
    answered = talk.at("2026-12-15 11:45").says("tests ok", BEN, Date=dated(at("2026-12-15 11:05")))
    assert (kinds(answered), len(calls(answered)), running.case().state) == (
        ["overtaken"],
        1,
        State.TESTING_ROLLBACK,
    )
    talk.at("2026-12-15 11:50").says("tests ok", BEN)
    assert running.case().state is State.ROLLED_BACK


def test_a_late_problem_reaches_ops_all_the_same(running: Running) -> None:
    talk = rolled_back(running)
    answered = talk.at("2026-12-15 11:45").says("checkout fails", ANN, Date=dated(at("2026-12-15 11:05")))
    assert len(calls(answered)) == 1
