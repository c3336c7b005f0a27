"""The ticket door: Zammad through zammad-py, with timeouts and failures that say whether something happened."""

from dplmaild.channels.zammad.settings import ZammadSettings, ZammadSettingsError
from dplmaild.channels.zammad.tickets import MailDelivery, ZammadTickets

__all__ = ["MailDelivery", "ZammadSettings", "ZammadSettingsError", "ZammadTickets"]
