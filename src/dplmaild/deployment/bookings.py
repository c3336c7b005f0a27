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


@dataclass(frozen=True, slots=True)
class _Held:
    """A booking with its stretch in UTC, reckoned once."""

    booking: Booking
    start: datetime
    end: datetime


def _by_day(bookings: Iterable[Booking]) -> Mapping[date, tuple[_Held, ...]]:
    """Bookings by every UTC date they touch: a question about one day looks at that day only."""
    days: dict[date, list[_Held]] = {}
    for booking in bookings:
        held = _Held(booking, booking.window.start.astimezone(UTC), booking.window.end.astimezone(UTC))
        for count in range((held.end.date() - held.start.date()).days + 1):
            days.setdefault(held.start.date() + count * ONE_DAY, []).append(held)
    return MappingProxyType({day: tuple(held) for day, held in days.items()})


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that is held, of all customers; never changed, only asked."""

    bookings: tuple[Booking, ...] = ()
    _days: Mapping[date, tuple[_Held, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_days", _by_day(self.bookings))

    def overlapping(self, window: Window, besides: str | None = None) -> tuple[Booking, ...]:
        """What is held at some moment of this window, without the case `besides`; touching ends do not count."""
        return tuple(held.booking for held in self._between(window.start, window.end, besides))

    def starting(self, since: datetime, until: datetime, besides: str | None = None) -> tuple[Booking, ...]:
        """What starts in this stretch, its end left out, without the case `besides`."""
        first = since.astimezone(UTC)
        return tuple(held.booking for held in self._between(since, until, besides) if held.start >= first)

    def _between(self, start: datetime, end: datetime, besides: str | None) -> tuple[_Held, ...]:
        first, last = start.astimezone(UTC), end.astimezone(UTC)
        days = (first.date() + count * ONE_DAY for count in range((last.date() - first.date()).days + 1))
        touched = {id(held): held for day in days for held in self._days.get(day, ())}.values()
        return tuple(h for h in touched if h.booking.reference != besides and h.start < last and first < h.end)


def most_at_once(window: Window, bookings: Iterable[Booking]) -> int:
    """The largest number of these bookings that run at one moment of the window."""
    begins = window.start.astimezone(UTC)
    runs = [(b.window.start.astimezone(UTC), b.window.end.astimezone(UTC)) for b in bookings]
    moments = [begins, *(start for start, _ in runs if start > begins)]
    return max(sum(start <= moment < end for start, end in runs) for moment in moments)
