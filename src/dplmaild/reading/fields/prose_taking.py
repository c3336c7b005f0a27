"""What the readers of prose share: a field still open, the place of a sentence, one value or a question."""

from collections.abc import Sequence

from dplmaild.deployment.terms import Field
from dplmaild.reading.fields.entries import Entry
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.fields.settle import Settled

NEAR = 3  # words between two that belong together
Sentences = Sequence[Sentence]


def asked(settled: Settled, kind: Field) -> bool:
    return any(question.field is kind for question in settled.questions)


def entry_of(kind: Field, text: str, sentence: Sentence) -> Entry:
    return Entry(kind.value, text.strip(), sentence.place)


def is_open(settled: Settled, kind: Field) -> bool:
    return kind.value not in settled.said and not asked(settled, kind)


def take_the_only(kind: Field, said: dict[object, Entry], settled: Settled) -> None:
    """Take the one value that was said, ask where there are several."""
    if len(said) == 1:
        value, entry = next(iter(said.items()))
        settled.take(kind, value, entry)
    elif said:
        settled.ask(kind, "conflict", list(said.values()))


def replaced(sentence: Sentence, index: int) -> bool:
    """Whether `instead of` or `as on` stands right before a word."""
    return any(hit.group == "instead" and 0 < index - hit.last <= 2 for hit in sentence.scan.of("instead"))
