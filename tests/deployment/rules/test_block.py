"""LEAD-1 in a block: UAT lies two working days of everybody before PRD."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from deployment.rules.build import (
    BAVARIA,
    FULL,
    ICM,
    IOM,
    THURINGIA,
    asked,
    at,
    blocking,
    booking,
    customer,
    finding,
    ground,
    ops,
    versions,
    wanted,
)
from dplmaild.deployment.periods import Freeze, Period
from dplmaild.deployment.rules import Done, Ground
from dplmaild.deployment.schedule import syn_step, uat_step
from dplmaild.deployment.terms import UAT, Sla, Version, Window

UAT_FROZEN = customer(
    freezes=(Freeze(first=date(2026, 11, 1), last=date(2027, 12, 31), environments=("UAT",), reason="no UAT"),)
)


@pytest.mark.parametrize(
    ("prd", "expected"),
    [
        pytest.param("2026-12-03 10:00", "2026-12-01 10:00", id="PRD Thursday, UAT Tuesday"),
        pytest.param("2026-12-02 10:00", "2026-11-30 10:00", id="PRD Wednesday, UAT Monday"),
        pytest.param("2026-12-01 10:00", "2026-11-26 10:00", id="PRD Tuesday: Friday is no day for full, so Thursday"),
        pytest.param("2026-12-01 10:10", "2026-11-26 10:10", id="a time off the grid is kept"),
        pytest.param("2026-12-29 10:00", "2026-12-23 10:00", id="PRD after Christmas: not on its eve"),
        pytest.param("2027-03-31 10:00", "2027-03-24 10:00", id="PRD after Easter 2027: not on Maundy Thursday"),
        pytest.param("2027-04-01 10:00", "2027-03-30 10:00", id="PRD Thursday after Easter: Tuesday"),
    ],
)
def test_the_last_legal_uat_day(prd: str, expected: str) -> None:
    on = ground()
    step = uat_step(asked(wanted(FULL, prd), on), on)
    assert step is not None
    assert step.start == at(expected)
    assert step.length == timedelta(hours=4, minutes=30)


@pytest.mark.parametrize(
    ("prd", "expected"),
    [
        pytest.param("2026-12-03 10:00", "2026-11-30 10:00", id="UAT on Tuesday: Monday before it"),
        pytest.param("2026-12-01 10:00", "2026-11-25 10:00", id="UAT on Thursday: Wednesday before it"),
        pytest.param("2026-12-30 10:00", "2026-12-23 10:00", id="UAT on Monday, the 28th: not on the eve of Christmas"),
    ],
)
def test_a_synchronisation_begins_the_block_where_it_is_in_place(prd: str, expected: str) -> None:
    for in_place in (True, False):
        on = ground(who=customer(syn=in_place))
        one = asked(wanted(FULL, prd), on)
        syn = syn_step(one, on, uat_step(one, on))
        assert (syn is not None) is in_place
        if syn is not None:
            assert (syn.start, syn.length) == (at(expected), timedelta(hours=4, minutes=30))


def test_no_synchronisation_without_a_uat_step() -> None:
    on = ground(who=customer(syn=True))
    assert syn_step(asked(wanted(FULL, "2026-12-03 10:00"), on), on, None) is None


def test_everybodys_working_days_count() -> None:
    on = ground(who=customer(partner_calendar=BAVARIA))  # Epiphany 2027 is a Wednesday
    step = uat_step(asked(wanted(FULL, "2027-01-07 10:00"), on), on)
    assert step is not None
    assert step.start == at("2027-01-04 10:00")  # the 5th is its eve: Tuesday is one working day back, Monday two


def test_a_premium_prd_at_night_has_its_uat_in_the_day() -> None:
    on = ground(who=customer(sla=Sla.PREMIUM))
    step = uat_step(asked(wanted(FULL, "2026-12-03 21:00"), on), on)
    assert step is not None
    assert step.start == at("2026-12-01 09:00")


def test_a_busy_server_moves_the_uat_step() -> None:
    own = booking("2026-12-01 09:00", 2, who="acme", where="INT")
    on = ground(held=(own,))
    step = uat_step(asked(wanted(FULL, "2026-12-03 10:00"), on), on)
    assert step is not None
    assert step.start == at("2026-12-01 11:00")


def test_iom_and_code_have_no_block() -> None:
    on = ground()
    assert uat_step(asked(wanted(FULL, "2026-12-08 10:00", product=IOM), on), on) is None


@pytest.mark.parametrize(("where", "with_uat"), [(None, True), ("PRD", False), ("UAT", False)])
def test_a_uat_step_is_proposed_where_no_environment_was_named(where: str | None, with_uat: bool) -> None:
    on = ground()
    assert asked(wanted(FULL, "2026-12-08 10:00", on=where), on).effective.with_uat is with_uat


def test_no_legal_uat_day_breaks_the_rule() -> None:
    on = ground(who=UAT_FROZEN)
    one = asked(wanted(FULL, "2026-12-08 10:00"), on)
    assert blocking(one, on) == ["LEAD-1"]
    facts = finding("LEAD-1", one, on).facts
    assert (facts["given"], facts["step"], facts["step_day"]) == (15, "UAT", None)


def test_uat_done_already_needs_no_day() -> None:
    done = Done(ICM, UAT, Version("11.1.0"), at("2026-11-19 10:00"))
    on: Ground = replace(ground(who=UAT_FROZEN), done=(done,))
    one = asked(wanted(FULL, "2026-12-08 10:00", **versions("11.0.2", "11.1.0")), on)
    assert blocking(one, on) == []
    other = asked(wanted(FULL, "2026-12-08 10:00", **versions("11.0.2", "11.2.0")), on)
    assert blocking(other, on) == ["LEAD-1"]


@pytest.mark.parametrize(
    ("uat", "expected"),
    [
        pytest.param("2026-12-03 10:00", [], id="Thursday before a PRD Tuesday"),
        pytest.param("2026-12-07 10:00", ["LEAD-1"], id="the day before PRD"),
    ],
)
def test_an_agreed_uat_step_is_looked_at(uat: str, expected: list[str]) -> None:
    on = ground(who=UAT_FROZEN)
    step = Window(at(uat), timedelta(hours=4, minutes=30))
    assert blocking(asked(wanted(FULL, "2026-12-08 10:00"), on, uat=step), on) == expected


@pytest.mark.parametrize(
    ("uat", "prd", "expected"),
    [
        pytest.param("2026-11-24 10:00", "2026-12-03 10:00", [], id="UAT tomorrow is not bound to the week"),
        pytest.param("2026-12-01 10:00", "2026-12-03 10:00", [], id="UAT Tuesday, PRD Thursday"),
        pytest.param("2026-12-02 10:00", "2026-12-03 10:00", ["LEAD-1"], id="UAT the day before PRD"),
        pytest.param("2026-12-03 09:00", "2026-12-03 15:00", ["LEAD-1"], id="UAT on the day of PRD"),
        pytest.param("2026-12-02 10:00", None, [], id="PRD not asked for yet"),
    ],
)
def test_uat_alone_is_judged_against_prd(uat: str, prd: str | None, expected: list[str]) -> None:
    on = ground()
    step = Window(at(prd), timedelta(hours=4)) if prd else None
    assert blocking(asked(wanted(FULL, uat, on="UAT"), on, prd=step), on) == expected


def test_a_holiday_between_counts_for_nobody() -> None:
    shut = Period(first=date(2026, 12, 2), last=date(2026, 12, 2), reason="stocktaking")
    on = ground(who=customer(calendar=THURINGIA.model_copy(update={"closed": (shut,)})))
    step = Window(at("2026-12-03 10:00"), timedelta(hours=4))
    tuesday = asked(wanted(FULL, "2026-12-01 10:00", on="UAT"), on, prd=step)
    assert "LEAD-1" in blocking(tuesday, on)  # Wednesday is off: Tuesday is one working day before, not two
    monday = asked(wanted(FULL, "2026-11-30 10:00", on="UAT"), on, prd=step)
    assert blocking(monday, on) == []


def test_ops_away_all_along_leaves_no_uat_day() -> None:
    shut = Period(first=date(2026, 11, 24), last=date(2026, 12, 6), reason="moving house")
    on = ground(team=ops(calendar=THURINGIA.model_copy(update={"closed": (shut,)})))
    assert blocking(asked(wanted(FULL, "2026-12-08 10:00"), on), on) == ["LEAD-1"]
