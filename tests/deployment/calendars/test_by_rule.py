"""Rules in the places where a desk writes them: closing weeks, half days, freezes, seasons, people away."""

from datetime import date
from typing import Any

import pytest

from deployment.rules.build import (
    BARCELONA,
    CODE,
    FULL,
    HOTFIX,
    ICM,
    PROD,
    THURINGIA,
    asked,
    blocking,
    booking,
    broken,
    customer,
    finding,
    ground,
    ops,
    raw,
    wanted,
)
from dplmaild.deployment.customer import Customer, Ops
from dplmaild.deployment.periods import CalendarSource
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import DeploymentType, Severity, Sla


def site(country: str = "DE", region: str = "TH", **more: Any) -> CalendarSource:
    """A calendar as TOML says it."""
    return CalendarSource.model_validate({"country": country, "region": region, **more})


def with_freezes(*freezes: dict[str, Any]) -> Customer:
    """A customer with these freezes in its file."""
    return Customer.model_validate({**customer().model_dump(by_alias=True), "freezes": freezes})


def team(**written: Any) -> Ops:
    """OPS as the main file states it."""
    return Ops.model_validate({**ops().model_dump(by_alias=True), **written})


CHRISTMAS = {"from": "24 December", "to": "1 January", "reason": "Christmas closing"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2026-12-23", ["DAY-2"], id="the eve of the closing weeks"),
        pytest.param("2026-12-28", ["DAY-2", "DAY-3"], id="in it"),
        pytest.param("2027-12-27", ["DAY-2", "DAY-3"], id="in that of the next year"),
        pytest.param("2028-01-03", [], id="the Monday after New Year"),
    ],
)
def test_closing_weeks_come_every_year(day: str, expected: list[str]) -> None:
    on = ground(who=customer(calendar=site(closed=[CHRISTMAS])))
    assert blocking(asked(wanted(CODE, f"{day} 10:00"), on), on) == expected


def test_a_closing_week_is_named() -> None:
    on = ground(who=customer(calendar=site(closed=[CHRISTMAS])))
    one = asked(wanted(CODE, "2027-12-28 10:00"), on)
    assert finding("DAY-3", one, on).facts["closed"] == ("customer: Christmas closing",)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2027-03-31", ["DAY-6"], id="the end of the first quarter"),
        pytest.param("2027-04-01", [], id="the day after"),
        pytest.param("2027-12-30", [], id="the last working day of 2027 is a Friday"),
        pytest.param("2026-12-31", ["DAY-2", "DAY-6"], id="that of 2026 a Thursday"),
    ],
)
def test_a_freeze_on_the_last_working_day_of_each_quarter(day: str, expected: list[str]) -> None:
    on = ground(who=with_freezes({"on": "last working day of each quarter", "reason": "books are closed"}))
    assert blocking(asked(wanted(CODE, f"{day} 10:00"), on), on) == expected


def test_the_working_days_of_a_rule_are_those_of_whose_rule_it_is() -> None:
    freeze = {"on": "last working day of each quarter", "reason": "books are closed"}
    in_madrid = Customer.model_validate(
        {**with_freezes(freeze).model_dump(by_alias=True), "calendar": site("ES", "MD")}
    )
    on, on_ops = ground(who=in_madrid), ground(team=team(freezes=[freeze]))
    wednesday, thursday = "2024-03-27 10:00", "2024-03-28 10:00"  # Madrid rests on Maundy Thursday, Thuringia works

    def frozen(start: str, where: Ground) -> bool:
        return finding("DAY-6", asked(wanted(CODE, start), where, "2024-03-01 09:00"), where).broken

    assert (frozen(wednesday, on), frozen(thursday, on)) == (True, False)
    assert (frozen(wednesday, on_ops), frozen(thursday, on_ops)) == (False, True)


SALES = {"week_of": "Black Friday", "reason": "Black Friday"}


