"""One engine for SQLite and PostgreSQL: durable, and with write transactions that do not deadlock."""

import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, make_url, select, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.pool import NullPool

from dplmaild.ports import DplmaildError, TemporaryError
from dplmaild.store.tables import STAMP, counters, metadata, stamps

_READS = "dplmaild_reads"
_ONLY_READS = "-c default_transaction_read_only=on -c statement_timeout=5000 -c lock_timeout=2000"
_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCKED_FOR = "30000"  # milliseconds that a write waits for another one, on every engine
_SOON_NOTICED = {  # that the other machine is gone, so that a server does not keep its locks for hours
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "11000",
}
MARK = "writer"  # the counter that names the one daemon, see `writer.py`
_TURN = select(counters.c.value).where(counters.c.name == MARK).with_for_update()


class StoreError(DplmaildError):
    """The database cannot be used as it is; the message says what to do."""


class StoreBusyError(TemporaryError):
    """The database did not take a write now: locked, full disk, read-only, or away."""


def is_trouble(error: BaseException) -> bool:
    """Whether the database itself is in trouble, and not what was to be written to it."""
    cause = error.__cause__ if isinstance(error, StoreBusyError) else error
    return isinstance(cause, DBAPIError) and not isinstance(cause, DataError | IntegrityError)


class Guard(Protocol):
    """Who knows whether nobody else writes (P11)."""

    def sure(self) -> None:
        """Raises StoreBusyError while it is not certain."""

    def admit(self, found: int | None) -> None:
        """Raises StoreBusyError when a write transaction found a mark that is not ours."""

    def close(self) -> None:
        """Let another one write."""


class Database:
    """Where everything is written down."""

    def __init__(self, url: str, *, only_reads: bool = False) -> None:
        """`only_reads`: for whoever shows and never writes; the database itself refuses a write then."""
        self.url = url
        self.commits = 0  # durable commits so far; a test counts them
        self.guard: Guard | None = None  # of the daemon, on a server
        self.engine = _reading_engine(url) if only_reads else _engine(url)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that may write; raises StoreBusyError when the database cannot take it now."""
        try:
            with self.engine.begin() as connection:
                self._take_turn(connection)
                yield connection
        except DBAPIError as error:
            raise StoreBusyError(
                f"the database refused a write: {error.orig}; free space or check {self._place}"
            ) from error
        self.commits += 1

    def _take_turn(self, connection: Connection) -> None:
        """One write after the other, as BEGIN sees to it on SQLite; and none by a daemon that was followed (P11)."""
        if self.engine.dialect.name != "sqlite":
            found = connection.execute(_TURN).scalar()
            if self.guard is not None:
                self.guard.admit(found)

    def sure(self) -> None:
        """Asked before anything leaves the house; raises StoreBusyError while another daemon may write here (P11)."""
        if self.guard is not None:
            self.guard.sure()

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
        if self.guard is not None:
            self.guard.close()


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
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)  # mail does not belong into logs
        _set(engine, {"lock_timeout": _LOCKED_FOR, **_SOON_NOTICED})
        return engine
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


def lock_engine(url: str, name: str) -> Engine:
    """Sessions that hold the lock of a database on a server under a name; neither side waits long for the other."""
    asked = {"connect_timeout": 3, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
    engine = create_engine(
        _with_driver(url),
        connect_args={**asked, "tcp_user_timeout": 11_000},
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        hide_parameters=True,
    )
    _set(engine, {"application_name": name[:63], "lock_timeout": "1000", **_SOON_NOTICED})
    return engine


def _set(engine: Engine, wanted: Mapping[str, str]) -> None:
    """Settings of every new session; by a statement, for what an address names as `options` stays."""
    query = f"SELECT {', '.join('set_config(%s, %s, false)' for _ in wanted)}"

    def set_all(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(query, [each for pair in wanted.items() for each in pair])
        cursor.close()
        connection.commit()

    event.listen(engine, "connect", set_all)


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
