"""The `prod` profile: types mean nothing, days and their eves mean much. OPS sits in Barcelona."""

import pytest

from deployment.explained.answers import Answer, asked_back, at, before_manager, confirmed, other, seen
from deployment.explained.desk import Desk, Mail, prod

HOUR = "10:00-11:30"
AFTER_IMMACULATE = at(HOUR, "2026-12-09", "2026-12-10", "2026-12-14")
AFTER_CHRISTMAS = at(HOUR, "2027-01-07", "2027-01-11", "2027-01-12")
AFTER_SUMMER = at(HOUR, "2027-08-16", "2027-08-17", "2027-08-18")
WED_TO_WED = ("2026-12-02", "2026-12-03", "2026-12-09")
NOT_PRODUCTIVE = Answer("record", frozenset({"WHO-4"}))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(prod("2026-12-01 10:00"), confirmed("2026-11-30 18:00"), id="Tuesday; no environment means PRD"),
        pytest.param(prod("2026-11-24 10:00"), confirmed("2026-11-23 18:00"), id="the next day: no notice is needed"),
        pytest.param(prod("2026-12-03 10:00"), confirmed("2026-12-02 18:00"), id="Thursday: Friday is no day off"),
        pytest.param(
            prod("2026-12-04 10:00"), other("DAY-1 DAY-4", *AFTER_IMMACULATE), id="Friday, the eve of Saturday"
        ),
        pytest.param(
            prod("2026-12-04 10:00", type="hotfix"),
            other("DAY-1 DAY-4", *AFTER_IMMACULATE),
            id="a hotfix is no exception",
        ),
        pytest.param(
            prod("2026-12-05 10:00"), other("DAY-1 DAY-3 DAY-4 HOUR-1", *AFTER_IMMACULATE), id="Saturday: all of it"
        ),
        pytest.param(prod("2026-12-07 10:00"), other("DAY-4", *AFTER_IMMACULATE), id="the eve of a holiday"),
        pytest.param(
            prod("2026-12-07 10:00", of="madrilena"),
            other("DAY-3 DAY-4", *AFTER_IMMACULATE),
            id="a holiday of the customer's region, and the eve of one of everybody",
        ),
        pytest.param(prod("2026-12-08 10:00"), other("DAY-3 HOUR-1", *AFTER_IMMACULATE), id="a holiday"),
        pytest.param(prod("2026-12-09 10:00"), confirmed("2026-12-07 18:00"), id="the day after a holiday"),
        pytest.param(
            prod("2027-09-23 10:00"),
            other("DAY-4", *at(HOUR, "2027-09-27", "2027-09-28", "2027-09-29")),
            id="the eve of La Mercè, which is OPS's",
        ),
        pytest.param(
            prod("2026-12-22 10:00", of="riera"), confirmed("2026-12-21 18:00"), id="two days before a vacation"
        ),
        pytest.param(
            prod("2026-12-23 10:00", of="riera"), other("DAY-5", *AFTER_CHRISTMAS), id="the day before a vacation"
        ),
        pytest.param(prod("2026-12-29 10:00", of="riera"), other("DAY-5", *AFTER_CHRISTMAS), id="inside a vacation"),
        pytest.param(
            prod("2026-12-24 10:00", of="riera"),
            other("DAY-4 DAY-5", *AFTER_CHRISTMAS),
            id="inside a vacation, on the eve of a holiday",
        ),
        pytest.param(prod("2026-12-23 10:00"), confirmed("2026-12-22 18:00"), id="somebody else's vacation"),
        pytest.param(
            prod("2027-01-07 10:00", of="riera"), confirmed("2027-01-05 18:00"), id="after vacation and Epiphany"
        ),
        pytest.param(prod("2027-08-11 10:00"), other("DAY-5", *AFTER_SUMMER), id="inside OPS's vacation"),
        pytest.param(prod("2027-08-05 10:00"), confirmed("2027-08-04 18:00"), id="four days before OPS's vacation"),
        pytest.param(
            prod("2027-08-08 10:00"),
            other("DAY-1 DAY-3 DAY-5 HOUR-1", *AFTER_SUMMER),
            id="the Sunday before a vacation",
        ),
        pytest.param(prod("2027-02-09 10:00", of="prod-soft"), before_manager("DAY-6"), id="a soft freeze"),
        pytest.param(prod("2027-03-30 10:00"), confirmed("2027-03-25 18:00"), id="after Easter"),
    ],
)
def test_days(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(prod("2026-12-01 16:30"), confirmed("2026-11-30 18:00"), id="ends at closing time"),
        pytest.param(prod("2026-12-01 17:00"), other("HOUR-1", *at("09:00-10:30", *WED_TO_WED)), id="past closing"),
        pytest.param(
            prod("2026-12-01 17:00", duration="20 minutes"), confirmed("2026-11-30 18:00"), id="a short one as stated"
        ),
        pytest.param(
            prod("2026-12-01 15:00", duration="3 hours"),
            other("HOUR-1", *at("09:00-12:30", *WED_TO_WED)),
            id="a long one as stated",
        ),
        pytest.param(
            prod("2026-11-23 09:30"),
            other("LEAD-4", "2026-11-23 10:00-11:30", *at("09:30-11:00", "2026-11-24", "2026-11-25")),
            id="half an hour ahead",
        ),
        pytest.param(prod("2026-11-23 10:00"), confirmed("2026-11-23 09:00"), id="an hour ahead, due at once"),
    ],
)
def test_hours(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(
            prod("2026-12-01 10:00", of="riera", env="TEST"), confirmed("2026-11-30 18:00"), id="a productive TEST"
        ),
        pytest.param(prod("2026-12-01 10:00", env="TEST"), NOT_PRODUCTIVE, id="a TEST that is not productive"),
        pytest.param(prod("2026-12-05 23:00", env="INT"), NOT_PRODUCTIVE, id="INT on a Saturday night"),
        pytest.param(prod(None, env="INT", product="ICM"), NOT_PRODUCTIVE, id="INT without a date"),
        pytest.param(
            prod("2026-12-01 10:00", of="prod-apart"),
            Answer("not_ours", frozenset({"WHO-3"})),
            id="the partner's alone",
        ),
        pytest.param(prod(None, type="full"), asked_back(missing="when"), id="only the date has to be named"),
        pytest.param(
            prod("2026-12-01 10:00", type="full", product="PWA"),
            confirmed("2026-11-30 18:00"),
            id="no type is corrected",
        ),
    ],
)
def test_what_it_concerns(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer


RELEASE = {"components": "addon-x 3.2.11", "tickets": "#4711"}
PROVED = {"validated": "in TEST with the customer", "rollback": "guide attached", "artifact": "addon-x-3.2.11.tgz"}


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        pytest.param(RELEASE, "PRE-4 PRE-5 PRE-6", id="nothing is proved: warnings"),
        pytest.param({**RELEASE, **PROVED}, "", id="all is proved"),
        pytest.param({**RELEASE, **PROVED, "rollback": None}, "PRE-5", id="no rollback"),
    ],
)
def test_what_instructions_show(desk: Desk, said: dict[str, str | None], broken: str) -> None:
    assert seen(desk, prod("2026-12-01 10:00", **said)) == confirmed("2026-11-30 18:00", broken)
