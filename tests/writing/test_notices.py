"""The notices of the day: what starts, what it brings, how it ends, and where to report what shows later (RUN)."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from dplmaild.deployment.owed import Change, LetterKind
from dplmaild.deployment.terms import Component, Deployment, DeploymentType, Field, State
from dplmaild.writing.phrases import LANGUAGES
from writing.build import CODE, LETTERS, at, letter, text_of, window

ENDS = (LetterKind.COMPLETED, LetterKind.SUCCEEDED, LetterKind.ROLLED_BACK, LetterKind.FAILED, LetterKind.ABORTED)
PROD = Deployment(
    components=(Component("addon-x", "3.2.11"), Component("portal", None)),
    tickets=("ES-1001", "ES-1002"),
    restarts="consoles",
    duration=timedelta(minutes=75),
)


def items(text: str) -> list[str]:
    """The lines of a letter's lists."""
    return [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]


def test_the_start_notice_of_prod_says_what_was_stated_and_nothing_else() -> None:
    assert items(text_of(LetterKind.STARTED, deployment=PROD)) == [
        "Tickets covered: ES-1001, ES-1002",
        "Components with versions: addon-x 3.2.11, portal",
        "Restarts needed: consoles",
        "Estimated duration: 1 h 15 min",
    ]


def test_the_start_notice_of_caas_says_product_version_and_downtime() -> None:
    assert items(text_of(LetterKind.STARTED)) == ["Components with versions: ICM 11.0.2", "No downtime."]
    full = replace(CODE, type=DeploymentType.FULL)
    assert items(text_of(LetterKind.STARTED, deployment=full, downtime=True)) == [
        "Components with versions: ICM 11.0.2",
        "With downtime: the system is not available during the deployment.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_notice_has_the_same_lines_in_every_language(language: str) -> None:
    said = items(LETTERS.render(letter(LetterKind.STARTED, language, deployment=PROD)).text)
    assert [line.partition(": ")[2] for line in said] == [
        "ES-1001, ES-1002", "addon-x 3.2.11, portal", "consoles", "1 h 15 min",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ENDS)
def test_every_end_names_where_to_report_later_problems(kind: LetterKind, language: str) -> None:
    """RUN-5: portal and phone as the customer's settings have them, one of them, or no line at all."""
    portal, phone = "https://p.example.com", "+49 1"

    def said(**where: str) -> list[str]:
        lines = items(LETTERS.render(letter(kind, language, **where)).text)
        return [line for line in lines if portal in line or phone in line]

    assert [len(said(portal=portal, phone=phone)), len(said(portal=portal)), len(said(phone=phone))] == [1, 1, 1]
    assert re.search(rf"{re.escape(portal)} \w+ {re.escape(phone)}\.$", said(portal=portal, phone=phone)[0])
    assert said() == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [LetterKind.COMPLETED, LetterKind.TEST_REMINDER])
def test_tests_after_a_rollback_are_not_those_of_a_success(kind: LetterKind, language: str) -> None:
    """RUN-4: what is confirmed then is that the previous version is back."""
    one = letter(kind, language, state=State.TESTING, tests_until=at("2027-01-12 12:30"))
    back = replace(one, facts=replace(one.facts, state=State.TESTING_ROLLBACK))
    success = LETTERS.phrases(language).source("words.state.succeeded")
    ended = LETTERS.phrases(language).source("words.state.rolled_back")
    assert success in LETTERS.render(one).text
    assert success not in LETTERS.render(back).text
    assert ended in LETTERS.render(back).text
    assert ended not in LETTERS.render(one).text


def test_news_may_come_before_the_start_too() -> None:
    text = text_of(LetterKind.UPDATE, text="A node was replaced.")
    assert "running" not in text
    assert "when it is done" not in text


def test_instructions_that_came_too_late_name_the_slots_a_number_can_ask_for() -> None:
    text = text_of(LetterKind.TOO_LATE, slots=(window("2027-01-13 10:00"), window("2027-01-14 10:00")))
    assert [line[:12] for line in text.splitlines() if line[:1].isdigit()] == ["1. Wednesday", "2. Thursday "]
    assert "not held for you" in text


@pytest.mark.parametrize(("language", "words"), [("en", "no, is now yes"), ("de", "nein, jetzt ja"),
                                                 ("es", "no, ahora sí"), ("ca", "no, ara sí")])  # fmt: skip
def test_a_changed_switch_is_told_in_the_letters_language(language: str, words: str) -> None:
    one = letter(LetterKind.CHANGED, language, changes=(Change(Field.DB_MIGRATE, "no", "yes"),))
    assert words in LETTERS.render(one).text


@pytest.mark.parametrize(("language", "word"), [("en", "code"), ("de", "Code"), ("es", "de código"), ("ca", "de codi")])
def test_the_type_is_a_word_of_the_letters_language(language: str, word: str) -> None:
    label = LETTERS.phrases(language).source("labels.type")
    assert f"{label}: {word}" in items(LETTERS.render(letter(LetterKind.BINDING, language)).text)


@pytest.mark.parametrize(
    ("downtime", "line"),
    [
        pytest.param(True, "With downtime", id="full stands still"),
        pytest.param(False, "No downtime.", id="code does not"),
    ],
)
def test_downtime_is_said_in_confirmation_and_notice(downtime: bool, line: str) -> None:
    for kind in (LetterKind.CONFIRMED, LetterKind.CONFIRMED_AND_BINDING, LetterKind.STARTED):
        assert line in text_of(kind, downtime=downtime)


def test_where_types_have_no_effect_nothing_is_said_of_downtime() -> None:
    plain = Deployment(components=(Component("addon-x", "3.2.11"),))
    assert "downtime" not in text_of(LetterKind.STARTED, deployment=plain).lower()


def test_an_open_end_tells_where_to_report_and_until_when_to_test() -> None:
    text = text_of(
        LetterKind.COMPLETED, tests_until=at("2027-01-12 12:30"), portal="https://p.example.com", phone="+49 1"
    )
    assert "until Tuesday 12 January 2027, 12:30 CET" in text
    assert "https://p.example.com or +49 1" in text
    assert "tests ok" in text
