"""A calendar file, somebody else's, to the days of vacation in it. Any bytes give days, or the reason why not."""

from dplmaild.reading.vacations.days import vacations_in
from dplmaild.reading.vacations.event import Wanted
from dplmaild.reading.vacations.lines import LARGEST, NotUnderstoodError

__all__ = ["LARGEST", "NotUnderstoodError", "Wanted", "vacations_in"]
