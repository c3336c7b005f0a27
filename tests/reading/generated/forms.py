"""Requests and instructions as they are meant: labels and words of one language, with what each must be read as."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from dplmaild.deployment.terms import Deployment
from dplmaild.reading.lexicon.spoken import shipped
from reading.dates.writers import dates, times

LANGUAGES = {str(table["language"]): table for table in shipped()}
BERLIN = ZoneInfo("Europe/Berlin")
_WORDS = {
    "en": ["faster search in the shop", "corrected prices in the basket"],
    "de": ["schnellere Suche im Shop", "berichtigte Preise im Warenkorb"],
    "es": ["búsqueda más rápida en la tienda", "precios corregidos en la cesta"],
    "ca": ["cerca més ràpida a la botiga", "preus corregits a la cistella"],
}
_SWITCHES = {
    "DeployAppTier": "deploy_app_tier",
    "DeployWebTier": "deploy_web_tier",
    "InvalidatePageCache": "invalidate_page_cache",
    "DBMigrate": "db_migrate",
}

EVERY_KEY = (
    "type", "product", "environment", "when", "current_version", "target_version", *_SWITCHES, "cartridges",
    "description", "special_activities", "mailing_list", "duration",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """One line of a form: the field, its label and words as written, and the value that is meant."""

    key: str
    label: str
    text: str
    meant: Any


@dataclass(frozen=True, slots=True)
class Form:
    """What one mail says of one deployment."""

    language: str
    lines: tuple[Filled, ...]


Made = st.SearchStrategy[tuple[str, Any]]  # words, and what they mean


def _one_of(table: Any, section: str, names: Sequence[str]) -> Made:
    pairs = [(word, name) for name in names for word in table[section][name]]
    return st.sampled_from(pairs).map(
        lambda pair: (pair[0].upper() if pair[0] == pair[1].lower() else pair[0], pair[1])
    )


def _yes_no(table: Any) -> Made:
    words = table["words"]
    return st.sampled_from([(word, True) for word in words["yes"][:4]] + [(word, False) for word in words["no"][:1]])


def _moment(language: str) -> Made:
    def written(day: int, quarter: int, dated: int, timed: int) -> tuple[str, datetime]:
        local = datetime(2027, 1, 12, tzinfo=BERLIN) + timedelta(days=day, hours=8, minutes=15 * quarter)
        days, hours = dates(language, local, local.weekday()), times(language, local)
        return f"{days[dated % len(days)]} {hours[timed % 3]}", local.astimezone(UTC)

    few = st.integers(0, 20)
    return st.builds(written, st.integers(0, 60), st.integers(0, 36), few, few)


def _versions() -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(st.integers(7, 14), st.integers(0, 12), st.integers(0, 40)).map(
        lambda v: (f"{v[0]}.{v[1]}.{v[2]}", f"{v[0]}.{v[1]}.{v[2]}")
    )


def _lists(names: Sequence[str]) -> Made:
    some = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)
    return some.map(lambda chosen: (", ".join(chosen), tuple(chosen)))


def _minutes(table: Any) -> Made:
    hours = [(f"{count} {unit}", timedelta(hours=count)) for unit in table["units"]["hour"] for count in (2, 5)]
    minutes = [(f"{count} {unit}", timedelta(minutes=count)) for unit in table["units"]["minute"] for count in (30, 90)]
    return st.sampled_from(hours + minutes)


def _values(language: str) -> dict[str, Made]:
    table = LANGUAGES[language]
    free = st.sampled_from(_WORDS[language]).map(lambda words: (words, words))
    return {
        "type": _one_of(table, "types", ("full", "code", "hotfix")),
        "product": _one_of(table, "products", ("ICM", "PWA", "IOM")),
        "environment": _one_of(table, "environments", ("INT", "UAT", "PRD")),
        "when": _moment(language),
        "current_version": _versions(),
        "target_version": _versions(),
        **dict.fromkeys(_SWITCHES, _yes_no(table)),
        "cartridges": _lists(("app_sf_shop", "bc_pricing", "ac_b2b")),
        "description": free,
        "special_activities": st.one_of(
            free, st.sampled_from(table["words"]["none"][:3]).map(lambda word: (word, "none"))
        ),
        "mailing_list": _lists(("nora@agency.example.net", "ben@northwind.example.com", "ann@example.org")),
        "duration": _minutes(table),
    }


@st.composite
def forms(draw: st.DrawFn, language: str | None = None) -> Form:
    """A form with some of its fields, in any order, each label as somebody may write it."""
    language = language or draw(st.sampled_from(sorted(LANGUAGES)))
    made = _values(language)
    always = ["type", "environment", "when"] if draw(st.booleans()) else ["type", "current_version", "target_version"]
    more = draw(st.lists(st.sampled_from(sorted(made)), max_size=8, unique=True))
    keys = draw(st.permutations(list(dict.fromkeys([*always, *more]))))
    labels = LANGUAGES[language]["labels"]
    lines = []
    for key in keys:
        text, meant = draw(made[key])
        lines.append(Filled(key, draw(st.sampled_from(labels[key])), text, meant))
    return Form(language, tuple(lines))


def read_value(one: Deployment, key: str) -> Any:
    """What a deployment says under a key of a form, in the shape of `Filled.meant`."""
    if key in _SWITCHES:
        return getattr(one.options, _SWITCHES[key])
    value = one.options.cartridges if key == "cartridges" else getattr(one, key)
    shapes: dict[str, Callable[[Any], Any]] = {
        "type": lambda v: v.value, "product": lambda v: v.value, "environment": lambda v: v.name,
        "when": lambda v: v.utc,
        "current_version": lambda v: v.text, "target_version": lambda v: v.text,
    }  # fmt: skip
    return shapes[key](value) if value and key in shapes else value or None
