"""`make bench`: the whole job beside bare loops of its own in the same run; `--quick` measures less.

Prints a table of ratios, with both absolute figures beside each. Ends with 0 whenever it could measure.
"""

import argparse
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.latency import replies
from bench.memory import peak
from bench.place import QUICK, Line, MeasureError, Place, Scale
from bench.rates import beside_bare, old_mail, stored_deployments
from bench.reading import reading
from bench.servers_up import servers_up
from bench.slots import slots
from servers import dovecot

ALL: dict[str, Callable[[Place], Iterator[Line]]] = {
    "rate": beside_bare,
    "old": old_mail,
    "stored": stored_deployments,
    "memory": peak,
    "latency": replies,
    "reading": reading,
    "slots": slots,
}
_ROW = "| {:<64} | {:<52} | {:<52} | {:<12} | {:<9} | {:<7} |"


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201


def row(line: Line) -> str:
    """A line of the table."""
    verdict = {True: "met", False: "not met", None: ""}[line.met]
    return _ROW.format(line.what, line.ours, line.beside, line.ratio, line.wanted, verdict)


def head(scale: Scale) -> None:
    """What was measured where, and the head of the table."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    say(
        f"dplmaild {commit.stdout.strip()}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()},"
        f" Dovecot {dovecot.version()}, {scale.repeats} repeats, best of them (medians in brackets)\n"
    )
    say(_ROW.format("what", "ours", "beside it", "ratio", "wanted", ""))
    say(_ROW.format(*("-" * width for width in (64, 52, 52, 12, 9, 7))))


def main() -> int:
    """Measure and print; 1 only where it could not be measured."""
    asked = argparse.ArgumentParser(description="measure the whole job beside bare loops")
    asked.add_argument("--quick", action="store_true", help="a fifth of everything, in a minute")
    asked.add_argument("--only", choices=sorted(ALL), action="append", help="only these measurements")
    options = asked.parse_args()
    if not dovecot.installed():
        say("no Dovecot on this machine: `make servers` installs it where root is available")
        return 1
    started, failed = monotonic(), False
    scale = QUICK if options.quick else Scale()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, servers_up() as servers:
        place = Place(servers, scale, Path(folder))
        head(scale)
        for name in options.only or ALL:
            try:
                for line in ALL[name](place):
                    say(row(line))
            except (MeasureError, subprocess.TimeoutExpired) as error:
                failed = True
                say(f"| {name} could not be measured: {error}")
    say(f"\n{monotonic() - started:.0f} s")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
