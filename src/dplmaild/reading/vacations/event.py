"""One event of a calendar, as far as it is about a vacation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dplmaild.reading.vacations.lines import Line, NotUnderstoodError
from dplmaild.reading.vacations.moments import Moment, duration_of, last_day, moment_of, moments_of
from dplmaild.reading.vacations.recurrence import Budget, Recurrence, read_recurrence

ONE_DAY = timedelta(days=1)
_LONGEST = timedelta(days=800)
_One = Mapping[str, Line]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: on which wall clock, from when to when, and only events with one of these words.

    `free_too`: also events that are shown as free (TRANSP:TRANSPARENT).
    """

    zone: ZoneInfo
    first: date
    last: date
    words: tuple[str, ...] = ()
    free_too: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """When it starts, how long it lasts, and what comes again; `instead_of` is the start whose place it takes."""

    uid: str
    start: Moment
    length: timedelta
    rule: Recurrence | None = None
    also: tuple[Moment, ...] = ()
    without: tuple[Moment, ...] = ()
    instead_of: Moment | None = None


def read_event(lines: tuple[Line, ...], wanted: Wanted, budget: Budget) -> tuple[Event | None, Moment | None]:
    """The event if it is a vacation, and the start of a series whose place it takes in any case.

    Raises NotUnderstoodError, which names the event.
    """
    one = {line.name: line for line in lines}
    try:
        instead_of = _instead_of(one, wanted.zone)
        counts = _counts(one, lines, wanted)
        return (_vacation(one, lines, wanted.zone, budget) if counts else None), instead_of
    except NotUnderstoodError as error:
        name = one["SUMMARY"].value[:60] if "SUMMARY" in one else "without a title"
        raise NotUnderstoodError(f"the event {name!r}: {error}") from error


def uid_of(lines: tuple[Line, ...]) -> str:
    """What the events of one series have in common."""
    return next((line.value for line in lines if line.name == "UID"), "")


def _counts(one: _One, lines: tuple[Line, ...], wanted: Wanted) -> bool:
    """Neither cancelled nor shown as free, and with one of the words where any are asked for."""
    if "STATUS" in one and one["STATUS"].value.upper() == "CANCELLED":
        return False
    if not wanted.free_too and "TRANSP" in one and one["TRANSP"].value.upper() == "TRANSPARENT":
        return False
    said = " ".join(line.value for line in lines if line.name in ("SUMMARY", "CATEGORIES")).casefold()
    return not wanted.words or any(word.casefold() in said for word in wanted.words)


def _vacation(one: _One, lines: tuple[Line, ...], floating: ZoneInfo, budget: Budget) -> Event:
    if "DTSTART" not in one:
        raise NotUnderstoodError("it has no start")
    if "EXRULE" in one or sum(line.name == "RRULE" for line in lines) > 1:
        raise NotUnderstoodError("it has more than one rule")
    start = moment_of(one["DTSTART"], floating)
    return Event(
        uid=uid_of(lines),
        start=start,
        length=_length(one, start, floating),
        rule=_rule(one, start, budget),
        also=tuple(moments_of(lines, "RDATE", floating)),
        without=tuple(moments_of(lines, "EXDATE", floating)),
        instead_of=_instead_of(one, floating),
    )


def _length(one: _One, start: Moment, floating: ZoneInfo) -> timedelta:
    if "DTEND" in one:
        end = moment_of(one["DTEND"], floating)
        if (end.zone is None) != (start.zone is None):
            raise NotUnderstoodError("one of its ends is a day, the other a time of day")
        length = end.day - start.day if start.zone is None else end.utc - start.utc
    elif "DURATION" in one:
        length = duration_of(one["DURATION"])
    else:
        length = timedelta(0)
    if not timedelta(0) <= length <= _LONGEST:
        raise NotUnderstoodError(f"it lasts {length.days} days" if length.days > 0 else "it ends before it begins")
    return length


def _rule(one: _One, start: Moment, budget: Budget) -> Recurrence | None:
    if "RRULE" not in one or "RECURRENCE-ID" in one:
        return None
    text = one["RRULE"].value
    until = next((part[6:] for part in text.upper().split(";") if part.startswith("UNTIL=")), None)
    return read_recurrence(text, start.day, last_day(until, start) if until else None, budget)


def _instead_of(one: _One, floating: ZoneInfo) -> Moment | None:
    if "RECURRENCE-ID" not in one:
        return None
    if "RANGE" in one["RECURRENCE-ID"].parameters:
        raise NotUnderstoodError("it changes all that follow it (RANGE)")
    return moment_of(one["RECURRENCE-ID"], floating)
