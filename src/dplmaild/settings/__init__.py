"""One frozen settings object, read once; every problem told together, with its file and line."""

from dplmaild.settings.load import load
from dplmaild.settings.model import Settings
from dplmaild.settings.problems import ConfigurationError, Problem

__all__ = ["ConfigurationError", "Problem", "Settings", "load"]
