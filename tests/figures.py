"""What tests measured, printed below pytest's own summary, whichever worker measured it."""

from _pytest.terminal import TerminalReporter

FIGURE = "figure"


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """One line each; they travel with the tests' reports."""
    ended = (report for how in ("passed", "failed") for report in terminalreporter.getreports(how))
    for report in ended:
        for name, line in report.user_properties:
            if name == FIGURE:
                terminalreporter.write_line(str(line))
