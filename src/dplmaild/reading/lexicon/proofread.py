"""A lexicon file of a configuration is looked through before it counts: every mistake, with the key it stands at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dplmaild.reading.automatic.phrases import KINDS, SECTION
from dplmaild.reading.dates.vocabulary import Word
from dplmaild.reading.lexicon import CLASSES, LISTS, joined, squeeze
from dplmaild.reading.lexicon.phrases import GAP
from dplmaild.reading.lexicon.spoken import Table, shipped

Mistake = tuple[tuple[str, ...], str]  # the key as a path, and what is wrong with it
SECTIONS = (*LISTS, *CLASSES, "words", "little", "phrases", SECTION)
_PLAIN = ("language", "common", "dates")
_TEXTS = ("release_notes", "description", "special_activities", "validated", "rollback", "artifact", "restarts")
_SHORTEST_LABEL = 2  # letters; one alone is an enumeration


def mistakes(table: Table, before: Iterable[Table] = ()) -> Iterator[Mistake]:
    """What is wrong with one file; `before` are further files that are good. Never raises."""
    yield from _language(table)
    known = (*shipped(), *before)
    for name, section in table.items():
        if name in SECTIONS:
            yield from _section(name, section, known)
        elif name == "dates":
            yield from _dates(section)
        elif name not in _PLAIN:
            yield (name,), f"no such section; there are {', '.join((*_PLAIN[1:], *SECTIONS))}"


def taken_words(table: Table) -> Iterator[Mistake]:
    """Words of a profile that no mail could be read by: without letters, or meaning something else already.

    The label of an own field may be that of a text that ships (`Explanation of the fix`): the own one wins.
    """
    for section in ("labels", *CLASSES):
        for key, words in table.get(section, {}).items():
            wrong = tuple(_words((section, key), words))
            known = [{section: _without_texts(one.get(section, {}))} for one in shipped()]
            yield from wrong or _clashes((section, key), words, known)


def _without_texts(section: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    return {key: words for key, words in section.items() if key not in _TEXTS}


def _language(table: Table) -> Iterator[Mistake]:
    language = table.get("language")
    if not isinstance(language, str) or not _has_names(language):
        yield ("language",), 'the language as two letters, like "fr"'
    elif "common" in table:
        yield from _words(("common",), table["common"])
    elif language not in {str(one["language"]) for one in shipped()}:
        yield ("language",), "a new language needs `common`: everyday words that it is recognised by"


def _has_names(language: str) -> bool:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 8 MB for those who add words of their own

    try:
        return bool(Locale.parse(language))  # CLDR knows its months and weekdays
    except (ValueError, TypeError, UnknownLocaleError):
        return False


def _section(name: str, section: object, known: Sequence[Table]) -> Iterator[Mistake]:
    if not isinstance(section, Mapping):
        yield (name,), "a table of lists of words"
        return
    there = set(KINDS) if name == SECTION else {key for table in shipped() for key in table.get(name, {})}
    for key, words in section.items():
        if key not in there:
            yield (name, key), f"no such key; there are {', '.join(sorted(there))}"
            continue
        wrong = tuple(_words((name, key), words))
        yield from wrong or _clashes((name, key), words, known)


def _words(where: tuple[str, ...], words: object) -> Iterator[Mistake]:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        yield where, "a list of texts"
        return
    for word in words:
        if not joined(word):
            yield where, f"{word!r} has no letters"
        elif word.strip().startswith(GAP) or word.strip().endswith(GAP):
            yield where, f"{word!r}: a phrase does not begin or end with a gap"
        elif where[0] == "labels" and len(squeeze(word)) < _SHORTEST_LABEL:
            yield where, f"{word!r} is too short for a label"


def _clashes(where: tuple[str, ...], words: Sequence[str], known: Sequence[Table]) -> Iterator[Mistake]:
    """A label is the label of one field, a word the word of one member."""
    section, key = where
    if section != "labels" and section not in CLASSES:
        return
    alike = squeeze if section == "labels" else joined
    for other, taken in _taken(section, known):
        if other == key:
            continue
        for word in words:
            if alike(word) in {alike(one) for one in taken}:
                yield where, f"{word!r} means {other} already"


def _taken(section: str, known: Sequence[Table]) -> Iterator[tuple[str, Sequence[str]]]:
    for table in known:
        yield from table.get(section, {}).items()


def _dates(section: object) -> Iterator[Mistake]:
    if not isinstance(section, Mapping):
        yield ("dates",), "a table of tables of words"
        return
    for name, entries in section.items():
        where = ("dates", name)
        if not isinstance(entries, Mapping) or (name != "is" and name not in set(Word)):
            yield where, f"a table named `is`, or after one of {', '.join(Word)}"
            continue
        for key, words in entries.items():
            if not (key in set(Word) if name == "is" else key.removeprefix("-").isdecimal()):
                yield (*where, key), "a number" if name != "is" else f"one of {', '.join(Word)}"
            else:
                yield from _words((*where, key), words)
