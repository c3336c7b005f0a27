"""P11 in the delivery: what is about to be sent when the lock is lost stays in the house."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dplmaild.store.database import StoreBusyError
from dplmaild.store.inbox import Inbox
from dplmaild.store.writer import TakenOverError, Writer
from dplmaild.wiring.alone import kept_alone
from promises.desk import Where, desk_in
from promises.mails import drop, request
from promises.turns import Turns, opened, owed_rows, sendlog_path
from store.cutting import cut_lock, until_sure
from store.engines import Postgres

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path, shared: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Turns]:
    """A daemon's house on a server, with one request decided, and nothing sent of what it owes."""
    monkeypatch.chdir(tmp_path)  # where its send log lies
    settings = desk_in(tmp_path, Where(store=shared))
    drop(tmp_path, request(sent=NOW), at=NOW)
    turns = opened(settings, NOW, database=kept_alone(settings))
    turns.recover()
    assert turns.mail.turn()
    yield turns
    turns.close()


def _followed(shared: str) -> Writer:
    cut_lock(shared)
    other = Writer(shared)
    other.take()
    other.begin()
    return other


def _left(folder: Path) -> list[str]:
    """What has left the house: letters, calendar entries, rows."""
    sent = folder / "sent" / "new"
    letters = [path.name for path in sent.iterdir()] if sent.is_dir() else []
    written = [path.name for path in (*folder.glob("*.ics"), *(folder / "logs").glob("*.xlsx"))]
    return letters + written


def _states(turns: Turns) -> dict[str, set[str]]:
    rows = owed_rows(turns)
    return {kind: {row["state"] for row in rows if row["kind"] == kind} for kind in {row["kind"] for row in rows}}


def test_with_the_lock_it_leaves(desk: Turns, tmp_path: Path) -> None:
    desk.pay()
    assert len(_left(tmp_path)) == 3
    assert _states(desk) == {"letter": {"paid"}, "calendar": {"paid"}, "log row": {"paid"}}


def test_who_was_followed_sends_nothing_of_what_it_was_about_to_send(desk: Turns, tmp_path: Path, shared: str) -> None:
    other = _followed(shared)
    with pytest.raises(TakenOverError):
        desk.pay()
    with pytest.raises(TakenOverError):
        desk.settle()  # nor later
    assert _left(tmp_path) == []
    assert "begun" not in sendlog_path(desk.warm.settings).read_text()
    assert _states(desk) == {"letter": {"sending"}, "calendar": {"sending"}, "log row": {"sending"}}  # the other's now
    other.close()


def test_who_was_followed_takes_nothing_new_and_keeps_nothing(desk: Turns, tmp_path: Path, shared: str) -> None:
    desk.pay()
    other = _followed(shared)
    drop(tmp_path, request("two", sent=NOW), at=NOW + HOUR)
    before = owed_rows(desk)
    with pytest.raises(TakenOverError):
        desk.mail.turn()
    with pytest.raises(TakenOverError):
        desk.delivery.recover(NOW)
    assert owed_rows(desk) == before
    with desk.parts.database.reading() as connection:
        assert sum(Inbox(connection).tally().values()) == 1
    other.close()


def test_a_server_that_is_away_delays_what_is_owed_and_nothing_is_in_doubt(
    desk: Turns, tmp_path: Path, shared: str, postgres_server: Postgres
) -> None:
    postgres_server.shut(shared)
    for attempt in (desk.pay, desk.settle, desk.settle):
        with pytest.raises(StoreBusyError):
            attempt()
        assert _left(tmp_path) == []
    postgres_server.shut(shared, again=True)
    until_sure(desk.parts.database)
    desk.settle()
    assert _states(desk) == {"letter": {"owed"}, "calendar": {"owed"}, "log row": {"owed"}}
    desk.clock.now = NOW + HOUR
    desk.settle()
    assert len(_left(tmp_path)) == 3
    assert {(row["state"], row["doubts"]) for row in owed_rows(desk)} == {("paid", 0)}


def test_a_lock_that_is_had_back_at_once_delays_nothing(desk: Turns, tmp_path: Path, shared: str) -> None:
    cut_lock(shared)
    desk.pay()
    assert len(_left(tmp_path)) == 3
    assert {(row["state"], row["attempts"]) for row in owed_rows(desk)} == {("paid", 1)}


def test_a_file_needs_no_such_lock(tmp_path: Path) -> None:
    database = kept_alone(desk_in(tmp_path))
    database.sure()
    assert database.guard is None
    database.close()
