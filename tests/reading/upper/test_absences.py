"""Absence notes that nothing marks as such are no answers: their dates are those of a return."""

from datetime import UTC, datetime

import pytest

from dplmaild.deployment.said import Choice, Intent, Kind, Meaning
from dplmaild.reading import Expecting, Hints, read

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
STARTS = tuple(datetime(2026, 12, day, 9, 0, tzinfo=UTC) for day in (1, 2, 3))
OFFERS = Expecting(known_reference=True, offered=3, starts=STARTS)
FORM = Expecting(known_reference=True, form=True)


def replied(words: str, expecting: Expecting) -> Meaning:
    raw = f"From: ann@example.com\nSubject: Re: Release\nContent-Type: text/plain; charset=utf-8\n\n{words}\n"
    return read(raw.encode(), Hints(received=NOW, expecting=expecting))


@pytest.mark.parametrize("expecting", [OFFERS, FORM])
@pytest.mark.parametrize(
    "words",
    [
        "I'm out of the office until 1 December.",
        "Back in the office on Tuesday, 1 December.",
        "Bin bis 1. Dezember im Urlaub.",
        "Gerne antworte ich nach meiner Rückkehr am 1. Dezember.",
        "De vacaciones hasta el 1 de diciembre.",
        "De vacances fins a l'1 de desembre.",
        "En congé jusqu'au 1er décembre.",
        "In ferie fino al 1 dicembre.",
        "Met verlof tot 1 december.",
        "De férias até 1 de dezembro.",
        "Na urlopie do 1 grudnia.",
        "På semester till 1 december.",
    ],
)
def test_the_date_of_a_return_is_no_answer(words: str, expecting: Expecting) -> None:
    meaning = replied(words, expecting)
    assert (meaning.kind, meaning.deployments, meaning.choice) == (Kind.UNSURE, (), None)


@pytest.mark.parametrize(
    ("words", "choice"),
    [
        ("I'm on vacation next week, so we accept the second slot.", Choice(2)),
        ("Ich bin bis Freitag im Urlaub, wir nehmen Vorschlag 3.", Choice(3)),
        ("Estoy de vacaciones hasta el viernes, nos va bien la opción 2.", Choice(2)),
        ("Estic de vacances fins divendres, ens va bé l'opció 2.", Choice(2)),
    ],
)
def test_whoever_is_away_and_says_a_number_takes_that_slot(words: str, choice: Choice) -> None:
    meaning = replied(words, OFFERS)
    assert (meaning.intent, meaning.choice) == (Intent.ACCEPT_SLOT, choice)


@pytest.mark.parametrize(
    "words",
    [
        "I'm out of the office this week. Tuesday, 1 December works for us.",
        "Ich bin diese Woche im Urlaub. Der 1. Dezember passt uns.",
        "Esta semana estoy de vacaciones. El 1 de diciembre nos va bien.",
        "Aquesta setmana estic de vacances. L'1 de desembre ens va bé.",
    ],
)
def test_whoever_is_away_and_says_a_date_in_a_sentence_of_its_own_takes_it(words: str) -> None:
    meaning = replied(words, OFFERS)
    assert meaning.intent is Intent.ACCEPT_SLOT
    assert meaning.choice is not None
    assert meaning.choice.number == 1


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("I am on vacation from Friday. Please withdraw the deployment.", Intent.WITHDRAWAL),
        ("Am Dienstag bin ich im Urlaub. Bitte verschieben Sie auf Mittwoch.", Intent.RESCHEDULE),
    ],
)
def test_whoever_is_away_may_still_want_something(words: str, intent: Intent) -> None:
    assert replied(words, OFFERS).intent is intent


FROM_THE_30TH = Expecting(
    known_reference=True,
    offered=3,
    starts=tuple(datetime(2026, month, day, 9, 0, tzinfo=UTC) for month, day in ((11, 30), (12, 1), (12, 2))),
)


@pytest.mark.parametrize(
    "words",
    [
        "I am out of office on 1 December, can we take the 2nd?",
        "The 2nd works for us.",
        "We take the 2nd one.",
        "Der 2. passt uns.",
    ],
)
def test_the_2nd_is_asked_about_where_it_is_one_slot_by_number_and_another_by_date(words: str) -> None:
    meaning = replied(words, FROM_THE_30TH)
    assert meaning.choice is None
    assert [question.reason for question in meaning.questions] == ["ambiguous"]


@pytest.mark.parametrize("words", ["2", "Option 2 please.", "The second one works.", "Slot 2 works for us."])
def test_a_number_that_is_no_date_is_a_number(words: str) -> None:
    assert replied(words, FROM_THE_30TH).choice == Choice(2)


def test_the_2nd_is_the_2nd_where_both_say_the_same() -> None:
    assert replied("The 2nd works for us.", OFFERS).choice == Choice(2)
