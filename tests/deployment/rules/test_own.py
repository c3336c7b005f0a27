"""A profile's own rules: each demand at its edge, what it says, and what a search for slots makes of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from deployment.rules.build import CODE, asked, ground, raw, wanted
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import Asked, Ground, check_profile, judge, rules_of
from dplmaild.deployment.rules.rule import About
from dplmaild.deployment.schedule import next_slots
from dplmaild.deployment.terms import Field, Finding, OwnValue, Ruling, Severity

FIELDS = [
    {"name": "tested", "kind": "yes_no", "title": {"en": "Tested"}},
    {"name": "risk", "title": {"en": "Risk"}},
    {"name": "users", "kind": "number", "title": {"en": "Users"}},
    {"name": "scanned_on", "kind": "day", "title": {"en": "Scanned on"}},
]
DEMANDS: dict[str, dict[str, Any]] = {
    "OWN-1": {"field": "tested", "is_yes": True},
    "OWN-2": {"field": "risk", "one_of": ["low", "Medium"]},
    "OWN-3": {"field": "users", "at_least": 10},
    "OWN-4": {"field": "users", "at_most": 99.5},
    "OWN-5": {"field": "users", "at_least": 10, "at_most": 20},
    "OWN-6": {"field": "scanned_on", "ahead": {"days": 2}},
    "OWN-7": {"field": "scanned_on", "ahead": {"days": 2, "count": "working"}},
    "OWN-8": {"field": "scanned_on", "not_older": {"days": 3}},
    "OWN-9": {"field": "scanned_on", "not_older": {"days": 3, "count": "working"}},
}


def with_own_rules(**weights: Any) -> Profile:
    """The shipped profile with one rule for every demand."""
    weights = {"severity": "blocks", **weights}
    rules = [{"id": name, "words": {"en": "As we do it."}, **weights, **demand} for name, demand in DEMANDS.items()]
    return Profile.model_validate(raw("caas") | {"fields": FIELDS, "own_rules": rules})


ON = ground(with_own_rules())


def said(rule: str, **value: Any) -> OwnValue:
    """An answer to the rule's field."""
    return OwnValue(Field(DEMANDS[rule]["field"]), **value)


def request(*own: OwnValue, start: str | None = "2026-12-02 10:00", **how: Any) -> Asked:
    """A request for a Wednesday in whose words these answers stand."""
    return asked(wanted(CODE, start, own=own), ON, **how)


def found(rule: str, one: Asked, on: Ground = ON) -> Finding:
    """What the rule says."""
    return next(finding for finding in judge(one, on) if finding.rule == rule)


@pytest.mark.parametrize(
    ("rule", "value", "kept"),
    [
        pytest.param("OWN-1", {"text": "yes", "yes": True}, True, id="yes"),
        pytest.param("OWN-1", {"text": "no", "yes": False}, False, id="no"),
        pytest.param("OWN-1", {"text": "perhaps"}, False, id="neither yes nor no"),
        pytest.param("OWN-2", {"text": "low"}, True, id="one of the texts"),
        pytest.param("OWN-2", {"text": " MEDIUM "}, True, id="whatever the case and the blanks"),
        pytest.param("OWN-2", {"text": "high"}, False, id="none of the texts"),
        pytest.param("OWN-3", {"text": "10", "number": 10.0}, True, id="at least, just so"),
        pytest.param("OWN-3", {"text": "9", "number": 9.0}, False, id="at least, one too few"),
        pytest.param("OWN-3", {"text": "many"}, False, id="at least, no number"),
        pytest.param("OWN-4", {"text": "99.5", "number": 99.5}, True, id="at most, just so"),
        pytest.param("OWN-4", {"text": "100", "number": 100.0}, False, id="at most, too many"),
        pytest.param("OWN-4", {"text": "-1", "number": -1.0}, True, id="at most, below nothing"),
        pytest.param("OWN-5", {"text": "15", "number": 15.0}, True, id="between"),
        pytest.param("OWN-5", {"text": "9", "number": 9.0}, False, id="below both"),
        pytest.param("OWN-5", {"text": "21", "number": 21.0}, False, id="above both"),
    ],
)
def test_a_demand_at_its_edge(rule: str, value: dict[str, Any], kept: bool) -> None:
    finding = found(rule, request(said(rule, **value)))
    assert (finding.passed, finding.severity) == (kept, Severity.BLOCKS)
    assert finding.facts == {"field": DEMANDS[rule]["field"], "stated": value["text"]}


