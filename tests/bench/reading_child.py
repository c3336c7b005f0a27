"""Reads mail in its own process, `reading_child.py COUNT`: the CPU one mail takes, and what memory grows by."""

import sys
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.mails import DESK, Sort, at_ten, mix
from bench.peak import held_mb, tell
from dplmaild.reading import Hints, read
from dplmaild.reading.mime import read_message

LONG = 15_000  # bytes; from here on a mail of the mix is HTML with its history
WARM = 40


def long_mails(count: int) -> list[bytes]:
    """Requests and instructions as an office program writes them, all different."""
    wanted = {Sort.REQUEST, Sort.INSTRUCTIONS}
    found = (each.raw for each in mix(20 * count, at_ten()) if each.sort in wanted and len(each.raw) > LONG)
    return [raw for raw, _ in zip(found, range(count), strict=False)]


def main(count: int) -> None:
    """Read every mail once; the first ones only warm the process up."""
    mails = long_mails(count + WARM)
    hints = Hints(received=at_ten() + timedelta(hours=1), own_addresses=frozenset({DESK}))
    for raw in mails[:WARM]:
        read(raw, hints)
    before, taken = held_mb(), []
    for raw in mails[WARM:]:
        started = process_time()
        said = read(raw, hints)
        taken.append(process_time() - started)
        if not said.deployments:
            raise SystemExit(f"not read: {read_message(raw).subject}")
    taken.sort()
    tell(
        median=median(taken),
        late=taken[int(len(taken) * 0.99)],
        size=sum(map(len, mails)) / len(mails),
        count=len(taken),
        grown_mb=held_mb() - before,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
