"""A desk, and one that keeps a record."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.build import Running, settings_in
from dplmaild.desk import Desk
from dplmaild.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Acme and Other on profile caas."""
    return settings_in(tmp_path)


@pytest.fixture
def desk(settings: Settings) -> Desk:
    """A desk that knows nothing of what was."""
    return Desk(settings)


@pytest.fixture
def running(settings: Settings, tmp_path: Path) -> Iterator[Running]:
    """A desk with a database."""
    one = Running(settings, tmp_path)
    yield one
    one.database.close()
