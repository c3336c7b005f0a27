"""The words mail programs and people write around a message, of every language in `words.toml`."""

import unicodedata
from collections.abc import Mapping
from enum import IntEnum, auto

from dplmaild.reading.lexicon.spoken import Words, by_language


class Head(IntEnum):
    """What a line of a quoted header block says."""

    FROM = auto()
    DATE = auto()
    TO = auto()
    SUBJECT = auto()
    OTHER = auto()


_KINDS = {"other": Head.OTHER, "to": Head.TO, "date": Head.DATE, "subject": Head.SUBJECT, "from": Head.FROM}


def languages() -> Mapping[str, Words]:
    """The tables as they are written, by language."""
    return by_language(__package__)


def each(kind: str) -> frozenset[str]:
    """All words of one kind, of every language."""
    return frozenset(word for words in languages().values() for word in words.get(kind, ()))


def bare_prefix(written: str) -> str:
    """A subject's prefix as it is compared: lower case, without its dot."""
    return written.lower().replace("i\u0307", "i").rstrip(". ")


def _prefixes(kind: str) -> frozenset[str]:
    return frozenset(map(bare_prefix, each(kind)))


def bare(word: str) -> str:
    """A word without its accents, as it is typed on a foreign keyboard."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _labels(kind: str) -> frozenset[str]:
    """The labels of one kind, as they are and without accents."""
    return each(kind) | {bare(word) for word in each(kind)}


HEADS: dict[str, Head] = {
    word: head for kind, head in _KINDS.items() for word in _labels(kind)
}  # label -> what it says
FORWARD_PREFIXES = _prefixes("forward_prefix")
REPLY_PREFIXES = _prefixes("reply_prefix")


def labels_of_replies(prefix: str) -> frozenset[str]:
    """The sender's labels in the languages where this prefix is a reply's; `VS:` forwards in Danish, not in Finnish."""
    spoken = [words for words in languages().values() if prefix in map(bare_prefix, words.get("reply_prefix", ()))]
    return frozenset(label for words in spoken for label in words["from"])
