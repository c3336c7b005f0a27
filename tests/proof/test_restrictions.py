"""Whatever is asked: one more restriction never makes a date legal, and never brings an offer forward."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from deployment.rules.build import BARCELONA, BAVARIA, MADRID_REGION, booking, raw
from deployment.rules.test_properties import grounds, requests
from dplmaild.deployment.bookings import Booking, Schedule
from dplmaild.deployment.customer import Customer, Ops
from dplmaild.deployment.periods import CalendarSource, Freeze, HalfDay, Period, Season
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Asked, Ground, ground_of, judge
from dplmaild.deployment.rules.search import hinders
from dplmaild.deployment.schedule import next_slots

Draw = Callable[..., Any]
Restriction = Callable[[Draw, Asked, Ground], Ground]


def _rebuilt(on: Ground, **changed: Any) -> Ground:
    """The ground with another customer, team, profile or schedule."""
    parts: dict[str, Any] = {
        "customer": on.customer,
        "ops": on.ops,
        "profile": on.profile,
        "schedule": on.schedule,
    } | changed
    return ground_of(parts["customer"], parts["ops"], parts["profile"], parts["schedule"])


def _days(draw: Draw, one: Asked) -> Period:
    """A stretch of days around the one asked for."""
    assert one.window is not None
    first = one.window.start.date() + timedelta(days=draw(some.integers(-12, 6)))
    return Period(first=first, last=first + timedelta(days=draw(some.integers(0, 8))))


def _more(side: Customer | Ops, **added: tuple[Any, ...]) -> dict[str, CalendarSource]:
    """A side's calendar with more days off."""
    was = side.calendar
    return {"calendar": was.model_copy(update={name: (*getattr(was, name), *more) for name, more in added.items()})}


def _closed(draw: Draw, one: Asked, on: Ground) -> Ground:
    return _rebuilt(on, customer=on.customer.model_copy(update=_more(on.customer, closed=(_days(draw, one),))))


def _ops_closed(draw: Draw, one: Asked, on: Ground) -> Ground:
    return _rebuilt(on, ops=on.ops.model_copy(update=_more(on.ops, closed=(_days(draw, one),))))


def _vacation(draw: Draw, one: Asked, on: Ground) -> Ground:
    return _rebuilt(on, customer=on.customer.model_copy(update=_more(on.customer, vacations=(_days(draw, one),))))


def _half_day(draw: Draw, one: Asked, on: Ground) -> Ground:
    assert one.window is not None
    half = HalfDay(day=one.window.start.date(), until=draw(some.times()))
    return _rebuilt(on, ops=on.ops.model_copy(update=_more(on.ops, half_days=(half,))))


def _freeze(draw: Draw, one: Asked, on: Ground) -> Ground:
    days = _days(draw, one)
    names = draw(some.sampled_from([(), ("PRD",), ("UAT",)]))
    freeze = Freeze(first=days.first, last=days.last, soft=draw(some.booleans()), environments=names)
    return _rebuilt(on, customer=on.customer.model_copy(update={"freezes": (*on.customer.freezes, freeze)}))


def _season(draw: Draw, one: Asked, on: Ground) -> Ground:
    days = _days(draw, one)
    few = some.none() | some.integers(0, 2)
    season = Season(first=days.first, last=days.last, at_once=draw(few), per_day=draw(few))
    return _rebuilt(on, ops=on.ops.model_copy(update={"seasons": (*on.ops.seasons, season)}))


def _partner(draw: Draw, _one: Asked, on: Ground) -> Ground:
    if on.customer.partner_calendar is not None:
        return on
    place: CalendarSource = draw(some.sampled_from([BARCELONA, BAVARIA, MADRID_REGION]))
    return _rebuilt(on, customer=on.customer.model_copy(update={"partner_calendar": place}))


def _booked(draw: Draw, one: Asked, on: Ground) -> Ground:
    assert one.window is not None
    model = booking("2026-12-01 10:00", who=draw(some.sampled_from(["acme", "other"])), reference="DPL-77")
    begins = one.window.start + timedelta(hours=draw(some.integers(-5, 5)))
    more: Booking = replace(model, window=replace(one.window, start=begins))
    return _rebuilt(on, schedule=Schedule((*on.schedule.bookings, more)))


def _stricter(draw: Draw, _one: Asked, on: Ground) -> Ground:
    """The same profile, but for a stricter notice, fewer weekdays or hours, or a warning that blocks."""
    written = raw(on.profile.id)
    policies = [*written.get("types", {}).values(), *([written["any_type"]] if "any_type" in written else [])]
    way = draw(some.sampled_from(["notice", "recommended", "weekdays", "hours", "minimum", "weight"]))
    if way == "hours":
        written["hours"] = {"since": time(10), "until": time(16)}
    if way == "minimum":
        written["minimum_notice"] = "5h"
    for choice in written["rules"].values() if way == "weight" else ():
        choice["severity"] = "blocks" if choice["severity"] == "warns" else choice["severity"]
    for policy in policies:
        if way in {"notice", "recommended"} and "lead" in policy:
            days, lead = 10 + draw(some.integers(0, 9)), policy["lead"]
            lead["recommended" if way == "recommended" else "at_least"] = days
            if "recommended" in lead:  # less than what is wanted at least would be no profile
                lead["recommended"] = max(days, lead["recommended"])
        if way == "weekdays" and len(policy["weekdays"]) > 1:
            policy["weekdays"].remove(draw(some.sampled_from(policy["weekdays"])))
    return _rebuilt(on, profile=Profile.model_validate(written))


RESTRICTIONS: tuple[Restriction, ...] = (
    _closed, _ops_closed, _vacation, _half_day, _freeze, _season, _partner, _booked, _stricter,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(data=some.data())
def test_a_restriction_never_makes_a_date_legal_nor_an_offer_earlier(data: some.DataObject) -> None:
    on = data.draw(grounds())
    one = data.draw(requests(on))
    restrict = data.draw(some.sampled_from(RESTRICTIONS))
    stricter = restrict(data.draw, one, on)
    free_of, still = ({f.rule for f in judge(one, where) if hinders(f)} for where in (on, stricter))
    assert free_of <= still, f"{restrict.__name__} took away {free_of - still}"
    before, after = (next_slots(one, where, count=2, horizon_days=40).slots for where in (on, stricter))
    days = [[slot.start.date() for slot in slots] for slots in (before, after)]
    assert len(days[1]) <= len(days[0])
    assert all(later >= earlier for earlier, later in zip(*days, strict=False))
    for slot in after:
        assert not any(hinders(f) for f in judge(replace(one, window=slot), on))
