"""From the events of a calendar to days of vacation on the wall clock of a site."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dplmaild.deployment.recurring import Span
from dplmaild.reading.vacations.event import ONE_DAY, Event, Wanted, read_event, uid_of
from dplmaild.reading.vacations.lines import NotUnderstoodError, events_in
from dplmaild.reading.vacations.moments import Moment
from dplmaild.reading.vacations.recurrence import Budget

_MOST = 5_000  # stretches of days


def vacations_in(raw: bytes, wanted: Wanted) -> tuple[Span, ...]:
    """The stretches of vacation, in order and put together; raises NotUnderstoodError with the reason."""
    budget = Budget()
    events: list[Event] = []
    moved: dict[str, list[Moment]] = {}
    for lines in events_in(raw):
        event, instead_of = read_event(lines, wanted, budget)
        if event is not None:
            events.append(event)
        if instead_of is not None:
            moved.setdefault(uid_of(lines), []).append(instead_of)
    return _joined(span for event in events for span in _spans(event, moved.get(event.uid, ()), wanted))


def _spans(event: Event, moved: Iterable[Moment], wanted: Wanted) -> Iterator[Span]:
    for day in _starts(event, moved, wanted):
        span = _span(event, day, wanted.zone)
        if span.last >= wanted.first and span.first <= wanted.last:
            yield span


def _starts(event: Event, moved: Iterable[Moment], wanted: Wanted) -> Iterator[date]:
    """The days on which it starts, on its own wall clock, without those that were taken out or moved."""
    if event.instead_of is not None:
        yield event.start.day
        return
    early, late = wanted.first - event.length - 2 * ONE_DAY, wanted.last + 2 * ONE_DAY
    again = event.rule.days(early, late) if event.rule else iter(())
    also = (moment.on_clock_of(event.start).day for moment in event.also)
    gone = {moment.on_clock_of(event.start).day for moment in (*event.without, *moved)}
    for day in dict.fromkeys((event.start.day, *also, *again)):
        if day not in gone:
            yield day


def _span(event: Event, day: date, zone: ZoneInfo) -> Span:
    """Whole days as they are; hours by the days they touch on the site's wall clock."""
    if event.start.zone is None:
        return Span(day, day + max(event.length, ONE_DAY) - ONE_DAY)
    begins = datetime.combine(day, event.start.at, event.start.zone).astimezone(UTC)
    ends = begins + max(event.length - timedelta(microseconds=1), timedelta(0))
    return Span(begins.astimezone(zone).date(), ends.astimezone(zone).date())


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Days in a row are one stretch, whoever is away."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.first <= found[-1].last + ONE_DAY:
            found[-1] = replace(found[-1], last=max(found[-1].last, span.last))
        else:
            found.append(span)
    if len(found) > _MOST:
        raise NotUnderstoodError(f"it holds more than {_MOST} vacations")
    return tuple(found)
