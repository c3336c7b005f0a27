"""Reads mutants, and tells those that raise, take too long or too much memory."""

import gc
import resource
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from types import FrameType

from dplmaild.reading import Expecting, Hints
from dplmaild.reading.meaning import read_parsed
from dplmaild.reading.mime import read_message
from dplmaild.reading.visible import visible
from fuzz.mutate import mutant

CORPUS = Path(__file__).parents[1] / "corpus"
SECONDS = 2.0  # of CPU for one mail
MEGABYTES = 300  # of address space beyond what the process had before
_WHEN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
_OWN = frozenset({"desk@example.org"})
HINTS = (
    Hints(received=_WHEN, own_addresses=_OWN),
    Hints(received=_WHEN, own_addresses=_OWN, expecting=Expecting(offered=3, known_reference=True)),
)


@dataclass(frozen=True, slots=True)
class Offence:
    """A mutant that must not be as it is."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Run:
    """What reading some mutants came to; `slowest` is (CPU seconds, number), `peak` the MB of the process."""

    count: int
    offences: tuple[Offence, ...]
    slowest: tuple[float, int]
    peak: float


class TooSlowError(Exception):
    """Reading took far more than it may."""


def corpus() -> tuple[bytes, ...]:
    """The mails that are damaged."""
    return tuple(path.read_bytes() for path in sorted(CORPUS.glob("*.eml")))


def read_all(numbers: Sequence[int], mails: Sequence[bytes]) -> Run:
    """Read the mutants with these numbers, every other one as an answer to us: to read each as both costs half more."""
    offences, slowest = list[Offence](), (0.0, -1)
    for number in numbers:
        raw = mutant(number, mails)
        why, taken = read_timed(raw, HINTS[number % len(HINTS)])
        slowest = max(slowest, (taken, number))
        if why:
            offences.append(Offence(number, why))
    return Run(len(numbers), tuple(offences), slowest, peak())


def read_timed(raw: bytes, hints: Hints) -> tuple[str, float]:
    """Why this mail must not be as it is, empty where all is well, and the seconds of CPU that it took."""
    started = process_time()
    why = read_one(raw, hints)
    taken = process_time() - started
    return why or (f"{taken:.1f} s" if taken > SECONDS else ""), taken


def read_one(raw: bytes, hints: Hints) -> str:
    """What a mail raises; empty where all is well. The reader's own safety net is left out."""
    try:
        with _stopped_after(5 * SECONDS):
            message = read_message(raw)
            read_parsed(message, visible(message), hints)
    except Exception as error:  # whatever it is, it is what we look for
        return f"{type(error).__name__}: {error}"[:300]
    return ""


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    """A mail that never ends is interrupted."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"more than {seconds:.0f} s")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def peak() -> float:
    """MB that this process had in memory at the most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def settle_in() -> None:
    """Read some mails, so that everything is loaded; what is loaded stays, and is not looked through for garbage."""
    for raw in corpus()[:50]:
        for hints in HINTS:
            read_one(raw, hints)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)  # a third of the time went into looking for garbage


def bound_memory() -> None:
    """From now on this process gets so much more and nothing beyond: what wants it raises MemoryError."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = pages * resource.getpagesize() + MEGABYTES * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
