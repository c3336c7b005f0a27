"""What the pages are made of, in one view of the record: the data of `status`, `list`, `show` and the digest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from dplmaild.deployment.status import Digest, Status
from dplmaild.desk import Desk
from dplmaild.desk.dossier import Dossier
from dplmaild.desk.view import RecordView
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database
from dplmaild.store.daybook import Daybook
from dplmaild.store.debts import Debt
from dplmaild.store.lists import Lists, Page, Trouble
from dplmaild.writing.letters import Letters

SIZE = 50  # deployments on a page
_REST = 4  # a day that took a second to draw up is shown for four more before it is drawn up again
_ENTRIES = 1000  # in the calendar
_BEHIND = timedelta(days=30)  # how long the calendar shows what is over


Day = tuple[Digest | None, Page]


class Health(Protocol):
    """How a door is that the daemon listens at."""

    @property
    def name(self) -> str:
        """Its name in the configuration."""

    @property
    def read_until(self) -> datetime:
        """Up to when it has been read completely; the beginning of time before that."""

    @property
    def trouble(self) -> str:
        """What is wrong with it; empty when nothing is."""


@dataclass(frozen=True)
class House:
    """What the board is shown of the running daemon."""

    desk: Callable[[], Desk]
    letters: Callable[[], Letters]
    doors: Callable[[], Sequence[Health]]
    now: Callable[[], datetime]

    @property
    def settings(self) -> Settings:
        """The configuration in force."""
        return self.desk().settings

    @property
    def unread(self) -> tuple[str, ...]:
        """The doors behind which nothing can be read, with what they said."""
        return tuple(f"{door.name}: {door.trouble}" for door in self.doors() if door.trouble)


class Record:
    """Looks into the database for the pages; every look is a transaction of its own that cannot write."""

    def __init__(self, database: Database, house: House) -> None:
        self._database = database
        self._house = house
        self._drawn: tuple[Day, datetime, datetime] | None = None  # since when, and until when it is good enough

    def day(self) -> Day:
        """The day as the digest tells it, and the first open deployments.

        A fifth of a core at most goes into it, however often it is asked for; the page says of when it is.
        """
        now = self._house.now()
        if self._drawn is not None and self._drawn[1] <= now < self._drawn[2]:
            return self._drawn[0]
        day = self._drawn_up(now)
        ended = self._house.now()
        self._drawn = day, ended, ended + _REST * (ended - now)
        return day

    def _drawn_up(self, now: datetime) -> Day:
        with self._database.reading() as connection:
            view = RecordView(Cases(connection), daybook=Daybook(connection))
            digest = self._house.desk().overview.at(view, now, self._house.unread, self._house.letters())
            return digest, Lists(connection).going(None, SIZE)

    def going(self, after: str | None) -> Page:
        """Open deployments, the next start first."""
        with self._database.reading() as connection:
            return Lists(connection).going(after, SIZE)

    def ended(self, after: str | None) -> Page:
        """Ended deployments, the last one first."""
        with self._database.reading() as connection:
            return Lists(connection).ended(after, SIZE)

    def deployment(self, reference: str) -> tuple[Dossier, Status | None] | None:
        """One deployment with how it stands; None where there is no such one."""
        with self._database.reading() as connection:
            dossier = Dossier.load(connection, reference)
            if dossier is None:
                return None
            view, now = RecordView(Cases(connection)), self._house.now()
            return dossier, self._house.desk().overview.status(dossier.case, view, now)

    def entries(self) -> tuple[Debt, ...]:
        """The calendar entries of what is open or was lately."""
        with self._database.reading() as connection:
            return Lists(connection).entries(self._house.now() - _BEHIND, _ENTRIES)

    def trouble(self) -> Trouble:
        """What the record knows of its own trouble."""
        with self._database.reading() as connection:
            return Lists(connection).trouble()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()
