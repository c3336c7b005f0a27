"""Explanation and verdict never disagree: who sees a finding's facts alone comes to the same verdict."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from deployment.rules.circumstances import every_finding
from deployment.rules.test_properties import grounds, requests
from dplmaild.deployment.rules import RULES, decision, judge
from dplmaild.deployment.terms import Finding, Ruling, Severity

Facts = Mapping[str, Any]


def _notice(facts: Facts) -> bool:
    return bool(facts["given"] >= facts["required"] and facts["given"] >= (facts["recommended"] or 0))


def _full(facts: Facts) -> bool:
    if "given" in facts:
        return _notice(facts) and facts.get("step_fits", True) is True
    return facts["latest"] is not None and facts["day"] <= facts["latest"]


def _ahead(facts: Facts) -> bool:
    return _utc(facts["start"]) >= _utc(facts["earliest"]) and not facts["past"]


def _in_hours(facts: Facts) -> bool:
    if facts["since"] is None:
        return False
    return _utc(facts["since"]) <= _utc(facts["start"]) and _utc(facts["end"]) <= _utc(facts["until"])


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _room(facts: Facts) -> bool:
    if facts["that_day"] >= facts["per_day_limit"]:
        return False  # how many run at once is not looked at any more
    return bool(facts["customer_has_room"]) and facts["at_once"] < facts["at_once_limit"]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


# What somebody makes of the facts who has never seen the rule's code.
KEPT_BY: dict[str, Callable[[Facts], bool]] = {
    "WHO-1": lambda f: f["performer"] == "ops",
    "WHO-2": lambda f: f["phase"] != "setup",
    "WHO-3": lambda f: f["management"] != "partner",
    "WHO-4": lambda f: f["environment"] in f["productive"],
    "WHO-5": lambda f: f["environment"] != f["treated_as"],
    "TYPE-1": lambda f: f["requested"] in {None, f["effective"]},
    "TYPE-2": lambda f: not f["db_migrate"],
    "TYPE-3": lambda f: f["current"] == f["target"] or f["current"].split(".")[:2] == f["target"].split(".")[:2],
    "TYPE-4": lambda f: f["downtime"] in {True, False},
    "TYPE-5": lambda f: _numbers(f["target"]) > _numbers(f["current"]),
    "PRE-1": lambda f: not f["missing"],
    "PRE-2": lambda f: not f["missing"],
    "PRE-4": lambda f: bool((f["stated"] or "").strip()),
    "PRE-5": lambda f: bool((f["stated"] or "").strip()),
    "PRE-6": lambda f: bool((f["stated"] or "").strip()),
    "LEAD-1": _full,
    "LEAD-2": _notice,
    "LEAD-3": _notice,
    "LEAD-4": _ahead,
    "DAY-1": lambda f: f["weekday"] in f["allowed"],
    "DAY-2": lambda f: not f["closed"],
    "DAY-3": lambda f: not f["closed"],
    "DAY-4": lambda f: not f["closed"],
    "DAY-5": lambda f: not f["inside"] and not f["day_before"],
    "DAY-6": lambda f: not f["freezes"],
    "HOUR-1": _in_hours,
    "TEST-1": lambda f: not f["longer"],
    "TEST-2": lambda f: bool(f["named"] or f["in_directory"]),
    "SCHED-7": _room,
}
# PRE-3 asks the record, HOUR-2 the window's clock, and TEST-1 may have been agreed: their facts are not all of it.
NOT_ALL = {"PRE-3", "HOUR-2"}
MAY_BE_AGREED = {"TEST-1"}


def disagreeing(finding: Finding) -> str | None:
    """How a finding and its facts contradict each other; None when they do not."""
    if finding.ruling not in {Ruling.KEPT, Ruling.BROKEN} or finding.rule in NOT_ALL:
        return None
    by_facts = KEPT_BY[finding.rule](finding.facts)
    agreed = finding.rule in MAY_BE_AGREED and finding.passed is True
    return None if by_facts is finding.passed or agreed else f"{finding}: by its facts {by_facts}"


@pytest.fixture(scope="module")
def found() -> tuple[Finding, ...]:
    """Everything that the rules can come to."""
    return every_finding()


def test_every_rule_has_a_reader() -> None:
    assert {rule.id for rule in RULES} == KEPT_BY.keys() | NOT_ALL


def test_the_facts_of_every_finding_come_to_its_verdict(found: tuple[Finding, ...]) -> None:
    assert [wrong for each in found if (wrong := disagreeing(each))] == []


@settings(max_examples=100, deadline=None)
@given(data=some.data())
def test_facts_and_verdict_agree_whatever_is_asked(data: some.DataObject) -> None:
    on = data.draw(grounds())
    one = data.draw(requests(on))
    findings = judge(one, on)
    assert [wrong for each in findings if (wrong := disagreeing(each))] == []
    weights = [each.severity for each in findings if each.ruling is Ruling.BROKEN]
    strictest = next((s for s in Severity if s in weights), None)  # they stand in this order in the glossary
    assert decision(findings) is strictest
