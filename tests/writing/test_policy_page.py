"""A profile on one page: nothing of it is left unsaid, in no language."""

import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader
from pydantic import ValidationError

from deployment.rules.build import CUSTOMER, OPS, customer, raw
from dplmaild.deployment.configured import Hours
from dplmaild.deployment.customer import ProfileChoice
from dplmaild.deployment.periods import CalendarSource, Freeze
from dplmaild.deployment.profile import Profile, letter_words, merged
from dplmaild.deployment.rules import rules_of
from dplmaild.deployment.terms import DeploymentType, Management, Phase, Product, Sla
from dplmaild.writing.letters import Letters
from dplmaild.writing.phrases import LANGUAGES, Phrases
from dplmaild.writing.policy import Section, customer_section, policy_page
from dplmaild.writing.wording import Wording

ROOT = Path(__file__).parents[2]
TEMPLATES = FileSystemLoader(ROOT / "templates")
EXAMPLES = ("bank", "cloud", "hospital")
ILL_WORDED = re.compile(r"None|\(\)|  |\bTrue\b|\bFalse\b|[{}<>]| [.,;:]|,,|\.\.$")


def example(name: str) -> dict[str, Any]:
    """A profile of the examples, with what it is written on."""
    tables = tomllib.loads((ROOT / "config" / "examples" / f"{name}.toml").read_text("utf-8"))
    if "extends" not in tables:
        return tables
    whole, wrong = merged(raw(tables["extends"]), tables)
    assert not wrong
    return whole


TABLES = {name: raw(name) for name in ("caas", "prod")} | {
    name: example(name) for name in ("bank", "cloud", "hospital")
}
PROFILES = {name: Profile.model_validate(tables) for name, tables in TABLES.items()}


class Heard(Phrases):
    """Sentences that note which of them were said."""

    def __init__(self, of: Phrases) -> None:
        self.__dict__.update(of.__dict__)
        self.said: set[str] = set()

    def source(self, name: str) -> str:
        """See Phrases."""
        self.said.add(name)
        return super().source(name)


def wording(profile: Profile, language: str = "en") -> Wording:
    """The voice for one profile."""
    letters = Letters(TEMPLATES, reply_to="desk@example.com", words=letter_words([profile]))
    return letters.wording(language, profile.zone, profile.zone)


def cells(sections: tuple[Section, ...]) -> Iterator[str]:
    """Everything that stands on a page."""
    for section in sections:
        yield from (section.title, *section.lines)
        if section.table is not None:
            yield from section.table.head
            for row in section.table.rows:
                assert len(row) == len(section.table.head)
                yield from row


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROFILES)
def test_every_line_is_well_worded(name: str, language: str) -> None:
    profile = PROFILES[name]
    said = list(cells(policy_page(profile, wording(profile, language))))
    assert [text for text in said if ILL_WORDED.search(text)] == []


@pytest.mark.parametrize("name", PROFILES)
def test_every_rule_stands_there_with_its_weight(name: str) -> None:
    profile = PROFILES[name]
    page = policy_page(profile, wording(profile))
    (table,) = (s.table for s in page if s.title == "Rules")
    assert table is not None
    rows = {row[0]: row for row in table.rows}
    assert rows.keys() == {rule.id for rule in rules_of(profile) if profile.choice(rule.id)}
    for rule, row in rows.items():
        choice = profile.choice(rule)
        assert choice is not None
        assert row[1] != rule, "what a rule asks is said in words"
        assert row[3].startswith({"approval": "needs approval"}.get(choice.severity, choice.severity.value))
        assert row[5] == choice.source


def test_the_shipped_rules_name_their_source() -> None:
    assert [r for name in ("caas", "prod") for r, c in PROFILES[name].rules.items() if not c.source] == []


