"""The inbox: every message whole, once, and how it ended."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from dplmaild.ports import Outcome, Position
from dplmaild.store.database import Database
from dplmaild.store.inbox import Inbox, Stored
from dplmaild.store.tables import NaiveStoreError
from store.build import HOUR, NOW, arrival

ALL_BYTES = bytes(range(256)) * 4
DECIDED = frozenset({Outcome.ANSWERED.value})


def kept(database: Database, uid: str = "1", raw: bytes = b"Subject: hello\r\n\r\nwords") -> Stored:
    """A message that is written down."""
    with database.writing() as connection:
        stored = Inbox(connection).keep(arrival(uid, raw))
    assert stored is not None
    return stored


def test_a_message_comes_back_byte_for_byte_with_its_arrival(database: Database) -> None:
    there = timezone(timedelta(hours=5, minutes=30))
    with database.writing() as connection:
        sent = replace(arrival(raw=ALL_BYTES, left_out=("big.zip",)), arrived=NOW.astimezone(there))
        stored = Inbox(connection).keep(sent)
    with database.reading() as connection:
        assert stored is not None
        found = Inbox(connection).load(stored.id)
    assert (found.raw, found.arrived, found.left_out) == (ALL_BYTES, NOW, ("big.zip",))


@pytest.mark.parametrize(
    ("other", "is_new"),
    [
        pytest.param({}, False, id="the same identity is a quiet no-op"),
        pytest.param({"uid": "2"}, True, id="another uid is another message"),
        pytest.param({"uidvalidity": 8}, True, id="a folder made anew counts from one again"),
        pytest.param({"folder": "Archive"}, True, id="another folder"),
        pytest.param({"account": "second"}, True, id="another mailbox"),
    ],
)
def test_identity(database: Database, other: dict[str, Any], is_new: bool) -> None:
    kept(database)
    with database.writing() as connection:
        again = Inbox(connection).keep(arrival(**({"uid": "1"} | other)))
    assert (again is not None) is is_new


def test_a_naive_arrival_is_refused(database: Database) -> None:
    naive = replace(arrival(), arrived=datetime(2026, 11, 23, 8))  # noqa: DTZ001  # that is the point
    with pytest.raises(Exception, match="no zone"), database.writing() as connection:
        Inbox(connection).keep(naive)
    with database.reading() as connection:
        assert Inbox(connection).tally() == {}


def test_the_naive_error_is_one_of_ours() -> None:
    assert issubclass(NaiveStoreError, Exception)


def test_twins_are_equal_bytes_of_a_decided_message(database: Database) -> None:
    first, second = kept(database, "1"), kept(database, "2")
    other = kept(database, "3", b"Subject: else\r\n\r\n")
    with database.writing() as connection:
        inbox = Inbox(connection)
        undecided = inbox.twin(second)
        inbox.decided(first.id, Outcome.ANSWERED, "confirmed", NOW)
        assert (undecided, inbox.twin(second), inbox.twin(other), inbox.twin(first)) == (None, first.id, None, None)


@pytest.mark.parametrize(
    ("outcome", "since", "found"),
    [
        pytest.param(Outcome.ANSWERED, NOW - HOUR, True, id="answered an hour ago"),
        pytest.param(Outcome.ANSWERED, NOW + HOUR, False, id="longer ago than the bounded age"),
        pytest.param(Outcome.TRIAGE, NOW - HOUR, False, id="it had no effect"),
    ],
)
def test_same_words(database: Database, outcome: Outcome, since: datetime, found: bool) -> None:
    first, second = kept(database, "1"), kept(database, "2", b"same words, other bytes")
    with database.writing() as connection:
        inbox = Inbox(connection)
        inbox.decided(first.id, outcome, "", NOW, content_key="k", reference="DPL-2026-0001", message_id="<a@x>")
        same = inbox.same_content("k", since, second.id)
    assert (same is not None) is found
    assert same is None or (same.id, same.reference, same.message_id) == (first.id, "DPL-2026-0001", "<a@x>")


def test_attempts_are_counted_until_a_message_is_exhausted(database: Database) -> None:
    stored = kept(database)
    seen = []
    for _ in range(4):
        with database.writing() as connection:
            inbox = Inbox(connection)
            seen.append((len(inbox.waiting(10, most_attempts=3)), inbox.exhausted(3)))
            inbox.tried(stored.id)
    assert seen == [(1, ()), (1, ()), (1, ()), (0, (stored.id,))]


def test_a_replayed_message_waits_again(database: Database) -> None:
    stored = kept(database)
    with database.writing() as connection:
        inbox = Inbox(connection)
        inbox.decided(stored.id, Outcome.QUARANTINED, "broken", NOW, content_key="k")
        assert inbox.waiting(10, most_attempts=3) == ()
        assert inbox.undecide(stored.id)
        assert [m.id for m in inbox.waiting(10, most_attempts=3)] == [stored.id]
        assert not inbox.undecide(stored.id + 999)


def test_the_tally_is_the_sum_of_all_that_came(database: Database) -> None:
    first, _ = kept(database, "1"), kept(database, "2")
    with database.writing() as connection:
        Inbox(connection).decided(first.id, Outcome.TRIAGE, "unsure", NOW)
        assert Inbox(connection).tally() == {"triage": 1, "waiting": 1}


def test_words_that_no_database_likes_are_kept_as_far_as_they_can(database: Database) -> None:
    stored = kept(database, raw=b"Message-ID: <a\x00b@x>\r\n\r\n")
    with database.writing() as connection:
        Inbox(connection).decided(
            stored.id, Outcome.TRIAGE, "a NUL \x00 and half a pair \udc80", NOW, message_id="<a\x00\udcffb@x>"
        )
    with database.reading() as connection:
        assert Inbox(connection).tally() == {"triage": 1}


def test_positions_are_replaced(database: Database) -> None:
    with database.writing() as connection:
        inbox = Inbox(connection)
        assert inbox.position("desk") is None
        inbox.move_position("desk", Position(7, "10"), NOW)
        inbox.move_position("desk", Position(8, "1"), NOW)
        assert (inbox.position("desk"), inbox.position("other")) == (Position(8, "1"), None)


def test_known_uids_are_asked_in_chunks(database: Database) -> None:
    kept(database, "a:2,S")
    many = [f"u{n}" for n in range(1200)]
    with database.reading() as connection:
        assert Inbox(connection).known("desk", "INBOX", [*many, "a:2,S"]) == {"a:2,S"}
        assert Inbox(connection).known("desk", "Archive", ["a:2,S"]) == frozenset()


def test_outcomes_are_shown_once(database: Database) -> None:
    first, second = kept(database, "1"), kept(database, "2")
    with database.writing() as connection:
        inbox = Inbox(connection)
        inbox.decided(first.id, Outcome.ASKED, "", NOW)
        assert [(n, o) for n, _, o in inbox.unshown(10)] == [(first.id, Outcome.ASKED)]
        inbox.mark_shown([first.id])
        inbox.mark_shown([])
        assert inbox.unshown(10) == ()
        inbox.decided(second.id, Outcome.ASKED, "", NOW)
        assert [n for n, _, _ in inbox.unshown(10)] == [second.id]


def test_a_daemon_that_never_ended_is_noticed(database: Database) -> None:
    seen = []
    for running in (True, True, False, True):
        with database.writing() as connection:
            seen.append(Inbox(connection).mark_running(running))
    assert seen == [False, True, True, False]
