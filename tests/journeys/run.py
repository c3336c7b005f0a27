"""One story, one way, one database: played, and its end compared."""

from pathlib import Path

import pytest

from dplmaild.store.database import Database
from journeys.ending import stands
from journeys.parse import read_story
from journeys.play import Player, StoryFailed
from journeys.stage import LogAtTheEnd, stage
from journeys.story import Act, Ending, Story, Way

STORIES = sorted((Path(__file__).parent / "stories").glob("*.md"))


def told(way: Way) -> list[object]:
    """The stories that make sense this way, to parametrize a test."""
    stories = [read_story(path) for path in STORIES]
    return [pytest.param(story, id=story.name) for story in stories if story.only in {None, way}]


def run(story: Story, way: Way, folder: Path, database: Database, *, log_at_once: bool = False) -> None:
    """Play a story; raises StoryFailed with the line where it goes otherwise than told.

    `log_at_once`: every row goes into the workbook when it is owed, instead of all of them in the end.
    """
    late = None if log_at_once else LogAtTheEnd()
    tickets = way is Way.TICKET or any(step.act is Act.OTHER_WAY for step in story.steps)
    with stage(folder, database, story.steps[0].at, tickets=tickets, log=late) as made:
        for number, who in story.tickets:
            made.add_ticket(number, who)
        Player(story, made, way).play()
        if made.turns is None:
            made.up()
        if late is not None:
            late.finish(made.settings)
        found = stands(database, folder)
    for ending in story.endings:
        _compare(story, ending, found.pop(ending.reference, None))
    if found:
        raise StoryFailed(f"{story.path.name}: deployments that the end does not mention: {', '.join(found)}")


def _compare(story: Story, told: Ending, real: Ending | None) -> None:
    for what in ("state", "log", "calendar", "history"):
        wanted, is_ = getattr(told, what), getattr(real, what, "not on record")
        if wanted != is_:
            where = f"{story.path.name}:{told.line}: {what} of {told.reference}"
            raise StoryFailed(f"{where}:\n  told {wanted}\n  is   {is_}")
