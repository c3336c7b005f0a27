"""Calendar weeks: 2026-W49-2, KW 49, week 49, 49. KW, semana 49."""

from dplmaild.reading.dates.atoms import Dated, WeekOf, What
from dplmaild.reading.dates.calendar import numbered_week, shifted
from dplmaild.reading.dates.days import year_behind
from dplmaild.reading.dates.phrases import Line, Setting
from dplmaild.reading.dates.scan import Found, digits
from dplmaild.reading.dates.tokens import Shape
from dplmaild.reading.dates.vocabulary import Word


def week_date(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """2026-W49-2, or 2026-W49 for the whole week."""
    token = line[at]
    if token.shape is not Shape.WEEK_DATE:
        return None
    week = numbered_week(token.numbers[1], token.numbers[0], setting.today)
    if week is None:
        return (Dated(()),), at + 1
    if len(token.numbers) < 3:
        return (week,), at + 1
    return (Dated((shifted(week.mondays[0], token.numbers[2] - 1) or setting.today,)),), at + 1


def calendar_week(line: Line, at: int, setting: Setting, _before: What | None) -> Found:
    """KW 49, week 49, 49. KW, semana 49, KW 49/2026."""
    leading = digits(line, at)
    if leading is not None and line.mark(at + 1, ".") and line.sense(at + 2, Word.WEEK_NUMBER):
        week = numbered_week(leading, None, setting.today)
        return ((week or Dated(()),), at + 3)
    if not line.sense(at, Word.WEEK_NUMBER):
        return None
    number_at = line.skip(at + 1, ".", most=1)
    token = line[number_at]
    parts = token.text.split("/") if token.shape is Shape.OTHER else [token.text]
    if not all(part.isdecimal() for part in parts) or not 1 <= int(parts[0][:5]) <= 99 or len(parts) > 2:
        return None
    year, behind = year_behind(line, number_at + 1, setting) if len(parts) == 1 else (int(parts[1][:5]), number_at + 1)
    found: WeekOf | None = numbered_week(
        int(parts[0]), year if year is None or year > 99 else 2000 + year, setting.today
    )
    return (found or Dated(()),), behind
