"""How long to wait before a payment is tried again (P5)."""

from datetime import timedelta

from dplmaild.deployment.owed import LetterKind, Owed, letter_in

_WAITS = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
_LONGEST = timedelta(hours=4)
_URGENT = frozenset({LetterKind.STARTED, LetterKind.DELAYED, LetterKind.ISSUE, LetterKind.COMPLETED})

DOUBT_PAUSE = timedelta(minutes=5)


def wait_after(attempts: int, retry_after: float | None) -> timedelta:
    """Growing waits; the other side's own word counts, up to an hour."""
    grown = _WAITS[attempts - 1] if 0 < attempts <= len(_WAITS) else _LONGEST
    asked = timedelta(seconds=min(max(retry_after or 0.0, 0.0), 3600.0))
    return max(grown, asked)


def patience(what: Owed) -> timedelta:
    """How long it is tried: a start notice that comes an hour late helps nobody."""
    letter = letter_in(what)
    urgent = letter is not None and letter.kind in _URGENT
    return timedelta(minutes=30) if urgent else timedelta(hours=48)
