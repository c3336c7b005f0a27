"""Bytes to meaning. Pure: no clock, no files, no sockets; nothing in here raises on a mail."""

from dplmaild.reading.meaning import Expecting, Hints, read, read_parsed

__all__ = ["Expecting", "Hints", "read", "read_parsed"]
