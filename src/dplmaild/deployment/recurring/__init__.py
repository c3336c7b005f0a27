"""Days that come again every year, said as a rule: "third Advent Sunday", "last working day of each quarter"."""

from dplmaild.deployment.recurring.anchor import Working, office_days
from dplmaild.deployment.recurring.reading import Anchor, RuleError, read_anchor
from dplmaild.deployment.recurring.spans import FarApartError, Span, check_span, spans_of, week_of

__all__ = [
    "Anchor",
    "FarApartError",
    "RuleError",
    "Span",
    "Working",
    "check_span",
    "office_days",
    "read_anchor",
    "spans_of",
    "week_of",
]
