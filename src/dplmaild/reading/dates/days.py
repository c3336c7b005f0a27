"""Days written as dates: 2026-12-01, 1.12.2026, 12/01, 1st of December, Dec 1, `Tuesday the 1st`."""

from datetime import date

from dplmaild.reading.dates.atoms import Dated, Days, Weekday, What
from dplmaild.reading.dates.calendar import dated, day_of, either_order, next_numbered_day, shifted
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.reasons import Reason
from dplmaild.reading.dates.scan import Found, digits, is_hour, is_year
from dplmaild.reading.dates.tokens import Shape
from dplmaild.reading.dates.vocabulary import Sense, Word

_LIST_MARKS = "-/&"
_INTRODUCING = frozenset(
    {"am", "on", "el", "al", "del", "dia", "vom", "zum", "den", "dem", "bis zum", "between", "zwischen", "entre"}
)
_CARDINALS = ("es", "ca")  # `el veintiuno de diciembre`; in English and German the days are ordinals
_AND = frozenset({"and", "und", "y", "i"})
_LIST_WORDS = (Word.TO, Word.OR, Word.MINUTES_AFTER)  # `y` and `i` carry the last one


def iso_date(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """2026-12-01, 2026/12/01; in a field also 20261201 and 2026.12.01, which in prose are numbers of something."""
    token = line[at]
    if token.shape is Shape.NUMBER and len(token.text) == 8 and not setting.prose:
        year, month_and_day = divmod(token.numbers[0], 10_000)
        return (dated(month_and_day % 100, month_and_day // 100, year, setting.today),), at + 1
    if token.shape is not Shape.ISO or (setting.prose and "." in token.text):
        return None
    return (dated(token.numbers[2], token.numbers[1], token.numbers[0], setting.today),), at + 1


def numeric_date(line: Line, at: int, setting: Setting, before: What | None) -> Found:
    """A date in digits; in prose one without a year needs a weekday, a word like `am` or a time beside it."""
    token = line[at]
    if spaced := _spaced_date(line, at, setting):
        return spaced
    if token.shape not in (Shape.DOTS, Shape.SLASH, Shape.PAIR) or not _means_a_date(line, at, setting, before):
        return None
    first, second, *rest = token.numbers
    year, behind = (rest[0], at + 1) if rest else year_behind(line, at + 1, setting)
    if token.shape is Shape.SLASH:
        return (either_order(first, second, year, setting.today, setting.day_first),), behind
    return (dated(first, second, year, setting.today),), behind


def _spaced_date(line: Line, at: int, setting: Setting) -> Found:
    """01. 12. 2026, with blanks behind the dots."""
    shapes = [line[at + i].shape for i in range(5)]
    dots = line.mark(at + 1, ".") and line.mark(at + 3, ".")
    if not dots or shapes[::2] != [Shape.NUMBER] * 3 or len(line[at + 4].text) != 4:
        return None
    day, month, year = (line[at + i].numbers[0] for i in (0, 2, 4))
    return (dated(day, month, year, setting.today),), at + 5


def days_of_one_month(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """1.-3.12.2026, 1./2.12., 1. oder 2.12.: several days whose month stands with the last."""
    first = _ordinal(line, at) if line[at].shape is Shape.NUMBER else None
    if first is None:
        return None
    joins = line.mark(first[1], "-/&+,") or line.sense(first[1], *_LIST_WORDS) or line[first[1]].text in _AND
    last_at = line.skip(first[1] + 1, "", Word.GLUE, Word.TO, most=2)
    last = line[last_at]
    dotted = last.shape is Shape.DOTS or (last.shape is Shape.PAIR and first[1] > at + 1)
    if not joins or not dotted or is_hour(line, first[1]):
        return None
    year, behind = (last.numbers[2], last_at + 1) if len(last.numbers) > 2 else year_behind(line, last_at + 1, setting)
    return _one_or_many(first[0], last.numbers[0], last.numbers[1], year, setting.today), behind


def _means_a_date(line: Line, at: int, setting: Setting, before: What | None) -> bool:
    """Whether d.m. or d/m is a date here and no version, fraction or time."""
    token = line[at]
    if token.shape is Shape.SLASH and token.numbers == (24, 7):
        return False
    if len(token.numbers) == 3 and (token.shape is Shape.SLASH or token.numbers[2] > 99):
        return True
    named = token.shape is not Shape.PAIR and line.sense(line.skip(at + 1, "(,", most=2), Word.WEEKDAY) is not None
    introduced = named or isinstance(before, Weekday) or _introduced(line, at)
    timed = _time_follows(line, at + 1) and (not setting.prose or _opens(line, at) or line[at - 1].text == "der")
    if token.shape is Shape.PAIR:
        possible = 1 <= token.numbers[0] <= 31 and 1 <= token.numbers[1] <= 12 and not is_hour(line, at + 1)
        sure = isinstance(before, Weekday) or _time_follows(line, at + 1)
        return possible and sure and (introduced or not setting.prose or _opens(line, at))
    return introduced or not setting.prose or timed


def _opens(line: Line, at: int) -> bool:
    """Whether it begins a line or stands behind a mark: in `Version 1.12. um 10 Uhr` it does not."""
    return line[at - 1].shape in (Shape.BREAK, Shape.MARK, Shape.CLOCK)


def _introduced(line: Line, at: int) -> bool:
    """`am 1.12.`, `on 1/12`, `el 1/12`; and the second of `vom 30.11. bis 2.12.`."""
    second = line[at - 2].shape is line[at].shape and line[at - 3].text in _INTRODUCING
    return second or line[at - 1].text in _INTRODUCING


def _time_follows(line: Line, at: int) -> bool:
    at = line.skip(at, ",", Word.GLUE)
    if line[at].shape is Shape.CLOCK or line.sense(at, Word.AT):
        return line[at + 1].shape in (Shape.CLOCK, Shape.NUMBER, Shape.PAIR) or line[at].shape is Shape.CLOCK
    return line[at].shape in (Shape.NUMBER, Shape.PAIR) and is_hour(line, at + 1)


def year_behind(line: Line, at: int, setting: Setting) -> tuple[int | None, int]:
    """The year behind a day and month, and the next index; two digits count where they can be nothing else."""
    behind = line.skip(at, ",.-/", Word.OF)
    if (late := year_behind_clock(line, at)) is not None:
        return late, at
    four = digits(line, behind, 4)
    if four is not None and len(line[behind].text) == 4 and four >= 1000 and not is_hour(line, behind + 1):
        return four, behind + 1
    two = digits(line, behind)
    near = two is not None and len(line[behind].text) == 2 and -1 <= 2000 + two - setting.today.year <= 5
    busy = is_hour(line, behind + 1) or line.mark(behind + 1, "-:") or line.sense(behind + 1, Word.TO, Word.PART)
    return (two, behind + 1) if near and not busy else (None, at)


def year_behind_clock(line: Line, at: int) -> int | None:
    """`Tue Dec 1 10:00:00 CET 2026`, as computers write it: the year behind the time."""
    if line[at].shape is not Shape.CLOCK:
        return None
    behind = at + 2 if line[at + 1].shape is Shape.WORD and line.written(at + 1).isupper() else at + 1
    return digits(line, behind, 4) if is_year(line, behind) else None


def _ordinal(line: Line, at: int) -> tuple[int, int] | None:
    """A day of the month with what hangs on it: 1, 1., 1st, 1er, first, primero; and the next index."""
    token = line[at]
    if token.shape is Shape.NUMBER and len(token.text) <= 2 and 1 <= token.numbers[0] <= 31:
        hangs = line.sense(at + 1, Word.SUFFIX) and not line[at + 1].spaced
        dot = line.mark(at + 1, ".") and not line[at + 1].spaced
        return token.numbers[0], at + 2 if hangs or dot else at + 1
    said = (s for s in token.senses if s.word is Word.ORDINAL or (s.word is Word.NUMBER and s.language in _CARDINALS))
    sense = next(said, None)
    return (sense.value, at + 1) if sense and 1 <= sense.value <= 31 else None


def day_and_month(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """1 December, 1.-3. Dezember, 1 y 2 de diciembre, 01-Dec-2026."""
    first = last = _ordinal(line, at)
    if line[at].shape is Shape.SLASH and len(line[at].numbers) == 2:
        first, last = (line[at].numbers[0], at + 1), (line[at].numbers[1], at + 1)
    if first is None or last is None:
        return None
    for _ in range(4):
        further = _further_day(line, last[1])
        if further is None:
            break
        last = further
    month_at = line.month(last[1])
    month = line.sense(month_at, Word.MONTH) if month_at is not None else None
    if month_at is None or month is None:
        return None
    year, behind = year_behind(line, _past_dot(line, month_at + 1), setting)
    return _one_or_many(first[0], last[0], month.value, year, setting.today), behind


def _further_day(line: Line, at: int) -> tuple[int, int] | None:
    """The next of several days that share one month."""
    joins = line.mark(at, _LIST_MARKS + ",") or line.sense(at, *_LIST_WORDS) or line[at].text in _AND
    behind = line.skip(at + 1, ".", Word.GLUE, Word.TO, most=2)
    further = _ordinal(line, behind) if joins else None
    ends = further and (
        line.month(further[1]) is not None
        or line.mark(further[1], _LIST_MARKS + ",")
        or line.sense(further[1], *_LIST_WORDS)
        or line[further[1]].text in _AND
    )
    return further if ends else None


def _past_dot(line: Line, at: int) -> int:
    return at + 1 if line.mark(at, ".") and not line[at].spaced else at


def _one_or_many(first: int, last: int, month: int, year: int | None, today: date) -> tuple[What, ...]:
    """One day, or the days up to it; `27 to 3 April` begin in March."""
    end = dated(last, month, year, today)
    if first == last or not end.readings:
        return (end,)
    ends = end.readings[0]
    before = shifted(ends.replace(day=1), -1) or ends
    start = day_of(ends.year, month, first) if first < last else day_of(before.year, before.month, first)
    return (Days(start, ends) if start else end,)


def month_and_day(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """December 1st, 2026; Dec. 1-3; `mar 1` can be March the first and a Tuesday."""
    month = line.sense(at, Word.MONTH)
    if setting.prose and not any(s.word is Word.MONTH and s.language == "en" for s in line[at].senses):
        return None  # only English puts the day behind the month; `set 5` is no September
    number_at = _past_dot(line, at + 1)
    number_at += line.mark(number_at, "-/") and not line[number_at].spaced  # Dec-01, May/22
    number_at = line.skip(number_at, "", Word.DAY_NUMBER, most=1)
    first = _ordinal(line, number_at)
    if month is None or first is None or _is_time_or_other_month(line, first[1]):
        return None
    if last := _other_day(line, first[1]):
        year, behind = year_behind(line, last[1], setting)
        return _one_or_many(first[0], last[0], month.value, year, setting.today), behind
    year, behind = year_behind(line, first[1], setting)
    found = dated(first[0], month.value, year, setting.today)
    if line.sense(at, Word.WEEKDAY) and year is None and setting.language != "en":
        found = Dated(found.readings, Reason.RELATIVE, full=False)
    return (found,), behind


def _other_day(line: Line, at: int) -> tuple[int, int] | None:
    """`Dec 1-3`, `April 9th through 17th`."""
    dash, word = line.mark(at, "-"), line.sense(at, Word.TO) is not None
    last = _ordinal(line, at + 1) if dash or word else None
    if last is None or is_hour(line, last[1]) or _is_time_or_other_month(line, last[1]):
        return None
    return last if dash or last[1] > at + 2 or line[at + 1].shape is Shape.WORD else None


def _is_time_or_other_month(line: Line, at: int) -> bool:
    """`Dec 10 Uhr` and `mar 1 dic` are no day of the first month; in `Nov 18-Dec 19` both are days."""
    month = line.month(at, ".-/")
    stretch = month is not None and line.mark(at, "-") and digits(line, month + 1) is not None
    return is_hour(line, at) or (month is not None and not stretch)


def numbered_day(line: Line, at: int, setting: Setting, before: What | None) -> Found:
    """`Tuesday the 1st`, `Dienstag, den 1.`, `el martes 1`, `el día 1`: no month."""
    said = line.sense(at, Word.DAY_NUMBER)
    number_at = at + 1 if said else at
    token, day = line[number_at], _ordinal(line, number_at) if line[number_at].shape is Shape.NUMBER else None
    if day is None or len(token.text) > 2 or _is_time_or_other_month(line, day[1]) or line.mark(day[1], ":-/"):
        return None
    found = next_numbered_day(day[0], setting.today)
    if line[day[1]].shape is Shape.WORD and not line[day[1]].senses:
        return None  # `the 2nd option`
    hangs = day[1] > number_at + 1
    by_word = said is not None and line[at].text in {"dia", "el dia"}
    after_weekday = isinstance(before, Weekday)
    follows = not setting.prose or _time_follows(line, day[1])
    fits = after_weekday and follows and any(reading.weekday() == before.number for reading in found.readings)  # type: ignore[union-attr]
    by_itself = said is not None and hangs and (not setting.prose or _time_follows(line, day[1]))
    if by_word or by_itself or (after_weekday and (hangs or said or fits)):
        return (found,), day[1]
    return None


def year_month_day(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """2026-Dec-01, 2026 December 1."""
    month_at = line.month(at + 1, "-/.") if is_year(line, at) else None
    month = line.sense(month_at, Word.MONTH) if month_at is not None else None
    if month is None or month_at is None:
        return None
    day_at = line.skip(month_at + 1, "-/.", most=2)
    day = digits(line, day_at)
    return ((dated(day, month.value, line[at].numbers[0], setting.today),), day_at + 1) if day else None


def numbered_month(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """`am fünfzehnten Zwölften`: day and month, both as German ordinals."""
    day, month = _german_ordinal(line, at), _german_ordinal(line, at + 1)
    if day is None or month is None or not 1 <= month.value <= 12 or day.value < 1:
        return None
    year, behind = year_behind(line, at + 2, setting)
    return (dated(day.value, month.value, year, setting.today),), behind


def _german_ordinal(line: Line, at: int) -> Sense | None:
    return next((s for s in line[at].senses if s.word is Word.ORDINAL and s.language == "de"), None)
