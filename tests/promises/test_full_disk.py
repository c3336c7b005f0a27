"""P9: a full disk and a read-only one are told, nothing is lost, and work goes on by itself."""

import os
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dplmaild.settings import Settings
from dplmaild.store.database import StoreBusyError
from promises.desk import Where, desk_in, write_desk
from promises.mails import drop, request
from promises.running import Daemon, running
from promises.turns import message_rows, opened, owed_rows

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disk here, see the test with a file size limit ({mounted.stderr.strip()})")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=False)


def _fill(disk: Path) -> Path:
    """Take all the room that is left."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (65536, 4096, 512):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def _integrity(database: Path) -> str:
    with sqlite3.connect(database) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def _answers(folder: Path) -> int:
    sent = folder / "sent" / "new"
    return len(list(sent.iterdir())) if sent.is_dir() else 0


def _config(folder: Path, disk: Path) -> Path:
    return write_desk(folder, Where(store=f"{disk}/dplmaild.db"))


def test_the_daemon_stops_fetching_on_a_full_disk_and_goes_on_when_there_is_room(tmp_path: Path, small: Path) -> None:
    config = _config(tmp_path, small)
    now = datetime.now(UTC)
    with running(config) as daemon:
        drop(tmp_path, request("before", sent=now), at=now)
        daemon.until(lambda: _answers(tmp_path) > 0, "the first answer")
        answered = _answers(tmp_path)
        filler = _fill(small)
        large = request("during", sent=now, text="please deploy\n" + "word " * 100_000)
        another = request("after", sent=now).replace(b"Thursday, 2026-12-10", b"Wednesday, 2026-12-16")
        drop(tmp_path, large, another, at=now + timedelta(seconds=1))
        daemon.until(lambda: bool(daemon.lines("out of reach")), "the line about the full disk")
        assert _answers(tmp_path) == answered
        filler.unlink()
        daemon.until(lambda: _answers(tmp_path) > answered, "the answer when there is room again")
        assert daemon.stop() == 0
        said = daemon.lines("out of reach")
        assert "full" in said[0]["why"]
        assert said[0]["next_attempt"] > now.isoformat()
        assert daemon.lines("back again")
        assert "Traceback" not in daemon.output
    assert _integrity(small / "dplmaild.db") == "ok"


def test_letters_that_could_not_be_settled_are_settled_later_and_not_sent_again(tmp_path: Path, small: Path) -> None:
    settings = desk_in(tmp_path, Where(store=f"{small}/dplmaild.db"))
    drop(tmp_path, request(sent=NOW), at=NOW)
    turns = opened(settings, NOW)
    turns.mail.turn()
    filler = _fill(small)
    refused = 0
    for _ in range(3):
        try:
            turns.pay()
            turns.settle()
        except StoreBusyError:
            refused += 1
    filler.unlink()
    for minutes in (1, 6, 30):
        turns.clock.now = NOW + timedelta(minutes=minutes)
        turns.settle()
    turns.close()
    assert _answers(tmp_path) == 1
    assert {row["state"] for row in owed_rows(turns)} == {"paid"}
    assert _integrity(small / "dplmaild.db") == "ok"


def _limited(settings: Settings, outcome: int) -> None:
    """In a process of its own: the limit on file sizes plays the full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    turns = opened(settings, NOW)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    wal = Path(settings.store.url.removeprefix("sqlite:///") + "-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + 1000, hard))
    try:
        turns.go()
        said = "nothing was refused"
    except StoreBusyError as error:
        said = str(error)
    rows = len(message_rows(turns))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    turns.go()
    turns.end()
    os.write(outcome, f"{said}\n{rows}\n{len(message_rows(turns))}".encode())


def test_a_database_that_may_not_grow_takes_nothing_half(tmp_path: Path) -> None:
    settings = desk_in(tmp_path)
    drop(tmp_path, request("one", sent=NOW), request("two", sent=NOW, text="please deploy\n" + "w " * 9_000), at=NOW)
    outcome, ours = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            _limited(settings, ours)
        finally:
            os._exit(0)
    os.close(ours)
    os.waitpid(pid, 0)
    said, refused, kept = os.read(outcome, 4096).decode().split("\n")
    os.close(outcome)
    assert "the database refused a write" in said
    assert (refused, kept) == ("0", "2")
    assert _integrity(tmp_path / "var" / "dplmaild.db") == "ok"
    assert _answers(tmp_path) == 1  # the long one is not about a deployment


def test_a_read_only_disk_is_told_at_start(tmp_path: Path, small: Path) -> None:
    config = _config(tmp_path, small)
    with running(config) as daemon:
        daemon.stop()
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    daemon = Daemon(config)
    code = daemon.ended()
    (line,) = daemon.output.splitlines()
    assert line.startswith("dplmaild: ")
    assert "read-only" in line.lower() or "readonly" in line.lower()
    assert code == 4
    subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
    with running(config) as again:
        assert again.stop() == 0
    assert _integrity(small / "dplmaild.db") == "ok"
