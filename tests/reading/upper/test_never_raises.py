"""Any bytes and any words: a meaning, never an exception, and never an order out of noise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dplmaild.deployment.said import Kind
from dplmaild.reading import Expecting, Hints, read
from dplmaild.reading.lexicon import lexicon
from reading.upper.mails import OURS, RECEIVED, mail

HINTS = Hints(received=RECEIVED, own_addresses=OURS)
KNOWN = Hints(received=RECEIVED, own_addresses=OURS, expecting=Expecting(offered=3, known_reference=True))
# fmt: off
PIECES = st.sampled_from([
    *sorted(lexicon().printed.values()), ":", " - ", "\t", "=", "\n", "\n\n", "* ", "(", ")", "11.0.2", "11.0. 2",
    "PRD", "2027-01-12 10:00", "yes", "no", "maybe", "tbd", "-", "please deploy", "bitte deployen", "/approve", "> ",
    "[x] ", "2", "instead of", "not", "if", "?", "<table>", "a" * 300, "\u202e", "ß", "🙂",
])
# fmt: on


@given(st.binary(max_size=2000))
@settings(max_examples=60, deadline=None)
def test_any_bytes_have_a_meaning(raw: bytes) -> None:
    assert read(raw, HINTS).kind in {Kind.UNRELATED, Kind.AUTO_REPLY, Kind.UNSURE}


@given(st.lists(PIECES, max_size=60), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_order_of_our_own_words_is_read_without_failing(pieces: list[str], known: bool) -> None:
    meaning = read(mail("".join(pieces)), KNOWN if known else HINTS)
    assert not any(reason.startswith("the reader failed") for reason in meaning.why)


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=100, deadline=None)
def test_every_question_and_every_value_belongs_to_a_deployment_that_exists(pieces: list[str]) -> None:
    meaning = read(mail("".join(pieces)), HINTS)
    assert all(found.deployment < len(meaning.deployments) for found in meaning.found)
    assert all(question.deployment < max(1, len(meaning.deployments)) for question in meaning.questions)


@pytest.mark.parametrize("text", [":" * 5000, "a: " * 5000, "(" * 5000, "- " * 5000, "x@" * 5000, "hello " * 5000])
def test_long_repetitions_mean_nothing(text: str) -> None:
    assert read(mail(text, "Hello"), HINTS).kind is Kind.UNRELATED
