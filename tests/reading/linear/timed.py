"""Whether work grows in proportion: CPU time of n and 4n, the least of several runs, seen again before it counts.

Four times as much of something linear takes about four times as long, of something quadratic sixteen times. The bound
lies between the two, and what seems to be beyond it is measured again, longer, before anybody is told.
"""

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import thread_time
from types import FrameType
from typing import Any

from reading.linear.worst import Shape, Texts

BOUND = 8.0  # times as long for four times as much
AT_MOST = 1.0  # seconds of CPU for one measured run: who needs more for so little blows up
LENGTH = 1_000  # characters of the shortest text that a pattern is measured with
_TRIES = 3
_RUNS = 3
_LONG = 0.05  # seconds: what took so long was not disturbed, it is slow
_QUICK = 100e-9  # seconds a character: nothing that grows faster than the text can be as quick as that

Work = Callable[[int], Callable[[], object]]  # from a size, what is measured; making the text is not


class EndlessError(Exception):
    """It took far more than it may."""


@contextmanager
def stopped(seconds: float) -> Iterator[None]:
    """What runs on is interrupted, also in the middle of a pattern."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise EndlessError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def taken(run: Callable[[], object], times: int = 1) -> float:
    """Seconds of CPU, the least of so many runs. EndlessError beyond AT_MOST."""
    least = AT_MOST
    for _ in range(times):
        with stopped(AT_MOST):
            began = thread_time()
            run()
            least = min(least, thread_time() - began)
    return least


def grows_too_fast(work: Work, size: int) -> bool:
    """Whether 4n takes more than BOUND times as long as n, also with twice the n; `size` is the first n."""
    four = 0.0
    for attempt in range(_TRIES):
        if four > _LONG:
            break
        try:
            one, four = (taken(work((size << attempt) * times), _RUNS) for times in (1, 4))
        except EndlessError:
            break
        if four < BOUND * one:
            return False
    return True


def applied(pattern: re.Pattern[Any], shape: Shape) -> Work:
    """A pattern looked for everywhere in a text of that shape, and held against the whole of it."""

    def work(size: int) -> Callable[[], object]:
        text = shape.text(size)
        subject: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
        return lambda: (sum(1 for _ in pattern.finditer(subject)), pattern.fullmatch(subject))

    return work


def suspicious(work: Work, size: int) -> bool:
    """A first look, which may be wrong about the innocent only. `size` is the n of it."""
    long = taken(work(4 * size))
    return long > _QUICK * 4 * size and long > BOUND * taken(work(size))


def is_linear(work: Work, size: int) -> bool:
    """Whether work grows in proportion from `size` on."""
    try:
        return not (suspicious(work, size) and grows_too_fast(work, size))
    except EndlessError:
        return False


def worst_of(pattern: re.Pattern[Any]) -> Shape | None:
    """A shape of text on which a pattern takes more than its share; None where all is well."""
    return next((shape for shape in Texts(pattern).shapes() if not is_linear(applied(pattern, shape), LENGTH)), None)
