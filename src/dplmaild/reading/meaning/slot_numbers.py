"""Numbers that name an offered slot: `2`, `option 2`, `ok for the second`, and what a number says instead."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dplmaild.reading.dates.glance import may_name_a_day
from dplmaild.reading.fields import Clock, Sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.lexicon import Hit, lexicon
from dplmaild.reading.meaning.intents import begins_with_if

_ALONE = re.compile(r"^\W{0,4}([1-9])\W{0,4}$")
# A number named as an option; `nr. 2`, `#2`, `slot 2`.
_NAMED = re.compile(
    r"(?:\b(?:option|opt|slot|number|numero|número|nummer|num|nr|no|proposal|vorschlag|vorschlags|variante|termin|alternative|alternativa"
    r"|opción|opcion|opció|opcio|propuesta|proposta|fecha|data|choice|hueco)\b[\s.:#°º]{0,4}|#\s?)([1-9])(?!\d|[.:]\d)",
    re.IGNORECASE,
)
_LONE_DIGIT = re.compile(r"(?<![\w.:,/+-])([1-9])(?=[\s,;!?)]|\.(?!\d)|$)")
_PAIR = re.compile(
    r"(?<![\w.:,/+-])([1-9])\s{0,2}(?:or|oder|o|u|and|und|y|i|&|/|\+)\s{0,2}(?:(?:the|la|el|option|slot|termin|nr\.?|no\.?)\s)?"
    r"([1-9])(?![\w:]|[.,]\d)",
    re.IGNORECASE,
)
_RANKED = re.compile(r"(?<![\w.:,/+-])([1-9])\s{0,2}[<>»]\s{0,2}(?=([1-9])(?![\w:]|[.,]\d))")
_DIGITS_BEFORE, _DIGITS_BEHIND = (
    re.compile(r"\d[\s()/.-]{1,2}$"),
    re.compile(r"[\s()/-]{1,2}\d"),
)  # of a telephone number
_ORDINAL = re.compile(r"[.º°]\s?\w")  # behind a digit: `der 2. passt`
_CLAUSE = re.compile(r"[,;:–—]|\s-\s")
_AFTER_NUMBER = frozenset(
    {"uhr", "h", "pm", "am", "hours", "stunden", "horas", "minutes", "minuten", "december", "dezember"}
)
_PAST = frozenset({"was", "were", "war", "waren", "era", "fue", "whether", "ob"})
_GOES_ON = frozenset(
    {
        "it",
        "then",
        "dann",
        "entonces",
        "doncs",
        "for",
        "fur",
        "para",
        "per",
        "and",
        "und",
        "y",
        "i",
        "is",
        "uns",
        "or",
        "oder",
        "o",
    }
)
_ELSE = frozenset({"reschedule", "withdraw", "problem", "delay", "ask"})  # a digit beside these is no slot
_AGREES = frozenset({"accept", "assent"})
_BESIDE = _AGREES | {
    "want", "please", "polite", "thanks", "copula", "contrast", "instead", "only_then",
}  # fmt: skip
# `all three`, `any of the 3`, `the first two`: as many as that, and not the one of that number.
# fmt: off
_SO_MANY = frozenset({
    "all", "any", "either", "both", "first", "last", "alle", "allen", "beide", "beiden", "ersten", "letzten",
    "todas", "todos", "las", "los", "totes", "tots", "els", "les",
})
# fmt: on
_AT = frozenset({"at", "um", "gegen", "ab", "las", "les"})  # before a digit that is an hour
_BETWEEN = frozenset({"of", "the", "these", "von", "den", "de", "die"})
SHORT = 8  # words of an answer that is nothing but a choice


class Number(NamedTuple):
    """A slot's number; `plain` where it is called an option or stands alone, `day` where it is written like a date."""

    at: int
    number: int
    plain: bool
    day: bool = False


