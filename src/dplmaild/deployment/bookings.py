"""What is held on OPS's schedule, and who gets in whose way (SCHED-7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from types import MappingProxyType

from dplmaild.deployment.terms import Environment, Product, Window

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Booking:
    """One slot that is held; tentative while it is offered or waits for approval. `customer` is the id.

    `begins` and `ends` are the window in UTC, reckoned once.
    """

    reference: str
    customer: str
    environment: Environment
    window: Window
    product: Product | None = None
    tentative: bool = False
    begins: datetime = field(init=False, repr=False, compare=False)
    ends: datetime = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins", self.window.start.astimezone(UTC))
        object.__setattr__(self, "ends", self.window.end.astimezone(UTC))


def _by_day(bookings: Iterable[Booking]) -> Mapping[date, tuple[Booking, ...]]:
    """Bookings by every UTC date they touch: a question about one day looks at that day only."""
    days: dict[date, list[Booking]] = {}
    for booking in bookings:
        for day in _days(booking.begins, booking.ends):
            days.setdefault(day, []).append(booking)
    return MappingProxyType({day: tuple(held) for day, held in days.items()})


def _days(first: datetime, last: datetime) -> Iterable[date]:
    """The dates from one UTC moment to another."""
    return (first.date() + count * ONE_DAY for count in range((last.date() - first.date()).days + 1))


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that is held, of all customers; never changed, only asked."""

    bookings: tuple[Booking, ...] = ()
    reserved: "Reserved | None" = None  # what is held ahead by rules, under all that people have agreed
    _held: Mapping[date, tuple[Booking, ...]] = field(init=False, repr=False, compare=False)
    _seen: dict[date, tuple[Booking, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_held", _by_day(self.bookings))

    def holding(self, reference: str, bookings: Iterable[Booking]) -> "Schedule":
        """The same schedule, but that one case holds these slots and no others."""
        new, days = tuple(bookings), dict(self._held)
        old = tuple(booking for booking in self.bookings if booking.reference == reference)
        for day in {day for booking in (*old, *new) for day in _days(booking.begins, booking.ends)}:
            others = tuple(booking for booking in days.get(day, ()) if booking.reference != reference)
            days[day] = others + tuple(b for b in new if b.begins.date() <= day <= b.ends.date())
        others = tuple(booking for booking in self.bookings if booking.reference != reference)
        return self._changed(others + new, MappingProxyType(days), self.reserved)

    def over(self, reserved: "Schedule | None", asking: str) -> "Schedule":
        """The same schedule above what recurring reservations hold, as a request of the customer `asking` meets it."""
        return self._changed(self.bookings, self._held, Reserved(reserved, asking) if reserved else None)

    @staticmethod
    def _changed(
        bookings: tuple[Booking, ...], held: Mapping[date, tuple[Booking, ...]], reserved: "Reserved | None"
    ) -> "Schedule":
        """As __init__ does, without going through every booking again."""
        changed = object.__new__(Schedule)
        for name, value in (("bookings", bookings), ("reserved", reserved), ("_held", held), ("_seen", {})):
            object.__setattr__(changed, name, value)
        return changed

    def overlapping(self, window: Window, besides: str | None = None) -> tuple[Booking, ...]:
        """What is held at some moment of this window, without the case `besides`; touching ends do not count."""
        return self._between(window.start.astimezone(UTC), window.end.astimezone(UTC), besides)

    def starting(self, since: datetime, until: datetime, besides: str | None = None) -> tuple[Booking, ...]:
        """What starts in this stretch, its end left out, without the case `besides`."""
        first = since.astimezone(UTC)
        return tuple(held for held in self._between(first, until.astimezone(UTC), besides) if held.begins >= first)

    def _between(self, first: datetime, last: datetime, besides: str | None) -> tuple[Booking, ...]:
        days = [self._on(day) for day in _days(first, last)]
        touched = days[0] if len(days) == 1 else {id(held): held for day in days for held in day}.values()
        return tuple(b for b in touched if b.begins < last and first < b.ends and b.reference != besides)

    def _on(self, day: date) -> tuple[Booking, ...]:
        """Everything that touches a UTC date; with what is reserved, worked out once: a search asks again and again."""
        held = self._held.get(day, ())
        if self.reserved is None:
            return held
        if day not in self._seen:
            self._seen[day] = held + self.reserved.on(day, self)
        return self._seen[day]

    def on_days_of(self, bookings: Iterable[Booking]) -> Mapping[str, tuple[Booking, ...]]:
        """What is held on the days that these bookings touch, by customer."""
        days = {day for booking in bookings for day in _days(booking.begins, booking.ends)}
        found: dict[str, list[Booking]] = {}
        for held in (held for day in days for held in self._held.get(day, ())):
            found.setdefault(held.customer, []).append(held)
        return {customer: tuple(held) for customer, held in found.items()}


@dataclass(frozen=True, slots=True)
class Reserved:
    """Recurring reservations as one customer's request meets them (SCHED-5): its own are in nobody's way.

    A reserved slot for which its customer has something on the schedule already is claimed: that counts instead.
    """

    schedule: Schedule
    asking: str  # the id of the customer whose request is judged

    def on(self, day: date, agreed: Schedule) -> tuple[Booking, ...]:
        """What other customers' reservations hold on this UTC date."""
        others = [booking for booking in self.schedule._on(day) if booking.customer != self.asking]
        known = agreed.on_days_of(others) if others else {}
        return tuple(one for one in others if not any(_meet(one, other) for other in known.get(one.customer, ())))


def _meet(one: Booking, other: Booking) -> bool:
    return one.begins < other.ends and other.begins < one.ends


def most_at_once(window: Window, bookings: Iterable[Booking]) -> int:
    """The largest number of these bookings that run at one moment of the window."""
    begins = window.start.astimezone(UTC)
    # Ends before begins at the same moment: touching ends do not count.
    changes = sorted(
        change for held in bookings if held.ends > begins for change in ((max(held.begins, begins), 1), (held.ends, -1))
    )
    return max(accumulate(step for _, step in changes), default=0)
