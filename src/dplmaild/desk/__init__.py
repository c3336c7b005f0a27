"""One message in, one transaction: heard, considered, written down."""

from dplmaild.desk.answered import Answered
from dplmaild.desk.consider import Considered, Desk
from dplmaild.desk.hearing import Posted
from dplmaild.desk.reception import Reception

__all__ = ["Answered", "Considered", "Desk", "Posted", "Reception"]
