"""The vocabulary as data: one TOML file per language, loaded once.

A language is one file: labels per field (the first alias is what our own forms print), guarded labels (short words
that count only when the value fits), headings of lists, word lists, class words and phrases. Everything is compared
without case and accents; in phrases `..` stands for up to six words. All files count at the same time, because
partners mix languages within one mail.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dplmaild.reading.lexicon.phrases import Hit, PhraseBook, Scan
from dplmaild.reading.lexicon.spoken import learn, of_the_words, spoken
from dplmaild.reading.lexicon.words import Token, bare_words, fold, has_more_words, joined, spellings, squeeze, tokenize

__all__ = [
    "SWITCHES",
    "Hit",
    "Label",
    "Lexicon",
    "Scan",
    "Token",
    "bare_words",
    "build",
    "fold",
    "has_more_words",
    "joined",
    "learn",
    "lexicon",
    "of_the_words",
    "spoken",
    "squeeze",
    "tokenize",
]

LISTS = ("labels", "guarded", "headings")  # tables of aliases per field
CLASSES = ("types", "prose_types", "environments", "products", "ordinals", "numbers", "units")
SWITCHES = ("DeployAppTier", "DeployWebTier", "InvalidatePageCache", "DBMigrate")  # labels also looked for in prose
_TIERS = ("DeployAppTier", "DeployWebTier")  # what `both_tiers` says of each
ROLES = ("current_version", "target_version")  # likewise: which of the two a number in a sentence is
Section = Mapping[str, list[str]]


class Label(NamedTuple):
    """What a label stands for: the name of a field (or date, time, zone, versions), and whose word it is."""

    key: str
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages together."""

    languages: tuple[str, ...]
    labels: Mapping[str, Label]  # by squeezed alias
    guarded: Mapping[str, tuple[str, ...]]  # by squeezed alias: the fields it may mean
    printed: Mapping[tuple[str, str], str]  # (language, key): the alias our forms print
    lists: Mapping[str, frozenset[str]]  # `[words]` and `[little]` by name, as joined words
    classes: Mapping[str, Mapping[str, str]]  # class name: joined words to member
    own: Mapping[str, str]  # fields that profiles added, by name: how the answer is read
    common: Mapping[str, frozenset[str]]  # everyday word: the languages that use it
    book: PhraseBook

    def scan(self, text: str) -> Scan:
        """Everything the vocabulary knows in one sentence."""
        return self.book.scan(text)

    def in_list(self, name: str, text: str) -> bool:
        """Whether the whole text is a word of that list."""
        return joined(text) in self.lists[name]

    def member(self, name: str, text: str) -> str | None:
        """The member of a class (`types`: `full`) that the whole text names."""
        return self.classes[name].get(joined(text))

    def label_for(self, key: str, language: str) -> str:
        """How our forms print a field's label; English where the language does not know it. KeyError: no such field."""
        return self.printed.get((language, key)) or self.printed["en", key]


@of_the_words
@cache
def lexicon() -> Lexicon:
    """The vocabulary that counts now."""
    return build(spoken())


def build(tables: Iterable[Mapping[str, object]]) -> Lexicon:
    """One lexicon from the tables of several languages. KeyError or TypeError where a table is not of this shape."""
    all_tables = tuple(tables)
    lists = _lists(all_tables)
    return Lexicon(
        languages=tuple(dict.fromkeys(str(table["language"]) for table in all_tables)),
        labels=_labels(all_tables),
        guarded=_guarded(all_tables),
        printed={
            (str(table["language"]), key): aliases[0]
            for table in reversed(all_tables)  # the first file of a language decides
            for key, aliases in _section(table, "labels").items()
        },
        lists=lists,
        classes={name: _class(all_tables, name) for name in CLASSES},
        own={name: str(kind) for table in all_tables for name, kind in _section(table, "own").items()},
        common=_common(all_tables),
        book=PhraseBook(_phrases(all_tables), barred=lists["negation"]),
    )


def _section(table: Mapping[str, object], name: str) -> Section:
    section = table.get(name, {})
    if not isinstance(section, dict):
        raise TypeError(f"{name} of the {table['language']} lexicon is not a table")
    return section


def _labels(tables: Iterable[Mapping[str, object]]) -> dict[str, Label]:
    """Aliases of all languages; the first language that claims an alias decides the field, all share the vote."""
    found: dict[str, Label] = {}
    for table in sorted(tables, key=lambda one: "own" not in one):  # a desk's own fields before those that ship
        language = frozenset({str(table["language"])})
        for key, aliases in _section(table, "labels").items():
            for alias in (spelling for written in aliases for spelling in spellings(written)):
                known = found.get(squeeze(alias))
                found[squeeze(alias)] = Label(known.key, known.languages | language) if known else Label(key, language)
    return found


def _guarded(tables: Iterable[Mapping[str, object]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for key, aliases in _section(table, "guarded").items():
            for alias in aliases:
                keys = found.get(squeeze(alias), ())
                found[squeeze(alias)] = keys if key in keys else (*keys, key)
    return found


def _lists(tables: Iterable[Mapping[str, object]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for table in tables:
        for name, words in (*_section(table, "words").items(), *_section(table, "little").items()):
            found.setdefault(name, set()).update(joined(s) for word in words for s in spellings(word))
    return {name: frozenset(words) for name, words in found.items()}


def _class(tables: Iterable[Mapping[str, object]], name: str) -> dict[str, str]:
    return {
        joined(spelling): member
        for table in tables
        for member, words in _section(table, name).items()
        for word in words
        for spelling in spellings(word)
    }


def _common(tables: Iterable[Mapping[str, object]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for table in tables:
        words = table.get("common")
        for word in words if isinstance(words, list) else []:
            found[joined(word)] = found.get(joined(word), frozenset()) | {str(table["language"])}
    return found


def _phrases(tables: Iterable[Mapping[str, object]]) -> Iterator[tuple[str, str]]:
    """Phrases, word lists and class words alike, under names like `withdraw`, `asap`, `types.full`."""
    for table in tables:
        for section in ("words", "phrases", "headings", *CLASSES):
            prefix = "" if section in ("words", "phrases") else f"{section}."
            for name, phrases in _section(table, section).items():
                yield from ((prefix + name, spelling) for phrase in phrases for spelling in spellings(phrase))
        both = _section(table, "phrases").get("both_tiers", [])
        yield from ((f"switch.{key}", spelling) for key in _TIERS for one in both for spelling in spellings(one))
        labels = _section(table, "labels")
        yield from ((f"switch.{key}", alias) for key in SWITCHES for alias in labels.get(key, []))
        yield from ((f"role.{key}", alias) for key in ROLES for alias in labels.get(key, []))
