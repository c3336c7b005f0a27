"""A good configuration for every test of the settings."""

from pathlib import Path

import pytest

from settings.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A good configuration in an empty folder."""
    return Folder(tmp_path)
