"""What short answers within a case want, in the words people use."""

import pytest

from dplmaild.deployment.said import Intent, Kind
from reading.upper.mails import replied

TAKES = {
    "2.": 2,
    "#2": 2,
    "Slot 1 please": 1,
    "We take number 3, thanks": 3,
    "Let's go with the first one.": 1,
    "ok for the second": 2,
    "yes, 2": 2,
    "Hello,\n\nwe choose slot 2.\n\nKind regards,\nAnn Partner": 2,
    "can we take 2?": 2,
    "not 2 but 3": 3,
    "Option 2 does not work for us, 3 is fine": 3,
    "Option 2 works. We have 3 testers.": 2,
    "gerne Option 2": 2,
    "Der zweite Termin passt.": 2,
    "nicht die 2, sondern die 3": 3,
    "Könnten wir Option 2 nehmen?": 2,
    "nos quedamos con la 1": 1,
    "no la 2 sino la 3": 3,
    "el segundo nos va bien": 2,
    "la segona opció ens va bé": 2,
}


@pytest.mark.parametrize(("words", "number"), TAKES.items(), ids=TAKES)
def test_a_slot_is_taken_by_number(words: str, number: int) -> None:
    meaning = replied(words, slots=3)
    assert (meaning.kind, meaning.intent) == (Kind.REPLY, Intent.ACCEPT_SLOT)
    assert meaning.choice is not None
    assert meaning.choice.number == number


@pytest.mark.parametrize(
    "words",
    [
        "option 2 if the customer agrees",
        "Is option 2 in the morning?",
        "We cannot take 2.",
        "Option 7",
        "12",
        "falls wir 2 nehmen",
    ],
)
def test_what_takes_no_slot_is_put_before_ops(words: str) -> None:
    meaning = replied(words, slots=3)
    assert (meaning.kind, meaning.choice) == (Kind.UNSURE, None)


@pytest.mark.parametrize(
    "words", ["2 or 3, you choose", "ok", "1 oder 2 passt uns", "Tuesday or Wednesday would be fine"]
)
def test_agreeing_to_no_one_slot_is_asked_back(words: str) -> None:
    meaning = replied(words, slots=3)
    assert (meaning.intent, meaning.choice) == (Intent.ACCEPT_SLOT, None)
    assert [question.reason for question in meaning.questions] == ["ambiguous"]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Tuesday works", 1),
        ("El martes nos va bien", 1),
        ("Mittwoch passt", 2),
        ("dimecres ens va bé", 2),
        ("The 2nd of December is fine", 2),
        ("2. Dezember bitte", 2),
        ("3 December 2026 at 10:00, please", 3),
        ("not Tuesday, Wednesday is better", 2),
    ],
)
def test_a_slot_is_taken_by_its_date(words: str, number: int) -> None:
    meaning = replied(words, slots=3)
    assert meaning.intent is Intent.ACCEPT_SLOT
    assert meaning.choice is not None
    assert meaning.choice.number == number


def test_a_date_that_was_not_offered_is_handed_on_as_a_date() -> None:
    meaning = replied("9 December 2026 at 10:00 works for us", slots=3)
    assert meaning.choice is not None
    assert meaning.choice.number is None
    assert meaning.choice.when is not None
    assert str(meaning.choice.when.utc) == "2026-12-09 09:00:00+00:00"


def test_yes_takes_the_only_slot() -> None:
    meaning = replied("yes, please", slots=1)
    assert meaning.choice is not None
    assert meaning.choice.number == 1


VERDICTS = {
    "tests ok": Intent.SUCCESS_CONFIRMED,
    "All tests passed without any problems": Intent.SUCCESS_CONFIRMED,
    "The tests were successful, no rollback needed": Intent.SUCCESS_CONFIRMED,
    "alles gut, Tests erfolgreich": Intent.SUCCESS_CONFIRMED,
    "Deployment war erfolgreich, keine Fehler": Intent.SUCCESS_CONFIRMED,
    "todo correcto": Intent.SUCCESS_CONFIRMED,
    "sin incidencias": Intent.SUCCESS_CONFIRMED,
    "no cal fer rollback, tot bé": Intent.SUCCESS_CONFIRMED,
    "tests are not ok": Intent.ISSUE_NO_ROLLBACK,
    "not all tests passed": Intent.ISSUE_NO_ROLLBACK,
    "Problem: basket is empty": Intent.ISSUE_NO_ROLLBACK,
    "Checkout is broken. Should we roll back?": Intent.ISSUE_NO_ROLLBACK,
    "We do not need a rollback, but images are broken": Intent.ISSUE_NO_ROLLBACK,
    "Tests waren leider nicht erfolgreich": Intent.ISSUE_NO_ROLLBACK,
    "kein Rollback nötig, aber es gibt Fehler": Intent.ISSUE_NO_ROLLBACK,
    "las pruebas no están bien": Intent.ISSUE_NO_ROLLBACK,
    "We need a rollback": Intent.ROLLBACK_REQUESTED,
    "please revert to the previous version": Intent.ROLLBACK_REQUESTED,
    "Der Checkout geht nicht, bitte zurückrollen": Intent.ROLLBACK_REQUESTED,
    "hay que hacer rollback": Intent.ROLLBACK_REQUESTED,
    "no funciona el buscador, marcha atrás por favor": Intent.ROLLBACK_REQUESTED,
    "we need 20 more minutes for testing": Intent.DELAY,
    "wir brauchen noch 20 Minuten": Intent.DELAY,
    "necesitamos 20 minutos más": Intent.DELAY,
}


@pytest.mark.parametrize(("words", "intent"), VERDICTS.items(), ids=VERDICTS)
def test_an_attendants_verdict(words: str, intent: Intent) -> None:
    assert replied(words, verdict=True).intent is intent


@pytest.mark.parametrize(
    "words",
    [
        "if the tests fail we need a rollback",
        "what if we need a rollback?",
        "Tests ok, but the checkout is broken",
        "Are the tests ok?",
        "Tests ok. Please roll back.",
    ],
)
def test_a_verdict_that_contradicts_itself_or_only_asks_is_none(words: str) -> None:
    meaning = replied(words, verdict=True)
    assert (meaning.kind, meaning.intent) == (Kind.UNSURE, None)


WISHES = {
    "please cancel the deployment": Intent.WITHDRAWAL,
    "could you please cancel the deployment?": Intent.WITHDRAWAL,
    "The deployment is no longer needed.": Intent.WITHDRAWAL,
    "wir ziehen zurück": Intent.WITHDRAWAL,
    "bitte stornieren": Intent.WITHDRAWAL,
    "cancelamos el despliegue": Intent.WITHDRAWAL,
    "retirem la sol·licitud": Intent.WITHDRAWAL,
    "please postpone by a week": Intent.RESCHEDULE,
    "Can we get another date?": Intent.RESCHEDULE,
    "podemos mover el despliegue al 2026-12-08 10:00?": Intent.RESCHEDULE,
    "We withdraw Tuesday, please move it to 2026-12-08 10:00": Intent.RESCHEDULE,
    "DBMigrate: no": Intent.CORRECTION,
    "The target version should be: 11.0.4": Intent.CORRECTION,
    "Sorry, the target version is 11.0.4 instead of 11.0.3": Intent.CORRECTION,
    "Many thanks!": None,
    "Vielen Dank!\n\nGruß\nEva": None,
}


@pytest.mark.parametrize(("words", "intent"), WISHES.items(), ids=WISHES)
def test_what_a_release_manager_wants(words: str, intent: Intent | None) -> None:
    meaning = replied(words)
    assert (meaning.kind, meaning.intent) == (Kind.REPLY, intent)


@pytest.mark.parametrize(
    "words",
    [
        "please do not cancel",
        "Bitte nicht absagen",
        "no canceléis el despliegue",
        "Do we have to cancel?",
        "¿qué pasa si cancelamos?",
        "Was passiert, wenn wir zurückziehen?",
        "Please don't move the deployment",
        "When do you start?",
    ],
)
def test_negations_questions_and_suppositions_are_no_orders(words: str) -> None:
    meaning = replied(words)
    assert (meaning.kind, meaning.intent) == (Kind.UNSURE, None)


def test_a_date_in_passing_changes_nothing() -> None:
    meaning = replied("thanks, see you on 8 December 2026", form=True)
    assert meaning.deployments == ()


def test_instead_of_names_the_version_that_is_not_meant() -> None:
    meaning = replied("Sorry, the target version is 11.0.4 instead of 11.0.3")
    assert [str(one.target_version) for one in meaning.deployments] == ["11.0.4"]


@pytest.mark.parametrize("words", ["see /approve", "> /approve", "/approved", "/ approve", "/etc/hosts"])
def test_only_a_known_verb_at_the_start_of_a_new_line_is_a_command(words: str) -> None:
    meaning = replied(f"Thanks.\n{words}")
    assert meaning.commands == ()


def test_commands_keep_their_words() -> None:
    meaning = replied("/delay 20m waiting\nsome text\n/STATUS")
    assert [(one.verb, one.rest) for one in meaning.commands] == [("delay", "20m waiting"), ("status", "")]
