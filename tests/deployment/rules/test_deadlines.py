"""INST-3, INST-4, SCHED-8: what is due when, reckoned in OPS's working days and hours."""

from datetime import date, time

import pytest

from deployment.rules.build import BARCELONA, CAAS, MADRID, PROD, THURINGIA, at, customer, ground, ops, raw
from dplmaild.deployment.deadlines import deadline_cancels, instruction_deadline, offer_expiry, reminders
from dplmaild.deployment.periods import HalfDay
from dplmaild.deployment.profile import Profile

CALENDAR = ground().calendar


@pytest.mark.parametrize(
    ("start", "confirmed", "expected"),
    [
        pytest.param("2026-12-03 10:00", "2026-11-23 09:00", "2026-12-02 17:00", id="the evening before"),
        pytest.param("2026-11-30 10:00", "2026-11-23 09:00", "2026-11-27 17:00", id="Monday: Friday evening"),
        pytest.param("2027-03-30 10:00", "2027-03-01 09:00", "2027-03-25 17:00", id="after Easter: Maundy Thursday"),
        pytest.param("2026-12-28 10:00", "2026-12-01 09:00", "2026-12-24 17:00", id="after Christmas"),
        pytest.param("2026-12-03 10:00", "2026-12-02 13:00", "2026-12-02 17:00", id="four hours left to the minute"),
        pytest.param("2026-12-03 16:00", "2026-12-02 13:01", "2026-12-03 09:01", id="less: four working hours"),
        pytest.param("2026-12-03 10:00", "2026-12-02 14:00", "2026-12-03 09:00", id="but an hour before the start"),
        pytest.param("2026-12-03 15:00", "2026-12-02 20:00", "2026-12-03 13:00", id="confirmed in the evening"),
        pytest.param("2026-11-23 15:00", "2026-11-23 09:00", "2026-11-23 13:00", id="hotfix on the same day"),
        pytest.param("2026-11-23 11:00", "2026-11-23 09:00", "2026-11-23 10:00", id="hotfix two hours later"),
        pytest.param("2026-11-30 15:00", "2026-11-27 16:00", "2026-11-30 12:00", id="four hours over a weekend"),
        pytest.param("2026-12-08 21:00", "2026-11-23 09:00", "2026-12-07 17:00", id="a premium night"),
    ],
)
def test_deadline(start: str, confirmed: str, expected: str) -> None:
    assert instruction_deadline(at(start), at(confirmed), CALENDAR, CAAS) == at(expected)


def test_the_eve_may_be_a_half_day() -> None:
    half = HalfDay(day=date(2026, 12, 23), until=time(12))
    calendar = ground(team=ops(calendar=THURINGIA.model_copy(update={"half_days": (half,)}))).calendar
    deadline = instruction_deadline(at("2026-12-24 10:00"), at("2026-12-01 09:00"), calendar, CAAS)
    assert deadline == at("2026-12-23 12:00")


def test_a_half_day_that_never_opens_is_skipped() -> None:
    half = HalfDay(day=date(2026, 12, 23), until=time(8))
    calendar = ground(team=ops(calendar=THURINGIA.model_copy(update={"half_days": (half,)}))).calendar
    deadline = instruction_deadline(at("2026-12-24 10:00"), at("2026-12-01 09:00"), calendar, CAAS)
    assert deadline == at("2026-12-22 17:00")


def test_prod_counts_on_its_own_clock() -> None:
    calendar = ground(PROD, customer(), ops(calendar=BARCELONA)).calendar
    deadline = instruction_deadline(at("2026-12-09 10:00", MADRID), at("2026-11-23 09:00", MADRID), calendar, PROD)
    assert deadline == at("2026-12-07 18:00", MADRID)  # the 8th is a holiday, the 7th is none in Barcelona


@pytest.mark.parametrize(
    ("deadline", "profile", "expected"),
    [
        pytest.param("2026-11-23 10:00", CAAS, True, id="an hour after the confirmation"),
        pytest.param("2026-11-23 09:59", CAAS, False, id="less than an hour: OPS is reminded"),
        pytest.param("2026-11-23 08:30", CAAS, False, id="before the confirmation"),
        pytest.param("2026-12-02 17:00", PROD, False, id="prod never cancels"),
    ],
)
def test_what_a_missed_deadline_does(deadline: str, profile: Profile, expected: bool) -> None:
    assert deadline_cancels(at(deadline), at("2026-11-23 09:00"), profile) is expected


@pytest.mark.parametrize(
    ("deadline", "confirmed", "expected"),
    [
        pytest.param(
            "2026-12-02 17:00", "2026-11-23 09:00", ["2026-11-30 17:00", "2026-12-02 13:00"], id="two days, four hours"
        ),
        pytest.param(
            "2027-03-31 17:00", "2027-03-01 09:00", ["2027-03-25 17:00", "2027-03-31 13:00"], id="over Easter"
        ),
        pytest.param(
            "2026-12-03 10:00", "2026-11-23 09:00", ["2026-12-01 10:00", "2026-12-02 14:00"], id="four hours overnight"
        ),
        pytest.param("2026-12-02 17:00", "2026-11-30 16:30", ["2026-12-02 13:00"], id="the first within the hour"),
        pytest.param(
            "2026-12-02 17:00",
            "2026-11-30 16:00",
            ["2026-11-30 17:00", "2026-12-02 13:00"],
            id="just an hour",
        ),
        pytest.param("2026-12-03 09:00", "2026-12-02 14:00", [], id="no time for any"),
        pytest.param("2026-11-23 13:00", "2026-11-23 09:00", [], id="a hotfix on the same day"),
    ],
)
def test_reminders(deadline: str, confirmed: str, expected: list[str]) -> None:
    assert reminders(at(deadline), at(confirmed), CALENDAR, CAAS) == tuple(at(moment) for moment in expected)


@pytest.mark.parametrize(
    ("start", "offered", "expected"),
    [
        pytest.param("2026-12-08 10:00", "2026-11-23 09:00", "2026-11-25 09:00", id="two working days"),
        pytest.param("2026-12-08 10:00", "2026-11-27 10:00", "2026-12-01 10:00", id="over a weekend"),
        pytest.param("2026-12-08 10:00", "2026-11-28 10:00", "2026-12-02 09:00", id="offered on a Saturday"),
        pytest.param("2026-11-25 10:00", "2026-11-23 09:00", "2026-11-24 17:00", id="its instruction deadline"),
        pytest.param("2026-11-23 11:00", "2026-11-23 09:00", "2026-11-23 10:00", id="an hour before a near start"),
        pytest.param("2026-11-23 10:00", "2026-11-23 09:00", "2026-11-23 10:00", id="no deadline left: the start"),
    ],
)
def test_an_offer_is_held(start: str, offered: str, expected: str) -> None:
    assert offer_expiry(at(start), at(offered), CALENDAR, CAAS) == at(expected)


def test_without_instructions_nothing_is_due() -> None:
    source = raw("caas")
    del source["instructions"]
    profile = Profile.model_validate(source)
    start, now = at("2026-11-25 10:00"), at("2026-11-23 09:00")
    assert instruction_deadline(start, now, CALENDAR, profile) is None
    assert reminders(start, now, CALENDAR, profile) == ()
    assert not deadline_cancels(start, now, profile)
    assert offer_expiry(start, now, CALENDAR, profile) == at("2026-11-25 09:00")
