"""Every test of the store runs on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dplmaild.store.database import Database
from store.engines import Postgres, postgres

Opened = Callable[[str], Database]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """One PostgreSQL for the whole run."""
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/dplmaild.db"
    server: Postgres = request.getfixturevalue("postgres_server")
    return server.fresh_url()


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens databases, and closes them after the test."""
    all_of_them: list[Database] = []

    def open_(url: str) -> Database:
        all_of_them.append(Database(url))
        return all_of_them[-1]

    yield open_
    for database in all_of_them:
        database.close()


@pytest.fixture
def database(url: str, opened: Opened) -> Database:
    """A database with this program's tables."""
    fresh = opened(url)
    fresh.migrate()
    return fresh
