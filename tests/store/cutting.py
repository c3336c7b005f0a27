"""Cuts the session that holds the lock of a database, as a fail-over or an administrator does."""

import psycopg

_CUT = (
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def cut_lock(url: str) -> None:
    """End it, and wait until it has ended; exactly one has to hold the lock."""
    with psycopg.connect(url, autocommit=True) as connection:
        assert connection.execute(_CUT).fetchall() == [(True,)]
