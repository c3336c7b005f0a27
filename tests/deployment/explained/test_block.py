"""LEAD-1 and SCHED-9: the UAT step that goes before a full ICM deployment."""

import pytest

from deployment.explained.answers import Answer, at, confirmed, other, seen
from deployment.explained.desk import Desk, Mail, code, full, mail


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(
            full("2026-12-10 10:00"),
            confirmed("2026-12-09 17:00", uat="2026-12-08 10:00-14:30"),
            id="PRD Thursday, UAT Tuesday",
        ),
        pytest.param(
            full("2026-12-16 10:00"),
            confirmed("2026-12-15 17:00", uat="2026-12-14 10:00-14:30"),
            id="PRD Wednesday, UAT Monday",
        ),
        pytest.param(
            full("2026-12-15 10:00"),
            confirmed("2026-12-14 17:00", uat="2026-12-10 10:00-14:30"),
            id="PRD Tuesday: Friday is far enough and no day for it, so UAT Thursday",
        ),
        pytest.param(
            full("2026-12-14 10:00"),
            confirmed("2026-12-11 17:00", uat="2026-12-10 10:00-14:30"),
            id="PRD Monday, UAT Thursday",
        ),
        pytest.param(
            full("2026-12-10 10:00", of="catalan-partner"),
            confirmed("2026-12-09 17:00", uat="2026-12-03 10:00-14:30"),
            id="the partner's holiday is no working day between, and UAT not on its eve",
        ),
        pytest.param(
            full("2026-12-10 12:30"),
            confirmed("2026-12-09 17:00", uat="2026-12-08 12:30-17:00"),
            id="UAT at PRD's time of day",
        ),
        pytest.param(full("2026-12-10 10:00", env="PRD"), confirmed("2026-12-09 17:00"), id="PRD was named: PRD alone"),
        pytest.param(
            mail("only-icm", type="full", at="2026-12-10 10:00", special="none"),
            confirmed("2026-12-09 17:00", uat="2026-12-08 10:00-14:30"),
            id="the only product need not be named",
        ),
        pytest.param(
            full("2026-11-24 10:00", env="UAT"), confirmed("2026-11-23 17:00"), id="UAT alone is not bound to a week"
        ),
        pytest.param(
            full("2026-11-23 12:00", env="UAT"), confirmed("2026-11-23 11:00"), id="UAT alone, three hours ahead"
        ),
        pytest.param(
            full("2026-12-04 10:00", env="UAT"),
            other("DAY-1 DAY-2", *at("10:00-14:30", "2026-12-07", "2026-12-08", "2026-12-09")),
            id="UAT alone keeps the rules of the day",
        ),
        pytest.param(
            full("2026-12-30 10:00", of="closing", arrived="2026-12-23 09:00"),
            other("LEAD-1", *at("10:00-14:30", "2027-01-04", "2027-01-05", "2027-01-06")),
            id="seven days, and no legal UAT day among them",
        ),
        pytest.param(
            full("2027-02-11 10:00", of="frozen"),
            confirmed("2027-02-10 17:00", uat="2027-02-04 10:00-14:30"),
            id="UAT is frozen for a week: the last day before that",
        ),
        pytest.param(
            full("2026-12-10 10:00", of="uat-productive"),
            confirmed("2026-12-09 17:00"),
            id="a productive UAT is no step",
        ),
        pytest.param(
            full("2026-11-24 10:00", of="uat-productive", env="UAT"),
            other("LEAD-1", *at("10:00-14:30", "2026-11-30", "2026-12-01", "2026-12-02")),
            id="a productive UAT needs a week like PRD",
        ),
        pytest.param(
            code("2026-12-01 10:00", of="uat-productive", env="UAT"),
            confirmed("2026-11-30 17:00"),
            id="code on a productive UAT is ours",
        ),
        pytest.param(
            full("2026-12-10 10:00", of="test-productive", env="TEST"),
            confirmed("2026-12-09 17:00"),
            id="a productive TEST is treated as PRD",
        ),
    ],
)
def test_block(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer
