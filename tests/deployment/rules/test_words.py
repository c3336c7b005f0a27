"""TYPE, PRE and TEST: what was said, and what only instructions can show."""

from dataclasses import replace
from datetime import timedelta
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
    at,
    blocking,
    broken,
    customer,
    finding,
    ground,
    versions,
    wanted,
)
from dplmaild.deployment.customer import Contact
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Done, Ground, decision, effective, judge, needs_approval
from dplmaild.deployment.terms import (
    INT,
    UAT,
    Component,
    DeploymentType,
    Environment,
    Options,
    Product,
    Role,
    Severity,
    Version,
    Window,
)

START = "2026-12-08 10:00"


@pytest.mark.parametrize(
    ("requested", "product", "expected"),
    [
        pytest.param(FULL, PWA, CODE, id="PWA called full is code"),
        pytest.param(None, PWA, CODE, id="PWA without a type is code"),
        pytest.param(HOTFIX, PWA, HOTFIX, id="PWA hotfix stays one"),
        pytest.param(CODE, IOM, FULL, id="IOM called code is full"),
        pytest.param(HOTFIX, IOM, HOTFIX, id="IOM hotfix stays one"),
        pytest.param(CODE, ICM, CODE, id="ICM as requested"),
        pytest.param(None, ICM, None, id="ICM without a type is asked"),
    ],
)
def test_the_product_settles_the_type(
    requested: DeploymentType | None, product: Product, expected: DeploymentType | None
) -> None:
    what = effective(wanted(requested, product=product), customer(), CAAS)
    assert what.type is expected


def test_a_corrected_type_is_said_and_not_asked() -> None:
    on = ground()
    one = asked(wanted(FULL, START, product=PWA), on)
    assert broken(one, on) == ["TYPE-1"]
    facts = finding("TYPE-1", one, on).facts
    assert (facts["requested"], facts["effective"]) == ("full", "code")


@pytest.mark.parametrize(
    ("type_", "product", "db_migrate", "expected"),
    [
        pytest.param(CODE, ICM, True, ["TYPE-2"], id="code with DBMigrate"),
        pytest.param(HOTFIX, ICM, True, ["TYPE-2"], id="hotfix with DBMigrate"),
        pytest.param(FULL, PWA, True, ["TYPE-2"], id="PWA called full with DBMigrate"),
        pytest.param(FULL, ICM, True, [], id="full with DBMigrate"),
        pytest.param(CODE, ICM, False, [], id="code without"),
        pytest.param(CODE, ICM, None, [], id="code, never said"),
    ],
)
def test_the_database_stays_untouched(
    type_: DeploymentType, product: Product, db_migrate: bool | None, expected: list[str]
) -> None:
    on = ground()
    one = asked(wanted(type_, START, product=product, options=Options(db_migrate=db_migrate)), on)
    assert blocking(one, on) == expected


