"""A year of a customer in plain words, for the command line and as a calendar file. The usual week is told once."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from icalendar import Calendar, Event

from dplmaild.deployment.coming_year import ClockChange, ComingDay, Hindrance
from dplmaild.deployment.periods import Freeze
from dplmaild.writing.clean import one_line
from dplmaild.writing.invitation import PRODUCT_ID

ONE_DAY = timedelta(days=1)
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SIDES = {"ops": "OPS"}
_CLOCKS = {
    ClockChange.FORWARD: "the clock goes forward an hour",
    ClockChange.BACK: "the clock goes back an hour",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row of which the same is to be said."""

    first: date
    last: date
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsualDays:
    """Weekdays on which, with nothing special, the same types can be deployed; `kept` are the rules behind the rest."""

    weekdays: tuple[int, ...]
    types: tuple[str, ...]
    rules: tuple[str, ...]


def stretches(days: Iterable[ComingDay]) -> tuple[Stretch, ...]:
    """All days of which something is to be said besides their weekday."""
    told = ((day.day, notes_of(day)) for day in days)
    found: list[Stretch] = []
    for notes, same in groupby(told, key=lambda each: each[1]):
        listed = [day for day, _ in same]
        if notes:
            found.append(Stretch(listed[0], listed[-1], notes))
    return tuple(found)


def usual_week(days: Iterable[ComingDay]) -> tuple[UsualDays, ...]:
    """What holds on a plain Monday, Tuesday, ...; a weekday without any plain day is left out."""
    plain: dict[int, ComingDay] = {}
    for day in days:
        if not notes_of(day):
            plain.setdefault(day.day.weekday(), day)
    lines = ((_usual(day), weekday) for weekday, day in sorted(plain.items()))
    grouped = groupby(lines, key=lambda line: line[0])
    return tuple(UsualDays(tuple(weekday for _, weekday in same), *told) for told, same in grouped)


def _usual(day: ComingDay) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rules = dict.fromkeys(each.finding.rule for each in day.hindrances)
    return tuple(name for name, open_ in day.openness.items() if open_ == "open"), tuple(rules)


def notes_of(day: ComingDay) -> tuple[str, ...]:
    """What is to be said of a day besides its weekday, the weightiest first; nothing of a plain one."""
    return (
        *_closed(day),
        *_freezes(day),
        *_vacations(day),
        *_eve(day),
        *_short(day),
        *_capacity(day),
        *((_CLOCKS[day.clock],) if day.clock else ()),
    )


def _closed(day: ComingDay) -> Iterator[str]:
    special = [(each.side.value, each.reason) for each in day.closed if each.reason != WEEK[day.day.weekday()]]
    if special:
        yield f"closed: {_whose(special)}"


def _freezes(day: ComingDay) -> Iterator[str]:
    for freeze, span in day.freezes:
        word = "approval needed" if freeze.soft else "closed"
        reason = one_line(freeze.reason) or f"{span.first} to {span.last}"
        yield f"{word}: freeze, {reason}{_scope(freeze)} (DAY-6)"


def _scope(freeze: Freeze) -> str:
    only = (*freeze.environments, *(product.value for product in freeze.products), *(t.value for t in freeze.types))
    without = tuple(t.value for t in freeze.except_types)
    said = [f"for {', '.join(only)} only"] if only else []
    said += [f"not for {', '.join(without)}"] if without else []
    return f", {'; '.join(said)}" if said else ""


def _vacations(day: ComingDay) -> Iterator[str]:
    if not day.vacations:
        return
    told = _whose([(each.side.value, each.reason) for each in day.vacations])
    stopped = [each for each in day.hindrances if each.finding.rule == "DAY-5"]
    yield f"{_stopped(stopped[0], day)}: vacation, {told} (DAY-5)" if stopped else f"vacation: {told}"


def _eve(day: ComingDay) -> Iterator[str]:
    """The day before a day off, unless that is a weekend anyway; the day before a vacation. Not of a day off itself."""
    if day.closed:
        return
    weekday = WEEK[(day.day.weekday() + 1) % 7]
    told: dict[tuple[str, str], list[str]] = {}
    for each in day.hindrances:
        if each.finding.rule not in ("DAY-2", "DAY-4", "DAY-5") or (each.finding.rule == "DAY-5" and day.vacations):
            continue
        after = _pairs(each.finding.facts.get("closed") or each.finding.facts.get("day_before"))
        if after and all(reason != weekday for _, reason in after):
            what = "a vacation begins" if each.finding.rule == "DAY-5" else "the day after is off"
            told.setdefault((_stopped(each, day), f"{what}, {_whose(after)}"), []).append(each.finding.rule)
    for (stopped, why), rules in told.items():
        yield f"{stopped}: {why} ({', '.join(rules)})"


def _short(day: ComingDay) -> Iterator[str]:
    for side, half in day.half_days:
        reason = f", {one_line(half.reason)}" if half.reason else ""
        yield f"half day: {_SIDES.get(side.value, side.value)} until {half.until:%H:%M}{reason}"
    for each in day.hindrances:
        if each.finding.rule == "HOUR-1" and each.finding.facts.get("half_days"):
            yield f"{_stopped(each, day)}: the window does not fit into that day (HOUR-1)"


def _capacity(day: ComingDay) -> Iterator[str]:
    if any(each.finding.rule == "SCHED-7" for each in day.hindrances):
        yield "closed: nobody there to deploy (SCHED-7)"
    elif day.reduced:
        yield f"less room: {day.limit.at_once} at once, {day.limit.per_day} a day (SCHED-7)"


def _stopped(hindrance: Hindrance, day: ComingDay) -> str:
    return "closed" if len(hindrance.types) == len(day.openness) else f"not {', '.join(hindrance.types)}"


def _pairs(fact: object) -> list[tuple[str, str]]:
    """`("partner: Epiphany",)` as (side, reason)."""
    texts = fact if isinstance(fact, tuple) else ()
    return [(side, reason) for side, _, reason in (str(text).partition(": ") for text in texts)]


def _whose(pairs: Iterable[tuple[str, str]]) -> str:
    """`OPS, customer: Epiphany; partner: closing week`."""
    reasons: dict[str, list[str]] = {}
    for side, reason in pairs:
        reasons.setdefault(one_line(reason), []).append(_SIDES.get(side, side))
    return "; ".join(f"{', '.join(dict.fromkeys(sides))}: {reason}" for reason, sides in reasons.items())


def year_bytes(days: Iterable[ComingDay], customer: str, stamp: datetime) -> bytes:
    """The stretches of a year as all-day events; the same UIDs each time as long as the same is to be said."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT_ID)
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", one_line(f"Deployments: {customer}"))
    for stretch in stretches(days):
        for note in stretch.notes:
            calendar.add_component(_event(stretch, note, customer, stamp))
    written: bytes = calendar.to_ical()
    return written


def _event(stretch: Stretch, note: str, customer: str, stamp: datetime) -> Event:
    event = Event()
    name = hashlib.sha256(f"{customer}/{stretch.first}/{note}".encode()).hexdigest()[:32]
    event.add("UID", f"{name}@dplmaild")
    event.add("DTSTAMP", stamp.astimezone(UTC))
    event.add("DTSTART", stretch.first)
    event.add("DTEND", stretch.last + ONE_DAY)
    event.add("SUMMARY", note)
    event.add("TRANSP", "TRANSPARENT")
    return event
