"""The calendar in a file: whole at every moment, and never overwritten when it cannot be read."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest
from icalendar import Calendar

from channels.records.events import UID, written
from dplmaild.channels.ics_file import IcsFile
from dplmaild.ports import PermanentError, TemporaryError


def uids(path: Path) -> list[str]:
    """The UIDs of all events in the file."""
    return [str(event["UID"]) for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"hello", id="text"),
        pytest.param(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x", id="cut off"),
        pytest.param(b"\x00\xff" * 1_000, id="bytes"),
    ],
)
def test_a_damaged_file_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    """People may still save something from it."""
    path = tmp_path / "deployments.ics"
    path.write_bytes(content)
    with pytest.raises(PermanentError, match="move it away"):
        IcsFile(path).put(UID, 1, written())
    assert path.read_bytes() == content


def test_a_missing_folder_is_a_matter_of_later(tmp_path: Path) -> None:
    """A share may come back."""
    with pytest.raises(TemporaryError, match="No such file"):
        IcsFile(tmp_path / "absent" / "deployments.ics").put(UID, 1, written())


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It could point anywhere."""
    target = tmp_path / "target.ics"
    target.write_bytes(b"precious")
    (tmp_path / "deployments.ics").symlink_to(target)
    with pytest.raises(PermanentError, match="link"):
        IcsFile(tmp_path / "deployments.ics").put(UID, 1, written())
    assert target.read_bytes() == b"precious"


def test_the_mode_of_the_file_stays(tmp_path: Path) -> None:
    """A group that could read it can go on reading it."""
    path = tmp_path / "deployments.ics"
    IcsFile(path).put("a", 1, written(uid="a"))
    path.chmod(0o640)
    IcsFile(path).put("b", 1, written(uid="b"))
    assert path.stat().st_mode & 0o777 == 0o640


def _write_from(path: Path, worker: int, count: int) -> None:
    for number in range(count):
        uid = f"{worker}-{number}"
        IcsFile(path).put(uid, 1, written(uid=uid))


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """The lock is between processes."""
    path = tmp_path / "deployments.ics"
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_write_from, args=(path, worker, 8)) for worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert sorted(uids(path)) == sorted(f"{worker}-{number}" for worker in range(3) for number in range(8))


def test_kill_while_writing(tmp_path: Path) -> None:
    """P8's way of writing: after any kill the file is whole, and the next write goes on."""
    path = tmp_path / "deployments.ics"
    fork = multiprocessing.get_context("fork")
    for life in range(10):
        writer = fork.Process(target=_write_from, args=(path, life, 10_000))
        writer.start()
        while not path.exists() or f"{life}-0" not in uids(path):
            time.sleep(0.005)
        time.sleep(0.003 * life)
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
        assert f"{life}-0" in uids(path)
    IcsFile(path).put(UID, 1, written())
    assert UID in uids(path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [".deployments.ics.lock", "deployments.ics"]
