"""INST-3, INST-4, SCHED-8: when instructions are due, what reminds of them, how long an offer is held."""

from datetime import datetime

import pytest

from deployment.explained.answers import confirmed, seen
from deployment.explained.desk import BERLIN, Desk, Mail, code, hotfix
from dplmaild.deployment.timers import TimerKind

AT_ONCE = "code-by-manager"  # whose hotfixes are confirmed at once


@pytest.mark.parametrize(
    ("asked", "deadline"),
    [
        pytest.param(
            code("2026-11-30 10:00", arrived="2026-11-27 13:00"), "2026-11-27 17:00", id="four working hours to closing"
        ),
        pytest.param(
            code("2026-11-30 14:00", arrived="2026-11-27 13:01"), "2026-11-30 09:01", id="a minute less: four of them"
        ),
        pytest.param(
            code("2026-11-30 10:00", arrived="2026-11-27 13:01"), "2026-11-30 09:00", id="never in the last hour"
        ),
        pytest.param(
            code("2026-11-30 14:00", arrived="2026-11-27 18:00"), "2026-11-30 13:00", id="confirmed on a Friday evening"
        ),
        pytest.param(
            code("2026-12-01 10:00", arrived="2026-11-28 12:00"), "2026-11-30 17:00", id="confirmed on a Saturday"
        ),
        pytest.param(
            code("2026-12-28 10:00", arrived="2026-12-21 09:00"), "2026-12-24 12:00", id="the end of a half day"
        ),
        pytest.param(
            code("2026-12-28 14:00", arrived="2026-12-24 09:00"), "2026-12-28 10:00", id="a half day has three hours"
        ),
        pytest.param(
            hotfix("2026-11-23 15:00", of=AT_ONCE), "2026-11-23 13:00", id="a hotfix in six hours: four of them"
        ),
        pytest.param(
            hotfix("2026-11-23 11:00", of=AT_ONCE, arrived="2026-11-23 09:30"),
            "2026-11-23 10:00",
            id="a hotfix in one hour and a half",
        ),
        pytest.param(
            hotfix("2026-11-24 15:00", of=AT_ONCE, arrived="2026-11-23 16:00"),
            "2026-11-24 12:00",
            id="a hotfix confirmed an hour before closing",
        ),
    ],
)
def test_deadline(desk: Desk, asked: Mail, deadline: str) -> None:
    assert seen(desk, asked) == confirmed(deadline)


def _wall(moment: datetime) -> str:
    return f"{moment.astimezone(BERLIN):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        pytest.param(code("2026-12-01 10:00"), ["2026-11-26 17:00", "2026-11-30 13:00"], id="both"),
        pytest.param(
            code("2026-11-26 10:00", arrived="2026-11-23 23:59"), ["2026-11-25 13:00"], id="two days ahead is over"
        ),
        pytest.param(hotfix("2026-11-23 15:00", of=AT_ONCE), [], id="due on the same day: none"),
        pytest.param(
            hotfix("2026-11-24 10:00", of=AT_ONCE, arrived="2026-11-23 12:00"),
            ["2026-11-23 13:00"],
            id="an hour after the confirmation: just kept",
        ),
        pytest.param(
            hotfix("2026-11-24 10:00", of=AT_ONCE, arrived="2026-11-23 12:01"), [], id="a minute sooner: dropped"
        ),
        pytest.param(
            code("2026-12-28 10:00", arrived="2026-12-21 09:00"),
            ["2026-12-22 12:00", "2026-12-23 16:00"],
            id="before a half day: three hours of it and one of the day before",
        ),
    ],
)
def test_reminders(desk: Desk, asked: Mail, due: list[str]) -> None:
    timers = desk.decided(asked).timers
    assert sorted(_wall(t.due) for t in timers if t.kind is TimerKind.REMINDER) == due


@pytest.mark.parametrize(
    ("asked", "held_until"),
    [
        pytest.param(code("2026-12-04 10:00"), ["2026-11-25 09:00"] * 3, id="two working days"),
        pytest.param(
            code("2026-12-11 10:00", arrived="2026-11-27 16:00"), ["2026-12-01 16:00"] * 3, id="over a weekend"
        ),
        pytest.param(
            code("2026-12-11 10:00", arrived="2026-11-28 12:00"), ["2026-12-02 09:00"] * 3, id="from a Saturday"
        ),
        pytest.param(
            hotfix("2026-11-24 08:00"),
            ["2026-11-23 17:00", "2026-11-24 17:00", "2026-11-25 09:00"],
            id="the deadline of a near slot comes first",
        ),
    ],
)
def test_offers_are_held(desk: Desk, asked: Mail, held_until: list[str]) -> None:
    case = desk.decided(asked).case
    assert case is not None
    assert [_wall(offer.until) for offer in case.offers] == held_until
