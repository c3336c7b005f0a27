"""SCHED-7: room on OPS's side and on the customer's."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest

from deployment.rules.build import CODE, asked, at, blocking, booking, customer, finding, ground, ops, raw, wanted
from dplmaild.deployment.bookings import Booking, Schedule
from dplmaild.deployment.customer import Engineer
from dplmaild.deployment.periods import Period, Season
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.schedule import next_slots
from dplmaild.deployment.terms import Window

TEN = "2026-12-01 10:00"  # until 12:30
DAY = "2026-12-01"
FULL_HOUSE = (booking(f"{DAY} 09:00", 8), booking(f"{DAY} 11:00", 1))


@pytest.mark.parametrize(
    ("held", "team", "expected"),
    [
        pytest.param((), {}, [], id="nothing is held"),
        pytest.param((booking(f"{DAY} 09:00", 8),), {}, [], id="one of two at once"),
        pytest.param(FULL_HOUSE, {}, ["SCHED-7"], id="both at once for an hour"),
        pytest.param((booking(TEN, 1), booking(f"{DAY} 11:00", 1)), {}, [], id="one after the other"),
        pytest.param((booking(f"{DAY} 09:00", 1), booking(f"{DAY} 12:30", 1)), {"at_once": 1}, [], id="touching ends"),
        pytest.param((booking(f"{DAY} 12:29", 1),), {"at_once": 1}, ["SCHED-7"], id="a minute too near"),
        pytest.param((booking(f"{DAY} 15:00", 1),), {"per_day": 1}, ["SCHED-7"], id="the day's number is reached"),
        pytest.param((booking("2026-12-02 09:00", 1),), {"per_day": 1}, [], id="the next day does not count"),
        pytest.param((booking("2026-12-01 00:15", 1),), {"per_day": 1}, ["SCHED-7"], id="a quarter past midnight does"),
        pytest.param((booking("2026-11-30 23:45", 1),), {"per_day": 1}, [], id="the evening before does not"),
        pytest.param((booking(TEN, 1, who="acme", where="INT"),), {}, ["SCHED-7"], id="the customer's own"),
        pytest.param((booking(f"{DAY} 13:00", 1, who="acme"),), {}, [], id="the customer's own in the afternoon"),
    ],
)
def test_room(held: tuple[Booking, ...], team: dict[str, Any], expected: list[str]) -> None:
    on = ground(team=ops(**team), held=held)
    assert blocking(asked(wanted(CODE, TEN), on), on) == expected


def test_a_case_is_not_in_its_own_way() -> None:
    on = ground(team=ops(at_once=1), held=(booking(TEN, 2.5, who="acme", reference="DPL-2026-0042"),))
    assert blocking(asked(wanted(CODE, TEN), on, reference="DPL-2026-0042"), on) == []
    assert blocking(asked(wanted(CODE, TEN), on, reference="DPL-2026-0043"), on) == ["SCHED-7"]


ANN = Engineer(address="ann@example.net", away=(Period(first=date(2026, 12, 1), last=date(2026, 12, 1)),))
BOB = Engineer(address="bob@example.net")
EVE = Engineer(address="eve@example.net", per_day=1)
KIM = Engineer(address="kim@example.net", per_day=2)
MAX = ANN.model_copy(update={"address": "max@example.net", "per_day": 9})  # away as well
EARLY = booking("2026-12-01 14:00", 1)


@pytest.mark.parametrize(
    ("team", "held", "expected"),
    [
        pytest.param({"people": (ANN, BOB)}, (), [], id="one of two engineers is there"),
        pytest.param({"people": (ANN, BOB)}, (booking(TEN, 1),), ["SCHED-7"], id="and busy"),
        pytest.param({"people": (ANN,)}, (), ["SCHED-7"], id="nobody is there"),
        pytest.param({"people": (BOB,)}, (booking(TEN, 1),), [], id="nobody is away: the stated number holds"),
        pytest.param({"people": (EVE,)}, (), [], id="one a day, and none yet"),
        pytest.param({"people": (EVE,)}, (EARLY,), ["SCHED-7"], id="one a day, and one in the afternoon"),
        pytest.param({"people": (EVE, KIM)}, (EARLY,), [], id="three of two engineers"),
        pytest.param({"people": (EVE, BOB)}, (EARLY,), [], id="one without a limit takes the rest"),
        pytest.param({"people": (EVE, MAX)}, (EARLY,), ["SCHED-7"], id="who is away takes nothing"),
        pytest.param(
            {"seasons": (Season(first=date(2026, 11, 23), last=date(2026, 12, 24), at_once=1),)},
            (booking(TEN, 1),),
            ["SCHED-7"],
            id="a busy season with one at once",
        ),
        pytest.param(
            {"seasons": (Season(first=date(2026, 12, 2), last=date(2026, 12, 24), per_day=0),)},
            (),
            [],
            id="a season that begins tomorrow",
        ),
        pytest.param(
            {"seasons": (Season(first=date(2026, 12, 1), last=date(2026, 12, 1), per_day=0),)},
            (),
            ["SCHED-7"],
            id="a season without any",
        ),
    ],
)
def test_less_than_usual(team: dict[str, Any], held: tuple[Booking, ...], expected: list[str]) -> None:
    on = ground(team=ops(**team), held=held)
    assert blocking(asked(wanted(CODE, TEN), on), on) == expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param("INT", ["SCHED-7"], id="INT shares UAT's server"),
        pytest.param("PRD", [], id="PRD has its own"),
    ],
)
def test_shared_servers(where: str, expected: list[str]) -> None:
    source = raw("caas")
    source["slots"]["customer_at_once"] = 2
    source["performs"] = [{"by": "ops"}]
    source["performs"][0]["environments"] = ["INT", "UAT", "PRD"]
    on = ground(Profile.model_validate(source), customer(), held=(booking(TEN, 1, who="acme", where="UAT"),))
    assert blocking(asked(wanted(CODE, TEN, on=where), on), on) == expected


def test_the_finding_counts() -> None:
    on = ground(held=FULL_HOUSE)
    facts = finding("SCHED-7", asked(wanted(CODE, TEN), on), on).facts
    assert (facts["at_once"], facts["at_once_limit"], facts["that_day"], facts["per_day_limit"]) == (2, 2, 2, 4)


@pytest.mark.parametrize(
    ("held", "team", "moment"),
    [
        pytest.param(
            (booking(f"{DAY} 09:00", 2), booking(f"{DAY} 11:00", 3)), {"at_once": 1}, f"{DAY} 11:00", id="one ends"
        ),
        pytest.param((booking(f"{DAY} 15:00", 1),), {"per_day": 1}, "2026-12-02 00:00", id="the day is full"),
    ],
)
def test_the_moment_before_which_there_is_no_room(held: tuple[Booking, ...], team: dict[str, Any], moment: str) -> None:
    on = ground(team=ops(**team), held=held)
    assert finding("SCHED-7", asked(wanted(CODE, TEN), on), on).facts["no_room_before"] == at(moment)


class _Watched(Schedule):
    """A schedule that counts how often it is asked."""

    asked_for: ClassVar[list[Window]] = []

    def overlapping(self, window: Window, besides: str | None = None) -> tuple[Booking, ...]:
        self.asked_for.append(window)
        return Schedule.overlapping(self, window, besides)


def test_a_year_of_full_days_asks_the_schedule_no_oftener_than_something_ends() -> None:
    days = [date(2026, 11, 23) + timedelta(days=n) for n in range(250)]
    held = tuple(booking(f"{day} {hour:02}:00", 2) for day in days for hour in (9, 11, 13, 15))
    busy = replace(ground(team=ops(at_once=1, per_day=9)), schedule=_Watched(held))
    _Watched.asked_for.clear()
    slots = next_slots(asked(wanted(CODE, TEN), busy), busy).slots
    assert slots[0].start > at("2027-07-29 00:00")
    assert len(_Watched.asked_for) <= 6 * len(
        days
    )  # the wanted time, and behind each of the four; once more to say why
