"""A glance at prose, whether it can name a day at all: most sentences of most mails do not, and need no closer look."""

import re
from functools import cache, lru_cache

from dplmaild.reading.dates.parts import DAY_WORDS
from dplmaild.reading.dates.vocabulary import misspelt, vocabulary
from dplmaild.reading.lexicon.words import fold

# Whatever the shapes of tokens.py call a day has one of these in it.
_DAY_SHAPE = re.compile("\\d(?:[./\\-\u2013\u2014\u2212\u2011\u2010]\\d|-?[Ww]\\d)")
_WORD = re.compile(r"[^\W\d_]{1,40}")


def may_name_a_day(text: str) -> bool:
    """False only where the reader could find no day; linear, and the words of all mails together are known soon."""
    return bool(_DAY_SHAPE.search(text)) or any(map(_of_days, set(_WORD.findall(text))))


@lru_cache(maxsize=20_000)
def _of_days(word: str) -> bool:
    letters = "".join(filter(str.isalpha, fold(word)))
    return letters in _words_of_days() or bool(misspelt(letters))


@cache
def _words_of_days() -> frozenset[str]:
    """Every word of every phrase that can name a day."""
    named = (phrase for phrase, senses in vocabulary().items() if any(sense.word in DAY_WORDS for sense in senses))
    return frozenset(word for phrase in named for word in phrase.split())
