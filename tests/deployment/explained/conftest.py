"""One desk for the whole table: it writes nothing, so its cases cannot disturb each other."""

import pytest

from deployment.explained.desk import Desk


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk that explains every case."""
    return Desk(tmp_path_factory.mktemp("explained"))
