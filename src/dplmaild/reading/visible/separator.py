"""Lines that announce another message: `-----Original Message-----`, `Begin forwarded message:`."""

import re
from enum import Enum, auto
from typing import NamedTuple

from dplmaild.reading.visible.words import each

_FRAME = "-=_‐–—*━─"
_RIGHT = re.compile(rf"[ \t]{{0,3}}[{_FRAME}]{{2,80}}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_LONGEST = 90  # characters between the frames

_FORWARDED = each("forwarded")
_ORIGINAL = each("original")
_MESSAGE = each("message")
_BY = (" by", " von", " por", " per", " da", " door", " par", " av", " af", " przez")
_FORWARDED_BY = tuple(f"{word} " for word in _FORWARDED if word.endswith(_BY))


class Kind(Enum):
    """What a separator announces."""

    NONE = auto()
    MAYBE = auto()  # a framed line about a message; counts when a header block follows
    ORIGINAL = auto()
    FORWARDED = auto()


class Separator(NamedTuple):
    """A line as separator, and what stands behind its frame."""

    kind: Kind
    rest: str = ""


NO_SEPARATOR = Separator(Kind.NONE)


def separator(text: str) -> Separator:
    """What this line announces."""
    bare = text.strip(" \t>\u00a0")
    inside = bare.lstrip(_FRAME)
    framed = len(bare) - len(inside) >= 2
    if not inside or not (framed or (len(bare) < _LONGEST and bare[-1] in ":：")):
        return NO_SEPARATOR
    if not framed:
        return Separator(_kind(inside.rstrip(" :："), whole=False))
    right = _RIGHT.search(inside, 0, _LONGEST + 80)
    if right is None:
        return Separator(_kind(inside.rstrip(" :：")[: _LONGEST + 1], whole=False))
    rest = inside[right.end() :].strip(" \t\u00a0*")
    if _kind(rest.strip(_FRAME + " "), whole=False) is not Kind.NONE:
        rest = ""  # the same once more, in the language of the mail program
    return Separator(_kind(inside[: right.start()].strip(" :："), whole=not rest), rest)


def _kind(words: str, *, whole: bool) -> Kind:
    lowered = words.lower().replace("i\u0307", "i").replace("’", "'")
    if len(lowered) > _LONGEST:
        return Kind.NONE
    if lowered.partition(" / ")[0] in _FORWARDED or lowered.startswith(_FORWARDED_BY):
        return Kind.FORWARDED
    if lowered in _ORIGINAL:
        return Kind.ORIGINAL
    return Kind.MAYBE if whole and not _MESSAGE.isdisjoint(_WORD.findall(lowered)) else Kind.NONE
