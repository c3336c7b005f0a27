"""One message in, one transaction: heard, considered, written down."""

from dplmaild.desk.answered import Answered
from dplmaild.desk.consider import Considered, Desk
from dplmaild.desk.daily import DailyDigest
from dplmaild.desk.hearing import Posted
from dplmaild.desk.reception import Reception

__all__ = ["Answered", "Considered", "DailyDigest", "Desk", "Posted", "Reception"]
