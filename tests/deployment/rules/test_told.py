"""What each rule tells, whole: the facts from which letters, board, command line and log are worded."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from deployment.rules.build import (
    BROKEN,
    CAAS,
    CODE,
    FULL,
    HOTFIX,
    ICM,
    IOM,
    KEPT,
    NOT_CONCERNED,
    OPEN,
    PROD,
    PWA,
    asked,
    at,
    customer,
    finding,
    ground,
    told,
    versions,
    wanted,
)
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Done
from dplmaild.deployment.terms import INT, UAT, Management, Options, Phase, Severity, Version

TUESDAY, NINETEENTH = "2026-12-01 10:00", at("2026-11-19 10:00")
INSTRUCTED: dict[str, Any] = {"instructed": True}
STARTING: dict[str, Any] = {"starting": True}


@pytest.mark.parametrize(
    ("product", "type_", "verdict", "facts"),
    [
        (ICM, FULL, NOT_CONCERNED, {"product": "ICM"}),
        (PWA, CODE, KEPT, {"product": "PWA", "requested": "code", "effective": "code"}),
        (PWA, FULL, BROKEN, {"product": "PWA", "requested": "full", "effective": "code"}),
        (IOM, None, KEPT, {"product": "IOM", "requested": None, "effective": "full"}),
    ],
)
def test_type_1(product: Any, type_: Any, verdict: object, facts: dict[str, Any]) -> None:
    on = ground()
    assert told("TYPE-1", asked(wanted(type_, TUESDAY, product=product), on), on) == (*verdict, facts)  # type: ignore[misc]


def test_type_1_without_a_product() -> None:
    on = ground()  # three products: none is the only one
    assert told("TYPE-1", asked(wanted(FULL, TUESDAY, product=None), on), on) == (*NOT_CONCERNED, {"product": None})


@pytest.mark.parametrize(
    ("said", "verdict", "facts"),
    [
        (None, OPEN, {}),
        (False, KEPT, {"type": "code", "db_migrate": False}),
        (True, BROKEN, {"type": "code", "db_migrate": True}),
    ],
)
def test_type_2(said: bool | None, verdict: object, facts: dict[str, Any]) -> None:
    on = ground()
    one = asked(wanted(CODE, TUESDAY, options=Options(db_migrate=said)), on)
    assert told("TYPE-2", one, on) == (*verdict, facts)  # type: ignore[misc]


BOTH = {"current": "11.0.2", "target": "11.1.0"}


@pytest.mark.parametrize("rule", ["TYPE-3", "TYPE-5"])
@pytest.mark.parametrize(("current", "target"), [(None, None), ("11.0.2", None), (None, "11.1.0")])
def test_one_version_is_told_while_the_other_is_missing(rule: str, current: str | None, target: str | None) -> None:
    on = ground()
    one = asked(wanted(HOTFIX, TUESDAY, **versions(current, target)), on)
    assert told(rule, one, on) == (*OPEN, {"current": current, "target": target})


@pytest.mark.parametrize(
    ("current", "target", "third", "rises", "weight"),
    [
        pytest.param("11.0.2", "11.0.3", True, True, Severity.BLOCKS, id="the third position rises"),
        pytest.param("11.0.2", "11.1.2", False, True, Severity.BLOCKS, id="the second position"),
        pytest.param("11.0.3", "11.0.2", True, False, Severity.BLOCKS, id="falls"),
        pytest.param("11.0.2", "11.0.2", True, False, Severity.INFORMS, id="the same"),
    ],
)
def test_type_3_and_5(current: str, target: str, third: bool, rises: bool, weight: Severity) -> None:
    on = ground()
    one = asked(wanted(HOTFIX, TUESDAY, **versions(current, target)), on)
    both = {"current": current, "target": target}
    assert told("TYPE-3", one, on) == (True, third, both)
    assert told("TYPE-5", one, on) == (True, rises, both | {"same_version": current == target})
    assert finding("TYPE-5", one, on).severity is weight


def test_type_4() -> None:
    on = ground()
    assert told("TYPE-4", asked(wanted(FULL, TUESDAY), on), on) == (*KEPT, {"downtime": True})
    assert told("TYPE-4", asked(wanted(CODE, TUESDAY), on), on) == (*KEPT, {"downtime": False})


def on_record(version: str, *where: Any) -> tuple[Done, ...]:
    return tuple(Done(ICM, each, Version(version), NINETEENTH) for each in where)


@pytest.mark.parametrize(("rule", "type_"), [("PRE-1", HOTFIX), ("PRE-2", CODE)])
@pytest.mark.parametrize(
    ("target", "recorded", "stated", "facts"),
    [
        ("11.0.3", (INT, UAT), (), {"on_record": ("INT", "UAT"), "stated": (), "missing": ()}),
        ("11.0.3", (INT,), (UAT,), {"on_record": ("INT",), "stated": ("UAT",), "missing": ()}),
        ("11.0.3", (), (INT,), {"on_record": (), "stated": ("INT",), "missing": ("UAT",)}),
        (None, (INT, UAT), (), {"on_record": (), "stated": (), "missing": ("INT", "UAT")}),
    ],
)
def test_pre_1_and_2(
    rule: str, type_: Any, target: str | None, recorded: Any, stated: Any, facts: dict[str, Any]
) -> None:
    on = replace(ground(), done=on_record("11.0.3", *recorded))
    said = wanted(type_, TUESDAY, on="PRD", tested_on=stated, **versions("11.0.2", target))
    for phase in (INSTRUCTED, STARTING):
        kept = not facts["missing"]
        assert told(rule, asked(said, on, **phase), on) == (True, kept, {"version": target, **facts})
    assert told(rule, asked(said, on), on) == (*OPEN, {})


@pytest.mark.parametrize(
    ("target", "kept"), [("11.1.0", True), ("11.2.0", False), (None, False)], ids=["done", "another", "not said"]
)
def test_pre_3(target: str | None, kept: bool) -> None:
    on = replace(ground(), done=on_record("11.1.0", UAT))
    said = wanted(FULL, "2026-12-08 10:00", on="PRD", **versions("11.0.2", target))
    assert told("PRE-3", asked(said, on), on) == (*OPEN, {"step": "UAT"})
    assert told("PRE-3", asked(said, on, **INSTRUCTED), on) == (True, kept, {"step": "UAT", "version": target})


def test_pre_3_where_a_block_has_other_products() -> None:
    written = CAAS.model_dump()
    written["block"]["scope"]["products"] = ["PWA"]
    on = ground(Profile.model_validate(written))
    one = asked(wanted(FULL, "2026-12-08 10:00", on="PRD"), on, **INSTRUCTED)
    assert told("PRE-3", one, on) == (*NOT_CONCERNED, {"place": None})


@pytest.mark.parametrize(
    ("minutes", "longer"), [(29, False), (30, False), (31, True)], ids=["below", "the limit itself", "above"]
)
def test_test_1(minutes: int, longer: bool) -> None:
    on = ground()
    said = wanted(CODE, TUESDAY, test_window=timedelta(minutes=minutes))
    facts = {"tests": timedelta(minutes=max(30, minutes)), "limit": timedelta(minutes=30), "longer": longer}
    agreed = asked(said, on)
    assert told("TEST-1", agreed, on) == (*KEPT, facts)
    short = replace(agreed, window=replace(agreed.window, length=timedelta(hours=1)))  # type: ignore[type-var]
    assert told("TEST-1", short, on) == (True, not longer, facts)


def test_test_2() -> None:
    on = ground()
    said = wanted(CODE, TUESDAY, attendants=("Ann",))
    assert told("TEST-2", asked(said, on), on) == (*OPEN, {})
    assert told("TEST-2", asked(said, on, **STARTING), on) == (*KEPT, {"named": ("Ann",), "in_directory": ()})
    nobody = {"named": (), "in_directory": ()}
    assert told("TEST-2", asked(wanted(CODE, TUESDAY), on, **INSTRUCTED), on) == (*BROKEN, nobody)


def test_who_1() -> None:
    on = ground()
    facts = {"environment": "PRD", "performer": "ops", "matrix_confirmed": False}
    assert told("WHO-1", asked(wanted(CODE, TUESDAY, on="PRD"), on), on) == (*KEPT, facts)
    partners = facts | {"environment": "INT", "performer": "partner"}
    assert told("WHO-1", asked(wanted(CODE, TUESDAY, on="INT"), on), on) == (*BROKEN, partners)
    assert told("WHO-1", asked(wanted(None, TUESDAY, on="UAT"), on), on) == (*OPEN, {"environment": "UAT"})


def test_who_2() -> None:
    live, setup = ground(), ground(who=customer(phase=Phase.SETUP))
    one = wanted(CODE, TUESDAY, on="PRD")
    assert told("WHO-2", asked(one, live), live) == (*NOT_CONCERNED, {"phase": "live"})
    assert told("WHO-2", asked(one, setup), setup) == (*BROKEN, {"phase": "setup", "performer": "partner"})


@pytest.mark.parametrize("management", list(Management))
def test_who_3(management: Management) -> None:
    on = ground(who=customer(management=management))
    facts = {"management": management.value}
    kept = management is not Management.PARTNER
    assert told("WHO-3", asked(wanted(CODE, TUESDAY, on="PRD"), on), on) == (True, kept, facts)


def test_who_4() -> None:
    on = ground(PROD, customer(productive=("PRD", "SHOP")))
    for where, kept in (("SHOP", True), ("UAT", False)):
        facts = {"environment": where, "productive": ("PRD", "SHOP")}
        assert told("WHO-4", asked(wanted(None, TUESDAY, on=where), on), on) == (True, kept, facts)


def test_who_5() -> None:
    on = ground(who=customer(productive=("PRD", "SHOP")))
    assert told("WHO-5", asked(wanted(CODE, TUESDAY, on="PRD"), on), on) == (*NOT_CONCERNED, {"environment": "PRD"})
    facts = {"environment": "SHOP", "treated_as": "PRD"}
    assert told("WHO-5", asked(wanted(CODE, TUESDAY, on="SHOP"), on), on) == (*KEPT, facts)


def test_a_rule_that_the_profile_does_not_keep_for_it_says_nothing() -> None:
    on = ground()
    found = finding("TYPE-3", asked(wanted(FULL, TUESDAY), on), on)
    assert (found.applies, found.passed, found.severity, found.facts) == (False, None, Severity.BLOCKS, {})
