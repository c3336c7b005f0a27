"""HOUR, POLICY-4: the whole window inside OPS's hours, and what is free of them."""

import pytest

from deployment.explained.answers import Answer, asked_back, at, before_manager, confirmed, other, seen
from deployment.explained.desk import Desk, Mail, code, full, hotfix

WED_TO_MON = ("2026-12-02", "2026-12-03", "2026-12-07")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(code("2026-12-01 14:30"), confirmed("2026-11-30 17:00"), id="ends at closing time"),
        pytest.param(
            code("2026-12-01 14:31"), other("HOUR-1", *at("09:00-11:30", *WED_TO_MON)), id="ends a minute after closing"
        ),
        pytest.param(
            code("2026-12-01 08:30"),
            other("HOUR-1", *at("09:00-11:30", "2026-12-01", "2026-12-02", "2026-12-03")),
            id="before opening: the same day at opening",
        ),
        pytest.param(hotfix("2026-11-27 15:30"), before_manager(), id="hotfix on a Friday until closing"),
        pytest.param(
            hotfix("2026-11-27 16:00"),
            other("HOUR-1", *at("09:00-10:30", "2026-11-30", "2026-12-01", "2026-12-02")),
            id="hotfix on a Friday past closing",
        ),
        pytest.param(
            code("2026-12-01 09:00", of="londoner"),
            confirmed("2026-11-30 17:00"),
            id="no zone: the customer's, ten here",
        ),
        pytest.param(
            code("2026-12-01 15:30", of="londoner"),
            other("HOUR-1", *at("09:00-11:30", *WED_TO_MON)),
            id="half past four on OPS's clock",
        ),
        pytest.param(
            code("2026-12-01 13:30 UTC", of="londoner"), confirmed("2026-11-30 17:00"), id="a written zone wins"
        ),
        pytest.param(
            code("2026-12-04 10:10"),
            other("DAY-1 DAY-2", *at("10:10-12:40", "2026-12-07", "2026-12-08", "2026-12-09")),
            id="a time off the grid is kept",
        ),
        pytest.param(
            code("2026-12-01 12:00", duration="5 hours"),
            other("HOUR-1", *at("09:00-14:30", *WED_TO_MON)),
            id="a longer duration wins",
        ),
        pytest.param(
            code("2026-12-01 15:00", duration="30 minutes"),
            other("HOUR-1", *at("09:00-11:30", *WED_TO_MON)),
            id="a shorter duration is ignored",
        ),
        pytest.param(
            code("2026-12-01 14:00", tests="60 minutes"), confirmed("2026-11-30 17:00"), id="an hour of tests agreed"
        ),
        pytest.param(
            code("2026-12-01 14:30", tests="60 minutes"),
            other("HOUR-1", *at("09:00-12:00", *WED_TO_MON)),
            id="an hour of tests past closing",
        ),
        pytest.param(
            code("2026-12-01 14:40", tests="10 minutes"),
            other("HOUR-1", *at("09:00-11:30", *WED_TO_MON)),
            id="tests are never given less than half an hour",
        ),
    ],
)
def test_business_hours(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer


NIGHTS = (
    "2026-12-07 22:00-2026-12-08 02:30",
    "2026-12-08 22:00-2026-12-09 02:30",
    "2026-12-09 22:00-2026-12-10 02:30",
)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(
            full("2026-12-08 22:00", of="premium"),
            confirmed("2026-12-07 17:00", uat="2026-12-03 09:00-13:30"),
            id="full PRD at night; its UAT step in business hours",
        ),
        pytest.param(
            full("2026-12-08 03:00", of="premium"),
            confirmed("2026-12-07 17:00", uat="2026-12-03 09:00-13:30"),
            id="full PRD before dawn, as asked",
        ),
        pytest.param(
            full("2026-12-08 10:00", of="premium"),
            confirmed("2026-12-07 17:00", "HOUR-2", uat="2026-12-03 10:00-14:30"),
            id="full PRD while the shop sells: said",
        ),
        pytest.param(full("2026-12-04 22:00", of="premium"), other("LEAD-1 DAY-1 DAY-2", *NIGHTS), id="a Friday night"),
        pytest.param(
            full("2026-12-05 22:00", of="premium"), other("LEAD-1 DAY-1 DAY-2 DAY-3", *NIGHTS), id="a Saturday night"
        ),
        pytest.param(
            full("2027-03-27 22:00", of="premium"),
            other(
                "DAY-1 DAY-2 DAY-3",
                "2027-03-30 22:00-2027-03-31 02:30",
                "2027-03-31 22:00-2027-04-01 02:30",
                "2027-04-01 22:00-2027-04-02 02:30",
            ),
            id="the DST night before Easter",
        ),
        pytest.param(
            full("2026-11-24 05:00", of="premium"),
            other("LEAD-1 HOUR-2", *at("05:00-09:30", "2026-11-30", "2026-12-01", "2026-12-02")),
            id="too early: offered at the time that was asked for, though we would choose six",
        ),
        pytest.param(
            full("as soon as possible", of="premium"),
            asked_back(missing="when", earliest="2026-11-30 06:00-10:30"),
            id="as soon as possible: we choose from six on",
        ),
        pytest.param(
            full("2026-12-01 22:00", of="premium", env="UAT"),
            other("HOUR-1", *at("09:00-13:30", *WED_TO_MON)),
            id="UAT is bound to business hours",
        ),
        pytest.param(
            code("2026-12-01 20:00", of="premium"), other("HOUR-1", *at("09:00-11:30", *WED_TO_MON)), id="so is code"
        ),
        pytest.param(
            full("2026-12-01 20:00", of="premium", product="PWA"),
            other("TYPE-1 HOUR-1", *at("09:00-11:30", *WED_TO_MON)),
            id="so is the PWA, which is code",
        ),
        pytest.param(
            full("2026-12-08 22:00", of="premium", product="IOM"), confirmed("2026-12-07 17:00"), id="IOM at night"
        ),
        pytest.param(
            full("2026-12-01 22:00"),
            other("LEAD-1 HOUR-1", *at("09:00-13:30", *WED_TO_MON)),
            id="a standard customer has no nights; the notice warns",
        ),
    ],
)
def test_premium(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer
