"""The parts a moment is made of, as they are found in a text: days, times, zones and words that change them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dplmaild.reading.dates.reasons import Reason


@dataclass(frozen=True, slots=True)
class Dated:
    """A day by its date: every reading it allows, the likeliest first; none when there is no such day."""

    readings: tuple[date, ...]
    reason: Reason | None = None  # why there is more than one, when nothing else settles it
    full: bool = True  # day, month and year were written


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday (Monday is 0), with the days it can mean."""

    number: int
    readings: tuple[date, ...]
    turned: bool = False  # "next", "this": chosen among several weeks


@dataclass(frozen=True, slots=True)
class WeekOf:
    """A calendar week by its Monday; several where people count differently, none: the week of the date beside it."""

    mondays: tuple[date, ...]
    reason: Reason = Reason.RELATIVE


@dataclass(frozen=True, slots=True)
class Days:
    """Several days in a row, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes from midnight, 1440 being the end of the day; several where it is not clear which."""

    minutes: tuple[int, ...]
    reason: Reason | None = None
    written: str = "clock"  # clock 10:00, hour 22h, bare "at ten": how sure the half of the day is
    marked: bool = True  # a word or sign says that it is a time
    around: bool = False  # `around 2 pm`: near it, and nobody knows how near


@dataclass(frozen=True, slots=True)
class ClockStretch:
    """From one time to another."""

    first: Clock
    last: Clock


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day; the number is that of the vocabulary."""

    number: int


@dataclass(frozen=True, slots=True)
class Zone:
    """A written zone: an IANA name, fixed offsets in minutes, or both, which then have to agree."""

    text: str
    region: str | None = None
    offsets: tuple[int, ...] = ()
    abbreviation: str | None = None
    local: bool = False
    summer: bool | None = None  # summer or winter time of the place


class Sign(StrEnum):
    """A word between or before moments that changes what they mean."""

    TO = "to"
    DASH = "dash"  # a stretch between two of a kind, else only a dash
    UNTIL = "until"  # a stretch behind a moment of the same kind, else a bound
    OR = "or"
    EXCLUDED = "excluded"  # not
    INSTEAD = "instead"  # instead of: what follows is not wanted, what stands before is
    BOUND = "bound"  # before, after, not later than
    BOUND_AFTER = "bound_after"  # at the latest: before or behind the moment
    MOVE = "move"  # from here on `from A to B` is a change of date
    EVERY = "every"
    GAP = "gap"  # words that are no part of a date
    IMPOSSIBLE = "impossible"  # 25:00
    LEFTOVER = "leftover"  # a word of dates that no reader could place


What = Dated | Weekday | WeekOf | Days | Clock | ClockStretch | Part | Zone | Sign
DAY_LIKE = (Dated, Weekday, WeekOf, Days)


@dataclass(frozen=True, slots=True)
class Atom:
    """One part and where it stands in the text."""

    what: What
    start: int
    end: int
