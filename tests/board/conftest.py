"""A desk, its command line and its board, for the tests of all pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from board.shown import Client, Place, shown
from cli.conftest import Shell
from dplmaild.settings import load
from settings.folder import Folder


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """The command line on the same record."""
    return Shell(Folder(tmp_path))


@pytest.fixture
def place(shell: Shell) -> Place:
    """A desk with nothing on record."""
    return Place(load(shell.folder.main))


@pytest.fixture
def client(place: Place) -> Iterator[Client]:
    """Its board."""
    with shown(place) as one:
        yield one
