"""Explanation and verdict never disagree: who sees a finding's facts alone comes to the same verdict."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from deployment.rules.circumstances import every_kind
from deployment.rules.test_properties import grounds, requests
from dplmaild.deployment.profile import BlockPolicy, Lead, TypePolicy
from dplmaild.deployment.rules import RULES, Asked, Ground, decision, judge
from dplmaild.deployment.terms import Finding, Ruling, Severity, Version, Window

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
    "DAY-5": lambda f: not f["inside"] and not f["day_before"] and not f.get("unread"),
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


def test_every_rule_has_a_reader() -> None:
    assert {rule.id for rule in RULES} == KEPT_BY.keys() | NOT_ALL


_NOTICE = "arrived day given required recommended count type"
_STEP = f"{_NOTICE} step step_fits"
_BEFORE_PRD = "step day last prd_day latest working_days_between"
_WINDOW = "start end own_hours since until"
_ROOM = "that_day per_day_limit customer_has_room"
# What a finding says besides its verdict: letters, JSON and the log are made of these names. Kept and broken say the
# same unless two lines stand here; of what is open or not concerned only what it says beyond nothing.
NAMES: dict[str, set[str]] = {
    "WHO-1": {"performer environment matrix_confirmed"},
    "WHO-2": {"phase performer"},
    "WHO-3": {"management"},
    "WHO-4": {"environment productive"},
    "WHO-5": {"environment treated_as"},
    "TYPE-1": {"product requested effective"},
    "TYPE-2": {"type db_migrate"},
    "TYPE-3": {"current target"},
    "TYPE-4": {"downtime"},
    "TYPE-5": {"current target same_version"},
    "PRE-1": {"version on_record stated missing"},
    "PRE-2": {"version on_record stated missing"},
    "PRE-3": {"step version"},
    "PRE-4": {"stated"},
    "PRE-5": {"stated"},
    "PRE-6": {"stated"},
    "LEAD-1": {_NOTICE, f"{_STEP} step_done", f"{_STEP} working_days_between step_day", _BEFORE_PRD},
    "LEAD-2": {_NOTICE},
    "LEAD-3": {_NOTICE},
    "LEAD-4": {"start arrived earliest at_least past"},
    "DAY-1": {"day weekday allowed"},
    "DAY-2": {"day next_day closed"},
    "DAY-3": {"day closed"},
    "DAY-4": {"day next_day closed"},
    "DAY-5": {"day inside day_before", "day inside day_before unread"},
    "DAY-6": {"day freezes until soft"},
    "HOUR-1": {_WINDOW, f"{_WINDOW} half_days"},
    "HOUR-2": {"sla shop_since shop_until"},
    "TEST-1": {"tests limit longer"},
    "TEST-2": {"named in_directory"},
    "SCHED-7": {
        f"{_ROOM} at_once at_once_limit", f"{_ROOM} at_once at_once_limit no_room_before", f"{_ROOM} no_room_before",
    },
}  # fmt: skip
OPEN_NAMES = {
    "WHO-1": {"environment"},
    "TYPE-3": {"current target"},
    "TYPE-5": {"current target"},
    "PRE-3": {"step"},
    "LEAD-1": {"step"},
    "HOUR-2": {"sla"},
}
APART_NAMES = {
    "WHO-2": {"phase"},
    "WHO-5": {"environment"},
    "TYPE-1": {"product"},
    "PRE-3": {"place"},
    "PRE-6": {"components"},
    "HOUR-2": {"sla"},
}


_TABLES: tuple[tuple[frozenset[Ruling], dict[str, set[str]]], ...] = (
    (frozenset({Ruling.KEPT, Ruling.BROKEN}), NAMES),
    (frozenset({Ruling.OPEN}), OPEN_NAMES),
    (frozenset({Ruling.NOT_CONCERNED}), APART_NAMES),
)


def _misnamed() -> list[str]:
    """Findings that say other names than the tables, and lines of the tables that no finding says."""
    wrong: list[str] = []
    for rulings, table in _TABLES:
        said: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
        for each, _, _ in every_kind():
            if each.ruling in rulings and set(each.facts) - {"because"}:
                said[each.rule].add(frozenset(each.facts))
        written = {rule: {frozenset(names.split()) for names in lines} for rule, lines in table.items()}
        wrong += [f"{r}: {said.get(r)}, not {written.get(r)}" for r in RULE_IDS if said.get(r) != written.get(r)]
    return wrong


RULE_IDS = [rule.id for rule in RULES]


def _block(on: Ground) -> BlockPolicy:
    assert on.profile.block is not None
    return on.profile.block


def _policy(one: Asked, on: Ground) -> TypePolicy:
    policy = on.profile.policy(one.effective.type)
    assert policy is not None
    return policy


def _lead(one: Asked, on: Ground) -> Lead:
    lead = _policy(one, on).lead
    assert lead is not None
    return lead


def _window(one: Asked) -> Window:
    assert one.window is not None
    return one.window


def _shown(version: Version | None) -> str | None:
    return version.text if version else None


def _day_of(moment: datetime, on: Ground) -> date:
    return moment.astimezone(ZoneInfo(on.profile.zone)).date()


# What each fact has to be for what was judged, reckoned here once more and not by the rule.
IS: dict[str, Callable[[Asked, Ground], object]] = {
    "day": lambda a, g: _day_of(_window(a).start, g),
    "next_day": lambda a, g: _day_of(_window(a).start, g) + timedelta(days=1),
    "weekday": lambda a, g: f"{_day_of(_window(a).start, g):%A}".lower(),
    "allowed": lambda a, g: tuple(day.value for day in _policy(a, g).weekdays),
    "start": lambda a, _: _window(a).start,
    "end": lambda a, _: _window(a).end,
    "own_hours": lambda a, g: bool(_policy(a, g).openings),
    "earliest": lambda a, g: a.arrived + g.profile.minimum_notice,
    "at_least": lambda _, g: g.profile.minimum_notice,
    "required": lambda a, g: _lead(a, g).at_least,
    "recommended": lambda a, g: _lead(a, g).recommended,
    "count": lambda a, g: _lead(a, g).count.value,
    "type": lambda a, _: a.effective.type.value if a.effective.type else None,
    "requested": lambda a, _: a.deployment.type.value if a.deployment.type else None,
    "effective": lambda a, _: a.effective.type.value if a.effective.type else None,
    "product": lambda a, _: a.effective.product.value if a.effective.product else None,
    "environment": lambda a, _: a.effective.environment.name,
    "treated_as": lambda a, _: a.effective.treated_as.name,
    "productive": lambda _, g: g.customer.productive,
    "phase": lambda _, g: g.customer.phase.value,
    "management": lambda _, g: g.customer.management.value,
    "sla": lambda _, g: g.customer.sla.value,
    "matrix_confirmed": lambda _, g: not g.profile.performs_to_be_confirmed,
    "current": lambda a, _: _shown(a.deployment.current_version),
    "target": lambda a, _: _shown(a.deployment.target_version),
    "version": lambda a, _: _shown(a.deployment.target_version),
    "db_migrate": lambda a, _: a.deployment.options.db_migrate,
    "downtime": lambda a, g: _policy(a, g).downtime,
    "tests": lambda a, g: max(a.deployment.test_window or timedelta(0), g.profile.tests.least),
    "limit": lambda _, g: g.profile.tests.limit,
    "named": lambda a, _: a.deployment.attendants,
    "step": lambda _, g: _block(g).step,
    "last": lambda _, g: _block(g).last,
    "working_days_between": lambda _, g: _block(g).working_days_between,
    "shop_since": lambda _, g: f"{g.customer.shop_hours.since:%H:%M}" if g.customer.shop_hours else None,
    "shop_until": lambda _, g: f"{g.customer.shop_hours.until:%H:%M}" if g.customer.shop_hours else None,
    "step_done": lambda *_: True,
    "components": lambda *_: (),
}


def _misreckoned() -> list[str]:
    """Facts that are not those of what was judged."""
    wrong: list[str] = []
    for found, one, on in every_kind():
        for name, value in found.facts.items():
            if name in IS and value != IS[name](one, on):
                wrong.append(f"{found.rule}: {name} is {value}, not {IS[name](one, on)}")
        arrived = found.facts.get("arrived", one.arrived)
        if arrived not in {one.arrived, _day_of(one.arrived, on)}:
            wrong.append(f"{found.rule}: arrived {arrived}")
    return wrong


def test_facts_bear_their_names_say_what_was_judged_and_come_to_the_verdict() -> None:
    """All of it in one test: what the rules can come to is worked out once, and everything about it is looked at."""
    kinds = every_kind()
    assert [wrong for each, _, _ in kinds if (wrong := disagreeing(each))] == []
    assert _misnamed() == []
    assert _misreckoned() == []
    assert IS.keys() <= {name for found, _, _ in kinds for name in found.facts}
    because = {found.facts["because"] for found, _, _ in kinds if "because" in found.facts}
    assert because == {"partner performs", "not ours", "no procedure", "HOUR-2"}


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
