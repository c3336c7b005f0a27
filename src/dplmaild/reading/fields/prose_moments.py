"""Moments named in sentences, and which of them is the deployment's."""

from collections.abc import Sequence

from dplmaild.deployment.terms import Environment, Field, WrittenMoment
from dplmaild.reading.dates import read_moments_in
from dplmaild.reading.fields.entries import Entry
from dplmaild.reading.fields.moments import Clock, same_moment
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.fields.settle import Settled, take_moment

Said = tuple[Entry, WrittenMoment]
_SINCE = frozenset({"since", "seit", "desde", "last", "letzten", "letzte", "pasado", "passat", "until", "bis", "hasta"})


def spans(sentence: Sentence, clock: Clock) -> tuple[tuple[int, int, WrittenMoment], ...]:
    """Every moment of a sentence with where it stands."""
    text = sentence.text
    return read_moments_in(
        text, said_on=clock.said_on, zone=clock.zone, day_first=clock.day_first, language=clock.language
    )


def moments_said(sentences: Sequence[Sentence], clock: Clock) -> list[Said]:
    """The moments of sentences that look ahead, without those after `instead of`, `since`, `not`."""
    found: list[Said] = []
    for sentence in sentences:
        for start, end, moment in spans(sentence, clock):
            if not _excluded(sentence, start):
                found.append((Entry(Field.WHEN.value, sentence.text[start:end], sentence.place), moment))
    return found


def _excluded(sentence: Sentence, start: int) -> bool:
    scan = sentence.scan
    index = next((i for i, token in enumerate(scan.tokens) if token.start >= start), len(scan.tokens))
    near = [token.word for token in scan.tokens[max(0, index - 1) : index]]
    replaced = any(hit.group == "instead" and 0 < index - hit.last <= 2 for hit in scan.of("instead"))
    tested = any(hit.group == "tested" and 0 < index - hit.last <= 4 for hit in scan.of("tested"))
    return replaced or tested or any(word in _SINCE for word in near)


def settle_said_moments(said: Sequence[Said], settled: Settled) -> None:
    """Take the one moment that was said; ask where two differ."""
    if not said:
        return
    recurring = [entry for entry, moment in said if moment.reason == "recurring"]
    if recurring:
        settled.ask(Field.WHEN, "recurring", [entry for entry, _ in said])
    elif all(same_moment(said[0][1], moment) for _, moment in said[1:]):
        take_moment(*max(said, key=lambda pair: len(pair[0].value)), settled)
    else:
        settled.ask(Field.WHEN, "conflict", [entry for entry, _ in said])


def moments_by_environment(sentence: Sentence, clock: Clock) -> tuple[tuple[Environment, Said], ...]:
    """`to UAT on Tuesday and to PRD on Thursday`: each environment with its own moment, taken in order."""
    said = moments_said([sentence], clock)
    reach, named = -1, list[Environment]()
    for hit in sentence.scan.of("environments."):
        if hit.first > reach and sentence.scan.words(hit).isupper():
            reach = hit.last
            named.append(Environment(hit.group.removeprefix("environments.")))
    if len(said) < 2 or len(set(named)) != len(said) or len(named) != len(said):
        return ()
    return tuple(zip(named, said, strict=True))
