"""What is wrong with a desk's own letters, as problems with file and line: for `check`, `letters` and the start."""

from contextlib import suppress
from pathlib import Path

from dplmaild.settings import Problem, Settings
from dplmaild.settings.lines import Lines
from dplmaild.writing.gallery import check_all
from dplmaild.writing.letters import Letters
from dplmaild.writing.own import Fault


def problems_of(letters: Letters, settings: Settings) -> list[Problem]:
    """Every letter is worded with sample facts in every language; what ships stands in for what is named here.

    Nothing is done where a desk has no letters of its own: those that ship are tested before they do.
    """
    folder = settings.letters_folder
    return [_problem(folder, fault) for fault in check_all(letters)] if folder else []


def _problem(folder: Path, fault: Fault) -> Problem:
    path, line = folder / fault.path, fault.line
    if line is None and fault.key:
        with suppress(OSError, UnicodeDecodeError):
            line = Lines(path.read_text("utf-8")).of(fault.key)
    return Problem(path, line, ".".join(fault.key), fault.text)
