"""How moments look in a letter: weekday, date in words, zone and offset (SEE-1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dplmaild.deployment.terms import Window
from dplmaild.reading.dates.names import names_of

_DAY = {
    "en": "{weekday} {day} {month} {year}",
    "de": "{weekday}, {day}. {month} {year}",
    "es": "{weekday} {day} de {month} de {year}",
    "ca": "{weekday} {day} {month} de {year}",  # Catalan months bring their own "de" or "d’"
}


def day_in_words(day: date, language: str) -> str:
    """`Tuesday 12 January 2027`: never a bare 06/05."""
    language = language if language in _DAY else "en"
    names = names_of(language)
    weekday, month = names["weekdays"][day.weekday()], names["months"][day.month - 1]
    return _DAY[language].format(weekday=weekday, day=day.day, month=month, year=day.year)


def duration_in_words(length: timedelta) -> str:
    """`4 h 30 min`, the same in every language; seconds are dropped, below a minute is 0 min."""
    sign = "-" if length < timedelta(0) else ""
    hours, minutes = divmod(int(abs(length).total_seconds()) // 60, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes or not hours)
    return sign + " ".join(parts)


def zone_in_words(moment: datetime) -> str:
    """`CET (UTC+01:00)`; the offset alone where the zone has no name of its own."""
    offset = moment.utcoffset() or timedelta(0)
    minutes = abs(offset) // timedelta(minutes=1)
    written = f"UTC{'-' if offset < timedelta(0) else '+'}{minutes // 60:02}:{minutes % 60:02}"
    name = moment.tzname() or ""
    if name == "UTC":
        return "UTC"
    return f"{name} ({written})" if name.isalpha() else written


@dataclass(frozen=True, slots=True)
class Clock:
    """The language of a letter and the two wall clocks it shows: OPS's, and the customer's where it differs."""

    language: str
    zone: str
    other: str

    def day(self, day: date) -> str:
        """A calendar day."""
        return day_in_words(day, self.language)

    def local(self, moment: datetime) -> datetime:
        """A moment on OPS's wall clock."""
        return moment.astimezone(ZoneInfo(self.zone))

    def hours(self, window: Window) -> str:
        """A stretch of a day that was said before: `10:00-12:30 CET (UTC+01:00)`."""
        return self._stretch(self.local(window.start), self.local(window.end))

    def time(self, moment: datetime) -> str:
        """The time of day alone on OPS's wall clock, where the day was said before."""
        return f"{self.local(moment):%H:%M}"

    def moment(self, moment: datetime) -> str:
        """One moment: `Tuesday 12 January 2027, 10:00 CET (UTC+01:00)`."""
        ours, theirs = self._both(moment)
        first = f"{self.day(ours)}, {ours:%H:%M} {zone_in_words(ours)}"
        if _same_wall(ours, theirs):
            return first
        day = "" if ours.date() == theirs.date() else f"{self.day(theirs)}, "
        return f"{first} = {day}{theirs:%H:%M} {zone_in_words(theirs)}"

    def window(self, window: Window) -> str:
        """A stretch: `Tuesday 12 January 2027, 10:00-12:30 CET (UTC+01:00)`, both days named over midnight."""
        start, their_start = self._both(window.start)
        end, their_end = self._both(window.end)
        first = f"{self.day(start)}, {self._stretch(start, end)}"
        if _same_wall(start, their_start) and _same_wall(end, their_end):
            return first
        day = "" if start.date() == their_start.date() else f"{self.day(their_start)}, "
        return f"{first} = {day}{self._stretch(their_start, their_end)}"

    def _stretch(self, start: datetime, end: datetime) -> str:
        since = f"{start:%H:%M}" if start.utcoffset() == end.utcoffset() else f"{start:%H:%M} {zone_in_words(start)}"
        until = f"{end:%H:%M} {zone_in_words(end)}"
        if start.date() != end.date():
            return f"{since} - {self.day(end)}, {until}"
        return f"{since}-{until}" if since.endswith(f"{start:%M}") else f"{since} - {until}"

    def _both(self, moment: datetime) -> tuple[datetime, datetime]:
        return moment.astimezone(ZoneInfo(self.zone)), moment.astimezone(ZoneInfo(self.other))


def _same_wall(one: datetime, other: datetime) -> bool:
    return one.replace(tzinfo=None) == other.replace(tzinfo=None)
