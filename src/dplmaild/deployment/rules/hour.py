"""HOUR: at what time of day a deployment may run, on the wall clock in OPS's zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dplmaild.deployment.profile import Unbound
from dplmaild.deployment.rules.ground import Asked, Ground
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, not_concerned, open_
from dplmaild.deployment.terms import Fact, Window
from dplmaild.deployment.workdays import ONE_DAY


def unbound(asked: Asked, ground: Ground) -> Unbound | None:
    """What frees this deployment from business hours (HOUR-2), or None."""
    what = asked.effective
    if not ground.profile.has("HOUR-2"):
        return None
    free = ground.profile.unbound
    return next((u for u in free if u.covers(what.type, what.product, what.treated_as, ground.customer.sla)), None)


def inside(window: Window, hours: tuple[datetime, datetime]) -> bool:
    """Whether the whole window, tests included, lies between these two moments."""
    opens, closes = (moment.astimezone(UTC) for moment in hours)
    return opens <= window.start.astimezone(UTC) and window.end.astimezone(UTC) <= closes


def business_hours(asked: Asked, ground: Ground) -> Verdict:
    """HOUR-1: the whole window lies inside OPS business hours; none on days OPS does not work (caas 3.4, prod)."""
    if unbound(asked, ground) is not None:
        return not_concerned(because="HOUR-2")
    if asked.window is None:
        return open_()
    window, hours = asked.window, ground.calendar.ops_hours_on(ground.calendar.day_of(asked.window.start))
    facts: dict[str, Fact] = {"start": window.start, "end": window.end}
    if hours is None:
        return kept(False, **facts, since=None, until=None)
    return kept(inside(window, hours), **facts, since=hours[0], until=hours[1])


def outside_shop_hours(asked: Asked, ground: Ground) -> Verdict:
    """HOUR-2: full PRD of a premium customer is free of business hours, better outside the shop's (caas 3.2, 3.4)."""
    if unbound(asked, ground) is None:
        return not_concerned(sla=ground.customer.sla.value)
    shop = ground.customer.shop_hours
    if asked.window is None or shop is None:
        return open_(sla=ground.customer.sla.value)
    busy = _shop_open(asked.window, ground)
    return kept(
        not busy, sla=ground.customer.sla.value, shop_since=f"{shop.since:%H:%M}", shop_until=f"{shop.until:%H:%M}"
    )


def _shop_open(window: Window, ground: Ground) -> bool:
    """Whether the window touches the shop's hours on any of its days; they stand on the customer's wall clock."""
    shop, zone = ground.customer.shop_hours, ZoneInfo(ground.customer.zone)
    if shop is None:
        return False
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
