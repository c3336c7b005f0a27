"""A delay moves the end of the window, and schedule, calendar, log, tests and timers know of it (RUN-2, RUN-8)."""

from datetime import timedelta
from typing import Any

import pytest

from dplmaild.deployment.bookings import Booking
from dplmaild.deployment.case import held_by
from dplmaild.deployment.owed import CalendarEntry, LogRow
from dplmaild.deployment.process import Carried
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.terms import PRD, Window
from dplmaild.deployment.timers import TimerKind
from process.build import (
    ROBIN,
    SLOT,
    State,
    at,
    case,
    ground,
    only,
    order,
    the,
)

LATE = timedelta(minutes=20)


def delayed(state: State = State.IN_PROGRESS, now: str = "2026-12-15 11:00", **changed: Any) -> Carried:
    """A deployment that is told to take twenty minutes longer."""
    return order(case(state, **changed), "/delay 20m the cache", by=ROBIN, now=at(now))


def test_a_delay_moves_the_end_of_the_window_and_never_its_start() -> None:
    later = the(delayed())
    assert later.slot is not None
    assert (later.slot.start, later.slot.end) == (SLOT.start, SLOT.end + LATE)


def test_schedule_calendar_log_and_timer_know_of_it() -> None:
    carried = delayed()
    later = the(carried)
    (event,) = [owed for owed in carried.owed if isinstance(owed, CalendarEntry)]
    assert (event.slot, event.sequence, event.cancelled) == (later.slot, case(State.IN_PROGRESS).sequence + 1, False)
    assert any(isinstance(owed, LogRow) for owed in carried.owed)
    assert [booking.ends for booking in held_by(later)] == [SLOT.end + LATE]
    assert [t.due for t in carried.timers if t.kind is TimerKind.WINDOW_OVER] == [SLOT.end + LATE]


def test_the_letter_says_both_ends_and_brings_the_invitation() -> None:
    letter = only(delayed().owed)
    assert (letter.facts.was_slot, letter.facts.minutes, letter.invitation) == (SLOT, LATE, True)
    assert letter.facts.slot == the(delayed()).slot


def test_tests_that_go_on_have_so_much_longer() -> None:
    later = the(delayed(State.TESTING, tests_until=at("2026-12-15 12:30")))
    assert later.tests_until == at("2026-12-15 12:50")


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        pytest.param("2026-12-15 12:45", "2026-12-15 12:50", id="told after its end, and still ahead"),
        pytest.param("2026-12-15 13:00", "2026-12-15 13:20", id="told so late that the new end has passed as well"),
    ],
)
def test_an_end_never_lies_in_the_past(now: str, ends: str) -> None:
    later = the(delayed(now=now))
    assert later.slot is not None
    assert later.slot.end == at(ends)


def test_who_gives_it_is_told_what_it_now_overlaps() -> None:
    after = Window(SLOT.end, timedelta(hours=1))
    held = (Booking("DPL-2026-0009", "riera", PRD, after), Booking("DPL-2026-0008", "riera", PRD, SLOT))
    carried = order(case(State.IN_PROGRESS), "/delay 20m slow", by=ROBIN, on=ground(held=held))
    assert carried.answer.endswith("; it now overlaps DPL-2026-0009, which this does not move")
    assert "overlaps" not in delayed().answer


@pytest.mark.parametrize("line", ["/delay", "/delay soon", "/delay 0m", "/delay -20m"])
def test_a_delay_without_a_span_moves_nothing(line: str) -> None:
    carried = order(case(State.IN_PROGRESS), line, by=ROBIN)
    assert (carried.done, carried.case, carried.owed) == (False, case(State.IN_PROGRESS), ())


def test_what_was_told_before_the_end_could_move_still_counts() -> None:
    one = case(State.IN_PROGRESS, delayed=LATE)
    assert [t.due for t in timers_of(one, ground()) if t.kind is TimerKind.WINDOW_OVER] == [SLOT.end + LATE]
