"""Findings in words: what the rules really say becomes a sentence in every language."""

from dataclasses import replace
from typing import Any

import pytest

from deployment.rules.build import (
    BARCELONA,
    CAAS,
    CODE,
    FULL,
    HOTFIX,
    PROD,
    asked,
    booking,
    customer,
    ground,
    ops,
    versions,
    wanted,
)
from dplmaild.deployment.customer import Freeze, Hours, Period
from dplmaild.deployment.rules import RULES, Asked, Ground, judge
from dplmaild.deployment.terms import Finding, Phase, Severity, Sla
from dplmaild.writing.findings import finding_in_words, hindering, noted
from dplmaild.writing.phrases import LANGUAGES
from writing.build import LETTERS, at, wording

HERE = ground()
WINTER = Period(first=at("2026-12-21").date(), last=at("2026-12-30").date(), reason="Winter")
TRADE = Freeze(first=at("2026-12-14").date(), last=at("2026-12-18").date(), soft=True, reason="Christmas trade")
AWAY = customer(calendar=BARCELONA.model_copy(update={"vacations": (WINTER,)}), freezes=(TRADE,))


def numbers(current: str, target: str) -> dict[str, Any]:
    """Versions as fields of a deployment."""
    return versions(current, target)


ICM2 = numbers("11.0.1", "11.0.2")
CASES: list[tuple[Asked, Ground]] = [
    (asked(wanted(CODE, "2026-11-24 10:00", **ICM2), HERE, instructed=True), HERE),
    (asked(wanted(FULL, "2026-11-27 18:00", **numbers("11.0.2", "11.0.1")), HERE, instructed=True), HERE),
    (asked(wanted(FULL, "2026-12-03 10:00"), HERE), HERE),
    (asked(wanted(HOTFIX, "2026-11-22 09:30", **numbers("11.0.1", "11.1.1")), HERE, instructed=True), HERE),
    (asked(wanted(CODE, "2026-12-24 10:00"), ground(who=AWAY)), ground(who=AWAY)),
    (asked(wanted(CODE, "2026-12-16 10:00"), ground(PROD, AWAY)), ground(PROD, AWAY)),
    (asked(wanted(CODE, "2026-12-07 10:00"), ground(PROD, AWAY), instructed=True), ground(PROD, AWAY)),
    (asked(wanted(CODE, "2026-12-20 10:00"), ground(PROD, AWAY), instructed=True), ground(PROD, AWAY)),
    (asked(wanted(CODE, "2026-12-01 10:00", on="DEV"), ground(PROD)), ground(PROD)),
    (asked(wanted(CODE, "2026-12-01 10:00", on="UAT"), HERE), HERE),
]
FULL_HOUSE = ground(CAAS, customer(), ops(at_once=1), (booking("2026-12-01 10:00"),))
CASES.append((asked(wanted(CODE, "2026-12-01 10:00"), FULL_HOUSE), FULL_HOUSE))
SETUP = ground(who=customer(phase=Phase.SETUP))
CASES.append((asked(wanted(CODE, "2026-12-01 10:00"), SETUP), SETUP))
SHOP = Hours(since=at("2026-12-01 08:00").time(), until=at("2026-12-01 22:00").time())
PREMIUM = ground(who=customer(sla=Sla.PREMIUM, shop_hours=SHOP))
CASES.append((asked(wanted(FULL, "2026-12-15 10:00", **ICM2), PREMIUM, instructed=True), PREMIUM))
FOUND = [finding for one, on in CASES for finding in judge(one, on) if finding.broken]


def test_the_cases_break_most_rules() -> None:
    assert len({finding.rule for finding in FOUND}) >= 18


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("found", FOUND, ids=[f"{n}-{finding.rule}" for n, finding in enumerate(FOUND)])
def test_what_a_rule_really_finds_is_a_sentence(found: Finding, language: str) -> None:
    words = finding_in_words(found, wording(language))
    assert words.endswith(f". ({found.rule})") or words.endswith(f"). ({found.rule})")
    assert "None" not in words
    assert "  " not in words
    assert "()" not in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", sorted({rule.id for rule in RULES}))
def test_every_rule_of_the_table_has_a_sentence(rule: str, language: str) -> None:
    assert LETTERS.phrases(language).source(f"findings.{rule}")


def of(rule: str, **facts: object) -> Finding:
    """A broken finding with these facts."""
    return Finding(rule, applies=True, passed=False, severity=Severity.BLOCKS, facts=facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        pytest.param(
            of("DAY-2", next_day=at("2027-01-06").date(), closed=("customer: Epiphany", "ops: Company day")),
            "Everybody has to be at work on the day after, and Wednesday 6 January 2027 is a day off "
            "(customer: Epiphany, OPS: Company day). (DAY-2)",
            id="the holiday that was hit, and whose",
        ),
        pytest.param(
            of("HOUR-1", start=at("2027-01-05 16:00"), end=at("2027-01-05 18:30"), since=at("2027-01-05 09:00"),
               until=at("2027-01-05 17:00")),
            "The whole window, tests included, has to lie inside business hours, 09:00-17:00 on that day; "
            "asked for was 16:00-18:30. (HOUR-1)",
            id="hours by the clock",
        ),
        pytest.param(
            of("DAY-1", day=at("2027-01-08").date(), weekday="friday", allowed=("monday", "tuesday")),
            "Friday 8 January 2027 is not possible; it can only start on Monday, Tuesday. (DAY-1)",
            id="weekdays in words",
        ),
        pytest.param(of("NEW-7", some_fact="x", other=3, no=None), "NEW-7: some fact: x; other: 3", id="unknown rule"),
        pytest.param(of("DAY-1", other="x"), "DAY-1: other: x", id="a known rule with other facts"),
        pytest.param(of("NEW-7"), "NEW-7: this rule is not kept", id="no facts at all"),
    ],
)  # fmt: skip
def test_sentences(found: Finding, sentence: str) -> None:
    assert finding_in_words(found, wording()) == sentence


def test_weekdays_and_days_are_in_the_letters_language() -> None:
    words = finding_in_words(
        of("DAY-1", day=at("2027-01-08").date(), weekday="friday", allowed=("monday",)), wording("es")
    )
    assert words == "El viernes 8 de enero de 2027 no es posible; solo se empieza en: lunes. (DAY-1)"


def test_a_kept_rule_is_not_mentioned() -> None:
    kept = replace(of("DAY-3"), passed=True)
    open_ = replace(of("DAY-3"), passed=None)
    assert hindering((kept, open_), wording()) == []
    assert noted((kept, open_), wording()) == []


@pytest.mark.parametrize(
    ("severity", "hinders"),
    [(Severity.BLOCKS, True), (Severity.APPROVAL, True), (Severity.WARNS, False), (Severity.INFORMS, False)],
)
def test_what_hinders_stands_apart_from_what_is_only_noted(severity: Severity, hinders: bool) -> None:
    found = (replace(of("NEW-7"), severity=severity),)
    assert bool(hindering(found, wording())) is hinders
    assert bool(noted(found, wording())) is not hinders
