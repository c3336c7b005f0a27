"""SCHED-7: how much OPS and the customer can take at once."""

from dataclasses import dataclass
from datetime import date, time

from dplmaild.deployment.bookings import Booking, most_at_once
from dplmaild.deployment.customer import Ops
from dplmaild.deployment.rules.ground import Asked, Ground
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, open_
from dplmaild.deployment.site import working_in
from dplmaild.deployment.terms import Fact, Role, Window
from dplmaild.deployment.workdays import ONE_DAY


@dataclass(frozen=True, slots=True)
class Limit:
    """What OPS can do on one day."""

    at_once: int
    per_day: int


def limit_on(day: date, ops: Ops) -> Limit:
    """OPS's capacity on this day: lower in a busy season, and never more than the engineers who are there can do."""
    working = working_in(ops.calendar.country, ops.calendar.region)
    seasons = [season for season in ops.seasons if season.around(day, working)]
    at_once = min([ops.at_once, *(s.at_once for s in seasons if s.at_once is not None)])
    per_day = min([ops.per_day, *(s.per_day for s in seasons if s.per_day is not None)])
    engineers = [p for p in ops.people if p.role is Role.OPS_ENGINEER]
    there = [p for p in engineers if not any(away.around(day, working) for away in p.away)]
    if len(there) < len(engineers):
        at_once = min(at_once, len(there))
    if there and there[0].per_day is not None:  # one without a limit can take all the rest
        each = [p.per_day for p in there if p.per_day is not None]
        per_day = min(per_day, sum(each)) if len(each) == len(there) else per_day
    return Limit(at_once, per_day if at_once else 0)


def _customers_own(window: Window, overlapping: tuple[Booking, ...], asked: Asked, ground: Ground) -> bool:
    """Whether the customer has room: few enough at a time, and nothing on a server they share."""
    own = tuple(b for b in overlapping if b.customer == ground.customer.id)
    here = asked.effective.environment.name
    sharing = [b for b in own if any({here, b.environment.name} <= set(g) for g in ground.profile.slots.shared)]
    return not sharing and most_at_once(window, own) < ground.profile.slots.customer_at_once


def room_left(asked: Asked, ground: Ground) -> Verdict:
    """SCHED-7: OPS and the customer have room for one more in this window (derived)."""
    if asked.window is None:
        return open_()
    window, day = asked.window, ground.calendar.day_of(asked.window.start)
    limit = limit_on(day, ground.ops)
    held = ground.schedule.overlapping(window, asked.reference)
    midnight, next_midnight = (ground.calendar.at(d, time()) for d in (day, day + ONE_DAY))
    that_day = len(ground.schedule.starting(midnight, next_midnight, asked.reference))
    own = _customers_own(window, held, asked, ground)
    facts: dict[str, Fact] = {"that_day": that_day, "per_day_limit": limit.per_day, "customer_has_room": own}
    if that_day >= limit.per_day:
        return kept(False, **facts, no_room_before=next_midnight)
    at_once = most_at_once(window, held)
    facts |= {"at_once": at_once, "at_once_limit": limit.at_once}
    if own and at_once < limit.at_once:
        return kept(True, **facts)
    # Before the first of them ends, a later start meets the same ones.
    return kept(False, **facts, no_room_before=min(b.ends for b in held).astimezone(ground.calendar.zone))


CAPACITY = Rule("SCHED-7", About.TIME, room_left)
