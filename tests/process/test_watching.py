"""A start that comes near, a start and an end that nobody gave: OPS is told once, and nothing happens by itself."""

from datetime import timedelta
from typing import Any

import pytest

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.timers import TimerKind
from process.build import (
    CAAS,
    DAY,
    HOUR,
    PROD,
    ROBIN,
    SLOT,
    Field,
    State,
    alarms,
    case,
    due,
    ground,
    kinds,
    order,
    the,
)

MINUTE = timedelta(minutes=1)


def moments(one: Case, *wanted: TimerKind) -> dict[TimerKind, Any]:
    """When these timers of a case fall due."""
    return {t.kind: t.due for t in timers_of(one, ground()) if t.kind in wanted}


def test_a_start_is_near_half_an_hour_before_and_late_a_quarter_after() -> None:
    assert moments(case(State.INSTRUCTED), TimerKind.READY, TimerKind.START_PASSED) == {
        TimerKind.READY: SLOT.start - 30 * MINUTE,
        TimerKind.START_PASSED: SLOT.start + 15 * MINUTE,
    }


def test_both_are_the_profiles() -> None:
    watch = CAAS.watch.model_copy(update={"ready_before": timedelta(0), "late_after": HOUR})
    on = ground(CAAS.model_copy(update={"watch": watch}))
    found = {t.kind: t.due for t in timers_of(case(State.INSTRUCTED), on)}
    assert found == {TimerKind.START_PASSED: SLOT.start + HOUR}


@pytest.mark.parametrize(
    ("changed", "lacks"),
    [
        pytest.param({}, {"PRE-2"}, id="something lacks"),
        pytest.param({"overridden": ("PRE-2",)}, set(), id="all is settled"),
    ],
)
def test_ops_reads_what_the_start_has_and_lacks(changed: dict[str, Any], lacks: set[str]) -> None:
    decided = due(case(State.INSTRUCTED, **changed), TimerKind.READY, SLOT.start - 30 * MINUTE)
    assert decided is not None
    (call,) = alarms(decided.owed)
    assert (call.kind, call.to) == (LetterKind.READY, ("ops@example.net",))
    assert {each.name for each in call.facts.ready if each.blocks and not each.met} == lacks
    assert {"instructions", "PRE-2", "TEST-2"} <= {each.name for each in call.facts.ready}
    assert kinds(decided.owed) == []


@pytest.mark.parametrize(
    ("one", "now"),
    [
        pytest.param(case(State.INSTRUCTED, hold="campaign"), SLOT.start - HOUR / 2, id="on hold"),
        pytest.param(case(State.SCHEDULED), SLOT.start - HOUR / 2, id="not instructed"),
        pytest.param(case(State.IN_PROGRESS), SLOT.start - HOUR / 2, id="started early"),
        pytest.param(case(State.INSTRUCTED), SLOT.start, id="the daemon was down until the start"),
    ],
)
def test_a_notice_that_helps_nobody_is_dropped(one: Case, now: Any) -> None:
    assert due(one, TimerKind.READY, now) is None


@pytest.mark.parametrize(
    ("state", "says"),
    [
        pytest.param(State.INSTRUCTED, "/start", id="instructed"),
        pytest.param(State.SCHEDULED, "instructions are not complete", id="without instructions"),
        pytest.param(State.AWAITING_APPROVAL, "nobody has decided", id="never approved"),
    ],
)
def test_a_start_that_passed_by_changes_nothing(state: State, says: str) -> None:
    one = case(state)
    decided = due(one, TimerKind.START_PASSED, SLOT.start + 15 * MINUTE)
    assert decided is not None
    assert the(decided) == one
    (call,) = alarms(decided.owed)
    assert says in call.facts.text
    assert kinds(decided.owed) == []


def test_it_names_what_the_start_still_lacks() -> None:
    decided = due(case(State.INSTRUCTED), TimerKind.START_PASSED, SLOT.start + 15 * MINUTE)
    assert decided is not None
    assert [each.name for each in alarms(decided.owed)[0].facts.ready] == ["PRE-2"]
    on = ground(PROD)
    lacks = due(case(State.SCHEDULED, on=on), TimerKind.START_PASSED, SLOT.start + 15 * MINUTE, on)
    assert lacks is not None
    missing = alarms(lacks.owed)[0].facts.missing
    assert {Field.COMPONENTS, Field.ROLLBACK} <= set(missing)  # the partner's lines and our own


def test_a_postponed_start_is_near_and_late_anew() -> None:
    one = case(State.INSTRUCTED)
    later = order(one, "/postpone 60m the backup runs", by=ROBIN)
    assert moments(the(later), TimerKind.READY) == {TimerKind.READY: SLOT.start + HOUR / 2}
    assert due(the(later), TimerKind.START_PASSED, SLOT.start + 15 * MINUTE) is None


def test_a_hold_has_its_own_word_at_the_start() -> None:
    assert {t.kind for t in timers_of(case(State.INSTRUCTED, hold="campaign"), ground())} == {TimerKind.START_UNHELD}


def test_a_window_is_over_at_its_end_with_what_was_told_as_a_delay() -> None:
    one = case(State.IN_PROGRESS)
    assert moments(one, TimerKind.WINDOW_OVER) == {TimerKind.WINDOW_OVER: SLOT.end}
    twice = the(order(the(order(one, "/delay 20m slow", by=ROBIN)), "/delay 1h slower", by=ROBIN))
    assert moments(twice, TimerKind.WINDOW_OVER) == {TimerKind.WINDOW_OVER: SLOT.end + 80 * MINUTE}


def test_an_end_that_nobody_gave_changes_nothing() -> None:
    one = case(State.IN_PROGRESS)
    decided = due(one, TimerKind.WINDOW_OVER, SLOT.end)
    assert decided is not None
    assert the(decided) == one
    assert "/complete" in alarms(decided.owed)[0].facts.text
    assert kinds(decided.owed) == []


@pytest.mark.parametrize("line", ["/complete", "/rollback broken", "/fail broken", "/abort broken"])
def test_an_end_in_any_way_is_an_end(line: str) -> None:
    ended = order(case(State.IN_PROGRESS), line, by=ROBIN)
    assert TimerKind.WINDOW_OVER not in {t.kind for t in ended.timers}
    assert due(the(ended), TimerKind.WINDOW_OVER, SLOT.end + DAY) is None
