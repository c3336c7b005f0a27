"""Days counted from today or within a month: tomorrow, next Tuesday, in two weeks, last Monday of January."""

from datetime import date

from dplmaild.reading.dates import calendar
from dplmaild.reading.dates.atoms import Dated, Days, Part, Sign, Weekday, WeekOf, What
from dplmaild.reading.dates.counted import UNITS, count, later, weekday_after
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.reasons import Reason
from dplmaild.reading.dates.scan import Found, digits, is_hour
from dplmaild.reading.dates.tokens import Shape
from dplmaild.reading.dates.vocabulary import Sense, Word

_TURNS = (Word.NEXT, Word.AFTER_NEXT, Word.COMING, Word.THIS, Word.PAST)
_ENGLISH = frozenset({"you", "we", "to", "they", "i"})  # before a `do` that is no Thursday
_DATE_SHAPES = (Shape.DOTS, Shape.ISO, Shape.SLASH)


def weekday(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """Tuesday, next Tuesday, el martes que viene, Tuesday in two weeks."""
    turn = line.sense(at, *_TURNS)
    name_at = at + 1 if turn else at
    name = line.sense(name_at, Word.WEEKDAY) or _short_weekday(line, name_at, setting)
    if name is None:
        return None
    behind = _past_dot(line, name_at + 1)
    if turn is None and (turn := line.sense(behind, *_TURNS)) and not line.sense(behind + 1, Word.WEEKDAY):
        behind += 1
    if ahead := count(line, behind) or count(line, line.skip(behind, "", Word.OF, most=1)):
        return (weekday_after(name.value, ahead, setting.today),), ahead[2]
    return (_turned(name.value, turn.word if turn else None, setting.today),), behind


def _short_weekday(line: Line, at: int, setting: Setting) -> Sense | None:
    """`Di, 01.12.` and `Di 10:00`: two letters that count only beside digits."""
    sense = line.sense(at, Word.SHORT_WEEKDAY)
    behind = line.skip(at + 1, ".,", Word.DAY_NUMBER)
    beside = line[behind].shape in _DATE_SHAPES or line[behind].shape is Shape.PAIR
    beside = beside or line.sense(behind, Word.WEEK_NUMBER) is not None  # `Di. KW 50`
    named = line[behind].shape is Shape.NUMBER and line.month(behind + 1, ".") is not None
    timed = line[behind].shape is Shape.CLOCK or is_hour(line, behind + 1)
    timed = timed or any(line.sense(i, Word.SHORT_WEEKDAY) for i in (at - 2, at + 2))
    capital = line.written(at)[:1].isupper() or sense is None or sense.language in ("es", "ca")
    if line[at].text == "do" and not capital and line[at - 1].text in _ENGLISH:
        return None  # `could you do 14 December`
    if sense and (beside or named or (timed and capital and not setting.prose)):
        return sense
    return None


def _turned(day: int, turn: Word | None, today: date) -> Weekday:
    if turn is Word.NEXT:
        return calendar.next_weekday(day, today)
    if turn is Word.AFTER_NEXT:
        return calendar.weekday_after_next(day, today)
    if turn is Word.COMING:
        return calendar.coming_weekday(day, today)
    if turn is Word.THIS:
        return calendar.this_weekday(day, today)
    return calendar.past_weekday(day, today) if turn is Word.PAST else calendar.plain_weekday(day, today)


def _past_dot(line: Line, at: int) -> int:
    return at + 1 if line.mark(at, ".") and not line[at].spaced else at


def from_today(line: Line, at: int, setting: Setting, before: What | None) -> Found:
    """today, tomorrow, heute in einer Woche, in two days, dentro de dos días."""
    if part := line.sense(at, Word.PART_OF_TODAY):
        return (Dated((setting.today,), full=False), Part(part.value)), at + 1
    if line.sense(at, Word.THIS) and line.sense(at + 1, Word.PART):
        return (Dated((setting.today,), full=False),), at + 1
    if ahead := count(line, at):
        return (later(ahead, setting.today),), ahead[2]
    day = line.sense(at, Word.DAY)
    if day is None or (line.sense(at, Word.MORNING_AFTER) and _morning(line, at, before)):
        return None
    start = calendar.shifted(setting.today, day.value) or setting.today
    ahead = count(line, at + 1)
    if ahead:
        return (later(ahead, start),), ahead[2]
    return (Dated((start,), full=False),), at + 1


def _morning(line: Line, at: int, before: What | None) -> bool:
    """`Dienstag Morgen`, `heute Morgen`, `am Morgen` are no tomorrow."""
    return line[at - 1].text == "am" or (isinstance(before, Weekday | Dated) and not line.mark(at - 1, ",;("))


def morning(line: Line, at: int, _setting: Setting, before: What | None) -> Found:
    """The German `Morgen` behind a day."""
    return ((Part(0),), at + 1) if line.sense(at, Word.MORNING_AFTER) and _morning(line, at, before) else None


def relative_week(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """next week, übernächste Woche, the week of 30 November, the weekend."""
    if week := line.sense(at, Word.WEEK):
        return (calendar.week_from_now(week.value, setting.today),), at + 1
    if line.sense(at, Word.WEEK_OF) and not line.sense(at + 1, Word.MONTH_FROM_NOW):
        return (WeekOf(()),), at + 1
    if line.sense(at, Word.WEEKEND):
        saturday = calendar.monday_of(setting.today) + 5 * calendar.DAY
        return (Days(saturday, saturday + calendar.DAY),), at + 1
    return None


def nth_weekday(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """2nd Tuesday of December, el último lunes de enero, letzter Montag im Monat."""
    sense, day = line.sense(at, Word.ORDINAL), digits(line, at)
    hangs = line.sense(at + 1, Word.SUFFIX) or line.mark(at + 1, ".")
    if sense is None and not (day and hangs and not line[at + 1].spaced and day <= 5):
        return None
    name_at = at + 1 if sense else at + 2
    name = line.sense(name_at, Word.WEEKDAY)
    month = _month(line, line.skip(name_at + 1, "", Word.OF, Word.GLUE), setting) if name else None
    nth = sense.value if sense else day
    if name is None or nth is None or month is None:
        return None
    return _nth(nth, name.value, month, setting.today)


def _month(line: Line, at: int, setting: Setting) -> tuple[Days, bool, int] | None:
    """A named or relative month with its year: its days, whether the year was left open, and the next index."""
    if away := line.sense(at, Word.MONTH_FROM_NOW):
        return calendar.whole_month(setting.today.year, setting.today.month + away.value), False, at + 1
    name = line.sense(at, Word.MONTH)
    if name is None:
        return None
    year_at = line.skip(at + 1, ".,", Word.OF)
    year = digits(line, year_at, 4) if len(line[year_at].text) == 4 else None
    if year is not None and calendar.YEARS[0] <= year <= calendar.YEARS[1]:
        return calendar.whole_month(year, name.value), False, year_at + 1
    later = name.value < setting.today.month
    return calendar.whole_month(setting.today.year + later, name.value), True, at + 1


def _nth(nth: int, number_of_day: int, month: tuple[Days, bool, int], today: date) -> Found:
    found = calendar.nth_weekday(nth, number_of_day, month[0])
    if found and found < today and month[1]:
        later = calendar.whole_month(month[0].first.year + 1, month[0].first.month)
        again = calendar.nth_weekday(nth, number_of_day, later)
        return (Dated((again, found) if again else (found,), Reason.YEAR, full=False),), month[2]
    return (Dated((found,) if found else (), full=False),), month[2]


def part_of_month(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """December 2026, early December, end of the month, first week of December: a stretch of days."""
    edge = line.sense(at, Word.BEGIN, Word.MIDDLE, Word.END)
    week, behind = _numbered_week(line, at)
    month_at = line.skip(behind if week else at + 1, "", Word.OF, Word.GLUE) if edge or week else at
    month = _month(line, month_at, setting)
    if month is None or not (edge or week or _stands_alone(line, at, month, setting)):
        return None
    days = month[0]
    if week:
        first = calendar.monday_of(days.first if week > 0 else days.last)
        first = calendar.shifted(first, 7 * (week - 1)) or first if week > 0 else first
        days = Days(first, first + 6 * calendar.DAY)
    return (days,), month[2]


def _numbered_week(line: Line, at: int) -> tuple[int | None, int]:
    """`first week`, `1st week`: its number, and the next index."""
    sense, day = line.sense(at, Word.ORDINAL), digits(line, at, 1)
    hangs = day is not None and line.sense(at + 1, Word.SUFFIX) is not None
    behind = at + 2 if hangs else at + 1
    if not (sense or hangs) or not line.sense(behind, Word.WEEKS, Word.WEEK_NUMBER, Word.WEEK_OF):
        return None, at
    return sense.value if sense else day, behind + 1


def _stands_alone(line: Line, at: int, month: tuple[Days, bool, int], setting: Setting) -> bool:
    """A bare month counts with its year, or in a field when the word is nothing else."""
    if not line.sense(at, Word.MONTH):
        return False
    only = all(sense.word is Word.MONTH for sense in line[at].senses)
    return not month[1] or (not setting.prose and only and line[month[2]].shape is not Shape.CLOCK)


def recurring(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """every second Tuesday, jeden Dienstag, los martes, weekly."""
    if line.sense(at, Word.WEEKDAYS):
        return (Sign.EVERY,), at + 1
    if not line.sense(at, Word.EVERY):
        return None
    ahead = range(at + 1, at + 4)
    named = any(line.sense(i, Word.WEEKDAY, Word.WEEKDAYS, *UNITS, Word.MONTH, Word.WEEK_NUMBER) for i in ahead)
    return ((Sign.EVERY,), at + 1) if named or not setting.prose else None
