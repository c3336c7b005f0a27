"""Vacations from calendars of others: read at an interval, the last good ones kept, trouble told."""

from dplmaild.feeds.inforce import in_force
from dplmaild.feeds.refresh import Refresher, Trouble, Turned, web_feeds
from dplmaild.feeds.shelf import Kept, Shelf, Source, sources_of

__all__ = ["Kept", "Refresher", "Shelf", "Source", "Trouble", "Turned", "in_force", "sources_of", "web_feeds"]
