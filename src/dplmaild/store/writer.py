"""One daemon at a time on a database server (P11), wherever it runs: a lock of the server's, and a mark.

The lock belongs to a session of its own: it keeps a second daemon away for as long as that lives, and the server frees
it when the process dies or the line is cut. Whoever gets it puts a mark of its own into the row that every write
transaction locks first. Who finds another's mark there has been followed by another daemon, and neither writes nor
sends again, however long it slept and whatever became of its session; a mark waits for the write that is being done.
"""

import os
import secrets
import socket
import time
from contextlib import suppress
from threading import Lock

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from dplmaild.log import get_logger
from dplmaild.store.database import MARK, StoreBusyError, lock_engine
from dplmaild.store.tables import counters

_SOURCE = "database lock"  # in the log
_PAUSE = 0.5  # seconds between two attempts to get the lock back, whoever asks
_KEYS = "1685089388, hashtext(coalesce(current_schema(), ''))"  # "dpml"; a desk may have a schema of its own
_LOCK = text(f"SELECT pg_try_advisory_lock({_KEYS})")
_UNLOCK = text(f"SELECT pg_advisory_unlock({_KEYS})")
_HOLDER = text(
    "SELECT coalesce(nullif(a.application_name, ''), 'process ' || l.pid || ' of the server')"
    " FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 1685089388"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND l.objid::bigint = (hashtext(coalesce(current_schema(), ''))::bigint & 4294967295)"
)
_FOUND = select(counters.c.value).where(counters.c.name == MARK)
_PUT = text(
    "INSERT INTO counters (name, value) VALUES (:name, :mark) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)

log = get_logger()


class TakenOverError(StoreBusyError):
    """Another daemon has followed this one: nothing more may be written or sent by this run (P11)."""


class AlreadyRunningError(TakenOverError):
    """Another daemon works on this database (P11)."""


class Writer:
    """Our right to write to a database on a server: taken at start, asked about before anything leaves the house,
    given back at the end. Every thread may ask.
    """

    def __init__(self, url: str) -> None:
        self._engine = lock_engine(url, f"dplmaild {os.getpid()} on {socket.gethostname()}")
        self._mark = secrets.randbits(62)
        self._session: Connection | None = None
        self._asking = Lock()
        self._over: TakenOverError | None = None
        self._away = ""  # why the lock could not be had back
        self._next_attempt = 0.0

    def take(self) -> None:
        """Get the lock; raises AlreadyRunningError at once when another has it, StoreBusyError without a server."""
        try:
            session = self._engine.connect()
            if session.execute(_LOCK).scalar():
                self._session = session
                return
            holder = session.execute(_HOLDER).scalar()
            session.close()
        except DBAPIError as error:
            raise StoreBusyError(f"the database at {self._place} cannot be used: {_words(error)}") from error
        raise AlreadyRunningError(
            f"another dplmaild works on this database (its lock is held by {holder or 'one that just left'});"
            " stop it first"
        )

    def begin(self) -> None:
        """Put our mark, once the tables are there: whoever wrote before can write no more.

        Raises StoreBusyError when somebody is in the midst of a write and does not come to its end.
        """
        try:
            if self._session is not None:
                self._session.execute(_PUT, {"name": MARK, "mark": self._mark})
        except DBAPIError as error:
            raise StoreBusyError(
                f"the database at {self._place} cannot be taken over from who wrote last: {_words(error)}"
            ) from error

    def sure(self) -> None:
        """Nobody else writes here, the server says so now; a lost lock is taken again.

        Raises StoreBusyError while that is not certain, TakenOverError for good once another has been here.
        """
        with self._asking:
            if self._over is not None:
                raise type(self._over)(str(self._over))
            if time.monotonic() < self._next_attempt:
                raise StoreBusyError(self._away)
            if not self._holds():
                self._come_back()

    def admit(self, found: int | None) -> None:
        """Let a write transaction go on that found this mark; raises TakenOverError when it is not ours."""
        if found != self._mark:
            raise TakenOverError("another dplmaild has taken this database over; nothing more is written here")

    def close(self) -> None:
        """Give the lock back, so that the next may start at once."""
        with self._asking, suppress(DBAPIError):
            if self._session is not None:
                self._session.execute(_UNLOCK)
        self._let_go()

    @property
    def _place(self) -> str:
        return self._engine.url.render_as_string(hide_password=True)

    def _holds(self) -> bool:
        """Whether our session lives, and with it the lock."""
        if self._session is None:
            return False
        try:
            found = self._session.execute(_FOUND).scalar()
        except DBAPIError as error:
            log.warning("out of reach", source=_SOURCE, why=_words(error))
            self._let_go()
            return False
        if found != self._mark:
            raise self._end(_followed())
        return True

    def _come_back(self) -> None:
        """The lock again, unless another has been here meanwhile: what we know would be out of date."""
        try:
            session = self._session = self._engine.connect()
            got, found = session.execute(_LOCK).scalar(), session.execute(_FOUND).scalar()
            holder = None if got else session.execute(_HOLDER).scalar()
        except DBAPIError as error:
            raise self._wait(f"the lock on the database is lost: {_words(error)}") from error
        if found != self._mark:
            raise self._end(_followed(holder) if not got else _was_followed())
        if not got:  # our own session, which the server has not yet given up, or one that is about to put its mark
            raise self._wait(f"the lock on the database is held by {holder or 'one that just left'}")
        log.info("back again", source=_SOURCE)

    def _wait(self, why: str) -> StoreBusyError:
        self._let_go()
        self._away = f"{why}; nothing is sent meanwhile"
        self._next_attempt = time.monotonic() + _PAUSE
        return StoreBusyError(self._away)

    def _end(self, error: TakenOverError) -> TakenOverError:
        self._let_go()
        self._over = error
        return type(error)(str(error))

    def _let_go(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(DBAPIError):
                session.close()


def _followed(holder: str | None = None) -> TakenOverError:
    who = f" (its lock is held by {holder})" if holder else ""
    return AlreadyRunningError(f"another dplmaild works on this database by now{who}; this one has stopped")


def _was_followed() -> TakenOverError:
    return TakenOverError("another dplmaild has worked on this database meanwhile, and left; start this one anew")


def _words(error: DBAPIError) -> str:
    """What the server said, on one line."""
    return " ".join(str(error.orig).split())
