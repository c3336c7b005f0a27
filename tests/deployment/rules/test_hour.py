"""HOUR: the whole window, tests included, on OPS's wall clock."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from deployment.rules.build import (
    BARCELONA,
    CODE,
    FULL,
    HOTFIX,
    PROD,
    THURINGIA,
    asked,
    blocking,
    broken,
    customer,
    finding,
    ground,
    ops,
    wanted,
)
from dplmaild.deployment.configured import Hours
from dplmaild.deployment.periods import HalfDay
from dplmaild.deployment.terms import DeploymentType, Severity, Sla


@pytest.mark.parametrize(
    ("type_", "start", "said", "expected"),
    [
        pytest.param(CODE, "2026-12-01 09:00", {}, [], id="code at opening"),
        pytest.param(CODE, "2026-12-01 08:59", {}, ["HOUR-1"], id="a minute before opening"),
        pytest.param(CODE, "2026-12-01 14:30", {}, [], id="two hours and tests end at 17:00"),
        pytest.param(CODE, "2026-12-01 14:31", {}, ["HOUR-1"], id="tests end a minute late"),
        pytest.param(FULL, "2026-12-08 12:30", {}, [], id="full ends at 17:00"),
        pytest.param(FULL, "2026-12-08 13:00", {}, ["HOUR-1"], id="full ends at 17:30"),
        pytest.param(HOTFIX, "2026-12-01 15:30", {}, [], id="hotfix ends at 17:00"),
        pytest.param(HOTFIX, "2026-12-01 22:00", {}, ["HOUR-1"], id="hotfix at night"),
        pytest.param(CODE, "2026-12-01 13:00", {"duration": timedelta(hours=4)}, ["HOUR-1"], id="a longer one counts"),
        pytest.param(CODE, "2026-12-01 14:45", {"duration": timedelta(hours=1)}, ["HOUR-1"], id="a shorter one not"),
        pytest.param(CODE, "2026-12-01 14:30", {"test_window": timedelta(minutes=10)}, [], id="tests never under 30"),
        pytest.param(CODE, "2026-12-01 14:30", {"test_window": timedelta(hours=1)}, ["HOUR-1"], id="longer tests do"),
        pytest.param(CODE, "2027-03-30 09:00", {}, [], id="at opening in summer time"),
    ],
)
def test_business_hours_in_caas(type_: DeploymentType, start: str, said: dict[str, Any], expected: list[str]) -> None:
    on = ground()
    assert blocking(asked(wanted(type_, start, **said), on), on) == expected


@pytest.mark.parametrize(
    ("start", "said", "expected"),
    [
        pytest.param("2026-12-02 16:30", {}, [], id="an hour and tests end at 18:00"),
        pytest.param("2026-12-02 16:31", {}, ["HOUR-1"], id="a minute late"),
        pytest.param("2026-12-02 17:15", {"duration": timedelta(minutes=15)}, [], id="as stated: fifteen minutes"),
        pytest.param("2026-12-02 16:30", {"duration": timedelta(hours=2)}, ["HOUR-1"], id="as stated: two hours"),
    ],
)
def test_business_hours_in_prod(start: str, said: dict[str, Any], expected: list[str]) -> None:
    on = ground(PROD, customer(calendar=BARCELONA), ops(calendar=BARCELONA))
    assert blocking(asked(wanted(None, start, **said), on), on) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param("2026-12-23 09:00", [], id="ends at 11:30"),
        pytest.param("2026-12-23 09:30", [], id="ends at noon"),
        pytest.param("2026-12-23 10:00", ["HOUR-1"], id="ends after work does"),
    ],
)
def test_a_half_day_ends_early(start: str, expected: list[str]) -> None:
    half = HalfDay(day=date(2026, 12, 23), until=time(12))
    on = ground(team=ops(calendar=THURINGIA.model_copy(update={"half_days": (half,)})))
    assert blocking(asked(wanted(CODE, start), on), on) == expected


ISLANDS = BARCELONA.model_copy(update={"zone": "Atlantic/Canary"})  # an hour behind OPS


@pytest.mark.parametrize(
    ("start", "reason", "expected"),
    [
        pytest.param("2026-12-23 12:30", "", [], id="ends at 15:00, which is 14:00 there"),
        pytest.param("2026-12-23 13:00", "", ["customer: half day"], id="ends when they have gone"),
        pytest.param("2026-12-23 13:00", "company party", ["customer: company party"], id="and why"),
    ],
)
def test_a_customers_half_day_ends_the_window_on_its_own_clock(start: str, reason: str, expected: list[str]) -> None:
    half = HalfDay(day=date(2026, 12, 23), until=time(14), reason=reason)
    on = ground(who=customer(calendar=ISLANDS.model_copy(update={"half_days": (half,)})))
    told = finding("HOUR-1", asked(wanted(CODE, start), on), on)
    assert told.passed is not bool(expected)
    assert told.passed or told.facts.get("half_days") == tuple(expected)


def test_hours_of_ops_are_cut_by_its_own_half_days_alone_and_may_be_none() -> None:
    day = date(2026, 12, 23)
    theirs = HalfDay(day=day, until=time(12))
    on = ground(who=customer(calendar=BARCELONA.model_copy(update={"half_days": (theirs,)})))
    whole = on.calendar.ops_hours_on(day)
    assert whole is not None
    assert whole[1].hour == 17
    at_nine = HalfDay(day=day, until=time(9))
    none_left = ground(team=ops(calendar=THURINGIA.model_copy(update={"half_days": (at_nine,)})))
    assert none_left.calendar.ops_hours_on(day) is None


PREMIUM = customer(sla=Sla.PREMIUM, shop_hours=Hours(since=time(8), until=time(20)))


@pytest.mark.parametrize(
    ("type_", "start", "expected"),
    [
        pytest.param(FULL, "2026-12-08 21:00", [], id="full PRD in the evening"),
        pytest.param(FULL, "2026-12-08 03:00", [], id="full PRD at night"),
        pytest.param(FULL, "2026-12-05 21:00", ["DAY-1", "DAY-2", "DAY-3"], id="full PRD on a Saturday"),
        pytest.param(CODE, "2026-12-08 21:00", ["HOUR-1"], id="code is bound to the hours"),
        pytest.param(HOTFIX, "2026-12-08 21:00", ["HOUR-1"], id="a hotfix is bound to them too"),
    ],
)
def test_premium_frees_full_prd_alone(type_: DeploymentType, start: str, expected: list[str]) -> None:
    on = ground(who=PREMIUM)
    assert blocking(asked(wanted(type_, start), on), on) == expected


def test_standard_full_prd_is_bound() -> None:
    on = ground()
    assert blocking(asked(wanted(FULL, "2026-12-08 21:00"), on), on) == ["HOUR-1"]


def test_premium_uat_is_bound() -> None:
    on = ground(who=PREMIUM)
    assert blocking(asked(wanted(FULL, "2026-12-08 21:00", on="UAT"), on), on) == ["HOUR-1"]


@pytest.mark.parametrize(
    ("hours", "start", "expected"),
    [
        pytest.param(Hours(since=time(8), until=time(20)), "2026-12-08 10:00", ["HOUR-2"], id="while the shop is open"),
        pytest.param(Hours(since=time(8), until=time(20)), "2026-12-08 20:00", [], id="from its closing on"),
        pytest.param(Hours(since=time(8), until=time(20)), "2026-12-08 04:00", ["HOUR-2"], id="runs into its opening"),
        pytest.param(Hours(since=time(18), until=time(2)), "2026-12-08 01:00", ["HOUR-2"], id="open past midnight"),
        pytest.param(Hours(since=time(18), until=time(2)), "2026-12-08 09:00", [], id="closed in the morning"),
    ],
)
def test_shop_hours_only_inform(hours: Hours, start: str, expected: list[str]) -> None:
    on = ground(who=customer(sla=Sla.PREMIUM, shop_hours=hours))
    one = asked(wanted(FULL, start), on)
    assert broken(one, on, Severity.INFORMS) == expected
    assert blocking(one, on) == []


def test_the_finding_says_which_hours_there_are() -> None:
    on = ground()
    facts = finding("HOUR-1", asked(wanted(CODE, "2026-12-01 16:00"), on), on).facts
    assert [f"{facts[name]:%H:%M}" for name in ("start", "end", "since", "until")] == [
        "16:00",
        "18:30",
        "09:00",
        "17:00",
    ]
