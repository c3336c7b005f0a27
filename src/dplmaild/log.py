"""structlog as a daemon needs it: without `rich`, which it loads for tracebacks on terminals where it is installed.

Our log is JSON, and those tracebacks would be four megabytes for good. structlog goes without where `rich` cannot be
imported, so it is told so for the moment in which it looks; who wants `rich` afterwards gets it.
"""

import sys
from typing import TextIO

_ASIDE = "rich" not in sys.modules
if _ASIDE:
    sys.modules["rich"] = None  # type: ignore[assignment]
try:
    import structlog
finally:
    if _ASIDE:
        del sys.modules["rich"]

get_logger = structlog.get_logger


def into(stream: TextIO) -> None:
    """From now on every event is one JSON line in this stream: what happened, how bad, when (UTC), and its fields."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
