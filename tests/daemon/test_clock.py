"""A wall clock that jumps: nothing is cancelled by it before the world has been looked at again (P16)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from daemon.house import House, World
from desk.build import DAY, HOUR, NOW, REQUEST, Mail, settings_in
from dplmaild.daemon import ClockWatch, Daemon, Notifier, Watching
from dplmaild.daemon.clock import PATIENCE, SLACK
from dplmaild.deployment.terms import State
from dplmaild.store.clock_hold import KeptHold
from dplmaild.store.tables import owed

AFTER_THE_DEADLINE = datetime.fromisoformat("2026-12-14T17:30:00+01:00")
MINUTE = timedelta(minutes=1)


class Clocks:
    """A wall clock and a steady one."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.steady = 1000.0

    def go(self, span: timedelta, jump: timedelta = timedelta(0)) -> None:
        """Time passes; the wall clock may be set besides."""
        self.steady += span.total_seconds()
        self.now += span + jump


@pytest.mark.parametrize(
    ("passes", "set_by", "seen"),
    [
        pytest.param(MINUTE, timedelta(0), None, id="a turn later"),
        pytest.param(8 * HOUR, timedelta(0), None, id="the machine slept: downtime"),
        pytest.param(MINUTE, SLACK, None, id="a time server's correction"),
        pytest.param(MINUTE, -SLACK, None, id="and back"),
        pytest.param(MINUTE, HOUR, HOUR, id="forward"),
        pytest.param(MINUTE, -HOUR, -HOUR, id="back"),
    ],
)
def test_only_what_time_does_not_explain_is_a_jump(
    passes: timedelta, set_by: timedelta, seen: timedelta | None
) -> None:
    clocks = Clocks(NOW)
    watch = ClockWatch(lambda: clocks.steady)
    assert watch.look(clocks.now) is None
    clocks.go(passes, set_by)
    assert watch.look(clocks.now) == seen
    assert watch.is_plain is (seen is None)
    clocks.go(timedelta(seconds=PATIENCE))
    assert (watch.look(clocks.now), watch.is_plain) == (None, True)


