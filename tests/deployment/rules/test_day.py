"""DAY: which days are refused, and for which reason; all of them calendar dates in OPS's zone."""

from datetime import date

import pytest

from deployment.rules.build import (
    BARCELONA,
    BAVARIA,
    CODE,
    FULL,
    HOTFIX,
    MADRID_REGION,
    PROD,
    THURINGIA,
    UTC_ZONE,
    asked,
    blocking,
    broken,
    customer,
    finding,
    ground,
    ops,
    wanted,
)
from dplmaild.deployment.periods import CalendarSource, Freeze, Period
from dplmaild.deployment.terms import DeploymentType, Severity


@pytest.mark.parametrize(
    ("type_", "day", "expected"),
    [
        pytest.param(CODE, "2026-11-30", [], id="code on Monday"),
        pytest.param(CODE, "2026-12-03", [], id="code on Thursday"),
        pytest.param(CODE, "2026-12-04", ["DAY-1", "DAY-2"], id="code on Friday"),
        pytest.param(FULL, "2026-12-04", ["DAY-1", "DAY-2"], id="full on Friday"),
        pytest.param(HOTFIX, "2026-12-04", [], id="hotfix on Friday, nobody there the day after"),
        pytest.param(HOTFIX, "2026-12-05", ["DAY-1", "DAY-3", "HOUR-1"], id="hotfix on Saturday"),
        pytest.param(CODE, "2026-12-06", ["DAY-1", "DAY-3", "HOUR-1"], id="code on Sunday, before a working Monday"),
        pytest.param(CODE, "2026-12-23", [], id="code two days before Christmas"),
        pytest.param(CODE, "2026-12-24", ["DAY-2"], id="code on Christmas Eve"),
        pytest.param(CODE, "2026-12-31", ["DAY-2"], id="code on New Year's Eve"),
        pytest.param(HOTFIX, "2026-12-25", ["DAY-3", "HOUR-1"], id="hotfix on Christmas Day"),
        pytest.param(CODE, "2027-03-25", ["DAY-2"], id="code on Maundy Thursday 2027"),
        pytest.param(HOTFIX, "2027-03-26", ["DAY-3", "HOUR-1"], id="hotfix on Good Friday 2027"),
        pytest.param(CODE, "2027-03-29", ["DAY-3", "HOUR-1"], id="code on Easter Monday 2027, just after DST begins"),
        pytest.param(CODE, "2027-03-30", [], id="code on Tuesday after Easter 2027"),
        pytest.param(CODE, "2027-05-05", ["DAY-2"], id="code on the eve of Ascension 2027"),
    ],
)
def test_a_week_in_thuringia(type_: DeploymentType, day: str, expected: list[str]) -> None:
    on = ground()
    assert blocking(asked(wanted(type_, f"{day} 10:00"), on), on) == expected


@pytest.mark.parametrize(
    ("calendar", "day", "expected"),
    [
        pytest.param(MADRID_REGION, "2026-12-07", ["DAY-2", "DAY-3"], id="Madrid moves Constitution Day to 7 Dec"),
        pytest.param(BARCELONA, "2026-12-07", ["DAY-2"], id="Barcelona works on 7 Dec, not on the 8th"),
        pytest.param(BARCELONA, "2026-12-08", ["DAY-3"], id="Immaculate Conception"),
        pytest.param(BARCELONA, "2027-09-23", ["DAY-2"], id="the eve of La Merce 2027"),
        pytest.param(MADRID_REGION, "2027-09-23", [], id="La Merce is not Madrid's"),
        pytest.param(BAVARIA, "2027-01-06", ["DAY-3"], id="Epiphany in Bavaria"),
        pytest.param(THURINGIA, "2027-01-06", [], id="no Epiphany in Thuringia"),
        pytest.param(BAVARIA, "2027-01-05", ["DAY-2"], id="the eve of Epiphany"),
    ],
)
def test_holidays_are_the_regions_own(calendar: CalendarSource, day: str, expected: list[str]) -> None:
    on = ground(who=customer(calendar=calendar))
    assert blocking(asked(wanted(CODE, f"{day} 10:00"), on), on) == expected


def test_a_day_off_names_whose_it_is_and_why() -> None:
    on = ground(who=customer(calendar=BARCELONA, partner_calendar=MADRID_REGION))
    closed = finding("DAY-3", asked(wanted(CODE, "2026-12-08 10:00"), on), on).facts["closed"]
    assert closed == ("partner: Immaculate Conception", "customer: Immaculate Conception")


def test_the_partner_counts_as_well() -> None:
    on = ground(who=customer(partner_calendar=BAVARIA))
    assert blocking(asked(wanted(CODE, "2027-01-06 10:00"), on), on) == ["DAY-3"]


def test_own_closing_days_count() -> None:
    party = Period(first=date(2026, 12, 2), last=date(2026, 12, 2), reason="company party")
    on = ground(who=customer(calendar=THURINGIA.model_copy(update={"closed": (party,)})))
    one = asked(wanted(CODE, "2026-12-02 10:00"), on)
    assert blocking(one, on) == ["DAY-3"]
    assert finding("DAY-3", one, on).facts["closed"] == ("customer: company party",)
    assert blocking(asked(wanted(CODE, "2026-12-01 10:00"), on), on) == ["DAY-2"]


