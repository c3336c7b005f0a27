"""What a calendar shows of a deployment: in the language of its letter, and of downtime only what is known (TYPE-4)."""

import pytest
from jinja2 import DictLoader

from dplmaild.deployment.terms import PRD, Component, Deployment
from dplmaild.writing.letters import Letters
from writing.build import DESK, LETTERS, TEMPLATES, facts


@pytest.mark.parametrize(
    ("language", "summary", "downtime"),
    [
        ("en", "Acme: code deployment of ICM 11.0.2 on PRD [DPL-2026-0042]", "No downtime."),
        ("de", "Acme: Code-Deployment von ICM 11.0.2 auf PRD [DPL-2026-0042]", "Ohne Ausfallzeit."),
        ("es", "Acme: despliegue de código de ICM 11.0.2 en PRD [DPL-2026-0042]", "Sin parada."),
        ("ca", "Acme: desplegament de codi d'ICM 11.0.2 a PRD [DPL-2026-0042]", "Sense aturada."),
    ],
)
def test_it_is_said_in_the_letters_language(language: str, summary: str, downtime: str) -> None:
    said, description = LETTERS.event(facts(), language)
    assert (said, description.splitlines()[1]) == (summary, downtime)


def test_where_types_have_no_effect_nothing_is_said_of_downtime() -> None:
    prod = Deployment(environment=PRD, components=(Component("addon-x", "3.2.11"), Component("portal", None)))
    summary, description = LETTERS.event(facts(deployment=prod), "en")
    assert summary == "Acme: deployment of addon-x 3.2.11, portal on PRD [DPL-2026-0042]"
    assert description.splitlines() == ["Reference: DPL-2026-0042", "addon-x 3.2.11", "portal"]


def test_downtime_is_said_where_there_is_some() -> None:
    assert "With downtime" in LETTERS.event(facts(downtime=True), "en")[1]


def test_a_sentence_of_ones_own_counts_and_a_broken_one_does_not() -> None:
    def event(text: str) -> str:
        own = DictLoader({"en/common.toml": f"event = '{text}'"})
        return Letters(TEMPLATES, reply_to=DESK, overrides=own).event(facts(), "en")[0]

    assert event("Release of {{ customer }}") == "Release of Acme"
    assert event("{{ slots.x }}") == LETTERS.event(facts(), "en")[0]
