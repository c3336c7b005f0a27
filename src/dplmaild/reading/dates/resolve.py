"""The parts of one moment become what it means: one moment, several readings, a stretch, or none at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from dplmaild.deployment.terms import MomentStatus, WrittenMoment
from dplmaild.reading.dates.atoms import Clock, ClockStretch, Dated, Days, Weekday, WeekOf
from dplmaild.reading.dates.calendar import DAY, WEEK
from dplmaild.reading.dates.halves import in_part
from dplmaild.reading.dates.phrases import Setting
from dplmaild.reading.dates.reasons import Reason
from dplmaild.reading.dates.segments import Segment
from dplmaild.reading.dates.zones import Placed, place


class Choice(NamedTuple):
    """The days a text allows, likeliest first, or a stretch of them; none at all: there is no such day."""

    days: tuple[date, ...] = ()
    reason: Reason | None = None
    stretch: Days | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What is needed to turn a day and a clock into a moment."""

    segment: Segment
    setting: Setting
    text: str

    def at(self, day: date, minutes: int) -> tuple[datetime, Placed]:
        """The wall clock and the moments it can be."""
        local = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return local, place(local, tuple(self.segment.zones), self.setting.zone)

    def moment(self, status: MomentStatus, reason: Reason | None = None, **more: object) -> WrittenMoment:
        """A result with the words it was read from."""
        zone_text = " ".join(zone.text for zone in self.segment.zones) or None
        found = WrittenMoment(self.text, status, zone_text=zone_text, reason=reason.value if reason else None)
        return replace(found, **more)  # type: ignore[arg-type]


def choose(segment: Segment) -> Choice:
    """The days that all parts together allow."""
    dated = [day for day in segment.days if isinstance(day, Dated)]
    weekday = next((day for day in segment.days if isinstance(day, Weekday)), None)
    weeks = next((day for day in segment.days if isinstance(day, WeekOf)), None)
    stretch = next((day for day in segment.days if isinstance(day, Days)), None)
    if weeks is not None or stretch is not None:
        return _within(_span(weeks, stretch, dated, weekday), dated, weekday)
    if not dated:
        readings = weekday.readings if weekday else ()
        return Choice(readings, Reason.RELATIVE if len(readings) > 1 else None)
    return _checked(_agreed(dated), weekday)


class _Span(NamedTuple):
    firsts: tuple[date, ...]
    days: int
    reason: Reason | None
    of_date: bool = False  # the week of a date that is written beside it


def _span(weeks: WeekOf | None, stretch: Days | None, dated: Sequence[Dated], weekday: Weekday | None) -> _Span:
    if stretch is not None:
        return _Span((stretch.first,), (stretch.last - stretch.first).days + 1, None)
    mondays = weeks.mondays if weeks else ()
    if mondays:
        return _Span(mondays, 7, weeks.reason if weeks and len(mondays) > 1 else None)
    readings = dated[0].readings if dated else weekday.readings[:1] if weekday else ()
    reason = dated[0].reason if dated else None
    return _Span(tuple(day - DAY * day.weekday() for day in readings), 7, reason, of_date=True)


def _within(span: _Span, dated: Sequence[Dated], weekday: Weekday | None) -> Choice:
    """A day within a week or stretch when one is named, else the stretch."""
    if not span.firsts:
        return Choice()
    inside = [day for found in dated for day in found.readings[:1]]
    if inside and not span.of_date:
        first = span.firsts[0]
        if any(not first <= day < first + DAY * span.days for day in inside):
            return Choice((inside[0], first), Reason.SEVERAL)
        return _checked(_agreed(list(dated)), weekday)
    own_weekday = bool(inside) and weekday is not None and inside[0].weekday() == weekday.number
    if weekday is not None and span.days <= 7 and not own_weekday and (inside or not span.of_date):
        days = tuple(first + DAY * ((weekday.number - first.weekday()) % 7) for first in span.firsts)
        kept = tuple(day for day, first in zip(days, span.firsts, strict=True) if (day - first).days < span.days)
        return Choice(kept, span.reason) if kept else Choice((days[0], span.firsts[0]), Reason.WEEKDAY_CONTRADICTS)
    if span.reason:
        return Choice(span.firsts, span.reason)
    return Choice(stretch=Days(span.firsts[0], span.firsts[0] + DAY * (span.days - 1)))


def _agreed(dated: Sequence[Dated]) -> Dated:
    """What several written dates have in common; both when they differ."""
    found = dated[0]
    for other in dated[1:]:
        both = tuple(day for day in found.readings if day in other.readings)
        if not both:
            return Dated(tuple(dict.fromkeys(found.readings + other.readings)), Reason.SEVERAL)
        doubt = found.reason if found.reason and other.reason else None
        found = Dated(both, doubt, found.full or other.full)
    return found


def _checked(found: Dated, weekday: Weekday | None) -> Choice:
    """The weekday settles the order of day and month, or contradicts the date (POLICY-3)."""
    readings, reason = found.readings, found.reason
    if not readings or reason in (Reason.YEAR, Reason.SEVERAL):
        return Choice(readings, reason)
    if weekday is None:
        return Choice(readings, reason) if reason else Choice(readings[:1])
    fitting = tuple(day for day in readings if day.weekday() == weekday.number)
    if len(fitting) == 1 and not reason and fitting != readings[:1]:
        return Choice(readings, Reason.DAY_MONTH_ORDER)  # their habit says one order, the weekday the other
    if len(fitting) == 1:
        return Choice(fitting)
    if fitting:
        return Choice(fitting, reason) if reason else Choice(fitting[:1])
    meant = readings if reason else readings[:1]
    near = tuple(_nearest(day, weekday.number) for day in meant)
    return Choice(tuple(dict.fromkeys(meant + near)), Reason.WEEKDAY_CONTRADICTS)


