"""Absence notes without headers in every language, and the people who speak of absence."""

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


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Release", "I am out of the office next week, so please deploy 11.0.2 before Friday."),
        ("Release", "Ich bin bis Freitag im Urlaub, bitte deployen Sie 11.0.2 am Dienstag um 10 Uhr auf PRD."),
        ("Abwesenheit", "Ben ist am Dienstag nicht im Haus, Nora übernimmt die Tests."),
        ("Re: Release", "Our attendant is on vacation, can we move it to Tuesday 10:00?"),
        ("FW: Undelivered Mail Returned to Sender", "Hi, we got this bounce from you. Can you check? Thanks, Nora"),
        ("Re: Release", "I am out of office on 1 December, let us take the 2nd."),
        ("Re: Release", "I am out of office on 1 December, can we take the 2nd?"),
        ("Out of office on 1 December", "I am out of office on 1 December, can we take the 2nd?"),
        ("Re: Release", "Ich bin vom 1. bis 3. Dezember nicht im Büro, der 4. passt."),
        ("Re: Release", "Estaré de vacaciones el 1 de diciembre, mejor el día 2."),
        ("Re: Release", "L'1 de desembre estaré de vacances, millor el dia 2."),
        ("Re: Release", "Ben está de vacaciones esta semana, yo haré las pruebas."),
        ("Re: Release", "Ben és de vacances, les proves les faré jo."),
    ],
)
def test_people_who_speak_of_absence_are_people(subject: str, text: str) -> None:
    assert sent_by(headed(f"Subject: {subject}", text=text)) is None
