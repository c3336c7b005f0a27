"""What the letters of these answers say: numbered slots, the moment that counts, each reason in plain words."""

import re

import pytest

from deployment.explained.desk import Desk, Mail, code, full, hotfix, mail, prod


def _lines(desk: Desk, asked: Mail) -> list[str]:
    """The lines of the letter to the sender, without their bullets."""
    letter = desk.explain(asked)["letters"][0]
    assert letter["to"] == [f"rm@{asked.of}.example.com"]
    return [line.removeprefix("- ") for line in letter["text"].splitlines()]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param(
            code("2026-12-05 10:00"),
            [
                "OTHER SLOTS OFFERED: PRD, instead of Saturday 5 December 2026, 10:00-12:30 CET (UTC+01:00)",
                "Saturday 5 December 2026 is not possible; it can only start on Monday, Tuesday, Wednesday, Thursday."
                " (DAY-1)",
                "Everybody has to be at work on the day after, and Sunday 6 December 2026 is a day off"
                " (OPS: Sunday, customer: Sunday). (DAY-2)",
                "Saturday 5 December 2026 is a day off (OPS: Saturday, customer: Saturday). (DAY-3)",
                "The operations team does not work on that day. (HOUR-1)",
                "1. Monday 7 December 2026, 10:00-12:30 CET (UTC+01:00)",
                "2. Tuesday 8 December 2026, 10:00-12:30 CET (UTC+01:00)",
                "3. Wednesday 9 December 2026, 10:00-12:30 CET (UTC+01:00)",
            ],
            id="a Saturday",
        ),
        pytest.param(
            code("2027-03-25 10:00"),
            [
                "Everybody has to be at work on the day after, and Friday 26 March 2027 is a day off"
                " (OPS: Good Friday, customer: Good Friday). (DAY-2)",
                "1. Tuesday 30 March 2027, 10:00-12:30 CEST (UTC+02:00)",
            ],
            id="before Easter, offered in summer time",
        ),
        pytest.param(
            full("2026-12-10 10:00"),
            [
                "CONFIRMED: PRD, Thursday 10 December 2026, 10:00-14:30 CET (UTC+01:00)",
                "UAT comes before it: Tuesday 8 December 2026, 10:00-14:30 CET (UTC+01:00). Reply “UAT as proposed” to"
                " have it then, or ask for another date for UAT.",
            ],
            id="confirmed with its UAT step",
        ),
        pytest.param(
            full("2026-11-30 10:00"),
            [
                "Please note: A full deployment needs notice of 7 calendar days, better 14; from Monday 23 November"
                " 2026 to Monday 30 November 2026 it is 7. (LEAD-1)"
            ],
            id="confirmed with a warning",
        ),
        pytest.param(
            full("2026-12-30 10:00", of="closing", arrived="2026-12-23 09:00"),
            [
                "Before Wednesday 30 December 2026 no day is left for the UAT step, which has to lie 2 working days"
                " of everybody before it. (LEAD-1)"
            ],
            id="no UAT day is left",
        ),
        pytest.param(
            hotfix("2026-11-19 10:00"),
            ["Thursday 19 November 2026 has already passed; the mail arrived on Monday 23 November 2026. (LEAD-3)"],
            id="a date in the past has no notice",
        ),
        pytest.param(
            full("2026-12-08 10:00", of="premium"),
            [
                "Please note: The window touches the shop's own hours, 08:00-20:00; a time outside them is better."
                " (HOUR-2)"
            ],
            id="the shop's hours",
        ),
        pytest.param(
            full("2026-12-10 10:00", of="setup"),
            ["Please note: Before go-live the environments are the partner's own. (WHO-2)"],
            id="before go-live",
        ),
        pytest.param(
            full("as soon as possible"),
            ["The earliest possible slot: Monday 30 November 2026, 09:00-13:30 CET (UTC+01:00)."],
            id="the earliest slot",
        ),
        pytest.param(
            prod("2026-12-23 10:00", of="riera"),
            ["A vacation begins on the day after Wednesday 23 December 2026 (customer: Christmas). (DAY-5)"],
            id="the eve of a vacation",
        ),
    ],
)
def test_sentences(desk: Desk, asked: Mail, said: list[str]) -> None:
    assert [line for line in said if line not in _lines(desk, asked)] == []


HOLIDAY = {
    "deutsch": "Donnerstag, 6. Mai 2027 ist frei (OPS: Christi Himmelfahrt, Kunde: Christi Himmelfahrt). (DAY-3)",
    "espanol": "El jueves 6 de mayo de 2027 es festivo o no laborable (OPS: Ascension Day, cliente: Ascension Day)."
    " (DAY-3)",
    "catala": "Dijous 6 de maig de 2027 és festiu o no laborable (OPS: Ascension Day, client: Ascension Day). (DAY-3)",
}


@pytest.mark.parametrize("of", HOLIDAY)
def test_a_holiday_has_its_name_in_the_customers_language_or_in_english(desk: Desk, of: str) -> None:
    assert HOLIDAY[of] in _lines(desk, code("2027-05-06 10:00", of=of))


def test_a_spanish_holiday_in_spanish(desk: Desk) -> None:
    said = "El martes 8 de diciembre de 2026 es festivo o no laborable (partner: Inmaculada Concepción). (DAY-3)"
    assert said in _lines(desk, code("2026-12-08 10:00", of="espanol"))


def test_the_deadline_stands_in_the_letter(desk: Desk) -> None:
    lines = _lines(desk, full("2026-12-10 10:00"))
    assert any("instructions by Wednesday 9 December 2026, 17:00 CET (UTC+01:00)" in line for line in lines)


MANY = [code("2026-12-05 10:00"), code("2026-11-20 10:00"), full("2026-11-30 16:00"), code("2026-12-01 16:00")]


@pytest.mark.parametrize("of", ["standard", "deutsch", "espanol", "catala"])
@pytest.mark.parametrize("asked", MANY, ids=["Saturday", "past Friday", "full too late in the day", "past closing"])
def test_every_broken_rule_and_every_slot_stands_in_the_letter(desk: Desk, asked: Mail, of: str) -> None:
    said = desk.explain(Mail(of, asked.lines))
    text = said["letters"][0]["text"]
    broken = {f["rule"] for f in said["findings"] if f["applies"] and f["passed"] is False}
    assert broken == set(re.findall(r"\. \(([A-Z]+-\d)\)$", text, re.MULTILINE))
    assert re.findall(r"^(\d)\. ", text, re.MULTILINE) == ["1", "2", "3"]


def test_nothing_is_asked_of_whoever_is_told_to_do_it_alone(desk: Desk) -> None:
    lines = _lines(desk, mail(env="INT", product="ICM"))
    assert not any(line.endswith(":") for line in lines)
