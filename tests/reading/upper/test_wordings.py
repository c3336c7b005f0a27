"""People's own words, collected without a look at the lexicon: what must never be taken for more than it says."""

import pytest

from dplmaild.deployment.said import Intent, Kind
from reading.upper.mails import replied

FAULTS = [
    "Shop is up again but search returns nothing",
    "Customers report they cannot log in since the deployment",
    "The homepage looks ok, yet the checkout is dead",
    "It works on UAT but not on PRD",
    "I don't see the new version",
    "Nothing works any more",
    "Preise stimmen nicht",
    "Die Startseite ist ok, der Checkout leider nicht",
    "Bilder werden nicht angezeigt",
    "Es fehlen alle Kategorien",
    "Leider kein Erfolg",
    "El carrito ya no suma bien",
    "No vemos los cambios en producción",
    "Nada funciona",
    "Las imágenes no cargan",
    "La cerca no retorna resultats",
]

NO_VERDICT_YET = [
    "We are still in the middle of testing, so far so good",
    "Noch am Testen, bisher alles gut",
    "De momento todo bien, seguimos probando",
    "Half of the tests passed, rest in 10 minutes",
    "Will test after lunch",
    "I'm not the attendant, please ask Ben",
    "When can we start the tests?",
    "Wer testet heute?",
    "Tests beginnen jetzt",
    "Starting tests now",
    "If the tests pass we will confirm",
    "I assume everything is ok?",
    "Ist bei euch alles ok?",
]

FINE = [
    "Everything is fine on our side, no complaints",
    "Confirmed, all works",
    "Tests done, success!",
    "Smoke tests passed, thanks for the quick work",
    "Abnahme erfolgt, alles top",
    "Getestet und für gut befunden",
    "Läuft. Danke!",
    "Hemos probado y todo OK",
    "Tot provat i correcte",
    "We have no issues to report",
]

ROLLBACKS = [
    "Please restore the old version",
    "We want the previous release back",
    "Bitte alte Version zurückspielen",
    "Volved a la 11.0.1",
    "Cal tornar a la versió anterior",
    "Rollback!",
    "Please start the rollback now",
]

ROLLBACK_TALK = [
    "Is the rollback already finished?",
    "How long would a rollback take?",
    "Rollback plan is attached",
    "We discussed a rollback but decided to wait",
    "Kein Grund für einen Rollback, danke",
    "A rollback would be the last resort",
]

NO_CHOICE = [
    "Option 2 is not possible for us",
    "Nr. 3 geht nicht",
    "ninguna, la 2 tampoco",
    "I will ask whether 2 works",
    "Maybe 2",
    "Does 2 include the tests?",
    "What about 4?",
    "We would have preferred 2 but it is too early",
    "Slot 1 was better last time",
    "2 people from our side are ill",
    "Our 3 testers are busy",
    "We need 2 hours more to decide",
]

NO_WITHDRAWAL = [
    "We do not want to cancel",
    "Should we cancel?",
    "If UAT fails we will cancel",
    "Ben cancelled his vacation",
    "The meeting is cancelled, the deployment stays",
    "Der Termin mit dem Kunden wurde abgesagt, das Deployment bleibt",
    "No cancelamos nada",
    "Have you cancelled it already?",
    "Why was it cancelled?",
    "I did not withdraw anything",
    "Please confirm that nothing was cancelled",
]

NO_RESCHEDULE = [
    "Do not move it",
    "We don't need to reschedule",
    "The date stays as it is",
    "Der Termin bleibt",
    "Was it moved?",
    "No hace falta cambiar la fecha",
    "Our meeting was moved to Thursday",
]


@pytest.mark.parametrize("words", FAULTS)
def test_a_fault_is_never_a_success_nor_a_rollback(words: str) -> None:
    meaning = replied(words, verdict=True)
    assert meaning.kind in (Kind.REPLY, Kind.UNSURE)
    assert meaning.intent in (None, Intent.ISSUE_NO_ROLLBACK)


@pytest.mark.parametrize("words", NO_VERDICT_YET)
def test_what_is_not_yet_tested_is_no_verdict(words: str) -> None:
    assert replied(words, verdict=True).intent in (None, Intent.DELAY)


@pytest.mark.parametrize("words", FINE)
def test_a_success_is_never_a_problem(words: str) -> None:
    assert replied(words, verdict=True).intent in (None, Intent.SUCCESS_CONFIRMED)


@pytest.mark.parametrize("words", ROLLBACKS)
def test_a_rollback_that_is_wanted_is_nothing_else(words: str) -> None:
    assert replied(words, verdict=True).intent in (None, Intent.ROLLBACK_REQUESTED)


@pytest.mark.parametrize("words", ROLLBACK_TALK)
def test_speaking_of_a_rollback_starts_none(words: str) -> None:
    assert replied(words, verdict=True).intent is not Intent.ROLLBACK_REQUESTED


@pytest.mark.parametrize("words", NO_CHOICE)
def test_a_number_beside_other_words_takes_no_slot(words: str) -> None:
    meaning = replied(words, slots=3)
    assert meaning.choice is None
    assert meaning.intent in (None, Intent.RESCHEDULE)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Fine with the second proposal", 2),
        ("lets go for #3", 3),
        ("Nummer eins bitte", 1),
        ("I'd go with Thursday 3 December", 3),
        ("quedem amb el dijous", 3),
        ("La primera, por favor", 1),
        ("Perfecto, el jueves entonces", 3),
        ("2 it is", 2),
        ("We'll take the Tuesday one", 1),
        ("Please take slot no. 1", 1),
        ("Mittwoch geht leider nicht, Donnerstag wäre ok", 3),
        ("El miércoles no podemos, el jueves sí", 3),
    ],
)
def test_a_slot_is_taken_in_other_words(words: str, number: int) -> None:
    meaning = replied(words, slots=3)
    assert meaning.intent is Intent.ACCEPT_SLOT
    assert meaning.choice is not None
    assert meaning.choice.number == number


@pytest.mark.parametrize("words", NO_WITHDRAWAL)
def test_speaking_of_cancelling_withdraws_nothing(words: str) -> None:
    assert replied(words).intent in (None, Intent.CORRECTION)


@pytest.mark.parametrize("words", NO_RESCHEDULE)
def test_speaking_of_moving_moves_nothing(words: str) -> None:
    assert replied(words).intent in (None, Intent.KEEP_DATE)
