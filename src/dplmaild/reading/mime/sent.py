"""The Date header: a moment with its zone, or nothing."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,6})? ?(?:Z|[+-]\d\d:?\d\d)")


def sent_at(text: str) -> datetime | None:
    """The moment of a Date header, aware; None when it has no zone or cannot be read."""
    if _ISO.fullmatch(text):
        return _checked(lambda: datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-")))
    if len(text) > 200:
        return None
    moment = _checked(lambda: parsedate_to_datetime(text))
    if moment is not None and moment.tzinfo is None:
        # parsedate gives no zone for `-0000`, which means UTC (RFC 5322 3.3), and for none at all, which means nothing.
        return moment.replace(tzinfo=UTC) if "-0000" in text else None
    return moment


def _checked(read: Callable[[], datetime]) -> datetime | None:
    try:
        moment = read()
        moment.utctimetuple()  # a zone at the edge of the calendar cannot be reckoned with
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment
