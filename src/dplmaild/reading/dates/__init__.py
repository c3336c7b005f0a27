"""Written dates and times become moments, or the reason to ask back (POLICY-3)."""

from dplmaild.reading.dates.read import join, named_in, read_moment, read_moments_in
from dplmaild.reading.dates.reasons import Reason

__all__ = ["Reason", "join", "named_in", "read_moment", "read_moments_in"]
