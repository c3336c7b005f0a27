"""Turns, signals, readiness and watchdog. The only place that waits."""

from dplmaild.daemon.feeds import FeedSource
from dplmaild.daemon.following import Following
from dplmaild.daemon.loop import Daemon
from dplmaild.daemon.notify import Notifier
from dplmaild.daemon.sources import MailSource, Source, TicketSource, Workplace

__all__ = ["Daemon", "FeedSource", "Following", "MailSource", "Notifier", "Source", "TicketSource", "Workplace"]
