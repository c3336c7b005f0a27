"""WHO: what is not ours is not asked about; DAY-6, SCHED-4: what the deployment manager decides."""

import pytest

from deployment.explained.answers import Answer, asked_back, at, before_manager, by_partner, confirmed, other, seen
from deployment.explained.desk import Desk, Mail, code, full, hotfix, mail

NOT_OURS = Answer("not_ours", frozenset({"WHO-3"}))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(code("2026-12-01 10:00", env="UAT"), by_partner(), id="code on UAT"),
        pytest.param(hotfix("2026-12-01 10:00", env="UAT"), by_partner(), id="hotfix on UAT"),
        pytest.param(full("2026-12-01 10:00", env="INT"), by_partner(), id="full on INT"),
        pytest.param(code("2026-12-01 10:00", env="INT"), by_partner(), id="code on INT"),
        pytest.param(full("2026-12-01 10:00", env="UAT", product="IOM"), by_partner(), id="IOM on UAT"),
        pytest.param(full("2026-12-01 10:00", env="UAT", product="PWA"), by_partner("WHO-1"), id="PWA on UAT"),
        pytest.param(code("2026-12-01 10:00", env="TEST"), by_partner(), id="TEST is treated as INT"),
        pytest.param(full("2026-12-01 10:00", env="DEV"), by_partner(), id="DEV is treated as INT"),
        pytest.param(code("2026-12-05 23:00", env="UAT"), by_partner(), id="a Saturday night is not judged"),
        pytest.param(code(None, env="UAT", special=None), by_partner(), id="what lacks is not asked for"),
        pytest.param(
            mail(env="INT", product="ICM", at="2026-12-01 10:00"), by_partner(), id="INT is the partner's in any type"
        ),
        pytest.param(
            mail(env="UAT", product="ICM", at="2026-12-01 10:00", special="none"),
            asked_back(missing="type"),
            id="on UAT the type says who performs, so it is asked for",
        ),
        pytest.param(
            code("2026-12-01 10:00", of="test-productive", env="TEST"),
            confirmed("2026-11-30 17:00"),
            id="productive TEST",
        ),
        pytest.param(full("2026-12-10 10:00", of="setup"), by_partner("WHO-2"), id="before go-live PRD too"),
        pytest.param(full("2026-12-10 10:00", of="setup", env="UAT"), by_partner("WHO-2"), id="before go-live UAT"),
        pytest.param(
            code("2026-12-10 10:00", of="setup", env="INT"),
            by_partner("WHO-1 WHO-2"),
            id="before go-live INT: both rules",
        ),
        pytest.param(code("2026-12-01 10:00", of="apart"), NOT_OURS, id="managed by the partner alone"),
        pytest.param(code(None, of="apart", special=None), NOT_OURS, id="managed by the partner alone: nothing asked"),
        pytest.param(code("2026-12-01 10:00", of="delegated"), confirmed("2026-11-30 17:00"), id="delegated to us"),
    ],
)
def test_who(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer


AFTER_THE_FREEZES = at("10:00-12:30", "2027-01-25", "2027-01-26", "2027-01-27")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(
            code("2027-01-14 10:00", of="frozen"),
            other("DAY-6", *AFTER_THE_FREEZES),
            id="a hard freeze; the soft one behind it is not offered",
        ),
        pytest.param(code("2027-01-19 10:00", of="frozen"), before_manager("DAY-6"), id="a soft freeze"),
        pytest.param(hotfix("2027-01-19 10:00", of="frozen"), before_manager("DAY-6"), id="a hotfix in a soft freeze"),
        pytest.param(
            code("2027-01-22 10:00", of="frozen"),
            other("DAY-1 DAY-2 DAY-6", *AFTER_THE_FREEZES),
            id="a Friday in a soft freeze",
        ),
        pytest.param(
            full("2027-01-20 10:00", of="frozen"),
            before_manager("DAY-6", uat="2027-01-07 10:00-14:30"),
            id="full in a soft freeze: its UAT step lies before both",
        ),
        pytest.param(
            full("2027-02-09 10:00", of="frozen", env="UAT"),
            other("DAY-6", *at("10:00-14:30", "2027-02-15", "2027-02-16", "2027-02-17")),
            id="a freeze of UAT",
        ),
        pytest.param(
            code("2027-02-09 10:00", of="frozen"), confirmed("2027-02-08 17:00"), id="a freeze of UAT leaves PRD alone"
        ),
        pytest.param(code("2026-12-01 10:00", of="code-by-manager"), before_manager(), id="this customer's code"),
        pytest.param(
            hotfix("2026-11-24 10:00", of="code-by-manager"), confirmed("2026-11-23 17:00"), id="this customer's hotfix"
        ),
    ],
)
def test_freezes_and_approval(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer
