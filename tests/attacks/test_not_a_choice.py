"""While slots are offered, a number in a machine's receipt or an aside takes none: production would be moved by it."""

from pathlib import Path

import pytest

from attacks.desk import NORA, mail, open_desk, request
from dplmaild.deployment.terms import State

FRIDAY = "Friday, 2026-12-11 10:00"  # no day for it: three other slots are offered


@pytest.mark.parametrize(
    "text",
    [
        "We have received your message number 2.",
        "Your ticket number 2 has been created.",
        "Case 2 was opened. Someone will be in touch.",
        "Thank you, your request no. 2 is being processed.",
        "You are number 2 in the queue.",
        "Ticket #2 created",
        "Thanks! 1 attachment was removed.",
        "2 files attached",
        "Page 1 of 3",
        "Sent from my iPhone 2",
        "First of all, thanks!",
        "The second attempt failed.",
        "No. 2 is impossible for us.",
        "Option 2 is impossible for us.",
        "Slot 2 collides with our release.",
        "I will be back on Monday, 14 December.",
        "See you on Monday, 14 December 2026.",
        "Ihre Anfrage Nr. 2 wurde angelegt.",
        "Vorgang 2 wird bearbeitet.",
        "Termin 2 ist bei uns Feiertag.",
        "Su solicitud número 2 ha sido registrada.",
        "La opción 2 coincide con un festivo.",
        "La teva petició número 2 s'ha registrat.",
    ],
)
def test_a_number_beside_other_words_takes_no_slot(tmp_path: Path, text: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = desk.receive(mail(request(FRIDAY))).reference or ""
        assert desk.case(reference).state is State.PROPOSED
        desk.receive(mail(f"{text}\n", NORA, f"Re: Deployment [{reference}]"))
        assert desk.case(reference).state is State.PROPOSED


@pytest.mark.parametrize(
    "text",
    [
        "2",
        "Option 2, please.",
        "The second one is fine.",
        "Wir nehmen Termin 2.",
        "La segunda, por favor.",
        "La 2 ens va bé.",
    ],
)
def test_who_means_it_gets_it(tmp_path: Path, text: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = desk.receive(mail(request(FRIDAY))).reference or ""
        offered = desk.case(reference).offers[1].slot
        desk.receive(mail(f"{text}\n", NORA, f"Re: Deployment [{reference}]"))
        assert (desk.case(reference).state, desk.case(reference).slot) == (State.SCHEDULED, offered)
