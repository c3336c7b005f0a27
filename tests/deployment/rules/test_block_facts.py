"""LEAD-1 in a block, what it says: the steps, their days and whether they fit, as letters and board tell them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from deployment.rules.build import CAAS, FULL, ICM, asked, at, customer, finding, ground, versions, wanted
from dplmaild.deployment.periods import Freeze
from dplmaild.deployment.process.steps import with_steps
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Agreed, Done
from dplmaild.deployment.rules.block import latest_step_day
from dplmaild.deployment.schedule import syn_step
from dplmaild.deployment.terms import UAT, DeploymentType, Fact, Severity, Version, Window

SYN = DeploymentType("syn")
LONG = timedelta(hours=4, minutes=30)
IN_PLACE = customer(syn=True)
UAT_FROZEN = customer(
    freezes=(Freeze(first=date(2026, 11, 1), last=date(2027, 12, 31), environments=("UAT",), reason="no UAT"),)
)


def test_a_step_alone_says_both_days_and_the_last_possible_one() -> None:
    on = ground()
    prd = Window(at("2026-12-03 10:00"), LONG)
    told = finding("LEAD-1", asked(wanted(FULL, "2026-12-02 10:00", on="UAT"), on, prd=prd), on)
    assert told.broken
    assert told.facts == {
        "step": "UAT",
        "day": date(2026, 12, 2),
        "last": "PRD",
        "prd_day": date(2026, 12, 3),
        "latest": date(2026, 12, 1),
        "working_days_between": 2,
    }


def test_a_synchronisation_says_both_days_and_the_last_possible_one() -> None:
    step = Agreed("DPL-2026-0002", wanted(FULL, None, on="UAT"), Window(at("2026-12-01 10:00"), LONG))
    on = replace(ground(who=IN_PLACE), agreed=(step,))
    told = finding("LEAD-1", with_steps(asked(wanted(SYN, "2026-11-30 10:00"), on), on), on)
    assert not told.broken
    assert told.facts == {
        "step": "SYN",
        "day": date(2026, 11, 30),
        "last": "UAT",
        "prd_day": date(2026, 12, 1),
        "latest": date(2026, 11, 30),
        "working_days_between": 1,
    }


@pytest.mark.parametrize(
    ("type_", "on_"),
    [pytest.param(FULL, "UAT", id="UAT without a PRD"), pytest.param(SYN, None, id="a synchronisation without a UAT")],
)
def test_what_follows_nothing_known_is_open(type_: DeploymentType, on_: str | None) -> None:
    on = ground(who=IN_PLACE)
    told = finding("LEAD-1", asked(wanted(type_, "2026-11-30 10:00", on=on_), on), on)
    assert told.passed is None
    assert told.facts == {"step": on_ or "SYN"}


NOTICE: dict[str, Fact] = {"arrived": date(2026, 11, 23), "required": 7, "recommended": 14, "count": "calendar"}


def test_the_notice_and_the_step_are_told_together() -> None:
    on = ground()
    told = finding("LEAD-1", asked(wanted(FULL, "2026-12-08 10:00"), on), on)
    assert told.passed
    assert told.facts == NOTICE | {
        "day": date(2026, 12, 8),
        "given": 15,
        "type": "full",
        "step": "UAT",
        "working_days_between": 2,
        "step_day": date(2026, 12, 3),
        "step_fits": True,
    }


def test_a_step_that_is_done_is_told_as_done() -> None:
    on = replace(ground(who=UAT_FROZEN), done=(Done(ICM, UAT, Version("11.1.0"), at("2026-11-19 10:00")),))
    told = finding("LEAD-1", asked(wanted(FULL, "2026-12-08 10:00", **versions("11.0.2", "11.1.0")), on), on)
    assert told.passed
    assert told.facts == NOTICE | {
        "day": date(2026, 12, 8),
        "given": 15,
        "type": "full",
        "step": "UAT",
        "step_done": True,
        "step_fits": True,
    }


def test_short_of_what_is_recommended_the_step_is_still_looked_for() -> None:
    told = finding("LEAD-1", asked(wanted(FULL, "2026-12-03 10:00"), ground()), ground())  # ten days: a week, not two
    assert (told.severity, told.broken) == (Severity.WARNS, True)
    assert (told.facts["step_day"], told.facts["step_fits"]) == (date(2026, 12, 1), True)


def test_short_of_what_is_recommended_a_missing_step_blocks() -> None:
    on = ground(who=UAT_FROZEN)
    told = finding("LEAD-1", asked(wanted(FULL, "2026-12-03 10:00"), on), on)
    assert (told.severity, told.broken) == (Severity.BLOCKS, True)
    assert (told.facts["step_day"], told.facts["step_fits"]) == (None, False)


def test_too_late_for_the_week_no_step_is_looked_for() -> None:
    on = ground()
    told = finding("LEAD-1", asked(wanted(FULL, "2026-11-26 10:00"), on), on)
    assert (told.severity, told.broken) == (Severity.BLOCKS, True)
    assert told.facts == NOTICE | {"day": date(2026, 11, 26), "given": 3, "type": "full"}


def test_without_a_day_nothing_is_told() -> None:
    told = finding("LEAD-1", asked(wanted(FULL), ground()), ground())
    assert (told.passed, told.facts) == (None, {})


@pytest.mark.parametrize(
    ("at_most", "expected"),
    [
        pytest.param(5, date(2026, 12, 4), id="Friday is the fifth day before"),
        pytest.param(4, None, id="and not among the four before"),
    ],
)
def test_no_step_lies_further_away_than_the_profile_lets_it(at_most: int, expected: date | None) -> None:
    # Wednesday 9 December 2026: three working days of everybody before it are Tuesday, Monday, Friday.
    assert latest_step_day(date(2026, 12, 9), ground(), 3, at_most) == expected


def test_a_proposed_synchronisation_takes_what_its_block_says() -> None:
    written = CAAS.model_dump()
    written["block"]["syn"] = {"duration": timedelta(hours=3)}
    on = ground(Profile.model_validate(written), IN_PLACE)
    one = asked(wanted(FULL, "2026-12-03 10:00"), on)
    syn = syn_step(one, on, Window(at("2026-12-01 10:00"), LONG))
    assert syn == Window(at("2026-11-30 10:00"), timedelta(hours=3))
