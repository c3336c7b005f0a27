"""A profile's own rules, types and hours in words, as the bank of the examples has them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader

from deployment.rules.build import at, customer, ground
from dplmaild.deployment.profile import Profile, letter_words
from dplmaild.deployment.rules import asked_of, judge
from dplmaild.deployment.terms import (
    Deployment,
    DeploymentType,
    Field,
    Finding,
    MomentStatus,
    OwnValue,
    Sla,
    WrittenMoment,
)
from dplmaild.writing.findings import finding_in_words
from dplmaild.writing.letters import Letters
from dplmaild.writing.phrases import LANGUAGES

ROOT = Path(__file__).parents[2]
BANK = Profile.model_validate(tomllib.loads((ROOT / "config" / "examples" / "bank.toml").read_text("utf-8")))
LETTERS = Letters(FileSystemLoader(ROOT / "templates"), reply_to="desk@example.com", words=letter_words([BANK]))


def found(type_: str, start: str, *own: OwnValue, **how: Any) -> dict[str, Finding]:
    """What the bank's rules say of a change; it arrives on Monday 23 November 2026 in New York."""
    on = ground(BANK, customer(sla=Sla("gold")))
    moment = at(start, on.calendar.zone)
    when = WrittenMoment(start, MomentStatus.EXACT, utc=moment)
    arrived = at("2026-11-23 09:00", on.calendar.zone)
    asked = asked_of(Deployment(type=DeploymentType(type_), when=when, own=own), on, arrived, arrived)
    return {finding.rule: finding for finding in judge(asked, on)}


def said(finding: Finding, language: str = "en") -> str:
    """Its sentence."""
    return finding_in_words(finding, LETTERS.wording(language, BANK.zone, BANK.zone))


def test_an_own_type_is_called_what_the_bank_calls_it() -> None:
    lead = found("standard", "2026-11-24 18:00")["LEAD-2"]
    assert said(lead) == (
        "standard change needs notice of 2 working days; "
        "from Monday 23 November 2026 to Tuesday 24 November 2026 it is 1. (LEAD-2)"
    )


def test_hours_of_a_type_are_not_business_hours() -> None:
    inside, outside = (found("standard", f"2026-12-01 {clock}")["HOUR-1"] for clock in ("18:30", "10:00"))
    assert said(inside).startswith("18:30-21:00, tests included, lies inside the hours of this type, 18:00-22:00")
    assert "has to lie inside the hours of this type, 18:00-22:00 on that day" in said(outside)
    assert said(found("standard", "2026-11-30 18:30")["HOUR-1"]) == "It is not open on that day. (HOUR-1)"


APPROVED = OwnValue(Field("code_approved_on"), "30 November 2026", day=at("2026-11-30 00:00").date())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_own_rule_reads_in_every_ruling(language: str) -> None:
    words = dict(next(rule for rule in BANK.own_rules if rule.id == "BANK-1").words)
    late = found("standard", "2026-12-01 18:30", APPROVED)["BANK-1"]
    kept = found("standard", "2026-12-03 18:30", APPROVED)["BANK-1"]
    open_ = found("standard", "2026-12-03 18:30")["BANK-1"]
    spared = found("emergency", "2026-12-03 18:30", APPROVED)["BANK-1"]
    label = BANK.fields[1].title[language]
    assert said(late, language) == f"{words[language]} (BANK-1)"
    assert said(kept, language) == f"{label}: 30 November 2026. (BANK-1)"
    assert said(open_, language).startswith(f"{label}: ")
    assert said(spared, language).startswith(f"{words[language]}: ")
    assert len({said(each, language) for each in (late, kept, open_, spared)}) == 4


def test_a_field_that_no_profile_knows_any_more_is_called_by_its_name() -> None:
    kept = found("standard", "2026-12-03 18:30", APPROVED)["BANK-1"]
    plain = Letters(FileSystemLoader(ROOT / "templates"), reply_to="desk@example.com")
    words = finding_in_words(kept, plain.wording("en", BANK.zone, BANK.zone))
    assert words == "code_approved_on: 30 November 2026. (BANK-1)"
