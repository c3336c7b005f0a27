"""The words of dates in every language: months and weekdays from CLDR, the rest from `words/*.toml`."""

import tomllib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from dplmaild.reading.dates.names import names_of
from dplmaild.reading.lexicon.spoken import Table, of_the_words, spoken
from dplmaild.reading.lexicon.words import fold, spellings

LONGEST = 6  # words in a phrase
SHORTEST_MISSPELT = 5  # letters a name needs before one slip in it is forgiven
SHORTEST_COMPOUND = 11  # letters: `Freitagfrüh`


class Word(StrEnum):
    """What a word can mean in a date; the tables of `words/*.toml` carry these names."""

    MONTH = "month"
    WEEKDAY = "weekday"
    SHORT_WEEKDAY = "short_weekday"  # two letters: counts only beside digits
    WEEKDAYS = "weekdays"
    DAY = "day"
    WEEK = "week"
    MONTH_FROM_NOW = "month_from_now"
    NUMBER = "number"
    ORDINAL = "ordinal"
    ADD = "add"
    DOUBTFUL_ADD = "doubtful_add"
    AFTER = "after"
    MINUTES_PAST = "minutes_past"
    MINUTES_AFTER = "minutes_after"
    PART = "part"
    PART_OF_TODAY = "part_of_today"
    CLOCK = "clock"
    NEXT = "next"
    AFTER_NEXT = "after_next"  # `übernächsten`
    THIS = "this"
    COMING = "coming"
    PAST = "past"
    AT = "at"
    AROUND = "around"  # `around 2 pm`, `gegen`: no exact time
    AROUND_AFTER = "around_after"  # likewise behind the time: `10 or so`
    HOUR = "hour"
    AM = "am"
    PM = "pm"
    MIDNIGHT = "midnight"
    MORNING_AFTER = "morning_after"  # `morgen`, which is a morning behind a day
    GLUE = "glue"
    OF = "of"
    TO = "to"
    OR = "or"
    NOT = "not"
    INSTEAD = "instead"
    BOUND = "bound"
    BOUND_AFTER = "bound_after"  # likewise, also behind the moment: "at the latest"
    BETWEEN = "between"
    FROM = "from"
    IN = "in"
    FROM_NOW = "from_now"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    HOURS = "hours"
    MINUTES = "minutes"
    EVERY = "every"
    BEGIN = "begin"
    MIDDLE = "middle"
    END = "end"
    WEEK_NUMBER = "week_number"
    WEEK_OF = "week_of"
    DAY_NUMBER = "day_number"
    SUFFIX = "suffix"
    LASTING = "lasting"
    MOVE = "move"
    LOCAL = "local"
    SUMMER_TIME = "summer_time"
    WINTER_TIME = "winter_time"
    REGION = "region"  # the value is its place in `regions()`
    TIME_WORD = "time_word"
    WEEKEND = "weekend"
    WEEK_LATER = "week_later"  # `Tuesday week`
    COUNTED_FROM = "counted_from"  # `two weeks from tomorrow`
    WEEKS_ON = "weeks_on"  # `a week on Tuesday`
    CAPITAL = "capital"  # in prose a name only with a capital letter: `the sun may set`
    GREETING = "greeting"  # `guten Morgen` names no day
    NAMED_DAY = "named_day"  # `Good Friday` is a day, but not the coming Friday


class Sense(NamedTuple):
    """One meaning of a word or phrase in one language; `value` where the meaning is a number."""

    word: Word
    value: int = 0
    language: str = ""


def key(text: str) -> str:
    """A phrase as it is compared: folded, letters only, one blank between words."""
    return "".join(c if c.isalpha() else " " for c in fold(text)).strip()


@of_the_words
@cache
def vocabulary() -> dict[str, tuple[Sense, ...]]:
    """Every phrase with its meanings, of all languages at once, because partners mix them."""
    found: dict[str, dict[Sense, None]] = {}
    for phrase, sense in _all_senses():
        for spelling in spellings(phrase):
            words = " ".join(key(spelling).split())
            found.setdefault(words, {})[sense] = None
    return {phrase: tuple(senses) for phrase, senses in found.items() if phrase}


