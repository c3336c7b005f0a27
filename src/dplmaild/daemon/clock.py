"""A wall clock that jumps (P16): noticed by a clock that never does, and nothing falls due until it is plain again.

A machine that sleeps or a process that is stopped is downtime, no jump: the steady clock goes on meanwhile.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from dplmaild.store.clock_hold import KeptHold

SLACK = timedelta(seconds=30)  # what a time server may correct without being taken for a jump
PATIENCE = 600.0  # seconds on the steady clock until a new time is believed


class ClockWatch:
    """Compares the wall clock with a steady one; `steady` gives seconds and counts those of a sleeping machine."""

    def __init__(self, steady: Callable[[], float], kept: KeptHold | None = None) -> None:
        """`kept` remembers a jump over a restart; raises StoreBusyError when it cannot be read."""
        self._steady = steady
        self._kept = kept
        self._last: tuple[datetime, float] | None = None
        left = kept.left(steady(), PATIENCE) if kept else None
        self._believed_at: float | None = None if left is None else steady() + left
        self._written: float | None = None  # what the record says for this boot; after another one it is said anew

    def look(self, now: datetime) -> timedelta | None:
        """How far the wall clock has jumped since the last look; None when it goes on as it should."""
        steady, last = self._steady(), self._last
        self._last = now, steady
        if last is None:
            return None
        jump = (now - last[0]) - timedelta(seconds=steady - last[1])
        if abs(jump) <= SLACK:
            return None
        self._believed_at = steady + PATIENCE
        self._written = None
        return jump

    def keep(self) -> None:
        """Put it on record that the clock is not believed, or is again; raises StoreBusyError, and is tried again."""
        if self._kept is None or self._believed_at is None:
            return
        if self.is_plain:
            self._kept.release()
            self._believed_at = None
        elif self._written is None:
            self._kept.hold(self._believed_at)
            self._written = self._believed_at

    @property
    def is_plain(self) -> bool:
        """Whether the wall clock can be believed: it never jumped, or ten minutes have passed since."""
        return self._believed_at is None or self._steady() >= self._believed_at


def jumped(by: timedelta) -> str:
    """What OPS is told of a jump."""
    minutes, where = round(abs(by).total_seconds() / 60), "forward" if by > timedelta(0) else "back"
    return (
        f"The clock of this machine was set {where} by {minutes} minutes. Nothing falls due for ten minutes, "
        "and until all mail has been read again; then whatever is due by the new time is done."
    )
