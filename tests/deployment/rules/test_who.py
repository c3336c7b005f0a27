"""WHO: whose business a deployment is; what is not ours is judged no further."""

from typing import Any

import pytest

from deployment.rules.build import (
    CAAS,
    CODE,
    FULL,
    HOTFIX,
    ICM,
    IOM,
    PROD,
    PWA,
    asked,
    blocking,
    broken,
    customer,
    finding,
    ground,
    wanted,
)
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Standing, judge, standing
from dplmaild.deployment.terms import DeploymentType, Management, Phase, Product

OURS, PARTNER, NOT_OURS, NOTHING = (
    Standing.OURS,
    Standing.PARTNER_PERFORMS,
    Standing.NOT_OURS,
    Standing.NO_PROCEDURE,
)


@pytest.mark.parametrize(
    ("type_", "product", "where", "expected"),
    [
        pytest.param(FULL, ICM, "PRD", OURS, id="full ICM on PRD"),
        pytest.param(CODE, PWA, "PRD", OURS, id="PWA on PRD"),
        pytest.param(FULL, ICM, "UAT", OURS, id="full ICM on UAT, a step of the block"),
        pytest.param(CODE, ICM, "UAT", PARTNER, id="code on UAT"),
        pytest.param(HOTFIX, ICM, "UAT", PARTNER, id="hotfix on UAT"),
        pytest.param(FULL, IOM, "UAT", PARTNER, id="IOM on UAT"),
        pytest.param(FULL, PWA, "UAT", PARTNER, id="PWA called full on UAT is code"),
        pytest.param(FULL, ICM, "INT", PARTNER, id="INT"),
        pytest.param(FULL, ICM, "DEV", PARTNER, id="an environment without a cell is as INT"),
        pytest.param(None, None, "INT", PARTNER, id="INT, whatever it will be: nothing to ask"),
        pytest.param(None, ICM, "UAT", OURS, id="UAT without a type: it could be ours, so it is asked"),
        pytest.param(FULL, ICM, None, OURS, id="no environment named: PRD"),
    ],
)
def test_the_matrix(
    type_: DeploymentType | None, product: Product | None, where: str | None, expected: Standing
) -> None:
    on = ground()
    assert standing(asked(wanted(type_, product=product, on=where), on), on) is expected


@pytest.mark.parametrize(
    ("profile", "changed", "where", "expected"),
    [
        pytest.param(CAAS, {"phase": Phase.SETUP}, "PRD", PARTNER, id="PRD before go-live"),
        pytest.param(CAAS, {"phase": Phase.SETUP}, "INT", PARTNER, id="INT before go-live"),
        pytest.param(CAAS, {"management": Management.PARTNER}, "PRD", NOT_OURS, id="managed by the partner alone"),
        pytest.param(CAAS, {"management": Management.DELEGATED}, "PRD", OURS, id="delegated to us"),
        pytest.param(CAAS, {"productive": ("PRD", "UAT")}, "UAT", OURS, id="a productive UAT is as PRD"),
        pytest.param(CAAS, {"productive": ("PRD", "TEST")}, "test", OURS, id="a productive TEST is as PRD"),
        pytest.param(PROD, {}, "TEST", NOTHING, id="a TEST without production data needs no procedure"),
        pytest.param(PROD, {"productive": ("PRD", "TEST")}, "TEST", OURS, id="a TEST with production data needs one"),
        pytest.param(PROD, {}, None, OURS, id="no environment named in prod: PRD"),
        pytest.param(PROD, {"management": Management.PARTNER}, "TEST", NOT_OURS, id="not ours goes before all"),
        pytest.param(PROD, {"phase": Phase.SETUP}, "PRD", OURS, id="prod knows no setup phase"),
    ],
)
def test_the_directory_decides(
    profile: Profile, changed: dict[str, Any], where: str | None, expected: Standing
) -> None:
    on = ground(profile, customer(**changed))
    assert standing(asked(wanted(CODE, on=where), on), on) is expected


def test_what_is_not_ours_is_judged_no_further() -> None:
    on = ground()
    saturday_night = asked(wanted(CODE, "2026-11-28 23:00", on="INT"), on)
    assert broken(saturday_night, on) == ["WHO-1"]
    assert blocking(saturday_night, on) == []
    others = [f for f in judge(saturday_night, on) if not f.rule.startswith("WHO")]
    assert {(f.applies, f.passed) for f in others} == {(False, None)}
    assert finding("WHO-1", saturday_night, on).facts["performer"] == "partner"


def test_a_productive_environment_is_said() -> None:
    on = ground(who=customer(productive=("PRD", "UAT")))
    facts = finding("WHO-5", asked(wanted(CODE, "2026-12-01 10:00", on="UAT"), on), on).facts
    assert (facts["environment"], facts["treated_as"]) == ("UAT", "PRD")


def test_a_productive_uat_is_no_step_of_a_block() -> None:
    on = ground(who=customer(productive=("PRD", "UAT")))
    one = asked(wanted(FULL, "2026-12-08 10:00"), on)
    assert "step" not in finding("LEAD-1", one, on).facts
    assert not finding("PRE-3", one, on).applies
    assert not one.effective.with_uat


def test_the_matrix_says_that_it_is_to_be_confirmed() -> None:
    on = ground()
    assert finding("WHO-1", asked(wanted(CODE), on), on).facts["matrix_confirmed"] is False


def test_setup_phase_and_open_performer_are_said() -> None:
    setup = ground(who=customer(phase=Phase.SETUP))
    assert broken(asked(wanted(CODE, "2026-12-01 10:00"), setup), setup) == ["WHO-2"]  # the matrix gives PRD to OPS
    live = ground()
    open_ = finding("WHO-1", asked(wanted(None, product=ICM, on="UAT"), live), live)
    assert (open_.applies, open_.passed) == (True, None)
