"""A row of parts divided into moments: a new one begins behind `or`, `not`, or where a second day or time stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from dplmaild.reading.dates.atoms import (
    DAY_LIKE,
    Atom,
    Clock,
    ClockStretch,
    Dated,
    Days,
    Part,
    Sign,
    Weekday,
    WeekOf,
    Zone,
)

DayPart = Dated | Weekday | WeekOf | Days


class Link(StrEnum):
    """How a segment is tied to the one before it."""

    APART = "apart"  # only a comma, a blank or other words
    TO = "to"
    OR = "or"


@dataclass(slots=True)
class Segment:
    """The parts of one moment, gathered while the row is read."""

    link: Link = Link.APART
    days: list[DayPart] = field(default_factory=list)
    clocks: list[Clock | ClockStretch] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    excluded: bool = False
    bound: bool = False
    around: bool = False  # its time is only near what is written
    recurring: bool = False
    impossible: bool = False  # a time that no clock shows
    doubtful: bool = False  # beside it stands a word of dates that was not understood
    moved: bool = False  # the old date of a change of date
    days_own: bool = False  # whether its day was written with it, and not beside another time
    start: int = -1
    end: int = -1

    @property
    def empty(self) -> bool:
        """Whether it says nothing of when."""
        return not (self.days or self.clocks or self.parts or self.recurring or self.impossible)

    def takes(self, what: DayPart | Clock | ClockStretch) -> bool:
        """Whether a further part can belong to the same moment."""
        if isinstance(what, Clock | ClockStretch):
            return not self.clocks or what in self.clocks
        if isinstance(what, Weekday):
            return all(what.number == day.number for day in self.days if isinstance(day, Weekday))
        if isinstance(what, Dated):
            return all(_agree(what, day) for day in self.days if isinstance(day, Dated))
        return all(what == day for day in self.days if type(day) is type(what))


def _agree(one: Dated, other: Dated) -> bool:
    return bool(set(one.readings) & set(other.readings)) or one == other


class _Row:
    """The segments as they grow, and the signs that wait for the next part."""

    def __init__(self) -> None:
        self.segments = [Segment()]
        self.waiting: list[Sign] = []
        self.move = False
        self.near = False  # whether only words of dates stand between the last part and here

    def sign(self, sign: Sign, atom: Atom) -> None:
        last = self.segments[-1]
        if sign is Sign.GAP:
            self.waiting = [waiting for waiting in self.waiting if waiting is Sign.LEFTOVER]
            self.near = False
        elif sign is Sign.LEFTOVER:
            last.doubtful = last.doubtful or (self.near and not last.empty)
            self.waiting.append(sign)
        elif sign is Sign.EVERY:
            last.recurring = True
            _stretch(last, atom)
        elif sign is Sign.IMPOSSIBLE:
            last.impossible = True
            _stretch(last, atom)
        elif sign is Sign.MOVE:
            self.move = True
        elif sign is Sign.BOUND_AFTER and not last.empty:
            last.bound = True
        else:
            self.waiting.append(sign)

    def part(self, atom: Atom) -> None:
        what, last = atom.what, self.segments[-1]
        if isinstance(what, Sign):
            self.sign(what, atom)
            return
        if not isinstance(what, Zone | Part):
            last = self._segment_for(what)
        _add(last, what)
        _stretch(last, atom)
        self.near = True

    def _segment_for(self, what: DayPart | Clock | ClockStretch) -> Segment:
        last, waiting = self.segments[-1], self.waiting
        same_kind = bool(last.days if isinstance(what, DAY_LIKE) else last.clocks)
        joined = _joined(last, what, waiting) or _ends_another_day(last, what, waiting)
        excluded = Sign.EXCLUDED in waiting or Sign.INSTEAD in waiting
        bound = _is_bound(waiting, same_kind=same_kind)
        fresh = excluded or (bound and not last.empty) or Sign.OR in waiting or joined or not last.takes(what)
        if fresh and (not last.empty or last.excluded):
            self._move_away(last, joined=joined)
            link = Link.TO if joined else Link.OR if Sign.OR in waiting else Link.APART
            self.segments.append(Segment(link))
        last = self.segments[-1]
        last.excluded, last.bound = last.excluded or excluded, last.bound or bound
        last.doubtful = last.doubtful or Sign.LEFTOVER in waiting
        waiting.clear()
        return last

    def _move_away(self, last: Segment, *, joined: bool) -> None:
        if self.move and joined:
            last.moved, self.move = True, False


def _ends_another_day(last: Segment, what: DayPart | Clock | ClockStretch, waiting: Sequence[Sign]) -> bool:
    """`From 2pm till tomorrow 4:30pm`: the day belongs to the end."""
    only_time = bool(last.clocks) and not last.days
    return only_time and isinstance(what, DAY_LIKE) and (Sign.TO in waiting or Sign.UNTIL in waiting)


def _joined(last: Segment, what: DayPart | Clock | ClockStretch, waiting: Sequence[Sign]) -> bool:
    """Whether `to` makes a stretch with the part of the same kind before; a dash only between two that differ."""
    kind = last.days if isinstance(what, DAY_LIKE) else last.clocks
    word = Sign.TO in waiting or Sign.UNTIL in waiting
    dash = Sign.DASH in waiting and not last.takes(what)
    both_weekdays = isinstance(what, Weekday) and any(isinstance(day, Weekday) for day in last.days)
    return bool(kind) and (word or dash or (Sign.DASH in waiting and both_weekdays))


def _is_bound(waiting: Sequence[Sign], *, same_kind: bool) -> bool:
    plain = Sign.BOUND in waiting or Sign.BOUND_AFTER in waiting
    return plain or (Sign.UNTIL in waiting and not same_kind)


def _add(segment: Segment, what: DayPart | Clock | ClockStretch | Part | Zone) -> None:
    if isinstance(what, Zone):
        segment.zones.append(what)
    elif isinstance(what, Part):
        segment.parts.append(what)
    elif isinstance(what, Clock | ClockStretch):
        segment.clocks.append(what)
        segment.around = segment.around or (isinstance(what, Clock) and what.around)
    else:
        segment.days.append(what)
        segment.days_own = True


def _stretch(segment: Segment, atom: Atom) -> None:
    segment.start = atom.start if segment.start < 0 else segment.start
    segment.end = atom.end


def segments(row: Iterable[Atom]) -> list[Segment]:
    """The moments of a row of parts, in order; a time without a day takes that of its neighbour."""
    grown = _Row()
    for atom in row:
        grown.part(atom)
    found = [segment for segment in grown.segments if not segment.empty]
    _share_days(found)
    return found


def _share_days(found: Sequence[Segment]) -> None:
    """`Tuesday 10:00 or 14:00`, `10:00 or 12:00 on Tuesday`, `1 or 3 December at 10:00`."""
    for before, after in pairwise(found):
        if not after.days and after.clocks:
            after.days = list(before.days)
        if not after.zones:
            after.zones = list(before.zones) if not after.clocks or not before.clocks else after.zones
    for after, before in pairwise(found[::-1]):
        if not before.days:
            before.days = list(after.days)
        if not before.clocks and after.link is not Link.APART:
            before.clocks, before.parts = list(after.clocks), before.parts or list(after.parts)
        if not before.zones:
            before.zones = list(after.zones)
