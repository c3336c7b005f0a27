"""Text cut into the pieces a date is made of: shapes with digits, words, marks; linear in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dplmaild.reading.dates.vocabulary import Sense, Word, senses_of
from dplmaild.reading.lexicon.words import fold

MAX_TEXT = 8000  # characters; a moment further down is not looked for


class Shape(StrEnum):
    """What a piece of text looks like."""

    ISO = "iso"  # 2026-12-01, 2026/12/01: year, month, day
    WEEK_DATE = "week_date"  # 2026-W49-2: year, week, weekday
    DOTS = "dots"  # 1.12.2026, 1.12.26, 1.12.: day, month[, year]
    SLASH = "slash"  # 1/12/2026, 1-12-2026, 1/12: first, second[, year]
    CLOCK = "clock"  # 10:00, 10:00:30, 9h30: hours, minutes
    PAIR = "pair"  # 10.30: a time or a date
    NUMBER = "number"  # digits alone
    WORD = "word"
    MARK = "mark"  # one other character
    OTHER = "other"  # a version, an identifier, an address, a link
    BREAK = "break"  # an empty line


@dataclass(frozen=True, slots=True)
class Token:
    """One piece with its place in the text; `spaced` tells whether a blank stands before it."""

    shape: Shape
    text: str
    start: int
    end: int
    numbers: tuple[int, ...] = ()
    spaced: bool = True
    senses: tuple[Sense, ...] = ()


_CHUNK = re.compile(r"\S+")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
# In the order in which they are tried at one place; each is bounded.
_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    (Shape.WEEK_DATE, re.compile(r"(\d{4})-?[Ww](\d{2})(?:-?([1-7]))?(?!\w)")),
    (Shape.ISO, re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[Tt](?=\d)|(?![\w/]|-\d))")),
    (Shape.ISO, re.compile(r"(\d{4})\.(\d{2})\.(\d{2})(?![\w.-])")),
    (Shape.DOTS, re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?!\w|\.\d)")),
    (Shape.OTHER, re.compile(r"\d{1,20}(?:\.\d{1,20}){2,20}[\w.+-]{0,60}")),
    (Shape.OTHER, re.compile(r"\d{1,20}(?:-\d{1,20}){3,20}")),
    (Shape.DOTS, re.compile(r"(\d{1,2})\.(\d{1,2})\.(?!\w)")),
    (Shape.SLASH, re.compile(r"(\d{1,2})(/)(\d{1,2})/(\d{4}|\d{2})(?![\w/])")),
    (Shape.SLASH, re.compile(r"(\d{1,2})(-)(\d{1,2})-(\d{4}|\d{2})(?![\w/]|-\d)")),
    (Shape.SLASH, re.compile(r"(\d{1,2})(/)(\d{1,2})(?![\w/])")),
    (Shape.OTHER, re.compile(r"\d{1,20}(?:[/_]\d{1,20}){1,20}")),
    (Shape.CLOCK, re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?!\d|:\d)")),
    (Shape.CLOCK, re.compile(r"(\d{1,2})[hH](\d{2})(?!\w)")),
    (Shape.PAIR, re.compile(r"(\d{1,2})\.(\d{1,2})(?!\d)")),
    (Shape.NUMBER, re.compile(r"(\d{8}|\d{1,4})(?!\d)")),
    (Shape.OTHER, re.compile(r"\d{1,200}")),
    (Shape.WORD, re.compile(r"[AaPp]\.\s?[Mm](?!\w)\.?")),
    (Shape.WORD, re.compile(r"[Ww]/[Cc](?!\w)")),  # week commencing
    (Shape.WORD, re.compile(r"[^\W\d_]{1,40}")),
)
# Letters with digits behind them: an identifier (DPL-2026-0042, v11.0.2), unless the letters are a word of dates.
_IDENTIFIER = re.compile(r"([^\W\d_]{1,20})[-_.]?\d[\w.-]{0,60}")
_BEFORE_DIGITS = frozenset({"kw", "cw", "w", "wk", "week", "sem", "utc", "gmt", "at", "um", "am", "pm", "h", "uhr"})
_INVISIBLE = str.maketrans(dict.fromkeys("\u00a0\u202f\u2007\u2009\u200b\u200c\u200d\ufeff\u00ad\u202e\u2060", " "))
_DASHES = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2011": "-", "\u2010": "-"})


def tokens(text: str) -> tuple[Token, ...]:
    """The pieces of a text in order; blanks vanish, an empty line stays as a break."""
    plain = text[:MAX_TEXT].translate(_INVISIBLE).translate(_DASHES)
    breaks = iter([match.start() for match in _EMPTY_LINE.finditer(plain)] + [len(plain) + 1])
    found, ahead = list[Token](), next(breaks)
    for chunk in _CHUNK.finditer(plain):
        while chunk.start() > ahead:
            found.append(Token(Shape.BREAK, "", ahead, ahead))
            ahead = next(breaks)
        found.extend(_pieces(plain, chunk.start(), chunk.end()))
    return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[Token]:
    """The pieces of one stretch without blanks; an address or a link is one piece."""
    if _foreign(text[start:end]):
        yield Token(Shape.OTHER, text[start:end], start, end)
        return
    at = start
    while at < end:
        token = _piece(text, at, spaced=at == start)
        yield token
        at = token.end


def _foreign(chunk: str) -> bool:
    return "://" in chunk or chunk.startswith(("#", "www.")) or ("@" in chunk[1:] and "." in chunk) or "\\" in chunk


def _piece(text: str, at: int, *, spaced: bool) -> Token:
    identifier = _IDENTIFIER.match(text, at)
    if identifier and not _may_stand_before_digits(identifier[1]):
        return Token(Shape.OTHER, identifier[0], at, identifier.end(), spaced=spaced)
    for shape, pattern in _SHAPES:
        match = pattern.match(text, at)
        if match:
            return Token(shape, match[0], at, match.end(), _numbers(match), spaced=spaced)
    return Token(Shape.MARK, text[at], at, at + 1, spaced=spaced)


def _may_stand_before_digits(letters: str) -> bool:
    """`KW49`, `UTC+1`, `Dec-2026`: letters that are a word of dates also with digits right behind them."""
    word = fold(letters)
    return word in _BEFORE_DIGITS or any(sense.word is Word.MONTH for sense in senses_of((word,)))


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(group) for group in match.groups() if group is not None and group.isdecimal())
