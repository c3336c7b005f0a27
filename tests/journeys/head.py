"""The head of a story: its title, why it is told, who is in it, other tickets there are, and which way it goes."""

import re
from dataclasses import dataclass

from journeys.cast import cast
from journeys.lines import Lines
from journeys.story import Way

_ONLY = re.compile(r"Only by (mail|ticket): (.+)")
_TICKET = re.compile(r"([0-9]{4,20}) of (\w+)")
_PERSON = re.compile(r"(\w+) \([^()]+\)")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the first moment."""

    title: str
    why: str
    people: tuple[str, ...]
    only: Way | None
    tickets: tuple[tuple[str, str], ...] = ()  # that stand in the ticket system already: number, and whose


def read_head(lines: Lines) -> Head:
    """The lines before the first moment; raises StoryError."""
    title, why = lines.after("# "), lines.after("Why: ")
    people = tuple(_introduced(lines, each.strip()) for each in lines.after("With: ").split(","))
    tickets: tuple[tuple[str, str], ...] = ()
    if not lines.at_end and lines.peek().startswith("Tickets: "):
        tickets = tuple(_ticket(lines, people, each.strip()) for each in lines.after("Tickets: ").split(","))
    match = None if lines.at_end else _ONLY.fullmatch(lines.peek())
    if match:
        lines.take()
    return Head(title, why, people, Way(match[1]) if match else None, tickets)


def _ticket(lines: Lines, people: tuple[str, ...], words: str) -> tuple[str, str]:
    match = _TICKET.fullmatch(words)
    if match is None or match[2] not in people:
        raise lines.wrong(f"no ticket of somebody in `With:`, like `4711 of {people[0]}`: {words}")
    return match[1], match[2]


def _introduced(lines: Lines, words: str) -> str:
    """The name of somebody who is introduced as the cast knows them."""
    match = _PERSON.fullmatch(words)
    person = cast().get(match[1]) if match else None
    if person is None:
        raise lines.wrong(f"nobody of the cast: {words}; the people stand in desk/")
    if person.introduced != words:
        raise lines.wrong(f"{words} is {person.introduced}")
    return person.name
