"""What must hold whatever is asked: offers are accepted, restrictions never free a slot, a year is searched at once."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from deployment.rules.build import (
    BARCELONA,
    BAVARIA,
    CAAS,
    CODE,
    FULL,
    HOTFIX,
    ICM,
    IOM,
    PROD,
    PWA,
    THURINGIA,
    asked,
    at,
    blocking,
    booking,
    customer,
    ground,
    ops,
    wanted,
)
from dplmaild.deployment.bookings import Booking
from dplmaild.deployment.periods import Freeze, Period
from dplmaild.deployment.rules import Asked, Ground, decision, judge
from dplmaild.deployment.rules.hour import unbound
from dplmaild.deployment.rules.search import hinders
from dplmaild.deployment.schedule import next_slots, uat_step
from dplmaild.deployment.terms import Severity, Sla, Window

MONDAY = at("2026-11-23 00:00")
MOMENTS = some.integers(0, 200 * 24 * 12).map(lambda fives: MONDAY + timedelta(minutes=5 * fives))


@some.composite
def bookings(draw: some.DrawFn) -> tuple[Booking, ...]:
    """A handful of slots that are held in the first weeks."""
    starts = draw(some.lists(some.integers(0, 28 * 24), max_size=12))
    return tuple(
        Booking(f"DPL-{n}", draw(some.sampled_from(["acme", "other"])), one.environment, one.window)
        for n, one in enumerate(booking("2026-11-23 00:00") for _ in starts)
        for one in [replace(one, window=Window(MONDAY + timedelta(hours=starts[n]), timedelta(hours=3)))]
    )


@some.composite
def grounds(draw: some.DrawFn) -> Ground:
    """Customers of every kind under both profiles."""
    first = date(2026, 11, 23) + timedelta(days=draw(some.integers(0, 60)))
    freeze = Freeze(first=first, last=first + timedelta(days=draw(some.integers(0, 9))), soft=draw(some.booleans()))
    away = Period(first=first, last=first + timedelta(days=2))
    calendars = some.sampled_from([THURINGIA, BAVARIA, BARCELONA, BARCELONA.model_copy(update={"vacations": (away,)})])
    who = customer(
        calendar=draw(calendars),
        partner_calendar=draw(some.none() | calendars),
        sla=draw(some.sampled_from(list(Sla))),
        freezes=draw(some.sampled_from([(), (freeze,)])),
    )
    return ground(draw(some.sampled_from([CAAS, PROD])), who, ops(at_once=draw(some.integers(1, 2))), draw(bookings()))


@some.composite
def requests(draw: some.DrawFn, on: Ground) -> Asked:
    """A request for PRD, or for UAT where that is ours."""
    arrived = draw(MOMENTS)
    type_, product = draw(some.sampled_from([FULL, CODE, HOTFIX])), draw(some.sampled_from([ICM, PWA, IOM]))
    ours = type_ is FULL and product is ICM and on.profile is CAAS
    where = draw(some.sampled_from(["UAT", "PRD"])) if ours else "PRD"
    one = asked(wanted(type_, "2026-12-01 10:00", product=product, on=where), on)
    start = arrived + timedelta(minutes=5 * draw(some.integers(-500, 12 * 24 * 40)))
    return replace(one, arrived=arrived, now=arrived).starting_at(start)


@settings(max_examples=60, deadline=None)
@given(data=some.data())
def test_a_slot_offered_is_accepted_at_once(data: some.DataObject) -> None:
    on = data.draw(grounds())
    one = data.draw(requests(on))
    slots = next_slots(one, on).slots
    days = [slot.start.date() for slot in slots]
    assert len(days) == len(set(days)) <= 3
    assert all(earlier < later for earlier, later in pairwise(days))
    for slot in slots:
        assert one.window is not None
        assert slot.start >= one.window.start
        accepted = judge(replace(one, window=slot), on)
        assert decision(accepted) not in {Severity.BLOCKS, Severity.APPROVAL}
        step = uat_step(replace(one, window=slot), on)
        if step is not None:
            uat = asked(replace(one.deployment, environment=None), on)
            placed = replace(uat, window=step, arrived=one.arrived, now=one.now, prd=slot)
            where = asked(wanted(FULL, "2026-12-01 10:00", on="UAT"), on).effective
            assert blocking(replace(placed, effective=where), on) == []


@settings(max_examples=60, deadline=None)
@given(data=some.data())
def test_a_legal_wish_is_the_first_offer(data: some.DataObject) -> None:
    on = data.draw(grounds())
    one = data.draw(requests(on))
    legal = not any(hinders(f) for f in judge(one, on))
    first = next(iter(next_slots(one, on, count=1).slots), None)
    assert (first == one.window) is legal


@settings(max_examples=60, deadline=None)
@given(data=some.data())
def test_a_restriction_never_makes_anything_legal(data: some.DataObject) -> None:
    on = data.draw(grounds())
    one = data.draw(requests(on))
    assert one.window is not None
    day = one.window.start.date()
    shut = Period(first=day, last=day, reason="closed")
    customers_own = on.customer.calendar.model_copy(update={"closed": (shut,)})
    closed = on.customer.model_copy(update={"calendar": customers_own})
    slower = on.ops.model_copy(update={"at_once": 1, "per_day": 1})
    before = set(blocking(one, on))
    assert before | {"DAY-3"} <= set(blocking(one, ground(on.profile, closed, on.ops, on.schedule.bookings)))
    assert before <= set(blocking(one, ground(on.profile, on.customer, slower, on.schedule.bookings)))


@pytest.mark.parametrize("type_", [FULL, CODE], ids=["full", "code"])
def test_a_year_with_a_thousand_bookings_is_searched_day_by_day(type_: object) -> None:
    held = tuple(
        booking(f"{date(2026, 11, 23) + timedelta(days=n // 4)} {9 + 2 * (n % 4):02}:00", 2, reference=f"DPL-{n}")
        for n in range(1000)
    )
    on = ground(team=ops(at_once=1, per_day=4), held=held)
    one = asked(wanted(FULL if type_ is FULL else CODE, "2026-12-01 10:00"), on)
    slots = next_slots(one, on).slots
    assert slots[0].start > at("2027-07-31 00:00")  # 250 days are full
    assert len(slots) == 3
    asked_days = on.schedule.overlapping(Window(at("2026-12-01 10:00"), timedelta(hours=4)))
    assert [b.reference for b in asked_days] == ["DPL-32", "DPL-33", "DPL-34"]


def _plainly(one: Asked, on: Ground, days: int) -> list[Window]:
    """The same search without any thrift: every time of every day is judged for itself."""
    assert one.window is not None
    since = max(one.window.start, max(one.now, one.arrived) + on.profile.minimum_notice)
    wanted_at = one.window.start.astimezone(on.calendar.zone).time()
    found: list[Window] = []
    for day in (on.calendar.day_of(since) + timedelta(days=n) for n in range(days)):
        free = bool(unbound(one, on))
        hours = range(6 * 60, 22 * 60, 30) if free else range(9 * 60, 18 * 60, 30)
        ours = [on.calendar.at(day, time(minute // 60, minute % 60)) for minute in hours]
        ends = on.calendar.at(day, time(22 if free else 18))
        tried = [on.calendar.at(day, wanted_at), *(s for s in ours if s + one.window.length <= ends)]
        legal = (s for s in tried if s >= since and not any(hinders(f) for f in judge(one.starting_at(s), on)))
        start = next(legal, None)
        if start is not None:
            found.append(Window(start, one.window.length))
    return found


@settings(max_examples=40, deadline=None)
@given(data=some.data())
def test_a_thrifty_search_finds_what_a_plain_one_finds(data: some.DataObject) -> None:
    on = data.draw(grounds())
    one = data.draw(requests(on))
    assert list(next_slots(one, on, count=20, horizon_days=20).slots) == _plainly(one, on, days=20)