@pytest.mark.parametrize(
    ("freeze", "type_", "where", "expected"),
    [
        pytest.param(SALES, CODE, "PRD", ["DAY-6"], id="everything"),
        pytest.param({**SALES, "except_types": ["hotfix"]}, CODE, "PRD", ["DAY-6"], id="all but hotfixes: code"),
        pytest.param({**SALES, "except_types": ["hotfix"]}, HOTFIX, "PRD", [], id="all but hotfixes: a hotfix"),
        pytest.param({**SALES, "types": ["full"]}, CODE, "PRD", [], id="only full: code"),
        pytest.param({**SALES, "types": ["code"]}, CODE, "PRD", ["DAY-6"], id="only code: code"),
        pytest.param({**SALES, "products": ["PWA"]}, CODE, "PRD", [], id="another product's"),
        pytest.param({**SALES, "products": ["ICM"]}, CODE, "PRD", ["DAY-6"], id="this product's"),
        pytest.param({**SALES, "products": ["ICM"], "types": ["full"]}, CODE, "PRD", [], id="both have to fit"),
        pytest.param({**SALES, "environments": ["UAT"]}, CODE, "PRD", [], id="another environment's"),
        pytest.param({**SALES, "since": 2028}, CODE, "PRD", [], id="not yet"),
        pytest.param({**SALES, "years": [2027]}, CODE, "PRD", ["DAY-6"], id="in this year"),
    ],
)
def test_what_a_freeze_is_about(freeze: dict[str, Any], type_: DeploymentType, where: str, expected: list[str]) -> None:
    on = ground(who=with_freezes(freeze))
    one = asked(wanted(type_, "2027-11-23 10:00", on=where, product=ICM), on)
    assert broken(one, on, Severity.BLOCKS) == expected


def test_a_freeze_of_the_profile_is_for_every_customer_under_it() -> None:
    on = ground(Profile.model_validate({**raw("caas"), "freezes": [SALES]}))
    assert blocking(asked(wanted(CODE, "2027-11-23 10:00"), on), on) == ["DAY-6"]
    assert blocking(asked(wanted(CODE, "2027-11-30 10:00"), on), on) == []


def test_a_soft_freeze_by_rule_says_until_when() -> None:
    on = ground(who=with_freezes({"from": "third Advent Sunday", "to": "6 January", "soft": True, "reason": "sales"}))
    found = finding("DAY-6", asked(wanted(CODE, "2026-12-15 10:00"), on), on)
    assert (found.severity, found.facts["until"]) == (Severity.APPROVAL, date(2027, 1, 6))


@pytest.mark.parametrize(
    ("start", "held", "expected"),
    [
        pytest.param("2026-11-24 10:00", (), [], id="room for one in the week of Black Friday"),
        pytest.param("2026-11-24 10:00", (booking("2026-11-24 10:00"),), ["SCHED-7"], id="and for no second"),
        pytest.param("2026-12-01 10:00", (booking("2026-12-01 10:00"),), [], id="two in the week after"),
        pytest.param("2027-11-23 10:00", (booking("2027-11-23 10:00"),), ["SCHED-7"], id="a year later as well"),
    ],
)
def test_a_busy_season_by_rule(start: str, held: tuple[Any, ...], expected: list[str]) -> None:
    on = ground(team=team(seasons=[{"week_of": "Black Friday", "at_once": 1}]), held=held)
    assert blocking(asked(wanted(CODE, start), on, "2026-11-20 09:00"), on) == expected


def test_people_are_away_by_rule() -> None:
    people = [{"address": "ann@example.net", "away": [{"from": "1 August", "to": "21 August"}]}]
    on = ground(team=team(people=people))
    assert blocking(asked(wanted(CODE, "2027-08-03 10:00"), on), on) == ["SCHED-7"]
    assert blocking(asked(wanted(CODE, "2027-08-24 10:00"), on), on) == []


def test_a_vacation_by_rule_counts_as_one() -> None:
    august = site("ES", "Barcelona", vacations=[{"from": "first Monday of August", "to": "31 August"}])
    on = ground(PROD, customer(calendar=august), ops(calendar=BARCELONA))
    one = asked(wanted(None, "2027-08-04 10:00"), on)
    assert blocking(one, on) == ["DAY-5"]
    assert finding("DAY-5", one, on).facts["inside"] == ("customer: vacation",)


