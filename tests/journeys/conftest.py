"""Empty databases for the stories."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.stage import Engines, emptied
from store.engines import postgres


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    """A migrated SQLite file to copy."""
    return Engines(tmp_path_factory.mktemp("blank"))


@pytest.fixture
def sqlite_url(engines: Engines, tmp_path: Path) -> str:
    """An empty SQLite database."""
    return engines.sqlite(tmp_path / "var")


@pytest.fixture(scope="session")
def _postgres_database() -> Iterator[str]:
    with postgres() as server:
        yield server.fresh_url()


@pytest.fixture
def postgres_url(_postgres_database: str) -> str:
    """The one PostgreSQL database, empty again."""
    return emptied(_postgres_database)
