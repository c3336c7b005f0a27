"""HOUR: at what time of day a deployment may run, on the wall clock in OPS's zone."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dplmaild.deployment.configured import Hours as ShopHours
from dplmaild.deployment.profile import Opening, TypePolicy, Unbound, weekday_of
from dplmaild.deployment.rules.ground import Asked, Ground, what_of
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, not_concerned, open_
from dplmaild.deployment.terms import Fact, Window
from dplmaild.deployment.workdays import ONE_DAY


def unbound(asked: Asked, ground: Ground) -> Unbound | None:
    """What frees this deployment from business hours (HOUR-2), or None."""
    if not ground.profile.has("HOUR-2") or not ground.profile.unbound:
        return None
    what = what_of(asked, ground)
    return next((free for free in ground.profile.unbound if free.covers(what)), None)


Hours = tuple[datetime, datetime]  # from opening to closing


def openings(asked: Asked, ground: Ground, day: date) -> tuple[Hours, ...]:
    """When a deployment may run that starts on this day, bound as it is.

    That is: its type's own openings, else OPS's hours as far as nobody's half day cuts them short.
    """
    policy = _own_openings(asked, ground)
    if policy is None:
        hours = ground.calendar.opening(day)
        return ((hours.since, hours.until),) if hours else ()
    days = (day - ONE_DAY, day, day + ONE_DAY)
    found = [_opening_on(begins, one, policy, ground) for begins in days for one in policy.openings]
    midnight, next_midnight = (ground.calendar.at(each, time()) for each in (day, day + ONE_DAY))
    return tuple(h for h in _joined(h for h in found if h) if h[1] > midnight and h[0] < next_midnight)


def _own_openings(asked: Asked, ground: Ground) -> TypePolicy | None:
    """What is settled for the type, where it has openings of its own."""
    policy = ground.profile.policy(asked.effective.type)
    return policy if policy is not None and policy.openings else None


def _joined(stretches: Iterable[Hours]) -> Iterator[Hours]:
    """Stretches that touch are one: who is open round the clock is not closed at midnight."""
    begun: Hours | None = None
    for opens, closes in sorted(stretches):
        if begun is None or opens > begun[1]:
            if begun is not None:
                yield begun
            begun = (opens, closes)
        else:
            begun = (begun[0], max(begun[1], closes))
    if begun is not None:
        yield begun


def _opening_on(day: date, opening: Opening, policy: TypePolicy, ground: Ground) -> Hours | None:
    """An opening that begins on this day; past midnight where it closes before it opens."""
    if weekday_of(day) not in (opening.weekdays or policy.weekdays):
        return None
    closing = day if opening.since < opening.until else day + ONE_DAY
    return ground.calendar.at(day, opening.since), ground.calendar.at(closing, opening.until)


def inside(window: Window, hours: Hours) -> bool:
    """Whether the whole window, tests included, lies between these two moments."""
    opens, closes = (moment.astimezone(UTC) for moment in hours)
    return opens <= window.start.astimezone(UTC) and window.end.astimezone(UTC) <= closes


def business_hours(asked: Asked, ground: Ground) -> Verdict:
    """HOUR-1: the whole window lies inside OPS business hours; none on days OPS does not work (caas 3.4, prod).

    A half day ends them early, whoever has it: OPS, the partner or the customer (derived). A type with openings of
    its own is bound to those instead (POLICY-1).
    """
    if unbound(asked, ground) is not None:
        return not_concerned(because="HOUR-2")
    if asked.window is None:
        return open_()
    day, own_hours = ground.calendar.day_of(asked.window.start), _own_openings(asked, ground) is not None
    window, open_hours = asked.window, openings(asked, ground, day)
    facts: dict[str, Fact] = {"start": window.start, "end": window.end, "own_hours": own_hours}
    facts |= {} if own_hours else _half_days(ground, day)
    if not open_hours:
        return kept(False, **facts, since=None, until=None)
    fitting = next((hours for hours in open_hours if inside(window, hours)), None)
    since, until = fitting or open_hours[-1]
    return kept(fitting is not None, **facts, since=since, until=until)


def _half_days(ground: Ground, day: date) -> dict[str, Fact]:
    """Whose half day ends OPS's hours early; nothing where none does."""
    opening = ground.calendar.opening(day)
    return {"half_days": tuple(str(half) for half in opening.half_days)} if opening and opening.half_days else {}


def outside_shop_hours(asked: Asked, ground: Ground) -> Verdict:
    """HOUR-2: full PRD of a premium customer is free of business hours, better outside the shop's (caas 3.2, 3.4)."""
    if unbound(asked, ground) is None:
        return not_concerned(sla=ground.customer.sla.value)
    shop = ground.customer.shop_hours
    if asked.window is None or shop is None:
        return open_(sla=ground.customer.sla.value)
    busy = _shop_open(asked.window, shop, ZoneInfo(ground.customer.zone))
    return kept(
        not busy, sla=ground.customer.sla.value, shop_since=f"{shop.since:%H:%M}", shop_until=f"{shop.until:%H:%M}"
    )


def _shop_open(window: Window, shop: ShopHours, zone: ZoneInfo) -> bool:
    """Whether the window touches the shop's hours on any of its days; they stand on the customer's wall clock."""
    day, last = window.start.astimezone(zone).date() - ONE_DAY, window.end.astimezone(zone).date()
    while day <= last:
        closing = day if shop.since < shop.until else day + ONE_DAY  # a shop that closes after midnight
        if window.overlaps(
            _stretch(datetime.combine(day, shop.since, zone), datetime.combine(closing, shop.until, zone))
        ):
            return True
        day += ONE_DAY
    return False


def _stretch(since: datetime, until: datetime) -> Window:
    return Window(since, until.astimezone(UTC) - since.astimezone(UTC))


HOUR = (Rule("HOUR-1", About.TIME, business_hours), Rule("HOUR-2", About.TIME, outside_shop_hours))
