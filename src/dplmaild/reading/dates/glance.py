"""A glance at prose, whether it can name a day at all: most sentences of most mails do not, and need no closer look."""

import re
from functools import cache, lru_cache

from dplmaild.reading.dates.parts import DAY_WORDS
from dplmaild.reading.dates.vocabulary import Word, misspelt, senses_of, vocabulary
from dplmaild.reading.lexicon.spoken import of_the_words
from dplmaild.reading.lexicon.words import fold

# Whatever the shapes of tokens.py call a day has one of these in it.
_DAY_SHAPE = re.compile("\\d(?:[./\\-\u2013\u2014\u2212\u2011\u2010]\\d|-?[Ww]\\d)")
_DIGIT = re.compile(r"\d")
_WITHOUT_DIGITS = DAY_WORDS - {Word.SHORT_WEEKDAY}  # `so` is a Sunday only beside digits
_WORD = re.compile(r"[^\W\d_]{1,40}")


def may_name_a_day(text: str, *, by_moving: bool = True) -> bool:
    """False only where the reader could find no day; linear, and the words of all mails together are known soon.

    A word like `move` makes a day likely, and is none itself: `by_moving` says whether it counts.
    """
    if _DAY_SHAPE.search(text):
        return True
    words = set(map(_letters, set(_WORD.findall(text))))
    telling = (DAY_WORDS if _DIGIT.search(text) else _WITHOUT_DIGITS) - (frozenset() if by_moving else {Word.MOVE})
    return any(not telling.isdisjoint(_meanings(word)) for word in words) or any(
        words.issuperset(phrase) for word in words for phrase in _phrases_of_days().get(word, ())
    )


@lru_cache(maxsize=20_000)
def _letters(word: str) -> str:
    return "".join(filter(str.isalpha, fold(word)))


@of_the_words
@lru_cache(maxsize=20_000)
def _meanings(word: str) -> frozenset[Word]:
    return frozenset(sense.word for sense in senses_of((word,)) or misspelt(word))


@of_the_words
@cache
def _phrases_of_days() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of several words that can name a day, by their first word."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase, senses in vocabulary().items():
        first, *rest = phrase.split()
        if rest and any(sense.word in DAY_WORDS for sense in senses):
            found[first] = (*found.get(first, ()), tuple(rest))
    return found
