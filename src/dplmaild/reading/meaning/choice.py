"""Which offered slot a reply takes: `2`, `option 2`, `ok for the second`, `not 2 but 3`, or one of the dates."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dplmaild.deployment.said import Choice
from dplmaild.deployment.terms import MomentStatus, WrittenMoment
from dplmaild.reading.dates import named_in
from dplmaild.reading.fields import Clock, Sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.meaning.day_numbers import (
    dates_told,
    days_told,
    is_another_day,
    slots_dated,
    slots_on,
)
from dplmaild.reading.meaning.hints import Expecting
from dplmaild.reading.meaning.slot_numbers import (
    SHORT,
    both_of,
    clauses,
    numbers_in,
    says_nothing_else,
    says_otherwise,
)

_HOUR = re.compile(r"\b\d{1,2}(?:[:.]\d{2})?\s?(?:uhr|h|o'?clock|am|pm|hrs?|horas?|hores?)?\b", re.IGNORECASE)
_CLOCKED = re.compile(r"\b\d{1,2}(?:[:.]\d{2}\b|\s?(?:uhr|h|o'?clock|am|pm)\b)", re.IGNORECASE)  # not `las tres`
_FROM_ON = frozenset({"from", "ab", "partir", "before", "until", "till", "bis", "hasta", "fins", "vor"})
_HOURS_OF = (range(5, 12), range(11, 15), range(12, 24), (*range(18, 24), *range(6)), range(6))  # by part of a day
_OTHER_WISHES = ("reschedule", "withdraw", "keep_date")


class Chosen(NamedTuple):
    """The choice, or why it is none: several numbers or dates that exclude each other."""

    choice: Choice | None
    several: tuple[str, ...] = ()


def chosen(sentences: Sequence[Sentence], clock: Clock, *, expecting: Expecting) -> Chosen | None:
    """What the new words choose; None when they choose nothing."""
    if expecting.verdict and not expecting.offered:
        return None  # nothing is offered while the tests are awaited
    said = [found for sentence in sentences for found in numbers_in(sentence, clock)]
    plain = [found for found in said if found.plain] or said  # "option 2 works, we have 3 testers"
    numbers = list(dict.fromkeys(found.number for found in plain))
    if len(numbers) == 1 and any(found.day for found in plain) and is_another_day(numbers[0], expecting.starts, clock):
        return Chosen(None, (str(numbers[0]),))
    if len(numbers) == 1 and (both := both_of(numbers[0], sentences)):
        return Chosen(None, tuple(str(number) for number in both))
    if len(numbers) == 1:
        return _unless_at_another_time(Chosen(Choice(number=numbers[0])), sentences, clock, expecting)
    if numbers:
        return Chosen(None, tuple(str(number) for number in numbers))
    by_date = (
        _by_date(sentences, clock, expecting)
        or _by_day_number(sentences, clock, expecting)
        or _by_bare_date(sentences, clock, expecting)
    )
    return _unless_at_another_time(by_date, sentences, clock, expecting) if by_date else None


def _by_date(sentences: Sequence[Sentence], clock: Clock, expecting: Expecting) -> Chosen | None:
    """An accepting sentence with one date; a bare date only where slots were offered."""
    for sentence in sentences:
        bare = expecting.offered > 0 and (len(sentence.scan.tokens) <= SHORT or sentence.scan.has("assent"))
        dates = [(start, end) for start, end, _ in spans(sentence, clock)]
        bare = bare and (
            sentence.scan.has("assent") or says_nothing_else(0, len(sentence.text), sentence, dates)
        )  # not `see you on Monday`
        accepts = sentence.scan.has("accept") or bare
        if says_otherwise(sentence) or not accepts or sentence.scan.has(*_OTHER_WISHES):
            continue
        said = [(s, e, m) for s, e, m in spans(sentence, clock) if not _refused(s, e, sentence)]
        if len(said) == 1 and said[0][2].utc is None and sentence.scan.has("meal"):
            return Chosen(None, (sentence.text,))  # `Tuesday after lunch`
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


def _by_bare_date(sentences: Sequence[Sentence], clock: Clock, expecting: Expecting) -> Chosen | None:
    """`22.12. passt`: a day and its month, which elsewhere may be a version, and here is a slot's."""
    for sentence in sentences:
        told = dates_told(sentence.text)
        if not told or says_otherwise(sentence) or sentence.scan.has("negation", *_OTHER_WISHES):
            continue
        if says_nothing_else(0, len(sentence.text), sentence, told):
            meant = slots_dated(sentence.text, expecting.starts, clock)
            return Chosen(Choice(number=meant[0])) if len(meant) == 1 else None
    return None


def number_of(when: WrittenMoment, expecting: Expecting, clock: Clock) -> int | None:
    """The number of the one start that a written date means."""
    found = _found_among(when, expecting, clock).choice
    return found.number if found else None


