"""Turns, signals, readiness and watchdog. The only place that waits."""

from dplmaild.daemon.clock import ClockWatch
from dplmaild.daemon.feeds import FeedSource
from dplmaild.daemon.following import Following
from dplmaild.daemon.loop import Daemon, Watching
from dplmaild.daemon.notify import Notifier
from dplmaild.daemon.sources import MailSource, Source, TicketSource, Workplace

__all__ = [
    "ClockWatch", "Daemon", "FeedSource", "Following", "MailSource", "Notifier", "Source", "TicketSource", "Watching",
    "Workplace",
]  # fmt: skip
