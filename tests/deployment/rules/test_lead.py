"""LEAD: notice is counted in calendar dates of OPS's zone, from the arrival to the deployment day."""

from dataclasses import replace

import pytest

from deployment.rules.build import (
    CODE,
    FULL,
    HOTFIX,
    IOM,
    PROD,
    asked,
    at,
    blocking,
    broken,
    finding,
    ground,
    raw,
    wanted,
)
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.terms import INT, UAT, DeploymentType, Severity

WORKING = {"at_least": 3, "count": "working"}
HOURS = {"at_least": 24, "count": "hours"}


@pytest.mark.parametrize(
    ("type_", "start", "arrived", "expected"),
    [
        pytest.param(FULL, "2026-12-08 10:00", "2026-11-24 09:00", [], id="full, fourteen days ahead"),
        pytest.param(FULL, "2026-12-01 10:00", "2026-11-24 16:59", [], id="full, seven days ahead to the day"),
        pytest.param(FULL, "2026-12-01 10:00", "2026-11-24 23:59", [], id="full, seven days, just before midnight"),
        pytest.param(FULL, "2026-12-01 10:00", "2026-11-25 00:00", ["LEAD-1"], id="full, at midnight it is six"),
        pytest.param(FULL, "2026-12-01 10:00", "2026-11-25 09:00", ["LEAD-1"], id="full, six days ahead"),
        pytest.param(FULL, "2026-11-30 09:00", "2026-12-01 09:00", ["LEAD-1", "LEAD-4"], id="full, yesterday"),
        pytest.param(CODE, "2026-11-26 10:00", "2026-11-23 16:00", [], id="code, three days ahead"),
        pytest.param(CODE, "2026-11-26 10:00", "2026-11-24 06:00", ["LEAD-2"], id="code, two days ahead"),
        pytest.param(CODE, "2026-11-30 10:00", "2026-11-27 20:00", [], id="code, Friday evening for Monday is three"),
        pytest.param(CODE, "2026-12-01 10:00", "2026-11-30 09:00", ["LEAD-2"], id="code, the next day"),
        pytest.param(HOTFIX, "2026-11-23 11:00", "2026-11-23 09:00", [], id="hotfix, two hours later"),
        pytest.param(HOTFIX, "2026-11-23 10:00", "2026-11-23 09:00", [], id="hotfix, one hour later to the minute"),
        pytest.param(HOTFIX, "2026-11-23 10:00", "2026-11-23 09:01", ["LEAD-4"], id="hotfix, 59 minutes later"),
        pytest.param(HOTFIX, "2026-11-24 10:00", "2026-11-23 20:00", [], id="hotfix, the next day"),
        pytest.param(HOTFIX, "2026-12-15 10:00", "2026-11-23 20:00", [], id="hotfix, weeks later is possible as well"),
        pytest.param(HOTFIX, "2026-11-20 10:00", "2026-11-23 09:00", ["LEAD-3", "LEAD-4"], id="hotfix, last Friday"),
    ],
)
def test_notice(type_: DeploymentType, start: str, arrived: str, expected: list[str]) -> None:
    on = ground()
    assert blocking(asked(wanted(type_, start), on, arrived), on) == expected


def test_an_arrival_late_in_utc_is_already_the_next_day_for_ops() -> None:
    on = ground()
    late = asked(wanted(CODE, "2026-11-26 10:00"), on, "2026-11-24 00:30")  # 23:30 UTC on the 23rd
    facts = finding("LEAD-2", late, on).facts
    assert (facts["arrived"], facts["given"], facts["required"]) == (at("2026-11-24").date(), 2, 3)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param("2026-12-07 10:00", [], id="fourteen days: as recommended"),
        pytest.param("2026-12-03 10:00", ["LEAD-1"], id="ten days: enough, and warned about"),
    ],
)
def test_less_than_recommended_warns(start: str, expected: list[str]) -> None:
    on = ground()
    assert broken(asked(wanted(FULL, start), on), on, Severity.WARNS) == expected


def test_iom_needs_the_week_of_full_but_no_uat_step() -> None:
    on = ground()
    facts = finding("LEAD-1", asked(wanted(CODE, "2026-12-08 10:00", product=IOM), on), on).facts
    assert facts["given"] == 15
    assert "step" not in facts


def test_a_start_that_has_passed_meanwhile_lies_no_longer_ahead() -> None:
    on = ground()
    waited = asked(wanted(HOTFIX, "2026-11-24 10:00"), on, now=at("2026-11-24 10:00"))
    assert blocking(waited, on) == ["LEAD-4"]


def test_at_the_start_itself_it_need_not_lie_ahead() -> None:
    on = ground()
    begins = asked(wanted(CODE, "2026-11-26 10:00", tested_on=(INT, UAT)), on, now=at("2026-11-26 10:05"))
    assert blocking(replace(begins, starting=True), on) == []


@pytest.mark.parametrize(
    ("lead", "start", "arrived", "given"),
    [
        pytest.param(WORKING, "2026-12-01 10:00", "2026-11-27 09:00", 2, id="weekend"),
        pytest.param(WORKING, "2027-03-31 10:00", "2027-03-25 09:00", 2, id="Easter"),
        pytest.param(HOURS, "2026-11-26 10:00", "2026-11-25 10:01", 23, id="hours"),
        pytest.param(HOURS, "2027-03-29 10:00", "2027-03-27 10:00", 47, id="DST"),
    ],
)
def test_other_ways_to_count(lead: dict[str, object], start: str, arrived: str, given: int) -> None:
    source = raw("caas")
    source["types"]["code"]["lead"] = lead
    on = ground(Profile.model_validate(source))
    assert finding("LEAD-2", asked(wanted(CODE, start), on, arrived), on).facts["given"] == given


def test_prod_knows_no_lead_time_but_the_hour() -> None:
    on = ground(PROD)
    assert blocking(asked(wanted(None, "2026-11-23 10:00"), on, "2026-11-23 09:00"), on) == []
    assert blocking(asked(wanted(None, "2026-11-23 10:00"), on, "2026-11-23 09:30"), on) == ["LEAD-4"]
