"""One feed read: what its bytes say at this time, and what is kept of it."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dplmaild.feeds.shelf import Kept, Source
from dplmaild.ports import PermanentError
from dplmaild.reading.vacations import LARGEST, Wanted, vacations_in

_PAST, _AHEAD = 1, 4  # years before and after this one that are reckoned


def last_day(today: date) -> date:
    """Up to when vacations are reckoned."""
    return date(today.year + _AHEAD, 12, 31)


def is_fresh(kept: Kept, today: date) -> bool:
    """Whether the same bytes would say the same days as before."""
    return kept.read_at is not None and kept.until == last_day(today)


def read_as(source: Source, content: bytes, before: Kept, now: datetime) -> Kept:
    """What is known once these bytes are read; raises NotUnderstoodError."""
    today, digest = now.date(), hashlib.sha256(content).hexdigest()
    good = replace(before, read_at=now, trouble="", since=None, failures=0)
    if is_fresh(before, today) and digest == before.digest:
        return good
    wanted = Wanted(
        ZoneInfo(source.zone),
        date(today.year - _PAST, 1, 1),
        last_day(today),
        source.feed.words,
        source.feed.free_too,
    )
    return replace(good, spans=vacations_in(content, wanted), until=wanted.last, digest=digest)


def contents_of(path: Path) -> bytes:
    """A local calendar; one byte more than allowed is enough to see that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise PermanentError(f"{path} cannot be read: {error.strerror}") from error
