"""Phrases found in a text: one pass over its words, whatever the number of phrases."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from sys import intern
from typing import Any, NamedTuple

from dplmaild.reading.lexicon.words import Token, bare_words, tokenize

GAP = ".."  # in a phrase: some words of the sentence may stand here
_GAP_WORDS = 9  # numbers do not count: a date and a version are many


class Hit(NamedTuple):
    """A phrase of `group` was found: tokens `first` to `last`, both included."""

    group: str
    first: int
    last: int


class Scan:
    """What one pass over a sentence found."""

    __slots__ = ("_tokens", "hits", "text")

    def __init__(self, text: str, hits: Mapping[str, tuple[Hit, ...]], tokens: tuple[Token, ...] | None = None) -> None:
        """`tokens` where they are known already: of most sentences nobody asks where their words stand."""
        self.text, self.hits, self._tokens = text, hits, tokens

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the sentence in order."""
        if self._tokens is None:
            self._tokens = tokenize(self.text)
        return self._tokens

    def with_hits(self, group: str, hits: Iterable[Hit]) -> "Scan":
        """The same sentence with these hits of a group instead of its own."""
        return Scan(self.text, {**self.hits, group: tuple(hits)}, self._tokens)

    def has(self, *groups: str) -> bool:
        """Whether a phrase of any of the groups stands in the sentence."""
        return not self.hits.keys().isdisjoint(groups)

    def of(self, prefix: str) -> tuple[Hit, ...]:
        """The hits of all groups that start with the prefix, in order of place, longest first."""
        found = (hit for group, hits in self.hits.items() if group.startswith(prefix) for hit in hits)
        return tuple(sorted(found, key=lambda hit: (hit.first, -hit.last)))

    def words(self, hit: Hit) -> str:
        """The words of a hit as the author wrote them."""
        return self.text[self.tokens[hit.first].start : self.tokens[hit.last].end]

    def span(self, hit: Hit) -> tuple[int, int]:
        """Where a hit stands in the text, as character offsets."""
        return self.tokens[hit.first].start, self.tokens[hit.last].end


def phrase_words(phrase: str) -> tuple[str, ...]:
    """A phrase of the lexicon as words, its gaps kept."""
    words: list[str] = []
    for piece in phrase.split(GAP):
        words += [*(intern(token.word) for token in tokenize(piece)), GAP]  # `please` stands in sixty
    return tuple(words[:-1])


class _Rest(NamedTuple):
    """A phrase without its first word."""

    words: tuple[str, ...]
    needed: frozenset[str]  # the words of a phrase with a gap; of others none: they fail at once where one is missing
    groups: tuple[str, ...]


class _Begun(NamedTuple):
    """The phrases that start with one word: those worth a look before a certain second word, and before any other."""

    before: Mapping[str, tuple[_Rest, ...]]
    otherwise: tuple[_Rest, ...]

    def all(self) -> Iterable[_Rest]:
        """Every one of them, some more than once."""
        return chain(self.otherwise, *self.before.values())


_NONE = frozenset[str]()
_NOTHING: Mapping[str, tuple[_Rest, ...]] = {}


class PhraseBook:
    """All phrases by their first and second word: a word like `please` starts sixty."""

    __slots__ = ("_barred", "_by_first")

    def __init__(self, phrases: Iterable[tuple[str, str]], barred: frozenset[str] = frozenset()) -> None:
        """Take (group, phrase) pairs; a phrase must not start or end with a gap. No gap spans a `barred` word."""
        self._barred = barred
        by_first: dict[str, dict[tuple[str, ...], dict[str, None]]] = {}
        for group, phrase in phrases:
            words = phrase_words(phrase)
            if words:
                by_first.setdefault(words[0], {}).setdefault(words[1:], {})[group] = None
        same: dict[Any, Any] = {}
        self._by_first = {
            first: _begun([_rest(rest, tuple(groups), same) for rest, groups in rests.items()])
            for first, rests in by_first.items()
        }

    def first_words(self, prefix: str) -> frozenset[str]:
        """The words with which the phrases of the groups with this prefix begin."""
        rests = ((word, rest) for word, begun in self._by_first.items() for rest in begun.all())
        return frozenset(word for word, rest in rests if any(group.startswith(prefix) for group in rest.groups))

    def scan(self, text: str) -> Scan:
        """Everything the book knows in one sentence."""
        words = bare_words(text)
        by_first, hits = self._by_first, dict[str, list[Hit]]()
        made = tuple.__new__  # as Hit() does, without its call in Python
        there = frozenset(words)
        for first in [place for place, word in enumerate(words) if word in by_first]:
            begun = by_first[words[first]]
            second = words[first + 1] if first + 1 < len(words) else ""
            for rest, needed, groups in begun.before.get(second, begun.otherwise):
                # Most phrases with a gap lack a word that stands nowhere in the sentence.
                last = _end_of(rest, words, first + 1, self._barred) if needed <= there else None
                if last is not None:
                    for group in groups:
                        hits.setdefault(group, []).append(made(Hit, (group, first, last)))
        return Scan(text, {group: tuple(found) for group, found in hits.items()})


def _rest(words: tuple[str, ...], groups: tuple[str, ...], same: dict[Any, Any]) -> _Rest:
    """Thousands go on alike or mean the same."""
    needed = frozenset(words) - {GAP} if GAP in words else _NONE
    return _Rest(same.setdefault(words, words), needed, same.setdefault(groups, groups))


def _begun(rests: Sequence[_Rest]) -> _Begun:
    """All in the order of the lexicon, whatever the second word."""
    seconds = {rest.words[0] for rest in rests if rest.words and rest.words[0] != GAP}
    free = tuple(rest for rest in rests if not rest.words or rest.words[0] == GAP)
    before = {s: tuple(one for one in rests if not one.words or one.words[0] in (GAP, s)) for s in seconds}
    return _Begun(before or _NOTHING, free)


def _end_of(rest: Sequence[str], words: Sequence[str], at: int, barred: frozenset[str]) -> int | None:
    """The index of the last word when the rest of a phrase stands from `at` on; the earliest fit of a gap counts."""
    reach = 0
    for wanted in rest:
        if wanted == GAP:
            reach = _GAP_WORDS
            continue
        while at < len(words) and words[at] != wanted and reach > 0 and words[at] not in barred:
            reach -= not words[at].isdigit()
            at += 1
        if at >= len(words) or words[at] != wanted:
            return None
        at, reach = at + 1, 0
    return at - 1
