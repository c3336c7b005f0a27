"""PRE, TEST-2, SEE-14: a request that brings its instructions; what they do not show warns."""

import pytest

from deployment.explained.answers import Answer, before_manager, confirmed, seen
from deployment.explained.desk import Desk, Mail, code, full, hotfix

WHOLE = {
    "current": "11.0.1",
    "target": "11.0.2",
    "app": "yes",
    "web": "no",
    "cache": "yes",
    "db": "no",
    "notes": "see CHANGES 11.0.2",
    "description": "a fix of the basket",
    "list": "rm@standard.example.com",
}
TUESDAY = "2026-12-01 10:00"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(
            code(TUESDAY, **WHOLE, tested="INT, UAT"), confirmed("2026-11-30 17:00"), id="code, and where it ran"
        ),
        pytest.param(code(TUESDAY, **WHOLE), confirmed("2026-11-30 17:00", "PRE-2"), id="code, not said where it ran"),
        pytest.param(
            code(TUESDAY, **WHOLE, tested="INT"), confirmed("2026-11-30 17:00", "PRE-2"), id="code that ran on INT only"
        ),
        pytest.param(hotfix(TUESDAY, **WHOLE), before_manager("PRE-1"), id="hotfix, not said where it ran"),
        pytest.param(hotfix(TUESDAY, **WHOLE, tested="UAT, INT"), before_manager(), id="hotfix, and where it ran"),
        pytest.param(
            full("2026-12-10 10:00", **WHOLE),
            confirmed("2026-12-09 17:00", "PRE-3", uat="2026-12-08 10:00-14:30"),
            id="full: only our own record shows the UAT step",
        ),
        pytest.param(
            full("2026-12-10 10:00", **{**WHOLE, "db": "yes"}, cartridges="app_shop"),
            confirmed("2026-12-09 17:00", "PRE-3", uat="2026-12-08 10:00-14:30"),
            id="full may migrate the database",
        ),
        pytest.param(
            code(TUESDAY, of="unattended", **{**WHOLE, "list": "rm@unattended.example.com"}, tested="INT, UAT"),
            confirmed("2026-11-30 17:00", "TEST-2"),
            id="nobody is named for the tests",
        ),
        pytest.param(
            full("2026-12-10 10:00", of="uat-productive", **{**WHOLE, "list": "rm@uat-productive.example.com"}),
            confirmed("2026-12-09 17:00"),
            id="full where UAT is productive: there is no step to show",
        ),
    ],
)
def test_request_with_instructions(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer
