"""The doors of this room: a field's value, prose, and a day with its time in another field."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dplmaild.deployment.terms import NaiveTimeError, WrittenMoment
from dplmaild.reading.dates.atoms import DAY_LIKE, Atom, Clock, Dated, Part, Sign, Weekday
from dplmaild.reading.dates.glance import may_name_a_day
from dplmaild.reading.dates.merge import merged
from dplmaild.reading.dates.negation import is_negated
from dplmaild.reading.dates.parts import atoms
from dplmaild.reading.dates.phrases import Setting, read_line
from dplmaild.reading.dates.reasons import Reason
from dplmaild.reading.dates.segments import Link, Segment, segments

MAX_FIELD = 600  # characters of a field's value that are looked at
MOST_MOMENTS = 20


def read_moment(
    text: str, *, said_on: datetime, zone: str, day_first: bool | None, language: str | None = None
) -> WrittenMoment | None:
    """The moment that a field's value names; None when nothing in it is like a date (POLICY-3).

    `said_on` is the mail's own date, aware; relative words count from its day in `zone`, the customer's IANA zone.
    Candidates are in UTC, likeliest first; of a stretch its start and its end; of an unsure day without a time the
    beginnings of the days. Raises NaiveTimeError for a naive `said_on`, else never.
    """
    setting = _setting(said_on, zone, day_first, language)
    shown = text.strip()[:MAX_FIELD]
    row = atoms(read_line(shown, prose=False), setting)
    return merged(segments(row), setting, shown)


def read_moments_in(
    text: str, *, said_on: datetime, zone: str, day_first: bool | None, language: str | None = None
) -> tuple[tuple[int, int, WrittenMoment], ...]:
    """The moments in prose as (start, end, moment), in order, not overlapping, at most 20.

    Stricter than `read_moment`: parts belong together only when nothing but words of dates stands between them.
    """
    setting = replace(_setting(said_on, zone, day_first, language), prose=True)
    if not may_name_a_day(text):
        return ()
    found = list[tuple[int, int, WrittenMoment]]()
    row = atoms(read_line(text, prose=True), setting)
    for group in _groups(row):
        found.extend(moment for moment in _moments(group, setting, text) if not is_negated(row, moment, text))
        if len(found) >= MOST_MOMENTS:
            break
    return tuple(found[:MOST_MOMENTS])


class Named(NamedTuple):
    """What a text names: a weekday without a date, clock times in minutes from midnight, and parts of a day."""

    only_weekday: bool
    minutes: tuple[int, ...]
    parts: tuple[int, ...]  # 0 morning, 1 noon, 2 afternoon and evening, 3 night, 4 small hours


def named_in(text: str, *, said_on: datetime, zone: str) -> Named:
    """`Tuesday at 14:00` names a weekday and 14:00; `tomorrow` and `Tuesday, 1 December` no weekday alone."""
    row = atoms(read_line(text[:MAX_FIELD], prose=False), _setting(said_on, zone, None, None))
    days = [atom.what for atom in row if isinstance(atom.what, DAY_LIKE)]
    minutes = tuple(atom.what.minutes[0] for atom in row if isinstance(atom.what, Clock))
    parts = tuple(atom.what.number for atom in row if isinstance(atom.what, Part))
    return Named(bool(days) and all(isinstance(day, Weekday) for day in days), minutes, parts)


def join(
    day: WrittenMoment | str,
    time_text: str,
    *,
    said_on: datetime,
    zone: str,
    day_first: bool | None,
    language: str | None = None,
) -> WrittenMoment | None:
    """One moment of a day and a time that stand in separate fields; a bare `10` in the second is 10:00."""
    first = day.text if isinstance(day, WrittenMoment) else day
    second = time_text.strip()
    if second.isdecimal() and len(second) < 3:
        second = f"{second} h" if int(second) > 5 else f"@ {second}"
    return read_moment(f"{first}, {second}", said_on=said_on, zone=zone, day_first=day_first, language=language)


def _setting(said_on: datetime, zone: str, day_first: bool | None, language: str | None) -> Setting:
    if said_on.utcoffset() is None:
        raise NaiveTimeError(said_on)
    today = said_on.astimezone(ZoneInfo(zone)).date()
    return Setting(today, zone, day_first, language)


def _groups(row: Sequence[Atom]) -> Iterator[list[Atom]]:
    """The parts between two gaps; words of a change of date reach over gaps to the next group."""
    group, move = list[Atom](), None
    for atom in row:
        if atom.what is Sign.GAP:
            yield group
            group = [move] if move else []
        else:
            group.append(atom)
            move = atom if atom.what is Sign.MOVE else move
    yield group


def _moments(group: Sequence[Atom], setting: Setting, text: str) -> Iterator[tuple[int, int, WrittenMoment]]:
    """The moments of one group; alternatives and stretches are one, dates side by side are several."""
    run = segments(group)
    while run:
        count = 1
        while count < len(run) and _goes_on(run[count - 1], run[count]):
            count += 1
        start = run[0].start
        shown = text[start : run[count - 1].end].rstrip(".,; ")
        moment = merged(run[:count], setting, shown)
        if moment and moment.reason != Reason.EXCLUDED and not all(_gone(part, setting) for part in run[:count]):
            yield start, start + len(shown), moment
        run = run[count:]


def _goes_on(before: Segment, here: Segment) -> bool:
    """Whether two are one answer: no new day, or `tomorrow, 2 December, 10:00`, which is one time and two days."""
    one_time = bool(here.clocks) and not (before.clocks or before.excluded or here.excluded)
    return one_time or here.link is not Link.APART or not here.days_own


def _gone(segment: Segment, setting: Setting) -> bool:
    """`last Tuesday`, `yesterday`: of no interest to somebody who plans."""
    return any(
        isinstance(day, Dated | Weekday)
        and not getattr(day, "full", False)
        and bool(day.readings)
        and all(reading < setting.today for reading in day.readings)
        for day in segment.days
    )
