"""Lengths of time, which are no time of day: 2 hours, 30 min, for 2h."""

from dplmaild.reading.dates.atoms import DAY_LIKE, Clock, ClockStretch, Sign, What
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.scan import Found, digits
from dplmaild.reading.dates.tokens import Shape
from dplmaild.reading.dates.vocabulary import Word


def duration(line: Line, at: int, _setting: Setting, before: What | None) -> Found:
    """`2 hours`, `30 min`, `for 2h`: a length is no time of day."""
    behind = line.skip(at + 1, ":", Word.GLUE, most=2) if line.sense(at, Word.LASTING) else at
    lasting = behind > at
    count = digits(line, behind, 3)
    if line[behind].shape is Shape.PAIR:
        count = line[behind].numbers[0]
    unit = line.sense(behind + 1, Word.HOURS, Word.MINUTES)
    if not lasting and line.sense(behind + 1, Word.MINUTES) and line.sense(behind + 2, Word.MINUTES_PAST):
        return None  # `20 minutes to 2pm`
    if not lasting and line.sense(behind + 1, Word.MINUTES) and line.sense(behind + 2, Word.PAST):
        return (Sign.LEFTOVER,), behind + 2  # `20 minutos pasados de las 8`
    if lasting and line[behind].shape is Shape.CLOCK:
        return (), behind + 2 if line.sense(behind + 1, Word.HOURS) else behind + 1
    if count is None or unit is None:
        return None
    hour_too = line.sense(behind + 1, Word.HOUR) is not None
    timed = isinstance(before, Clock | ClockStretch)
    late_hour = hour_too and isinstance(before, DAY_LIKE) and count > 5
    if lasting or timed or not hour_too or not (late_hour or len(line[behind + 1].text) < 3):
        return (), behind + 2
    return None


def spoken_hours(line: Line, at: int, _setting: Setting, _before: What | None) -> Found:
    """`una hora antes`; one o'clock is `la una`."""
    spoken = line.sense(at, Word.NUMBER) is not None and line.sense(at + 1, Word.HOURS) is not None
    return ((), at + 2) if spoken and not line.sense(at - 1, Word.AT) else None
