"""Choices with a box each, and what an arrow leaves open."""

import pytest

from dplmaild.deployment.said import Meaning
from dplmaild.deployment.terms import PRD, UAT, Field
from dplmaild.reading import values
from dplmaild.reading.fields.boxes import ticked
from reading.upper.mails import replied


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("INT ☐ UAT ☐ PRD ☒", "PRD", id="behind their words"),
        pytest.param("☐ INT ☐ UAT ☑ PRD", "PRD", id="before their words"),
        pytest.param("[x] yes [ ] no", "yes", id="of brackets"),
        pytest.param("( ) Full / (x) Code", "Code", id="with a slash between"),
        pytest.param("INT [ ] UAT [x] PRD [x]", "UAT, PRD", id="two ticked"),
        pytest.param("INT ☐ UAT ☐ PRD ☐", "INT ☐ UAT ☐ PRD ☐", id="none ticked"),
        pytest.param("INT ☒ UAT ☒", "INT ☒ UAT ☒", id="none empty: a cross alone may be a no"),
        pytest.param("one ☐ two ☒ three", "one ☐ two ☒ three", id="words on both sides"),
        pytest.param("addon (x) and ( the rest", "addon (x) and ( the rest", id="no empty box"),
        pytest.param("", "", id="nothing"),
        pytest.param("☐ ☒ " * 200, "☐ ☒ " * 200, id="too long to be a choice"),
    ],
)
def test_the_ticked_words_are_said(text: str, words: str) -> None:
    assert ticked(text) == words


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("not PRD, UAT", (UAT,), id="refused first"),
        pytest.param("UAT (not PRD)", (UAT,), id="refused in parentheses"),
        pytest.param("PRD and UAT", (PRD, UAT), id="both"),
        pytest.param("UAT -> PRD", (), id="an arrow: both, or the last?"),
    ],
)
def test_environments_that_are_meant(text: str, named: tuple[object, ...]) -> None:
    assert values.environments_meant(text) == named


def asked(meaning: Meaning) -> set[tuple[Field, str]]:
    """What is asked back."""
    return {(question.field, question.reason) for question in meaning.questions}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        pytest.param("Environment: UAT -> PRD", Field.ENVIRONMENT, id="places"),
        pytest.param("Type: code -> full -> hotfix", Field.TYPE, id="two arrows"),
        pytest.param("Type: code?", Field.TYPE, id="a question mark"),
        pytest.param("Type: code (I think)", Field.TYPE, id="a doubt"),
        pytest.param("Deployment type: Full ☐ Code ☐ Hotfix ☐", Field.TYPE, id="no box ticked"),
        pytest.param("Deployment type: Full ☒ Code ☒ Hotfix ☐", Field.TYPE, id="two boxes ticked"),
    ],
)
def test_a_value_in_doubt_is_asked(line: str, field: Field) -> None:
    meaning = replied(line, form=True)
    assert (field, "answer_unclear") in asked(meaning)
    assert all(one.type is None and one.environment is None for one in meaning.deployments)
