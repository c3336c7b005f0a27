"""SCHED-7: two at once and three a day for OPS, one at a time for a customer; mails that build on each other."""

import pytest

from deployment.explained.answers import Answer, answer_in, at, confirmed, other
from deployment.explained.desk import Desk, Mail, code, full, ops_zone

TUESDAY = "2026-12-01 10:00"
AGREED = confirmed("2026-11-30 17:00")


@pytest.mark.parametrize(
    ("before", "asked", "answer"),
    [
        pytest.param((code(TUESDAY),), code(TUESDAY, of="second"), AGREED, id="two at once"),
        pytest.param(
            (code(TUESDAY), code(TUESDAY, of="second")),
            code(TUESDAY, of="third"),
            other("SCHED-7", "2026-12-01 12:30-15:00", *at("10:00-12:30", "2026-12-02", "2026-12-03")),
            id="a third one: behind them, and the time of day on later days",
        ),
        pytest.param(
            (code("2026-12-01 09:00"), code("2026-12-01 09:00", of="second"), code("2026-12-01 12:00", of="third")),
            code("2026-12-01 14:30", of="fourth"),
            other("SCHED-7", *at("14:30-17:00", "2026-12-02", "2026-12-03", "2026-12-07")),
            id="a fourth one on that day",
        ),
        pytest.param(
            (code(TUESDAY),),
            code("2026-12-01 11:00", product="PWA"),
            other("SCHED-7", "2026-12-01 12:30-15:00", *at("11:00-13:30", "2026-12-02", "2026-12-03")),
            id="the customer's own one runs",
        ),
        pytest.param((code(TUESDAY),), code("2026-12-01 12:30", product="PWA"), AGREED, id="right behind it"),
        pytest.param(
            (full(TUESDAY, env="UAT"),),
            code(TUESDAY),
            other("SCHED-7", "2026-12-01 14:30-17:00", *at("10:00-12:30", "2026-12-02", "2026-12-03")),
            id="the customer's own one runs on UAT",
        ),
        pytest.param(
            (code("2026-12-04 10:00"), code("2026-12-04 10:00", of="second")),
            code("2026-12-04 10:00", of="third"),
            other("DAY-1 DAY-2", *at("12:30-15:00", "2026-12-07", "2026-12-08", "2026-12-09")),
            id="what was offered to others is held",
        ),
    ],
)
def test_capacity(desk: Desk, before: tuple[Mail, ...], asked: Mail, answer: Answer) -> None:
    *_, last = desk.simulate(*before, asked)
    assert answer_in(last, ops_zone(asked)) == answer
