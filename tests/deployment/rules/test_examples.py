"""Three processes unlike each other and the two that ship, each a profile alone (POLICY-1). Worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deployment.rules.build import OPS, at, ground, wanted
from dplmaild.deployment.case import Case
from dplmaild.deployment.completeness import missing_for_instructions, missing_for_schedule
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.deadlines import instruction_deadline
from dplmaild.deployment.periods import CalendarSource
from dplmaild.deployment.process.commands import Order, carry_out
from dplmaild.deployment.profile import Cell
from dplmaild.deployment.rules import Asked, Ground, Standing, asked_of, judge, needs_approval, standing
from dplmaild.deployment.said import Command
from dplmaild.deployment.schedule import next_slots
from dplmaild.deployment.terms import (
    Deployment,
    DeploymentType,
    Field,
    Options,
    OwnValue,
    Performer,
    Product,
    Role,
    Severity,
    Side,
    Sla,
    Speaker,
    State,
    Trust,
)
from dplmaild.settings.policies import profiles_of
from dplmaild.settings.problems import Files

CONFIG = Path(__file__).parents[3] / "config"
FOUND = Files()
PROFILES = profiles_of(FOUND, [CONFIG / "profiles", CONFIG / "examples"])

NEW_YORK, LONDON, JERUSALEM = ZoneInfo("America/New_York"), ZoneInfo("UTC"), ZoneInfo("Asia/Jerusalem")
USA, ISRAEL = CalendarSource(country="US", region="NY"), CalendarSource(country="IL")
NORMAL, STANDARD, EMERGENCY = (DeploymentType(name) for name in ("normal", "standard", "emergency"))
RELEASE, CONFIGURATION = DeploymentType("release"), DeploymentType("config")

BANK_CUSTOMER = Customer(id="bank", name="Bank", profile="bank", sla=Sla("gold"), zone="America/New_York", calendar=USA)
BANK = ground(PROFILES["bank"], BANK_CUSTOMER, OPS.model_copy(update={"calendar": USA}))
CLOUD = ground(PROFILES["cloud"], BANK_CUSTOMER)
CLINIC = Customer(
    id="clinic", name="Clinic", profile="hospital", zone="Asia/Jerusalem", calendar=ISRAEL, products=(Product.ICM,)
)
HOSPITAL = ground(PROFILES["hospital"], CLINIC, OPS.model_copy(update={"calendar": ISRAEL}))


def asked(deployment: Deployment, on: Ground, arrived: str, **changed: Any) -> Asked:
    moment = at(arrived, on.calendar.zone)
    return replace(asked_of(deployment, on, moment, moment), **changed)


def broken(one: Asked, on: Ground) -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in judge(one, on) if finding.broken}


def blocked(type_: DeploymentType, start: str, on: Ground, arrived: str, **said: object) -> list[str]:
    one = asked(wanted(type_, start, on.calendar.zone, product=None, **said), on, arrived)
    return [rule for rule, severity in broken(one, on).items() if severity is Severity.BLOCKS]


def own(name: str, text: str, **read: object) -> OwnValue:
    return OwnValue(Field(name), text, **read)  # type: ignore[arg-type]


def test_all_of_them_can_be_used() -> None:
    assert FOUND.problems == []
    assert {"caas", "prod", "bank", "cloud", "hospital"} == set(PROFILES)


# 2026-11-26 is Thanksgiving, so that the working days from Monday, 23 November on are 24, 25, 27, 30 November, 1 ...
@pytest.mark.parametrize(
    ("type_", "start", "expected"),
    [
        pytest.param(NORMAL, "2026-12-05 22:00", ["LEAD-2"], id="normal, eight working days ahead"),
        pytest.param(NORMAL, "2026-12-12 22:00", [], id="normal, thirteen ahead, Saturday night"),
        pytest.param(NORMAL, "2026-12-13 00:30", [], id="normal, the same night after midnight, done at six"),
        pytest.param(NORMAL, "2026-12-13 01:00", ["HOUR-1"], id="normal, done half an hour after the night"),
        pytest.param(NORMAL, "2026-12-13 22:00", ["HOUR-1"], id="normal, Sunday night is none of theirs"),
        pytest.param(NORMAL, "2026-12-11 22:00", ["DAY-1", "HOUR-1"], id="normal, Friday night"),
        pytest.param(STANDARD, "2026-12-02 18:00", [], id="standard, Wednesday evening"),
        pytest.param(STANDARD, "2026-12-02 19:30", [], id="standard, done when the evening ends"),
        pytest.param(STANDARD, "2026-12-02 20:00", ["HOUR-1"], id="standard, done too late"),
        pytest.param(STANDARD, "2026-12-02 17:00", ["HOUR-1"], id="standard, in the afternoon"),
        pytest.param(STANDARD, "2026-11-24 18:00", ["LEAD-2"], id="standard, one working day ahead"),
        pytest.param(STANDARD, "2026-11-26 18:00", ["DAY-3"], id="standard, on Thanksgiving"),
        pytest.param(EMERGENCY, "2026-11-23 12:00", ["LEAD-2"], id="emergency, three hours ahead"),
        pytest.param(EMERGENCY, "2026-11-23 13:00", [], id="emergency, four hours ahead"),
        pytest.param(EMERGENCY, "2026-11-29 03:00", [], id="emergency, Sunday at three in the morning"),
        pytest.param(EMERGENCY, "2026-11-24 23:30", [], id="emergency, across midnight"),
    ],
)
def test_the_bank(type_: DeploymentType, start: str, expected: list[str]) -> None:
    assert blocked(type_, start, BANK, "2026-11-23 09:00") == expected


def test_the_eve_of_the_banks_own_holidays_needs_approval() -> None:
    eve = asked(wanted(STANDARD, "2026-11-25 18:00", NEW_YORK, product=None), BANK, "2026-11-23 09:00")
    assert broken(eve, BANK) == {"DAY-4": Severity.APPROVAL}
    elsewhere = ground(PROFILES["bank"], BANK_CUSTOMER.model_copy(update={"calendar": ISRAEL}), BANK.ops)
    assert broken(eve, elsewhere) == {}


def test_the_board_sees_every_normal_change_and_no_standard_one() -> None:
    for type_, board in ((NORMAL, True), (STANDARD, False), (EMERGENCY, True)):
        one = asked(wanted(type_, "2026-12-12 22:00", NEW_YORK), BANK, "2026-11-23 09:00")
        assert needs_approval(one, BANK) is board


@pytest.mark.parametrize(
    ("approved", "expected"),
    [
        pytest.param(date(2026, 11, 30), {}, id="two working days before"),
        pytest.param(date(2026, 12, 1), {"BANK-1": Severity.BLOCKS}, id="one working day before"),
        pytest.param(date(2026, 12, 3), {"BANK-1": Severity.BLOCKS}, id="after the start"),
    ],
)
def test_code_is_approved_in_time(approved: date, expected: dict[str, Severity]) -> None:
    what = wanted(STANDARD, "2026-12-02 18:00", NEW_YORK, own=(own("code_approved_on", "x", day=approved),))
    assert broken(asked(what, BANK, "2026-11-23 09:00"), BANK) == expected


def test_the_way_back_warns_with_the_instructions_and_blocks_the_start() -> None:
    said = (own("risk", "low"), own("backout_tested", "no", yes=False))
    what = wanted(STANDARD, "2026-12-02 18:00", NEW_YORK, own=said)
    assert broken(asked(what, BANK, "2026-11-23 09:00"), BANK) == {"BANK-2": Severity.WARNS}
    assert broken(asked(what, BANK, "2026-11-23 09:00", starting=True), BANK)["BANK-2"] is Severity.BLOCKS
    silent = asked(replace(what, own=said[:1]), BANK, "2026-11-23 09:00")
    assert "BANK-2" not in broken(silent, BANK)
    assert broken(replace(silent, instructed=True), BANK)["BANK-2"] is Severity.WARNS


def test_high_risk_goes_before_the_board() -> None:
    what = wanted(STANDARD, "2026-12-02 18:00", NEW_YORK, own=(own("risk", "High"),))
    assert broken(asked(what, BANK, "2026-11-23 09:00"), BANK) == {"BANK-3": Severity.APPROVAL}
    fine = replace(what, own=(own("risk", " LOW "),))
    assert broken(asked(fine, BANK, "2026-11-23 09:00"), BANK) == {}


def test_what_may_not_be_set_aside() -> None:
    manager = Speaker("manager@example.org", Trust.OK, role=Role.DEPLOYMENT_MANAGER, side=Side.OPS)
    what = wanted(STANDARD, "2026-12-02 18:00", NEW_YORK)
    case = Case("DPL-2026-0001", "bank", State.REQUESTED, what, "ann@bank.example.com", "en", "A change")
    for rule, done in (("BANK-2", False), ("DAY-6", False), ("BANK-3", True), ("DAY-1", True), ("PRE-4", False)):
        order = Order(Command("override", f"{rule} because"), manager, at("2026-11-23 09:00"))
        assert carry_out(case, order, BANK).done is done, rule


def test_what_the_bank_asks_for() -> None:
    request = wanted(STANDARD, "2026-12-02 18:00", NEW_YORK, product=None)
    assert missing_for_schedule(request, BANK_CUSTOMER, BANK.profile) == (Field("change_number"),)
    numbered = replace(request, own=(own("change_number", "CHG 42"),))
    assert missing_for_schedule(numbered, BANK_CUSTOMER, BANK.profile) == ()
    of_another_process = replace(numbered, type=DeploymentType.HOTFIX)
    assert missing_for_schedule(of_another_process, BANK_CUSTOMER, BANK.profile) == (Field.TYPE,)
    urgent = replace(numbered, type=EMERGENCY)
    owed = {Field.TARGET_VERSION, Field("risk"), Field("backout_tested"), Field.ROLLBACK}
    assert set(missing_for_instructions(urgent, BANK_CUSTOMER, BANK.profile)) == owed
    usual = set(missing_for_instructions(numbered, BANK_CUSTOMER, BANK.profile))
    assert usual == owed | {Field("code_approved_on")}


def test_the_banks_instructions_are_due_at_noon_three_working_days_before() -> None:
    start, confirmed = at("2026-12-02 18:00", NEW_YORK), at("2026-11-16 09:00", NEW_YORK)
    due = instruction_deadline(start, confirmed, BANK.calendar, BANK.profile)
    assert due == at("2026-11-27 12:00", NEW_YORK)  # 1 December, 30 November, 27 November


def test_the_banks_next_nights() -> None:
    one = asked(wanted(NORMAL, "2026-12-05 22:00", NEW_YORK), BANK, "2026-11-23 09:00")
    starts = [slot.start for slot in next_slots(one, BANK).slots]
    # On Sunday the wanted time of day is none of theirs: the first legal one is, in the night from Saturday.
    assert starts == [at(f"2026-12-{day}", NEW_YORK) for day in ("12 22:00", "13 00:00", "19 22:00")]


@pytest.mark.parametrize(
    ("type_", "start", "arrived", "expected"),
    [
        pytest.param(RELEASE, "2026-12-03 15:15", "2026-12-03 09:00", [], id="Thursday, done at four"),
        pytest.param(RELEASE, "2026-12-03 15:30", "2026-12-03 09:00", ["HOUR-1"], id="Thursday, done after four"),
        pytest.param(RELEASE, "2026-12-04 10:45", "2026-12-03 09:00", [], id="Friday, done at half past eleven"),
        pytest.param(RELEASE, "2026-12-04 11:00", "2026-12-03 09:00", ["HOUR-1"], id="Friday, too late"),
        pytest.param(RELEASE, "2026-12-03 10:45", "2026-12-03 09:00", ["LEAD-2", "LEAD-4"], id="one hour of notice"),
        pytest.param(CONFIGURATION, "2026-12-04 18:00", "2026-12-03 09:00", [], id="a switch on Friday evening"),
        pytest.param(RELEASE, "2026-12-05 10:00", "2026-12-03 09:00", ["DAY-1", "HOUR-1"], id="Saturday"),
    ],
)
def test_the_cloud(type_: DeploymentType, start: str, arrived: str, expected: list[str]) -> None:
    migrates = Options(db_migrate=True)
    assert blocked(type_, start, CLOUD, arrived, options=migrates) == expected


@pytest.mark.parametrize(
    ("migrates", "where", "expected"),
    [
        pytest.param(True, None, Standing.OURS, id="data is migrated"),
        pytest.param(False, None, Standing.PARTNER_PERFORMS, id="none is"),
        pytest.param(None, None, Standing.OURS, id="nobody knows yet: it is asked"),
        pytest.param(True, "CANARY", Standing.PARTNER_PERFORMS, id="the canary is theirs"),
    ],
)
def test_who_performs_is_a_fact_of_the_release(migrates: bool | None, where: str | None, expected: Standing) -> None:
    what = wanted(RELEASE, "2026-12-03 10:00", LONDON, product=None, on=where, options=Options(db_migrate=migrates))
    one = asked(what, CLOUD, "2026-12-02 09:00")
    assert standing(one, CLOUD) is expected
    asks = missing_for_schedule(what, CLOUD.customer, CLOUD.profile)
    assert asks == ((Field.DB_MIGRATE,) if migrates is None else ())


def test_little_notice_only_warns_in_the_cloud_and_a_holiday_too() -> None:
    what = wanted(RELEASE, "2026-12-25 10:00", LONDON, options=Options(db_migrate=True))
    late = asked(what, CLOUD, "2026-12-24 12:00")
    assert broken(late, CLOUD) == {"LEAD-2": Severity.WARNS, "DAY-3": Severity.WARNS}


# The clinic's week begins on Sunday; 2026-11-01 is one.
@pytest.mark.parametrize(
    ("type_", "start", "arrived", "expected"),
    [
        pytest.param(DeploymentType.FULL, "2026-11-22 22:00", "2026-11-01 09:00", [], id="full, Sunday night"),
        pytest.param(DeploymentType.FULL, "2026-11-23 00:30", "2026-11-01 09:00", [], id="full, done at five"),
        pytest.param(DeploymentType.FULL, "2026-11-23 01:00", "2026-11-01 09:00", ["HOUR-1"], id="full, done later"),
        pytest.param(DeploymentType.FULL, "2026-11-22 10:00", "2026-11-01 09:00", ["HOUR-1"], id="full, by day"),
        pytest.param(DeploymentType.FULL, "2026-11-22 22:00", "2026-11-02 09:00", ["LEAD-1"], id="full, 20 days ahead"),
        pytest.param(DeploymentType.CODE, "2026-11-22 10:00", "2026-11-01 09:00", [], id="code, Sunday morning"),
        pytest.param(DeploymentType.CODE, "2026-11-26 10:00", "2026-11-01 09:00", ["DAY-1", "DAY-2"], id="Thursday"),
    ],
)
def test_the_hospital(type_: DeploymentType, start: str, arrived: str, expected: list[str]) -> None:
    one = asked(wanted(type_, start, JERUSALEM), HOSPITAL, arrived)
    assert [rule for rule, weight in broken(one, HOSPITAL).items() if weight is Severity.BLOCKS] == expected


def test_the_hospital_keeps_what_it_does_not_change() -> None:
    hospital, caas = PROFILES["hospital"], PROFILES["caas"]
    assert hospital.extends == "caas"
    assert hospital.types[DeploymentType.CODE].lead == caas.types[DeploymentType.CODE].lead
    assert hospital.types[DeploymentType.FULL].duration == timedelta(hours=4)
    assert hospital.may == caas.may
    assert hospital.instructions is not None
    assert hospital.instructions.cancels_late
    assert hospital.instructions.reminders == caas.instructions.reminders  # type: ignore[union-attr]
    assert set(hospital.rules) == set(caas.rules) - {"TYPE-3", "PRE-1", "LEAD-3", "HOUR-2"}
    assert hospital.policy(DeploymentType.HOTFIX) is None


def test_a_hotfix_is_no_type_of_the_hospital() -> None:
    what = wanted(DeploymentType.HOTFIX, "2026-11-22 10:00", JERUSALEM, special_activities="none")
    assert missing_for_schedule(what, CLINIC, HOSPITAL.profile) == (Field.TYPE,)


def test_the_board_of_the_clinic() -> None:
    what = wanted(DeploymentType.CODE, "2026-11-22 10:00", JERUSALEM)
    one = asked(what, HOSPITAL, "2026-11-01 09:00", instructed=True)
    assert broken(one, HOSPITAL)["CLIN-1"] is Severity.BLOCKS
    agreed = replace(what, own=(own("clinical_approval", "yes", yes=True), own("beds_affected", "25", number=25)))
    found = broken(asked(agreed, HOSPITAL, "2026-11-01 09:00", instructed=True), HOSPITAL)
    assert "CLIN-1" not in found
    assert found["CLIN-2"] is Severity.APPROVAL
    on_uat = broken(asked(replace(what, environment=None), HOSPITAL, "2026-11-01 09:00"), HOSPITAL)
    assert "CLIN-1" not in on_uat


def test_what_a_productive_environment_counts_as() -> None:
    cell = Cell(environments=("MAIN",), by=Performer.OPS)
    profile = CLOUD.profile.model_copy(update={"productive_is": "MAIN", "performs": (cell,)})
    on = ground(profile, BANK_CUSTOMER.model_copy(update={"productive": ("SHOP",)}))
    for where, treated in (("SHOP", "MAIN"), ("PRD", "PRE")):  # PRD is none of this customer's productive ones
        one = asked(wanted(RELEASE, "2026-12-03 10:00", LONDON, product=None, on=where), on, "2026-12-02 09:00")
        assert one.effective.treated_as.name == treated
