"""A desk on real servers that takes one turn at a time, so that what a turn costs can be counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.house import Doors, furnish
from dplmaild.daemon.loop import Watching
from dplmaild.daemon.sources import MailSource, Source
from dplmaild.delivery import Paid
from dplmaild.desk import Answered
from dplmaild.settings import load
from dplmaild.wiring import House, build


@dataclass
class Turned:
    """A desk, and what it has done so far."""

    house: House
    answered: list[Answered] = field(default_factory=list)
    paid: list[Paid] = field(default_factory=list)

    def until_quiet(self) -> int:
        """Take turns until the mailbox has nothing more; how many turns found something."""
        (source,) = self.house.daemon.sources
        turns = 0
        while self._turn(source):
            turns += 1
        return turns

    def _turn(self, source: Source) -> bool:
        got: list[Answered] = []
        source.answered = got.extend
        found = source.turn()
        debts = [debt for each in got for debt in each.debts]
        self.paid += self.house.delivery.pay(debts, self.house.place.now) if debts else ()
        self.answered += got
        return found

    @property
    def commits(self) -> int:
        """Durable commits so far."""
        return self.house.database.commits


@contextmanager
def turned(folder: Path, doors: Doors, *, shows: bool = True) -> Iterator[Turned]:
    """A desk with an empty record; its mailbox is read with every turn, and nothing runs by itself."""
    house = build(load(furnish(folder, doors, shows=shows)), Watching(lambda _: None, lambda _: None))
    try:
        yield Turned(house)
    finally:
        (source,) = house.daemon.sources
        if isinstance(source, MailSource):
            source.close()
        house.close()