@pytest.mark.parametrize(
    ("type_", "current", "target", "blocks", "informs"),
    [
        pytest.param(HOTFIX, "11.0.1", "11.0.2", [], [], id="third position"),
        pytest.param(HOTFIX, "11.0", "11.0.1", [], [], id="a third position that was not written"),
        pytest.param(HOTFIX, "11.0.1", "11.0.2-hotfix1", [], [], id="the suffix says nothing"),
        pytest.param(HOTFIX, "11.0.1", "11.1.0", ["TYPE-3"], [], id="second position"),
        pytest.param(HOTFIX, "11.0.1", "12.0.1", ["TYPE-3"], [], id="first position"),
        pytest.param(HOTFIX, "11.0.1.3", "11.0.1.4", ["TYPE-3"], [], id="fourth position"),
        pytest.param(HOTFIX, "11.0.2", "11.0.1", ["TYPE-5"], [], id="hotfix going down"),
        pytest.param(HOTFIX, "11.0.1", "11.0.1", [], ["TYPE-5"], id="the same hotfix again is said back"),
        pytest.param(HOTFIX, "11.0.1", None, [], [], id="hotfix to an unknown version"),
        pytest.param(CODE, "11.0.9", "11.0.10", [], [], id="ten is more than nine"),
        pytest.param(CODE, "11.0.10", "11.0.9", ["TYPE-5"], [], id="nine is less than ten"),
        pytest.param(CODE, "11.0", "11.0.0", [], ["TYPE-5"], id="11.0 is 11.0.0"),
        pytest.param(CODE, "11.0.0", "11.0", [], ["TYPE-5"], id="11.0.0 is 11.0"),
        pytest.param(CODE, "11.0.1", "11.0", ["TYPE-5"], [], id="11.0 lies below 11.0.1"),
        pytest.param(CODE, "11.0", "11.0.0.1", [], [], id="11.0.0.1 lies above 11.0"),
        pytest.param(CODE, "11", "12", [], [], id="whole numbers"),
        pytest.param(HOTFIX, "11.0", "11.0.1", [], [], id="a third position that was not there"),
        pytest.param(HOTFIX, "11.0.1", "11.0.2.1", ["TYPE-3"], [], id="third and fourth position"),
        pytest.param(HOTFIX, "11", "12", ["TYPE-3"], [], id="a hotfix of whole numbers"),
        pytest.param(CODE, "11.0.1", "12.3", [], [], id="code may change any position"),
    ],
)
def test_versions(
    type_: DeploymentType, current: str, target: str | None, blocks: list[str], informs: list[str]
) -> None:
    on = ground()
    one = asked(wanted(type_, START, **versions(current, target)), on)
    assert (blocking(one, on), broken(one, on, Severity.INFORMS)) == (blocks, informs)


@pytest.mark.parametrize(("type_", "downtime"), [(FULL, True), (CODE, False), (HOTFIX, False)])
def test_downtime_is_told(type_: DeploymentType, downtime: bool) -> None:
    on = ground()
    assert finding("TYPE-4", asked(wanted(type_, START), on), on).facts["downtime"] is downtime


def _done(where: str, version: str = "11.0.2", product: Product = ICM) -> Done:
    return Done(product, Environment(where), Version(version), at("2026-11-20 10:00"))


@pytest.mark.parametrize(
    ("type_", "done", "stated", "expected"),
    [
        pytest.param(HOTFIX, (_done("INT"), _done("UAT")), (), [], id="hotfix, both on record"),
        pytest.param(HOTFIX, (), (INT, UAT), [], id="hotfix, both stated"),
        pytest.param(HOTFIX, (_done("INT"),), (UAT,), [], id="hotfix, one of each"),
        pytest.param(HOTFIX, (), (UAT,), ["PRE-1"], id="hotfix, INT never mentioned"),
        pytest.param(HOTFIX, (_done("INT", "11.0.1"), _done("UAT")), (), ["PRE-1"], id="hotfix, other version on INT"),
        pytest.param(HOTFIX, (_done("INT", product=IOM), _done("UAT")), (), ["PRE-1"], id="hotfix, other product"),
        pytest.param(CODE, (), (), ["PRE-2"], id="code, nothing shown"),
        pytest.param(CODE, (), (INT, UAT), [], id="code, stated"),
        pytest.param(FULL, (_done("UAT"),), (), [], id="full, UAT on record"),
        pytest.param(FULL, (_done("UAT", "v11.0.2"),), (), [], id="full, the same tag with a v"),
        pytest.param(FULL, (_done("UAT", "11.0.2-rc1"),), (), ["PRE-3"], id="full, another tag"),
        pytest.param(FULL, (), (UAT,), ["PRE-3"], id="full, a statement is not our record"),
    ],
)
def test_what_ran_before(
    type_: DeploymentType, done: tuple[Done, ...], stated: tuple[Environment, ...], expected: list[str]
) -> None:
    on = _with_record(done)
    said = wanted(type_, START, tested_on=stated, mailing_list=("a@example.org",), **versions("11.0.1", "11.0.2"))
    asking = asked(said, on)
    instructed, starting = asked(said, on, instructed=True), asked(said, on, instructed=True, starting=True)
    pre = [rule for rule in broken(asking, on) if rule.startswith("PRE")]
    assert pre == []  # a request is not bothered with it
    assert [r for r in broken(instructed, on, Severity.WARNS) if r.startswith("PRE")] == expected
    assert blocking(instructed, on) == []
    assert blocking(starting, on) == expected


