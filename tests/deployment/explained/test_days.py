"""DAY: weekdays, the day itself and the day after, with everybody's holidays and closings."""

import pytest

from deployment.explained.answers import Answer, at, before_manager, confirmed, other, seen
from deployment.explained.desk import Desk, Mail, code, hotfix

CODE, HOTFIX = "10:00-12:30", "10:00-11:30"
WEEK_AFTER_SAINT_NICHOLAS = at(CODE, "2026-12-07", "2026-12-08", "2026-12-09")
AFTER_ASCENSION = at(CODE, "2027-05-10", "2027-05-11", "2027-05-12")
AFTER_EASTER = at(CODE, "2027-03-30", "2027-03-31", "2027-04-01")
AFTER_IMMACULATE = at(CODE, "2026-12-09", "2026-12-10", "2026-12-14")
AFTER_EPIPHANY = at(CODE, "2027-01-07", "2027-01-11", "2027-01-12")
BETWEEN_THE_YEARS = ("2026-12-28", "2026-12-29", "2026-12-30")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(code("2026-12-03 10:00"), confirmed("2026-12-02 17:00"), id="Thursday"),
        pytest.param(code("2026-12-04 10:00"), other("DAY-1 DAY-2", *WEEK_AFTER_SAINT_NICHOLAS), id="Friday"),
        pytest.param(
            code("2026-12-05 10:00"), other("DAY-1 DAY-2 DAY-3 HOUR-1", *WEEK_AFTER_SAINT_NICHOLAS), id="Saturday"
        ),
        pytest.param(
            code("2026-12-06 10:00"),
            other("DAY-1 DAY-3 HOUR-1", *WEEK_AFTER_SAINT_NICHOLAS),
            id="Sunday: the day after is fine",
        ),
        pytest.param(
            hotfix("2026-11-28 10:00"),
            other("DAY-1 DAY-3 HOUR-1", *at(HOTFIX, "2026-11-30", "2026-12-01", "2026-12-02")),
            id="hotfix on a Saturday",
        ),
    ],
)
def test_weekdays(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(code("2027-05-04 10:00"), confirmed("2027-05-03 17:00"), id="two days before Ascension"),
        pytest.param(code("2027-05-05 10:00"), other("DAY-2", *AFTER_ASCENSION), id="the eve of Ascension"),
        pytest.param(hotfix("2027-05-05 10:00"), before_manager(), id="a hotfix on the eve"),
        pytest.param(code("2027-05-06 10:00"), other("DAY-3 HOUR-1", *AFTER_ASCENSION), id="Ascension"),
        pytest.param(
            hotfix("2027-05-06 10:00"),
            other("DAY-3 HOUR-1", *at(HOTFIX, "2027-05-07", "2027-05-10", "2027-05-11")),
            id="a hotfix on Ascension",
        ),
        pytest.param(code("2027-05-10 10:00"), confirmed("2027-05-07 17:00"), id="the Monday after Ascension"),
        pytest.param(code("2027-03-25 10:00"), other("DAY-2", *AFTER_EASTER), id="Maundy Thursday"),
        pytest.param(code("2027-03-26 10:00"), other("DAY-1 DAY-2 DAY-3 HOUR-1", *AFTER_EASTER), id="Good Friday"),
        pytest.param(
            code("2027-03-28 10:00"),
            other("DAY-1 DAY-2 DAY-3 HOUR-1", *AFTER_EASTER),
            id="Easter Sunday, when the clocks change",
        ),
        pytest.param(code("2027-03-29 10:00"), other("DAY-3 HOUR-1", *AFTER_EASTER), id="Easter Monday"),
        pytest.param(code("2027-03-30 10:00"), confirmed("2027-03-25 17:00"), id="the Tuesday after Easter"),
        pytest.param(
            code("2027-10-31 10:00"),
            other("DAY-1 DAY-3 HOUR-1", *at(CODE, "2027-11-01", "2027-11-02", "2027-11-03")),
            id="Reformation Day, a Sunday on which the clocks change",
        ),
        pytest.param(
            code("2027-10-31 10:00", of="bavarian-partner"),
            other("DAY-1 DAY-2 DAY-3 HOUR-1", *at(CODE, "2027-11-02", "2027-11-03", "2027-11-04")),
            id="the same, with All Saints behind it for the partner",
        ),
        pytest.param(
            code("2027-05-01 10:00"),
            other("DAY-1 DAY-2 DAY-3 HOUR-1", *at(CODE, "2027-05-03", "2027-05-04", "2027-05-10")),
            id="the first of May, a Saturday",
        ),
        pytest.param(
            code("2028-05-01 10:00"),
            other("DAY-3 HOUR-1", *at(CODE, "2028-05-02", "2028-05-03", "2028-05-04")),
            id="the first of May, a Monday",
        ),
        pytest.param(code("2027-09-16 10:00"), confirmed("2027-09-15 17:00"), id="the Thursday before Children's Day"),
        pytest.param(
            code("2027-09-20 10:00"),
            other("DAY-3 HOUR-1", *at(CODE, "2027-09-21", "2027-09-22", "2027-09-23")),
            id="Children's Day in Thuringia",
        ),
        pytest.param(code("2027-09-21 10:00"), confirmed("2027-09-17 17:00"), id="the day after Children's Day"),
    ],
)
def test_holidays_of_ops(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(
            code("2027-03-08 10:00", of="berliner"),
            other("DAY-3", *at(CODE, "2027-03-09", "2027-03-10", "2027-03-11")),
            id="Women's Day in Berlin: OPS is there, the customer not",
        ),
        pytest.param(code("2027-03-08 10:00"), confirmed("2027-03-05 17:00"), id="Women's Day elsewhere"),
        pytest.param(
            code("2027-03-09 10:00", of="berliner"),
            confirmed("2027-03-08 17:00"),
            id="the day after Women's Day: the deadline is OPS's own working day",
        ),
        pytest.param(
            code("2027-01-05 10:00", of="bavarian-partner"), other("DAY-2", *AFTER_EPIPHANY), id="the eve of Epiphany"
        ),
        pytest.param(code("2027-01-06 10:00", of="bavarian-partner"), other("DAY-3", *AFTER_EPIPHANY), id="Epiphany"),
        pytest.param(code("2027-01-06 10:00"), confirmed("2027-01-05 17:00"), id="Epiphany elsewhere"),
        pytest.param(
            code("2027-01-07 10:00", of="bavarian-partner"), confirmed("2027-01-06 17:00"), id="the day after Epiphany"
        ),
        pytest.param(
            code("2027-05-26 10:00", of="bavarian-partner"),
            other("DAY-2", *at(CODE, "2027-05-31", "2027-06-01", "2027-06-02")),
            id="the eve of Corpus Christi",
        ),
        pytest.param(
            code("2026-12-07 10:00", of="catalan-partner"),
            other("DAY-2", *AFTER_IMMACULATE),
            id="7 December, Catalonia",
        ),
        pytest.param(
            code("2026-12-08 10:00", of="catalan-partner"),
            other("DAY-3", *AFTER_IMMACULATE),
            id="8 December, Catalonia",
        ),
        pytest.param(
            code("2026-12-09 10:00", of="catalan-partner"), confirmed("2026-12-08 17:00"), id="9 December, Catalonia"
        ),
        pytest.param(
            code("2026-12-07 10:00", of="madrid-partner"),
            other("DAY-2 DAY-3", *AFTER_IMMACULATE),
            id="7 December, Madrid: moved from Sunday",
        ),
        pytest.param(
            code("2026-12-03 10:00", of="madrid-partner"), confirmed("2026-12-02 17:00"), id="3 December, Madrid"
        ),
        pytest.param(
            code("2027-09-23 10:00", of="barcelona-partner"),
            other("DAY-2", *at(CODE, "2027-09-27", "2027-09-28", "2027-09-29")),
            id="the eve of La Mercè, Barcelona",
        ),
        pytest.param(
            code("2027-09-23 10:00", of="catalan-partner"), confirmed("2027-09-22 17:00"), id="the same, Girona"
        ),
        pytest.param(
            hotfix("2027-09-24 10:00", of="barcelona-partner"),
            other("DAY-3", *at(HOTFIX, "2027-09-27", "2027-09-28", "2027-09-29")),
            id="a hotfix on La Mercè",
        ),
        pytest.param(
            code("2027-06-23 10:00", of="catalan-partner"),
            other("DAY-2", *at(CODE, "2027-06-28", "2027-06-29", "2027-06-30")),
            id="the eve of Sant Joan",
        ),
    ],
)
def test_holidays_of_others(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param(code("2026-12-23 10:00"), confirmed("2026-12-22 17:00"), id="a half day follows: a working day"),
        pytest.param(
            code("2026-12-24 09:00"),
            other("DAY-2", *at("09:00-11:30", *BETWEEN_THE_YEARS)),
            id="fits into the half day",
        ),
        pytest.param(
            code("2026-12-24 10:00"),
            other("DAY-2 HOUR-1", *at(CODE, *BETWEEN_THE_YEARS)),
            id="longer than the half day",
        ),
        pytest.param(hotfix("2026-12-24 10:00"), before_manager(), id="a hotfix within the half day"),
        pytest.param(
            hotfix("2026-12-24 11:00"),
            other("HOUR-1", *at("11:00-12:30", *BETWEEN_THE_YEARS)),
            id="a hotfix past the half day's end",
        ),
        pytest.param(
            code("2027-07-27 10:00"),
            other("DAY-2 DAY-3 HOUR-1", *at(CODE, "2027-08-02", "2027-08-03", "2027-08-04")),
            id="inside the company closing",
        ),
        pytest.param(code("2027-07-22 10:00"), confirmed("2027-07-21 17:00"), id="before the company closing"),
        pytest.param(code("2027-08-02 10:00"), confirmed("2027-07-23 17:00"), id="after the company closing"),
        pytest.param(
            code("2026-12-23 10:00", of="closing"),
            other("DAY-2", *at(CODE, "2026-12-30", "2027-01-04", "2027-01-05")),
            id="the eve of the customer's closing",
        ),
        pytest.param(
            code("2027-02-02 10:00", of="closing"), confirmed("2027-02-01 17:00"), id="a vacation means nothing in caas"
        ),
    ],
)
def test_short_and_closed_days(desk: Desk, asked: Mail, answer: Answer) -> None:
    assert seen(desk, asked) == answer
