"""Phrases found in a text: one pass over its words, whatever the number of phrases."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from sys import intern
from typing import NamedTuple

from dplmaild.reading.lexicon.words import Token, tokenize

GAP = ".."  # in a phrase: some words of the sentence may stand here
_GAP_WORDS = 9  # numbers do not count: a date and a version are many


class Hit(NamedTuple):
    """A phrase of `group` was found: tokens `first` to `last`, both included."""

    group: str
    first: int
    last: int


class Scan(NamedTuple):
    """What one pass over a sentence found."""

    text: str
    tokens: tuple[Token, ...]
    hits: Mapping[str, tuple[Hit, ...]]

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


_Rest = tuple[tuple[str, ...], tuple[str, ...]]  # a phrase without its first word, and its groups


class _Begun(NamedTuple):
    """The phrases that start with one word: those worth a look before a certain second word, and before any other."""

    before: Mapping[str, tuple[_Rest, ...]]
    otherwise: tuple[_Rest, ...]


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
        same: dict[tuple[str, ...], tuple[str, ...]] = {}  # thousands go on alike or mean the same
        self._by_first = {
            first: _begun([(_once(rest, same), _once(tuple(groups), same)) for rest, groups in rests.items()])
            for first, rests in by_first.items()
        }

    def scan(self, text: str) -> Scan:
        """Everything the book knows in one sentence."""
        tokens = tokenize(text)
        hits: dict[str, list[Hit]] = {}
        made = tuple.__new__  # as Hit() does, without its call in Python
        words = [token.word for token in tokens]
        for first, (word, second) in enumerate(pairwise((*words, ""))):
            begun = self._by_first.get(word)
            if begun is None:
                continue
            for rest, groups in begun.before.get(second, begun.otherwise):
                last = _end_of(rest, words, first + 1, self._barred)
                if last is not None:
                    for group in groups:
                        hits.setdefault(group, []).append(made(Hit, (group, first, last)))
        return Scan(text, tokens, {group: tuple(found) for group, found in hits.items()})


def _once(words: tuple[str, ...], same: dict[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    return same.setdefault(words, words)


def _begun(rests: Sequence[_Rest]) -> _Begun:
    """All in the order of the lexicon, whatever the second word."""
    seconds = {rest[0] for rest, _ in rests if rest and rest[0] != GAP}
    free = tuple((rest, groups) for rest, groups in rests if not rest or rest[0] == GAP)
    before = {second: tuple(one for one in rests if not one[0] or one[0][0] in (GAP, second)) for second in seconds}
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
