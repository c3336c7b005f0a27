"""Which offered slot a reply takes: `2`, `option 2`, `ok for the second`, `not 2 but 3`, or one of the dates."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dplmaild.deployment.said import Choice
from dplmaild.deployment.terms import WrittenMoment
from dplmaild.reading.dates import named_in
from dplmaild.reading.dates.glance import may_name_a_day
from dplmaild.reading.fields import Clock, Sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.lexicon import Hit
from dplmaild.reading.meaning.day_numbers import days_told, is_another_day, slots_on
from dplmaild.reading.meaning.hints import Expecting
from dplmaild.reading.meaning.intents import begins_with_if

_ALONE = re.compile(r"^\W{0,4}([1-9])\W{0,4}$")
# A number named as an option; `nr. 2`, `#2`, `slot 2`.
_NAMED = re.compile(
    r"(?:\b(?:option|opt|slot|number|numero|número|nummer|num|nr|no|proposal|vorschlag|vorschlags|variante|termin|alternative|alternativa"
    r"|opción|opcion|opció|opcio|propuesta|proposta|fecha|data|choice|hueco)\b[\s.:#°º]{0,4}|#\s?)([1-9])(?!\d|[.:]\d)",
    re.IGNORECASE,
)
_LONE_DIGIT = re.compile(r"(?<![\w.:,/+-])([1-9])(?=[\s,;!?)]|\.(?!\d)|$)")
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
_BESIDE = _AGREES | {"beside_a_choice", "want", "please", "polite", "thanks", "copula", "contrast", "instead"}
_SHORT = 8  # words of an answer that is nothing but a choice


class Chosen(NamedTuple):
    """The choice, or why it is none: several numbers or dates that exclude each other."""

    choice: Choice | None
    several: tuple[str, ...] = ()


def chosen(sentences: Sequence[Sentence], clock: Clock, *, expecting: Expecting) -> Chosen | None:
    """What the new words choose; None when they choose nothing."""
    if expecting.verdict and not expecting.offered:
        return None  # nothing is offered while the tests are awaited
    said = [found for sentence in sentences for found in _numbers(sentence, clock)]
    plain = [found for found in said if found.plain] or said  # "option 2 works, we have 3 testers"
    numbers = list(dict.fromkeys(found.number for found in plain))
    if len(numbers) == 1 and any(found.day for found in plain) and is_another_day(numbers[0], expecting.starts, clock):
        return Chosen(None, (str(numbers[0]),))
    if len(numbers) == 1:
        return _unless_at_another_time(Chosen(Choice(number=numbers[0])), sentences, clock, expecting)
    if numbers:
        return Chosen(None, tuple(str(number) for number in numbers))
    by_date = _by_date(sentences, clock, expecting) or _by_day_number(sentences, clock, expecting)
    return _unless_at_another_time(by_date, sentences, clock, expecting) if by_date else None


class _Number(NamedTuple):
    """A slot's number; `plain` where it is called an option or stands alone, `day` where it is written like a date."""

    at: int
    number: int
    plain: bool
    day: bool = False


def _numbers(sentence: Sentence, clock: Clock) -> list[_Number]:
    alone = _ALONE.match(sentence.text)
    if alone:
        return [_Number(0, int(alone[1]), plain=True)]
    if says_otherwise(sentence):
        return []
    dates = [(start, end) for start, end, _ in spans(sentence, clock) if end - start > 2]
    return [
        found
        for clause in _clauses(sentence)
        for found in _clause_numbers(clause, sentence)
        if not any(start <= found.at < end for start, end in dates)
    ]


def says_otherwise(sentence: Sentence) -> bool:
    """Whether it asks, supposes, promises, or tells of what was: `slot 1 was better last time` takes nothing."""
    scan = sentence.scan
    asks = sentence.question and not scan.has("polite")
    idle = sentence.idle or begins_with_if(sentence)
    return idle or asks or scan.has("vague", "promise") or any(t.word in _PAST for t in scan.tokens)


