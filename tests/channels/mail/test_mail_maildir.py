"""A Maildir and a folder for dropped files as a mailbox."""

import os
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dplmaild.channels.maildir import MaildirMailbox
from dplmaild.channels.shrinking import shrunk
from dplmaild.ports import Identity, Outcome, Position, TemporaryError
from servers.mails import attachments, letter, text_of

LONG = 60.0
MIXED = b'Content-Type: multipart/mixed; boundary="b"\n\n'
UNREADABLE = Path("/proc/self/mem")
"""A file whose first byte nobody can read, not even root."""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    for folder in ("tmp", "new", "cur"):
        (tmp_path / "inbox" / folder).mkdir(parents=True)
    return tmp_path / "inbox"


def put(path: Path, raw: bytes = b"Subject: x\n\nhello\n", *, age: float = 3600.0) -> None:
    path.write_bytes(raw)
    moment = time.time() - age
    os.utime(path, (moment, moment))


def names(mailbox: MaildirMailbox, limit: int = 100) -> list[str]:
    return [arrival.identity.uid for arrival in mailbox.fetch(None, limit)]


def test_files_of_all_three_places_come_oldest_first(inbox: Path) -> None:
    put(inbox / "cur" / "1700000200.b.host:2,S")
    put(inbox / "new" / "1700000100.a.host")
    put(inbox / "dropped.eml", age=10)
    put(inbox / "tmp" / "1700000000.c.host")
    put(inbox / "notes.txt")
    put(inbox / ".hidden.eml")
    assert names(MaildirMailbox("drop", inbox)) == ["1700000100.a.host", "1700000200.b.host", "dropped.eml"]


def test_what_an_arrival_says(inbox: Path) -> None:
    raw = letter("hello")
    put(inbox / "new" / "1700000100.M5P7.host", raw)
    (arrival,) = MaildirMailbox("drop", inbox).fetch(None, 10)
    assert arrival.identity == Identity("drop", "inbox", 0, "1700000100.M5P7.host")
    assert arrival.arrived == datetime(2023, 11, 14, 22, 15, tzinfo=UTC)
    assert (arrival.raw, arrival.size, arrival.left_out) == (raw, len(raw), ())


def test_a_dropped_file_arrived_when_it_was_written(inbox: Path) -> None:
    put(inbox / "1700000100.eml")
    os.utime(inbox / "1700000100.eml", (1_790_000_000, 1_790_000_000))
    (arrival,) = MaildirMailbox("drop", inbox).fetch(None, 10)
    assert arrival.arrived == datetime.fromtimestamp(1_790_000_000, UTC)


def test_nothing_is_touched(inbox: Path) -> None:
    put(inbox / "new" / "1700000100.a.host")
    put(inbox / "dropped.eml")
    before = {path: path.stat().st_mtime_ns for path in inbox.rglob("*")}
    mailbox = MaildirMailbox("drop", inbox)
    for arrival in mailbox.fetch(None, 10):
        mailbox.show(arrival.identity, Outcome.ANSWERED)
    mailbox.close()
    assert {path: path.stat().st_mtime_ns for path in inbox.rglob("*")} == before


def test_a_file_comes_once_also_when_it_is_marked_as_read_meanwhile(inbox: Path) -> None:
    put(inbox / "new" / "1700000100.a.host")
    mailbox = MaildirMailbox("drop", inbox)
    assert names(mailbox) == ["1700000100.a.host"]
    (inbox / "new" / "1700000100.a.host").rename(inbox / "cur" / "1700000100.a.host:2,S")
    assert names(mailbox) == []


def test_a_late_file_with_an_old_date_is_not_missed(inbox: Path) -> None:
    put(inbox / "new" / "1700000200.b.host")
    mailbox = MaildirMailbox("drop", inbox)
    (first,) = mailbox.fetch(None, 10)
    put(inbox / "new" / "1700000100.a.host", age=9000)
    late = list(mailbox.fetch(Position(0, first.identity.uid), 10))
    assert [arrival.identity.uid for arrival in late] == ["1700000100.a.host"]


