"""Figures that the tests of the promises print below pytest's own summary, one line each."""

from collections.abc import Callable, Iterator

import pytest
from _pytest.terminal import TerminalReporter

from promises.sweep import Stage, Walked, stage

_FIGURE = "figure"


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Takes a line for the end of the run; it travels with the test's report, from whichever worker ran it."""
    return lambda line: record_property(_FIGURE, line)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print what was measured."""
    ended = (report for how in ("passed", "failed") for report in terminalreporter.getreports(how))
    for report in ended:
        for name, line in report.user_properties:
            if name == _FIGURE:
                terminalreporter.write_line(str(line))


@pytest.fixture(scope="package")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A world with its servers and a warm house."""
    with stage(tmp_path_factory.mktemp("scene")) as made:
        yield made


@pytest.fixture(scope="package")
def walked(scene: Stage) -> tuple[Walked, ...]:
    """The undisturbed run, beat by beat."""
    return scene.walk()
