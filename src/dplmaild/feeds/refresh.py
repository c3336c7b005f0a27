"""Reading the feeds again: what is due, what it says now, and what is wrong with it since when."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from dplmaild.deployment.periods import check_feed_url
from dplmaild.feeds.reading import contents_of, is_fresh, read_as
from dplmaild.feeds.shelf import Kept, Shelf, Source, sources_of
from dplmaild.ports import DplmaildError, FeedDoor, PermanentError
from dplmaild.reading.vacations import LARGEST, NotUnderstoodError
from dplmaild.settings import Settings

_BLIPS = 2  # failures in a row before people are told, where there is a good copy


@dataclass(frozen=True, slots=True)
class Trouble:
    """A feed that people should know of: it cannot be read, or can be read again (`why` is empty)."""

    source: Source
    why: str
    since: datetime
    good_until: datetime | None  # when it was last read

    def __str__(self) -> str:
        place = f"the vacation feed {self.source.feed.title!r} of {self.source.whose}"
        if not self.why:
            return f"{place} can be read again; it could not since {self.since:%Y-%m-%d %H:%M} UTC"
        last = f"the vacations read on {self.good_until:%Y-%m-%d %H:%M} UTC stay in force" if self.good_until else None
        unknown = "its vacations are not known, and deployments that need them wait for approval (DAY-5)"
        return f"{place} cannot be read since {self.since:%Y-%m-%d %H:%M} UTC: {self.why}; {last or unknown}"


@dataclass(frozen=True, slots=True)
class Turned:
    """What one look at the feeds brought about."""

    changed: bool = False
    troubles: tuple[Trouble, ...] = ()


def web_feeds(settings: Settings) -> Callable[[], FeedDoor]:
    """What fetches from web servers; its library is loaded with the first feed that needs it."""

    def door() -> FeedDoor:
        from dplmaild.channels.feed import WebFeeds  # noqa: PLC0415 - many desks have no feeds

        return WebFeeds(LARGEST, settings.feeds.ca_file)

    return door


class Refresher:
    """Reads each feed when it is due, and keeps what it says. One per process."""

    def __init__(self, shelf: Shelf, door: Callable[[], FeedDoor], every: timedelta) -> None:
        self._shelf = shelf
        self._door = door
        self._every = every
        self._due: dict[str, datetime] = {}

    def turn(self, settings: Settings, now: datetime) -> Turned:
        """Look at every feed that is due; raises TemporaryError where nothing can be kept."""
        sources = {source.key: source for source in sources_of(settings)}
        self._due = {key: moment for key, moment in self._due.items() if key in sources}
        changed, troubles = False, list[Trouble]()
        for key, source in sources.items():
            if self._due.get(key, now) > now:
                continue
            before = self._shelf.get(source)
            after = self._looked_at(source, before, now)
            self._shelf.put(source, after)
            self._due[key] = now + self._every
            changed |= (before.spans, before.read_at is None) != (after.spans, after.read_at is None)
            troubles += _worth_saying(source, before, after)
        return Turned(changed, tuple(troubles))

    def told(self, trouble: Trouble) -> None:
        """People know it: it is not said again."""
        kept = self._shelf.get(trouble.source)
        self._shelf.put(trouble.source, replace(kept, told=bool(trouble.why)))

    def _looked_at(self, source: Source, before: Kept, now: datetime) -> Kept:
        try:
            return self._read(source, before, now)
        except (DplmaildError, NotUnderstoodError) as error:
            since = before.since or now
            return replace(before, trouble=str(error), since=since, failures=before.failures + 1)

    def _read(self, source: Source, before: Kept, now: datetime) -> Kept:
        if source.feed.file is not None:
            return read_as(source, contents_of(source.feed.file), before, now)
        url = source.feed.url or _private(source.feed.url_file)
        fetched = self._door().fetch(url, before.etag if is_fresh(before, now.date()) else None)
        if fetched is None:
            return replace(before, read_at=now, trouble="", since=None, failures=0)
        return replace(read_as(source, fetched.content, before, now), etag=fetched.etag)


def _private(path: Path | None) -> str:
    """The address that a file holds."""
    try:
        url = path.read_text("utf-8").strip() if path else ""
        check_feed_url(url)
    except OSError as error:
        raise PermanentError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise PermanentError(f"{path} holds {error}") from error
    return url


def _worth_saying(source: Source, before: Kept, after: Kept) -> list[Trouble]:
    """Told once when it is more than a blip, at once where nothing good is known, and when it is over."""
    if not after.trouble:
        return [Trouble(source, "", before.since, after.read_at)] if after.told and before.since else []
    serious = after.failures >= (_BLIPS if after.read_at else 1)
    return (
        [Trouble(source, after.trouble, after.since, after.read_at)]
        if serious and not after.told and after.since
        else []
    )