def _found_among(when: WrittenMoment, expecting: Expecting, clock: Clock) -> Chosen:
    """The offered slot that a date means; a weekday alone is that weekday among the slots, whenever that is."""
    starts = expecting.starts
    exact = [n for n, start in enumerate(starts, 1) if when.utc == start]
    a_day = [n for n, start in enumerate(starts, 1) if when.utc is None and when.day == start.date()]
    if a_day and _is_other_part(when.text, starts[a_day[0] - 1], clock):
        return Chosen(None, (when.text,))
    if a_day and when.reason == "around" and not any(starts[n - 1] in when.candidates for n in a_day):
        return Chosen(None, (when.text,))
    if when.reason == "unread":  # `Thursday 17`, where no 17th was offered
        return Chosen(None, (when.text,))
    weekday = _weekday_of(when, clock)
    if exact or a_day or weekday is None:
        meant = exact or a_day
        return Chosen(Choice(number=meant[0] if len(meant) == 1 else None, when=when))
    found = _on_weekday(when, weekday, expecting, clock)
    named = found.choice is not None and (found.choice.number is not None or when.day is not None)
    return found if named else Chosen(None, (when.text,))


def _is_other_part(text: str, start: datetime, clock: Clock) -> bool:
    """`Tuesday afternoon` is not the slot at ten on that Tuesday."""
    hour = _minutes(start, clock) // 60
    parts = named_in(text, said_on=clock.said_on, zone=clock.zone).parts
    return bool(parts) and not any(hour in _HOURS_OF[part] for part in parts)


def _at_other_times(sentence: Sentence, start: datetime, clock: Clock) -> bool:
    """`Slot 2, 14:00`: times of day, and not the slot's; where a `but` stands between it is looked at more closely."""
    if not _CLOCKED.search(sentence.text):
        return False
    minutes = named_in(sentence.text, said_on=clock.said_on, zone=clock.zone).minutes
    return bool(minutes) and _minutes(start, clock) not in minutes and not sentence.scan.has("contrast", "only_then")


def _weekday_of(when: WrittenMoment, clock: Clock) -> int | None:
    """The weekday, also where the day is open: `Tuesday` said on a Tuesday is today or in a week."""
    days = [when.day] if when.day else [moment.astimezone(ZoneInfo(clock.zone)) for moment in when.candidates]
    weekdays = {day.weekday() for day in days}
    return weekdays.pop() if len(weekdays) == 1 else None


def _on_weekday(when: WrittenMoment, weekday: int, expecting: Expecting, clock: Clock) -> Chosen:
    """`Tuesday at 14:00`: the slot of that weekday, but not where another hour is named with it."""
    named = named_in(when.text, said_on=clock.said_on, zone=clock.zone)
    meant = [n for n, start in enumerate(expecting.starts, 1) if start.weekday() == weekday]
    if not named.only_weekday or not meant:
        return Chosen(Choice(when=when))
    other_part = all(_is_other_part(when.text, expecting.starts[n - 1], clock) for n in meant)
    if other_part or set(named.minutes) - {_minutes(expecting.starts[n - 1], clock) for n in meant}:
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
    start = expecting.starts[number - 1]
    telling = [s for s in sentences if numbers_in(s, clock)]
    if other := [s.text for s in telling if _is_other_part(s.text, start, clock) or _at_other_times(s, start, clock)]:
        return Chosen(None, tuple(other[:1]))  # `2 works in the afternoon`
    doubts = [s for s in sentences if s.scan.has("contrast", "only_then")]
    named = {m for s in doubts for m in named_in(s.text, said_on=clock.said_on, zone=clock.zone).minutes}
    others = named - {_minutes(start, clock)}
    one = others.pop() if len(others) == 1 and all(_only_another_time(s) for s in doubts) else None
    when = _at(start, one, doubts[0].text, clock) if one is not None else None
    if when is not None:
        return Chosen(Choice(when=when))
    return Chosen(None, tuple(s.text for s in doubts[:1])) if others or one is not None else found


def _only_another_time(sentence: Sentence) -> bool:
    """`2 please, but at 11:00`: the slot's day at another hour, and not a word of anything else, like `only from`."""
    hours = [match.span() for match in _HOUR.finditer(sentence.text)]
    words = {token.word for token in sentence.scan.tokens}
    return words.isdisjoint(_FROM_ON) and says_nothing_else(0, len(sentence.text), sentence, hours)


def _at(start: datetime, minutes: int, text: str, clock: Clock) -> WrittenMoment | None:
    """A slot's day at another time of day; None where that day has no such time, or has it twice (DST)."""
    zone = ZoneInfo(clock.zone)
    local = datetime.combine(start.astimezone(zone).date(), time(minutes // 60, minutes % 60))
    moment = local.replace(tzinfo=zone)
    utc = moment.astimezone(UTC)
    if utc.astimezone(zone).replace(tzinfo=None) != local or moment.utcoffset() != moment.replace(fold=1).utcoffset():
        return None
    return WrittenMoment(text, MomentStatus.EXACT, local, None, clock.zone, utc, day=local.date())


def _refused(start: int, end: int, sentence: Sentence) -> bool:
    """Whether the clause around a date says no to it, or good-bye: `see you on Monday`."""
    clause = next(((a, b) for a, b in clauses(sentence) if a <= start < b), (start, end))
    if any(clause[0] <= sentence.scan.span(hit)[0] < start for hit in sentence.scan.of("thanks")):
        return True
    hits = (hit for hit in sentence.scan.of("negation") if hit.group == "negation")
    return any(clause[0] <= sentence.scan.span(hit)[0] < max(clause[1], end) for hit in hits)