@pytest.mark.parametrize(
    ("rule", "day", "kept", "given", "count"),
    [
        # Wednesday 2 December; the Sunday before is 29 November.
        pytest.param("OWN-6", date(2026, 11, 30), True, 2, "calendar", id="two days ahead"),
        pytest.param("OWN-6", date(2026, 12, 1), False, 1, "calendar", id="one day ahead"),
        pytest.param("OWN-6", date(2026, 12, 9), False, -7, "calendar", id="a week after"),
        pytest.param("OWN-7", date(2026, 11, 30), True, 2, "working", id="two working days ahead"),
        pytest.param("OWN-7", date(2026, 11, 28), True, 3, "working", id="a Saturday: Monday to Wednesday"),
        pytest.param("OWN-7", date(2026, 12, 1), False, 1, "working", id="one working day ahead"),
        pytest.param("OWN-8", date(2026, 11, 29), True, 3, "calendar", id="three days old"),
        pytest.param("OWN-8", date(2026, 11, 28), False, 4, "calendar", id="four days old"),
        pytest.param("OWN-8", date(2026, 12, 2), True, 0, "calendar", id="of the same day"),
        pytest.param("OWN-8", date(2026, 12, 3), False, -1, "calendar", id="of the day after"),
        pytest.param("OWN-9", date(2026, 11, 27), True, 3, "working", id="a Friday, three working days old"),
        pytest.param("OWN-9", date(2026, 11, 26), False, 4, "working", id="a Thursday, four working days old"),
        pytest.param("OWN-9", date(2026, 12, 2), True, 0, "working", id="no working day old"),
    ],
)
def test_a_day_before_the_deployment_day(rule: str, day: date, kept: bool, given: int, count: str) -> None:
    finding = found(rule, request(said(rule, text="then", day=day)))
    demand = DEMANDS[rule].get("ahead") or DEMANDS[rule]["not_older"]
    assert finding.passed is kept
    assert finding.facts == {
        "field": "scanned_on",
        "stated": "then",
        "stated_day": day,
        "day": date(2026, 12, 2),
        "given": given,
        "required": demand["days"],
        "count": count,
    }


@pytest.mark.parametrize("rule", DEMANDS)
def test_what_is_not_said_is_open_until_the_instructions_are_there(rule: str) -> None:
    nothing = {"field": DEMANDS[rule]["field"], "stated": None}
    finding = found(rule, request())
    assert (finding.ruling, finding.facts) == (Ruling.OPEN, nothing)
    of_a_day = DEMANDS[rule]["field"] == "scanned_on"
    for later in (request(instructed=True), request(starting=True)):
        finding = found(rule, later)
        assert finding.ruling is (Ruling.OPEN if of_a_day else Ruling.BROKEN)
        assert finding.facts == nothing


def test_a_day_is_open_while_the_date_is_not_known() -> None:
    finding = found("OWN-6", request(said("OWN-6", text="then", day=date(2026, 11, 30)), start=None))
    assert (finding.ruling, finding.facts) == (Ruling.OPEN, {"field": "scanned_on", "stated": "then"})


def test_a_rule_over_a_day_moves_slots_and_the_others_do_not() -> None:
    assert {r.id: r.about for r in rules_of(ON.profile) if r.id in DEMANDS} == {
        name: About.DAY if demand["field"] == "scanned_on" else About.RELEASE for name, demand in DEMANDS.items()
    }
    scanned = said("OWN-6", text="then", day=date(2026, 12, 1))
    slots = next_slots(request(scanned, said("OWN-1", text="no", yes=False), start="2026-12-01 10:00"), ON).slots
    # Two days ahead, and neither three days nor three working days old: Thursday alone.
    assert [f"{slot.start:%a %d}" for slot in slots] == ["Thu 03"]


def test_its_weight_is_the_profiles() -> None:
    on = ground(with_own_rules(severity="warns", at_start="blocks"))
    late = said("OWN-6", text="then", day=date(2026, 12, 1))
    one = replace(request(late), deployment=request(late).deployment)
    assert found("OWN-6", one, on).severity is Severity.WARNS
    assert found("OWN-6", replace(one, starting=True), on).severity is Severity.BLOCKS


def test_names_of_own_rules_are_new() -> None:
    assert check_profile(ON.profile) == []
    taken = ON.profile.model_copy(update={"own_rules": (ON.profile.own_rules[0].model_copy(update={"id": "DAY-1"}),)})
    assert check_profile(taken) == ["own_rules: DAY-1 is a rule already"]
    unknown = ON.profile.model_copy(update={"rules": {**ON.profile.rules, "DAY-9": ON.profile.rules["DAY-1"]}})
    assert check_profile(unknown) == ["rules: there is no rule DAY-9"]
