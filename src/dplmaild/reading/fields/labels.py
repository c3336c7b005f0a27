"""Labels: which field the words before a colon mean."""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from dplmaild.deployment.terms import Environment
from dplmaild.reading.lexicon import Label, lexicon, of_the_words, squeeze, tokenize
from dplmaild.reading.values import without_parentheses

LONGEST = 80  # characters; what is longer is a sentence
_SURE_ENOUGH = 90.0  # WRatio; below it a word is not taken for a misspelt label
_MARGIN = 5.0  # to the best alias of another field
_SHORTEST_MISSPELT = 5
_LONG, _SLIP = 10, 3.0
_ZONE_HINT = re.compile(r"^\s*(?:[A-Z]{3,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|[A-Z][a-z]+/[A-Z][a-z]+)\s*$")


class Matched(NamedTuple):
    """A label understood: the field's key, how sure, whose language, the environment it names, a zone it states."""

    key: str
    sure: float
    languages: frozenset[str]
    environment: Environment | None = None
    zone: str = ""


def exact(text: str) -> Label | None:
    """The label whose alias this is, letter by letter."""
    return lexicon().labels.get(squeeze(text))


@of_the_words
@lru_cache(maxsize=4096)
def match_label(text: str) -> Matched | None:
    """The field a label means: exact alias first, then without parentheses, an environment, an article; then typos."""
    if not text or len(text) > LONGEST:
        return None
    head, inside = without_parentheses(text)
    zone = next((hint.strip() for hint in inside if _ZONE_HINT.match(hint)), "")
    known = exact(text) or exact(head)
    if known:
        return Matched(known.key, 1.0, known.languages, zone=zone)
    return _with_environment(text) or _without_frame(text) or _misspelt(head, zone)


def _with_environment(text: str) -> Matched | None:
    """`Date UAT`, `PRD target version`: the environment at either end of a label."""
    tokens = tokenize(text)
    if len(tokens) < 2:
        return None
    for rest, name in ((text[tokens[1].start :], tokens[0].word), (text[: tokens[-2].end], tokens[-1].word)):
        known = exact(rest)
        if known and name in ("int", "uat", "prd") and known.key != "environment":
            return Matched(known.key, 1.0, known.languages, Environment(name))
    return None


def _without_frame(text: str) -> Matched | None:
    """`The target version should be`: without an article before and a copula behind."""
    scan = lexicon().scan(text)
    tokens = scan.tokens
    ends = [hit.first for hit in scan.of("copula") if hit.group == "copula" and hit.last == len(tokens) - 1]
    first = 1 if tokens and tokens[0].word in lexicon().lists["article"] else 0
    last = min(ends, default=len(tokens)) - 1
    if last < first or (first == 0 and not ends):
        return None
    known = exact(text[tokens[first].start : tokens[last].end])
    return Matched(known.key, 1.0, known.languages) if known else None


def _misspelt(text: str, zone: str) -> Matched | None:
    """A typo: same number of words, nearly the same length, WRatio high and clearly ahead of every other field."""
    asked, opposites = squeeze(text), lexicon().lists["opposite"]
    first = next((token.word for token in tokenize(text)), "")
    if len(asked) < _SHORTEST_MISSPELT or len(text.split()) > 8 or first in opposites or not asked.isalpha():
        return None
    labels = lexicon().labels
    scored = process.extract(asked, labels.keys(), scorer=fuzz.WRatio, score_cutoff=_SURE_ENOUGH - _MARGIN, limit=12)
    close = [
        (alias, _alike(asked, alias)) for alias, _, _ in scored if abs(len(alias) - len(asked)) <= _apart(len(asked))
    ]
    close = sorted((pair for pair in close if len(pair[0]) >= _SHORTEST_MISSPELT), key=lambda pair: -pair[1])
    if not close or close[0][1] < _floor(len(asked)):
        return None
    best = labels[close[0][0]]
    rival = max((score for alias, score in close if labels[alias].key != best.key), default=0.0)
    if close[0][1] - rival < _MARGIN:
        return None
    return Matched(best.key, round(close[0][1] / 100, 2), best.languages, zone=zone)


def _alike(asked: str, alias: str) -> float:
    """0 to 100; two letters swapped are one slip, which only long words can afford to have twice."""
    swapped = OSA.normalized_similarity(asked, alias) * 100
    return max(fuzz.ratio(asked, alias), min(swapped + _SLIP, 100.0) if len(asked) >= _LONG else swapped)


def _apart(length: int) -> int:
    """How many letters a typo may lose or add: `target` is no misspelt `target env`."""
    return min(3, max(1, length // 5))


def _floor(length: int) -> float:
    """Short words need to be nearer: one letter in five is another word."""
    return _SURE_ENOUGH if length >= 10 else 85.0 if length >= 7 else 80.0
