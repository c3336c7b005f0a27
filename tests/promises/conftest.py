"""What the tests of the promises share: a line for the end of the run, and a world with its servers."""

from collections.abc import Callable, Iterator

import pytest

from figures import FIGURE
from promises.sweep import Stage, Walked, stage
from store.engines import Postgres, postgres


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Takes a line for the end of the run; it travels with the test's report, from whichever worker ran it."""
    return lambda line: record_property(FIGURE, line)


@pytest.fixture(scope="package")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A world with its servers and a warm house."""
    with stage(tmp_path_factory.mktemp("scene")) as made:
        yield made


@pytest.fixture(scope="package")
def walked(scene: Stage) -> tuple[Walked, ...]:
    """The undisturbed run, beat by beat."""
    return scene.walk()


@pytest.fixture(scope="package")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL server."""
    with postgres() as server:
        yield server


@pytest.fixture
def shared(postgres_server: Postgres) -> str:
    """The address of a new database on a server."""
    return postgres_server.fresh_url()
