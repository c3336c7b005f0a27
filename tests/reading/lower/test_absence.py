"""Absence notes without headers in every language, and the people who speak of absence."""

import re

import pytest

from dplmaild.deployment.said import Automatic
from reading.lower.mails import sent_by
from reading.lower.test_automatic import headed

# One per language: subject as its mail programs write it, and a note without any header that says so.
NOTES = {
    "en": (
        "Automatic reply: Release",
        "I am out of the office until 3 December. In urgent cases please contact ben@example.com.",
    ),
    "de": (
        "Abwesend: Release",
        "Ich bin bis zum 3. Dezember nicht im Haus. In dringenden Fällen wenden Sie sich bitte an ben@example.com.",
    ),
    "es": (
        "Respuesta automática: Release",
        "Estaré fuera de la oficina hasta el 3 de diciembre. Para asuntos urgentes contacte con ben@example.com.",
    ),
    "ca": (
        "Resposta automàtica: Release",
        "Estaré fora de l'oficina fins al 3 de desembre. Per a temes urgents contacteu amb ben@example.com.",
    ),
    "fr": (
        "Réponse automatique : Release",
        "Je suis absent du bureau jusqu'au 3 décembre. En cas d'urgence, merci de contacter ben@example.com.",
    ),
    "it": (
        "Risposta automatica: Release",
        "Sono fuori ufficio fino al 3 dicembre. Per urgenze contattare ben@example.com.",
    ),
    "nl": (
        "Automatisch antwoord: Release",
        "Ik ben afwezig tot 3 december. Voor dringende zaken kunt u contact opnemen met ben@example.com.",
    ),
    "pt": (
        "Resposta automática: Release",
        "Estou ausente do escritório até 3 de dezembro. Em caso de urgência contacte ben@example.com.",
    ),
    "pl": (
        "Odpowiedź automatyczna: Release",
        "Jestem poza biurem do 3 grudnia. W pilnych sprawach proszę o kontakt z ben@example.com.",
    ),
    "sv": (
        "Autosvar: Release",
        "Jag är inte på kontoret till den 3 december. Vid brådskande ärenden kontakta ben@example.com.",
    ),
    "da": (
        "Automatisk svar: Release",
        "Jeg er ikke på kontoret før den 3. december. Ved hastesager kontakt ben@example.com.",
    ),
    "nb": (
        "Automatisk svar: Release",
        "Jeg er ute av kontoret til 3. desember. Ved hastesaker kontakt ben@example.com.",
    ),
    "fi": (
        "Automaattinen vastaus: Release",
        "Olen poissa toimistosta 3. joulukuuta asti. Kiireellisissä asioissa ota yhteyttä ben@example.com.",
    ),
    "cs": (
        "Automatická odpověď: Release",
        "Jsem mimo kancelář do 3. prosince. V naléhavých případech kontaktujte ben@example.com.",
    ),
    "hu": (
        "Automatikus válasz: Release",
        "Irodán kívül vagyok december 3-ig. Sürgős esetben keresse: ben@example.com.",
    ),
    "ja": ("自動応答: Release", "12月3日まで不在にしております。お急ぎの場合は ben@example.com までご連絡ください。"),
    "zh": ("自动答复: Release", "我将于12月3日前不在办公室。如有紧急事宜请联系 ben@example.com。"),
    "ru": (
        "Автоматический ответ: Release",
        "Меня нет в офисе до 3 декабря. По срочным вопросам обращайтесь к ben@example.com.",
    ),
    "tr": (
        "Otomatik yanıt: Release",
        "3 Aralık'a kadar ofis dışındayım. Acil durumlarda ben@example.com ile iletişime geçin.",
    ),
}


@pytest.mark.parametrize("subject", ["as programs write it", "Re: Release"])
@pytest.mark.parametrize("language", NOTES)
def test_absence_is_known_in_every_language_without_headers(language: str, subject: str) -> None:
    titled, text = NOTES[language]
    line = titled if subject != "Re: Release" else subject
    assert sent_by(headed(f"Subject: {line}", text=text)) is Automatic.OUT_OF_OFFICE


@pytest.mark.parametrize("language", NOTES)
def test_words_that_a_person_might_write_are_a_machines_below_its_headers(language: str) -> None:
    words = re.split(r"(?<=\D)[.。]", NOTES[language][1])[0]  # the absence alone, without whom to ask
    assert (
        sent_by(headed("Subject: Re: Release", "Auto-Submitted: auto-replied", text=words)) is Automatic.OUT_OF_OFFICE
    )
    assert sent_by(headed("Subject: Re: Release", "Return-Path: <>", text=words)) is Automatic.OUT_OF_OFFICE


def test_what_a_note_quotes_is_not_what_it_says() -> None:
    """Its own words are looked at: our letter below them speaks of a deployment and asks questions."""
    quote = "On Mon, 23 Nov 2026, Service Desk wrote:\n> Which of the slots do you take for release 11.0.2?\n"
    note = f"{NOTES['en'][1]}\n\n{quote}"
    assert sent_by(headed("Subject: Automatic reply: Release", text=note)) is Automatic.OUT_OF_OFFICE
    assert sent_by(headed("Subject: Re: Release", text=note)) is Automatic.OUT_OF_OFFICE


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("I am out of the office until 3 December.", id="nothing but the absence"),
        pytest.param("In urgent cases please contact ben@example.com.", id="nothing but whom to ask"),
        pytest.param(f"{NOTES['en'][1]} Please withdraw the deployment.", id="with a wish"),
        pytest.param(f"{NOTES['en'][1]} Which slot do you offer?", id="with a question"),
        pytest.param(f"{NOTES['en'][1]} {'And more of it. ' * 100}", id="longer than a note"),
    ],
)
def test_one_sign_is_none(words: str) -> None:
    assert sent_by(headed("Subject: Re: Release", text=words)) is None
