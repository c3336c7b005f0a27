"""P4: what a killed process leaves open. The database says 'sending'; the send log says how far it really came."""

import resource
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dplmaild.ports import TemporaryError
from dplmaild.settings import Settings
from dplmaild.store.database import StoreBusyError
from dplmaild.store.debts import Claim, Debts, DebtState
from dplmaild.store.sendlog import SendLog
from promises.desk import desk_in
from promises.failing import FailingDatabase
from promises.mails import drop, request
from promises.turns import migrated, opened, owed_rows, sendlog_path

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
BOOT = "boot-1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sendlog"


def _written(path: Path, *steps: tuple[str, int, int], boot: str = BOOT) -> None:
    """A log as a run leaves it that has recovered and then taken these steps."""
    log = SendLog(path, boot)
    log.clear()
    for word, debt, attempt in steps:
        (log.begin if word == "begun" else log.accept)(debt, attempt)
    log.close()


@pytest.mark.parametrize(
    ("steps", "torn", "trusted", "begun", "accepted"),
    [
        pytest.param((), b"", True, False, False, id="nothing was begun"),
        pytest.param((("begun", 12, 10),), b"", True, True, False, id="begun"),
        pytest.param((("begun", 12, 10), ("accepted", 12, 10)), b"", True, True, True, id="accepted"),
        pytest.param((("begun", 12, 9),), b"", True, False, False, id="another attempt was begun"),
        pytest.param((("begun", 12, 1),), b"", True, False, False, id="an attempt whose number begins alike"),
        pytest.param((), b"\nbegun 12 10", True, False, False, id="a line torn at its end"),
        pytest.param((), b"\nbegun 12 10 .\nacc", True, True, False, id="a whole line and a torn one"),
        pytest.param((), b"\xff\x00 begun\n\n. . . .\nbegun x y .", True, False, False, id="rubbish"),
    ],
)
def test_lines_of_the_run_before(
    path: Path, steps: tuple[tuple[str, int, int], ...], torn: bytes, trusted: bool, begun: bool, accepted: bool
) -> None:
    _written(path, *steps)
    with path.open("ab") as file:
        file.write(torn)
    found = SendLog(path, BOOT)
    assert (found.trusted, found.was_begun(12, 10), found.was_accepted(12, 10)) == (trusted, begun, accepted)
    found.close()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="there is none"),
        pytest.param(b"", id="it is empty: cut before its head was written"),
        pytest.param(b"boot boo", id="its head is torn"),
        pytest.param(b"boot boot-0\n\nbegun 1 1 .\naccepted 1 1 .", id="the machine has booted since"),
        pytest.param(b"boot boot-11\n\nbegun 1 1 .", id="a boot whose name begins alike"),
        pytest.param(b"\nbegun 1 1 .\naccepted 1 1 .", id="it has no head"),
    ],
)
def test_a_log_that_proves_nothing(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
    found = SendLog(path, BOOT)
    assert (found.trusted, found.was_accepted(1, 1)) == (False, False)
    found.begin(2, 1)  # before anything is settled: it must not become trusted by that
    found.close()
    assert not SendLog(path, BOOT).trusted


@pytest.mark.parametrize(
    ("written_for", "read_for"),
    [
        pytest.param("1a2b", "3c4d", id="another database"),
        pytest.param("1a2b", "1a2", id="one whose name begins alike"),
        pytest.param("1a2", "1a2b", id="one whose name goes on"),
        pytest.param("", "1a2b", id="one that was written by a program that named none"),
        pytest.param("1a2b", "", id="and the other way round"),
    ],
)
def test_lines_about_another_database_count_for_nothing(path: Path, written_for: str, read_for: str) -> None:
    log = SendLog(path, BOOT, database=written_for)
    log.clear()
    log.begin(1, 1)
    log.accept(1, 1)
    log.close()
    found = SendLog(path, BOOT, database=read_for)
    assert (found.trusted, found.was_begun(1, 1), found.was_accepted(1, 1)) == (False, False, False)
    found.clear()
    found.close()
    again = SendLog(path, BOOT, database=read_for)
    assert again.trusted, "settled once, it is the other's log"
    again.close()


def by_run(path: Path, run: str) -> SendLog:
    """The log as a run opens it."""
    return SendLog(path, BOOT, database="1a2b", run=run)


def test_a_log_knows_what_the_run_that_wrote_it_was_sending_and_of_no_other(path: Path) -> None:
    first = by_run(path, "first")
    first.clear()
    first.begin(1, 1)
    first.close()
    second = by_run(path, "second")
    assert [second.knows(run) for run in ("first", "second", "elsewhere", "firs", None)] == [True, *[False] * 4]
    second.clear()
    second.close()
    third = by_run(path, "third")
    assert (third.knows("second"), third.knows("first"), third.was_begun(1, 1)) == (True, False, False)
    third.close()


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"boot boot-1 of 1a2b by ", id="torn in front of its name"),
        pytest.param(b"boot boot-1 of 1a2b by fir", id="torn in its name"),
        pytest.param(b"boot boot-1 of 1a2b by \n", id="no name"),
        pytest.param(b"by first\n", id="nothing but a name"),
    ],
)
def test_a_head_that_is_not_whole_proves_nothing(path: Path, head: bytes) -> None:
    path.write_bytes(head)
    found = by_run(path, "second")
    assert (found.trusted, found.knows("first"), found.knows("fir")) == (False, False, False)
    found.close()


