"""Looking for a legal time: cheap rules of the day first, then the times of that day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dplmaild.deployment.rules.ground import Asked, Ground
from dplmaild.deployment.rules.hour import openings, unbound
from dplmaild.deployment.rules.rule import About, Rule
from dplmaild.deployment.terms import Finding, Severity, Window
from dplmaild.deployment.workdays import ONE_DAY

_SLOTS = frozenset({About.DAY, About.TIME})
HINDERS = frozenset({Severity.BLOCKS, Severity.APPROVAL})


def hinders(finding: Finding) -> bool:
    """Whether a slot is not offered because of this; a warning does not hinder (SCHED-3)."""
    return finding.broken and finding.severity in HINDERS


@dataclass(frozen=True, slots=True)
class Tries:
    """The rules that one search asks, picked once: of the day, of the time, and last those that are dear."""

    day: tuple[Rule, ...]
    time: tuple[Rule, ...]
    dear: tuple[Rule, ...]  # they look for another step's slot: asked only where nothing else stands in the way


def tries_of(asked: Asked, ground: Ground, rules: tuple[Rule, ...]) -> Tries:
    """The rules about day and time that hold for this deployment, wherever it is put.

    On another wall clock a day of ours is two days: a rule that looks at one is asked for every time.
    """
    held = tuple(rule for rule in rules if rule.concerns(asked, ground) and rule.about in _SLOTS)
    cheap = tuple(rule for rule in held if not rule.dear)
    of_day = tuple(rule for rule in cheap if rule.about is About.DAY and not _on_another_clock(rule, ground))
    return Tries(
        of_day,
        # Backwards: capacity, the last of the table, refuses most often.
        tuple(rule for rule in reversed(cheap) if rule not in of_day),
        tuple(rule for rule in held if rule.dear),
    )


def _on_another_clock(rule: Rule, ground: Ground) -> bool:
    choice = ground.profile.choice(rule.id)
    return choice is not None and choice.zone is not None


def stopped(asked: Asked, ground: Ground, rules: tuple[Rule, ...]) -> Finding | None:
    """The first of these rules that stands in a slot's way."""
    return next((finding for finding in (rule.weighed(asked, ground) for rule in rules) if hinders(finding)), None)


def against(asked: Asked, ground: Ground, rules: tuple[Rule, ...]) -> tuple[Finding, ...]:
    """The findings that stand in a slot's way."""
    return tuple(finding for finding in (rule.weighed(asked, ground) for rule in rules) if hinders(finding))


def wall(day: date, at: time, ground: Ground) -> datetime | None:
    """A wall clock time in OPS's zone; None where DST skips it."""
    moment = ground.calendar.at(day, at)
    back = moment.astimezone(UTC).astimezone(ground.calendar.zone)
    return moment if back.replace(tzinfo=None) == moment.replace(tzinfo=None) else None


def grid(day: date, asked: Asked, ground: Ground) -> Iterator[datetime]:
    """The times of one day that we would choose ourselves, earliest first."""
    step, length = ground.profile.slots.grid, asked.window.length if asked.window else timedelta(0)
    passed = timedelta(-1)  # openings may overlap: no time twice
    for since, until in _spans(day, asked, ground):
        clock = max(-(-since // step) * step, passed)  # the first time of the grid that is not before opening
        while clock <= until - length and clock < ONE_DAY:
            moment = wall(day, time(clock // timedelta(hours=1), clock // timedelta(minutes=1) % 60), ground)
            if moment:
                yield moment
            clock += step
            passed = clock


def _spans(day: date, asked: Asked, ground: Ground) -> Iterator[tuple[timedelta, timedelta]]:
    """When we would choose a time on this day, as stretches since its midnight on the wall clock, earliest first."""
    free, policy = unbound(asked, ground), ground.profile.policy(asked.effective.type)
    if free or policy is None or not policy.openings:
        hours = free.hours if free else ground.profile.hours
        yield _since_midnight(hours.since), _since_midnight(hours.until)
        return
    zone, midnight = ground.calendar.zone, datetime.combine(day, time())
    for opens, closes in sorted(openings(asked, ground, day)):
        since, until = (moment.astimezone(zone).replace(tzinfo=None) - midnight for moment in (opens, closes))
        yield max(since, timedelta(0)), until


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


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


def first_legal(asked: Asked, ground: Ground, tries: Tries, day: date, wish: Wish) -> Window | None:
    """The window on this day: at the wanted time of day where legal, else the first legal one (SCHED-3)."""
    late = late_on(day, asked, ground)
    if stopped(late, ground, tries.day):
        return None
    tried = no_room_before = None
    for start in candidates(asked, ground, day, wish):
        if tried and no_room_before and tried <= start < no_room_before:
            continue
        one = asked.starting_at(start)
        if refusing := stopped(one, ground, tries.time):
            tried, no_room_before = start, _no_room_before(refusing)
        elif not stopped(one, ground, tries.day):
            if not stopped(one, ground, tries.dear):
                return one.window
            # A block's step looks at the whole grid of its day: refused late on this day, it is refused all day.
            if stopped(late, ground, tries.dear):
                return None
    return None


def _no_room_before(finding: Finding) -> datetime | None:
    """SCHED-7: the moment before which a later start is refused too; None where another rule spoke."""
    moment = finding.facts.get("no_room_before")
    return moment if isinstance(moment, datetime) else None


def late_on(day: date, asked: Asked, ground: Ground) -> Asked:
    """The same deployment late on this day: what the rules of the day refuse then, they refuse all day."""
    return asked.starting_at(ground.calendar.at(day, time(23, 59)))


def refusal(asked: Asked, ground: Ground, tries: Tries, day: date, wish: Wish) -> tuple[Finding, ...]:
    """Why there is nothing on this day: the rules of the day, and those of time for the time tried first."""
    of_day = against(late_on(day, asked, ground), ground, (*tries.dear, *tries.day))
    opening = max(ground.calendar.at(day, ground.profile.hours.since), wish.since.astimezone(ground.calendar.zone))
    start = next(candidates(asked, ground, day, wish), opening)
    return of_day + against(asked.starting_at(start), ground, tries.time[::-1])
