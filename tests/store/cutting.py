"""Cuts sessions with a database, as a fail-over or an administrator does; each until it has ended."""

import time

import psycopg

from dplmaild.store.database import Database, StoreBusyError

_LOCK = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_ALL = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def cut_lock(url: str) -> None:
    """The one that holds the lock of a daemon, and there has to be one."""
    with psycopg.connect(url, autocommit=True) as connection:
        assert connection.execute(_LOCK).fetchall() == [(True,)]


def cut_all(url: str) -> None:
    """Every one, also in the midst of a write."""
    with psycopg.connect(url, autocommit=True) as connection:
        assert (True,) in connection.execute(_ALL).fetchall()


def until_sure(database: Database) -> None:
    """Wait until a daemon has its lock again."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            return database.sure()
        except StoreBusyError:
            time.sleep(0.05)
    raise AssertionError("the lock was not taken again")