def _with_record(done: tuple[Done, ...]) -> Ground:
    return replace(ground(), done=done)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({}, ["PRE-4", "PRE-5"], id="nothing shown, no code changed"),
        pytest.param(
            {"components": (Component("addon-x", "3.2.11"),)}, ["PRE-4", "PRE-5", "PRE-6"], id="a component changed"
        ),
        pytest.param({"validated": "on TEST with the customer", "rollback": "guide 7"}, [], id="both shown"),
        pytest.param({"validated": "  ", "rollback": "guide 7"}, ["PRE-4"], id="blanks show nothing"),
    ],
)
def test_what_prod_wants_prepared(said: dict[str, Any], expected: list[str]) -> None:
    on = ground(PROD)
    assert blocking(asked(wanted(None, "2026-12-01 10:00", **said), on, starting=True), on) == expected
    assert blocking(asked(wanted(None, "2026-12-01 10:00", **said), on, instructed=True), on) == []


@pytest.mark.parametrize(
    ("people", "named", "expected"),
    [
        pytest.param((), (), ["TEST-2"], id="nobody is named"),
        pytest.param((), ("Ann",), [], id="named in the instructions"),
        pytest.param((Contact(address="ann@example.org", role=Role.ATTENDANT),), (), [], id="known in the directory"),
        pytest.param((Contact(address="bob@example.org"),), (), ["TEST-2"], id="another contact is no attendant"),
    ],
)
def test_an_attendant(people: tuple[Contact, ...], named: tuple[str, ...], expected: list[str]) -> None:
    on = ground(who=customer(contacts=people))
    said = wanted(CODE, START, attendants=named, tested_on=(INT, UAT))
    assert broken(asked(said, on, instructed=True), on, Severity.WARNS) == expected
    assert broken(asked(said, on), on) == []


@pytest.mark.parametrize(
    ("booked", "tests", "expected"),
    [
        pytest.param(150, 30, None, id="half an hour"),
        pytest.param(180, 60, None, id="an hour that was agreed"),
        pytest.param(150, 60, "warned", id="an hour that was not"),
        pytest.param(180, 90, "warned", id="longer than agreed"),
    ],
)
def test_longer_tests_are_agreed_when_scheduling(booked: int, tests: int, expected: str | None) -> None:
    on = ground()
    said = wanted(CODE, START, test_window=timedelta(minutes=tests))
    slot = Window(at(START), timedelta(minutes=booked))
    assert finding("TEST-1", asked(said, on, instructed=True, window=slot), on).broken is (expected is not None)


@pytest.mark.parametrize(
    ("profile", "type_", "own", "expected"),
    [
        pytest.param(CAAS, HOTFIX, None, True, id="caas puts a hotfix before the manager"),
        pytest.param(CAAS, CODE, None, False, id="caas confirms code at once"),
        pytest.param(CAAS, HOTFIX, (), False, id="a customer whose hotfix is confirmed at once"),
        pytest.param(CAAS, FULL, (FULL,), True, id="a customer whose full is put before the manager"),
        pytest.param(PROD, HOTFIX, None, False, id="prod confirms at once"),
    ],
)
def test_approval(
    profile: Profile, type_: DeploymentType, own: tuple[DeploymentType, ...] | None, expected: bool
) -> None:
    on = ground(profile, customer(approval=own))
    assert needs_approval(asked(wanted(type_, START), on), on) is expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param("2026-12-08 10:00", None, id="all kept"),
        pytest.param("2026-12-03 10:00", Severity.WARNS, id="ten days: a warning"),
        pytest.param("2026-12-04 10:00", Severity.BLOCKS, id="a Friday outweighs the warning"),
    ],
)
def test_the_strictest_broken_rule_decides(start: str, expected: Severity | None) -> None:
    on = ground()
    assert decision(judge(asked(wanted(FULL, start), on), on)) is expected
