"""Single values: what they say, and where they do not say it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dplmaild.deployment.terms import Component, DeploymentType, Version
from dplmaild.reading import values


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", True),
        ("Yes.", True),
        ("ja, bitte", True),
        ("sí", True),
        ("si", True),
        ("cal", True),
        ("✓", True),
        ("[x]", True),
        ("yes (app_sf_shop)", True),
        ("required", True),
        ("no", False),
        ("nein", False),
        ("not needed", False),
        ("nicht nötig", False),
        ("no es necesario", False),
        ("no cal", False),
        ("✗", False),
        ("[ ]", False),
        ("no (nothing in the database)", False),
        ("maybe", None),
        ("vielleicht", None),
        ("quizás", None),
        ("yes/no", None),
        ("yes, if needed", None),
        ("ja oder nein", None),
        ("on edit only", None),
        ("yes?", None),
        ("", None),
        ("ask Bob", None),
    ],
)
def test_yes_or_no(text: str, answer: bool | None) -> None:
    assert values.yes_no(text) is answer


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("11.0.2", "11.0.2"),
        ("11.0. 2", "11.0.2"),
        ("v11.0.2", "11.0.2"),
        ("Release 11.0.2 (build 45)", "11.0.2"),
        ("11.0.2-hotfix1", "11.0.2-hotfix1"),
        ("7.10.41.3-LTS", "7.10.41.3-LTS"),
        ("11.0.2.RELEASE", "11.0.2.RELEASE"),
        ("3.21", "3.21"),
        ("45", "45"),
        ("latest", None),
        ("11.0.x", None),
        ("11.0.3. 2 hours", "11.0.3"),
        ("1.2.3.4.5.6.7", None),
        ("11.0.2 or 11.0.3", None),
        ("12.01.2027", None),
        ("", None),
    ],
)
def test_versions(text: str, read: str | None) -> None:
    found = values.version(text)
    assert (found.text if found else None) == read


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("full DPL", DeploymentType.FULL),
        ("SYN", DeploymentType("syn")),
        ("Synchronisation", DeploymentType("syn")),
        ("Synchronisierung", DeploymentType("syn")),
        ("sincronización", DeploymentType("syn")),
        ("sincronització", DeploymentType("syn")),
        ("full incl. SYN", DeploymentType.FULL),
        ("full DPL with synchronisation", DeploymentType.FULL),
        ("SYN and full", DeploymentType.FULL),
        ("SYN, code or full", None),
        ("vollständig", DeploymentType.FULL),
        ("completo", DeploymentType.FULL),
        ("full (code and database)", DeploymentType.FULL),
        ("code and database", DeploymentType.FULL),
        ("nur Code", DeploymentType.CODE),
        ("despliegue de código", DeploymentType.CODE),
        ("Hot-Fix", DeploymentType.HOTFIX),
        ("hotfix code deployment", DeploymentType.HOTFIX),
        ("code, no hotfix", DeploymentType.CODE),
        ("code / hotfix", None),
        ("full or code", None),
        ("rolling", None),
        ("", None),
    ],
)
def test_types(text: str, kind: DeploymentType | None) -> None:
    assert values.deployment_type(text) is kind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PRD", ["PRD"]),
        ("prod", ["PRD"]),
        ("PRD-LV", ["PRD"]),
        ("Produktion", ["PRD"]),
        ("producción", ["PRD"]),
        ("UAT and PRD", ["UAT", "PRD"]),
        ("SANDBOX2", ["SANDBOX2"]),
        ("the usual one", []),
    ],
)
def test_environments(text: str, names: list[str]) -> None:
    assert [environment.name for environment in values.environments(text)] == names


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30 min", 30),
        ("1h 30min", 90),
        ("1.5 hours", 90),
        ("1:30 h", 90),
        ("eine halbe Stunde", 30),
        ("media hora", 30),
        ("hora y media", 90),
        ("15 minutos", 15),
        ("long", None),
        ("30", None),
    ],
)
def test_durations(text: str, minutes: int | None) -> None:
    assert values.duration(text) == (timedelta(minutes=minutes) if minutes else None)


@pytest.mark.parametrize(
    "text", ["tbd", "TBD.", "-", "?", "n/a", "...", "noch offen", "por definir", "", "  ", "pendent"]
)
def test_placeholders_are_no_values(text: str) -> None:
    assert values.is_placeholder(text)


@pytest.mark.parametrize("text", ["none", "✓", "☐", "0", "no", "a"])
def test_short_values_are_no_placeholders(text: str) -> None:
    assert not values.is_placeholder(text)


def test_cartridges_are_names_however_they_are_separated() -> None:
    assert values.cartridges("app_a, app_b; app_c app_d and ...") == ("app_a", "app_b", "app_c", "app_d")


@pytest.mark.parametrize(
    ("text", "component"),
    [
        ("addon-x 3.2.11", Component("addon-x", "3.2.11")),
        ("bibliotecas comunes: 3.2.1", Component("bibliotecas comunes", "3.2.1")),
        ("addon-y v1.4", Component("addon-y", "1.4")),
        ("console", Component("console")),
        ("a long sentence about nothing in particular", None),
    ],
)
def test_components(text: str, component: Component | None) -> None:
    assert values.component(text) == component


def test_addresses_are_taken_once_and_in_lower_case() -> None:
    assert values.addresses("Ann <Ann@Example.com>, ann@example.com; b@example.org.") == (
        "ann@example.com",
        "b@example.org",
    )


def test_a_release_number_stands_where_it_stands_and_not_inside_another() -> None:
    assert values.versions_placed("from v11.0.3 on to 1.0.3, not 11.0. 3") == {"11.0.3": 6, "1.0.3": 19}


@given(st.text("019._-+avV x²", max_size=12) | st.from_regex(r"\d{1,2}(\.\d){0,6}[-_+.][\w.+-]{0,50}", fullmatch=True))
@settings(max_examples=300, deadline=None)
def test_what_is_found_as_a_release_number_is_one(text: str) -> None:
    assert [Version(found).text for found in values.versions_in(text)] == list(values.versions_in(text))
    values.version(text)
