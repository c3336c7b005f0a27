"""What lies just on an edge: hours on far clocks, releases written in two ways, the last day there is."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta
from typing import Any

import pytest

from deployment.rules.build import (
    CAAS,
    CODE,
    FULL,
    HOTFIX,
    PROD,
    asked,
    at,
    customer,
    finding,
    ground,
    ops,
    raw,
    versions,
    wanted,
)
from dplmaild.deployment.configured import Hours as ShopHours
from dplmaild.deployment.customer import ProfileChoice
from dplmaild.deployment.periods import Freeze, Period
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import ground_of, judge, needs_approval
from dplmaild.deployment.rules.block import last_step, syn_before
from dplmaild.deployment.rules.pre import same_release
from dplmaild.deployment.schedule import next_slots, uat_step
from dplmaild.deployment.terms import Environment, Phase, Product, Ruling, Sla, Version, Window


def profile(of: str = "caas", **changed: Any) -> Profile:
    """A shipped profile with some keys changed; a table of rules is laid over the shipped one."""
    written = raw(of)
    written["rules"] |= changed.pop("rules", {})
    return Profile.model_validate(written | changed)


@pytest.mark.parametrize(
    ("zone", "shop", "start", "busy"),
    [
        # 20:00-00:30 in Jena is 09:00-13:30 of the next day on the Line Islands.
        pytest.param("Pacific/Kiritimati", (time(8), time(10)), "2026-12-08 20:00", True, id="open tomorrow, there"),
        pytest.param("Pacific/Kiritimati", (time(14), time(20)), "2026-12-08 20:00", False, id="not yet open there"),
        # 02:00-06:30 in Jena is 15:00-19:30 of the day before in Honolulu; that shop opened the evening before.
        pytest.param("Pacific/Honolulu", (time(22), time(16)), "2026-12-09 02:00", True, id="open since yesterday"),
        pytest.param("Pacific/Honolulu", (time(22), time(15)), "2026-12-09 02:00", False, id="closed just then"),
        pytest.param("Europe/Berlin", (time(3), time(3)), "2026-12-09 02:00", True, id="round the clock"),
        pytest.param("Europe/Berlin", (time(6, 30), time(9)), "2026-12-09 02:00", False, id="opens as the tests end"),
    ],
)
def test_shop_hours_stand_on_the_customers_clock(zone: str, shop: tuple[time, time], start: str, busy: bool) -> None:
    hours = ShopHours(since=shop[0], until=shop[1])
    on = ground(who=customer(sla=Sla.PREMIUM, zone=zone, shop_hours=hours))
    one = asked(wanted(FULL, start), on)
    assert finding("HOUR-2", one, on).passed is not busy


def test_working_hours_are_told_on_ops_clock_and_end_where_the_day_begins() -> None:
    calendar = ground().calendar
    until = calendar.add_working_hours(at("2026-11-23 10:00").astimezone(UTC), timedelta(hours=1))
    since = calendar.back_working_hours(at("2026-11-23 17:00").astimezone(UTC), timedelta(hours=8))
    assert (until.isoformat(), since.isoformat()) == ("2026-11-23T11:00:00+01:00", "2026-11-23T09:00:00+01:00")


@pytest.mark.parametrize(("profile_", "its_own"), [(CAAS, False), (PROD, False)], ids=["caas", "prod"])
def test_a_customer_can_want_everything_or_nothing_before_the_manager(profile_: Profile, its_own: bool) -> None:
    on = ground(profile_)
    one = asked(wanted(CODE, "2026-12-02 10:00"), on)
    for chosen, wants in ((None, its_own), ((), False), ((CODE,), True)):
        assert needs_approval(one, ground(profile_, customer(approval=chosen))) is wants
    sworn = {"any_type": {**raw("prod")["any_type"], "approval": True}}
    strict = ground(profile("prod", **sworn))
    assert needs_approval(one, strict)
    assert not needs_approval(one, ground(profile("prod", **sworn), customer(approval=())))


@pytest.mark.parametrize(
    ("ran", "asked_for", "same"),
    [
        ("v11.0.2", "11.0.2", True),
        ("11.0.2", "v11.0.2", True),
        ("V11.0.2", "11.0.2", True),
        ("11.0.2", "V11.0.2", True),
        ("11.0.2-RC1", "11.0.2-rc1", True),
        ("11.0.2-rc1", "11.0.2-RC1", True),
        ("11.0.2v", "11.0.2", False),
        ("11.0.2", "11.0.3", False),
    ],
)
def test_the_same_release_however_it_is_written(ran: str, asked_for: str, same: bool) -> None:
    assert same_release(Version(ran), Version(asked_for)) is same


def test_a_rule_that_is_not_asked_keeps_its_weight() -> None:
    on = ground(who=customer(phase=Phase.SETUP))
    for found in judge(asked(wanted(CODE, "2026-12-04 10:00"), on), on):
        if not found.rule.startswith("WHO"):
            assert found.severity is CAAS.rules[found.rule].severity
            assert found.facts == {"because": "partner performs"}


def test_a_part_of_a_customer_can_be_one_product() -> None:
    who = customer(profiles=(ProfileChoice(profile="prod", products=(Product.IOM,)),))
    on = ground_of(who, ops(), CAAS, profiles={"prod": PROD})
    assert on.under(wanted(FULL, product=Product.IOM)).profile is PROD
    assert on.under(wanted(FULL, product=Product.ICM)).profile is CAAS


def test_the_last_day_for_a_step_can_be_the_first_there_is() -> None:
    """Asked for on Tuesday for Thursday in a process without notice: the step fits on that Tuesday alone."""
    written = raw("caas")
    written["types"]["full"]["lead"] = {"at_least": 0}
    on = ground(Profile.model_validate(written))
    one = asked(wanted(FULL, "2026-12-03 10:00"), on, "2026-12-01 08:00")
    step = uat_step(one, on)
    assert step is not None
    assert f"{step.start:%Y-%m-%d %H:%M}" == "2026-12-01 10:00"
    assert uat_step(replace(one, arrived=at("2026-12-01 17:00"), now=at("2026-12-01 17:00")), on) is None


def test_a_synchronisation_heeds_what_is_frozen_on_its_environment_and_the_hour_of_notice() -> None:
    frozen = Freeze(first=date(2026, 12, 7), last=date(2026, 12, 7), environments=("UAT",))
    in_prd = Freeze(first=date(2026, 12, 7), last=date(2026, 12, 7), environments=("PRD",))
    for freezes, expected in (((frozen,), "2026-12-03 10:00"), ((in_prd,), "2026-12-07 10:00")):
        on = ground(who=customer(syn=True, freezes=freezes))
        one = asked(wanted(FULL, "2026-12-10 10:00"), on)
        uat = Window(at("2026-12-08 10:00"), timedelta(hours=4, minutes=30))
        syn = syn_before(uat, one, on)
        assert syn is not None
        assert f"{syn.start:%Y-%m-%d %H:%M}" == expected
    on = ground(who=customer(syn=True))
    late = asked(wanted(FULL, "2026-12-10 10:00"), on, "2026-12-07 09:30")
    syn = syn_before(Window(at("2026-12-08 10:00"), timedelta(hours=4, minutes=30)), late, on)
    assert syn is not None
    assert f"{syn.start:%H:%M}" == "10:30"  # an hour after it was asked for, at the earliest
    assert (
        syn_before(Window(at("2026-12-08 10:00"), timedelta(hours=1)), late, ground(PROD, customer(syn=True))) is None
    )


def test_a_step_more_than_sixty_days_before_belongs_to_another_block() -> None:
    """Closed from January into March: the UAT days of December are too old for the first Monday that is open again."""
    shut = Period(first=date(2027, 1, 4), last=date(2027, 3, 12), reason="moving")
    on = ground(who=customer(calendar=customer().calendar.model_copy(update={"closed": (shut,)})))
    one = asked(wanted(FULL, "2026-12-30 10:00"), on)
    slots = [f"{slot.start:%Y-%m-%d}" for slot in next_slots(one, on, count=3).slots]
    assert slots == ["2026-12-30", "2027-03-17", "2027-03-18"]


def test_a_step_heeds_what_is_frozen_on_its_environment() -> None:
    frozen = Freeze(first=date(2026, 12, 1), last=date(2026, 12, 1), environments=("UAT",))
    for freezes, expected in (((), "2026-12-01"), ((frozen,), "2026-11-30")):
        on = ground(who=customer(freezes=freezes))
        step = uat_step(asked(wanted(FULL, "2026-12-03 10:00"), on), on)
        assert step is not None
        assert f"{step.start:%Y-%m-%d}" == expected


def test_a_step_and_a_synchronisation_lie_ahead_even_where_no_rule_says_so() -> None:
    written = raw("caas")
    del written["rules"]["LEAD-4"]
    on = ground(Profile.model_validate(written), customer(syn=True))
    one = asked(wanted(FULL, "2026-12-03 10:00"), on, "2026-12-01 09:40")
    step = last_step(one, on)
    assert step is not None
    assert f"{step.start:%Y-%m-%d %H:%M}" == "2026-12-01 11:00"  # 10:40 on the grid
    late = asked(wanted(FULL, "2026-12-10 10:00"), on, "2026-12-07 09:40")
    syn = syn_before(Window(at("2026-12-08 10:00"), timedelta(hours=4)), late, on)
    assert syn is not None
    assert f"{syn.start:%Y-%m-%d %H:%M}" == "2026-12-07 11:00"


def test_no_synchronisation_where_everybody_is_closed_for_as_long_as_a_block_reaches() -> None:
    shut = Period(first=date(2026, 9, 1), last=date(2026, 12, 7), reason="moving")
    on = ground(who=customer(syn=True, calendar=customer().calendar.model_copy(update={"closed": (shut,)})))
    one = asked(wanted(FULL, "2026-12-10 10:00"), on, "2026-09-01 09:00")
    assert syn_before(Window(at("2026-12-08 10:00"), timedelta(hours=4)), one, on) is None


def test_a_synchronisation_is_not_what_a_search_knows_of_steps() -> None:
    on = ground(who=customer(syn=True))
    uat = Window(at("2026-12-08 10:00"), timedelta(hours=4))
    known: dict[tuple[date, time | None], Window | None] = {
        (date(2026, 12, 7), time(10)): Window(at("2026-12-02 10:00"), timedelta(hours=4))
    }
    one = replace(asked(wanted(FULL, "2026-12-10 10:00"), on), step_days=known)
    syn = syn_before(uat, one, on)
    assert syn is not None
    assert f"{syn.start:%Y-%m-%d}" == "2026-12-07"


@pytest.mark.parametrize(
    ("day", "inside", "day_before"),
    [
        pytest.param("2026-12-20", (), ("customer: Winter",), id="the day before the first"),
        pytest.param("2026-12-22", ("customer: Winter",), (), id="within the first"),
        pytest.param("2026-12-23", ("customer: Winter",), ("ops: vacation",), id="within the first, before the second"),
        pytest.param("2026-12-29", ("ops: vacation",), (), id="the last day of the second"),
        pytest.param("2026-12-30", (), (), id="after both"),
    ],
)
def test_whose_vacation_it_is(day: str, inside: tuple[str, ...], day_before: tuple[str, ...]) -> None:
    first = Period(first=date(2026, 12, 21), last=date(2026, 12, 23), reason="Winter")
    second = Period(first=date(2026, 12, 24), last=date(2026, 12, 29))
    who = customer(calendar=customer().calendar.model_copy(update={"vacations": (first,)}))
    team = ops(calendar=ops().calendar.model_copy(update={"vacations": (second,)}))
    on = ground(PROD, who, team)
    facts = finding("DAY-5", asked(wanted(CODE, f"{day} 10:00"), on), on).facts
    assert (facts["inside"], facts["day_before"]) == (inside, day_before)


def test_a_productive_environment_proves_nothing_for_another() -> None:
    on = ground(who=customer(productive=("PRD", "UAT")))
    ran = wanted(HOTFIX, "2026-12-02 10:00", tested_on=(Environment("INT"),), **versions("11.0.1", "11.0.2"))
    judged = finding("PRE-1", asked(ran, on, instructed=True), on)
    assert (judged.passed, judged.facts["missing"]) == (True, ())


def test_what_only_the_instructions_show_is_open_before() -> None:
    on = ground(PROD)
    said: dict[str, Any] = {"validated": "on UAT", "rollback": "the guide", "artifact": "portal 4.0"}
    stages: list[tuple[dict[str, Any], Ruling]] = [({}, Ruling.OPEN), ({"instructed": True}, Ruling.KEPT)]
    for stage, ruling in (*stages, ({"starting": True}, Ruling.KEPT)):
        one = asked(wanted(CODE, "2026-12-02 10:00", **said), on, **stage)
        assert {finding(rule, one, on).ruling for rule in ("PRE-4", "PRE-5", "PRE-6")} == {ruling}
