"""Working days and working hours of OPS, partner and customer. Days are calendar dates in OPS's zone (POLICY-3)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dplmaild.deployment.configured import Hours
from dplmaild.deployment.periods import CalendarSource
from dplmaild.deployment.site import HALF, LANGUAGE, OFF, Site, site_of
from dplmaild.deployment.terms import NaiveTimeError, Side

ONE_DAY = timedelta(days=1)
Sides = tuple[tuple[Side, Site], ...]
_PATIENCE = 1100  # days to look for a working day before giving up


class NoWorkingDayError(ValueError):
    """A calendar without any working day in three years: a closing period that was never ended."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Why one side does not work (or is on vacation) on a day."""

    side: Side
    reason: str

    def __str__(self) -> str:
        return f"{self.side.value}: {self.reason}"


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours in which a deployment can run on a day, and whose half day ends them early."""

    since: datetime
    until: datetime
    half_days: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Everybody's working days and OPS's working hours; `sides` has OPS first. Made by `work_calendar`."""

    sides: Sides
    zone: ZoneInfo
    hours: Hours
    language: str = LANGUAGE
    counted: frozenset[Side] = frozenset()  # whose days off count; empty: everybody's

    def seen_by(self, zone: str | None, counted: frozenset[Side]) -> "WorkCalendar":
        """The same calendars on another wall clock, or with the days off of some only."""
        return replace(self, zone=ZoneInfo(zone) if zone else self.zone, counted=counted)

    @property
    def _counting(self) -> Sides:
        if not self.counted:
            return self.sides
        return tuple((side, site) for side, site in self.sides if side in self.counted)

    @property
    def ops(self) -> Site:
        """OPS's own days."""
        return self.sides[0][1]

    def site(self, side: Side) -> Site | None:
        """The days of one side; None where there is none."""
        return next((site for whose, site in self.sides if whose is side), None)

    def day_of(self, moment: datetime) -> date:
        """The calendar date of a moment in OPS's zone."""
        if moment.utcoffset() is None:
            raise NaiveTimeError(moment)
        return moment.astimezone(self.zone).date()

    def at(self, day: date, wall: time) -> datetime:
        """A wall clock time in OPS's zone (the first of a doubled one)."""
        return datetime.combine(day, wall, self.zone)

    def closed(self, day: date) -> tuple[Closed, ...]:
        """Who does not work on this day, and why; empty on a working day of everybody."""
        off = ((side, site) for side, site in self._counting if site.marks(day) & OFF)
        return tuple(Closed(side, reason) for side, site in off for reason in site.reasons(day, self.language))

    def vacation(self, day: date) -> tuple[Closed, ...]:
        """Who is on a declared vacation on this day (DAY-5)."""
        away = ((side, period) for side, site in self._counting for period in site.vacations(day))
        return tuple(Closed(side, period.reason or "vacation") for side, period in away)

    @property
    def unread(self) -> tuple[Closed, ...]:
        """Whose vacation feeds cannot be read, with nothing good from before (DAY-5)."""
        return tuple(Closed(side, name) for side, site in self._counting for name in site.source.unread)

    def is_working_day(self, day: date) -> bool:
        """Whether everybody involved works on this day."""
        return not any(site.marks(day) & OFF for _, site in self._counting)

    def ops_working_day(self, day: date) -> bool:
        """Whether OPS works on this day."""
        return not self.ops.marks(day) & OFF

    def ops_working_days_between(self, since: date, until: date, at_most: int = _PATIENCE) -> int:
        """OPS's working days after `since` up to `until`, looking so many days far; reversed: days below zero."""
        days = (until - since).days
        if days < 0:
            return days
        return sum(self.ops_working_day(since + (n + 1) * ONE_DAY) for n in range(min(days, at_most)))

    def ops_hours_on(self, day: date) -> tuple[datetime, datetime] | None:
        """OPS's hours on this day in OPS's zone, shortened on a half day of OPS; None when there are none."""
        opening = self._opening(day, self.sides[:1])
        return (opening.since, opening.until) if opening and opening.since < opening.until else None

    def opening(self, day: date) -> DayHours | None:
        """OPS's hours on this day as far as nobody's half day cuts them short; None when OPS does not work (HOUR-1).

        A half day of partner or customer ends the window too: there is nobody left to test.
        """
        return self._opening(day, self.sides)

    def _opening(self, day: date, sides: Sides) -> DayHours | None:
        if not self.ops_working_day(day):
            return None
        whole = DayHours(self.at(day, self.hours.since), self.at(day, self.hours.until))
        ends = [end for side, site in sides if site.marks(day) & HALF for end in self._ends(day, side, site)]
        until = min([end for end, _ in ends], default=whole.until)
        if until >= whole.until:
            return whole
        return replace(whole, until=until, half_days=tuple(half for end, half in ends if end == until))

    def _ends(self, day: date, side: Side, site: Site) -> Iterator[tuple[datetime, Closed]]:
        """When a half day of this side is over, in OPS's zone."""
        zone = ZoneInfo(site.source.zone) if site.source.zone else self.zone
        for half in site.half_days(day):
            yield datetime.combine(day, half.until, zone).astimezone(self.zone), Closed(side, half.reason or "half day")

    def back_working_days(self, day: date, count: int) -> date:
        """The OPS working day `count` working days before `day`, which itself is not counted."""
        return self._counted(day, count, -ONE_DAY)

    def on_working_days(self, day: date, count: int) -> date:
        """The OPS working day `count` working days after `day`, which itself is not counted."""
        return self._counted(day, count, ONE_DAY)

    def _counted(self, day: date, count: int, step: timedelta) -> date:
        for _ in range(_PATIENCE):
            if count == 0:
                return day
            day += step
            count -= self.ops_working_day(day)
        raise NoWorkingDayError(f"OPS has no working day near {day}: look at its closed periods")

    def add_working_hours(self, moment: datetime, span: timedelta) -> datetime:
        """The moment by which OPS has worked `span` since `moment`, in OPS's zone."""
        day, now = self.day_of(moment), moment.astimezone(UTC)
        for opens, closes in self._hours_from(day, ONE_DAY):
            begins = max(opens, now)
            if begins + span <= closes:
                return (begins + span).astimezone(self.zone)
            span -= max(closes - begins, timedelta(0))
        raise NoWorkingDayError(f"OPS has no working hours after {day}: look at its closed periods")

    def back_working_hours(self, moment: datetime, span: timedelta) -> datetime:
        """The moment from which OPS works `span` until `moment`, in OPS's zone."""
        day, now = self.day_of(moment), moment.astimezone(UTC)
        for opens, closes in self._hours_from(day, -ONE_DAY):
            ends = min(closes, now)
            if ends - span >= opens:
                return (ends - span).astimezone(self.zone)
            span -= max(ends - opens, timedelta(0))
        raise NoWorkingDayError(f"OPS has no working hours before {day}: look at its closed periods")

    def _hours_from(self, day: date, step: timedelta) -> Iterator[tuple[datetime, datetime]]:
        """OPS's hours in UTC, day by day from `day` on: elapsed time is only right there."""
        for count in range(_PATIENCE):
            hours = self.ops_hours_on(day + count * step)
            if hours:
                yield hours[0].astimezone(UTC), hours[1].astimezone(UTC)


def work_calendar(
    ops: CalendarSource,
    zone: str,
    partner: CalendarSource | None,
    customer: CalendarSource,
    hours: Hours,
    language: str = LANGUAGE,
) -> WorkCalendar:
    """Everybody's calendar: OPS's zone and business hours, a partner only where there is one.

    `language` is that of the holidays' names, as far as a country has names in it.
    """
    named = ((Side.OPS, ops), (Side.PARTNER, partner), (Side.CUSTOMER, customer))
    sides = tuple((side, site_of(source)) for side, source in named if source is not None)
    return WorkCalendar(sides, ZoneInfo(zone), hours, language)
