"""Figures that the tests of the promises print below pytest's own summary, one line each."""

import pytest
from _pytest.terminal import TerminalReporter

_FIGURES: list[str] = []


@pytest.fixture
def figures() -> list[str]:
    """Lines for the end of the run."""
    return _FIGURES


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print what was measured."""
    for line in _FIGURES:
        terminalreporter.write_line(line)