def numbers_in(sentence: Sentence, clock: Clock) -> list[Number]:
    """The slots a sentence names by their numbers; none where it asks, supposes or says no."""
    alone = _ALONE.match(sentence.text)
    if alone:
        return [Number(0, int(alone[1]), plain=True)]
    if says_otherwise(sentence):
        return []
    dates = [(start, end) for start, end, _ in spans(sentence, clock) if end - start > 2]
    return [
        found
        for clause in clauses(sentence)
        for found in _clause_numbers(clause, sentence)
        if not any(start <= found.at < end for start, end in dates)
    ]


def both_of(number: int, sentences: Sequence[Sentence]) -> tuple[int, int] | None:
    """The two slots that are named together with this one: `1 or 2 both fine`, `1 > 2 > 3` say not which."""
    pairs = (m for s in sentences for kind in (_PAIR, _RANKED) for m in kind.finditer(s.text))
    named = ((int(match[1]), int(match[2])) for match in pairs)
    return next((pair for pair in named if number in pair and pair[0] != pair[1]), None)


def names_a_slot(sentence: Sentence, clock: Clock) -> bool:
    """Whether a number of a slot stands in a sentence, whatever it says of it: `please cancel 2 and 3`."""
    whole = (0, len(sentence.text))
    dates = [(start, end) for start, end, _ in spans(sentence, clock)]
    at = [*(found.at for found in _digits(whole, sentence)), *(m.start(1) for m in _NAMED.finditer(sentence.text))]
    at += [found.at for found in _in_words(sentence.scan.of("ordinals."), "ordinals.", sentence)]
    return any(not any(start <= place < end for start, end in dates) for place in at)


def says_otherwise(sentence: Sentence) -> bool:
    """Whether it asks, supposes, promises, or tells of what was: `slot 1 was better last time` takes nothing."""
    scan = sentence.scan
    asks = sentence.question and not scan.has("polite")
    idle = sentence.idle or begins_with_if(sentence)
    return idle or asks or scan.has("vague", "promise") or any(t.word in _PAST for t in scan.tokens)


def clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """Stretches of the sentence between commas and words like `but`, as character offsets."""
    cuts = [match.span() for match in _CLAUSE.finditer(sentence.text)]
    cuts += [sentence.scan.span(hit) for hit in sentence.scan.of("contrast") if hit.group == "contrast"]
    edges = [0, *(edge for cut in sorted(cuts) for edge in cut), len(sentence.text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _clause_numbers(clause: tuple[int, int], sentence: Sentence) -> list[Number]:
    """The slots a clause names, each with where it stands; none where the clause says no."""
    start, end = clause
    scan = sentence.scan
    inside = [hit for hits in scan.hits.values() for hit in hits if start <= scan.span(hit)[0] < end]
    if any(hit.group == "negation" and not _abbreviates(hit, sentence) for hit in inside):
        return []
    short, accepts = len(scan.tokens) <= SHORT, scan.has("accept", "assent")
    wants_else = any(hit.group in _ELSE for hit in inside)
    if not any(hit.group in _AGREES for hit in inside) and not says_nothing_else(start, end, sentence):
        return []
    named = [Number(start + m.start(1), int(m[1]), plain=True) for m in _NAMED.finditer(sentence.text[start:end])]
    if not named and (accepts or short) and not wants_else:
        named = _in_words(inside, "ordinals.", sentence)
        named = named or _digits(clause, sentence) or (_in_words(inside, "numbers.", sentence) if short else [])
    return [found for found in named if not _replaced(found.at, sentence) and not _so_many(found, clause, sentence)]


def _so_many(found: Number, clause: tuple[int, int], sentence: Sentence) -> bool:
    """Whether a number counts the slots instead of naming one."""
    if found.plain:
        return False
    tokens = sentence.scan.tokens
    at = next((i for i, token in enumerate(tokens) if token.end > found.at), 0)
    if any(
        hit.first == at for group, hits in sentence.scan.hits.items() if group.startswith("ordinals.") for hit in hits
    ):
        return _counts_on(at, sentence)
    before = [token.word for token in tokens[max(0, at - 3) : at] if clause[0] <= token.start]
    said = [word for word in before if word not in _BETWEEN]
    return bool(said) and said[-1] in _SO_MANY | _AT


def _counts_on(at: int, sentence: Sentence) -> bool:
    """`The first two`, `die ersten beiden`: the ordinal says whence, the word behind it how many."""
    tokens, hits = sentence.scan.tokens, sentence.scan.hits
    numbers = {hit.first for group, found in hits.items() if group.startswith("numbers.") for hit in found
               if group != "numbers.1"}  # fmt: skip
    return at + 1 in numbers or (at + 1 < len(tokens) and tokens[at + 1].word in _SO_MANY)


def says_nothing_else(start: int, end: int, sentence: Sentence, dates: Sequence[tuple[int, int]] = ()) -> bool:
    """Whether every word of a stretch belongs to a choice: `your ticket number 2 has been created` takes no slot."""
    scan = sentence.scan
    known = {
        index
        for group, hits in scan.hits.items()
        if group in _BESIDE or group.startswith(("ordinals.", "numbers."))
        for hit in hits
        for index in range(hit.first, hit.last + 1)
    }
    words = ((i, token) for i, token in enumerate(scan.tokens) if start <= token.start < end)
    small = lexicon().lists["beside_a_choice"]
    return all(
        index in known
        or token.word in small
        or token.word.isdigit()
        or any(a <= token.start < b for a, b in dates)
        or (bool(dates) and may_name_a_day(token.word))
        for index, token in words
    )


def _abbreviates(hit: Hit, sentence: Sentence) -> bool:
    """`Slot no. 1`: the `no` is a number's."""
    start, end = sentence.scan.span(hit)
    return (
        sentence.text[start:end].lower() == "no" and _LONE_DIGIT.match(sentence.text[end:].lstrip(" .°"), 0) is not None
    )


def _in_words(inside: Sequence[Hit], prefix: str, sentence: Sentence) -> list[Number]:
    """`the second one`, `drei`; the English `one` alone may be anything."""
    hits = [hit for hit in inside if hit.group.startswith(prefix) and sentence.scan.words(hit).lower() != "one"]
    return [
        Number(
            sentence.scan.span(hit)[0],
            int(hit.group.removeprefix(prefix)),
            plain=False,
            day=any(c.isdigit() for c in sentence.scan.words(hit)),
        )
        for hit in hits
    ]


def _digits(clause: tuple[int, int], sentence: Sentence) -> list[Number]:
    start, text = clause[0], sentence.text[clause[0] : clause[1]]
    lone = [
        m
        for m in _LONE_DIGIT.finditer(text)
        if not _unit_follows(text[m.end() :])
        and not (_DIGITS_BEFORE.search(text[: m.start()]) or _DIGITS_BEHIND.match(text[m.end() :]))
        and not _counts(start + m.end(), clause[1], sentence)
    ]
    return [
        Number(start + m.start(1), int(m[1]), plain=False, day=_ORDINAL.match(text[m.end() :]) is not None)
        for m in lone
    ]


def _counts(at: int, end: int, sentence: Sentence) -> bool:
    """Whether a number counts what stands behind it: `2 people are ill`, but not `2 works`."""
    scan = sentence.scan
    behind = next((i for i, token in enumerate(scan.tokens) if at <= token.start < end), None)
    if behind is None or scan.tokens[behind].word in _GOES_ON:
        return False
    known = (
        h for g in ("accept", "assent", "want", "thanks", "copula", "contrast", "instead") for h in scan.hits.get(g, ())
    )
    return not any(hit.first <= behind <= hit.last for hit in known)


def _unit_follows(text: str) -> bool:
    after = text.split()
    return bool(after) and (after[0].strip(".,").casefold() in _AFTER_NUMBER or after[0][:1].isdigit())


def _replaced(offset: int, sentence: Sentence) -> bool:
    scan = sentence.scan
    index = next((i for i, token in enumerate(scan.tokens) if token.start >= offset), len(scan.tokens))
    said = [hit for hit in scan.of("instead") if hit.group == "instead" and not _abbreviates(hit, sentence)]
    return any(0 < index - hit.last <= 2 for hit in said)
