"""Sentences that state something: taken as they stand, never out of a question or a denial."""

from datetime import UTC, datetime

import pytest

from dplmaild.deployment.terms import Deployment
from dplmaild.reading import Hints, read

HEAD = "From: a@example.org\nSubject: Deployment\nDate: Mon, 23 Nov 2026 09:00:00 +0100\n\n"
ASK = "Please deploy addon-x 3.2.11 to PRD on 1 December 2026 at 10:00.\n"


def told(sentence: str) -> Deployment:
    """What a request says together with one more sentence."""
    hints = Hints(received=datetime(2026, 11, 23, 8, tzinfo=UTC), components_free=True)
    meaning = read((HEAD + ASK + sentence).encode(), hints)
    assert meaning.deployments, meaning.why
    return meaning.deployments[0]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("A rollback guide is attached.", id="English"),
        pytest.param("Der Rollback ist vorbereitet.", id="German"),
        pytest.param("Guía de rollback preparada.", id="Spanish"),
        pytest.param("Rollback preparat.", id="Catalan"),
    ],
)
def test_a_rollback_guide_is_named(sentence: str) -> None:
    assert told(sentence).rollback == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Is there a rollback guide?", id="a question"),
        pytest.param("There is no rollback guide.", id="a denial"),
        pytest.param("Thank you.", id="nothing of it"),
    ],
)
def test_a_rollback_guide_is_not_made_up(sentence: str) -> None:
    assert told(sentence).rollback is None


def test_the_artifact_is_taken_as_it_is_named() -> None:
    assert told("El artefacto es addon-x-3.2.11.jar.").artifact == "El artefacto es addon-x-3.2.11.jar."


def test_an_upgrade_that_is_expected_is_a_special_activity() -> None:
    assert told("We expect an ICM upgrade.").special_activities == "We expect an ICM upgrade."


def test_the_denial_of_special_activities_counts_before_what_is_named() -> None:
    assert told("No special activities.").special_activities == "none"
