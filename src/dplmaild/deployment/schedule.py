"""The next free slots under all rules at once (SCHED-3), and the UAT step that goes with a PRD date (SCHED-9)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, time

from dplmaild.deployment.bookings import Booking, Schedule
from dplmaild.deployment.rules import rules_of
from dplmaild.deployment.rules.block import last_step, syn_before
from dplmaild.deployment.rules.effective import in_block, length_of
from dplmaild.deployment.rules.ground import Asked, Ground, what_of
from dplmaild.deployment.rules.search import Wish, first_legal, refusal, tries_of
from dplmaild.deployment.terms import Finding, Window
from dplmaild.deployment.workdays import ONE_DAY

NEAREST = 5  # refused days whose reasons are told

__all__ = ["Booking", "Schedule", "Slots", "next_slots", "syn_step", "uat_step"]


@dataclass(frozen=True, slots=True)
class Slots:
    """What can be offered, earliest first, and why the nearest other days cannot."""

    slots: tuple[Window, ...]
    refused: tuple[tuple[date, tuple[Finding, ...]], ...] = ()


def next_slots(asked: Asked, ground: Ground, count: int | None = None, horizon_days: int | None = None) -> Slots:
    """The next legal slots on different days from the wanted start on, at most `horizon_days` ahead.

    Wanted is the window's start, else `wanted_day`, else as soon as possible. The length is the window's; without
    a window that of the type, and nothing is offered while the type is not known.
    """
    length = asked.window.length if asked.window else length_of(asked.deployment, ground.customer, ground.profile)
    if length is None:
        return Slots(())
    window = asked.window or Window(asked.now.astimezone(UTC), length)
    placed = replace(asked, window=window, step_days={})
    tries = tries_of(placed, ground, rules_of(ground.profile))
    wanted = count or ground.profile.slots.offered
    wish, found, refused = _wish(asked, ground), list[Window](), list[tuple[date, tuple[Finding, ...]]]()
    for day in _days(wish, ground, horizon_days or ground.profile.slots.horizon_days):
        slot = first_legal(placed, ground, tries, day, wish)
        if slot is not None:
            found.append(slot)
        elif len(refused) < NEAREST:
            refused.append((day, refusal(placed, ground, tries, day, wish)))
        if len(found) == wanted:
            break
    return Slots(tuple(found), tuple(refused))


def uat_step(asked: Asked, ground: Ground) -> Window | None:
    """The last legal UAT window before this PRD one (SCHED-9); None where there is no block or no legal day."""
    place = in_block(what_of(asked, ground), ground.customer, ground.profile)
    return last_step(asked, ground) if place == "last" else None


def syn_step(asked: Asked, ground: Ground, uat: Window | None) -> Window | None:
    """The synchronisation that begins the block of this UAT step, for customers that have it in place."""
    return syn_before(uat, asked, ground) if uat else None


def _wish(asked: Asked, ground: Ground) -> Wish:
    """Nothing before the wanted start, nor before the notice that every start needs."""
    soonest = max(asked.now, asked.arrived) + ground.profile.minimum_notice
    if asked.window is None:
        wanted = ground.calendar.at(asked.wanted_day, time()) if asked.wanted_day else soonest
        return Wish(max(wanted, soonest))
    at = asked.window.start.astimezone(ground.calendar.zone).time()
    return Wish(max(asked.window.start, soonest), at)


def _days(wish: Wish, ground: Ground, horizon: int) -> Iterator[date]:
    first = ground.calendar.day_of(wish.since)
    return (first + count * ONE_DAY for count in range(horizon))
