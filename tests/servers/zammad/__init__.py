"""A Zammad for tests: a strict HTTP server of ours, on a real socket, that behaves as a real one was seen to."""

from servers.zammad.double import ZammadDouble
from servers.zammad.faults import Kind
from servers.zammad.store import Version

__all__ = ["Kind", "Version", "ZammadDouble"]
