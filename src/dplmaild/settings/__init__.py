"""One frozen settings object, read once; every problem told together, with its file and line."""

from dplmaild.settings.load import ConfigurationError, Problem, load
from dplmaild.settings.model import Settings

__all__ = ["ConfigurationError", "Problem", "Settings", "load"]
