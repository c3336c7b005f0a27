"""What is said in a subject or a body of the things machines say: `words/*.toml`."""

import re
from collections.abc import Iterator
from functools import cache

from dplmaild.reading.lexicon.phrases import PhraseBook, Scan
from dplmaild.reading.lexicon.spoken import by_language, of_the_words, spoken
from dplmaild.reading.lexicon.words import spellings

KINDS = (
    "title", "absent_subject", "absent", "note", "away", "gone",
    "bounce_subject", "bounce", "complaint", "mailer", "answered", "invited",
)  # fmt: skip
SECTION = "automatic"  # of a desk's own words, with the same kinds

_UNSPACED = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def said(text: str) -> Scan:
    """Every phrase of every kind in a text, of all languages at once."""
    return book().scan(_apart(text))


@of_the_words
@cache
def book() -> PhraseBook:
    """The phrases of all kinds and languages."""
    return PhraseBook((kind, _apart(spelling)) for kind, phrase in _phrases() for spelling in spellings(phrase))


def _phrases() -> Iterator[tuple[str, str]]:
    tables = (*by_language(__package__).values(), *(table.get(SECTION, {}) for table in spoken()))
    for table in tables:
        for kind in KINDS:
            yield from ((kind, phrase) for phrase in table.get(kind, ()))


def _apart(text: str) -> str:
    """Japanese and Chinese have no blanks: every character is taken as a word."""
    return text if text.isascii() else _UNSPACED.sub(r" \g<0> ", text)
