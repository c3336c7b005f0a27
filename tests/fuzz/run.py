"""`make fuzz COUNT=...`: read every mail that is hard to read, then so many mutants; what offends is kept.

`--first` is the number of the first one: a later run goes on where an earlier one ended.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.hard import HARD
from fuzz.mutate import mutant
from fuzz.reader import HINTS, Run, bound_memory, corpus, peak, read_all, read_timed, settle_in

CHUNK = 1_000
HARD_BYTES = 1_000_000  # of a hard mail
_TOLD_EVERY = 30.0  # seconds


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201


def _begin() -> None:
    """Everything is loaded before memory is bounded."""
    settle_in()
    bound_memory()
    say(f"a worker begins with {peak():.0f} MB")


def _chunk(first: int) -> Run:
    return read_all(range(first, first + CHUNK), corpus())


def _hard(name: str) -> tuple[str, float]:
    raw = HARD[name](HARD_BYTES)
    return max((read_timed(raw, hints) for hints in HINTS), key=lambda told: told[1])


def read_hard(workers: ProcessPoolExecutor) -> int:
    """Read the hard mails; how many offended."""
    bad, worst = 0, (0.0, "")
    for name, (why, taken) in zip(HARD, workers.map(_hard, HARD), strict=True):
        worst = max(worst, (taken, name))
        if why:
            bad += 1
            say(f"{name}: {why}")
    say(f"{len(HARD)} hard mails of {HARD_BYTES:,} bytes, {bad} offended, slowest {worst[0]:.2f} s ({worst[1]})")
    return bad


def main() -> int:
    """Read, tell, keep; 1 where anything offended."""
    asked = argparse.ArgumentParser(description="read damaged mails")
    asked.add_argument("--count", type=int, default=20_000)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--keep", type=Path, default=Path("var/fuzz"))
    options = asked.parse_args()
    done, slowest, most, began, told = 0, (0.0, -1), 0.0, monotonic(), 0.0
    with ProcessPoolExecutor(options.workers, initializer=_begin) as workers:
        bad = read_hard(workers)
        for run in workers.map(_chunk, range(options.first, options.first + options.count, CHUNK)):
            done, slowest, most = done + run.count, max(slowest, run.slowest), max(most, run.peak)
            for offence in run.offences:
                bad += 1
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{offence.number}.eml").write_bytes(mutant(offence.number, corpus()))
                say(f"{offence.number}: {offence.why}")
            if monotonic() - told > _TOLD_EVERY:
                told = monotonic()
                say(f"{done:,} mails, {bad} offended, slowest {slowest[0]:.2f} s ({slowest[1]}), peak {most:.0f} MB")
    took = monotonic() - began
    say(f"{done:,} mails in {took:.0f} s, {bad} offended")
    say(f"slowest {slowest[0]:.2f} s of CPU ({slowest[1]}), peak {most:.0f} MB")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