class Running:
    """The main loop by hand, with a deployment whose instructions are missing."""

    def __init__(self, folder: Path) -> None:
        self.world = World()
        self.clocks = Clocks(NOW)
        self.settings = settings_in(folder)
        self.house = House(self.settings, folder, self.world)
        house = self.house
        watching = Watching(lambda _: None, lambda _: None)
        self.daemon = Daemon(house.reception, house.delivery, house.place, watching, Notifier(""))
        self.daemon.add(house.mail)
        self.boot = "first"
        self._watch()
        self.world.mails.append(Mail(REQUEST).bytes)
        self.turns()
        assert house.state() is State.SCHEDULED

    def _watch(self) -> None:
        self.daemon.mind_the_clock(ClockWatch(lambda: self.clocks.steady, KeptHold(self.house.database, self.boot)))

    def restarts(self, folder: Path, boot: str = "first") -> None:
        """Another process on the same file; after a reboot the steady clock begins anew."""
        self.house.database.close()
        self.house = House(self.settings, folder, self.world)
        house, watching = self.house, Watching(lambda _: None, lambda _: None)
        self.daemon = Daemon(house.reception, house.delivery, house.place, watching, Notifier(""))
        self.daemon.add(house.mail)
        if boot != self.boot:
            self.clocks.steady = 20.0
        self.boot = boot
        self._watch()

    def turns(self, *, reads: bool = True) -> None:
        """The mailbox is read, where it can be, and the main loop turns."""
        self.house.now = self.clocks.now
        while reads and self.house.mail.turn():
            pass
        self.daemon.turn()

    def told(self) -> list[str]:
        """What OPS is told of the clock."""
        with self.house.database.reading() as connection:
            bodies = connection.execute(select(owed.c.body).where(owed.c.name == "alarm")).scalars().all()
        letters = [body["letter"] for body in bodies]
        return [letter["facts"]["text"] for letter in letters if letter["title"] == "Clock"]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A desk whose loop is turned by hand."""
    one = Running(tmp_path)
    yield one
    one.house.database.close()


def test_a_jump_over_a_deadline_cancels_nothing_for_ten_minutes(running: Running) -> None:
    running.clocks.go(MINUTE, AFTER_THE_DEADLINE - NOW)
    running.turns()
    running.clocks.go(timedelta(seconds=PATIENCE - 60))
    running.turns()
    assert running.house.state() is State.SCHEDULED
    running.clocks.go(MINUTE)
    running.turns()
    assert running.house.state() is State.CANCELLED


def test_a_jump_that_is_taken_back_has_done_nothing(running: Running) -> None:
    jump = AFTER_THE_DEADLINE - NOW
    running.clocks.go(MINUTE, jump)
    running.turns()
    running.clocks.go(MINUTE, -jump)
    running.turns()
    running.clocks.go(DAY)
    running.turns()
    assert running.house.state() is State.SCHEDULED


def test_after_a_jump_the_mailbox_is_read_first_however_long_that_takes(running: Running) -> None:
    running.clocks.go(MINUTE, AFTER_THE_DEADLINE - NOW)
    running.turns()
    running.clocks.go(DAY)  # the mailbox was read after the jump
    running.clocks.go(MINUTE, -MINUTE)  # and now it is out of reach
    running.clocks.go(MINUTE, 2 * HOUR)
    running.turns(reads=False)
    running.clocks.go(HOUR)
    running.turns(reads=False)
    assert running.house.state() is State.SCHEDULED
    running.turns()
    running.turns()
    assert running.house.state() is State.CANCELLED


def test_a_machine_that_slept_over_a_deadline_had_a_downtime(running: Running) -> None:
    running.clocks.go(AFTER_THE_DEADLINE - NOW)
    running.turns()
    assert running.house.state() is State.CANCELLED


@pytest.mark.parametrize(("jump", "says"), [(3 * HOUR, "forward by 180 minutes"), (-HOUR, "back by 60 minutes")])
def test_ops_is_told_once(running: Running, jump: timedelta, says: str) -> None:
    running.clocks.go(MINUTE, jump)
    running.turns()
    running.turns()
    (text,) = running.told()
    assert says in text


@pytest.mark.parametrize("boot", [pytest.param("first", id="restarted"), pytest.param("second", id="rebooted")])
def test_a_restart_goes_on_holding(running: Running, tmp_path: Path, boot: str) -> None:
    running.clocks.go(MINUTE, AFTER_THE_DEADLINE - NOW)
    running.turns()
    running.clocks.go(MINUTE)
    running.restarts(tmp_path, boot)
    running.turns()
    assert running.house.state() is State.SCHEDULED
    running.clocks.go(timedelta(seconds=PATIENCE))
    running.turns()
    assert running.house.state() is State.CANCELLED


def test_restarted_it_is_believed_when_it_would_have_been(running: Running, tmp_path: Path) -> None:
    running.clocks.go(MINUTE, AFTER_THE_DEADLINE - NOW)
    running.turns()
    running.clocks.go(timedelta(seconds=PATIENCE - 60))
    running.restarts(tmp_path)
    running.turns()
    assert running.house.state() is State.SCHEDULED
    running.clocks.go(MINUTE)
    running.turns()
    assert running.house.state() is State.CANCELLED


def test_after_a_reboot_they_begin_anew_once(running: Running, tmp_path: Path) -> None:
    running.clocks.go(MINUTE, AFTER_THE_DEADLINE - NOW)
    running.turns()
    running.restarts(tmp_path, "second")
    running.turns()
    running.clocks.go(timedelta(seconds=PATIENCE - 60))
    running.restarts(tmp_path, "second")
    running.turns()
    assert running.house.state() is State.SCHEDULED
    running.clocks.go(MINUTE)
    running.turns()
    assert running.house.state() is State.CANCELLED


def test_once_it_is_believed_again_a_restart_holds_nothing(running: Running, tmp_path: Path) -> None:
    running.clocks.go(MINUTE, HOUR)
    running.turns()
    running.clocks.go(timedelta(seconds=PATIENCE))
    running.turns()
    running.restarts(tmp_path, "second")
    running.clocks.go(AFTER_THE_DEADLINE - running.clocks.now)
    running.turns()
    assert running.house.state() is State.CANCELLED


def test_a_machine_without_a_name_for_its_boot_holds_the_whole_time_again(running: Running, tmp_path: Path) -> None:
    running.boot = ""
    running.restarts(tmp_path, "")
    running.turns()
    running.clocks.go(MINUTE, AFTER_THE_DEADLINE - NOW)
    running.turns()
    running.clocks.go(timedelta(seconds=PATIENCE - 60))
    running.restarts(tmp_path, "")
    running.clocks.go(MINUTE)
    running.turns()
    assert running.house.state() is State.SCHEDULED
    running.clocks.go(timedelta(seconds=PATIENCE))
    running.turns()
    assert running.house.state() is State.CANCELLED


def test_a_second_jump_while_it_holds_begins_anew_after_a_restart_too(running: Running, tmp_path: Path) -> None:
    running.clocks.go(MINUTE, AFTER_THE_DEADLINE - NOW)
    running.turns()
    running.clocks.go(timedelta(seconds=PATIENCE - 60), HOUR)
    running.turns()
    running.clocks.go(MINUTE)
    running.restarts(tmp_path)
    running.turns()
    assert running.house.state() is State.SCHEDULED
