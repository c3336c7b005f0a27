"""P11 on a database server, shown with real processes that share nothing else: each has its own folder and mail."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dplmaild.store.database import Database
from dplmaild.store.inbox import Inbox
from promises.desk import Where, write_desk
from promises.mails import drop, request
from promises.running import Daemon, command, running
from store.cutting import cut_all, cut_lock
from store.engines import Postgres

pytestmark = pytest.mark.long

IN_SECONDS = 2.0  # the promise
HALF = "please schedule a deployment of the PWA on PRD.\n"  # asked back whatever day it is


@dataclass(frozen=True)
class Desk:
    """One machine's desk."""

    config: Path

    def receive(self, name: str) -> None:
        """A mail that will be answered."""
        now = datetime.now(UTC)
        drop(self.config.parent, request(name, sent=now, text=HALF), at=now)

    @property
    def sent(self) -> int:
        """Letters that have left."""
        folder = self.config.parent / "sent" / "new"
        return len(list(folder.iterdir())) if folder.is_dir() else 0

    def answers(self, daemon: Daemon, name: str) -> None:
        """A mail comes and its answer leaves."""
        before = self.sent
        self.receive(name)
        daemon.until(lambda: self.sent > before, f"the answer to {name}")


@pytest.fixture
def one(tmp_path: Path, shared: str) -> Desk:
    """A desk on the database."""
    return Desk(write_desk(tmp_path / "one", Where(store=shared)))


@pytest.fixture
def other(tmp_path: Path, shared: str) -> Desk:
    """Another one on the same database, in a folder of its own."""
    return Desk(write_desk(tmp_path / "other", Where(store=shared)))


def _kept(url: str) -> dict[str, int]:
    with Database(url, only_reads=True).reading() as connection:
        return dict(Inbox(connection).tally())


def _last(daemon: Daemon) -> str:
    return daemon.output.splitlines()[-1]


def _refused(desk: Desk) -> str:
    """What the second one says."""
    second = Daemon(desk.config)
    assert second.ended() == 2
    (line,) = second.output.splitlines()  # one line, no traceback
    assert line.startswith("dplmaild: another dplmaild works on this database")
    assert "stop it first" in line
    return line


def test_a_second_daemon_leaves_with_a_clear_message(one: Desk, other: Desk, figures: Callable[[str], None]) -> None:
    other.receive("for nobody")
    with running(one.config) as first:
        began = time.monotonic()
        said = _refused(other)
        took = time.monotonic() - began
        assert f"held by dplmaild {first.process.pid} on " in said
        first.process.send_signal(signal.SIGSTOP)
        _refused(other)  # who sleeps is still the only one
        first.process.send_signal(signal.SIGCONT)
        one.answers(first, "a mail")
        assert first.stop() == 0
    assert (one.sent, other.sent) == (1, 0)
    figures(
        f"a second daemon elsewhere left after {took:.1f} s, start of Python included (promised: {IN_SECONDS:.0f} s)"
    )


def test_after_a_clean_end_and_after_a_kill_the_next_one_may_work(one: Desk, other: Desk) -> None:
    with running(one.config) as first:
        assert first.stop() == 0
    with running(other.config) as second:
        other.answers(second, "a mail")
        second.process.kill()
        second.process.wait()
        with running(one.config) as third:
            one.answers(third, "another mail")
            assert third.stop() == 0


def test_commands_work_beside_the_daemon_from_another_folder(one: Desk, other: Desk) -> None:
    with running(one.config) as first:
        one.answers(first, "a mail")
        for words in (["list"], ["replay", "1"]):
            done = command(other.config, *words)
            assert (done.returncode, done.stderr) == (0, "")
        first.until(lambda: len(first.lines("decided")) > 1, "the decision that was asked for anew")
        assert first.stop() == 0


