"""Moments named in sentences, and which of them is the deployment's."""

from collections.abc import Sequence

from dplmaild.deployment.terms import Environment, Field, WrittenMoment
from dplmaild.reading.fields.entries import Entry
from dplmaild.reading.fields.moments import Clock, same_moment
from dplmaild.reading.fields.moves import arrivals, moves_to
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.fields.settle import Settled, take_moment

Said = tuple[Entry, WrittenMoment]
_SINCE = frozenset({"since", "seit", "desde", "last", "letzten", "letzte", "pasado", "passat", "until", "bis", "hasta"})


def moments_said(sentences: Sequence[Sentence], clock: Clock) -> list[Said]:
    """The moments of sentences that look ahead, without those after `instead of`, `since`, `not`."""
    found: list[Said] = []
    for sentence in sentences:
        for start, end, moment in arrivals(sentence, clock):
            told_besides = _excluded(sentence, start) or _aside(sentence, start, end) or _greets(sentence, start)
            if not told_besides or moves_to(sentence, start):
                found.append((Entry(Field.WHEN.value, sentence.text[start:end], sentence.place), moment))
    return found


def _excluded(sentence: Sentence, start: int) -> bool:
    scan = sentence.scan
    index = next((i for i, token in enumerate(scan.tokens) if token.start >= start), len(scan.tokens))
    near = [token.word for token in scan.tokens[max(0, index - 1) : index]]
    replaced = any(hit.group == "instead" and 0 < index - hit.last <= 2 for hit in scan.of("instead"))
    tested = any(hit.group == "tested" and 0 < index - hit.last <= 4 for hit in scan.of("tested"))
    return replaced or tested or any(word in _SINCE for word in near)


def _without_words(said: Sequence[Said]) -> Sequence[Said]:
    """Where one full moment is named, `weekend` or `today` elsewhere is small talk."""
    full = [pair for pair in said if pair[1].utc is not None]
    named = [pair for pair in said if pair[1].utc is not None or any(char.isdigit() for char in pair[0].value)]
    return named if len(full) == 1 else said


def _greets(sentence: Sentence, start: int) -> bool:
    """`Guten Morgen` is no morning of a deployment."""
    hits = (hit for hit in sentence.scan.of("greeting") if hit.group == "greeting")
    return any(first <= start < last for first, last in map(sentence.scan.span, hits))


def _aside(sentence: Sentence, start: int, end: int) -> bool:
    """`I am away from 14 December, so please ...`: a day in a clause about other things than the deployment."""
    if not sentence.scan.has("aside", "promise"):
        return False
    clause = sentence.clause(start, end)
    return sentence.says(clause, "promise") or (
        sentence.says(clause, "aside") and not sentence.says(clause, "ask", "deploy_thing")
    )


def settle_said_moments(said: Sequence[Said], settled: Settled) -> None:
    """Take the one moment that was said; ask where two differ."""
    if not said:
        return
    said = _without_words(said)
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
