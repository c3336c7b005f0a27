"""What seldom happens to a rule: another clock, no room at all, dates from another age, a table without a cell."""

import runpy
import sys
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from deployment.rules.build import (
    CAAS,
    CODE,
    FULL,
    HOTFIX,
    PROD,
    asked,
    at,
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
from dplmaild.deployment import site
from dplmaild.deployment.customer import ProfileChoice
from dplmaild.deployment.periods import Period
from dplmaild.deployment.profile import Profile, Weekday
from dplmaild.deployment.rules import RULES, Standing, ground_of, judge, standing
from dplmaild.deployment.rules.block import last_step, latest_step_day
from dplmaild.deployment.rules.effective import LATEST_YEAR
from dplmaild.deployment.rules.search import hinders
from dplmaild.deployment.schedule import next_slots, uat_step
from dplmaild.deployment.terms import NaiveTimeError, Ruling, Window


def profile(of: str = "caas", **changed: Any) -> Profile:
    """A shipped profile with some keys changed; a table of rules is laid over the shipped one."""
    written = raw(of)
    written["rules"] |= changed.pop("rules", {})
    return Profile.model_validate(written | changed)


def days(slots: tuple[Window, ...]) -> list[str]:
    """Starts on OPS's wall clock."""
    return [f"{slot.start:%Y-%m-%d %H:%M}" for slot in slots]


@pytest.mark.parametrize(
    ("zone", "start", "expected"),
    [
        # 10:00 in Jena is 18:00 in Tokyo; Thursday 23:59 is Friday there, which must not spoil Thursday morning.
        pytest.param("Asia/Tokyo", "2026-12-03 10:00", "2026-12-03 10:00", id="where it is later"),
        pytest.param("America/New_York", "2026-11-30 10:00", "2026-11-30 10:00", id="where it is earlier"),
    ],
)
def test_a_rule_of_the_day_on_another_clock_is_judged_by_the_hour(zone: str, start: str, expected: str) -> None:
    on = ground(profile(rules={"DAY-1": {"severity": "blocks", "zone": zone}}))
    one = asked(wanted(CODE, start), on)
    assert not any(hinders(f) for f in judge(one, on))
    assert days(next_slots(one, on, count=1).slots) == [expected]


def test_a_morning_that_another_clock_forbids_gives_way_to_a_later_hour() -> None:
    """Monday until 06:00 in Jena is still Sunday in New York."""
    free = [{"types": ["hotfix"], "hours": {"since": time(0), "until": time(23, 30)}}]
    rules = {"DAY-1": {"severity": "blocks", "zone": "America/New_York"}}
    on = ground(profile(rules=rules, unbound=free))
    one = asked(wanted(HOTFIX, "2026-11-30 02:00"), on)
    assert broken(one, on) == ["DAY-1"]
    assert days(next_slots(one, on, count=1).slots) == ["2026-11-30 06:00"]


def test_a_grid_over_the_night_leaves_out_the_hour_that_dst_skips() -> None:
    written = raw("caas")
    written["types"]["hotfix"]["weekdays"] = [day.value for day in Weekday]
    del written["rules"]["DAY-3"]
    written["unbound"] = [{"types": ["hotfix"], "hours": {"since": time(1, 30), "until": time(6)}}]
    held = (booking("2027-03-28 01:30", hours=0.5),)
    on = ground(Profile.model_validate(written), team=ops(at_once=1), held=held)
    one = asked(wanted(HOTFIX, "2027-03-28 01:30"), on, "2027-03-20 09:00")
    # 01:30 is taken for half an hour; the clocks go from 02:00 to 03:00, so the next half hour is called 03:00.
    assert days(next_slots(one, on, count=1).slots) == ["2027-03-28 03:00"]


def test_notice_counted_in_hours_is_enough_late_on_a_day_and_not_early() -> None:
    written = raw("caas")
    written["types"]["code"]["lead"] = {"at_least": 30, "count": "hours"}
    on = ground(Profile.model_validate(written))
    one = asked(wanted(CODE, "2026-11-24 10:00"), on, "2026-11-23 09:00")
    assert blocking(one, on) == ["LEAD-2"]  # 25 hours
    refused = next_slots(one, on, count=1)
    assert days(refused.slots) == ["2026-11-25 10:00"]  # 15:00 would do on Tuesday, but the tests end at 17:30 then
    assert [day for day, _ in refused.refused] == [date(2026, 11, 24)]


def test_hours_of_notice_pass_while_the_step_of_a_block_fits() -> None:
    written = raw("caas")
    written["types"]["full"]["lead"] = {"at_least": 170, "count": "hours"}
    on = ground(Profile.model_validate(written))
    one = asked(wanted(FULL, "2026-11-30 09:00"), on, "2026-11-23 09:00")
    assert blocking(one, on) == ["LEAD-1"]  # 168 hours
    assert days(next_slots(one, on, count=1).slots) == ["2026-11-30 11:00"]


def test_what_never_fits_is_told_why_for_every_day() -> None:
    on = ground()
    one = asked(wanted(HOTFIX, duration=timedelta(hours=10)), on)
    found = next_slots(one, on, horizon_days=5)
    assert found.slots == ()
    why = {f"{day:%a}": [f.rule for f in findings] for day, findings in found.refused}
    assert why == {"Mon": ["HOUR-1"], "Tue": ["HOUR-1"], "Wed": ["HOUR-1"], "Thu": ["HOUR-1"], "Fri": ["HOUR-1"]}


def test_why_a_day_is_refused_that_begins_after_the_wanted_hour() -> None:
    """Asked for at 16:59 nothing is left of the day, and only the rules of the day can say why."""
    on = ground(who=customer(freezes=()))
    one = asked(wanted(CODE, "2026-11-26 16:59"), on)
    refused = dict(next_slots(one, on, count=1).refused)
    assert [f.rule for f in refused[date(2026, 11, 26)]] == ["HOUR-1"]


def test_no_step_before_a_date_that_is_not_known() -> None:
    on = ground()
    assert last_step(asked(wanted(FULL), on), on) is None
    assert uat_step(asked(wanted(FULL), on), on) is None
    prod = ground(PROD)
    assert last_step(asked(wanted(FULL, "2026-12-10 10:00"), prod), prod) is None


def test_no_step_where_everybody_is_closed_for_as_long_as_a_block_reaches() -> None:
    shut = Period(first=date(2026, 9, 1), last=date(2026, 12, 9), reason="moving")
    on = ground(who=customer(calendar=customer().calendar.model_copy(update={"closed": (shut,)})))
    assert latest_step_day(date(2026, 12, 10), on, 2, 60) is None
    one = asked(wanted(FULL, "2026-12-10 10:00"), on)
    assert "LEAD-1" in blocking(one, on)
    uat = asked(wanted(FULL, "2026-11-12 10:00", on="UAT"), on, prd=Window(at("2026-12-10 10:00"), timedelta(hours=4)))
    judged = finding("LEAD-1", uat, on)
    assert (judged.ruling, judged.facts["latest"]) == (Ruling.BROKEN, None)


def test_a_vacation_says_nothing_before_the_date_is_known() -> None:
    on = ground(PROD)
    assert finding("DAY-5", asked(wanted(CODE), on), on).ruling is Ruling.OPEN


@pytest.mark.parametrize(("year", "known"), [(LATEST_YEAR, True), (LATEST_YEAR + 1, False), (9999, False)])
def test_a_year_that_is_a_slip_of_the_pen_is_no_date(year: int, known: bool) -> None:
    on = ground()
    one = asked(wanted(CODE, f"{year}-12-02 10:00"), on)
    assert (one.window is not None) is known


def test_what_has_no_length_cannot_be_moved() -> None:
    on = ground()
    with pytest.raises(ValueError, match="cannot be moved"):
        asked(wanted(None), on).starting_at(at("2026-12-02 10:00"))


def test_a_moment_without_its_zone_is_refused() -> None:
    on = ground()
    one = asked(wanted(CODE, "2026-12-02 10:00"), on)
    naive = at("2026-11-23 09:00").replace(tzinfo=None)
    with pytest.raises(NaiveTimeError):
        replace(one, arrived=naive)
    with pytest.raises(NaiveTimeError):
        replace(one, now=naive)


def test_a_part_of_a_customer_under_another_profile_has_its_clock_and_hours() -> None:
    who = customer(profiles=(ProfileChoice(profile="prod", environments=("TEST",)),), productive=("PRD", "TEST"))
    on = ground_of(who, ops(), CAAS, profiles={"caas": CAAS, "prod": PROD})
    here, there = wanted(CODE, "2026-12-02 16:00"), wanted(CODE, "2026-12-02 16:00", on="TEST")
    assert on.under(here) is on
    moved = on.under(there)
    assert (moved.profile.id, moved.calendar.zone.key, moved.calendar.hours) == ("prod", "Europe/Madrid", PROD.hours)
    assert "HOUR-1" in blocking(asked(here, on), on)
    assert blocking(asked(there, moved), moved) == []  # 16:00 to 17:30 lies before 18:00


def test_a_rule_that_a_profile_does_not_keep_cannot_be_weighed() -> None:
    on = ground(PROD)
    rule = next(rule for rule in RULES if rule.id == "LEAD-2")
    one = asked(wanted(CODE, "2026-12-02 10:00"), on)
    assert not rule.concerns(one, on)
    with pytest.raises(KeyError, match="LEAD-2"):
        rule.weighed(one, on)


def test_what_no_cell_of_the_matrix_covers_stays_open_and_ours() -> None:
    only_full = [{"types": ["full"], "environments": ["PRD"], "by": "ops"}]
    on = ground(profile(performs=only_full, no_cell_is="PRD"))
    one = asked(wanted(CODE, "2026-12-02 10:00"), on)
    assert finding("WHO-1", one, on).ruling is Ruling.OPEN
    assert standing(one, on) is Standing.OURS


def test_all_countries_are_not_loaded_twice() -> None:
    """What stands in for the package of 250 countries is left alone where it is there already."""
    there = sys.modules["holidays.countries"]
    again = runpy.run_path(site.__file__)
    assert sys.modules["holidays.countries"] is there
    assert again["public_holidays"]("DE", "TH", 2027)[date(2027, 3, 26)] == "Good Friday"
