"""What the rules of day and hour tell, whole: the facts from which letters, board, command line and log are worded."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta
from typing import Any

import pytest

from deployment.rules.build import (
    BROKEN,
    CAAS,
    CODE,
    FULL,
    HOTFIX,
    ICM,
    KEPT,
    MADRID,
    NOT_CONCERNED,
    OPEN,
    PROD,
    PWA,
    THURINGIA,
    asked,
    at,
    booking,
    customer,
    finding,
    ground,
    ops,
    told,
    wanted,
)
from dplmaild.deployment.configured import Hours
from dplmaild.deployment.periods import Freeze, Period
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.terms import Severity, Sla

TUESDAY = "2026-12-01 10:00"
_STOCKTAKING = Period(first=date(2026, 12, 2), last=date(2026, 12, 2), reason="stocktaking")
SHUT = THURINGIA.model_copy(update={"closed": (_STOCKTAKING,)})
AWAY = THURINGIA.model_copy(
    update={"vacations": (Period(first=date(2026, 12, 1), last=date(2026, 12, 3), reason="fair"),)}
)
SHOP = Hours(since=time(9), until=time(17, 30))
PREMIUM = customer(sla=Sla.PREMIUM, shop_hours=SHOP)


def test_lead_4() -> None:
    on = ground()
    one = asked(wanted(HOTFIX, "2026-11-23 10:30"), on, now=at("2026-11-23 09:15"))
    facts = {"arrived": at("2026-11-23 09:00"), "earliest": at("2026-11-23 10:00"), "at_least": timedelta(hours=1)}
    start = {"start": at("2026-11-23 10:30")}
    assert told("LEAD-4", one, on) == (*KEPT, {**start, **facts, "past": False})
    gone = replace(one, now=at("2026-11-23 10:30"))
    assert told("LEAD-4", gone, on) == (*BROKEN, {**start, **facts, "past": True})


def test_lead_4_tells_moments_on_the_wall_clock_of_ops() -> None:
    on = ground(PROD)
    one = asked(wanted(None, "2026-11-24 10:30", MADRID), on)
    moved = replace(one, arrived=one.arrived.astimezone(UTC), now=one.now.astimezone(UTC))
    facts = finding("LEAD-4", moved, on).facts
    assert [facts[name].tzinfo for name in ("start", "arrived", "earliest")] == [MADRID] * 3  # type: ignore[union-attr]


def test_day_1() -> None:
    on = ground()
    facts = {"day": date(2026, 12, 1), "weekday": "tuesday", "allowed": ("monday", "tuesday", "wednesday", "thursday")}
    assert told("DAY-1", asked(wanted(FULL, TUESDAY), on), on) == (*KEPT, facts)
    friday = facts | {"day": date(2026, 12, 4), "weekday": "friday"}
    assert told("DAY-1", asked(wanted(FULL, "2026-12-04 10:00"), on), on) == (*BROKEN, friday)


@pytest.mark.parametrize(("profile", "rule"), [(CAAS, "DAY-2"), (PROD, "DAY-4")])
def test_day_2_and_4(profile: Profile, rule: str) -> None:
    on = ground(profile, customer(calendar=SHUT))
    eve = {"day": date(2026, 12, 1), "next_day": date(2026, 12, 2), "closed": ("customer: stocktaking",)}
    assert told(rule, asked(wanted(CODE, TUESDAY), on), on) == (*BROKEN, eve)
    free = {"day": date(2026, 12, 2), "next_day": date(2026, 12, 3), "closed": ()}
    assert told(rule, asked(wanted(CODE, "2026-12-02 10:00"), on), on) == (*KEPT, free)


def test_day_3() -> None:
    on = ground(who=customer(calendar=SHUT))
    shut = {"day": date(2026, 12, 2), "closed": ("customer: stocktaking",)}
    assert told("DAY-3", asked(wanted(CODE, "2026-12-02 10:00"), on), on) == (*BROKEN, shut)
    assert told("DAY-3", asked(wanted(CODE, TUESDAY), on), on) == (*KEPT, {"day": date(2026, 12, 1), "closed": ()})


@pytest.mark.parametrize(
    ("start", "verdict", "inside", "before"),
    [
        ("2026-12-02 10:00", BROKEN, ("customer: fair",), ()),
        ("2026-11-30 10:00", BROKEN, (), ("customer: fair",)),
        ("2026-12-03 10:00", BROKEN, ("customer: fair",), ()),
        ("2026-12-07 10:00", KEPT, (), ()),
    ],
)
def test_day_5(start: str, verdict: Any, inside: tuple[str, ...], before: tuple[str, ...]) -> None:
    on = ground(PROD, customer(calendar=AWAY))
    facts = {"day": at(start).date(), "inside": inside, "day_before": before}
    assert told("DAY-5", asked(wanted(None, start, MADRID), on), on) == (*verdict, facts)


def test_day_5_with_a_calendar_that_could_not_be_read() -> None:
    on = ground(PROD, customer(calendar=AWAY.model_copy(update={"unread": ("team calendar",)})))
    free = finding("DAY-5", asked(wanted(None, "2026-12-07 10:00", MADRID), on), on)
    assert (free.passed, free.severity) == (False, Severity.APPROVAL)
    assert free.facts == {
        "day": date(2026, 12, 7),
        "inside": (),
        "day_before": (),
        "unread": ("customer: team calendar",),
    }
    # What is known to be a vacation is refused as one, whatever else could not be read.
    for start in ("2026-11-30 10:00", "2026-12-03 10:00"):
        assert finding("DAY-5", asked(wanted(None, start, MADRID), on), on).severity is Severity.BLOCKS


FAIR = Freeze(first=date(2026, 11, 30), last=date(2026, 12, 2), reason="fair")
NAMELESS = Freeze(first=date(2026, 12, 1), last=date(2026, 12, 4), soft=True)


@pytest.mark.parametrize(
    ("freezes", "verdict", "weight", "facts"),
    [
        pytest.param((), KEPT, Severity.BLOCKS, {"freezes": (), "until": None, "soft": False}, id="none"),
        pytest.param(
            (FAIR,),
            BROKEN,
            Severity.BLOCKS,
            {"freezes": ("fair",), "until": date(2026, 12, 2), "soft": False},
            id="hard",
        ),
        pytest.param(
            (NAMELESS,),
            BROKEN,
            Severity.APPROVAL,
            {"freezes": ("2026-12-01 to 2026-12-04",), "until": date(2026, 12, 4), "soft": True},
            id="soft, without a name",
        ),
        pytest.param(
            (FAIR, NAMELESS),
            BROKEN,
            Severity.BLOCKS,
            {"freezes": ("fair", "2026-12-01 to 2026-12-04"), "until": date(2026, 12, 4), "soft": False},
            id="both: the harder one counts, the later end",
        ),
    ],
)
def test_day_6(freezes: tuple[Freeze, ...], verdict: Any, weight: Severity, facts: dict[str, Any]) -> None:
    on = ground(who=customer(freezes=freezes))
    one = asked(wanted(CODE, TUESDAY), on)
    assert told("DAY-6", one, on) == (*verdict, {"day": date(2026, 12, 1), **facts})
    assert finding("DAY-6", one, on).severity is weight


@pytest.mark.parametrize(
    ("about", "type_", "product", "stops"),
    [
        ({"types": (CODE,)}, CODE, ICM, True),
        ({"types": (CODE,)}, HOTFIX, ICM, False),
        ({"products": (PWA,)}, CODE, PWA, True),
        ({"products": (PWA,)}, CODE, ICM, False),
        ({"except_types": (HOTFIX,)}, HOTFIX, ICM, False),
    ],
)
def test_day_6_of_some_types_or_products_alone(about: dict[str, Any], type_: Any, product: Any, stops: bool) -> None:
    on = ground(who=customer(freezes=(FAIR.model_copy(update=about),)))
    assert finding("DAY-6", asked(wanted(type_, TUESDAY, product=product), on), on).broken is stops


def test_hour_1() -> None:
    on = ground()
    one = asked(wanted(FULL, TUESDAY), on)
    facts = {"start": at(TUESDAY), "end": at("2026-12-01 14:30"), "own_hours": False}
    hours = {"since": at("2026-12-01 09:00"), "until": at("2026-12-01 17:00")}
    assert told("HOUR-1", one, on) == (*KEPT, facts | hours)
    late = {"start": at("2026-12-01 17:00"), "end": at("2026-12-01 21:30"), "own_hours": False}
    assert told("HOUR-1", asked(wanted(FULL, "2026-12-01 17:00"), on), on) == (*BROKEN, late | hours)
    sunday = {"start": at("2026-12-06 10:00"), "end": at("2026-12-06 14:30"), "own_hours": False}
    closed = sunday | {"since": None, "until": None}
    assert told("HOUR-1", asked(wanted(FULL, "2026-12-06 10:00"), on), on) == (*BROKEN, closed)


def test_hour_1_says_by_what_it_is_not_concerned() -> None:
    on = ground(who=PREMIUM)
    assert told("HOUR-1", asked(wanted(FULL, TUESDAY, on="PRD"), on), on) == (*NOT_CONCERNED, {"because": "HOUR-2"})


def test_hour_2() -> None:
    shop = {"shop_since": "09:00", "shop_until": "17:30"}
    on = ground(who=PREMIUM)
    busy, quiet = (asked(wanted(FULL, start, on="PRD"), on) for start in (TUESDAY, "2026-12-01 18:00"))
    assert told("HOUR-2", busy, on) == (*BROKEN, {"sla": "premium", **shop})
    assert told("HOUR-2", quiet, on) == (*KEPT, {"sla": "premium", **shop})
    unknown = ground(who=customer(sla=Sla.PREMIUM))
    assert told("HOUR-2", asked(wanted(FULL, TUESDAY, on="PRD"), unknown), unknown) == (*OPEN, {"sla": "premium"})
    standard = ground()
    bound = asked(wanted(FULL, TUESDAY, on="PRD"), standard)
    assert told("HOUR-2", bound, standard) == (*NOT_CONCERNED, {"sla": "standard"})


def test_sched_7() -> None:
    one = wanted(CODE, TUESDAY)
    free = ground(held=(booking("2026-12-01 15:00", 1),))
    facts = {"that_day": 1, "per_day_limit": 4, "customer_has_room": True, "at_once": 0, "at_once_limit": 2}
    assert told("SCHED-7", asked(one, free), free) == (*KEPT, facts)
    full = ground(team=ops(per_day=1), held=(booking("2026-12-01 15:00", 1),))
    assert told("SCHED-7", asked(one, full), full) == (
        *BROKEN,
        {"that_day": 1, "per_day_limit": 1, "customer_has_room": True, "no_room_before": at("2026-12-02 00:00")},
    )
    busy = ground(held=(booking("2026-12-01 09:00", 3), booking("2026-12-01 11:00", 2)))
    taken = facts | {"that_day": 2, "at_once": 2, "no_room_before": at("2026-12-01 12:00")}
    assert told("SCHED-7", asked(one, busy), busy) == (*BROKEN, taken)
