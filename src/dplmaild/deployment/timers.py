"""What can fall due by itself (STATE-3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TimerKind(StrEnum):
    """What can fall due by itself (STATE-3)."""

    OFFER_LAPSES = "offer lapses"
    REMINDER = "instruction reminder"
    DEADLINE = "instruction deadline"
    START_UNHELD = "start of a held deployment"
    READY = "start comes near"
    START_PASSED = "start passed by"
    WINDOW_OVER = "window over"
    TESTS_OVER = "end of the test window"
    TESTS_MORNING = "attendant still silent"


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that falls due at a moment; kind and due together are its identity within a case."""

    kind: TimerKind
    due: datetime