UNTIL_ONE = [{"on": "24 December", "until": "13:00", "reason": "Christmas Eve"}]


@pytest.mark.parametrize(
    ("who", "start", "expected"),
    [
        pytest.param({}, "2026-12-24 10:00", [], id="nobody has a half day"),
        pytest.param({"team": site(half_days=UNTIL_ONE)}, "2026-12-24 10:00", [], id="OPS: tests end at 11:30"),
        pytest.param({"team": site(half_days=UNTIL_ONE)}, "2026-12-24 11:30", [], id="OPS: they end at 13:00"),
        pytest.param({"team": site(half_days=UNTIL_ONE)}, "2026-12-24 12:00", ["HOUR-1"], id="OPS: half past one"),
        pytest.param({"calendar": site(half_days=UNTIL_ONE)}, "2026-12-24 12:00", ["HOUR-1"], id="the customer's"),
        pytest.param({"partner_calendar": site(half_days=UNTIL_ONE)}, "2026-12-24 12:00", ["HOUR-1"], id="a partner's"),
        pytest.param({"calendar": site(half_days=UNTIL_ONE)}, "2026-12-23 12:00", [], id="the day before a half day"),
        pytest.param(
            {"calendar": site(half_days=UNTIL_ONE, zone="Atlantic/Canary")},
            "2026-12-24 12:30",
            [],
            id="an hour later where the customer is",
        ),
        pytest.param(
            {"zone": "Europe/Athens", "calendar": site(half_days=UNTIL_ONE)},
            "2026-12-24 11:00",
            ["HOUR-1"],
            id="an hour earlier where the customer is",
        ),
    ],
)
def test_a_half_day_of_anybody_ends_the_window(who: dict[str, Any], start: str, expected: list[str]) -> None:
    on = ground(
        who=customer(**{k: v for k, v in who.items() if k != "team"}), team=ops(calendar=who.get("team", THURINGIA))
    )
    assert blocking(asked(wanted(HOTFIX, start), on), on) == expected


def test_the_finding_names_whose_half_day_it_is() -> None:
    on = ground(who=customer(calendar=site(half_days=UNTIL_ONE)))
    facts = finding("HOUR-1", asked(wanted(HOTFIX, "2026-12-24 15:00"), on), on).facts
    assert (facts["half_days"], f"{facts['until']:%H:%M}") == (("customer: Christmas Eve",), "13:00")


def test_somebody_is_there_on_a_half_day() -> None:
    halves = [{"on": "22 December", "until": "13:00"}]
    on = ground(who=customer(calendar=site(half_days=halves)))
    assert blocking(asked(wanted(CODE, "2026-12-21 10:00"), on), on) == []
    assert blocking(asked(wanted(CODE, "2026-12-22 10:00"), on), on) == []


def test_what_is_free_of_business_hours_is_free_of_half_days() -> None:
    on = ground(who=customer(sla=Sla.PREMIUM, calendar=site(half_days=[{"on": "22 December", "until": "13:00"}])))
    assert blocking(asked(wanted(FULL, "2026-12-22 18:00"), on), on) == []


def test_a_half_day_of_the_customer_moves_no_deadline() -> None:
    halves = [{"on": "21 December", "until": "12:00"}]
    for who, closes in ((customer(calendar=site(half_days=halves)), 17), (customer(), 17)):
        hours = ground(who=who).calendar.ops_hours_on(date(2026, 12, 21))
        assert hours is not None
        assert hours[1].hour == closes


def test_summer_hours_on_fridays() -> None:
    summer = {"from": "1 July", "to": "31 August", "weekdays": ["friday"], "until": "14:00"}
    on = ground(team=ops(calendar=site(half_days=[summer])))
    starts = ("2027-07-01 14:00", "2027-07-02 14:00", "2027-07-02 12:00")  # Thursday, Friday
    assert [blocking(asked(wanted(HOTFIX, start), on), on) for start in starts] == [[], ["HOUR-1"], []]
