"""One message in, one transaction: heard, considered, written down."""

from dplmaild.desk.consider import Considered, Desk
from dplmaild.desk.hearing import Posted
from dplmaild.desk.reception import Answered, Reception

__all__ = ["Answered", "Considered", "Desk", "Posted", "Reception"]