def test_days_are_those_of_ops_whatever_zone_was_written() -> None:
    on = ground()
    friday_for_ops = asked(wanted(CODE, "2026-12-03 23:30", UTC_ZONE), on)
    assert finding("DAY-1", friday_for_ops, on).facts["weekday"] == "friday"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2026-12-02", [], id="Wednesday"),
        pytest.param("2026-12-03", [], id="Thursday"),
        pytest.param("2026-12-04", ["DAY-1", "DAY-4"], id="Friday breaks two rules, both listed"),
        pytest.param("2026-12-07", ["DAY-4"], id="the eve of 8 December"),
        pytest.param("2026-12-08", ["DAY-3", "HOUR-1"], id="8 December itself"),
        pytest.param("2026-12-05", ["DAY-1", "DAY-3", "DAY-4", "HOUR-1"], id="Saturday"),
        pytest.param("2026-12-14", ["DAY-5"], id="the day before OPS's vacation"),
        pytest.param("2026-12-15", ["DAY-5"], id="inside it"),
        pytest.param("2026-12-17", ["DAY-5"], id="its last day"),
        pytest.param("2026-12-10", [], id="well before it"),
        pytest.param("2026-12-21", [], id="after it"),
        pytest.param("2027-03-24", [], id="two days before Good Friday"),
        pytest.param("2027-03-25", ["DAY-4"], id="the eve of Good Friday"),
    ],
)
def test_prod_in_barcelona(day: str, expected: list[str]) -> None:
    away = Period(first=date(2026, 12, 15), last=date(2026, 12, 17), reason="team days")
    team = ops(calendar=BARCELONA.model_copy(update={"vacations": (away,)}))
    on = ground(PROD, customer(calendar=BARCELONA), team)
    assert blocking(asked(wanted(None, f"{day} 10:00"), on), on) == expected


def test_vacations_say_nothing_in_caas() -> None:
    away = Period(first=date(2026, 12, 1), last=date(2026, 12, 3))
    on = ground(who=customer(calendar=THURINGIA.model_copy(update={"vacations": (away,)})))
    assert blocking(asked(wanted(CODE, "2026-12-02 10:00"), on), on) == []


def test_a_feed_that_was_never_read_is_put_before_the_manager_unless_a_known_vacation_refuses() -> None:
    """Nobody knows whether somebody is away: that is no reason to refuse, and none to confirm."""
    away = Period(first=date(2026, 12, 15), last=date(2026, 12, 17))
    team = ops(calendar=BARCELONA.model_copy(update={"vacations": (away,), "unread": ("team calendar",)}))
    on = ground(PROD, customer(calendar=BARCELONA), team)
    unknown, known = (asked(wanted(None, f"{day} 10:00"), on) for day in ("2026-12-02", "2026-12-15"))
    assert broken(unknown, on, Severity.APPROVAL) == ["DAY-5"]
    assert blocking(unknown, on) == []
    assert "team calendar" in str(finding("DAY-5", unknown, on).facts["unread"])
    assert blocking(known, on) == ["DAY-5"]


def _freeze(first: int, last: int, *, soft: bool = False, environments: tuple[str, ...] = ()) -> Freeze:
    return Freeze(
        first=date(2026, 12, first), last=date(2026, 12, last), soft=soft, reason="sales", environments=environments
    )


@pytest.mark.parametrize(
    ("freezes", "weight", "expected"),
    [
        pytest.param((_freeze(1, 3),), Severity.BLOCKS, ["DAY-6"], id="a hard freeze blocks"),
        pytest.param((_freeze(2, 2),), Severity.BLOCKS, ["DAY-6"], id="a freeze of one day"),
        pytest.param((_freeze(1, 1),), Severity.BLOCKS, [], id="over the day before"),
        pytest.param((_freeze(3, 9),), Severity.BLOCKS, [], id="begins the day after"),
        pytest.param((_freeze(1, 3, soft=True),), Severity.APPROVAL, ["DAY-6"], id="a soft one needs approval"),
        pytest.param((_freeze(1, 3, soft=True),), Severity.BLOCKS, [], id="a soft one does not block"),
        pytest.param((_freeze(1, 3, soft=True), _freeze(2, 2)), Severity.BLOCKS, ["DAY-6"], id="the hard one weighs"),
        pytest.param((_freeze(1, 3, environments=("UAT",)),), Severity.BLOCKS, [], id="another environment's"),
        pytest.param((_freeze(1, 3, environments=("prd",)),), Severity.BLOCKS, ["DAY-6"], id="PRD's, in small letters"),
    ],
)
def test_freezes(freezes: tuple[Freeze, ...], weight: Severity, expected: list[str]) -> None:
    on = ground(who=customer(freezes=freezes))
    assert broken(asked(wanted(CODE, "2026-12-02 10:00"), on), on, weight) == expected


def test_a_freeze_of_ops_holds_for_every_customer() -> None:
    on = ground(team=ops(freezes=(_freeze(1, 3),)))
    assert blocking(asked(wanted(HOTFIX, "2026-12-02 10:00"), on), on) == ["DAY-6"]
