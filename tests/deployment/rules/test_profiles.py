"""Profiles: what ships, what is refused, and that a third process is writable as data."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from deployment.rules.build import CAAS, CODE, PROD, asked, blocking, ground, raw, wanted
from dplmaild.deployment.profile import Act, May, Profile
from dplmaild.deployment.rules import RULES, check_profile, judge
from dplmaild.deployment.terms import Role


@pytest.mark.parametrize("profile", [CAAS, PROD], ids=["caas", "prod"])
def test_shipped_profiles_name_rules_that_exist(profile: Profile) -> None:
    assert check_profile(profile) == []
    on = ground(profile)
    order = [rule.id for rule in RULES if rule.id in profile.rules]
    assert [f.rule for f in judge(asked(wanted(CODE, "2026-12-01 10:00"), on), on)] == order


def test_every_rule_is_kept_by_some_profile() -> None:
    assert {rule.id for rule in RULES} == set(CAAS.rules) | set(PROD.rules)
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_rule_names_itself_and_its_source() -> None:
    for rule in RULES:
        words = rule.judge.__doc__ or ""
        assert words.startswith(f"{rule.id}: ")
        assert any(source in words for source in ("caas", "prod", "derived"))


def _drop(source: dict[str, Any]) -> None:
    source["types"] = {}


def _late(source: dict[str, Any]) -> None:
    source["hours"] = {"since": "17:00", "until": "09:00"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda s: s.update(colour="blue"), "colour", id="an unknown key"),
        pytest.param(lambda s: s["types"]["code"].update(weekdays=[]), "weekdays", id="no weekday left"),
        pytest.param(lambda s: s["types"]["code"].update(weekdays=["mon"]), "weekdays", id="no such weekday"),
        pytest.param(lambda s: s["types"]["code"].update(duration="soon"), "not a span of time", id="no span of time"),
        pytest.param(lambda s: s["types"]["code"].update(duration=120), "not a span of time", id="a bare number"),
        pytest.param(lambda s: s["types"]["code"].update(duration="0h"), "duration", id="no duration"),
        pytest.param(lambda s: s["types"]["code"]["lead"].update(at_least=-1), "at_least", id="notice below zero"),
        pytest.param(_drop, "types: at least one", id="no type at all"),
        pytest.param(_late, "since must lie before until", id="hours that end before they begin"),
        pytest.param(lambda s: s.update(zone="CET/Berlin"), "no such time zone", id="no such zone"),
        pytest.param(lambda s: s.update(types_matter=False), "any_type", id="no common type"),
        pytest.param(lambda s: s["slots"].update(grid="1m"), "grid", id="a grid too fine to walk"),
        pytest.param(lambda s: s["instructions"].update(reminders=[{}]), "reminder", id="an empty reminder"),
        pytest.param(lambda s: s["rules"]["DAY-1"].update(severity="hurts"), "DAY-1", id="no such severity"),
        pytest.param(lambda s: s["schedule_fields"].append({"field": "mood"}), "schedule_fields", id="no such field"),
    ],
)
def test_what_is_refused(spoil: Callable[[dict[str, Any]], None], said: str) -> None:
    source = raw("caas")
    spoil(source)
    with pytest.raises(ValidationError) as refused:
        Profile.model_validate(source)
    assert said in str(refused.value)


def test_a_rule_that_does_not_exist() -> None:
    source = raw("prod")
    source["rules"]["DAY-99"] = {"severity": "blocks"}
    assert check_profile(Profile.model_validate(source)) == ["rules: there is no rule DAY-99"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("4h", timedelta(hours=4)),
        ("1h30m", timedelta(minutes=90)),
        ("30m", timedelta(minutes=30)),
        ("2d", timedelta(days=2)),
    ],
)
def test_spans(written: str, expected: timedelta) -> None:
    source = raw("caas")
    source["types"]["code"]["duration"] = written
    assert Profile.model_validate(source).types[CODE].duration == expected


@pytest.mark.parametrize(
    ("role", "act", "expected"),
    [
        pytest.param(Role.RELEASE_MANAGER, Act.REQUEST, May.YES, id="the release manager requests"),
        pytest.param(Role.ATTENDANT, Act.REQUEST, May.NO, id="an attendant does not"),
        pytest.param(Role.CONTACT, Act.REQUEST, May.DRAFT, id="another contact drafts"),
        pytest.param(Role.ATTENDANT, Act.REPORT, May.YES, id="an attendant reports"),
        pytest.param(Role.OPS_ENGINEER, Act.INSTRUCT, May.CORRECTIONS, id="an engineer corrects"),
        pytest.param(Role.OPS_ENGINEER, Act.DECIDE, May.NO, id="an engineer does not approve"),
        pytest.param(Role.DEPLOYMENT_MANAGER, Act.DECIDE, May.YES, id="the deployment manager does"),
        pytest.param(Role.PROJECT_MANAGER, Act.REQUEST, May.DRAFT, id="a project manager is another contact"),
        pytest.param(Role.PROJECT_MANAGER, Act.REPORT, May.PASSED_ON, id="whose word on the tests OPS hears"),
        pytest.param(None, Act.REQUEST, May.NO, id="a stranger may nothing"),
    ],
)
def test_who_may(role: Role | None, act: Act, expected: May) -> None:
    assert CAAS.may_do(role, act) is expected


def test_a_third_process_is_a_profile_alone() -> None:
    third = Profile.model_validate(
        {
            "id": "nightly",
            "title": "A bank that deploys at weekends",
            "zone": "Europe/Zurich",
            "hours": {"since": "08:00", "until": "20:00"},
            "types_matter": False,
            "any_type": {
                "duration": "3h",
                "weekdays": ["wednesday", "thursday"],
                "lead": {"at_least": 5, "count": "working"},
            },
            "rules": {
                "LEAD-1": {"severity": "blocks"},
                "DAY-1": {"severity": "approval"},
                "HOUR-1": {"severity": "blocks"},
            },
            "may": {"decide": {"deployment_manager": "yes"}},
        }
    )
    on = ground(third)
    friday_at_seven = asked(wanted(None, "2026-11-27 07:00"), on)
    assert blocking(friday_at_seven, on) == ["LEAD-1", "HOUR-1"]
