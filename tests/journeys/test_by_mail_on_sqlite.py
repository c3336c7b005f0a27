"""Every story by mail, on SQLite."""

from pathlib import Path

import pytest

from journeys.run import run, told
from journeys.story import Story, Way


@pytest.mark.parametrize("story", told(Way.MAIL))
def test_story(story: Story, tmp_path: Path, sqlite_url: str) -> None:
    run(story, Way.MAIL, tmp_path, sqlite_url, log_at_once=True)
