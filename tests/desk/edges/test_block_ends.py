"""UAT does not take place as agreed while its PRD stands: nothing happens to PRD by itself, but everybody knows it."""

from collections.abc import Callable

import pytest

from desk.build import BEN, DAY, ENGINEER, INSTRUCTIONS, REQUEST, Running
from desk.edges.talk import FIRST, MINUTE, SECOND, Talk
from dplmaild.deployment.owed import Alarm, Letter
from dplmaild.deployment.terms import State
from dplmaild.store.debts import Debts

FULL = REQUEST.replace("code", "full")
UAT = FULL.replace("Tuesday, 15", "Thursday, 10") + "Environment: UAT\n"
PRD = FULL + "Environment: PRD\n"
TOLD = INSTRUCTIONS.replace("code", "full")


def block(running: Running, *, prd: str = PRD) -> Talk:
    """UAT on Thursday 10, PRD on Tuesday 15 December, both instructed for the same release."""
    talk = Talk(running)
    talk.opens(UAT)
    talk.opens(prd)
    talk.opens(TOLD + "Environment: UAT\n", subject="Instructions UAT")
    talk.opens(TOLD.replace("here are", "these are") + "Environment: PRD\n", subject="Instructions PRD")
    assert [running.case(r).state for r in (FIRST, SECOND)] == [State.INSTRUCTED, State.INSTRUCTED]
    return talk


def withdrawn(talk: Talk) -> None:
    talk.says("We withdraw UAT.", about=FIRST)


def cancelled(talk: Talk) -> None:
    talk.orders("/cancel no people", about=FIRST)


def failed(talk: Talk) -> None:
    talk.at("2026-12-10 10:00").orders("/start", ENGINEER, FIRST)
    talk.later(60 * MINUTE).orders("/complete", ENGINEER, FIRST)
    talk.later(5 * MINUTE).says("tests failed, checkout is broken", BEN, about=FIRST)
    talk.later(5 * MINUTE).orders("/fail checkout, a hotfix follows", ENGINEER, FIRST)


def rolled_back(talk: Talk) -> None:
    talk.at("2026-12-10 10:00").orders("/start", ENGINEER, FIRST)
    talk.later(60 * MINUTE).orders("/rollback broken", ENGINEER, FIRST)
    talk.later(60 * MINUTE).orders("/rolledback", ENGINEER, FIRST)
    talk.later(5 * MINUTE).says("tests ok", BEN, about=FIRST)


def moved_past(talk: Talk) -> None:
    talk.says("Please move it to Thursday 17 December 2026, 10:00.", about=FIRST)


def succeeded(talk: Talk) -> None:
    talk.at("2026-12-10 10:00").orders("/start", ENGINEER, FIRST)
    talk.later(60 * MINUTE).orders("/complete", ENGINEER, FIRST)
    talk.later(5 * MINUTE).says("tests ok", BEN, about=FIRST)


def moved_before(talk: Talk) -> None:
    talk.says("Please move it to Wednesday 9 December 2026, 10:00.", about=FIRST)


def postponed(talk: Talk) -> None:
    talk.at("2026-12-10 09:30").orders("/postpone 30m late", ENGINEER, FIRST)


def told(running: Running) -> tuple[list[str], list[str]]:
    """What the last letter about UAT says of PRD, and the calls to OPS that name PRD."""
    letter = [each for each in running.letters(FIRST) if each.kind.value != "transcript"][-1]
    with running.database.reading() as connection:
        owed = [debt.what for debt, _ in Debts(connection).of(FIRST)]
    calls = [each.letter.facts.text for each in owed if isinstance(each, Alarm)]
    assert isinstance(letter, Letter)
    return [each.reference for each in letter.facts.affected], [call for call in calls if SECOND in call]


@pytest.mark.parametrize("ends", [withdrawn, cancelled, failed, rolled_back, moved_past], ids=lambda e: e.__name__)
def test_partner_and_ops_learn_that_prd_stands_alone(running: Running, ends: Callable[[Talk], None]) -> None:
    talk = block(running)
    ends(talk)
    named, calls = told(running)
    assert (named, len(calls)) == ([SECOND], 1)
    assert running.case(SECOND).state is State.INSTRUCTED
    talk.at("2026-12-15 10:00").orders("/start", ENGINEER, SECOND)
    assert running.case(SECOND).state is State.INSTRUCTED  # PRE-3


@pytest.mark.parametrize("goes_on", [succeeded, moved_before, postponed], ids=lambda e: e.__name__)
def test_nothing_is_said_where_uat_comes_before_it(running: Running, goes_on: Callable[[Talk], None]) -> None:
    talk = block(running)
    goes_on(talk)
    assert told(running) == ([], [])


def test_a_uat_that_succeeded_proves_its_tag_for_prd(running: Running) -> None:
    talk = block(running)
    succeeded(talk)
    talk.at("2026-12-15 10:00").orders("/start", ENGINEER, SECOND)
    assert running.case(SECOND).state is State.IN_PROGRESS


def test_a_missed_deadline_of_uat_tells_of_prd(running: Running) -> None:
    talk = Talk(running)
    talk.opens(UAT)
    talk.opens(PRD)
    deadline = running.case(FIRST).deadline
    assert deadline is not None
    running.reception.fire(deadline, deadline + DAY)
    assert running.case(FIRST).state is State.CANCELLED
    named, calls = told(running)
    assert (named, len(calls)) == ([SECOND], 1)


def test_prd_of_another_product_has_nothing_to_do_with_it(running: Running) -> None:
    talk = Talk(running)
    talk.opens(UAT)
    talk.opens(PRD.replace("ICM", "IOM"))
    withdrawn(talk)
    assert told(running) == ([], [])


def test_a_withdrawn_prd_leaves_its_uat_alone(running: Running) -> None:
    talk = block(running)
    talk.says("We withdraw PRD.", about=SECOND)
    assert running.case(FIRST).state is State.INSTRUCTED
    assert all(not letter.facts.affected for letter in running.letters(SECOND))
