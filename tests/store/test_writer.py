"""P11 on PostgreSQL: who holds the lock, who has lost it, and that a write by who was followed never happens."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from dplmaild.store.cases import Cases
from dplmaild.store.database import Database, StoreBusyError
from dplmaild.store.inbox import Inbox
from dplmaild.store.writer import AlreadyRunningError, TakenOverError, Writer
from store.build import NOW, arrival, case
from store.counting import statements
from store.cutting import cut_lock, until_sure
from store.engines import Postgres

Opened = Callable[[str], Database]
Taken = Callable[..., Database]


@pytest.fixture
def shared(postgres_server: Postgres) -> str:
    """A database on a server."""
    return postgres_server.fresh_url()


@pytest.fixture
def taken() -> Iterator[Taken]:
    """Opens databases as their daemon does, and closes them after the test."""
    all_of_them: list[Database] = []

    def take(url: str) -> Database:
        writer, database = Writer(url), Database(url)
        writer.take()
        database.guard = writer
        all_of_them.append(database)
        writer.begin()
        return database

    yield take
    for database in all_of_them:
        database.close()


def _kept(database: Database) -> int:
    with database.reading() as connection:
        return sum(Inbox(connection).tally().values())


def _keep(database: Database, name: str) -> None:
    with database.writing() as connection:
        Inbox(connection).keep(arrival(name, name.encode()))


def test_a_second_one_is_refused_and_told_who_holds_the_lock(shared: str, taken: Taken) -> None:
    taken(shared)
    with pytest.raises(
        AlreadyRunningError, match=r"another dplmaild works on .*held by dplmaild \d+ on .*stop it first"
    ):
        Writer(shared).take()


def test_after_a_clean_end_the_next_one_has_it_at_once(shared: str, taken: Taken) -> None:
    for _ in range(20):
        taken(shared).close()


def test_another_database_of_the_same_server_is_no_concern(
    postgres_server: Postgres, shared: str, taken: Taken
) -> None:
    for database in (taken(shared), taken(postgres_server.fresh_url())):
        database.sure()


def test_another_schema_of_the_same_database_is_no_concern(shared: str, taken: Taken, opened: Opened) -> None:
    with opened(shared).engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA other"))
    elsewhere = f"{shared}&options=-csearch_path%3Dother"
    opened(elsewhere).migrate()
    for database in (taken(shared), taken(elsewhere)):
        database.sure()


def test_a_server_that_is_away_is_trouble_for_now_and_tells_no_password() -> None:
    with pytest.raises(StoreBusyError, match="cannot be used") as caught:
        Writer("postgresql://desk:secret-word@127.0.0.1:1/none").take()
    assert not isinstance(caught.value, TakenOverError)
    assert "secret-word" not in str(caught.value)


def test_a_cut_session_is_replaced_and_told_once(shared: str, taken: Taken) -> None:
    database = taken(shared)
    cut_lock(shared)
    with capture_logs() as logs:
        database.sure()
        database.sure()
    assert [(line["event"], line["source"]) for line in logs] == [
        ("out of reach", "database lock"),
        ("back again", "database lock"),
    ]
    _keep(database, "one")
    with pytest.raises(AlreadyRunningError):
        Writer(shared).take()


def test_who_was_followed_by_another_that_works_is_over_for_good(shared: str, taken: Taken) -> None:
    first = taken(shared)
    cut_lock(shared)
    second = taken(shared)
    for _ in range(2):
        with pytest.raises(
            AlreadyRunningError, match=r"another dplmaild works on this database by now .*held by dplmaild"
        ):
            first.sure()
    second.close()
    with pytest.raises(AlreadyRunningError):
        first.sure()


def test_who_was_followed_by_another_that_left_begins_anew(shared: str, taken: Taken) -> None:
    first = taken(shared)
    cut_lock(shared)
    taken(shared).close()
    with pytest.raises(TakenOverError, match="start this one anew") as caught:
        first.sure()
    assert not isinstance(caught.value, AlreadyRunningError)
    taken(shared).sure()  # what it had taken again is free


def test_a_write_by_who_was_followed_is_refused_though_it_noticed_nothing_yet(shared: str, taken: Taken) -> None:
    first = taken(shared)
    _keep(first, "before")
    cut_lock(shared)
    second = taken(shared)
    with pytest.raises(StoreBusyError, match="taken this database over"):
        _keep(first, "after")
    assert (_kept(second), first.commits) == (1, 1)
    _keep(second, "of the second")
    assert _kept(second) == 2


def test_a_lock_without_a_mark_is_waited_for_and_nothing_is_sent(shared: str, taken: Taken) -> None:
    """Our own session, which the server has not given up yet, or another that is about to begin."""
    first, other = taken(shared), Writer(shared)
    cut_lock(shared)
    other.take()
    with pytest.raises(StoreBusyError, match=r"held by dplmaild .*nothing is sent") as caught:
        first.sure()
    assert not isinstance(caught.value, TakenOverError)
    other.close()
    until_sure(first)
    _keep(first, "one")


def test_a_mark_waits_for_the_write_that_is_being_done(shared: str, taken: Taken) -> None:
    first, other = taken(shared), Writer(shared)
    with first.writing() as connection:
        Inbox(connection).keep(arrival())
        cut_lock(shared)
        other.take()
        with pytest.raises(StoreBusyError, match="from who wrote last"):
            other.begin()
    other.begin()
    assert _kept(first) == 1
    with pytest.raises(TakenOverError):
        _keep(first, "two")
    other.close()


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param("DELETE FROM counters", id="the mark is gone, as after a backup was put back"),
        pytest.param("UPDATE counters SET value = 0", id="the mark is of nobody"),
        pytest.param("UPDATE counters SET value = -1", id="the mark is of nobody we could be"),
    ],
)
def test_a_record_that_is_not_ours_any_more_is_neither_written_nor_believed(
    shared: str, taken: Taken, opened: Opened, harm: str
) -> None:
    database = taken(shared)
    with opened(shared).writing() as connection:
        connection.execute(text(harm))
    with pytest.raises(TakenOverError):
        _keep(database, "one")
    with pytest.raises(TakenOverError):
        database.sure()
    assert _kept(database) == 0


def test_commands_write_beside_the_daemon(shared: str, taken: Taken, opened: Opened) -> None:
    daemon, command = taken(shared), opened(shared)
    _keep(command, "by a command")
    _keep(daemon, "by the daemon")
    with Database(shared, only_reads=True).reading() as connection:
        assert Inbox(connection).tally() == {"waiting": 2}


def test_a_command_that_writes_waits_for_the_daemons_write_and_sees_it(
    shared: str, taken: Taken, opened: Opened
) -> None:
    """As on SQLite: what both have read cannot be written twice."""
    daemon, command, seen = taken(shared), opened(shared), []

    def acts() -> None:
        with command.writing() as connection:
            seen.append(Cases(connection).load("DPL-2026-0001"))

    acting = Thread(target=acts, daemon=True)
    with daemon.writing() as connection:
        acting.start()
        acting.join(0.3)
        waited = acting.is_alive()
        Cases(connection).save(case("DPL-2026-0001"), NOW)
    acting.join(10)
    assert waited
    assert [one and one.reference for one in seen] == ["DPL-2026-0001"]


def test_a_write_takes_one_statement_more_on_a_server_and_none_in_a_file(database: Database) -> None:
    with statements(database) as asked, database.writing():
        pass
    assert len(asked) == 1  # SQLite's BEGIN, or the row that is locked


def test_a_write_that_waits_for_another_gives_up_after_half_a_minute_in_every_transaction(database: Database) -> None:
    asked, wanted = (
        ("PRAGMA busy_timeout", 30_000)
        if database.engine.dialect.name == "sqlite"
        else (
            "SHOW lock_timeout",
            "30s",
        )
    )
    for _ in range(2):
        with database.writing() as connection:
            assert connection.execute(text(asked)).scalar() == wanted
