"""P11: one writer per embedded database, shown with real processes."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from promises.desk import Where, write_desk
from promises.running import Daemon, running

pytestmark = pytest.mark.long

IN_SECONDS = 2.0  # the promise


def test_a_second_daemon_leaves_with_a_clear_message(tmp_path: Path, figures: Callable[[str], None]) -> None:
    config = write_desk(tmp_path, Where())
    with running(config) as first:
        began = time.monotonic()
        second = Daemon(config)
        code = second.ended()
        took = time.monotonic() - began
        assert code == 2
        (line,) = second.output.splitlines()  # one line, no traceback
        assert line.startswith("dplmaild: another dplmaild works on this database")
        assert "stop it first" in line
        assert first.process.poll() is None
        assert first.stop() == 0
    figures(f"a second daemon left after {took:.1f} s, start of Python included (promised: {IN_SECONDS:.0f} s)")


def test_a_stopped_daemon_is_still_the_only_one(tmp_path: Path) -> None:
    config = write_desk(tmp_path, Where())
    with running(config) as first:
        first.process.send_signal(signal.SIGSTOP)
        assert Daemon(config).ended() == 2
        first.process.send_signal(signal.SIGCONT)
        assert first.stop() == 0


def test_after_a_kill_the_next_one_may_work(tmp_path: Path) -> None:
    config = write_desk(tmp_path, Where())
    with running(config) as first:
        first.process.kill()
        first.process.wait()
        with running(config) as second:
            assert second.stop() == 0


def test_another_database_in_the_same_folder_is_no_concern(tmp_path: Path) -> None:
    one = write_desk(tmp_path / "one", Where(store=f"{tmp_path}/shared/one.db"))
    two = write_desk(tmp_path / "two", Where(store=f"{tmp_path}/shared/two.db"))
    with running(one) as first, running(two) as second:
        assert (first.stop(), second.stop()) == (0, 0)
