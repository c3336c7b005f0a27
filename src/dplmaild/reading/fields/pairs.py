"""One line taken apart: `Label: value`, `Label - value`, a ticked label, a label alone, a heading."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from dplmaild.deployment.terms import INT, PRD, UAT, Environment, Product
from dplmaild.reading import values
from dplmaild.reading.fields.labels import LONGEST, Matched, exact, match_label
from dplmaild.reading.lexicon import SWITCHES, has_more_words, lexicon, squeeze, tokenize

# A bullet or list number, an optional tick box behind it.
_BULLET = re.compile(
    r"^[\s>]{0,40}(?:(?:[-*•·–—▪◦‣●○■□➢➤►▶→➔◆◇❖✦»+]|o(?=\s{2,}))\s+|[-*•·▪◦‣●○■](?=\w)|\d{1,2}[.)]\s+|[a-h]\)\s+)*"
)
_BOX = re.compile(r"^(?P<box>\[\s?[xX✓✔]?\s?\]|[✓✔☑✅✗✘☒❌☐])\ufe0f?\s*(?P<rest>.{1,100})$")
_BOX_BEHIND = re.compile(r"^(?P<rest>.{1,160}?)\s(?P<box>\[\s?[xX✓✔]?\s?\]|[✓✔☑✅✗✘☒❌☐])\ufe0f?$")
_COLON = re.compile(r"[:：]")
_OTHER = re.compile(
    r"\t+|\s{1,99}[-–—]\s+|\s{0,99}=>?\s*|\s{3,}|\s{0,99}(?:\||→|\.{3,80}|…{1,80})\s*|\?\s+|[–—]\s+"
    r"|\s{1,99}-(?=\w)|-\s+"
)
_EMPHASIS = re.compile(r"\*{1,3}|__")
_TRIES = 3
_LONGEST_LINE = 2000
_MANY_COMMAS, _LONGEST_LIST = 2, 400
_COMMAS = re.compile(r",\s|[.;]\s")
# A label after a comma, bar or wide blank on the same line; after the end of a sentence.
_NEXT_LABEL = re.compile(r"(?:[,;|]\s{1,3}|\s{3,20}|\s[-–—]\s)(?P<label>[^\W\d][^,;|:.?!\n]{2,60}?)\s?:(?=\s)")
_WORDS_ONLY = frozenset({"type", "environment", "product", "current_version", "target_version", "versions", "duration",
                         "test_window", *SWITCHES})  # fmt: skip
_SENTENCE_ENDS = re.compile(r"[.!]\s{1,3}(?=[^\W\d_])")
_NEXT_SENTENCE = re.compile(r"[.!?]\s{1,3}(?P<label>[^\W\d][^,;|:.?!\n]{2,60}?)\s?:\s")
_TERSE = 3  # words of a line that is nothing but `Type code`
_PLAIN_WORDS = frozenset({"type", "environment", "product"})
_VERSION_LABELS = ("current_version", "target_version", "versions")

Fits = Callable[[str, str], bool]  # whether a value reads as that key


class Pair(NamedTuple):
    """A label and its value as written; the value is empty where the label stands alone."""

    label: str
    matched: Matched
    value: str


class Heading(NamedTuple):
    """A line that says whose block follows."""

    environment: Environment | None
    product: Product | None


@lru_cache(maxsize=64)  # one line is looked at by several, one after the other
def stripped(text: str) -> str:
    """A line without bullet, list number and stars."""
    return _EMPHASIS.sub("", _BULLET.sub("", text, count=1)).strip()


def is_bullet(text: str) -> bool:
    """Whether a line starts with a bullet or a list number."""
    match = _BULLET.match(text)
    return bool(match and match[0].strip())


def pair(line: str, fits: Fits) -> Pair | None:
    """The label and value of a line, or None where it is prose. `fits` judges values of labels that need one."""
    text = stripped(line)[:_LONGEST_LINE]
    return _separated(text, fits) or _ticked(text) or _alone(text) or _side_by_side(text, fits)


def cut_before_label(value: str) -> tuple[str, str]:
    """`code, Environment: PRD`: the value up to the next label on the same line, and the rest from that label on."""
    for match in _NEXT_LABEL.finditer(value[:_LONGEST_LINE]):
        if exact(match["label"]):
            return value[: match.start()].rstrip(" ,;|"), value[match.start("label") :]
    return value, ""


def cut_after_sentence(key: str, value: str) -> tuple[str, str]:
    """`PRD. Please deploy at ten.`: a value that is a word or a number ends with its sentence."""
    match = _SENTENCE_ENDS.search(value[:_LONGEST_LINE]) if key in _WORDS_ONLY else None
    return (value[: match.start() + 1], value[match.end() :]) if match else (value, "")


def labels_behind(text: str, fits: Fits) -> tuple[str, tuple[Pair, ...]]:
    """A line of prose without the `Label: value` behind it, and that: `... at ten. Special activities: none.`"""
    for match in _NEXT_SENTENCE.finditer(text[:_LONGEST_LINE]):
        found = pair(text[match.start("label") :], fits) if exact(match["label"]) else None
        if found:
            return text[: match.start("label")].rstrip(), (found,)
    listed = text.count(",") >= _MANY_COMMAS and len(text) <= _LONGEST_LIST
    parts = _COMMAS.split(text) if listed else []
    read = {part: pair(part, fits) or _side_by_side(part, fits, least=1) for part in parts if part.strip()}
    labelled = tuple(found for found in read.values() if found and found.value)
    if len(labelled) < 2:
        return text, ()
    return ", ".join(part for part, found in read.items() if not (found and found.value)), labelled


def _splits(text: str) -> Iterator[tuple[str, str]]:
    for separator in (_COLON, _OTHER):
        for tries, match in enumerate(separator.finditer(text, 0, LONGEST + 10)):
            if tries == _TRIES:
                break
            yield text[: match.start()].strip(), text[match.end() :].strip()


def _separated(text: str, fits: Fits) -> Pair | None:
    for label, value in _splits(text):
        matched = match_label(label)
        if matched and not (matched.sure < 1.0 and squeeze(label) in lexicon().guarded):
            return Pair(label, matched, f"{value} {matched.zone}" if matched.zone and value else value)
        for key in lexicon().guarded.get(squeeze(label), ()):
            if value and fits(key, value):
                return Pair(label, Matched(key, 0.9, frozenset()), value)
    return None


def _ticked(text: str) -> Pair | None:
    match = _BOX.match(text) or _BOX_BEHIND.match(text)
    matched = match_label(match["rest"].strip().strip(" :")) if match else None
    if match and matched and matched.key in SWITCHES:
        return Pair(match["rest"], matched, match["box"])
    return None


def _alone(text: str) -> Pair | None:
    label = text.rstrip(" :")
    known = exact(label) if len(label) <= LONGEST and not label.endswith((".", "!")) else None
    return Pair(label, Matched(known.key, 1.0, known.languages), "") if known else None


def _side_by_side(text: str, fits: Fits, least: int = 2) -> Pair | None:
    """`DeployWebTier yes`, `Target version is 11.0.3`: a full label, then a value that fits and nothing more."""
    if has_more_words(text, 16):
        return None
    tokens = tokenize(text)
    for count in range(min(7, len(tokens) - 1), 0, -1):
        known = exact(text[: tokens[count - 1].end])
        if known and (count >= least or known.key in SWITCHES or (len(tokens) <= _TERSE and known.key in _PLAIN_WORDS)):
            value = _without_copula(text[tokens[count - 1].end :].strip(" ,"))
            short = len(tokens) - count <= 8
            return (
                Pair(text[: tokens[count - 1].end], Matched(known.key, 0.9, known.languages), value)
                if (short and fits(known.key, value))
                else None
            )
    return None


def asked_for(question: str, answer: str, fits: Fits) -> Pair | None:
    """`Which type of deployment is it?`, answered by `code`: the longest label in the question that the value fits."""
    value = stripped(answer)
    tokens = tokenize(question) if question and len(question) <= LONGEST else ()
    for count in range(min(6, len(tokens)), 0, -1):
        for first in range(len(tokens) - count + 1):
            known = exact(question[tokens[first].start : tokens[first + count - 1].end])
            if known and fits(known.key, value.strip(" .")):
                return Pair(question, Matched(known.key, 0.9, known.languages), value)
    return None


def _without_copula(text: str) -> str:
    scan = lexicon().scan(text)
    first = next((hit for hit in scan.of("copula") if hit.first == 0), None)
    return text[scan.tokens[first.last].end :].strip() if first else text


def heading(line: str, *, dated: bool = False) -> Heading | None:
    """A line of nothing but an environment or product and words like `deployment`, `instructions`.

    Before a date (`TEST: Monday 14 December`) the code of any environment is one.
    """
    text = stripped(line).strip(" :-–—=#_[]()")
    scan = lexicon().scan(text) if len(text) <= LONGEST else None
    if scan is None or not scan.tokens:
        return None
    said = {
        index
        for group in ("environments.", "products.", "prose_types.", "types.", "block")
        for hit in scan.of(group)
        for index in range(hit.first, hit.last + 1)
    }
    others = [token.word for index, token in enumerate(scan.tokens) if index not in said and not token.word.isdigit()]
    if not lexicon().lists["heading_word"].issuperset(others):
        return None
    code = dated and text.isupper()
    named = tuple(env for env in values.environments(text) if code or env in (INT, UAT, PRD))
    kinds = values.products(text)
    if len(named) > 1 or len(kinds) > 1 or not (named or kinds):
        return None
    return Heading(named[0] if named else None, kinds[0] if kinds else None)
