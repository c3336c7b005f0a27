"""Every pattern of the program is linear in its text, however hard the text is made for it."""

import re
import re._constants as sre  # type: ignore[import-not-found,unused-ignore]
import re._parser as sre_parse  # type: ignore[import-not-found,unused-ignore]
from types import FunctionType, ModuleType
from typing import Any

import pytest

import dplmaild
import dplmaild.reading
from reading.linear.patterns import Pattern, patterns, uses_within_functions
from reading.linear.timed import worst_of

PATTERNS = patterns(dplmaild)
# An unbounded repeat within another, each turn of which begins with a sign that the one before cannot end with.
TOLD_APART = {"dplmaild.reading.fields.pairs._BULLET"}


def test_all_patterns_are_found() -> None:
    """Those of a module, of a tuple within one, of lists made of words; and none is made where nobody looks."""
    assert len(PATTERNS) > 150
    assert {
        "dplmaild.reading.visible.heads._LABEL",
        "dplmaild.reading.dates.tokens._SHAPES.4.1",
        "dplmaild.reading.automatic.absence._BUSINESS",
    } <= PATTERNS.keys()
    assert uses_within_functions(dplmaild.reading) == []


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_time_in_proportion(name: str) -> None:
    assert worst_of(PATTERNS[name]) is None


def test_no_pattern_repeats_a_repeat_without_end() -> None:
    found = {name for name, pattern in PATTERNS.items() if unbounded_inside_repeat(parsed(pattern))}
    assert found == TOLD_APART


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"[ \t]*\r?\n[ \t]*", id="blanks before what does not come"),
        pytest.param(r'"(?:[^"\\]|\\.)*"|\([^()]*\)', id="escaped quotes that nothing closes"),
        pytest.param(r"\d+\.\d+:", id="digits from every digit on"),
        pytest.param(r"Date:\s*(\w+)\s*,?\s*;", id="blanks that three repeats share, behind a word"),
        pytest.param(r"^(.*),(.*),(.*);$", id="commas that three repeats share"),
        pytest.param(r"(?:a|b)*c", id="letters from every letter on"),
        pytest.param(r"(?i)\bFWD:.*>\Z", id="a word whose line is read to its end from every place"),
    ],
)
def test_a_quadratic_pattern_is_seen(pattern: str) -> None:
    assert worst_of(re.compile(pattern)) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(?:a+)+b", id="a repeat in a repeat"),
        pytest.param(r"^(?:\w+\s?)*:$", id="words that need no blank between them"),
        pytest.param(rb"(?:-|--)*>", id="two ways to read the same dashes"),
    ],
)
def test_a_pattern_that_blows_up_is_seen(pattern: str | bytes) -> None:
    assert worst_of(re.compile(pattern)) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"[ \t]{0,20}\r?\n[ \t]*", id="blanks up to a bound"),
        pytest.param(r"^(?:[-*] +)*x", id="turns that begin with a sign of their own"),
        pytest.param(r"<[^<>]*>", id="what ends where the next begins"),
    ],
)
def test_a_linear_pattern_is_left_in_peace(pattern: str) -> None:
    assert worst_of(re.compile(pattern)) is None


def test_patterns_are_found_wherever_they_are_held() -> None:
    def outer() -> FunctionType:
        closed = re.compile("in a closure")

        def inner(given: Any = re.compile("a default value")) -> Any:
            return closed, given

        assert isinstance(inner, FunctionType)
        return inner

    held = {"in a mapping": [(re.compile("in a tuple"),)]}
    module = ModuleType("json.made_up")
    vars(module).update(held=held, function=outer(), alone=re.compile("alone"))
    vars(module)["function"].__module__ = "json.made_up"
    found = {pattern.pattern for pattern in patterns_in(module).values()}
    assert found == {"alone", "in a closure", "a default value", "in a tuple"}


def patterns_in(module: ModuleType) -> dict[str, Pattern]:
    module.__path__ = []
    return patterns(module)


def parsed(pattern: Pattern) -> Any:
    return sre_parse.parse(pattern.pattern, pattern.flags & ~re.DEBUG)


def unbounded_inside_repeat(elements: Any, *, repeated: bool = False) -> bool:
    """Whether an unbounded repeat stands inside another repeat, as in patterns that blow up."""
    for operation, argument in elements:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            _, most, inner = argument
            if (repeated and most is sre.MAXREPEAT) or unbounded_inside_repeat(inner, repeated=repeated or most > 1):
                return True
        elif operation is sre.SUBPATTERN:
            if unbounded_inside_repeat(argument[3], repeated=repeated):
                return True
        elif operation is sre.BRANCH and any(unbounded_inside_repeat(one, repeated=repeated) for one in argument[1]):
            return True
    return False


def test_the_inspection_finds_a_pattern_that_blows_up() -> None:
    assert unbounded_inside_repeat(sre_parse.parse("(?:a+)+b"))
    assert not unbounded_inside_repeat(sre_parse.parse("(?:a{1,3}){1,5}b*"))
