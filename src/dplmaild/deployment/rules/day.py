"""DAY: on which days a deployment may start. Every day is a calendar date in OPS's zone (POLICY-3)."""

from collections.abc import Iterator
from datetime import date

from dplmaild.deployment.periods import Freeze
from dplmaild.deployment.profile import weekday_of
from dplmaild.deployment.recurring import Span
from dplmaild.deployment.rules.ground import Asked, Ground
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, open_
from dplmaild.deployment.terms import Fact, Severity, Side
from dplmaild.deployment.workdays import ONE_DAY


def _day(asked: Asked, ground: Ground) -> date | None:
    return ground.calendar.day_of(asked.window.start) if asked.window else None


def allowed_weekday(asked: Asked, ground: Ground) -> Verdict:
    """DAY-1: the weekdays of this type (caas 3.4, prod)."""
    day, policy = _day(asked, ground), ground.profile.policy(asked.effective.type)
    if day is None or policy is None:
        return open_()
    weekday = weekday_of(day)
    return kept(
        weekday in policy.weekdays, day=day, weekday=weekday.value, allowed=tuple(w.value for w in policy.weekdays)
    )


def working_day_follows(asked: Asked, ground: Ground) -> Verdict:
    """DAY-2: everybody works on the calendar day after the start day (caas 3.4)."""
    return _day_after_works(asked, ground)


def working_day(asked: Asked, ground: Ground) -> Verdict:
    """DAY-3: everybody involved works on the start day (caas 3.4, prod)."""
    day = _day(asked, ground)
    if day is None:
        return open_()
    closed = ground.calendar.closed(day)
    return kept(not closed, day=day, closed=tuple(str(c) for c in closed))


def not_the_eve(asked: Asked, ground: Ground) -> Verdict:
    """DAY-4: not the day before a non-working day or public holiday of anybody involved (prod)."""
    return _day_after_works(asked, ground)


def _day_after_works(asked: Asked, ground: Ground) -> Verdict:
    day = _day(asked, ground)
    if day is None:
        return open_()
    after = day + ONE_DAY
    closed = ground.calendar.closed(after)
    return kept(not closed, day=day, next_day=after, closed=tuple(str(c) for c in closed))


def no_vacation(asked: Asked, ground: Ground) -> Verdict:
    """DAY-5: not inside a declared vacation of anybody involved, nor the calendar day before one (prod).

    Where a vacation feed could never be read, nobody knows: the manager decides (derived).
    """
    day = _day(asked, ground)
    if day is None:
        return open_()
    inside, after = ground.calendar.vacation(day), ground.calendar.vacation(day + ONE_DAY)
    starting = tuple(str(v) for v in after if v not in inside)
    facts: dict[str, Fact] = {"day": day, "inside": tuple(str(v) for v in inside), "day_before": starting}
    unread = tuple(str(each) for each in ground.calendar.unread)
    if unread and not (inside or after):
        return kept(False, Severity.APPROVAL, **facts, unread=unread)
    return kept(not (inside or after), **facts)


def freezes_on(day: date, ground: Ground) -> Iterator[tuple[Freeze, Span]]:
    """The freezes of customer, profile and OPS in which a day lies, and how long each of them lasts."""
    calendar = ground.calendar
    theirs, ours = calendar.site(Side.CUSTOMER), calendar.ops
    whose = ((ground.customer.freezes, theirs or ours), (ground.profile.freezes, ours), (ground.ops.freezes, ours))
    for freezes, site in whose:
        for freeze in freezes:
            span = freeze.around(day, site.working)
            if span is not None:
                yield freeze, span


def no_freeze(asked: Asked, ground: Ground) -> Verdict:
    """DAY-6: outside every freeze of customer, profile and OPS; a soft one needs approval (derived)."""
    day, what = _day(asked, ground), asked.effective
    if day is None:
        return open_()
    places = (what.environment, what.treated_as)
    hit = [found for found in freezes_on(day, ground) if found[0].stops(what.type, what.product, places)]
    soft = bool(hit) and all(freeze.soft for freeze, _ in hit)
    reasons = tuple(freeze.reason or f"{span.first} to {span.last}" for freeze, span in hit)
    until = max((span.last for _, span in hit), default=None)
    return kept(not hit, Severity.APPROVAL if soft else None, day=day, freezes=reasons, until=until, soft=soft)


DAY = (
    Rule("DAY-1", About.DAY, allowed_weekday),
    Rule("DAY-2", About.DAY, working_day_follows),
    Rule("DAY-3", About.DAY, working_day),
    Rule("DAY-4", About.DAY, not_the_eve),
    Rule("DAY-5", About.DAY, no_vacation),
    Rule("DAY-6", About.DAY, no_freeze),
)
