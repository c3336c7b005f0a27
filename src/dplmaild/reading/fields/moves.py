"""A change of date in one sentence: `from Tue 1 Dec to Wed 9 Dec, same time (10:00)` names the old day and the new."""

from collections.abc import Iterator

from dplmaild.deployment.terms import MomentStatus, WrittenMoment
from dplmaild.reading.fields.moments import Clock
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.lexicon import lexicon

Span = tuple[int, int, WrittenMoment]
_BEFORE = 2  # words: `from Tuesday`, `vom kommenden`


def spans(sentence: Sentence, clock: Clock) -> tuple[Span, ...]:
    """Every moment of a sentence with where it stands."""
    return clock.moments_in(sentence.text)


def arrivals(sentence: Sentence, clock: Clock) -> tuple[Span, ...]:
    """The moments of a sentence; where it moves something from one day to another, without the old one."""
    found = spans(sentence, clock)
    if not sentence.scan.has("reschedule"):
        return found
    kept = tuple(_split(span, sentence, clock) for span in found if not _left_behind(span, found, sentence))
    return tuple(_at_the_same_time(span, sentence, clock) for span in kept)


def moves_to(sentence: Sentence, start: int) -> bool:
    """Whether a change of date leads to a place: `postpone it until Thursday` names the new day."""
    hits = (hit for hit in sentence.scan.of("reschedule") if hit.group == "reschedule")
    before = any(sentence.scan.span(hit)[0] < start for hit in hits)
    return before and _stands_before(start, "arrives", sentence)


def _left_behind(span: Span, found: tuple[Span, ...], sentence: Sentence) -> bool:
    """A day behind `from`, with another day behind `to` later on."""
    later = [other for other in found if other[0] > span[0]]
    return _stands_before(span[0], "leaves", sentence) and any(
        _stands_before(other[0], "arrives", sentence) for other in later
    )


def _split(span: Span, sentence: Sentence, clock: Clock) -> Span:
    """`1 al 10 de diciembre` behind `del`: what looks like a stretch is the old day and the new one."""
    start, end, _ = span
    if not _stands_before(start, "leaves", sentence):
        return _alone(span, clock) if moves_to(sentence, start) else span
    tokens = [token for token in sentence.scan.tokens if start < token.start < end]
    towards = next((token for token in tokens if token.word in lexicon().lists["arrives"]), None)
    behind = clock.moments_in(sentence.text[towards.end : end]) if towards else ()
    if towards is None or len(behind) != 1:
        return span
    first, until, moment = behind[0]
    return towards.end + first, towards.end + until, moment


def _alone(span: Span, clock: Clock) -> Span:
    """`Until 10 December at 10:00`, where the `until` bounds nothing: the moment as if it stood alone."""
    start, end, moment = span
    read = clock.read(moment.text) if moment.status is MomentStatus.RANGE else None
    return (start, end, read) if read and read.status is MomentStatus.EXACT else span


def _at_the_same_time(span: Span, sentence: Sentence, clock: Clock) -> Span:
    """`Wed 9 Dec, same time (10:00)`: a time that is told with it."""
    start, end, moment = span
    said = [sentence.scan.span(hit) for hit in sentence.scan.of("same_time")]
    if moment.status is MomentStatus.EXACT or not said:
        return span
    day = sentence.text[start:end] + sentence.text[end : end + 1].strip(" ,;")  # the full stop of `9.12.`
    read = clock.read(f"{day} {sentence.text[said[0][1] :]}")
    return (start, end, read) if read and read.status is MomentStatus.EXACT and read.day == moment.day else span


def _stands_before(start: int, name: str, sentence: Sentence) -> bool:
    """Whether a word of a list is among the last before a place."""
    return any(word in lexicon().lists[name] for word in _words_before(start, sentence))


def _words_before(start: int, sentence: Sentence) -> Iterator[str]:
    words = [token.word for token in sentence.scan.tokens if token.end <= start]
    yield from reversed(words[-_BEFORE:])