def test_equal_times_in_portions(inbox: Path) -> None:
    for n in range(7):
        put(inbox / "new" / f"1700000100.{n}.host")
    mailbox, seen = MaildirMailbox("drop", inbox), []
    while portion := names(mailbox, 3):
        seen.append(len(portion))
        assert mailbox.wait(0) is (sum(seen) < 7)
    assert seen == [3, 3, 1]


def test_what_is_stored_is_neither_read_nor_given_again(inbox: Path) -> None:
    put(inbox / "new" / "1700000100.0000.host")
    for n in range(1, 1200):
        (inbox / "new" / f"1700000100.{n:04d}.host").symlink_to(UNREADABLE)
    asked: list[int] = []

    def known(identities: Sequence[Identity]) -> set[Identity]:
        asked.append(len(identities))
        return {identity for identity in identities if identity.uid != "1700000100.0000.host"}

    mailbox = MaildirMailbox("drop", inbox, known=known)
    assert names(mailbox) == ["1700000100.0000.host"]
    assert asked == [500, 500, 200]
    assert names(mailbox) == ["1700000100.0000.host"]
    assert asked[3:] == [1]


def test_a_file_that_was_handed_over_but_not_stored_comes_again(inbox: Path) -> None:
    put(inbox / "new" / "1700000100.a.host")
    stored: set[Identity] = set()
    mailbox = MaildirMailbox("drop", inbox, known=lambda identities: stored & set(identities))
    (arrival,) = mailbox.fetch(None, 10)
    assert names(mailbox) == ["1700000100.a.host"]
    stored.add(arrival.identity)
    assert names(mailbox) == []


def test_a_file_still_being_written_is_waited_for(inbox: Path) -> None:
    now = [1_790_000_000.0]
    mailbox = MaildirMailbox("drop", inbox, clock=lambda: now[0])
    (inbox / "slow.eml").write_bytes(b"Subject: half")
    os.utime(inbox / "slow.eml", (now[0], now[0]))
    assert names(mailbox) == []
    now[0] += 0.5
    assert names(mailbox) == []
    (inbox / "slow.eml").write_bytes(b"Subject: half\n\nand the rest")
    os.utime(inbox / "slow.eml", (now[0], now[0]))
    now[0] += 1.1
    (arrival,) = mailbox.fetch(None, 10)
    assert arrival.raw == b"Subject: half\n\nand the rest"


def test_an_empty_file_is_no_mail_yet(inbox: Path) -> None:
    put(inbox / "empty.eml", b"")
    mailbox = MaildirMailbox("drop", inbox)
    assert names(mailbox) == []
    put(inbox / "empty.eml")
    assert names(mailbox) == ["empty.eml"]


def test_a_file_of_tomorrow_is_not_held_back(inbox: Path) -> None:
    put(inbox / "tomorrow.eml", age=-86_400)
    assert names(MaildirMailbox("drop", inbox)) == ["tomorrow.eml"]


def test_a_dropped_file_ends_the_wait(inbox: Path) -> None:
    mailbox = MaildirMailbox("drop", inbox)
    assert names(mailbox) == []
    timer = threading.Timer(0.3, lambda: (inbox / "now.eml").write_bytes(letter()))
    timer.start()
    begun = time.monotonic()
    assert mailbox.wait(LONG) is True
    assert time.monotonic() - begun < LONG
    timer.join()
    assert names(mailbox) == ["now.eml"]
    assert mailbox.wait(0.05) is False


@pytest.mark.parametrize("place", ["new", "cur", "."])
def test_a_file_that_comes_after_a_quiet_time_is_seen(inbox: Path, place: str) -> None:
    moment = time.time() - 100
    for folder in (inbox / "new", inbox / "cur", inbox):
        os.utime(folder, (moment, moment))
    mailbox = MaildirMailbox("drop", inbox)
    assert [names(mailbox), names(mailbox)] == [[], []]
    put(inbox / place / "1700000100.eml")
    assert names(mailbox) == ["1700000100.eml"]


