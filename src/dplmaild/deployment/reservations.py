"""Recurring reservations (SCHED-5): slots held ahead by a rule, each until its lead time has passed."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from dplmaild.deployment.bookings import Booking
from dplmaild.deployment.customer import Customer, Reservation
from dplmaild.deployment.profile import Count, Profile
from dplmaild.deployment.rules.effective import length_of
from dplmaild.deployment.terms import Deployment, Environment, Window
from dplmaild.deployment.workdays import ONE_DAY

_MOST = 400  # occurrences of one reservation that are looked at: more than one a day is no reservation


def reserved(customer: Customer, profile: Profile, today: date, days: int) -> tuple[Booking, ...]:
    """What a customer's reservations hold from today on (in OPS's zone), at most so many days ahead; all tentative."""
    found: list[Booking] = []
    for reservation in customer.reservations:
        what = Deployment(
            product=reservation.product, environment=_place(reservation, profile), type=reservation.type,
            duration=reservation.duration,
        )  # fmt: skip
        length = reservation.duration or length_of(what, customer, profile)
        if length is not None:
            since = today + timedelta(days=_released_before(reservation, profile))
            starts = _starts(reservation, profile, since, today + timedelta(days=days))
            found += [_booking(customer, reservation, what, Window(start, length)) for start in starts]
    return tuple(found)


def reserved_by_all(customers: Iterable[tuple[Customer, Profile]], today: date, days: int) -> tuple[Booking, ...]:
    """What the reservations of all customers hold."""
    return tuple(booking for customer, profile in customers for booking in reserved(customer, profile, today, days))


def _place(reservation: Reservation, profile: Profile) -> Environment:
    return Environment(reservation.environment or profile.default_environment)


def _released_before(reservation: Reservation, profile: Profile) -> int:
    """How many days ahead a slot nobody has claimed is free again: no request for it would be in time any more."""
    policy = profile.policy(reservation.type)
    lead = policy.lead if policy else None
    if lead is None:
        return 0
    if lead.count is Count.HOURS:
        return lead.at_least // 24
    return lead.at_least


def _starts(reservation: Reservation, profile: Profile, since: date, until: date) -> Iterator[datetime]:
    """The starts between two days, both included, on OPS's wall clock; one that DST skips is left out."""
    zone = ZoneInfo(profile.zone)
    rule = rrulestr(reservation.rule, dtstart=datetime.combine(reservation.first, reservation.at))
    begin, end = datetime.combine(since, time()), datetime.combine(until + ONE_DAY, time())
    for count, wall in enumerate(rule.xafter(begin, inc=True)):
        if wall >= end or count >= _MOST:
            return
        if wall.date() in reservation.without:
            continue
        start = wall.replace(tzinfo=zone)
        if start.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall:
            yield start


def _booking(customer: Customer, reservation: Reservation, what: Deployment, window: Window) -> Booking:
    place = what.environment or Environment("PRD")
    return Booking(f"{customer.id}/{reservation.id}", customer.id, place, window, reservation.product, tentative=True)
