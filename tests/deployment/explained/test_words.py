"""TYPE, SCHED-1, POLICY-3: what the words settle, contradict, or leave open."""

import pytest

from deployment.explained.answers import Answer, asked_back, at, before_manager, confirmed, other, seen
from deployment.explained.desk import Desk, Mail, code, full, hotfix, mail

TESTED = {"tested": "INT, UAT"}


def _versions(current: str, target: str) -> dict[str, str]:
    return {"current": current, "target": target, **TESTED}


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(
            code("2026-12-08 10:00", product="IOM"), confirmed("2026-12-07 17:00", "TYPE-1"), id="IOM as code is full"
        ),
        pytest.param(
            code("2026-11-26 10:00", product="IOM"),
            other("TYPE-1 LEAD-1", *at("10:00-14:30", "2026-11-30", "2026-12-01", "2026-12-02")),
            id="IOM as code is full, and needs the week of a full one",
        ),
        pytest.param(hotfix("2026-11-24 10:00", product="IOM"), before_manager(), id="an IOM hotfix stays one"),
        pytest.param(
            full("2026-11-26 10:00", product="PWA"),
            confirmed("2026-11-25 17:00", "TYPE-1"),
            id="PWA as full is code, and three days are enough",
        ),
        pytest.param(hotfix("2026-11-24 10:00", product="PWA"), before_manager(), id="a PWA hotfix stays one"),
        pytest.param(
            mail(product="IOM", at="2026-12-08 10:00", special="none"),
            confirmed("2026-12-07 17:00"),
            id="IOM without a type: the product settles it",
        ),
        pytest.param(
            mail(product="PWA", at="2026-11-26 10:00", special="none"),
            confirmed("2026-11-25 17:00"),
            id="PWA without a type: the product settles it",
        ),
        pytest.param(
            code("2026-12-01 10:00", db="yes", **TESTED),
            asked_back("DBMigrate", broken="TYPE-2"),
            id="code with DBMigrate",
        ),
        pytest.param(
            hotfix("2026-12-01 10:00", db="yes", **TESTED),
            asked_back("DBMigrate", broken="TYPE-2"),
            id="hotfix with DBMigrate",
        ),
        pytest.param(
            hotfix("2026-12-01 10:00", **_versions("11.0.1", "11.0.2")), before_manager(), id="hotfix, third position"
        ),
        pytest.param(
            hotfix("2026-12-01 10:00", **_versions("11.0.1", "11.1.1")),
            asked_back("target_version", broken="TYPE-3"),
            id="hotfix, second position",
        ),
        pytest.param(
            hotfix("2026-12-01 10:00", **_versions("11.1.1", "11.0.0")),
            asked_back("target_version", broken="TYPE-3 TYPE-5"),
            id="hotfix, second position and downwards: both are said",
        ),
        pytest.param(
            code("2026-12-01 10:00", **_versions("11.0.2", "11.0.1")),
            asked_back("target_version", broken="TYPE-5"),
            id="the target lies below",
        ),
        pytest.param(
            code("2026-12-01 10:00", **_versions("11.0.2", "11.0.2")),
            confirmed("2026-11-30 17:00", "TYPE-5"),
            id="the same version is said back",
        ),
        pytest.param(
            code("2026-12-01 10:00", **_versions("11.0.9", "11.0.10")),
            confirmed("2026-11-30 17:00"),
            id="ten is more than nine",
        ),
    ],
)
def test_type(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer


AFTER_EASTER_WEEK = at("10:00-12:30", "2027-04-05", "2027-04-06", "2027-04-07")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(
            mail(product="ICM", at="2026-12-01 10:00"),
            asked_back(missing="type special_activities"),
            id="two are missing",
        ),
        pytest.param(
            mail(at="2026-12-01 10:00"),
            asked_back(missing="type product special_activities"),
            id="only the date is there",
        ),
        pytest.param(
            mail("only-icm", at="2026-12-01 10:00"),
            asked_back(missing="type special_activities"),
            id="the only product is not asked for",
        ),
        pytest.param(code(None), asked_back(missing="when"), id="no date"),
        pytest.param(
            code("2026-12-04 10:00", special=None),
            asked_back(missing="special_activities", broken="DAY-1 DAY-2"),
            id="a Friday, and something missing: both come out",
        ),
        pytest.param(code("2026-12-01"), asked_back("when"), id="a day without a time"),
        pytest.param(
            code("03/04/2027 10:00"),
            other("DAY-1 DAY-2 DAY-3 HOUR-1", *AFTER_EASTER_WEEK),
            id="3 April, a Saturday, as this customer writes it",
        ),
        pytest.param(code("Monday, 2026-12-01 10:00"), asked_back("when"), id="the weekday contradicts"),
        pytest.param(code("2027-03-28 02:30"), asked_back("when"), id="an hour that DST skips"),
        pytest.param(code("2027-10-31 02:30"), asked_back("when"), id="an hour that DST doubles"),
        pytest.param(code("2027-07-06 10:00 CET"), asked_back("when"), id="CET in July"),
        pytest.param(code("2026-12-01 09:00 UTC"), confirmed("2026-11-30 17:00"), id="a written zone wins"),
        pytest.param(
            hotfix("as soon as possible", arrived="2026-11-23 10:12"),
            other("", "2026-11-23 11:30-13:00", *at("09:00-10:30", "2026-11-24", "2026-11-25")),
            id="a hotfix as soon as possible: the next three",
        ),
        pytest.param(
            hotfix("as soon as possible", arrived="2026-11-27 18:00"),
            other("", *at("09:00-10:30", "2026-11-30", "2026-12-01", "2026-12-02")),
            id="a hotfix as soon as possible, on a Friday evening",
        ),
        pytest.param(
            code("as soon as possible"),
            asked_back(missing="when", earliest="2026-11-26 09:00-11:30"),
            id="code as soon as possible: asked, with the earliest",
        ),
        pytest.param(
            full("as soon as possible"),
            asked_back(missing="when", earliest="2026-11-30 09:00-13:30"),
            id="full as soon as possible: asked, with the earliest that leaves room for UAT",
        ),
        pytest.param(
            mail(product="ICM", at="as soon as possible", special="none"),
            asked_back(missing="type when"),
            id="as soon as possible without a type",
        ),
    ],
)
def test_what_is_open(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer
