"""Several switches on one line, each with its answer: `AppTier ja, WebTier ja, PageCache invalidieren ja`."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from dplmaild.reading import values
from dplmaild.reading.fields.labels import Matched
from dplmaild.reading.fields.pairs import Pair, stripped
from dplmaild.reading.lexicon import Hit, Scan, bare_words, lexicon, of_the_words

_LONGEST = 400  # characters
_INTRODUCED = 3  # words: `Additional options:`
_EDGES = " \t,;/|=:+&·•–—-"
_SEVERAL = re.compile(r"[,;/|=+&]|\s(?:and|und|y|i|sowie)\s")
_JOINED = re.compile(r"(?:and|und|y|i|sowie)", re.IGNORECASE)


def switches_in(line: str) -> tuple[Pair, ...]:
    """Every switch of a line with its answer, two at least; none where one of them has no clear answer."""
    text = stripped(line)
    if len(text) > _LONGEST or not _SEVERAL.search(text) or not _may_name_two(text):
        return ()
    scan = lexicon().scan(text)
    hits = tuple(_longest(scan))
    if len(hits) < 2 or (_share_words(hits) and scan.has("unclear", "negation", "without", "contrast")):
        return ()  # `all tiers except the web tier` is a sentence
    before = text[: scan.span(hits[0])[0]].strip()
    opening = _answer_before(before)
    if before and not opening and not (before.endswith(":") and len(before.split()) <= _INTRODUCED):
        return ()
    return tuple(_answered(text, scan, hits, opening))


@of_the_words
@cache
def _first_words() -> frozenset[str]:
    return lexicon().book.first_words("switch.")


def _may_name_two(text: str) -> bool:
    """Whether two words begin the name of a switch: a glance, for most lines are prose."""
    begins = _first_words()
    return sum(word in begins for word in bare_words(text)) > 1


def _longest(scan: Scan) -> Iterator[Hit]:
    longest = (-1, -1)
    for hit in scan.of("switch."):
        if hit.first > longest[1] or (hit.first, hit.last) == longest:  # `app and web tier` is both
            longest = (hit.first, hit.last)
            yield hit


def _share_words(hits: Sequence[Hit]) -> bool:
    """Whether the same words name two switches: `app and web tier`."""
    return len({hit[1:] for hit in hits}) < len(hits)


def _answered(text: str, scan: Scan, hits: Sequence[Hit], before: str) -> list[Pair]:
    """The pairs in order; empty where an answer is missing or says both. `before` is a `no` in front of a switch."""
    pairs: list[Pair] = []
    waiting: list[Hit] = []
    edges = [*(scan.span(hit)[0] for hit in hits[1:]), len(text)]
    for hit, edge in zip(hits, edges, strict=True):
        waiting.append(hit)
        gap = text[scan.span(hit)[1] : edge].strip(_EDGES)
        if not before and (not gap or _JOINED.fullmatch(gap)):
            continue  # `AppTier + WebTier: yes`
        answer, behind = (before, gap) if before else _answer(gap)
        if values.yes_no(answer) is None or (before and _answer_before(behind) != behind):
            return []
        pairs += [_pair(scan, one, answer) for one in waiting]
        waiting, before = [], _answer_before(behind)
    return [] if waiting else pairs


def _answer(gap: str) -> tuple[str, str]:
    """What is answered, and the `no` that belongs to the next switch: `yes, no` before `DBMigrate`."""
    if values.yes_no(gap) is not None:
        return gap, ""
    head, _, tail = gap.rpartition(",")
    return head.strip(_EDGES), tail.strip()


def _answer_before(text: str) -> str:
    """The `no` or `without` in front of a switch."""
    return text if text and lexicon().in_list("without", text) and values.yes_no(text) is False else ""


def _pair(scan: Scan, hit: Hit, answer: str) -> Pair:
    return Pair(scan.words(hit), Matched(hit.group.removeprefix("switch."), 0.9, frozenset()), answer)
