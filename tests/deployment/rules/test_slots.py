"""SCHED-3: three slots on three days, at the wanted time of day where that is legal."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta
from typing import Any

import pytest

from deployment.rules.build import (
    BARCELONA,
    CODE,
    FULL,
    HOTFIX,
    MADRID,
    PROD,
    asked,
    at,
    booking,
    customer,
    ground,
    ops,
    raw,
    wanted,
)
from dplmaild.deployment.bookings import Booking
from dplmaild.deployment.configured import Hours
from dplmaild.deployment.periods import Freeze
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Asked, Ground
from dplmaild.deployment.schedule import next_slots
from dplmaild.deployment.terms import Deployment, DeploymentType, MomentStatus, Sla, WrittenMoment


def _starts(one: Asked, on: Ground) -> list[str]:
    return [f"{slot.start:%Y-%m-%d %H:%M}" for slot in next_slots(one, on).slots]


@pytest.mark.parametrize(
    ("type_", "start", "arrived", "expected"),
    [
        pytest.param(
            CODE,
            "2026-12-04 10:00",
            "2026-11-23 09:00",
            ["2026-12-07 10:00", "2026-12-08 10:00", "2026-12-09 10:00"],
            id="code on a Friday: from Monday on",
        ),
        pytest.param(
            CODE,
            "2026-12-01 10:10",
            "2026-11-30 09:00",
            ["2026-12-03 10:10", "2026-12-07 10:10", "2026-12-08 10:10"],
            id="code too early: a time off the grid is kept",
        ),
        pytest.param(
            CODE,
            "2026-12-01 16:00",
            "2026-11-23 09:00",
            ["2026-12-02 09:00", "2026-12-03 09:00", "2026-12-07 09:00"],
            id="too late in the day: nothing earlier on that day, the first legal time on later ones",
        ),
        pytest.param(
            CODE,
            "2026-12-01 07:00",
            "2026-11-23 09:00",
            ["2026-12-01 09:00", "2026-12-02 09:00", "2026-12-03 09:00"],
            id="before opening: the same day at opening",
        ),
        pytest.param(
            HOTFIX,
            "2026-11-27 22:00",
            "2026-11-27 09:00",
            ["2026-11-30 09:00", "2026-12-01 09:00", "2026-12-02 09:00"],
            id="hotfix at night before a weekend",
        ),
        pytest.param(
            FULL,
            "2026-11-25 10:00",
            "2026-11-23 09:00",
            ["2026-11-30 10:00", "2026-12-01 10:00", "2026-12-02 10:00"],
            id="full too early: a week after the arrival, with a UAT day before",
        ),
        pytest.param(
            CODE,
            "2026-12-24 10:00",
            "2026-12-01 09:00",
            ["2026-12-28 10:00", "2026-12-29 10:00", "2026-12-30 10:00"],
            id="Christmas is left out",
        ),
        pytest.param(
            CODE,
            "2027-03-26 10:00",
            "2027-03-01 09:00",
            ["2027-03-30 10:00", "2027-03-31 10:00", "2027-04-01 10:00"],
            id="Easter 2027 is left out, and the wall clock stays over DST",
        ),
        pytest.param(
            CODE,
            "2026-11-20 10:00",
            "2026-11-23 09:00",
            ["2026-11-26 10:00", "2026-11-30 10:00", "2026-12-01 10:00"],
            id="a start in the past keeps its time of day",
        ),
    ],
)
def test_three_days(type_: DeploymentType, start: str, arrived: str, expected: list[str]) -> None:
    on = ground()
    assert _starts(asked(wanted(type_, start), on, arrived), on) == expected


def test_slots_stand_on_ops_wall_clock_on_both_sides_of_dst() -> None:
    on = ground()
    slots = next_slots(asked(wanted(CODE, "2027-03-24 10:00"), on, "2027-03-01 09:00"), on, count=2).slots
    assert [(slot.start.day, slot.start.astimezone(UTC).hour) for slot in slots] == [(24, 9), (30, 8)]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        pytest.param((booking("2026-12-01 09:00", 2, who="acme"),), "2026-12-01 11:00", id="behind the customer's own"),
        pytest.param((booking("2026-12-01 14:30", 3, who="acme"),), "2026-12-01 10:00", id="in front of it"),
        pytest.param((booking("2026-12-01 09:00", 8, who="acme"),), "2026-12-02 10:00", id="the next day"),
    ],
)
def test_capacity_moves_a_slot(held: tuple[Booking, ...], expected: str) -> None:
    on = ground(held=held)
    assert _starts(asked(wanted(CODE, "2026-12-01 10:00"), on), on)[0] == expected


def _hotfix(**said: Any) -> Deployment:
    return wanted(HOTFIX, **said)


@pytest.mark.parametrize(
    ("arrived", "expected"),
    [
        pytest.param("2026-11-23 10:12", "2026-11-23 11:30", id="an hour ahead, up to the grid"),
        pytest.param("2026-11-23 10:30", "2026-11-23 11:30", id="an hour ahead to the minute"),
        pytest.param("2026-11-23 14:31", "2026-11-24 09:00", id="too late for today"),
        pytest.param("2026-11-27 18:00", "2026-11-30 09:00", id="Friday evening"),
        pytest.param("2026-11-23 05:00", "2026-11-23 09:00", id="before opening"),
    ],
)
def test_as_soon_as_possible(arrived: str, expected: str) -> None:
    on = ground()
    assert _starts(asked(_hotfix(), on, arrived), on)[0] == expected


def test_a_day_without_a_time() -> None:
    on = ground()
    day = WrittenMoment("on 2 December", MomentStatus.RANGE, day=date(2026, 12, 2))
    said = replace(wanted(CODE), when=day)
    assert _starts(asked(said, on), on) == ["2026-12-02 09:00", "2026-12-03 09:00", "2026-12-07 09:00"]


PREMIUM = customer(sla=Sla.PREMIUM)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param("2026-12-04 23:00", "2026-12-07 23:00", id="a night that was asked for is kept"),
        pytest.param("2026-12-04 03:00", "2026-12-07 03:00", id="an early morning too"),
    ],
)
def test_premium_keeps_the_hour_asked_for(start: str, expected: str) -> None:
    on = ground(who=PREMIUM)
    assert _starts(asked(wanted(FULL, start), on), on)[0] == expected


def test_premium_slots_of_ours_begin_at_six() -> None:
    on = ground(who=PREMIUM)
    day = WrittenMoment("on 8 December", MomentStatus.RANGE, day=date(2026, 12, 8))
    assert _starts(asked(replace(wanted(FULL), when=day), on), on)[0] == "2026-12-08 06:00"


SOFT = Freeze(first=date(2026, 12, 1), last=date(2026, 12, 2), soft=True, reason="advent")
HARD = Freeze(first=date(2026, 1, 1), last=date(2028, 12, 31), reason="sold")


def test_a_soft_freeze_is_not_offered() -> None:
    on = ground(who=customer(freezes=(SOFT,)))
    assert _starts(asked(wanted(CODE, "2026-12-01 10:00"), on), on)[0] == "2026-12-03 10:00"


def test_no_slot_at_all_says_why_for_the_nearest_days() -> None:
    on = ground(who=customer(freezes=(HARD,)))
    found = next_slots(asked(wanted(CODE, "2026-12-03 10:00"), on), on)
    assert found.slots == ()
    assert [(day, [f.rule for f in why]) for day, why in found.refused[:3]] == [
        (date(2026, 12, 3), ["DAY-6"]),
        (date(2026, 12, 4), ["DAY-1", "DAY-2", "DAY-6"]),
        (date(2026, 12, 5), ["DAY-1", "DAY-2", "DAY-3", "DAY-6", "HOUR-1"]),
    ]


def test_a_full_day_says_that_it_is_full() -> None:
    on = ground(team=ops(per_day=1), held=(booking("2026-12-01 09:00", 1),))
    found = next_slots(asked(wanted(CODE, "2026-12-01 10:00"), on), on)
    day, why = found.refused[0]
    assert (day, [f.rule for f in why]) == (date(2026, 12, 1), ["SCHED-7"])


def test_a_window_longer_than_the_day_never_fits() -> None:
    on = ground()
    said = wanted(CODE, "2026-12-01 10:00", duration=timedelta(hours=9))
    found = next_slots(asked(said, on), on)
    assert found.slots == ()
    assert [f.rule for f in found.refused[0][1]] == ["HOUR-1"]


def test_nothing_is_offered_while_the_type_is_not_known() -> None:
    on = ground()
    assert next_slots(asked(wanted(None, "2026-12-01 10:00"), on), on).slots == ()


def test_prod_in_barcelona_avoids_eves_and_holidays() -> None:
    on = ground(PROD, customer(calendar=BARCELONA, zone="Europe/Madrid"), ops(calendar=BARCELONA))
    one = asked(wanted(None, "2026-12-04 16:30", MADRID), on)
    assert _starts(one, on) == ["2026-12-09 16:30", "2026-12-10 16:30", "2026-12-14 16:30"]


def test_uat_slots_end_in_time_for_prd() -> None:
    on = ground()
    prd = asked(wanted(FULL, "2026-12-03 10:00"), on).window
    one = asked(wanted(FULL, "2026-11-27 10:00", on="UAT"), on, prd=prd)
    assert _starts(one, on) == ["2026-11-30 10:00", "2026-12-01 10:00"]


def test_shop_hours_do_not_hinder() -> None:
    on = ground(who=customer(sla=Sla.PREMIUM, shop_hours=Hours(since=time(8), until=time(20))))
    assert _starts(asked(wanted(FULL, "2026-12-08 10:00"), on), on)[0] == "2026-12-08 10:00"


def test_a_moment_is_needed_with_its_zone() -> None:
    on = ground()
    with pytest.raises(ValueError, match="2026"):
        replace(asked(wanted(CODE, "2026-12-01 10:00"), on), now=at("2026-11-23 09:00").replace(tzinfo=None))


def test_notice_in_hours_moves_a_slot_within_its_day() -> None:
    source = raw("caas")
    source["types"]["code"]["lead"] = {"at_least": 26, "count": "hours"}
    on = ground(Profile.model_validate(source))
    assert _starts(asked(wanted(CODE, "2026-11-24 10:00"), on), on)[0] == "2026-11-24 11:00"


def test_no_uat_day_refuses_every_prd_day() -> None:
    frozen = Freeze(first=date(2026, 11, 1), last=date(2028, 12, 31), environments=("UAT",))
    on = ground(who=customer(freezes=(frozen,)))
    found = next_slots(asked(wanted(FULL, "2026-12-08 10:00"), on), on, horizon_days=90)
    assert found.slots == ()
    assert [(day, [f.rule for f in why]) for day, why in found.refused[:1]] == [(date(2026, 12, 8), ["LEAD-1"])]
