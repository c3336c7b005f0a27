"""The database itself: migrations, versions, transactions, and how many statements a lookup takes."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from dplmaild.deployment.terms import State, Version
from dplmaild.deployment.timers import Timer, TimerKind
from dplmaild.ports import TemporaryError
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database, StoreBusyError, StoreError
from dplmaild.store.inbox import Inbox
from dplmaild.store.timers import Timers
from store.build import NOW, arrival, case
from store.counting import statements
from store.engines import Postgres

Opened = Callable[[str], Database]


def test_an_empty_database_is_migrated(postgres_server: Postgres, opened: Opened) -> None:
    database = opened(postgres_server.empty_url())
    database.migrate()
    with database.reading() as connection:
        assert Inbox(connection).tally() == {}


def test_migrating_twice_changes_nothing(database: Database, url: str, opened: Opened) -> None:
    with database.writing() as connection:
        Inbox(connection).keep(arrival())
    again = opened(url)
    again.migrate()
    with again.reading() as connection:
        assert Inbox(connection).tally() == {"waiting": 1}


def test_a_database_of_a_newer_program_is_refused(database: Database, url: str, opened: Opened) -> None:
    with database.writing() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StoreError, match="newer"):
        opened(url).migrate()


def test_a_failed_transaction_leaves_nothing_and_counts_no_commit(database: Database) -> None:
    def fails() -> None:
        with database.writing() as connection:
            Inbox(connection).keep(arrival())
            raise RuntimeError

    before = database.commits
    with pytest.raises(RuntimeError):
        fails()
    assert database.commits == before
    with database.reading() as connection:
        assert Inbox(connection).tally() == {}


def test_a_refused_write_is_a_temporary_failure_that_says_what_to_do(database: Database) -> None:
    with pytest.raises(StoreBusyError, match="free space or check") as caught, database.writing() as connection:
        connection.execute(text("insert into no_such_table values (1)"))
    assert isinstance(caught.value, TemporaryError)


def test_the_password_of_a_url_is_never_shown() -> None:
    database = Database("postgresql://desk:secret-word@127.0.0.1:1/none")
    with pytest.raises(Exception) as caught, database.writing():  # noqa: PT011  # whatever it is, it must not show it
        pass
    assert "secret-word" not in str(caught.value)


def test_a_reader_sees_one_state_while_somebody_writes(database: Database) -> None:
    with database.reading() as reading:
        before = Inbox(reading).tally()
        with database.writing() as connection:
            Inbox(connection).keep(arrival())
        if database.engine.dialect.name == "sqlite":
            assert Inbox(reading).tally() == before


def test_statements_of_one_decision_do_not_grow_with_what_is_stored(database: Database) -> None:
    _store(database, 0, 10)
    few = _statements(database, "with 10")
    _store(database, 10, 2000)
    assert _statements(database, "with 2,000") == few


def _store(database: Database, first: int, last: int) -> None:
    with database.writing() as connection:
        for number in range(first, last):
            Cases(connection).save(case(f"DPL-2025-{number:04d}", State.SUCCEEDED, customer=f"c{number % 50}"), NOW)


def _statements(database: Database, name: str) -> int:
    """What the store's part in one mail takes: kept, looked up, saved, its timers set."""
    with statements(database) as asked, database.writing() as connection:
        inbox, cases = Inbox(connection), Cases(connection)
        stored = inbox.keep(arrival(name, name.encode()))
        assert stored is not None
        inbox.twin(stored)
        cases.of_thread([f"<{name}@x>"])
        cases.open_of("acme")
        cases.schedule(NOW)
        cases.succeeded_of("acme", [Version("11.0.2")])
        one = case(cases.next_reference(2026))
        cases.save(one, NOW)
        cases.remember(one.reference, [f"<{name}@x>"])
        Timers(connection).set(one.reference, (Timer(TimerKind.DEADLINE, NOW),), NOW)
    return len(asked)
