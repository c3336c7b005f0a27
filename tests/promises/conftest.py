"""Figures that the tests of the promises print below pytest's own summary, one line each."""

from collections.abc import Iterator

import pytest
from _pytest.terminal import TerminalReporter

from promises.sweep import Stage, Walked, stage

_FIGURES: list[str] = []


@pytest.fixture
def figures() -> list[str]:
    """Lines for the end of the run."""
    return _FIGURES


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print what was measured."""
    for line in _FIGURES:
        terminalreporter.write_line(line)


@pytest.fixture(scope="package")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A world with its servers and a warm house."""
    with stage(tmp_path_factory.mktemp("scene")) as made:
        yield made


@pytest.fixture(scope="package")
def walked(scene: Stage) -> tuple[Walked, ...]:
    """The undisturbed run, beat by beat."""
    return scene.walk()
