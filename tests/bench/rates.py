"""How many mails a second: beside the bare loops, and with more waiting, more old, more stored."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from bench.place import Line, Place, Told
from bench.stored import furnish_store

HALF = 0.5
FLAT = 0.8  # within 20 %


def in_turn(repeats: int, *works: Callable[[], Told]) -> list[list[Told]]:
    """Each work so many times, taking turns, so that a noisy minute hits all of them."""
    rounds = [[work() for work in works] for _ in range(repeats)]
    return [[one[index] for one in rounds] for index in range(len(works))]


def rates(runs: Sequence[Told], count: int) -> tuple[float, float]:
    """The best and the median rate, in mails a second."""
    seconds = [run["seconds"] for run in runs]
    return count / min(seconds), count / median(seconds)


def told(runs: Sequence[Told], count: int) -> str:
    """A rate as it is printed: best, median, CPU of our process."""
    best, middle = rates(runs, count)
    cpu = min(run["cpu"] for run in runs) / count * 1000
    return f"{best:.0f}/s (median {middle:.0f}, {cpu:.1f} ms CPU a mail)"


def compared(what: str, ours: tuple[Sequence[Told], int], beside: tuple[Sequence[Told], int], wanted: float) -> Line:
    """Two rates, judged by the ratio of the best ones; the ratio of the medians stands behind it."""
    ratios = [a / b for a, b in zip(rates(*ours), rates(*beside), strict=True)]
    shown = f"{ratios[0]:.2f} ({ratios[1]:.2f})"
    return Line(what, told(*ours), told(*beside), shown, f">= {wanted}", ratios[0] >= wanted)


def beside_bare(place: Place) -> Iterator[Line]:
    """The whole job beside the same job without rules."""
    count = place.scale.waiting
    ours, single, grouped, reading = in_turn(
        place.scale.repeats,
        lambda: place.job(count),
        lambda: place.bare(count, 1),
        lambda: place.bare(count, 50),
        lambda: place.bare(count, 1, reads=True),
    )
    yield compared(
        f"{count:,} waiting: whole job / bare loop, two commits a mail", (ours, count), (single, count), HALF
    )
    yield compared(
        f"{count:,} waiting: whole job / bare loop, 50 mails a commit", (ours, count), (grouped, count), HALF
    )
    besides = compared("  the same / a bare loop that reads as we do", (ours, count), (reading, count), HALF)
    yield replace(besides, wanted="", met=None)
    last = ours[-1]
    figures = (
        f"{last['sent']:.0f} letters of {last['sent_bytes'] / max(last['sent'], 1) / 1000:.1f} KB over"
        f" {last['connections']:.0f} connection(s), {last['commits'] / count:.3f} commits a mail"
    )
    other = single[-1]
    yield Line("  the same work?", figures, f"{other['sent']:.0f} letters", "", "", None)
    with_records = [place.job(count, records=True)]
    yield compared("  with deployment logs and calendar file / without", (with_records, count), (ours, count), HALF)
    yield from _more_waiting(place, ours)


def _more_waiting(place: Place, few: Sequence[Told]) -> Iterator[Line]:
    count, many = place.scale.waiting, place.scale.many_waiting
    runs = [place.job(many) for _ in range(max(1, place.scale.repeats - 1))]
    yield compared(f"flat: {many:,} waiting / {count:,} waiting", (runs, many), (few, count), FLAT)


def old_mail(place: Place) -> Iterator[Line]:
    """The same mail in a small and in a large mailbox."""
    few, many = place.scale.old
    some = place.scale.some
    small, large = in_turn(place.scale.repeats, lambda: place.job(some, old=few), lambda: place.job(some, old=many))
    yield compared(f"flat: {many:,} old mails / {few:,} old mails", (large, some), (small, some), FLAT)


def stored_deployments(place: Place) -> Iterator[Line]:
    """The same mail with few and with many deployments on record."""
    stores: list[Path] = []
    for count in place.scale.stored:
        stores.append(place.folder / f"stored-{count}.db")
        furnish_store(stores[-1], count, place.now)
    few, many = place.scale.stored
    some = place.scale.some
    small, large = in_turn(
        place.scale.repeats, lambda: place.job(some, store=stores[0]), lambda: place.job(some, store=stores[1])
    )
    yield compared(f"flat: {many:,} stored deployments / {few:,}", (large, some), (small, some), FLAT)
