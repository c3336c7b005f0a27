"""Which languages are read: those that ship, and what a desk adds to them in its configuration.

The added words are the one thing in `reading` that can change while the program runs, and they change in one place:
`learn`, called by the wiring when a configuration is read. All languages count at the same time and for every mail,
so they are no business of a single reading.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Protocol, TypeVar

Table = Mapping[str, Any]  # one file: `language`, `common`, sections of words, `dates`

Words = Mapping[str, list[str]]  # by kind, of one language

_DATES = "dplmaild.reading.dates"
_added: list[Table] = []
_forget: list[Callable[[], None]] = []


class _Cached(Protocol):
    def cache_clear(self) -> None: ...


Remembered = TypeVar("Remembered", bound=_Cached)


def of_the_words(cached: Remembered) -> Remembered:
    """Mark a cache as worked out from the words: it is emptied when other words are learned."""
    _forget.append(cached.cache_clear)
    return cached


@cache
def shipped() -> tuple[Table, ...]:
    """The files of this package, each with its words of dates: from its own `[dates]`, or from `dates/words/`."""
    here, there = files(__package__), files(_DATES).joinpath("words")
    found = []
    for name in sorted(entry.name for entry in here.iterdir() if entry.name.endswith(".toml")):
        table, dates = tomllib.loads(here.joinpath(name).read_text("utf-8")), there.joinpath(name)
        found.append(table if "dates" in table else {**table, "dates": tomllib.loads(dates.read_text("utf-8"))})
    return tuple(found)


@cache
def by_language(package: str) -> Mapping[str, Words]:
    """The words of a package by language: the tables of its `words.toml`, or its files `words/*.toml`.

    Also of languages that no file of ours speaks: any mail program writes to us.
    """
    here = files(package)
    if here.joinpath("words.toml").is_file():
        return tomllib.loads(here.joinpath("words.toml").read_text("utf-8"))
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text("utf-8"))
        for entry in sorted(here.joinpath("words").iterdir(), key=lambda entry: entry.name)
    }


def let_go() -> None:
    """Forget the files as they were written: what is read with stands; for other words they are opened again."""
    shipped.cache_clear()
    by_language.cache_clear()


def spoken() -> tuple[Table, ...]:
    """Every table that counts now; those that ship come first."""
    return (*shipped(), *_added)


def learn(tables: Iterable[Table]) -> None:
    """Count these tables besides the shipped ones, instead of those learned before.

    Nobody may be reading meanwhile: what was worked out from the old words is forgotten.
    """
    wanted = list(tables)
    if wanted == _added:
        return
    _added[:] = wanted
    for clear in _forget:
        clear()
