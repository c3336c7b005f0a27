"""One engine for SQLite and PostgreSQL: durable, and with write transactions that do not deadlock."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, make_url, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.pool import NullPool

from dplmaild.ports import DplmaildError, TemporaryError
from dplmaild.store.tables import STAMP, metadata, stamps

_READS = "dplmaild_reads"
_ONLY_READS = "-c default_transaction_read_only=on -c statement_timeout=5000 -c lock_timeout=2000"
_MIGRATIONS = Path(__file__).parent / "migrations"


class StoreError(DplmaildError):
    """The database cannot be used as it is; the message says what to do."""


class StoreBusyError(TemporaryError):
    """The database did not take a write now: locked, full disk, read-only, or away."""


def is_trouble(error: BaseException) -> bool:
    """Whether the database itself is in trouble, and not what was to be written to it."""
    cause = error.__cause__ if isinstance(error, StoreBusyError) else error
    return isinstance(cause, DBAPIError) and not isinstance(cause, DataError | IntegrityError)


class Database:
    """Where everything is written down."""

    def __init__(self, url: str, *, only_reads: bool = False) -> None:
        """`only_reads`: for whoever shows and never writes; the database itself refuses a write then."""
        self.url = url
        self.commits = 0  # durable commits so far; a test counts them
        self.engine = _reading_engine(url) if only_reads else _engine(url)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that may write; raises StoreBusyError when the database cannot take it now."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise StoreBusyError(
                f"the database refused a write: {error.orig}; free space or check {self._place}"
            ) from error
        self.commits += 1

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view that never waits for a writer; raises StoreBusyError when it cannot be had now."""
        try:
            with self.engine.connect().execution_options(**{_READS: True}) as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise StoreBusyError(f"the database cannot be read: {error.orig}; check {self._place}") from error

    @property
    def _place(self) -> str:
        return self.engine.url.render_as_string(hide_password=True)

    def migrate(self) -> None:
        """Bring the tables to this program's version; refuses a database that a newer program has written (P17).

        Raises StoreError for a file that is no database, StoreBusyError when the server is away.
        """
        try:
            self._migrate()
        except DBAPIError as error:
            kind = StoreError if self.engine.dialect.name == "sqlite" else StoreBusyError
            raise kind(f"the database at {self._place} cannot be used: {error.orig}") from error

    def _migrate(self) -> None:
        known = sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))
        with self.engine.connect() as connection:
            found = _version(connection)
        if found is not None and found not in known:
            raise StoreError(f"the database at {self._place} was written by a newer dplmaild: install that version")
        if found == known[-1]:
            return
        with self.engine.begin() as connection:
            if _version(connection) is None:
                _create(connection, known[-1])
            else:
                from dplmaild.store.migrating import upgrade  # noqa: PLC0415 - 11 MB that only an upgrade needs

                upgrade(connection, _MIGRATIONS)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _version(connection: Connection) -> str | None:
    """The migration that was run last; None in a new database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _create(connection: Connection, version: str) -> None:
    """The tables of today in a new database, marked as Alembic does: there is nothing to bring forward."""
    metadata.create_all(connection, checkfirst=False)  # what is there under such a name is not ours: refused
    stamps.create_all(connection, checkfirst=False)
    connection.execute(insert(STAMP).values(version_num=version))


def _engine(url: str) -> Engine:
    url = _with_driver(url)
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)  # mail does not belong into logs
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    _keep_private(path)
    connecting = {"timeout": 30, "isolation_level": None, "check_same_thread": False}
    engine = create_engine(url, connect_args=connecting, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _with_driver(url: str) -> str:
    return url.replace("postgresql:", "postgresql+psycopg:", 1) if url.startswith("postgresql:") else url


def _reading_engine(url: str) -> Engine:
    """One connection at most, that cannot write, makes no file, and gives up soon: a reader keeps nobody waiting."""
    if not url.startswith("sqlite"):
        asked = {"connect_timeout": 3, "options": _ONLY_READS}
        shown: dict[str, Any] = {"pool_pre_ping": True, "pool_size": 1, "max_overflow": 0, "hide_parameters": True}
        return create_engine(_with_driver(url), connect_args=asked, **shown)
    file = f"file:{quote(make_url(url).database or '')}?mode=rw"  # a missing file stays missing

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(file, uri=True, timeout=2, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA query_only=ON")
        return connection

    # A connection for each look: a file that was moved away or put back is met as it is.
    engine = create_engine(url, creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _keep_private(path: Path) -> None:
    """All mail is in it: nobody else may look, and SQLite gives its other files the same rights."""
    if not path.name or path.name == ":memory:":
        return
    with suppress(OSError):  # a folder without room or rights: connecting will say so
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
        path.chmod(path.stat().st_mode & ~stat.S_IRWXO)


def _prepare(connection: Any, _record: Any) -> None:
    """WAL lets people read while we write; FULL makes a commit survive a power cut (P1)."""
    cursor = connection.cursor()
    # Half a MB of pages for each connection: the system keeps the file's pages anyway, and once for all of them.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "cache_size=-512"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A write transaction takes the lock at its start: it can wait for it, but not deadlock later."""
    reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