def test_closing_from_another_thread_ends_the_wait(inbox: Path) -> None:
    mailbox = MaildirMailbox("drop", inbox)
    timer = threading.Timer(0.2, mailbox.close)
    timer.start()
    begun = time.monotonic()
    assert mailbox.wait(LONG) is False
    assert time.monotonic() - begun < LONG
    mailbox.close()


def test_a_missing_folder_is_named_and_found_when_it_comes(tmp_path: Path) -> None:
    mailbox = MaildirMailbox("drop", tmp_path / "later")
    with pytest.raises(TemporaryError, match=r"drop: there is no folder .*later; create it"):
        names(mailbox)
    assert mailbox.wait(0.01) is False
    (tmp_path / "later").mkdir()
    put(tmp_path / "later" / "a.eml")
    assert names(mailbox) == ["a.eml"]


def test_one_unreadable_file_does_not_stop_the_others(inbox: Path) -> None:
    put(inbox / "new" / "1700000100.a.host")
    put(inbox / "new" / "1700000300.c.host")
    (inbox / "new" / "1700000200.b.host").symlink_to(UNREADABLE)
    mailbox = MaildirMailbox("drop", inbox)
    reading = mailbox.fetch(None, 10)
    assert [next(reading).identity.uid, next(reading).identity.uid] == ["1700000100.a.host", "1700000300.c.host"]
    with pytest.raises(TemporaryError, match=r"1700000200\.b\.host cannot be read"):
        next(reading)
    assert mailbox.wait(0) is False


def test_a_file_that_vanished_is_passed_over(inbox: Path) -> None:
    for n in (1, 2, 3):
        put(inbox / "new" / f"1700000{n}00.x.host")
    reading = MaildirMailbox("drop", inbox).fetch(None, 10)
    next(reading)
    (inbox / "new" / "1700000200.x.host").unlink()
    assert [arrival.identity.uid for arrival in reading] == ["1700000300.x.host"]


def test_a_large_file_is_read_by_its_words(inbox: Path) -> None:
    raw = letter("large", "please deploy", notes_txt=b"Target version: 11.0.2\n", dump_zip=os.urandom(3_000_000))
    put(inbox / "large.eml", raw)
    (arrival,) = MaildirMailbox("drop", inbox).fetch(None, 10)
    assert text_of(arrival.raw).strip() == "please deploy"
    assert attachments(arrival.raw) == {"notes.txt": b"Target version: 11.0.2\n"}
    assert arrival.size == len(raw)
    assert len(arrival.raw) < 5000
    assert [named.split(" (")[0] for named in arrival.left_out] == ["dump.zip"]


@pytest.mark.parametrize(
    ("raw", "kept", "left_out"),
    [
        pytest.param(b"Subject: x\n\n" + b"word\n" * 4000, b"Subject: x\n\nword", 1, id="a text without end"),
        pytest.param(b"Subject: x\n\n" + b"w" * 20_000, b"Subject: x\n\n", 1, id="a line without end"),
        pytest.param(b"Subject: " + b"x" * 20_000, b"Subject: x", 0, id="a header alone"),
        pytest.param(
            MIXED + b"--b\nContent-Type: image/png\n\n" + b"A\n" * 9000 + b"--b--\n",
            b"--b\n\n\n--b--\n",
            1,
            id="nothing that can be read",
        ),
        pytest.param(
            MIXED + b"--b\n\nhello\n--b\nContent-Type: image/png\n\n" + b"A\n" * 9000,
            b"--b\n\nhello\n",
            1,
            id="no end",
        ),
    ],
)
def test_shrinking_what_is_malformed(tmp_path: Path, raw: bytes, kept: bytes, left_out: int) -> None:
    put(tmp_path / "x", raw)
    with (tmp_path / "x").open("rb") as file:
        small, named = shrunk(file, 5000)
    assert kept in small
    assert len(named) == left_out
    assert len(small) < 6000 or left_out == 0
