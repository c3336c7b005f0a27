"""How the small readers of days, times and zones are asked: at a place in the line, what stands here?"""

from collections.abc import Callable

from dplmaild.reading.dates.atoms import What
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.tokens import Shape
from dplmaild.reading.dates.vocabulary import Word

Found = tuple[tuple[What, ...], int] | None  # the parts read and the next index; None: nothing of this kind here
Reader = Callable[[Line, int, Setting, What | None], Found]  # the last is the part that stands directly before

FIRST_YEAR, LAST_YEAR = 2000, 2100
HOUR_SIGNS = (Word.HOUR, Word.AM, Word.PM)


def digits(line: Line, at: int, most: int = 2) -> int | None:
    """The number of a token of at most so many digits."""
    token = line[at]
    return token.numbers[0] if token.shape is Shape.NUMBER and len(token.text) <= most else None


def number(line: Line, at: int) -> int | None:
    """A number in digits or as a word."""
    found = digits(line, at)
    if found is not None:
        return found
    sense = line.sense(at, Word.NUMBER)
    return sense.value if sense else None


def is_hour(line: Line, at: int) -> bool:
    """Whether the token makes the number before it a time of day."""
    return line.sense(at, *HOUR_SIGNS) is not None


def is_year(line: Line, at: int) -> bool:
    """Whether the token can be a year, and is no `2030 Uhr`."""
    token = line[at]
    four = token.shape is Shape.NUMBER and len(token.text) == 4
    return four and FIRST_YEAR <= token.numbers[0] <= LAST_YEAR and not is_hour(line, at + 1)
