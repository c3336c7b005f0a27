"""Mail that a machine sent: never answered (MSG-3)."""

from dplmaild.reading.automatic.absence import speaks_of_absence
from dplmaild.reading.automatic.calendar import is_commented, method_of
from dplmaild.reading.automatic.read import LOOP_HEADER, automatic
from dplmaild.reading.automatic.returned import returned

__all__ = ["LOOP_HEADER", "automatic", "is_commented", "method_of", "returned", "speaks_of_absence"]
