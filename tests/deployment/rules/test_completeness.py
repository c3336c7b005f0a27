"""SCHED, INST-1, INST-2: the whole list of what is missing, at once and always in the same order."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from deployment.rules.build import CAAS, CODE, FULL, HOTFIX, ICM, IOM, PROD, PWA, customer, versions, wanted
from dplmaild.deployment.completeness import missing_for_instructions, missing_for_schedule
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.terms import Component, Deployment, Field, Options, Side

START = "2026-12-08 10:00"
SWITCHES = [Field.DEPLOY_APP_TIER, Field.DEPLOY_WEB_TIER, Field.INVALIDATE_PAGE_CACHE, Field.DB_MIGRATE]
ALL_NO = Options(deploy_app_tier=False, deploy_web_tier=False, invalidate_page_cache=False, db_migrate=False)


def _whole(**changed: Any) -> Deployment:
    """ICM instructions in which nothing is missing, but for what is said."""
    said: dict[str, Any] = {
        "options": ALL_NO,
        "release_notes": "see attachment",
        "mailing_list": ("a@example.org",),
        **versions("11.0.1", "11.0.2"),
    }
    return replace(wanted(CODE, START), **{**said, **changed})


@pytest.mark.parametrize(
    ("profile", "said", "expected"),
    [
        pytest.param(CAAS, wanted(FULL, START, special_activities="none"), [], id="none is an answer"),
        pytest.param(CAAS, wanted(FULL, START), [Field.SPECIAL_ACTIVITIES], id="special activities never said"),
        pytest.param(CAAS, wanted(FULL, START, special_activities=" "), [Field.SPECIAL_ACTIVITIES], id="blanks"),
        pytest.param(
            CAAS,
            wanted(None, product=None),
            [Field.TYPE, Field.PRODUCT, Field.WHEN, Field.SPECIAL_ACTIVITIES],
            id="nothing said at all",
        ),
        pytest.param(CAAS, wanted(None, START, product=PWA, special_activities="none"), [], id="PWA settles its type"),
        pytest.param(PROD, wanted(None, START, product=None), [], id="prod wants a date only"),
        pytest.param(PROD, wanted(FULL, product=None), [Field.WHEN], id="prod without a date"),
    ],
)
def test_requests(profile: Profile, said: Deployment, expected: list[Field]) -> None:
    assert list(missing_for_schedule(said, customer(), profile)) == expected


def test_the_only_product_need_not_be_named() -> None:
    said = wanted(FULL, START, product=None, special_activities="none")
    assert missing_for_schedule(said, customer(products=(ICM,)), CAAS) == ()
    assert missing_for_schedule(said, customer(products=(ICM, IOM)), CAAS) == (Field.PRODUCT,)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(_whole(), [], id="everything said, four times no"),
        pytest.param(_whole(options=Options()), SWITCHES, id="no switch of ICM"),
        pytest.param(_whole(product=PWA, options=Options()), [], id="PWA has none"),
        pytest.param(_whole(product=IOM, options=Options()), [], id="nor has IOM"),
        pytest.param(
            _whole(type=FULL, options=replace(ALL_NO, db_migrate=True)),
            [Field.CARTRIDGES],
            id="DBMigrate of what?",
        ),
        pytest.param(
            _whole(type=FULL, options=replace(ALL_NO, db_migrate=True, cartridges=("app_x",))), [], id="with cartridges"
        ),
        pytest.param(_whole(type=HOTFIX), [Field.DESCRIPTION], id="a hotfix describes its changes"),
        pytest.param(_whole(type=HOTFIX, description="fixes the basket"), [], id="and does so"),
        pytest.param(_whole(mailing_list=()), [Field.MAILING_LIST], id="nobody to inform"),
        pytest.param(
            _whole(current_version=None, release_notes="\n"),
            [Field.CURRENT_VERSION, Field.RELEASE_NOTES],
            id="two at once, in order",
        ),
    ],
)
def test_instructions_in_caas(said: Deployment, expected: list[Field]) -> None:
    assert list(missing_for_instructions(said, customer(), CAAS)) == expected


PREPARED = {"restarts": "consoles", "duration": timedelta(minutes=15), "rollback": "guide 7"}
ASKED_FOR = {"tickets": ("ES-1",), "components": (Component("addon-x", "3.2.11"),), "validated": "on TEST with you"}


@pytest.mark.parametrize(
    ("said", "customers", "ours"),
    [
        pytest.param({}, [Field.TICKETS, Field.COMPONENTS, Field.VALIDATED], list(PREPARED), id="nothing said"),
        pytest.param(ASKED_FOR, [], [*PREPARED, "artifact"], id="the customer's lines are there"),
        pytest.param({**ASKED_FOR, **PREPARED}, [], ["artifact"], id="changed code needs its artifact"),
        pytest.param({**ASKED_FOR, **PREPARED, "artifact": "addon-x-3.2.11.jar"}, [], [], id="all there"),
        pytest.param(
            {**ASKED_FOR, **PREPARED, "components": (Component("settings"),)}, [], [], id="no version, no changed code"
        ),
    ],
)
def test_instructions_in_prod(said: dict[str, Any], customers: list[Field], ours: list[str]) -> None:
    deployment = wanted(None, START, product=None, **said)
    owed = {side: missing_for_instructions(deployment, customer(), PROD, owed_by=side) for side in Side}
    assert list(owed[Side.CUSTOMER]) == customers
    assert owed[Side.PARTNER] == owed[Side.CUSTOMER]
    assert [field.value for field in owed[Side.OPS]] == ours
    assert set(missing_for_instructions(deployment, customer(), PROD)) == {*owed[Side.CUSTOMER], *owed[Side.OPS]}


def test_every_field_can_be_asked_for() -> None:
    everything = Profile.model_validate(
        {**CAAS.model_dump(), "instruction_fields": [{"field": field} for field in Field]}
    )
    missing = missing_for_instructions(Deployment(), customer(), everything)
    assert set(missing) == set(Field)
