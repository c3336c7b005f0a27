"""How much memory the daemon takes at most, with very large mail waiting."""

from collections.abc import Iterator

from bench.mails import enormous
from bench.place import Line, Place

LIMIT_MB = 100.0
LARGE = 10


def peak(place: Place) -> Iterator[Line]:
    """The peak of a fresh process over the waiting mails with ten of 25 MB among them."""
    count = place.scale.waiting
    mails = place.mails[:count]
    for n in range(LARGE):
        mails.insert((n + 1) * count // (LARGE + 1), enormous(100_000 + n, place.now))
    with place.desk(mails) as ready:
        ours = place.measured("job", ready.folder, len(mails))
    del mails
    with place.desk(place.mails[:count]) as ready:
        small = place.measured("job", ready.folder, count)
    imports = place.measured("imports")
    shown = f"{ours['peak_mb']:.0f} MB (without the large ones {small['peak_mb']:.0f} MB)"
    beside = f"{imports['peak_mb']:.0f} MB with the imports alone"
    ratio = f"{ours['peak_mb'] / imports['peak_mb']:.2f}"
    wanted = f"<= {LIMIT_MB:.0f} MB"
    yield Line(
        f"peak memory, {LARGE} mails of 25 MB among {count}", shown, beside, ratio, wanted, ours["peak_mb"] <= LIMIT_MB
    )
