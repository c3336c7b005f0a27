"""Words joined to the longest phrases the vocabulary knows, and the questions one asks of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, takewhile

from dplmaild.reading.dates.tokens import Shape, Token, tokens
from dplmaild.reading.dates.vocabulary import (
    LONGEST,
    SHORTEST_COMPOUND,
    Sense,
    Word,
    compounds,
    misspelt,
    number_words,
    senses_of,
)
from dplmaild.reading.lexicon.words import fold

_END = Token(Shape.BREAK, "", -1, -1)
APOSTROPHES = "'\u2019\u00b4`"  # `l'1 de desembre`, `o'clock`: they only join


@dataclass(frozen=True, slots=True)
class Setting:
    """What a reading depends on besides the text: today in the customer's zone, and the customer's habits.

    `prose` is stricter: there a bare `3.2` or `1/2` is no date.
    """

    today: date
    zone: str
    day_first: bool | None
    language: str | None = None
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of one text; reading past the end gives a break."""

    tokens: tuple[Token, ...]
    source: str

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index] if 0 <= index < len(self.tokens) else _END

    def __len__(self) -> int:
        return len(self.tokens)

    def sense(self, index: int, *words: Word) -> Sense | None:
        """The first meaning of the token that is one of these words."""
        for sense in self[index].senses:
            if sense.word in words:
                return sense
        return None

    def mark(self, index: int, marks: str) -> bool:
        """Whether the token is one of these single characters."""
        token = self[index]
        return token.shape is Shape.MARK and token.text in marks

    def written(self, index: int) -> str:
        """The token as it stands in the text, with its capitals."""
        return self.source[self[index].start : self[index].end] if 0 <= index < len(self) else ""

    def month(self, index: int, marks: str = ".-/,") -> int | None:
        """Where a month's name stands behind at most three marks and little words (`des` is both one and the other)."""
        for at in range(index, index + 4):
            if self.sense(at, Word.MONTH):
                return at
            if not (self.mark(at, marks) or self.sense(at, Word.OF)):
                break
        return None

    def back(self, index: int, marks: str) -> int:
        """The index before at most one of these marks."""
        return index - 1 if self.mark(index, marks) else index

    def skip(self, index: int, marks: str, *words: Word, most: int = 3) -> int:
        """The next index behind at most `most` of these marks and words."""
        for _ in range(most):
            if not (self.mark(index, marks) or self.sense(index, *words)):
                break
            index += 1
        return index


def read_line(text: str, *, prose: bool) -> Line:
    """A text as tokens with their meanings; words that form a phrase become one token."""
    pieces = [piece for piece in tokens(text) if not (piece.shape is Shape.MARK and piece.text in APOSTROPHES)]
    return Line(tuple(_joined(_without_hyphens(pieces), prose=prose)), text)


def _letters(piece: Token) -> str:
    return ("".join(filter(str.isalpha, fold(piece.text))) or "?") if piece.shape is Shape.WORD else ""


def _without_hyphens(pieces: Sequence[Token]) -> list[Token]:
    """`twenty-first` and `vint-i-u` are the words of one number; other hyphens stay."""
    counting = number_words()
    found: list[Token] = []
    for piece, behind in pairwise((*pieces, _END)):
        hyphen = piece.shape is Shape.MARK and piece.text == "-" and not piece.spaced and not behind.spaced
        if not (hyphen and found and _letters(found[-1]) in counting and _letters(behind) in counting):
            found += _of_compound(piece)
    return found


def _of_compound(piece: Token) -> tuple[Token, ...]:
    """The German `Dienstagabend` is a Tuesday and an evening."""
    at = compounds().get(_letters(piece)) if len(piece.text) >= SHORTEST_COMPOUND else None
    if at is None:
        return (piece,)
    return replace(piece, text=piece.text[:at], end=piece.start + at), replace(
        piece, text=piece.text[at:], start=piece.start + at, spaced=False
    )


def _joined(pieces: Sequence[Token], *, prose: bool) -> Iterator[Token]:
    words = [_letters(piece) for piece in pieces]
    at = 0
    while at < len(pieces):
        if pieces[at].shape is not Shape.WORD:
            yield pieces[at]
            at += 1
            continue
        run = _words_from(words, at)
        taken, senses = _longest(run, slip_allowed=not prose or len(run[0]) > 5)
        if prose and pieces[at].text.islower() and any(sense.word is Word.CAPITAL for sense in senses):
            senses = ()
        last = pieces[at + taken - 1]
        yield replace(pieces[at], end=last.end, senses=senses, text=" ".join(run[:taken]))
        at += taken


def _words_from(words: Sequence[str], at: int) -> list[str]:
    """Up to LONGEST words that follow each other with nothing between."""
    return list(takewhile(bool, words[at : at + LONGEST]))


def _longest(run: Sequence[str], *, slip_allowed: bool) -> tuple[int, tuple[Sense, ...]]:
    for count in range(len(run), 0, -1):
        if senses := senses_of(run[:count]):
            return count, senses
    return 1, misspelt(run[0]) if slip_allowed else ()
