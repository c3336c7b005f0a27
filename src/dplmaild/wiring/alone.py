"""One daemon alone writes to a database (P11): by a lock on a file, and on a server by one of the server's too."""

import fcntl
import os
from pathlib import Path
from typing import IO

from dplmaild.ports import DplmaildError
from dplmaild.settings import Settings
from dplmaild.store.beside import base_of
from dplmaild.store.database import Database, StoreBusyError
from dplmaild.store.writer import AlreadyRunningError, Writer


def beside_database(settings: Settings, ending: str) -> Path:
    """A small file beside the database, named after it: its lock, its send log; raises StoreBusyError."""
    path = base_of(settings.store.url).with_suffix(ending)
    try:
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreBusyError(f"the folder {path.parent} cannot be made: {error.strerror}") from error
    return path


def take_lock(settings: Settings) -> IO[str]:
    """One daemon per database in this folder; raises AlreadyRunningError at once when there is another (P11).

    Raises StoreBusyError where nothing can be written (P9).
    """
    path = beside_database(settings, ".lock")
    try:
        file = os.fdopen(
            os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600), "r+", encoding="ascii"
        )
    except OSError as error:
        raise StoreBusyError(f"the lock {path} cannot be taken: {error.strerror}; nothing was read or sent") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise AlreadyRunningError(
            f"another dplmaild works on this database (its lock is {path}); stop it first"
        ) from None
    return file


def kept_alone(settings: Settings) -> Database:
    """The daemon's database, brought up to this program's tables; on a server nobody but us is its daemon.

    Raises AlreadyRunningError before anything is changed when there is another (P11).
    """
    database = Database(settings.store.url)
    if database.engine.dialect.name == "sqlite":
        database.migrate()  # the lock on its file is enough
        return database
    writer = Writer(settings.store.url)
    writer.take()
    database.guard = writer
    try:
        database.migrate()
        writer.begin()
    except DplmaildError:
        database.close()
        raise
    return database
