"""What was found before it is understood: a label, its words, and whose deployment they belong to."""

from collections import Counter
from dataclasses import dataclass, field

from dplmaild.deployment.said import Place
from dplmaild.deployment.terms import Environment, Product
from dplmaild.reading.visible import Line

JOINED = ("date", "time", "zone", "versions")  # keys that are parts of a field, or two fields at once
VOTES = 12  # of one word or label, divided among the languages that share it
FREE = ("release_notes", "description", "special_activities", "validated", "rollback", "artifact", "restarts")
LISTS = ("cartridges", "components", "tickets", "mailing_list", "attendant")


@dataclass(frozen=True, slots=True)
class Entry:
    """One label with its value as written; `key` is a Field's value or one of JOINED."""

    key: str
    value: str
    place: Place
    group: int = 0  # 0: belongs to every deployment of the mail


@dataclass(frozen=True, slots=True)
class Group:
    """A block, column or row that speaks of one deployment; what its heading says."""

    environment: Environment | None = None
    product: Product | None = None


@dataclass(slots=True)
class Gathered:
    """Everything found in a sequence of blocks, still unjudged; `prose` are the lines without a label."""

    entries: list[Entry] = field(default_factory=list)
    groups: list[Group] = field(default_factory=lambda: [Group()])
    prose: list[Line] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)  # languages of the labels

    def vote(self, languages: frozenset[str]) -> None:
        """Count a label for its languages; one that several share counts little."""
        for language in languages:
            self.votes[language] += VOTES // len(languages)

    def new_group(self, environment: Environment | None = None, product: Product | None = None) -> int:
        """Open a group and return its number; the one with the same heading is used again."""
        wanted = Group(environment, product)
        if wanted != Group() and wanted in self.groups:
            return self.groups.index(wanted)
        self.groups.append(wanted)
        return len(self.groups) - 1
