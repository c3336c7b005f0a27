"""The deadline of the instructions, its reminders, and what a hold does to it (INST-3 to INST-5)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from deployment.rules.build import HOTFIX
from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.process.agreeing import agree
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.timers import TimerKind
from process.build import (
    ANN,
    HOUR,
    INSTRUCTED,
    PROD,
    ROBIN,
    SLOT,
    State,
    alarms,
    answer,
    at,
    case,
    due,
    ground,
    kinds,
    only,
    order,
    the,
)

DEADLINE = at("2026-12-14 17:00")
LATE = DEADLINE + timedelta(seconds=1)
ON_PROD = ground(PROD)


def test_a_deadline_right_after_the_confirmation_cancels_nothing() -> None:
    on, confirmed = ground(), at("2026-11-24 13:30")
    slot = replace(SLOT, start=at("2026-11-24 15:00"))
    fresh = replace(case(), deployment=replace(case().deployment, type=HOTFIX))
    one = agree(fresh, slot, on, confirmed)
    assert one.deadline == at("2026-11-24 14:00")
    fired = due(one, TimerKind.DEADLINE, now=one.deadline)
    assert the(fired).state is State.SCHEDULED
    assert fired is not None
    assert (kinds(fired.owed), len(alarms(fired.owed))) == ([], 1)
    late = answer(one, replace(INSTRUCTED, description="fix"), instructs=True, arrived=one.deadline + HOUR / 2)
    assert the(late).state is State.INSTRUCTED


@pytest.mark.parametrize(
    ("profile", "state", "written", "told"),
    [
        pytest.param(ground(), State.CANCELLED, [LetterKind.CANCELLED], 0, id="caas cancels"),
        pytest.param(ON_PROD, State.SCHEDULED, [LetterKind.REMINDER], 1, id="prod reminds and tells OPS"),
    ],
)
def test_nothing_came(profile: Any, state: State, written: list[LetterKind], told: int) -> None:
    one = case(on=profile)
    assert one.deadline is not None
    fired = due(one, TimerKind.DEADLINE, now=one.deadline, on=profile)
    assert fired is not None
    assert the(fired).state is state
    assert (kinds(fired.owed), len(alarms(fired.owed))) == (written, told)


def test_reminders_name_the_cancellation_and_go_in_copy_to_ops() -> None:
    one = case()
    assert [t.due for t in timers_of(one, ground()) if t.kind is TimerKind.REMINDER] == [
        at("2026-12-10 17:00"),
        at("2026-12-14 13:00"),
    ]
    fired = due(one, TimerKind.REMINDER)
    assert fired is not None
    letter = only(fired.owed)
    assert (letter.to, letter.cc) == ((ANN.address,), ("ops@example.net",))
    assert (letter.facts.deadline, letter.facts.cancels) == (DEADLINE, True)


def test_a_hold_stops_the_clock_and_resuming_gives_a_fair_time() -> None:
    held = the(order(case(), "/hold database move"))
    assert {t.kind for t in timers_of(held, ground())} == {TimerKind.START_UNHELD}
    assert due(held, TimerKind.DEADLINE, now=LATE) is None
    after = DEADLINE + timedelta(minutes=30)
    free = the(order(held, "/resume", now=after))
    assert free.hold is None
    assert free.deadline == SLOT.start - HOUR
    assert TimerKind.DEADLINE in {t.kind for t in timers_of(free, ground())}


def test_instructions_end_a_hold() -> None:
    held = the(order(case(), "/hold database move"))
    decided = answer(held, INSTRUCTED, instructs=True, arrived=LATE)
    assert (the(decided).state, the(decided).hold) == (State.INSTRUCTED, None)


def test_a_hold_with_an_end_ends_by_itself_and_ops_hears_of_it() -> None:
    held = the(order(case(), "/hold audit until 2026-12-01 10:00"))
    assert (held.hold, held.hold_until) == ("audit", at("2026-12-01 10:00"))
    fired = due(held, TimerKind.START_UNHELD, now=at("2026-12-01 10:00"))
    assert fired is not None
    assert (the(fired).hold, the(fired).deadline, len(alarms(fired.owed))) == (None, DEADLINE, 1)


@pytest.mark.parametrize("state", [State.SCHEDULED, State.INSTRUCTED])
def test_at_the_start_of_a_held_one_ops_is_asked_and_nothing_starts(state: State) -> None:
    held = the(order(case(state), "/hold audit"))
    assert [t.due for t in timers_of(held, ground())] == [SLOT.start]
    fired = due(held, TimerKind.START_UNHELD, now=SLOT.start)
    assert fired is not None
    assert (the(fired).state, the(fired).hold, kinds(fired.owed)) == (state, "audit", [])
    assert not order(held, "/start", by=ROBIN).done


def test_a_held_letter_names_no_deadline() -> None:
    held = the(order(case(), "/hold audit"))
    decided = answer(held, replace(INSTRUCTED, release_notes=None), instructs=True)
    assert only(decided.owed).facts.deadline is None
