"""One line taken apart: `Label: value`, `Label - value`, a ticked label, a label alone, a heading."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dplmaild.deployment.terms import INT, PRD, UAT, Environment, Product
from dplmaild.reading import values
from dplmaild.reading.fields.labels import LONGEST, Matched, exact, match_label
from dplmaild.reading.lexicon import SWITCHES, lexicon, squeeze, tokenize

# A bullet or list number, an optional tick box behind it.
_BULLET = re.compile(
    r"^[\s>]{0,40}(?:(?:[-*•·–—▪◦‣●○■□➢]|o(?=\s{2,}))\s+|[-*•·▪◦‣●○■](?=\w)|\d{1,2}[.)]\s+|[a-h]\)\s+)*"
)
_BOX = re.compile(r"^(?P<box>\[\s?[xX✓✔]?\s?\]|[✓✔☑✅✗✘☒❌☐])\ufe0f?\s*(?P<rest>.{1,100})$")
_BOX_BEHIND = re.compile(r"^(?P<rest>.{1,100}?)\s+(?P<box>\[\s?[xX✓✔]?\s?\]|[✓✔☑✅✗✘☒❌☐])\ufe0f?$")
_COLON = re.compile(r"\s*[:：]\s*")
_OTHER = re.compile(r"\t+|\s+[-–—]\s+|\s*=>?\s*|\s{3,}|\s*\|\s*|\?\s+|\s*→\s*|[–—]\s+|\s+-(?=\w)|-\s+")
_EMPHASIS = re.compile(r"\*{1,3}|__")
_TRIES = 3
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


def stripped(text: str) -> str:
    """A line without bullet, list number and stars."""
    return _EMPHASIS.sub("", _BULLET.sub("", text, count=1)).strip()


def is_bullet(text: str) -> bool:
    """Whether a line starts with a bullet or a list number."""
    match = _BULLET.match(text)
    return bool(match and match[0].strip())


def pair(line: str, fits: Fits) -> Pair | None:
    """The label and value of a line, or None where it is prose. `fits` judges values of labels that need one."""
    text = stripped(line)
    if len(text) > 2000:
        text = text[:2000]
    return _separated(text, fits) or _ticked(text) or _alone(text) or _side_by_side(text, fits)


def _splits(text: str) -> Iterator[tuple[str, str]]:
    for separator in (_COLON, _OTHER):
        for tries, match in enumerate(separator.finditer(text, 0, LONGEST + 10)):
            if tries == _TRIES:
                break
            yield text[: match.start()].strip(), text[match.end() :].strip()


def _separated(text: str, fits: Fits) -> Pair | None:
    for label, value in _splits(text):
        matched = match_label(label)
        if matched:
            return Pair(label, matched, f"{value} {matched.zone}" if matched.zone and value else value)
        for key in lexicon().guarded.get(squeeze(label), ()):
            if value and fits(key, value):
                return Pair(label, Matched(key, 0.9, frozenset()), value)
    return None


def _ticked(text: str) -> Pair | None:
    match = _BOX.match(text) or _BOX_BEHIND.match(text)
    matched = match_label(match["rest"].strip(" :")) if match else None
    if match and matched and matched.key in SWITCHES:
        return Pair(match["rest"], matched, match["box"])
    return None


def _alone(text: str) -> Pair | None:
    label = text.rstrip(" :")
    known = exact(label) if len(label) <= LONGEST else None
    return Pair(label, Matched(known.key, 1.0, known.languages), "") if known else None


def _side_by_side(text: str, fits: Fits) -> Pair | None:
    """`DeployWebTier yes`, `Target version is 11.0.3`: a full label, then a value that fits and nothing more."""
    tokens = tokenize(text)
    if not 2 <= len(tokens) <= 16:
        return None
    for count in range(min(7, len(tokens) - 1), 0, -1):
        known = exact(text[: tokens[count - 1].end])
        if known and (count > 1 or known.key in SWITCHES):
            value = _without_copula(text[tokens[count - 1].end :].strip(" ,"))
            short = len(tokens) - count <= 8
            return (
                Pair(text[: tokens[count - 1].end], Matched(known.key, 0.9, known.languages), value)
                if (short and fits(known.key, value))
                else None
            )
    return None


def _without_copula(text: str) -> str:
    scan = lexicon().scan(text)
    first = next((hit for hit in scan.of("copula") if hit.first == 0), None)
    return text[scan.tokens[first.last].end :].strip() if first else text


def heading(line: str) -> Heading | None:
    """A line of nothing but an environment or product and words like `deployment`, `instructions`."""
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
    if any(word not in _SMALL for word in others):
        return None
    named = tuple(env for env in values.environments(text) if env in (INT, UAT, PRD))
    kinds = values.products(text)
    if len(named) > 1 or len(kinds) > 1 or not (named or kinds):
        return None
    return Heading(named[0] if named else None, kinds[0] if kinds else None)


_SMALL = frozenset({"for", "on", "of", "the", "fur", "auf", "der", "die", "das", "de", "del", "en", "para", "el", "la",
                    "a", "per", "al", "our", "to", "in"})  # fmt: skip
