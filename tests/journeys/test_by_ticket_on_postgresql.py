"""Every story by ticket, on PostgreSQL."""

from pathlib import Path

import pytest

from dplmaild.store.database import Database
from journeys.run import run, told
from journeys.story import Story, Way


@pytest.mark.parametrize("story", told(Way.TICKET))
def test_story(story: Story, tmp_path: Path, postgresql: Database) -> None:
    run(story, Way.TICKET, tmp_path, postgresql)
