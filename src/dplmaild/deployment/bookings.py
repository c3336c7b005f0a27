"""What is held on OPS's schedule, and who gets in whose way (SCHED-7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from dplmaild.deployment.terms import Environment, Product, Window

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Booking:
    """One slot that is held; tentative while it is offered or waits for approval. `customer` is the id."""

    reference: str
    customer: str
    environment: Environment
    window: Window
    product: Product | None = None
    tentative: bool = False


def _by_day(bookings: Iterable[Booking]) -> Mapping[date, tuple[Booking, ...]]:
    """Bookings by every UTC date they touch: a question about one day looks at that day only."""
    days: dict[date, list[Booking]] = {}
    for booking in bookings:
        day, last = booking.window.start.astimezone(UTC).date(), booking.window.end.astimezone(UTC).date()
        while day <= last:
            days.setdefault(day, []).append(booking)
            day += ONE_DAY
    return MappingProxyType({day: tuple(held) for day, held in days.items()})


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that is held, of all customers; never changed, only asked."""

    bookings: tuple[Booking, ...] = ()
    _days: Mapping[date, tuple[Booking, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_days", _by_day(self.bookings))

    def between(self, start: datetime, end: datetime, besides: str | None = None) -> tuple[Booking, ...]:
        """What is held at some moment of this stretch, leaving out the case with reference `besides`."""
        first, last = start.astimezone(UTC), end.astimezone(UTC)
        days = (first.date() + count * ONE_DAY for count in range((last.date() - first.date()).days + 1))
        touched = {id(b): b for day in days for b in self._days.get(day, ())}.values()
        return tuple(b for b in touched if b.reference != besides and b.window.start < last and first < b.window.end)

    def overlapping(self, window: Window, besides: str | None = None) -> tuple[Booking, ...]:
        """What is held at some moment of this window; touching ends do not count."""
        return self.between(window.start, window.end, besides)

    def starting(self, since: datetime, until: datetime, besides: str | None = None) -> tuple[Booking, ...]:
        """What starts in this stretch, its end left out."""
        return tuple(b for b in self.between(since, until, besides) if since <= b.window.start < until)


def most_at_once(window: Window, bookings: Iterable[Booking]) -> int:
    """The largest number of these bookings that run at one moment of the window."""
    begins = window.start.astimezone(UTC)
    runs = [(b.window.start.astimezone(UTC), b.window.end.astimezone(UTC)) for b in bookings]
    moments = [begins, *(start for start, _ in runs if start > begins)]
    return max(sum(start <= moment < end for start, end in runs) for moment in moments)