def test_a_lock_that_was_cut_is_taken_again_and_nothing_is_lost(one: Desk, other: Desk, shared: str) -> None:
    with running(one.config) as first:
        one.answers(first, "before")
        cut_lock(shared)
        one.receive("meanwhile")
        first.until(lambda: bool(first.lines("back again")), "the lock")
        one.answers(first, "after")
        first.until(lambda: one.sent == 3, "all answers")
        assert [line["source"] for line in first.lines("out of reach")] == ["database lock"]
        _refused(other)
        assert first.stop() == 0
    assert sum(_kept(shared).values()) == 3


def test_a_lock_cut_while_the_daemon_slept_is_taken_again_when_nobody_came(one: Desk, shared: str) -> None:
    with running(one.config) as first:
        one.answers(first, "before")
        first.process.send_signal(signal.SIGSTOP)
        cut_all(shared)
        one.receive("meanwhile")
        first.process.send_signal(signal.SIGCONT)
        first.until(lambda: one.sent == 2, "the answer")
        first.until(lambda: bool(first.lines("back again")), "the lock")
        assert first.stop() == 0


def test_who_was_followed_while_it_slept_sends_nothing_and_leaves(one: Desk, other: Desk, shared: str) -> None:
    with running(one.config) as first:
        one.answers(first, "before")
        first.process.send_signal(signal.SIGSTOP)
        one.receive("that the first would answer")
        cut_all(shared)
        with running(other.config) as second:
            first.process.send_signal(signal.SIGCONT)
            assert first.ended() == 2
            assert _last(first).startswith("dplmaild: another dplmaild works on this database by now")
            assert f"held by dplmaild {second.process.pid} on " in _last(first)
            assert (one.sent, sum(_kept(shared).values())) == (1, 1)
            other.answers(second, "a mail")
            assert second.stop() == 0
    assert "Traceback" not in first.output


def test_who_was_followed_by_one_that_left_again_is_to_be_started_anew(one: Desk, other: Desk, shared: str) -> None:
    with running(one.config) as first:
        one.answers(first, "before")
        first.process.send_signal(signal.SIGSTOP)
        one.receive("that the first would answer")
        cut_all(shared)
        with running(other.config) as second:
            assert second.stop() == 0
        first.process.send_signal(signal.SIGCONT)
        assert first.ended() == 4  # systemd starts it anew
        assert _last(first).startswith("dplmaild: another dplmaild has worked on this database meanwhile")
    assert one.sent == 1


def test_a_server_that_is_away_is_waited_for_and_nothing_is_lost(
    one: Desk, shared: str, postgres_server: Postgres
) -> None:
    with running(one.config) as first:
        one.answers(first, "before")
        postgres_server.shut(shared)
        one.receive("meanwhile")
        first.until(lambda: _of_lock(first, "out of reach") == 1, "the word that the lock is lost")
        first.until(lambda: bool(first.lines("timers wait")), "a turn without the lock")
        assert (one.sent, _of_lock(first, "back again")) == (1, 0)
        postgres_server.shut(shared, again=True)
        first.until(lambda: _of_lock(first, "back again") == 1, "the lock")
        first.until(lambda: one.sent == 2, "the answer")
        assert first.stop() == 0
        assert _of_lock(first, "out of reach") == 1
    assert sum(_kept(shared).values()) == 2


def _of_lock(daemon: Daemon, event: str) -> int:
    """How often it said so of its lock."""
    return sum(line.get("source") == "database lock" for line in daemon.lines(event))


@pytest.mark.parametrize(
    "store",
    [
        pytest.param("postgresql://desk:secret-word@127.0.0.1:1/none", id="nobody listens"),
        pytest.param("postgresql://desk:secret-word@/none?host=/nowhere", id="no such socket"),
        pytest.param("{server}_that_is_not_there?{query}", id="no such database"),
    ],
)
def test_a_server_that_cannot_be_used_is_said_in_one_line(tmp_path: Path, shared: str, store: str) -> None:
    made, _, query = shared.partition("?")
    address = store.replace("{server}", made).replace("{query}", query)
    daemon = Daemon(write_desk(tmp_path, Where(store=address)))
    assert daemon.ended() == 4
    assert "secret-word" not in daemon.output
    (line,) = daemon.output.splitlines()
    assert line.startswith("dplmaild: the database at postgresql")
