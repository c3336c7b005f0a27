"""Another date in a reply, put as a question or as a plain fact: `Ginge auch der 14.12. um 11?`, `New date: ...`."""

from collections.abc import Sequence

from dplmaild.deployment.terms import Field
from dplmaild.reading.dates.glance import may_name_a_day
from dplmaild.reading.fields import Sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.fields.prose_moments import moments_said
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.meaning.announced import refers_to_agreed
from dplmaild.reading.meaning.hints import Hints
from dplmaild.reading.meaning.intents import asks_to_know, begins_with_if
from dplmaild.reading.meaning.source import Words

_OF_OTHERS = ("query", "gathering", "other_thing", "aside", "promise", "vague", "withdraw")


def proposes(words: Words, hints: Hints) -> bool:
    """`Ginge auch der 14.12. um 11 Uhr?`: a full moment to come, other than those offered, put as a question."""
    if hints.expecting.verdict or _asks_besides(words.own):
        return False
    asked = [s for s in words.own if s.question and s.scan.has("proposes") and not s.idle and not begins_with_if(s)]
    if not all(_only_proposes(s, words) for s in asked):
        return False
    moments = {moment.utc for _, moment in moments_said(asked, words.clock)}
    if len(moments) != 1 or None in moments:
        return False
    return all(m is not None and m > words.clock.said_on and m not in hints.expecting.starts for m in moments)


def _only_proposes(sentence: Sentence, words: Words) -> bool:
    """Whether a question names a date and nothing it is about: not `is Ben available on Tuesday at ten?`"""
    dates = [(start, end) for start, end, _ in spans(sentence, words.clock)]
    known = lexicon().lists["beside_a_proposal"] | lexicon().lists["greeting"]
    return all(
        token.word in known
        or token.word.isdigit()
        or may_name_a_day(token.word)
        or any(start <= token.start < end for start, end in dates)
        for token in sentence.scan.tokens
    )


def _asks_besides(own: Sequence[Sentence]) -> bool:
    """Whether a question of the mail is about something else than a date: a call, a report, a person."""
    return any(
        s.question and (s.scan.has(*_OF_OTHERS) or (asks_to_know(s) and not s.scan.has("proposes"))) for s in own
    )


def names_a_new_day(words: Words, hints: Hints) -> bool:
    """`New date: 9 December, 10:00`, or that day `instead`, where no form waits for a date and nothing else is told."""
    if hints.expecting.form or hints.expecting.offered or words.read.fields != {Field.WHEN} or refers_to_agreed(words):
        return False
    labels = (found.place.label for found in words.read.found)
    exact = any(one.when and one.when.utc for one in words.read.deployments)
    return any(lexicon().scan(label).has("reschedule") for label in labels if label) or (
        exact and any(s.scan.has("in_place") and moments_said([s], words.clock) for s in words.own)
    )
