"""A doubted date is asked back with the readings it can have, in words a partner can answer."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dplmaild.deployment.said import Question
from dplmaild.deployment.terms import Field, MomentStatus, WrittenMoment
from dplmaild.writing.questions import questions_in_words
from writing.build import CODE, facts, wording


def asked(reason: str, *candidates: datetime, text: str = "next Wednesday") -> str:
    """The sentence about a doubted moment."""
    when = WrittenMoment(text, MomentStatus.AMBIGUOUS, candidates=candidates, reason=reason)
    question = Question(Field.WHEN, reason, (text,))
    said = facts(deployment=replace(CODE, when=when), questions=(question,))
    (sentence,) = questions_in_words(said, wording())
    return sentence


def test_both_readings_of_a_weekday_are_named() -> None:
    sentence = asked("relative", datetime(2026, 11, 25, 9, tzinfo=UTC), datetime(2026, 12, 2, 9, tzinfo=UTC))
    assert "Wednesday 25 November 2026, 10:00 CET (UTC+01:00)" in sentence
    assert "Wednesday 2 December 2026, 10:00 CET (UTC+01:00)" in sentence


def test_readings_without_a_time_of_day_are_named_as_days() -> None:
    sentence = asked("relative", datetime(2026, 11, 24, 23, tzinfo=UTC), datetime(2026, 12, 1, 23, tzinfo=UTC))
    assert "Wednesday 25 November 2026 or Wednesday 2 December 2026" in sentence
    assert "00:00" not in sentence


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        pytest.param("no_time", "leaves the start open", id="a day without a time"),
        pytest.param("dst_gap", "because the clocks change", id="an hour that the clock jumps over"),
        pytest.param("impossible_date", "could not read", id="the 31st of February"),
        pytest.param("recurring", "names a series", id="every second Tuesday"),
        pytest.param("something new", "could not read", id="a reason that no sentence knows"),
    ],
)
def test_each_reason_has_its_sentence(reason: str, words: str) -> None:
    assert words in asked(reason)
