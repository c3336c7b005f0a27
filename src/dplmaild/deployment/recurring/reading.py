"""From the words of a rule to what it points at. What is not understood is refused, with what could be written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from dplmaild.deployment.recurring.anchor import (
    FIRST_YEAR,
    LAST_YEAR,
    Beside,
    DayOfWeek,
    EachWeekday,
    EasterSunday,
    Node,
    Nth,
    Shifted,
    Stretch,
    Working,
)
from dplmaild.deployment.recurring.words import EASTER, FEASTS, MONTHS, ORDINALS, ORTHODOX_EASTER, WEEKDAYS

_LONGEST = 120  # characters of a rule
_DEEPEST = 6  # parts within parts
_EXAMPLES = '"24 December", "third Advent Sunday", "last Friday of November", "Easter Monday - 3 days"'


def _one_of(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


_MONTH, _WEEKDAY = _one_of(MONTHS), _one_of(WEEKDAYS)
_NTH = rf"{_one_of(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)"
_UNIT = "working days?|days?|weeks?"
_SHIFT = re.compile(rf"(?P<base>.{{1,120}}?) (?P<sign>[+-]) (?P<count>\d{{1,3}}) (?P<unit>{_UNIT})")
_COUNTED = re.compile(rf"(?:(?P<count>\d{{1,3}}) )?(?P<unit>{_UNIT}) (?P<side>before|after) (?P<base>.{{1,120}})")
_BESIDE = re.compile(
    rf"(?:(?P<nth>{_NTH}) )?(?P<weekday>{_WEEKDAY}) (?P<itself>on or )?(?P<side>before|after) (?P<base>.{{1,120}})"
)
_OF = re.compile(
    rf"(?P<nth>{_NTH})(?: (?P<what>{_WEEKDAY}|working day|day))? of"
    rf" (?:(?P<month>{_MONTH})|(?:each |every )?(?P<stretch>month|quarter|year))"
)
_DAY_MONTH = re.compile(rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH}))")
_MONTH_DAY = re.compile(rf"(?:(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?)")
_WEEK = re.compile(rf"(?P<weekday>{_WEEKDAY}) of week (?P<week>\d{{1,2}})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class RuleError(ValueError):
    """A rule that says nothing; the message says what could be written."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A rule as it is written, and what it points at; two with the same words are the same."""

    text: str
    node: Node = field(compare=False, repr=False)

    def __str__(self) -> str:
        return self.text

    def dates(self, year: int, working: Working) -> tuple[date, ...]:
        """The days it points at in a year, in order; none where there is no such day, or no such year."""
        return tuple(sorted(self.node.dates(year, working))) if FIRST_YEAR <= year <= LAST_YEAR else ()


@lru_cache(maxsize=4096)
def read_anchor(text: str) -> Anchor:
    """The anchor that these words mean; raises RuleError."""
    if len(text) > _LONGEST:
        raise RuleError(f"a rule has at most {_LONGEST} characters")
    return Anchor(text, _node(_plain(text), text, _DEEPEST))


def _plain(text: str) -> str:
    """In small letters, without little words that say nothing."""
    words = re.sub(
        r"\s{1,120}", " ", text.lower().replace("’", "'").replace(",", " ").replace("−", "-").replace("–", "-")
    )
    return re.sub(r"\b(?:the|a|an) ", "", words.strip())


def _node(plain: str, text: str, depth: int) -> Node:
    if depth == 0:
        raise RuleError(f"{text!r} goes too deep: say it with fewer before and after")
    if _ISO.fullmatch(plain):
        raise RuleError(f"{text!r} is a date, not a rule: write it without quotes, as day, or as first and last")
    node = _moved(plain, text, depth) or _base(plain)
    if node is None:
        raise RuleError(f"{text!r} is no rule that is known: write for example {_EXAMPLES}")
    return node


def _moved(plain: str, text: str, depth: int) -> Node | None:
    """What is told by something else: so many days before it, a weekday after it."""
    if found := _SHIFT.fullmatch(plain):
        days = int(found["count"]) * (1 if found["sign"] == "+" else -1)
        return _shifted(_node(found["base"], text, depth - 1), days, found["unit"])
    if found := _COUNTED.fullmatch(plain):
        days = int(found["count"] or 1) * (1 if found["side"] == "after" else -1)
        return _shifted(_node(found["base"], text, depth - 1), days, found["unit"])
    if found := _BESIDE.fullmatch(plain):
        nth = _ordinal(found["nth"] or "first")
        if nth < 1:
            raise RuleError(f"{text!r}: before and after are counted from the first on")
        base = _node(found["base"], text, depth - 1)
        return Beside(base, WEEKDAYS[found["weekday"]], nth, found["side"] == "after", found["itself"] is not None)
    return None


def _shifted(base: Node, days: int, unit: str) -> Node:
    return Shifted(base, days * (7 if unit.startswith("week") else 1), unit.startswith("working"))


def _base(plain: str) -> Node | None:
    """What stands for itself: a feast, a day of a month, a weekday of a month, a day of a numbered week."""
    if plain in (EASTER, ORTHODOX_EASTER):
        return EasterSunday(plain == ORTHODOX_EASTER)
    every = plain.removeprefix("each ").removeprefix("every ")
    if every in FEASTS:
        return _node(FEASTS[every], plain, _DEEPEST)
    if every in WEEKDAYS and every != plain:
        return EachWeekday(WEEKDAYS[every])
    return _counted(every)


def _counted(plain: str) -> Node | None:
    if found := _DAY_MONTH.fullmatch(plain) or _MONTH_DAY.fullmatch(plain):
        return _day_of(int(found["day"]), MONTHS[found["month"]])
    if found := _WEEK.fullmatch(plain):
        week = int(found["week"])
        return DayOfWeek(week, WEEKDAYS[found["weekday"]]) if 1 <= week <= 53 else None
    return _nth(found) if (found := _OF.fullmatch(plain)) else None


def _day_of(day: int, month: int) -> Node | None:
    return Nth(day, month=month) if 1 <= day <= _DAYS_IN[month - 1] else None


def _nth(found: re.Match[str]) -> Node | None:
    position, what = _ordinal(found["nth"]), found["what"] or "day"
    if (not found["what"] and position < 0) or position == 0:
        return None  # "last of November" leaves open what
    month = MONTHS[found["month"]] if found["month"] else None
    stretch = Stretch(found["stretch"]) if found["stretch"] else Stretch.MONTH
    return Nth(position, WEEKDAYS.get(what), what == "working day", stretch, month)


def _ordinal(word: str) -> int:
    return ORDINALS[word] if word in ORDINALS else int(word[:-2])
