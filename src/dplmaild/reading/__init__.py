"""Bytes to meaning. Pure: no clock, no files, no sockets; nothing in here raises on a mail."""

from dplmaild.reading.automatic.phrases import book
from dplmaild.reading.dates.vocabulary import vocabulary
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.lexicon.spoken import let_go
from dplmaild.reading.meaning import Candidate, Expecting, Hints, read, read_parsed

__all__ = ["Candidate", "Expecting", "Hints", "read", "read_parsed", "warm_up"]


def warm_up() -> None:
    """Load the words of all languages now, for which the first mail would have to wait."""
    lexicon()
    vocabulary()
    book()
    let_go()
