"""A whole year for one customer: which days are open for deployments, and who or what stands in the way on the others.

The rules themselves are asked, about the first possible start of every day with nothing else on the schedule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from dplmaild.deployment.bookings import Schedule
from dplmaild.deployment.periods import Freeze, HalfDay
from dplmaild.deployment.recurring import Span
from dplmaild.deployment.rules import Asked, Ground, asked_of, length_of
from dplmaild.deployment.rules.capacity import CAPACITY, Limit, limit_on
from dplmaild.deployment.rules.day import DAY, freezes_on
from dplmaild.deployment.rules.effective import types_of
from dplmaild.deployment.rules.hour import HOUR, openings
from dplmaild.deployment.rules.rule import Rule
from dplmaild.deployment.rules.search import hinders
from dplmaild.deployment.terms import (
    Deployment,
    Environment,
    Finding,
    Severity,
    Side,
    Window,
)
from dplmaild.deployment.workdays import ONE_DAY, Closed, DayHours, WorkCalendar

_RULES = (*DAY, *HOUR, CAPACITY)
_ANY_LENGTH = timedelta(hours=1)  # where the profile knows no length: it has no say in the rules of the day
ANY_TYPE = "any"  # in a profile in which types have no effect


class Openness(StrEnum):
    """Whether something can be deployed on a day."""

    OPEN = "open"
    APPROVAL = "approval"  # the deployment manager has to allow it
    CLOSED = "closed"


class ClockChange(StrEnum):
    """What happens to OPS's clock in the night or on the day."""

    FORWARD = "forward"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One rule that stands in the way on a day, and for which types."""

    finding: Finding
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComingDay:
    """One day of the year. `openness` and `hindrances` are the verdict; the rest is what the calendars say of it."""

    day: date
    openness: dict[str, Openness]
    hindrances: tuple[Hindrance, ...]
    closed: tuple[Closed, ...]
    vacations: tuple[Closed, ...]
    half_days: tuple[tuple[Side, HalfDay], ...]
    freezes: tuple[tuple[Freeze, Span], ...]
    opening: DayHours | None
    limit: Limit
    reduced: bool  # less than OPS can do on a usual day
    clock: ClockChange | None


def coming_year(ground: Ground, year: int, environment: Environment | None = None) -> tuple[ComingDay, ...]:
    """Every day of a year; without an environment for the one that counts where none is named."""
    empty = replace(ground, schedule=Schedule(), done=(), agreed=())
    kinds = _kinds(empty, environment)
    first = date(year, 1, 1)
    days = (first + count * ONE_DAY for count in range((date(year + 1, 1, 1) - first).days))
    return tuple(_day(day, kinds, empty) for day in days)


Kind = tuple[str, Asked, tuple[Rule, ...], Ground]


def _kinds(ground: Ground, environment: Environment | None) -> tuple[Kind, ...]:
    """What is asked about: a deployment of each type, with the rules that concern it on any day."""
    types = types_of(ground.customer, ground.profile) if ground.profile.types_matter else (None,)
    return tuple(_kind(Deployment(environment=environment, type=each), ground) for each in types)


def _kind(deployment: Deployment, whole: Ground) -> Kind:
    """One type, under the process that it is under (POLICY-1)."""
    ground = whole.under(deployment)
    some_day = ground.calendar.at(date(2026, 1, 1), ground.profile.hours.since)
    asked = asked_of(deployment, ground, some_day, some_day)
    length = length_of(deployment, ground.customer, ground.profile) or _ANY_LENGTH
    placed = replace(asked, window=Window(some_day, length))
    name = deployment.type.value if deployment.type else ANY_TYPE
    return name, placed, tuple(rule for rule in _RULES if rule.concerns(placed, ground)), ground


def _day(day: date, kinds: tuple[Kind, ...], ground: Ground) -> ComingDay:
    calendar, limit = ground.calendar, limit_on(day, ground.ops)
    found = {name: tuple(_against(_first_on(day, asked, own), rules, own)) for name, asked, rules, own in kinds}
    return ComingDay(
        day=day,
        openness={name: _openness(against) for name, against in found.items()},
        hindrances=tuple(_by_rule(found)),
        closed=calendar.closed(day),
        vacations=calendar.vacation(day),
        half_days=tuple((side, half) for side, site in calendar.sides for half in site.half_days(day)),
        freezes=tuple(freezes_on(day, ground)),
        opening=calendar.opening(day),
        limit=limit,
        reduced=limit != Limit(ground.ops.at_once, ground.ops.per_day),
        clock=_clock(day, calendar),
    )


def _first_on(day: date, asked: Asked, ground: Ground) -> Asked:
    """The same deployment at the first time of a day at which it can run, else at opening time."""
    opens = [hours[0] for hours in openings(asked, ground, day) if ground.calendar.day_of(hours[0]) == day]
    return asked.starting_at(min(opens, default=ground.calendar.at(day, ground.profile.hours.since)))


def _against(asked: Asked, rules: Iterable[Rule], ground: Ground) -> Iterator[Finding]:
    return (finding for finding in (rule.weighed(asked, ground) for rule in rules) if hinders(finding))


def _openness(against: tuple[Finding, ...]) -> Openness:
    if not against:
        return Openness.OPEN
    blocked = any(finding.severity is Severity.BLOCKS for finding in against)
    return Openness.CLOSED if blocked else Openness.APPROVAL


def _by_rule(found: dict[str, tuple[Finding, ...]]) -> Iterator[Hindrance]:
    """What stands in the way, said once for all types that it stops for the same reason."""
    told: list[tuple[Finding, list[str]]] = []
    for name, against in found.items():
        for finding in against:
            known = next((types for each, types in told if _same(each, finding)), None)
            if known is None:
                told.append((finding, [name]))
            else:
                known.append(name)
    return (Hindrance(finding, tuple(types)) for finding, types in told)


def _same(one: Finding, other: Finding) -> bool:
    """The end of the window is the type's own matter, and so is a lack of room in it."""
    facts = ({k: v for k, v in f.facts.items() if k not in ("end", "no_room_before")} for f in (one, other))
    return (one.rule, one.severity) == (other.rule, other.severity) and next(facts) == next(facts)


def _clock(day: date, calendar: WorkCalendar) -> ClockChange | None:
    """Whether OPS's clock changes on this day."""
    midnight, following = (datetime.combine(each, datetime.min.time(), calendar.zone) for each in (day, day + ONE_DAY))
    length = following.astimezone(UTC) - midnight.astimezone(UTC)
    if length == ONE_DAY:
        return None
    return ClockChange.FORWARD if length < ONE_DAY else ClockChange.BACK
