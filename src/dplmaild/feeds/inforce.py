"""The configuration with what its feeds say: from here on there are only days."""

from contextlib import suppress
from datetime import datetime

from dplmaild.deployment.periods import CalendarSource, Period
from dplmaild.feeds.reading import contents_of, read_as
from dplmaild.feeds.shelf import Kept, Shelf, Source
from dplmaild.ports import DplmaildError
from dplmaild.reading.vacations import NotUnderstoodError
from dplmaild.settings import Settings


def in_force(settings: Settings, shelf: Shelf, now: datetime) -> Settings:
    """The same settings, every calendar filled: local files as they are now, feeds by their last good copies."""
    filled = _Filling(shelf, now)
    ops = settings.ops.model_copy(update={"calendar": filled.of(settings.ops.calendar, "UTC")})
    customers = tuple(
        customer.model_copy(
            update={
                "calendar": filled.of(customer.calendar, customer.zone),
                "partner_calendar": customer.partner_calendar and filled.of(customer.partner_calendar, customer.zone),
            }
        )
        for customer in settings.customers
    )
    return settings.model_copy(update={"ops": ops, "customers": customers})


class _Filling:
    def __init__(self, shelf: Shelf, now: datetime) -> None:
        self._shelf = shelf
        self._now = now

    def of(self, calendar: CalendarSource, zone: str) -> CalendarSource:
        """The calendar with the days of its feeds."""
        if not calendar.feeds:
            return calendar
        known = [(feed, self._known(Source(feed, calendar.zone or zone))) for feed in calendar.feeds]
        fed = tuple(
            Period(first=span.first, last=span.last, reason=feed.reason) for feed, kept in known for span in kept.spans
        )
        unread = tuple(feed.title for feed, kept in known if kept.read_at is None)
        return calendar.model_copy(update={"fed": fed, "unread": unread})

    def _known(self, source: Source) -> Kept:
        kept = self._shelf.get(source)
        if source.feed.file is not None:
            with suppress(DplmaildError, NotUnderstoodError):  # the last good one stays; the refresher says why
                return read_as(source, contents_of(source.feed.file), kept, self._now)
        return kept
