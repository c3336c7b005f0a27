"""Timers fire once, late rather than never, and come back when a case returns to where it waits for them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dplmaild.deployment.timers import Timer, TimerKind
from dplmaild.store.database import Database
from dplmaild.store.timers import Timers
from store.build import HOUR, NOW

DEADLINE = Timer(TimerKind.DEADLINE, NOW + HOUR)
REMINDER = Timer(TimerKind.REMINDER, NOW)
REFERENCE = "DPL-2026-0001"


def wanted(database: Database, *timers: Timer) -> None:
    """These are the case's timers from now on."""
    with database.writing() as connection:
        Timers(connection).set(REFERENCE, timers, NOW)


def due(database: Database, later: timedelta = timedelta(0), read_until: timedelta | None = None) -> list[TimerKind]:
    """What is due some time from now, when mail has been read up to some time from now."""
    with database.reading() as connection:
        until = None if read_until is None else NOW + read_until
        return [d.timer.kind for d in Timers(connection).due(NOW + later, until)]


def fire(database: Database, later: timedelta = timedelta(0)) -> list[TimerKind]:
    """Let everything due fire."""
    with database.writing() as connection:
        timers = Timers(connection)
        found = timers.due(NOW + later)
        for each in found:
            timers.fired(each, NOW + later, "reminded")
        return [d.timer.kind for d in found]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param(-HOUR, [], id="before its time"),
        pytest.param(timedelta(0), [TimerKind.REMINDER], id="on the second"),
        pytest.param(240 * HOUR, [TimerKind.REMINDER, TimerKind.DEADLINE], id="days late, in their order"),
    ],
)
def test_due(database: Database, later: timedelta, expected: list[TimerKind]) -> None:
    wanted(database, DEADLINE, REMINDER)
    assert due(database, later) == expected


@pytest.mark.parametrize(
    ("read_until", "expected"),
    [
        pytest.param(timedelta(0), [TimerKind.REMINDER], id="mail is read only up to an hour before the deadline"),
        pytest.param(HOUR, [TimerKind.REMINDER], id="mail that arrived in its very second may be unread"),
        pytest.param(2 * HOUR, [TimerKind.REMINDER, TimerKind.DEADLINE], id="all mail up to it is read"),
    ],
)
def test_no_deadline_fires_against_unread_mail(
    database: Database, read_until: timedelta, expected: list[TimerKind]
) -> None:
    wanted(database, DEADLINE, REMINDER)
    assert due(database, 3 * HOUR, read_until) == expected


def test_a_timer_fires_once_even_if_it_is_wanted_again(database: Database) -> None:
    wanted(database, REMINDER, DEADLINE)
    assert fire(database) == [TimerKind.REMINDER]
    wanted(database, REMINDER, DEADLINE)
    assert fire(database) == []


def test_what_a_hold_dropped_is_there_again_after_resuming(database: Database) -> None:
    wanted(database, DEADLINE)
    wanted(database)
    assert due(database, 2 * HOUR) == []
    wanted(database, DEADLINE)
    assert due(database, 2 * HOUR) == [TimerKind.DEADLINE]


def test_what_is_dropped_says_so(database: Database) -> None:
    wanted(database, DEADLINE)
    wanted(database)
    with database.reading() as connection:
        ((timer, ended, note),) = Timers(connection).of(REFERENCE)
    assert (timer, ended) == (DEADLINE, NOW)
    assert note.startswith("dropped")


def test_the_same_moment_is_one_timer_and_other_cases_are_left_alone(database: Database) -> None:
    wanted(database, DEADLINE, DEADLINE)
    with database.writing() as connection:
        Timers(connection).set("DPL-2026-0002", (DEADLINE,), NOW)
    wanted(database)
    with database.reading() as connection:
        timers = Timers(connection)
        assert [d.reference for d in timers.due(NOW + HOUR)] == ["DPL-2026-0002"]
        assert timers.next_due() == NOW + HOUR


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), id="the first of an hour that comes twice"),
        pytest.param(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), id="the second of it"),
        pytest.param(datetime(2027, 3, 28, 2, 30, tzinfo=BERLIN), id="in the hour that does not exist"),
    ],
)
def test_a_timer_in_a_night_with_a_change_of_clocks_stays_while_it_is_wanted(
    database: Database, moment: datetime
) -> None:
    """Moments of two zones never compare as equal there, although they are the same."""
    timer = Timer(TimerKind.REMINDER, moment)
    instant = moment.astimezone(UTC)
    for _ in range(2):
        wanted(database, timer)
    assert due(database, instant - NOW - timedelta(seconds=1)) == []
    assert fire(database, instant - NOW) == [TimerKind.REMINDER]
    wanted(database, timer)
    assert due(database, instant - NOW + HOUR) == []


def test_what_is_dropped_says_why(database: Database) -> None:
    with database.writing() as connection:
        Timers(connection).set(REFERENCE, (DEADLINE,), NOW)
        Timers(connection).set(REFERENCE, (), NOW, why="it is cancelled")
        ((timer, ended, note),) = Timers(connection).of(REFERENCE)
    assert (timer, ended, note) == (DEADLINE, NOW, "dropped: it is cancelled")
