"""How long the search for slots takes: a schedule so full that it goes a year ahead, with few and many customers."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from time import process_time

from bench.place import Line, Place
from deployment.rules.build import CAAS, CODE, OPS, asked, booking, customer, ground, wanted
from dplmaild.deployment.bookings import Schedule
from dplmaild.deployment.customer import Reservation
from dplmaild.deployment.reservations import reserved_by_all
from dplmaild.deployment.rules import Asked, Ground
from dplmaild.deployment.schedule import next_slots

WANTED = 0.1  # seconds for a search one year ahead, with 1,000 customers and a year of bookings
_CUSTOMERS, _MONTHS = (100, 1_000), 12
_FIRST = date(2026, 11, 23)


def slots(_place: Place) -> Iterator[Line]:
    """The first free day of a desk with room, and a search through a year in which every day is taken."""
    for count in _CUSTOMERS:
        schedule = _year(count)
        for what, team, limit in (
            ("the next three free slots", OPS.model_copy(update={"at_once": 100, "per_day": 500}), WANTED),
            ("a year ahead, nothing free", OPS.model_copy(update={"at_once": 1, "per_day": 1}), WANTED),
        ):
            on = replace(ground(team=team), schedule=schedule)
            one = asked(wanted(CODE, "2026-12-01 10:00"), on)
            took = _fastest(one, on)
            shown = f"{what}, {count:,} customers, {count * _MONTHS:,} bookings"
            told = f"{took * 1000:.1f} ms CPU"
            yield Line(shown, told, f"{limit * 1000:.0f} ms", f"{took / limit:.2f}", "<= 1.0", took <= limit)


def _year(count: int) -> Schedule:
    """A year of bookings, one a month for each customer, and a reservation for every tenth."""
    draw = random.Random(count)  # noqa: S311 - the same year in every run
    held = []
    for number in range(count * _MONTHS):
        day, hour = _FIRST + timedelta(days=draw.randrange(366)), draw.randrange(9, 15)
        held.append(booking(f"{day} {hour:02d}:00", 2, who=f"c{number % count}", reference=f"DPL-{number}"))
    every_day = (_FIRST + timedelta(days=number) for number in range(366))  # none without any
    held += [booking(f"{day} 10:00", 2, who="c0", reference=f"DPL-{day}") for day in every_day]
    weekly = Reservation(id="weekly", rule="FREQ=WEEKLY", first=_FIRST, at=time(10), type=CODE)
    having = [(customer(id=f"c{number}", reservations=(weekly,)), CAAS) for number in range(0, count, 10)]
    return Schedule(tuple(held)).over(Schedule(reserved_by_all(having, _FIRST, 400)), "acme")


def _fastest(one: Asked, on: Ground) -> float:
    """CPU of the fastest of some searches, each on a schedule that was not asked before."""
    took = []
    for _ in range(5):
        fresh = replace(on, schedule=on.schedule.holding("DPL-none", ()))
        began = process_time()
        next_slots(one, fresh)
        took.append(process_time() - began)
    return min(took)
