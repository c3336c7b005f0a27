"""Empty databases for the stories."""

from collections.abc import Iterator

import pytest

from dplmaild.store.database import Database
from journeys.emptied import Postgresql, Sqlite
from store.engines import postgres


@pytest.fixture(scope="session")
def _one_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def sqlite(_one_sqlite: Sqlite) -> Database:
    """An empty SQLite database."""
    return _one_sqlite.emptied()


@pytest.fixture(scope="session")
def _one_postgresql() -> Iterator[Postgresql]:
    with postgres() as server:
        made = Postgresql(server.fresh_url())
        yield made
        made.close()


@pytest.fixture
def postgresql(_one_postgresql: Postgresql) -> Database:
    """An empty PostgreSQL database."""
    return _one_postgresql.emptied()
