"""Texts that are hard for one pattern: made of its own characters, words and repeats, and of what mails are made of."""

import re
import re._constants as sre  # type: ignore[import-not-found,unused-ignore]
import re._parser as sre_parse  # type: ignore[import-not-found,unused-ignore]
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

_SIGNS = " \t\n1aZ.,:;-_<>()[]\"'\\/@=*é?"
_CATALOGUE = (
    "1.",
    "a ",
    ": ",
    "a: ",
    "\n\n",
    "\r\n",
    "> ",
    "1 ",
    "- ",
    ", ",
    "a.",
    "a@",
    '\\"',
    "=?",
    "\n ",
    " \n",
    "\n>",
)
_MOST_SIGNS, _MOST_WORDS = 12, 8
_LONG = 16  # repeats of at least so many are pumped
_TAIL = "\x01"  # what hardly any pattern goes on with
_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


class Shape(NamedTuple):
    """A text of any length: a beginning, what is repeated, and an end."""

    before: str
    unit: str
    end: str

    def text(self, size: int) -> str:
        """About `size` characters of it."""
        return f"{self.before}{self.unit * (size // len(self.unit))}{self.end}"


class Texts:
    """The shapes of texts that are hard for one pattern."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.parsed = sre_parse.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
        self.atoms = list(_atoms(self.parsed))

    def shapes(self) -> list[Shape]:
        """All of them: units alone, with an end that nothing matches, and every long repeat behind what leads to it."""
        signs, words = self._signs(), _words(self.parsed)[:_MOST_WORDS]
        units = [*signs, *words, *_CATALOGUE, *("".join(two) for two in combinations(signs, 2))]
        units += [f"{word}{sign}" for word in words for sign in signs[:4]]
        shapes = [Shape("", unit, end) for unit in units for end in ("", _TAIL)]
        for before, body in self._pumps(self.parsed, ""):
            shapes += [Shape(before, body, ""), Shape(before, body, _TAIL), Shape("", before + body, "")]
        return list(dict.fromkeys(shape for shape in shapes if shape.unit))

    def _signs(self) -> list[str]:
        """One character for each way in which the pattern tells characters apart."""
        own = [chr(value) for atom in self.atoms for value in _values(atom)]
        classes: dict[tuple[bool, ...], str] = {}
        for sign in (*own, *_SIGNS):
            classes.setdefault(tuple(_matches(atom, sign) for atom in self.atoms), sign)
        return [classes[key] for key in sorted(classes, key=sum, reverse=True)][:_MOST_SIGNS]

    def _pumps(self, parsed: Any, before: str) -> Iterator[tuple[str, str]]:
        """Each long repeat: an example of what leads to it, and of what it repeats."""
        for operation, argument in parsed:
            if operation in _REPEATS:
                _, most, inner = argument
                if most >= _LONG:
                    yield from ((before, body) for body in self._bodies(inner))
                yield from self._pumps(inner, before)
            elif operation is sre.SUBPATTERN:
                yield from self._pumps(argument[3], before)
            elif operation is sre.BRANCH:
                for one in argument[1]:
                    yield from self._pumps(one, before)
            before += _example([(operation, argument)])

    def _bodies(self, inner: Any) -> Iterator[str]:
        yield _example(inner)
        if len(inner) == 1 and inner[0][0] in _ONE_CHARACTER:
            yield from (sign for sign in self._signs() if _matches(inner[0], sign))


_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", sre.MAX_REPEAT)}
_ONE_CHARACTER = {sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY}


def _inner(operation: Any, argument: Any) -> list[Any]:
    """The sequences that an element holds."""
    if operation in _REPEATS:
        return [argument[2]]
    if operation is sre.SUBPATTERN:
        return [argument[3]]
    if operation is sre.BRANCH:
        return list(argument[1])
    if operation in (sre.ASSERT, sre.ASSERT_NOT):
        return [argument[1]]
    if operation is getattr(sre, "ATOMIC_GROUP", None):
        return [argument]
    return []


def _atoms(parsed: Iterable[Any]) -> Iterator[Any]:
    """Everything in a pattern that stands for one character."""
    for operation, argument in parsed:
        if operation in _ONE_CHARACTER:
            yield operation, argument
        for inner in _inner(operation, argument):
            yield from _atoms(inner)


def _words(parsed: Iterable[Any]) -> list[str]:
    """The literal runs of a pattern, longest first."""
    found, run = [], ""
    for operation, argument in (*parsed, (None, None)):
        if operation is sre.LITERAL:
            run += chr(argument)
            continue
        found += [run] if len(run) > 1 else []
        run = ""
        for inner in _inner(operation, argument):
            found += _words(inner)
    return sorted(dict.fromkeys(found), key=len, reverse=True)


def _values(atom: Any) -> Iterator[int]:
    operation, argument = atom
    if operation in (sre.LITERAL, sre.NOT_LITERAL):
        yield argument
    elif operation is sre.IN:
        for kind, value in argument:
            if kind is sre.LITERAL:
                yield value
            elif kind is sre.RANGE:
                yield value[0]


def _matches(atom: Any, sign: str) -> bool:
    operation, argument = atom
    if operation is sre.LITERAL:
        return bool(ord(sign) == argument)
    if operation is sre.NOT_LITERAL:
        return bool(ord(sign) != argument)
    if operation is sre.ANY:
        return sign != "\n"
    within = any(_in_set(item, sign) for item in argument)
    return within != (argument[0][0] is sre.NEGATE)


def _in_set(item: Any, sign: str) -> bool:
    kind, value = item
    if kind is sre.LITERAL:
        return bool(ord(sign) == value)
    if kind is sre.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    return kind is sre.CATEGORY and re.match(_CATEGORIES[value], sign) is not None


def _example(parsed: Iterable[Any]) -> str:
    """A short text that the sequence matches, its conditions on what stands around left out."""
    text = ""
    for operation, argument in parsed:
        if operation in _ONE_CHARACTER:
            own = [chr(value) for value in _values((operation, argument))]
            text += next((sign for sign in (*own, *_SIGNS) if _matches((operation, argument), sign)), "")
        elif operation in _REPEATS:
            text += _example(argument[2]) * max(argument[0], 1)
        elif operation is sre.BRANCH:
            text += _example(argument[1][0])
        elif operation is sre.SUBPATTERN:
            text += _example(argument[3])
    return text