def leaves(tables: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every single value of a profile, with its place."""
    if isinstance(tables, dict):
        for key, value in tables.items():
            yield from leaves(value, (*path, key))
    elif isinstance(tables, list) and tables and not all(isinstance(each, str) for each in tables):
        for number, value in enumerate(tables):
            yield from leaves(value, (*path, number))
    else:
        yield path, tables


def others(value: Any) -> Iterator[Any]:
    """Other values of the same kind; one of them will do where not all fit."""
    match value:
        case bool():
            yield not value
        case int():
            yield from (value + 1, value - 1)
        case time():
            yield from (time(value.hour, 30), time(value.hour + 1 if value.hour < 23 else 0))
        case list():
            yield value[:-1]
            yield [*value, "x-1"]
        case str():
            yield from (
                "7h",
                "8m",
                "warns",
                "informs",
                "blocks",
                "hotfix",
                "full",
                "code",
                "PWA",
                "UAT",
                "INT",
                "yes",
                "no",
            )
            yield from ("hours", "working", "ops", "partner", "Europe/Paris", "target_version", "always", "as stated")
            yield from ("longer wins", "no", "other")


# Not on the page: mails are read by them, and what a profile calls its own is the voice's.
UNSAID = {"names", "labels", "title", "words"}


def _at(tables: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        tables = tables[key]
    return tables


def changed(tables: dict[str, Any], path: tuple[str | int, ...], value: Any) -> Iterator[Profile]:
    """The profile with another value at a place, wherever that is still a profile."""
    for other in others(value):
        if other == value:
            continue
        copy = deepcopy(tables)
        where: Any = copy
        for key in path[:-1]:
            where = where[key]
        where[path[-1]] = other
        try:
            yield Profile.model_validate(copy)
        except ValidationError:
            continue


@pytest.mark.parametrize("name", ["caas", "prod", "bank", "cloud"])
def test_whatever_is_changed_in_a_profile_changes_its_page(name: str) -> None:
    voice = wording(PROFILES[name])
    page = policy_page(PROFILES[name], voice)
    unsaid, tried = [], 0
    for path, value in leaves(TABLES[name]):
        if (UNSAID & set(path) and path != ("title",)) or path[0] == "environments":
            continue
        if path[-1] == "count" and not _at(TABLES[name], path[:-1]).get("at_least", 1):
            continue  # no notice is no notice, however it is counted
        for profile in changed(TABLES[name], path, value):
            tried += 1
            if policy_page(profile, voice) == page:
                unsaid.append((path, value))
            break
    assert unsaid == []
    assert tried >= 50


OTHER = customer(
    sla=Sla.PREMIUM,
    phase=Phase.SETUP,
    management=Management.DELEGATED,
    zone="Atlantic/Canary",
    products=(Product.ICM,),
    productive=("PRD", "TEST"),
    partner_calendar=CalendarSource(country="ES"),
    shop_hours=Hours(since=time(8), until=time(20)),
    approval=(DeploymentType.CODE,),
    syn=True,
    profiles=(ProfileChoice(profile="prod", environments=("TEST",)),),
)
STOCKTAKING = Freeze(first=date(2027, 1, 4), last=date(2027, 1, 8), reason="Stocktaking", types=(DeploymentType.FULL,))
MOVING = Freeze.model_validate({"on": "first Monday of May", "reason": "Moving house"})
MORE = [OTHER, customer(approval=(), management=Management.PARTNER, freezes=(STOCKTAKING,)), CUSTOMER]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_customers_own_is_said(language: str) -> None:
    voice = wording(PROFILES["caas"], language)
    said = list(cells((customer_section(OTHER, OPS, voice),)))
    assert [text for text in said if ILL_WORDED.search(text)] == []
    whole = " ".join(said)
    for fact in ("premium", "Atlantic/Canary", "PRD, TEST", "ES", "DE TH", "08:00-20:00", "prod", "ICM"):
        assert fact in whole


# What none of the profiles says.
RARE = {
    "freezes": [
        {"day": date(2026, 12, 24), "environments": ["prd"]},
        {"from": "1 December", "to": "6 January", "since": 2026, "soft": True, "reason": "Winter"},
        {"week_of": "Black Friday", "years": [2027, 2028], "weekdays": ["friday"], "reason": "Sales"},
    ],
    "rules": {"DAY-3": {"severity": "blocks", "zone": "Asia/Tokyo"}},
    "fields": [
        {"name": "users", "kind": "number", "title": {"en": "Users"}},
        {"name": "scanned_on", "kind": "day", "title": {"en": "Scanned on"}},
    ],
    "own_rules": [
        {"id": "OWN-1", "field": "users", "at_least": 1, "at_most": 9.5, "severity": "warns", "words": {"en": "Few."}},
        {"id": "OWN-2", "field": "scanned_on", "not_older": {"days": 3}, "severity": "warns", "words": {"en": "Old."}},
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_freezes_of_profile_customer_and_ops_are_said(language: str) -> None:
    profile = Profile.model_validate(raw("caas") | {"freezes": RARE["freezes"]})
    voice = wording(profile, language)
    said = " ".join(cells(policy_page(profile, voice)))
    for fact in ("24", "PRD", "1 December", "6 January", "2026", "Black Friday", "2027, 2028", "Winter", "Sales"):
        assert fact in said, fact
    section = customer_section(customer(freezes=(STOCKTAKING,)), OPS.model_copy(update={"freezes": (MOVING,)}), voice)
    whole = " ".join(section.lines)
    for fact in ("Stocktaking", "2027", "8", "Moving house", "May"):
        assert fact in whole, fact


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_waits_in_vain(language: str) -> None:
    said = set[str]()
    for profile in (*PROFILES.values(), Profile.model_validate(raw("prod") | RARE)):
        voice = wording(profile, language)
        heard = Wording(Heard(voice.phrases), voice.clock)
        policy_page(profile, heard)
        for one in MORE:
            customer_section(one, OPS.model_copy(update={"freezes": (MOVING,)}), heard)
        assert isinstance(heard.phrases, Heard)
        said |= heard.phrases.said
    assert voice.phrases.names("policy.") - said == set()
