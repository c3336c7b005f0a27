"""One text becomes a row of parts: every reader is asked at each place, in a fixed order; linear."""

from collections.abc import Iterator

from dplmaild.reading.dates import days, relative, signs, times, zones
from dplmaild.reading.dates.atoms import Atom, Sign, What
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.scan import Reader

# The first that knows what stands here is believed: so longer and surer shapes come first.
READERS: tuple[Reader, ...] = (
    zones.zone,
    days.week_date,
    relative.nth_weekday,
    days.day_and_month,
    days.calendar_week,
    days.numeric_date,
    days.month_and_day,
    relative.recurring,
    relative.weekday,
    relative.part_of_month,
    relative.morning,
    relative.from_today,
    relative.relative_week,
    days.numbered_day,
    times.duration,
    times.stretch,
    times.clock,
    times.named_time,
    signs.sign,
)


def atoms(line: Line, setting: Setting) -> tuple[Atom, ...]:
    """The parts of a text in order; words that belong to no date are gaps."""
    return tuple(_atoms(line, setting))


def _atoms(line: Line, setting: Setting) -> Iterator[Atom]:
    at, before = 0, None
    while at < len(line):
        whats, behind = _read(line, at, setting, before)
        behind = max(behind, at + 1)
        for what in whats:
            yield Atom(what, line[at].start, line[behind - 1].end)
            before = None if what is Sign.GAP else what
        at = behind


def _read(line: Line, at: int, setting: Setting, before: What | None) -> tuple[tuple[What, ...], int]:
    for reader in READERS:
        found = reader(line, at, setting, before)
        if found is not None:
            return found
    return (Sign.GAP,), at + 1
