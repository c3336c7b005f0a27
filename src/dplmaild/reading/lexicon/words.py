"""Writing differences taken away: case, accents, apostrophes, blanks."""

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

# The Catalan d', l', s' before a word is not part of it: `d'ajornar` is `ajornar`.
_WORD = re.compile("(?:(?<![\\w'\u2019])[dlsmntDLSMNT]['\u2019](?=\\w))?([\\w'\u2019\u00b7\u0300-\u036f\u00aa\u00ba]+)")
_PLAIN = re.compile(r"\w+")  # the same, quicker, for a text of ASCII without apostrophes
_SHORT = 120  # characters: labels, values and most lines, which are looked at several times
_NOT_ALNUM = re.compile(r"[\W_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class Token(NamedTuple):
    """One word: folded, and where it stands in the text it came from."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes; `Änderungen` becomes `anderungen`."""
    if text.isascii():
        return text.casefold()
    plain = text.replace("\u2019", "'").replace("\u00b7", "")
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def tokenize(text: str) -> tuple[Token, ...]:
    """The words of a text in order."""
    return _short_words(text) if len(text) <= _SHORT else _words(text)


@lru_cache(maxsize=512)  # the lines of one long mail
def _short_words(text: str) -> tuple[Token, ...]:
    return _words(text)


def _words(text: str) -> tuple[Token, ...]:
    if not text.isascii():
        found = (Token(fold(match[1]).strip("'_"), *match.span(1)) for match in _WORD.finditer(text))
        return tuple(token for token in found if token.word)
    # Folding a whole text is quicker than word by word, and of ASCII it moves nothing. Token() is a call in Python.
    pattern, group, made = _PLAIN if "'" not in text else _WORD, int("'" in text), tuple.__new__
    matches = pattern.finditer(fold(text))
    return tuple(made(Token, (word, *m.span(group))) for m in matches if (word := m[group].strip("'_")))


def bare_words(text: str) -> list[str]:
    """The words of a text in order, for those who do not ask where they stand."""
    if not text.isascii():
        return [token.word for token in tokenize(text)]
    if "'" not in text and "_" not in text:
        return _PLAIN.findall(fold(text))
    pattern = _PLAIN if "'" not in text else _WORD
    return [word for found in pattern.findall(fold(text)) if (word := found.strip("'_"))]


def has_more_words(text: str, most: int) -> bool:
    """Whether a text has more words than that; of a long one only the beginning is looked at."""
    words = (match for match in _WORD.finditer(text) if fold(match[1]).strip("'_"))
    return next(islice(words, most, None), None) is not None


def joined(text: str) -> str:
    """The words of a text with one blank between them: how words of the lexicon are compared."""
    return " ".join(token.word for token in tokenize(text))


def squeeze(text: str) -> str:
    """Letters and digits alone: how labels are compared (`Deploy App-Tier` and `DeployAppTier` are one)."""
    return _NOT_ALNUM.sub("", fold(text))


def spellings(text: str) -> tuple[str, ...]:
    """A phrase as it stands, and as a keyboard without umlauts writes it."""
    other = text.translate(_UMLAUTS)
    return (text,) if other == text else (text, other)
