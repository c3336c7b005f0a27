"""LEAD: the notice counts calendar days in OPS's zone, and every start lies an hour ahead."""

import pytest

from deployment.explained.answers import Answer, at, before_manager, confirmed, other, seen
from deployment.explained.desk import Desk, Mail, code, full, hotfix

MIDNIGHT, BEFORE = "2026-11-24 00:00", "2026-11-23 23:59"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(code("2026-12-01 10:00"), confirmed("2026-11-30 17:00"), id="code, eight days ahead"),
        pytest.param(
            code("2026-11-26 10:00", arrived=BEFORE), confirmed("2026-11-25 17:00"), id="code, arrived before midnight"
        ),
        pytest.param(
            code("2026-11-26 10:00", arrived=MIDNIGHT),
            other("LEAD-2", *at("10:00-12:30", "2026-11-30", "2026-12-01", "2026-12-02")),
            id="code, arrived at midnight: one day less",
        ),
        pytest.param(
            code("2026-11-26 10:00", arrived="2026-11-23T23:30:00+00:00"),
            other("LEAD-2", *at("10:00-12:30", "2026-11-30", "2026-12-01", "2026-12-02")),
            id="code, before midnight in UTC and after it in OPS's zone",
        ),
        pytest.param(
            code("2026-11-26 10:00", arrived="2026-11-24T07:00:00+09:00"),
            confirmed("2026-11-25 17:00"),
            id="code, the next morning in Tokyo and the evening before in OPS's zone",
        ),
        pytest.param(
            full("2026-12-07 10:00"),
            confirmed("2026-12-04 17:00", uat="2026-12-03 10:00-14:30"),
            id="full, fourteen days ahead",
        ),
        pytest.param(
            full("2026-12-07 10:00", arrived=MIDNIGHT),
            confirmed("2026-12-04 17:00", "LEAD-1", uat="2026-12-03 10:00-14:30"),
            id="full, thirteen days ahead: a warning, and still confirmed",
        ),
        pytest.param(
            full("2026-11-30 10:00"),
            confirmed("2026-11-27 17:00", "LEAD-1", uat="2026-11-26 10:00-14:30"),
            id="full, seven days ahead",
        ),
        pytest.param(
            full("2026-11-30 10:00", arrived=MIDNIGHT),
            other("LEAD-1", *at("10:00-14:30", "2026-12-01", "2026-12-02", "2026-12-03")),
            id="full, six days ahead",
        ),
        pytest.param(
            full("2027-04-01 10:00", arrived="2027-03-25 09:00"),
            confirmed("2027-03-31 17:00", "LEAD-1", uat="2027-03-30 10:00-14:30"),
            id="full, seven days over the DST night are seven days",
        ),
        pytest.param(
            code("2027-11-01 10:00", arrived="2027-10-29 23:59"),
            confirmed("2027-11-01 09:00"),
            id="code, three days over the longer DST night",
        ),
        pytest.param(hotfix("2026-11-24 10:00"), before_manager(), id="hotfix, the next day"),
        pytest.param(hotfix("2027-02-10 10:00"), before_manager(), id="hotfix, months ahead"),
        pytest.param(hotfix("2026-11-23 10:00"), before_manager(), id="hotfix, one hour ahead"),
        pytest.param(
            hotfix("2026-11-23 09:59"),
            other("LEAD-4", "2026-11-23 10:00-11:30", *at("09:59-11:29", "2026-11-24", "2026-11-25")),
            id="hotfix, a minute less than an hour ahead",
        ),
        pytest.param(
            hotfix("2026-11-23 09:30", arrived="2026-11-23 11:00"),
            other("LEAD-4", "2026-11-23 12:00-13:30", *at("09:30-11:00", "2026-11-24", "2026-11-25")),
            id="hotfix, earlier on the same day",
        ),
        pytest.param(
            hotfix("2026-11-19 10:00"),
            other("LEAD-3 LEAD-4", *at("10:00-11:30", "2026-11-23", "2026-11-24", "2026-11-25")),
            id="hotfix, a date in the past",
        ),
        pytest.param(
            code("2026-11-20 10:00"),
            other("LEAD-2 LEAD-4 DAY-1 DAY-2", *at("10:00-12:30", "2026-11-26", "2026-11-30", "2026-12-01")),
            id="code, a Friday in the past: all that is wrong with it",
        ),
        pytest.param(
            full("2026-11-17 10:00"),
            other("LEAD-1 LEAD-4", *at("10:00-14:30", "2026-11-30", "2026-12-01", "2026-12-02")),
            id="full, a date in the past",
        ),
    ],
)
def test_notice(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer
