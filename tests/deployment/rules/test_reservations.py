"""Recurring reservations hold slots ahead, for others, until nobody can claim them any more (SCHED-5)."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from deployment.rules.build import (
    CAAS,
    CODE,
    CUSTOMER,
    FULL,
    HOTFIX,
    asked,
    booking,
    broken,
    customer,
    ground,
    wanted,
)
from dplmaild.deployment.bookings import Schedule
from dplmaild.deployment.customer import Customer, Reservation
from dplmaild.deployment.reservations import reserved, reserved_by_all
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.terms import Severity


def reservation(**changed: Any) -> Reservation:
    """Every second Tuesday of the month at ten, for code, unless said otherwise."""
    usual = {
        "id": "jour-fixe",
        "rule": "FREQ=MONTHLY;BYDAY=2TU",
        "first": date(2026, 1, 1),
        "at": time(10),
        "type": CODE,
    }
    return Reservation.model_validate({**usual, **changed})


def holding(*reservations: Reservation, who: str = "other") -> Customer:
    return customer(id=who, reservations=reservations)


def starts(one: Reservation, today: date, days: int = 100) -> list[str]:
    held = reserved(holding(one), CAAS, today, days)
    return [f"{booking.window.start:%Y-%m-%d %H:%M}" for booking in held]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param("FREQ=MONTHLY;BYDAY=2TU", ["2026-12-08", "2027-01-12", "2027-02-09"], id="second Tuesdays"),
        pytest.param("FREQ=MONTHLY;BYDAY=-1TH", ["2026-11-26", "2026-12-31", "2027-01-28", "2027-02-25"],
                     id="last Thursdays"),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=6;COUNT=9", ["2026-11-23", "2027-01-04", "2027-02-15"], id="every six weeks"
        ),
        pytest.param("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270101T000000", ["2026-12-08"], id="until the year ends"),
    ],
)  # fmt: skip
def test_rules_of_days(rule: str, expected: list[str]) -> None:
    first = date(2026, 8, 31) if "INTERVAL" in rule else date(2026, 1, 1)
    one = reservation(rule=rule, first=first)
    assert starts(one, date(2026, 11, 20)) == [f"{day} 10:00" for day in expected]


def test_it_holds_the_length_of_its_type_or_its_own() -> None:
    for written, hours in (({}, 2.5), ({"type": FULL}, 4.5), ({"duration": timedelta(hours=1)}, 1)):
        (first, *_) = reserved(holding(reservation(**written)), CAAS, date(2026, 11, 20), 30)
        assert first.window.length == timedelta(hours=hours)
        assert first.tentative


@pytest.mark.parametrize(
    ("type_", "last_held"),
    [
        pytest.param(CODE, 3, id="code, three days"),
        pytest.param(FULL, 7, id="full, a week"),
        pytest.param(HOTFIX, 0, id="hotfix"),
    ],
)
def test_what_nobody_has_claimed_in_time_is_free_again(type_: Any, last_held: int) -> None:
    one, day = reservation(type=type_), date(2026, 12, 8)
    assert f"{day} 10:00" in starts(one, day - timedelta(days=last_held))
    assert f"{day} 10:00" not in starts(one, day - timedelta(days=last_held - 1))


def test_single_days_are_left_out_and_a_time_that_dst_skips() -> None:
    assert starts(reservation(without=(date(2026, 12, 8),)), date(2026, 11, 20), 30) == []
    night = reservation(rule="FREQ=DAILY", at=time(2, 30), type=HOTFIX)
    assert starts(night, date(2027, 3, 27), 2) == ["2027-03-27 02:30", "2027-03-29 02:30"]


def on_schedule(asking: str, *held: Any) -> Ground:
    """A customer's ground on a day in November, beside another who reserved the second Tuesdays."""
    ahead = reserved_by_all([(holding(reservation()), CAAS)], date(2026, 11, 23), 60)
    base = ground(who=customer(id=asking), team=ground().ops.model_copy(update={"at_once": 1}))
    return replace(base, schedule=Schedule(tuple(held)).over(Schedule(ahead), asking))


def refused(on: Ground, start: str = "2026-12-08 11:00") -> bool:
    return "SCHED-7" in broken(asked(wanted(CODE, start), on), on, Severity.BLOCKS)


def test_others_are_kept_out_and_its_owner_is_not() -> None:
    assert refused(on_schedule("acme"))
    assert not refused(on_schedule("acme"), "2026-12-09 11:00")
    assert not refused(on_schedule("other"))


def test_a_claimed_slot_counts_once() -> None:
    claimed = booking("2026-12-08 09:00", 1, who="other")  # earlier the same day: the reservation still holds at ten
    assert refused(on_schedule("acme", claimed))
    moved = booking("2026-12-08 12:00", 2.5, who="other")  # overlaps it: this is the claim
    assert not refused(on_schedule("acme", moved), "2026-12-08 09:00")


def test_it_stays_beneath_when_something_is_decided() -> None:
    on = on_schedule("acme")
    changed = on.schedule.holding("DPL-9", [booking("2026-12-10 10:00", reference="DPL-9")])
    assert changed.reserved is on.schedule.reserved
    assert len(changed.overlapping(wanted_window("2026-12-08 10:00"))) == 1
    assert len(changed.overlapping(wanted_window("2026-12-10 10:00"))) == 1


def wanted_window(start: str) -> Any:
    return booking(start).window


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"rule": "every second Tuesday"}, "RRULE of days", id="words"),
        pytest.param({"rule": "FREQ=HOURLY"}, "RRULE of days", id="hourly"),
        pytest.param({"rule": "FREQ=DAILY;BYMINUTE=0,10,20"}, "RRULE of days", id="many times a day"),
        pytest.param({"rule": "FREQ=WEEKLY;BYDAY=XX"}, "is no RRULE", id="no such day"),
        pytest.param({"rule": "FREQ=WEEKLY;INTERVAL=0"}, "at least", id="no step"),
        pytest.param({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"}, "never happens", id="31 February"),
        pytest.param({"rule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, "never happens", id="30 February, day by day"),
        pytest.param({"rule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2"}, "never happens", id="twice on it"),
        pytest.param({"duration": timedelta(days=3)}, "less than or equal to 1 day", id="three days long"),
        pytest.param({"colour": "blue"}, "Extra inputs", id="an unknown key"),
    ],
)
def test_what_is_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as told:
        reservation(**changed)
    assert says in str(told.value)


def test_nobody_reserves_nothing() -> None:
    assert reserved_by_all([(CUSTOMER, CAAS)], date(2026, 11, 23), 400) == ()
