"""Every kind of timer on a real record: once, late rather than never, whatever restarts and clocks do (STATE-3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desk.build import HOUR, NOW, Running, settings_in
from dplmaild.deployment.case import AGREED, Case, Offer
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.said import Command
from dplmaild.deployment.terms import Role, Side, Speaker, State, Trust, Window
from dplmaild.deployment.timers import Timer, TimerKind
from dplmaild.desk import Reception
from dplmaild.desk.view import RecordView
from dplmaild.store.cases import Cases, Entry
from dplmaild.store.timers import Timers
from process.build import SLOT, case

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OFFERS = tuple(Offer(n, Window(SLOT.start + n * DAY, SLOT.length), NOW + n * HOUR) for n in (1, 2))
STANDING: dict[TimerKind, Case] = {
    TimerKind.OFFER_LAPSES: case(State.PROPOSED, offers=OFFERS),
    TimerKind.REMINDER: case(State.SCHEDULED),
    TimerKind.DEADLINE: case(State.SCHEDULED),
    TimerKind.START_UNHELD: case(State.INSTRUCTED, hold="campaign", hold_until=SLOT.start - DAY),
    TimerKind.READY: case(State.INSTRUCTED),
    TimerKind.START_PASSED: case(State.INSTRUCTED),
    TimerKind.WINDOW_OVER: case(State.IN_PROGRESS),
    TimerKind.TESTS_OVER: case(State.TESTING),
    TimerKind.TESTS_MORNING: case(State.TESTING),
}
KINDS = pytest.mark.parametrize("kind", list(TimerKind), ids=lambda kind: kind.value)


@dataclass
class Timed:
    """A desk with one deployment that waits for one of its timers; the earlier ones have fired."""

    running: Running
    kind: TimerKind

    def __post_init__(self) -> None:
        one = STANDING[self.kind]
        with self.running.database.writing() as connection:
            cases = Cases(connection)
            cases.save(one, NOW)
            customer = self.running.desk.settings.directory.customer(one.customer)
            ground = self.running.desk.grounds.of(customer, (one.deployment,), RecordView(cases), NOW)
            timers = timers_of(one, ground)
            Timers(connection).set(one.reference, timers, NOW)
        self.due = min(timer.due for timer in timers if timer.kind is self.kind)
        self.fire(self.due - timedelta(seconds=1))

    def fire(self, now: datetime) -> None:
        """The main loop turns as often as there is something to do; all mail has been read."""
        for _ in range(5):
            self.running.reception.fire(now, now + DAY)

    def restart(self) -> None:
        """Another daemon on the same record."""
        self.running.reception = Reception(self.running.database, self.running.desk, "another")

    def fired(self) -> list[Entry]:
        """What this kind of timer has brought about, from the history."""
        with self.running.database.reading() as connection:
            history = Cases(connection).history_of("DPL-2026-0001")
        return [entry for entry in history if entry.cause == f"timer {self.kind.value}"]

    def timers(self) -> tuple[tuple[Timer, datetime | None, str], ...]:
        """All of them, with how they ended."""
        with self.running.database.reading() as connection:
            return Timers(connection).of("DPL-2026-0001")


@pytest.fixture
def timed(tmp_path: Path, kind: TimerKind) -> Iterator[Timed]:
    """A desk that waits for a timer."""
    running = Running(settings_in(tmp_path), tmp_path)
    yield Timed(running, kind)
    running.database.close()


def test_every_kind_has_its_case_here() -> None:
    assert set(STANDING) == set(TimerKind)


@KINDS
def test_not_before_its_time(timed: Timed) -> None:
    before = [entry for entry in timed.fired() if entry.at >= timed.due]
    assert before == []
    assert timed.due in [timer.due for timer, ended, _ in timed.timers() if not ended]


@KINDS
def test_once_on_time_and_not_again_after_a_restart(timed: Timed) -> None:
    timed.fire(timed.due)
    assert len(timed.fired()) == 1
    timed.restart()
    timed.fire(timed.due + MINUTE)
    assert len(timed.fired()) == 1


@KINDS
def test_a_daemon_that_was_down_over_it_fires_it_once_at_its_start(timed: Timed) -> None:
    timed.restart()
    timed.fire(timed.due + 20 * MINUTE)  # before the next of the same case
    assert [entry.at for entry in timed.fired()] == [timed.due + 20 * MINUTE]


@KINDS
def test_a_clock_that_is_set_back_fires_nothing_twice(timed: Timed) -> None:
    timed.fire(timed.due)
    for now in (timed.due - HOUR, timed.due - MINUTE, timed.due, timed.due + MINUTE):
        timed.restart()
        timed.fire(now)
    assert len(timed.fired()) == 1


@KINDS
def test_a_clock_that_is_set_forward_leaves_nothing_open_and_fires_nothing_twice(timed: Timed) -> None:
    timed.fire(timed.due + 30 * DAY)
    count = len(timed.fired())
    timed.fire(timed.due + 31 * DAY)
    assert len(timed.fired()) == count
    assert all(ended for timer, ended, _ in timed.timers() if timer.due < timed.due + 30 * DAY)


@KINDS
def test_a_case_that_moved_on_drops_it_with_the_reason(timed: Timed) -> None:
    reception = timed.running.reception
    state = STANDING[timed.kind].state
    verb = "cancel" if state in AGREED | {State.PROPOSED} else "fail"
    manager = Speaker("manager@example.org", Trust.OK, "Morgan", None, Role.DEPLOYMENT_MANAGER, Side.OPS, ("acme",))
    result = reception.order("DPL-2026-0001", Command(verb, "not needed"), manager, timed.due - MINUTE)
    assert result.done, result.answer
    timed.fire(timed.due + DAY)
    assert [entry for entry in timed.fired() if entry.at >= timed.due] == []
    (note,) = [note for timer, _, note in timed.timers() if timer.kind is timed.kind and timer.due == timed.due]
    ended = timed.running.case().state
    assert note.startswith(f"dropped: it is {ended.value}")
