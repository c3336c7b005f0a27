"""A question how it stands, and nothing else, in four languages; whatever more is said is not read as one."""

import pytest

from dplmaild.deployment.said import Intent
from reading.upper.mails import opened, replied


@pytest.mark.parametrize(
    "text",
    [
        "Is slot 2 still free?",
        "When is our deployment?",
        "Is it confirmed?",
        "Is the PRD deployment confirmed?",
        "Hello,\n\nwhat's the status?\n\nBest regards,\nAnn",
        "Hi team,\n\nis Tuesday still free?\n\nThanks, Ann",
        "What is the status? Thanks!",
        "Wie ist der Stand?",
        "Wie ist der aktuelle Stand?\n\nViele Grüße\nAnn",
        "Ist Termin 2 noch frei?",
        "Ist unser Termin schon bestätigt?",
        "¿Está confirmado?",
        "¿Cuándo es nuestro despliegue?",
        "¿La franja 2 sigue libre?",
        "Quin és l'estat?",
        "Quan és el nostre desplegament?",
        "Encara està lliure l'opció 2?",
    ],
)
def test_it_asks_how_it_stands(text: str) -> None:
    assert replied(text, slots=3).intent is Intent.STATE_ASKED


@pytest.mark.parametrize(
    "text",
    [
        "Is slot 2 still free? If so we take it.",
        "Is slot 2 still free? Please move it to Friday.",
        "Is it still free and can we have it?",
        "We take 2. Is it confirmed?",
        "2 is still free",
        "Slot 2, please. Is it confirmed?",
        "Is Friday 18 December 10:00 still free?",
        "Is slot 2 not free any more?",
        "Is it confirmed that the migration script is needed for the basket cartridges on UAT?",
        "What is the status? We withdraw it.",
        "What is the status? Target version is 11.0.4",
        "When is the deployment? The tests failed.",
        "Is it confirmed? We need 11.0.4 instead.",
        "Type: code\nIs it confirmed?",
        "Wie ist der Stand bei eurem Umzug und der Datenbank der Testumgebung auf UAT heute?",
        "Can you tell me whether it's confirmed",
        "They asked: is it confirmed? Please deploy 11.0.4.",
    ],
)
def test_it_says_more_or_something_else(text: str) -> None:
    assert replied(text, slots=3).intent is not Intent.STATE_ASKED


@pytest.mark.parametrize("text", ["When is our deployment?", "Wie ist der Stand?", "Is it confirmed?"])
def test_outside_of_a_conversation_nobody_knows_what_is_meant(text: str) -> None:
    assert opened(text).intent is None
