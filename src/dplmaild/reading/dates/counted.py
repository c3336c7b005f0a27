"""Days so many days or weeks away: in two weeks, two weeks from tomorrow, Tuesday week, the 5th of next month."""

from datetime import date

from dplmaild.reading.dates import calendar
from dplmaild.reading.dates.atoms import Dated, What
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.reasons import Reason
from dplmaild.reading.dates.scan import Found, digits, is_hour, number
from dplmaild.reading.dates.tokens import Shape
from dplmaild.reading.dates.vocabulary import Word

UNITS = (Word.DAYS, Word.WEEKS, Word.MONTHS)
_ROUND = {8: 7, 15: 14}  # `in acht Tagen`, `en quince días` are a week and two weeks to those who count both ends


def count(line: Line, at: int) -> tuple[int, Word, int] | None:
    """`in two weeks`, `two weeks from now`: how many of what, and the next index."""
    introduced = line.sense(at, Word.IN) is not None
    number_at = at + 1 if introduced else at
    many, unit = number(line, number_at), line.sense(number_at + 1, *UNITS)
    if many is None or unit is None or (line[number_at].shape is Shape.NUMBER and is_hour(line, number_at + 1)):
        return None
    trailing = line.sense(number_at + 2, Word.FROM_NOW) is not None
    if not introduced and not trailing:
        return None
    return many * max(1, unit.value), unit.word, number_at + 2 + trailing


def weekday_after(day: int, ahead: tuple[int, Word, int], today: date) -> Dated:
    """`Tuesday in two weeks`: from the coming Tuesday, or in the calendar week that is two weeks off."""
    whole = ahead[1] is Word.WEEKS or (ahead[1] is Word.DAYS and ahead[0] % 7 == 0)  # `Dienstag in 14 Tagen`
    weeks = ahead[0] // (1 if ahead[1] is Word.WEEKS else 7) if whole else 0
    coming = calendar.plain_weekday(day, today).readings[0]
    options = (calendar.shifted(coming, 7 * weeks), calendar.shifted(calendar.monday_of(today, weeks), day))
    readings = tuple(dict.fromkeys(option for option in options if option))
    doubt = len(readings) > 1 or not whole
    return Dated(readings, Reason.RELATIVE if doubt else None, full=False)


def later(ahead: tuple[int, Word, int], start: date) -> Dated:
    """The day so many days, weeks or months behind another."""
    many, unit, _ = ahead
    if unit is Word.MONTHS:
        month = calendar.whole_month(start.year, start.month + min(many, 99))
        same = min(month.last, month.first + (start.day - 1) * calendar.DAY)
        return Dated((same,), Reason.RELATIVE, full=False)
    days = many * 7 if unit is Word.WEEKS else many
    counts = (days, _ROUND[days]) if unit is Word.DAYS and days in _ROUND else (days,)
    readings = tuple(day for counted in counts if (day := calendar.shifted(start, counted)))
    return Dated(readings, Reason.RELATIVE if len(readings) > 1 else None, full=False)


def week_later(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """`Tuesday week`, `tomorrow week`: a week behind the day that is named."""
    start = _plain_day(line, at, setting.today)
    numbered = digits(line, at + 2) is not None or line.sense(at + 2, Word.NUMBER) is not None
    if start is None or not line.sense(at + 1, Word.WEEK_LATER) or numbered:
        return None
    return (Dated(tuple(day + calendar.WEEK for day in start.readings), start.reason, full=False),), at + 2


def counted_from(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """`two weeks from tomorrow`, `a week on Tuesday`, `a week tomorrow`."""
    number_at = at + 1 if line.sense(at, Word.IN) else at
    many, unit = number(line, number_at), line.sense(number_at + 1, Word.DAYS, Word.WEEKS)
    if many is None or unit is None or is_hour(line, number_at + 1) or line.sense(at - 1, Word.LASTING):
        return None
    weeks_on = number_at == at and unit.word is Word.WEEKS  # `in three days on Friday` counts from today
    day_at = line.skip(number_at + 2, "", Word.COUNTED_FROM, *((Word.WEEKS_ON,) if weeks_on else ()), most=1)
    start = _plain_day(line, day_at, setting.today)
    if start is None or (day_at == number_at + 2 and not line.sense(day_at, Word.DAY)):
        return None
    ahead = (many * max(1, unit.value), unit.word, day_at + 1)
    counted = tuple(day for first in start.readings for day in later(ahead, first).readings)
    return (Dated(counted, Reason.RELATIVE if len(counted) > 1 else None, full=False),), day_at + 1


def _plain_day(line: Line, at: int, today: date) -> Dated | None:
    """The coming weekday, today or tomorrow."""
    if name := line.sense(at, Word.WEEKDAY):
        found = calendar.plain_weekday(name.value, today).readings
        return Dated(found, Reason.RELATIVE if len(found) > 1 else None, full=False)
    day = line.sense(at, Word.DAY)
    start = calendar.shifted(today, day.value) if day and day.value >= 0 else None
    return Dated((start,), full=False) if start else None


def day_of_other_month(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """`the 5th of next month`, `el 5 del mes que viene`, `am 5. des nächsten Monats`."""
    at = line.skip(at, "", Word.DAY_NUMBER, most=1)
    day = digits(line, at)
    sense = line.sense(at, Word.ORDINAL)
    if day is None and sense and sense.value > 0:
        day = sense.value
    month_at = line.skip(at + 1, ".", Word.SUFFIX, Word.OF, Word.GLUE)
    away = line.sense(month_at, Word.MONTH_FROM_NOW)
    if day is None or away is None or month_at > at + 4:
        return None
    first = calendar.whole_month(setting.today.year, setting.today.month + away.value).first
    found = calendar.day_of(first.year, first.month, day)
    return (Dated((found,) if found else (), full=False),), month_at + 1