def test_what_a_run_in_another_folder_was_sending_is_in_doubt_whatever_our_log_says(tmp_path: Path) -> None:
    settings = _left_sending(tmp_path, ())
    ours = by_run(sendlog_path(settings), "a run of ours that ended well")
    ours.clear()
    ours.close()
    turns = opened(settings, NOW, sendlog=by_run(sendlog_path(settings), "now"))
    turns.delivery.recover(NOW)
    assert {row["state"] for row in owed_rows(turns)} == {"in doubt"}
    turns.close()


def test_a_line_behind_a_torn_one_is_whole(path: Path) -> None:
    path.write_bytes(b"boot boot-1\n\nbegun 1")
    log = SendLog(path, BOOT)
    log.begin(2, 1)
    log.close()
    found = SendLog(path, BOOT)
    assert (found.was_begun(1, 1), found.was_begun(2, 1)) == (False, True)
    found.close()


def test_a_cleared_log_knows_nothing(path: Path) -> None:
    _written(path, ("begun", 1, 1))
    log = SendLog(path, BOOT)
    log.clear()
    log.close()
    found = SendLog(path, BOOT)
    assert (found.trusted, found.was_begun(1, 1)) == (True, False)
    found.close()


def test_what_cannot_be_noted_is_not_begun(path: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails instead
    _written(path)
    log = SendLog(path, BOOT)
    log.begin(1, 1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 5, hard))
    try:
        with pytest.raises(TemporaryError, match="send log"):
            log.begin(2, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    log.begin(3, 1)
    log.close()
    found = SendLog(path, BOOT)
    assert [found.was_begun(n, 1) for n in (1, 2, 3)] == [True, False, True]
    found.close()


def _left_sending(tmp_path: Path, steps: tuple[str, ...]) -> Settings:
    """What a crash leaves: one request's debts 'sending', with these steps of the first in the log."""
    settings = desk_in(tmp_path)
    drop(tmp_path, request(sent=NOW), at=NOW)
    before = opened(settings, NOW)
    before.mail.turn()  # decided, and nothing handed over
    before.close()
    _written(sendlog_path(settings), *((word, 1, 1) for word in steps))
    return settings


@pytest.mark.parametrize(
    ("boot", "steps", "first", "others"),
    [
        pytest.param(BOOT, (), "owed", "owed", id="killed before it was begun: safe to send"),
        pytest.param(BOOT, ("begun",), "in doubt", "owed", id="killed between begun and accepted: in doubt"),
        pytest.param(BOOT, ("begun", "accepted"), "paid", "owed", id="killed after it was accepted: paid"),
        pytest.param("boot-2", ("begun", "accepted"), "in doubt", "in doubt", id="the machine fell: all in doubt"),
    ],
)
def test_what_a_crash_left_is_recovered(
    tmp_path: Path, boot: str, steps: tuple[str, ...], first: str, others: str
) -> None:
    _left_sending(tmp_path, steps=steps)
    turns = opened(desk_in(tmp_path), NOW, sendlog=SendLog(sendlog_path(desk_in(tmp_path)), boot))
    turns.delivery.recover(NOW)
    states = [row["state"] for row in owed_rows(turns)]
    assert states[0] == first
    assert set(states[1:]) == {others}
    assert len(states) > 1
    turns.close()


def test_the_log_is_cleared_only_when_all_is_settled(tmp_path: Path) -> None:
    settings = desk_in(tmp_path)
    migrated(settings).close()
    database = FailingDatabase(settings.store.url)
    drop(tmp_path, request(sent=NOW), at=NOW)
    turns = opened(settings, NOW, database=database)
    turns.mail.turn()
    database.refuses = True
    with pytest.raises(StoreBusyError):
        turns.pay()
    sent = len(list((tmp_path / "sent" / "new").iterdir()))
    lines = sendlog_path(settings).read_text()
    assert (sent, "accepted 1 1" in lines) == (1, True)
    database.refuses = False
    turns.settle()
    assert {row["state"] for row in owed_rows(turns)} == {"paid"}
    assert "accepted" not in sendlog_path(settings).read_text()
    assert len(list((tmp_path / "sent" / "new").iterdir())) == sent
    turns.close()


def test_a_letter_doubted_twice_is_set_aside_and_ops_is_told(tmp_path: Path) -> None:
    settings = _left_sending(tmp_path, ("begun",))
    turns = opened(settings, NOW, sendlog=SendLog(sendlog_path(settings), BOOT))
    turns.delivery.recover(NOW)
    later = NOW + timedelta(minutes=6)
    with turns.parts.database.writing() as connection:
        (again,) = (d for d in Debts(connection).claim(later, Claim.by("a run that dies", later), 50) if d.id == 1)
    turns.parts.sendlog.begin(again.id, again.attempts)
    turns.close()
    following = opened(settings, later, sendlog=SendLog(sendlog_path(settings), BOOT))
    following.delivery.recover(later)
    following.settle()
    rows = owed_rows(following)
    assert (rows[0]["state"], rows[0]["doubts"]) == (DebtState.SET_ASIDE.value, 1)
    alarm = rows[-1]
    assert (alarm["kind"], alarm["state"]) == ("alarm", "paid")
    assert "may have been sent twice" in alarm["body"]["letter"]["facts"]["text"]
    following.close()
