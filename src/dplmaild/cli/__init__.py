"""The command line: every word of it is a thin call into the house."""

from dplmaild.cli.main import main

__all__ = ["main"]
