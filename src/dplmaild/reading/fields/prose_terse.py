"""Telegrams: `code, version 11.0.4, prod`, where words stand for fields without a verb or a preposition beside them."""

import re
from collections.abc import Iterable, Iterator

from dplmaild.reading import values
from dplmaild.reading.fields.labels import exact
from dplmaild.reading.fields.moments import Clock
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.lexicon import Hit, lexicon

_CUT = re.compile(r"[,;()|]|:\s|\.\s|\s[-–—/+]\s")
_FACTS = ("types.", "prose_types.", "environments.", "products.")
_BESIDE = ("yes", "please", "polite_if", "thanks", "greeting", "want", "deploy_word", "deploy_thing", "again")
_LITTLE = ("article", "to_place", "place_word", "heading_word", "of_a_version")
_NAMED = frozenset({"type", "environment", "product", "versions", "target_version"})  # `type code`, `version 11.0.4`


def stands_alone(sentence: Sentence, hit: Hit) -> bool:
    """Whether the stretch between commas around a word says nothing but facts, and the sentence one more besides."""
    start, end = sentence.scan.span(hit)
    clause = next(((a, b) for a, b in _clauses(sentence.text) if a <= start < b), (start, end))
    return not sentence.negated(hit) and _facts(sentence) > 1 and _is_known(sentence, [clause], ())


def is_telegram(sentence: Sentence, clock: Clock) -> bool:
    """Whether a whole sentence is facts side by side, two at least, dates among them."""
    if sentence.question or sentence.idle or _facts(sentence) < 2:
        return False
    dates = [(start, end) for start, end, _ in clock.moments_in(sentence.text)]
    return _is_known(sentence, [(0, len(sentence.text))], dates)


def _facts(sentence: Sentence) -> int:
    """How many of type, environment, product and version a sentence names."""
    named = sum(any(group.startswith(kind) for group in sentence.scan.hits) for kind in _FACTS[1:])
    typed = not any(group.startswith(_FACTS[1]) for group in sentence.scan.hits) and bool(sentence.scan.of(_FACTS[0]))
    return named + typed + bool(values.versions_in(sentence.text))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between commas, bars, parentheses and the like, as character offsets."""
    start = 0
    for cut in _CUT.finditer(text):
        yield start, cut.start()
        start = cut.end()
    yield start, len(text)


def _is_known(sentence: Sentence, stretches: Iterable[tuple[int, int]], dates: Iterable[tuple[int, int]]) -> bool:
    """Whether every word there is a fact, a number, part of a date, or a little word beside one."""
    scan, dated = sentence.scan, tuple(dates)
    said = {
        index
        for group, hits in scan.hits.items()
        if group in _BESIDE or group.startswith(_FACTS)
        for hit in hits
        for index in range(hit.first, hit.last + 1)
    }
    return all(
        index in said or _is_little(token.word) or any(a <= token.start < b for a, b in dated)
        for index, token in enumerate(scan.tokens)
        for start, end in stretches
        if start <= token.start < end
    )


def _is_little(word: str) -> bool:
    if word.lstrip("v").isdigit():
        return True
    label = exact(word)
    return (label is not None and label.key in _NAMED) or any(word in lexicon().lists[name] for name in _LITTLE)