def _clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """Stretches of the sentence between commas and words like `but`, as character offsets."""
    cuts = [match.span() for match in _CLAUSE.finditer(sentence.text)]
    cuts += [sentence.scan.span(hit) for hit in sentence.scan.of("contrast") if hit.group == "contrast"]
    edges = [0, *(edge for cut in sorted(cuts) for edge in cut), len(sentence.text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _clause_numbers(clause: tuple[int, int], sentence: Sentence) -> list[_Number]:
    """The slots a clause names, each with where it stands; none where the clause says no."""
    start, end = clause
    scan = sentence.scan
    inside = [hit for hits in scan.hits.values() for hit in hits if start <= scan.span(hit)[0] < end]
    if any(hit.group == "negation" and not _abbreviates(hit, sentence) for hit in inside):
        return []
    short, accepts = len(scan.tokens) <= _SHORT, scan.has("accept", "assent")
    wants_else = any(hit.group in _ELSE for hit in inside)
    if not any(hit.group in _AGREES for hit in inside) and not _says_nothing_else(start, end, sentence):
        return []
    named = [_Number(start + m.start(1), int(m[1]), plain=True) for m in _NAMED.finditer(sentence.text[start:end])]
    if not named and (accepts or short) and not wants_else:
        named = _in_words(inside, "ordinals.", sentence)
        named = named or _digits(clause, sentence) or (_in_words(inside, "numbers.", sentence) if short else [])
    return [found for found in named if not _replaced(found.at, sentence)]


def _says_nothing_else(start: int, end: int, sentence: Sentence, dates: Sequence[tuple[int, int]] = ()) -> bool:
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
    return all(
        index in known
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


def _in_words(inside: Sequence[Hit], prefix: str, sentence: Sentence) -> list[_Number]:
    """`the second one`, `drei`; the English `one` alone may be anything."""
    hits = [hit for hit in inside if hit.group.startswith(prefix) and sentence.scan.words(hit).lower() != "one"]
    return [
        _Number(
            sentence.scan.span(hit)[0],
            int(hit.group.removeprefix(prefix)),
            plain=False,
            day=any(c.isdigit() for c in sentence.scan.words(hit)),
        )
        for hit in hits
    ]


def _digits(clause: tuple[int, int], sentence: Sentence) -> list[_Number]:
    start, text = clause[0], sentence.text[clause[0] : clause[1]]
    lone = [
        m
        for m in _LONE_DIGIT.finditer(text)
        if not _unit_follows(text[m.end() :]) and not _counts(start + m.end(), clause[1], sentence)
    ]
    return [
        _Number(start + m.start(1), int(m[1]), plain=False, day=_ORDINAL.match(text[m.end() :]) is not None)
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


def _by_date(sentences: Sequence[Sentence], clock: Clock, expecting: Expecting) -> Chosen | None:
    """An accepting sentence with one date; a bare date only where slots were offered."""
    for sentence in sentences:
        bare = expecting.offered > 0 and (len(sentence.scan.tokens) <= _SHORT or sentence.scan.has("assent"))
        dates = [(start, end) for start, end, _ in spans(sentence, clock)]
        bare = bare and (
            sentence.scan.has("assent") or _says_nothing_else(0, len(sentence.text), sentence, dates)
        )  # not `see you on Monday`
        accepts = sentence.scan.has("accept") or bare
        if says_otherwise(sentence) or not accepts or sentence.scan.has("reschedule", "withdraw"):
            continue
        said = [(s, e, m) for s, e, m in spans(sentence, clock) if not _refused(s, e, sentence)]
        if len(said) == 1 and said[0][2].reason != "several":
            return _found_among(said[0][2], expecting, clock)
        if said:
            return Chosen(None, tuple(sentence.text[s:e] for s, e, _ in said))
    return None


def _by_day_number(sentences: Sequence[Sentence], clock: Clock, expecting: Expecting) -> Chosen | None:
    """`The 13th is fine with everybody here`: the one slot on that day of its month."""
    for sentence in sentences:
        told = days_told(sentence.text)
        if not told or says_otherwise(sentence) or not sentence.scan.has("accept", "assent"):
            continue
        if sentence.scan.has("negation", "reschedule", "withdraw") or len(told) > 1:
            return None
        meant = slots_on(told[0], expecting.starts, clock)
        return Chosen(Choice(number=meant[0])) if len(meant) == 1 else None
    return None


def _found_among(when: WrittenMoment, expecting: Expecting, clock: Clock) -> Chosen:
    """The offered slot that a date means; a weekday alone is that weekday among the slots, whenever that is."""
    starts = expecting.starts
    exact = [n for n, start in enumerate(starts, 1) if when.utc == start]
    a_day = [n for n, start in enumerate(starts, 1) if when.utc is None and when.day == start.date()]
    if exact or a_day or not when.day:
        meant = exact or a_day
        return Chosen(Choice(number=meant[0] if len(meant) == 1 else None, when=when))
    return _on_weekday(when, when.day.weekday(), expecting, clock)


def _on_weekday(when: WrittenMoment, weekday: int, expecting: Expecting, clock: Clock) -> Chosen:
    """`Tuesday at 14:00`: the slot of that weekday, but not where another hour is named with it."""
    named = named_in(when.text, said_on=clock.said_on, zone=clock.zone)
    meant = [n for n, start in enumerate(expecting.starts, 1) if start.weekday() == weekday]
    if not named.only_weekday or not meant:
        return Chosen(Choice(when=when))
    if set(named.minutes) - {_minutes(expecting.starts[n - 1], clock) for n in meant}:
        return Chosen(None, (when.text,))
    return Chosen(Choice(number=meant[0] if len(meant) == 1 else None, when=when))


def _minutes(start: datetime, clock: Clock) -> int:
    local = start.astimezone(ZoneInfo(clock.zone))
    return local.hour * 60 + local.minute


def _unless_at_another_time(
    found: Chosen, sentences: Sequence[Sentence], clock: Clock, expecting: Expecting
) -> Chosen | None:
    """`2 works, but only from 14:00` takes no slot of 10:00."""
    number = found.choice.number if found.choice else None
    if not number or number > len(expecting.starts):
        return found
    own = _minutes(expecting.starts[number - 1], clock)
    doubts = [s.text for s in sentences if s.scan.has("contrast", "only_then")]
    named = {m for text in doubts for m in named_in(text, said_on=clock.said_on, zone=clock.zone).minutes}
    return Chosen(None, tuple(doubts[:1])) if named - {own} else found


def _refused(start: int, end: int, sentence: Sentence) -> bool:
    """Whether the clause around a date says no to it, or good-bye: `see you on Monday`."""
    clause = next(((a, b) for a, b in _clauses(sentence) if a <= start < b), (start, end))
    if any(clause[0] <= sentence.scan.span(hit)[0] < start for hit in sentence.scan.of("thanks")):
        return True
    hits = (hit for hit in sentence.scan.of("negation") if hit.group == "negation")
    return any(clause[0] <= sentence.scan.span(hit)[0] < max(clause[1], end) for hit in hits)
