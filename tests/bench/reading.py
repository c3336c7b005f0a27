"""How much CPU reading one long mail takes, and whether memory stays flat over many."""

from collections.abc import Iterator

from bench.place import Line, Place

WANTED = 0.005  # seconds of CPU, at the median
FLAT_MB = 5.0  # caches fill; what grows with every mail would be far more


def reading(place: Place) -> Iterator[Line]:
    """A request or instructions of some 20 KB: an HTML table, and history below it."""
    told = place.measured("reading", place.scale.some)
    what = f"reading {told['count']:.0f} mails of {told['size'] / 1000:.0f} KB, HTML table and history"
    ours = f"median {told['median'] * 1000:.1f} ms CPU (99 %: {told['late'] * 1000:.1f})"
    ratio = f"{told['median'] / WANTED:.2f}"
    yield Line(what, ours, f"{WANTED * 1000:.0f} ms", ratio, "<= 1.0", told["median"] <= WANTED)
    grown = told["grown_mb"]
    held = f"{grown:.1f} MB more than after the first ones"
    yield Line("  memory", held, f"{FLAT_MB:.0f} MB", f"{grown / FLAT_MB:.2f}", "<= 1.0", grown <= FLAT_MB)
