"""A configuration with vacation feeds, a shelf for their copies, and a hand on the clock."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dplmaild.deployment.periods import CalendarSource
from dplmaild.feeds import Refresher, Shelf, Turned, in_force
from dplmaild.ports import DplmaildError, Fetched
from dplmaild.settings import Settings, load
from reading.vacations.build import calendar, event
from settings.folder import Folder

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
AUGUST = calendar(event("20270802", "DTEND;VALUE=DATE:20270807"))
MAY = calendar(event("20270503", "DTEND;VALUE=DATE:20270508"))
URL = "https://calendar.example.org/private/0123abcd.ics"


class Door:
    """A web server in the hand: what it answers now, and what it was asked."""

    def __init__(self) -> None:
        self.answer: bytes | DplmaildError | None = AUGUST
        self.asked: list[tuple[str, str | None]] = []

    def fetch(self, url: str, etag: str | None = None) -> Fetched | None:
        """What stands in `answer`; None: not changed."""
        self.asked.append((url, etag))
        if isinstance(self.answer, DplmaildError):
            raise self.answer
        return Fetched(self.answer, '"1"') if self.answer is not None else None


class Desk:
    """One desk whose customer has a feed."""

    def __init__(self, path: Path, feed: str) -> None:
        self.folder = Folder(path)
        self.folder.spoil("customer", 'region = "TH" }', f'region = "TH", feeds = [ {feed} ] }}')
        self.shelf = Shelf(path / "var" / "dplmaild.feeds")
        self.door = Door()
        self.refresher = Refresher(self.shelf, lambda: self.door, HOUR)
        self.declared = load(self.folder.main)

    def turn(self, hours: float = 0.0) -> Turned:
        """One look at the feeds, some hours from now."""
        return self.refresher.turn(self.declared, NOW + hours * HOUR)

    def settings(self) -> Settings:
        """The configuration in force."""
        return in_force(self.declared, self.shelf, NOW)

    @property
    def calendar(self) -> CalendarSource:
        """The customer's calendar in force."""
        return self.settings().customers[0].calendar

    @property
    def vacations(self) -> list[tuple[date | None, date | None]]:
        """What its feeds say."""
        return [(period.first, period.last) for period in self.calendar.fed]


IN_AUGUST = [(date(2027, 8, 2), date(2027, 8, 6))]
IN_MAY = [(date(2027, 5, 3), date(2027, 5, 7))]
