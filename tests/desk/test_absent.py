"""A machine that answers our letters without saying that it is one: nothing goes back to it, so nothing goes round."""

import pytest

from desk.build import HOUR, NOW, REQUEST, Mail, Running
from dplmaild.ports import Outcome

OFFERED = REQUEST.replace("Tuesday, 15", "Friday, 18")
ASKED = REQUEST.replace("Desired date and time: Tuesday, 15 December 2026, 10:00 CET\n", "")
NOTES = [
    "I'm out of the office until Tuesday, 15 December 2026.",
    "Thank you for your message. I am on vacation until 15 December and will answer when I am back.",
    "I'm on leave, back on 14 December at 10:00.",
    "Ich bin bis zum 14. Dezember 2026 nicht im Büro.",
    "Vielen Dank für Ihre Nachricht. Gerne antworte ich nach meiner Rückkehr am 14. Dezember.",
    "Estoy de vacaciones hasta el 14 de diciembre de 2026.",
    "Gracias por su correo. Me reincorporo el 14 de diciembre a las 10:00.",
    "Estic de vacances fins al 14 de desembre de 2026.",
    "Gràcies pel vostre correu. Tornaré el 14 de desembre a les 10:00.",
    "Je suis en congés jusqu'au 14 décembre 2026.",
    "Sono in ferie fino al 14 dicembre 2026.",
    "Ik ben met verlof tot 14 december 2026.",
    "Estou de férias até 14 de dezembro de 2026.",
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("request_", [pytest.param(OFFERED, id="offered"), pytest.param(ASKED, id="asked")])
def test_an_unmarked_absence_note_is_never_answered_and_agrees_to_nothing(
    running: Running, request_: str, note: str
) -> None:
    running.receive(Mail(request_))
    case, letters = running.case(), running.letters()
    thread = {"In-Reply-To": running.our_letter(), "References": running.our_letter()}
    for n in range(3):
        reply = Mail(note, subject=f"Re: Next release [{case.reference}]", headers=thread, number=60 + n)
        answered = running.receive(reply, NOW + (n + 1) * HOUR)
        assert answered.outcome in {Outcome.LEFT_ALONE, Outcome.TRIAGE}
    assert (running.case(), running.letters()) == (case, letters)
