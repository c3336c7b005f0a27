"""The last good copy of every feed, in small files beside the database: a restart knows them without asking anybody."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from dplmaild.channels.whole_file import file_trouble, put_in_place, written_beside
from dplmaild.deployment.periods import CalendarSource, Feed
from dplmaild.deployment.recurring import Span
from dplmaild.settings import Settings


@dataclass(frozen=True, slots=True)
class Source:
    """One feed in its place; `zone` is the wall clock on which it is read, `whose` names the calendar for people."""

    feed: Feed
    zone: str
    whose: str = ""

    @property
    def key(self) -> str:
        """The same as long as it is read from the same place in the same way."""
        read_as = self.feed.model_dump_json(exclude={"name", "reason"})
        return hashlib.sha256(f"{self.zone}\n{read_as}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a feed: the last good vacations, up to when they were reckoned, and what is wrong now."""

    spans: tuple[Span, ...] = ()
    read_at: datetime | None = None  # None: it could never be read
    until: date | None = None
    digest: str = ""
    etag: str | None = None
    trouble: str = ""
    since: datetime | None = None  # of the trouble
    failures: int = 0
    told: bool = False  # people know of the trouble


_KEPT = TypeAdapter(Kept)


def sources_of(settings: Settings) -> Iterator[Source]:
    """Every feed of OPS, customers and partners."""
    yield from _of(settings.ops.calendar, "UTC", "OPS")
    for customer in settings.customers:
        yield from _of(customer.calendar, customer.zone, customer.id)
        if customer.partner_calendar:
            yield from _of(customer.partner_calendar, customer.zone, f"the partner of {customer.id}")


def _of(calendar: CalendarSource, zone: str, whose: str) -> Iterator[Source]:
    return (Source(feed, calendar.zone or zone, whose) for feed in calendar.feeds)


class Shelf:
    """A folder with one file per feed. Nothing private is in it but the days themselves."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, source: Source) -> Kept:
        """What is kept of a feed; nothing of one never read, nor of a file that cannot be understood."""
        try:
            return _KEPT.validate_json(self._path(source).read_bytes())
        except (OSError, ValidationError):
            return Kept()

    def put(self, source: Source, kept: Kept) -> None:
        """Keep it, whole at every moment; raises TemporaryError where nothing can be written."""
        path = self._path(source)
        with file_trouble(path):
            self._folder.mkdir(mode=0o750, parents=True, exist_ok=True)
            put_in_place(written_beside(path, _KEPT.dump_json(kept)), path)

    def _path(self, source: Source) -> Path:
        return self._folder / f"{source.key}.json"
