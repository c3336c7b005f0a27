"""One owed thing -> one channel, or later, or set aside."""

from dplmaild.delivery.payer import Channels, Delivery, Paid

__all__ = ["Channels", "Delivery", "Paid"]
