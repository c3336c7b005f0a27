"""Looking for a legal time: cheap rules of the day first, then the times of that day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dplmaild.deployment.rules.ground import Asked, Ground
from dplmaild.deployment.rules.hour import unbound
from dplmaild.deployment.rules.rule import About, Rule
from dplmaild.deployment.terms import Finding, Severity, Window

HINDERS = frozenset({Severity.BLOCKS, Severity.APPROVAL})


def hinders(finding: Finding) -> bool:
    """Whether a slot is not offered because of this; a warning does not hinder (SCHED-3)."""
    return finding.broken and finding.severity in HINDERS


def against(asked: Asked, ground: Ground, rules: tuple[Rule, ...], about: About) -> tuple[Finding, ...]:
    """The findings about day or time that stand in a slot's way."""
    chosen = (rule for rule in rules if rule.about is about and ground.profile.has(rule.id))
    return tuple(finding for finding in (rule.finding(asked, ground) for rule in chosen) if hinders(finding))


def cheap(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules that look at this deployment alone."""
    return tuple(rule for rule in rules if not rule.dear)


def dear(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules that look for another step's slot: asked only where no other one stands in the way."""
    return tuple(rule for rule in rules if rule.dear)


def legal(asked: Asked, ground: Ground, rules: tuple[Rule, ...]) -> bool:
    """Whether no rule of day or time stands in the way of this window; dear rules are not looked at."""
    plain = cheap(rules)
    return not (stopped(asked, ground, plain, About.TIME) or stopped(asked, ground, plain, About.DAY))


def stopped(asked: Asked, ground: Ground, rules: tuple[Rule, ...], about: About) -> bool:
    """Whether anything about day or time stands in the way."""
    chosen = (rule for rule in rules if rule.about is about and ground.profile.has(rule.id))
    return any(hinders(rule.finding(asked, ground)) for rule in chosen)


def wall(day: date, at: time, ground: Ground) -> datetime | None:
    """A wall clock time in OPS's zone; None where DST skips it."""
    moment = ground.calendar.at(day, at)
    back = moment.astimezone(UTC).astimezone(ground.calendar.zone)
    return moment if back.replace(tzinfo=None) == moment.replace(tzinfo=None) else None


def grid(day: date, asked: Asked, ground: Ground) -> Iterator[datetime]:
    """The times of one day that we would choose ourselves, earliest first."""
    free = unbound(asked, ground)
    hours = free.hours if free else ground.profile.hours
    step, clock = ground.profile.slots.grid, timedelta(0)
    length = asked.window.length if asked.window else timedelta(0)
    last = timedelta(hours=hours.until.hour, minutes=hours.until.minute) - length
    while clock <= last:
        at = time(clock // timedelta(hours=1), clock // timedelta(minutes=1) % 60)
        moment = wall(day, at, ground) if at >= hours.since else None
        if moment:
            yield moment
        clock += step


@dataclass(frozen=True, slots=True)
class Wish:
    """When a slot is wanted: the time of day we keep where we can, and the moment before which nothing is offered."""

    since: datetime
    at: time | None = None


def candidates(asked: Asked, ground: Ground, day: date, wish: Wish) -> Iterator[datetime]:
    """The times of one day in the order in which they are tried: the wanted one, then our own grid."""
    preferred = wall(day, wish.at, ground) if wish.at else None
    since = wish.since.astimezone(UTC)
    for start in (*([preferred] if preferred else []), *grid(day, asked, ground)):
        if start >= since:
            yield start


def first_legal(asked: Asked, ground: Ground, rules: tuple[Rule, ...], day: date, wish: Wish) -> Window | None:
    """The window on this day: at the wanted time of day where legal, else the first legal one (SCHED-3)."""
    late, costly = late_on(day, asked, ground), dear(rules)
    if stopped(late, ground, cheap(rules), About.DAY):
        return None
    for start in candidates(asked, ground, day, wish):
        one = asked.starting_at(start)
        if not legal(one, ground, rules):
            continue
        if not stopped(one, ground, costly, About.DAY):
            return one.window
        # A block's step looks at the whole grid of its day: refused late on this day, it is refused all day.
        if stopped(late, ground, costly, About.DAY):
            return None
    return None


def late_on(day: date, asked: Asked, ground: Ground) -> Asked:
    """The same deployment late on this day: what the rules of the day refuse then, they refuse all day."""
    return asked.starting_at(ground.calendar.at(day, time(23, 59)))


def refusal(asked: Asked, ground: Ground, rules: tuple[Rule, ...], day: date, wish: Wish) -> tuple[Finding, ...]:
    """Why there is nothing on this day: the rules of the day, and those of time for the time tried first."""
    of_day = against(late_on(day, asked, ground), ground, rules, About.DAY)
    start = next(candidates(asked, ground, day, wish), None) or wish.since.astimezone(ground.calendar.zone)
    if ground.calendar.day_of(start) != day:
        return of_day
    return of_day + against(asked.starting_at(start), ground, rules, About.TIME)
