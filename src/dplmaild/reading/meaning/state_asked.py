"""Whether a reply only asks how its deployment stands: `Is slot 2 still free?`, `wie ist der Stand?`.

Only where it is surely such a question and nothing else; whatever more is said is OPS's to read.
"""

from collections.abc import Sequence

from dplmaild.deployment.terms import Field
from dplmaild.reading.fields import Sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.meaning.choice import number_of
from dplmaild.reading.meaning.hints import Hints
from dplmaild.reading.meaning.source import Words

_LONGEST = 10  # words of such a question
_NAMING = frozenset({Field.ENVIRONMENT, Field.PRODUCT, Field.TYPE, Field.WHEN})
_MORE = (
    "withdraw", "reschedule", "keep_date", "delay", "rollback", "problem", "none_fits", "correct", "in_place", "ask",
    "instruct", "book", "negation", "quoting", "contrast", "add_people", "promise", "polite", "want",
)  # fmt: skip


def asks_how_it_stands(words: Words, hints: Hints, courtesies: Sequence[Sentence]) -> bool:
    """Whether every sentence is such a question, or one of the `courtesies` around it."""
    if words.forward or words.answers or words.read.labelled or words.read.fields - _NAMING or words.read.asap:
        return False
    plain = [s for s in courtesies if not s.question and not s.scan.has("accept", "assent", *_MORE)]
    questions = [s for s in words.own if s not in plain or any(sign.isdigit() for sign in s.text)]
    return bool(questions) and all(_asks(s, words, hints) for s in questions)


def _asks(sentence: Sentence, words: Words, hints: Hints) -> bool:
    if not sentence.question or not sentence.scan.has("asks_state") or len(sentence.scan.tokens) > _LONGEST:
        return False
    if sentence.conditional or sentence.scan.has(*_MORE) or _takes(sentence):
        return False
    dates = [moment for _, _, moment in spans(sentence, words.clock)]
    return all(number_of(moment, hints.expecting, words.clock) is not None for moment in dates)


def _takes(sentence: Sentence) -> bool:
    """`We take 2. Is it confirmed?`: a word of accepting that is not the question's own."""
    own = sentence.scan.of("asks_state")
    said = (hit for group in ("accept", "assent") for hit in sentence.scan.hits.get(group, ()))
    return any(not any(one.first <= hit.first and hit.last <= one.last for one in own) for hit in said)
