"""What people write to a service desk about deployments, in four languages, beside what a colleague makes of it.

`said.txt` is the table: where it is said (a new mail, a running case, what is awaited), what it is, the words.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dplmaild.deployment.said import Intent, Kind, Meaning
from reading.upper.mails import opened, replied

TABLE = Path(__file__).parent / "said.txt"
NAMES = {
    Intent.WITHDRAWAL: "withdrawal",
    Intent.RESCHEDULE: "reschedule",
    Intent.KEEP_DATE: "keep",
    Intent.STATE_ASKED: "state",
    Intent.CORRECTION: "correction",
    Intent.SUCCESS_CONFIRMED: "success",
    Intent.ROLLBACK_REQUESTED: "rollback",
    Intent.ISSUE_NO_ROLLBACK: "issue",
    Intent.DELAY: "delay",
}


def lines() -> Iterator[tuple[str, str, str]]:
    """Every line of the table: where, what is expected, the words."""
    for line in TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            where, expected, words = line.split(" | ", 2)
            yield where, expected, words.replace("\\n", "\n")


def heard(where: str, words: str) -> Meaning:
    """The words read where they are said."""
    if where == "open":
        subject, _, body = words.partition(" :: ")
        return opened(body, subject)
    slots = {"slots": 3, "slot": 1}.get(where, 0)
    return replied(words, slots=slots, form=where == "form", verdict=where == "verdict")


def named(meaning: Meaning) -> str:
    """A meaning in the table's words."""
    if meaning.intent is Intent.ACCEPT_SLOT:
        number = meaning.choice.number if meaning.choice else None
        return f"accept {number or '?'}"
    if meaning.intent:
        return NAMES[meaning.intent]
    return "request" if meaning.kind is Kind.SCHEDULE_REQUEST else meaning.kind.value


@pytest.mark.parametrize(
    ("where", "expected", "words"), [pytest.param(*line, id=f"{line[0]}: {line[2]}") for line in lines()]
)
def test_what_is_said_is_understood_or_asked(where: str, expected: str, words: str) -> None:
    assert named(heard(where, words)) in expected.split(" or ")
