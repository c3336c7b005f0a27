"""The moment of a form: one field, or date, time and zone in fields of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from dplmaild.deployment.terms import MomentStatus, WrittenMoment
from dplmaild.reading.dates import read_moment, read_moments_in
from dplmaild.reading.fields.entries import Entry
from dplmaild.reading.lexicon import lexicon, of_the_words

_MOST = 12  # dates, and times, that are put together: more of them contradict each other already


@dataclass(frozen=True, slots=True)
class Clock:
    """How dates of this mail are read: relative words count from `said_on` (aware); `zone` is the customer's."""

    said_on: datetime
    zone: str = "Europe/Berlin"
    day_first: bool | None = None
    language: str | None = None

    def read(self, text: str) -> WrittenMoment | None:
        """The moment a text names; None when there is none."""
        return _moment_of(text[:300], self)

    def moments_in(self, text: str) -> tuple[tuple[int, int, WrittenMoment], ...]:
        """Every moment of a sentence with where it stands."""
        return _moments_in(text, self)


# Several look at the same sentence, and some mails say the same a hundred times.
@of_the_words
@lru_cache(maxsize=256)
def _moment_of(text: str, clock: Clock) -> WrittenMoment | None:
    return read_moment(text, said_on=clock.said_on, zone=clock.zone, day_first=clock.day_first, language=clock.language)


@of_the_words
@lru_cache(maxsize=256)
def _moments_in(text: str, clock: Clock) -> tuple[tuple[int, int, WrittenMoment], ...]:
    return read_moments_in(
        text, said_on=clock.said_on, zone=clock.zone, day_first=clock.day_first, language=clock.language
    )


def is_asap(text: str) -> bool:
    """Whether the words only say `as soon as possible` (SCHED-10)."""
    return lexicon().scan(text).has("asap")


def joined_moments(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that say when, date and time in two fields put together as one."""
    whole = [entry for entry in entries if entry.key == "when"]
    dates = [entry for entry in entries if entry.key == "date"][:_MOST]
    times = [entry for entry in entries if entry.key == "time"][:_MOST]
    zone = next((entry.value for entry in entries if entry.key == "zone"), "")
    if not dates:
        return [_with(entry, zone) for entry in whole] or [_with(entry, zone) for entry in times]
    # One time for every date, or none: two different times make two moments, and so a conflict.
    pairs = [(date, time) for date in dates for time in times] if times else [(date, None) for date in dates]
    return [
        *(_with(entry, zone) for entry in whole),
        *(_with(date, time.value if time else "", zone) for date, time in pairs),
    ]


def _with(entry: Entry, *more: str) -> Entry:
    text = " ".join([entry.value, *(part for part in more if part and part not in entry.value)])
    return Entry("when", text.strip(), entry.place, entry.group)


def same_moment(one: WrittenMoment, other: WrittenMoment) -> bool:
    """Whether two readings do not contradict each other: same moment, or a day and a moment on it."""
    if MomentStatus.EXACT in (one.status, other.status) and one.utc and other.utc:
        return one.utc == other.utc
    return one.day is not None and one.day == other.day
