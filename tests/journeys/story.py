"""What a story is: who writes what and when, which letters must go out, and how the record stands in the end."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path


class Way(Enum):
    """How the customer's words reach the desk."""

    MAIL = "mail"
    TICKET = "ticket"


class Act(Enum):
    """What happens in one step."""

    PASSES = "time passes"
    WRITES = "writes"
    REPLIES = "replies"
    ORDERS = "orders"
    AGAIN = "sends the same again"
    OTHER_WAY = "sends the same the other way"
    DOWN = "the desk goes down"
    UP = "the desk is up again"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter that has to go out: to whom, with which first line, and which words stand in it or must not."""

    to: tuple[str, ...]
    copy: tuple[str, ...]
    first: str
    words: tuple[str, ...]
    absent: tuple[str, ...]
    only: Way | None
    line: int
    also_on: tuple[str, ...] = ()  # the tickets covered on which it stands as well, by number


@dataclass(frozen=True, slots=True)
class Note:
    """One note on the ticket that only OPS reads."""

    words: str
    only: Way | None
    line: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one command line."""

    done: bool
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens at a moment, and all that goes out because of it."""

    at: datetime
    line: int
    act: Act
    who: str = ""
    subject: str = ""  # of a new mail or ticket
    about: str = ""  # the subject or the reference of the conversation; empty: the last one
    text: str = ""
    sent: datetime | None = None  # the mail's own date, where it lay about on its way
    letters: tuple[Letter, ...] = ()
    notes: tuple[Note, ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """How one deployment stands in the end: state, row of the log, calendar entry, and its states with who did it."""

    reference: str
    state: str
    log: str
    calendar: str
    history: str
    line: int


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story."""

    path: Path
    title: str
    why: str
    people: tuple[str, ...]
    only: Way | None
    steps: tuple[Step, ...]
    endings: tuple[Ending, ...]
    tickets: tuple[tuple[str, str], ...] = ()  # that stand in the ticket system already: number, and whose

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.stem