def _all_senses() -> Iterator[tuple[str, Sense]]:
    tables = spoken()
    for language in dict.fromkeys(str(table["language"]) for table in tables):
        yield from _names(language)
    for table in tables:
        yield from _listed(str(table["language"]), table.get("dates", {}))
    for place, names in enumerate(zone_table()["regions"].values()):
        yield from ((name, Sense(Word.REGION, place)) for name in names)


def _names(language: str) -> Iterator[tuple[str, Sense]]:
    """CLDR's names; those of Catalan carry an article (`de desembre`), which is no part of the name."""
    for kind, names in names_of(language).items():
        if kind.startswith("months"):
            for number, name in enumerate(names, 1):
                month = Sense(Word.MONTH, number, language)
                last = name.replace("\u2019", " ").split()[-1]
                yield last, month
                if kind.startswith("months_short"):
                    yield key(last)[:3], month
        else:
            for number, name in enumerate(names):
                yield name, Sense(Word.SHORT_WEEKDAY if len(key(name)) < 3 else Word.WEEKDAY, number, language)


@of_the_words
@cache
def number_words() -> frozenset[str]:
    """The single words of numbers that are several words, which some write with hyphens: `twenty first`, `vint i u`."""
    counts = (Word.NUMBER, Word.ORDINAL)
    several = (p.split() for p, senses in vocabulary().items() if any(s.word in counts for s in senses))
    return frozenset(word for words in several if len(words) > 1 for word in words)


@of_the_words
@cache
def compounds() -> dict[str, int]:
    """`dienstagabend` and its like, with the length of the weekday in it."""
    table = vocabulary().items()
    days = [p for p, senses in table if any(s.word is Word.WEEKDAY and s.language == "de" for s in senses)]
    parts = [
        phrase
        for phrase, senses in table
        if " " not in phrase and any(s.word in (Word.PART, Word.MORNING_AFTER) and s.language == "de" for s in senses)
    ]
    return {day + part: len(day) for day in days if day.endswith("tag") or day == "mittwoch" for part in parts}


@cache
def zone_table() -> dict[str, Any]:
    """`words/zones.toml`: abbreviations, those with several meanings, and regions by their words."""
    return tomllib.loads(files("dplmaild.reading.dates").joinpath("words", "zones.toml").read_text("utf-8"))


def _listed(language: str, tables: Table) -> Iterator[tuple[str, Sense]]:
    for table, entries in tables.items():
        for name, phrases in entries.items():
            word, value = (Word(name), 0) if table == "is" else (Word(table), int(name))
            yield from ((phrase, Sense(word, value, language)) for phrase in phrases)


@of_the_words
@cache
def _names_to_misspell() -> tuple[tuple[str, Sense], ...]:
    return tuple(
        (phrase, sense)
        for phrase, senses in vocabulary().items()
        for sense in senses
        if sense.word in (Word.MONTH, Word.WEEKDAY) and len(phrase) >= SHORTEST_MISSPELT
    )


@of_the_words
@lru_cache(maxsize=2000)
def _misspelt(word: str) -> tuple[Sense, ...]:
    near = {
        (sense.word, sense.value): sense
        for name, sense in _names_to_misspell()
        if name[0] == word[0] and OSA.distance(name, word, score_cutoff=1) <= 1
    }
    return tuple(near.values()) if len(near) == 1 else ()


def senses_of(words: Iterable[str]) -> tuple[Sense, ...]:
    """The meanings of folded words that stand together; none when they are no phrase of ours."""
    return vocabulary().get(" ".join(words), ())


def misspelt(word: str) -> tuple[Sense, ...]:
    """The one month or weekday a folded word misses by a single slip; none when two are as near."""
    if not SHORTEST_MISSPELT <= len(word) <= 12 or word in vocabulary():
        return ()
    return _misspelt(word)