def _nearest(day: date, weekday: int) -> date:
    ahead = (weekday - day.weekday()) % 7
    return day + DAY * ahead if ahead <= 3 else day + DAY * ahead - WEEK


def resolve(ground: Ground) -> WrittenMoment | None:
    """What the parts mean; None when they name no day."""
    segment = ground.segment
    if segment.recurring:
        return ground.moment(MomentStatus.RANGE, Reason.RECURRING)
    if not segment.days:
        return None
    choice = choose(segment)
    if choice.stretch:
        return _over_days(ground, choice.stretch)
    if not choice.days:
        return ground.moment(MomentStatus.NONEXISTENT, Reason.IMPOSSIBLE_DATE)
    if segment.doubtful and not choice.reason:
        choice = Choice(choice.days, Reason.UNREAD)
    return _with_clock(ground, choice)


def _over_days(ground: Ground, days: Days) -> WrittenMoment:
    """From the first day's beginning to the last day's end; of hours within nothing is said."""
    ends = (ground.at(days.first, 0)[1].moments[0], ground.at(days.last + DAY, 0)[1].moments[0])
    day = days.first if days.first == days.last else None
    return ground.moment(MomentStatus.RANGE, Reason.STRETCH, candidates=ends, day=day)


def _with_clock(ground: Ground, choice: Choice) -> WrittenMoment:
    segment, only = ground.segment, choice.days[0] if len(choice.days) == 1 and not choice.reason else None
    if segment.impossible:
        return ground.moment(MomentStatus.NONEXISTENT, Reason.IMPOSSIBLE_TIME, day=only)
    clock = _clock(segment)
    if clock is None:
        return _without_time(ground, choice)
    if isinstance(clock, ClockStretch):
        return _from_to(ground, choice, clock)
    if segment.bound:
        return ground.moment(MomentStatus.RANGE, Reason.STRETCH, candidates=_all(ground, choice, clock), day=only)
    if only and len(clock.minutes) == 1 and not clock.reason:
        return _one(ground, only, clock.minutes[0])
    reason = choice.reason or clock.reason
    return ground.moment(MomentStatus.AMBIGUOUS, reason, candidates=_all(ground, choice, clock), day=only)


def _clock(segment: Segment) -> Clock | ClockStretch | None:
    if not segment.clocks:
        return None
    clock = segment.clocks[0]
    for part in segment.parts:
        if isinstance(clock, ClockStretch):
            clock = ClockStretch(in_part(clock.first, part.number), in_part(clock.last, part.number))
        else:
            clock = in_part(clock, part.number)
    return clock


def _without_time(ground: Ground, choice: Choice) -> WrittenMoment:
    """Without a time, the candidates of an unsure day are the beginnings of the days, by the wall clock."""
    if len(choice.days) == 1 and not choice.reason:
        if ground.segment.bound:
            starts = _all(ground, choice, Clock((0,)))
            return ground.moment(MomentStatus.RANGE, Reason.STRETCH, candidates=starts)
        return ground.moment(MomentStatus.RANGE, Reason.NO_TIME, day=choice.days[0])
    starts = _all(ground, choice, Clock((0,)))
    return ground.moment(MomentStatus.AMBIGUOUS, choice.reason, candidates=starts)


def _all(ground: Ground, choice: Choice, clock: Clock) -> tuple[datetime, ...]:
    pairs = ((day, minutes) for day in choice.days[:4] for minutes in clock.minutes)
    return tuple(dict.fromkeys(moment for pair in pairs for moment in ground.at(*pair)[1].moments))


def _from_to(ground: Ground, choice: Choice, clock: ClockStretch) -> WrittenMoment:
    """A stretch within a day; an end before its start lies on the next day."""
    if len(choice.days) > 1 or choice.reason:
        return ground.moment(MomentStatus.AMBIGUOUS, choice.reason, candidates=_all(ground, choice, clock.first))
    day, first, last = choice.days[0], clock.first.minutes[0], clock.last.minutes[0]
    start = ground.at(day, first)[1].moments[0]
    end = ground.at(day, last)[1].moments[0] if last > first else ground.at(day + DAY, last)[1].moments[0]
    return ground.moment(MomentStatus.RANGE, Reason.STRETCH, candidates=(start, end), day=day)


def _one(ground: Ground, day: date, minutes: int) -> WrittenMoment:
    local, placed = ground.at(day, minutes)
    if ground.segment.around:
        return ground.moment(MomentStatus.RANGE, Reason.AROUND, candidates=placed.moments, day=day)
    if placed.reason is Reason.DST_GAP:
        return ground.moment(MomentStatus.NONEXISTENT, placed.reason, candidates=placed.moments, day=day)
    if placed.reason or len(placed.moments) != 1:
        return ground.moment(MomentStatus.AMBIGUOUS, placed.reason, candidates=placed.moments, day=day)
    utc = placed.moments[0].astimezone(UTC)
    return ground.moment(MomentStatus.EXACT, local=local, zone=placed.zone, utc=utc, day=local.date())
