"""Days reckoned from today: the coming such date, the weekdays around, calendar weeks."""

from datetime import date, timedelta

from dplmaild.reading.dates.atoms import Dated, Days, Weekday, WeekOf
from dplmaild.reading.dates.reasons import Reason

JUST_GONE = timedelta(days=92)  # a date without a year that far back is rather a slip than meant for next year
YEARS = (1990, 2100)  # what else is written is no year of a deployment
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(day: date, days: int) -> date | None:
    """The day so many days away; None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def dated(day: int, month: int, year: int | None, today: date) -> Dated:
    """A written date; without a year it is the next such date on or after today (POLICY-3)."""
    if year is None:
        return _without_year(day, month, today)
    full = year if year > 99 else 2000 + year
    found = day_of(full, month, day)
    if found is None or not YEARS[0] <= full <= YEARS[1]:
        return Dated(())
    likely = year > 99 or today.year - 1 <= full <= today.year + 10
    return Dated((found,), None if likely else Reason.YEAR)


def _without_year(day: int, month: int, today: date) -> Dated:
    year = today.year + ((month, day) < (today.month, today.day))
    coming, gone = day_of(year, month, day), day_of(year - 1, month, day)
    if coming is None:
        return Dated(())
    if gone and today - JUST_GONE <= gone < today:
        return Dated((coming, gone), Reason.YEAR, full=False)
    return Dated((coming,), full=False)


def either_order(first: int, second: int, year: int | None, today: date, day_first: bool | None) -> Dated:
    """03/04: both orders, the customer's first; to be asked when nothing says which, or theirs lies in the past."""
    readings = [dated(first, second, year, today), dated(second, first, year, today)]
    if day_first is False:
        readings.reverse()
    days = list(dict.fromkeys(day for reading in readings for day in reading.readings[:1]))
    gone = len(days) == 2 and days[0] < today <= days[1]
    doubt = len(days) == 2 and (day_first is None or gone)
    unlikely = next((reading.reason for reading in readings if reading.reason), None)
    return Dated(tuple(days), Reason.DAY_MONTH_ORDER if doubt else unlikely, full=year is not None)


def next_numbered_day(day: int, today: date) -> Dated:
    """`the 1st`: the next month that has this day, from today on."""
    for months in range(3):
        month = today.month - 1 + months
        found = day_of(today.year + month // 12, month % 12 + 1, day)
        if found and found >= today:
            return Dated((found,), full=False)
    return Dated(())


def monday_of(day: date, weeks: int = 0) -> date:
    """The Monday of the day's calendar week, or of one so many weeks later."""
    return shifted(day, 7 * weeks - day.weekday()) or day


def plain_weekday(number: int, today: date) -> Weekday:
    """`on Tuesday` is the coming one; said on a Tuesday it can be today or in a week."""
    ahead = (number - today.weekday()) % 7
    coming = shifted(today, ahead) or today
    return Weekday(number, (coming,) if ahead else (coming, coming + WEEK))


def next_weekday(number: int, today: date) -> Weekday:
    """`next Tuesday`: the coming one to some, that of the next calendar week to others; on Sundays nobody is sure."""
    coming = today + DAY * ((number - today.weekday() - 1) % 7 + 1)
    other = coming + WEEK if today.weekday() == 6 else monday_of(today, 1) + DAY * number
    return Weekday(number, tuple(dict.fromkeys((coming, other))), turned=True)


def weekday_after_next(number: int, today: date) -> Weekday:
    """`übernächsten Dienstag`: a week behind what `next` can mean."""
    return Weekday(number, tuple(day + WEEK for day in next_weekday(number, today).readings), turned=True)


def coming_weekday(number: int, today: date) -> Weekday:
    """`kommenden Dienstag` is the coming one; on the eve one would have said `tomorrow`, so it is asked."""
    coming = today + DAY * ((number - today.weekday() - 1) % 7 + 1)
    return Weekday(number, (coming, coming + WEEK) if coming - today == DAY else (coming,), turned=True)


def this_weekday(number: int, today: date) -> Weekday:
    """`this Friday` is that of this calendar week, when it lies ahead; else it is not clear."""
    here = monday_of(today) + DAY * number
    return Weekday(number, (here,) if here > today else (here + WEEK, here), turned=True)


def past_weekday(number: int, today: date) -> Weekday:
    """`last Tuesday`: of the days gone by, this week's or the last week's."""
    gone = today - DAY * ((today.weekday() - number - 1) % 7 + 1)
    return Weekday(number, (gone, gone - WEEK), turned=True)


def week_from_now(weeks: int, today: date) -> WeekOf:
    """`next week` counts from Monday; on a Sunday the week may have begun already."""
    monday = monday_of(today, weeks)
    return WeekOf((monday, monday + WEEK) if today.weekday() == 6 else (monday,))


def numbered_week(week: int, year: int | None, today: date) -> WeekOf | None:
    """ISO week 49; without a year the coming one, asked when it has just gone by. None: no such week."""
    if year is not None:
        monday = _iso_monday(year, week)
        return WeekOf((monday,)) if monday else None
    this_year = today.isocalendar().year
    mondays = [monday for at in (-1, 0, 1) if (monday := _iso_monday(this_year + at, week))]
    ahead = [monday for monday in mondays if monday >= monday_of(today)][:1]
    gone = [monday for monday in mondays if today - JUST_GONE <= monday < monday_of(today)]
    return WeekOf((*ahead, *gone), Reason.YEAR) if ahead else None


def _iso_monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def whole_month(year: int, month: int) -> Days:
    """From the first to the last day of a month; months past twelve run into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return Days(date(year, month, 1), following - DAY)


def nth_weekday(nth: int, number: int, month: Days) -> date | None:
    """The nth such weekday of a month, -1 being the last; None when it has no fifth."""
    if nth < 0:
        return month.last - DAY * ((month.last.weekday() - number) % 7)
    found = month.first + DAY * ((number - month.first.weekday()) % 7 + 7 * (nth - 1))
    return found if found <= month.last else None
