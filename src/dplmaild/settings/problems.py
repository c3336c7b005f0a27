"""What is wrong with a configuration: every problem with its file and line, collected while it is read."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from dplmaild.ports import DplmaildError
from dplmaild.settings.lines import Lines

Model = TypeVar("Model", bound=BaseModel)
_LINE = re.compile(r"at line (\d{1,9})")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    file: Path
    line: int | None
    key: str
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.key + ': ' if self.key else ''}{self.text}"

    def as_json(self) -> dict[str, Any]:
        """As `check --json` prints it."""
        return {"file": str(self.file), "line": self.line, "key": self.key, "problem": self.text}


class ConfigurationError(DplmaildError):
    """The configuration cannot be used; `problems` holds all of it at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Files:
    """The files read so far, what they held, and what was wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.lines: dict[Path, Lines] = {}

    def read(self, path: Path) -> dict[str, Any] | None:
        """The tables of one file; None (and a problem) when it cannot be read."""
        try:
            text = path.read_text("utf-8")
            self.lines[path] = Lines(text)
            return tomllib.loads(text)
        except FileNotFoundError:
            self.problems.append(Problem(path, None, "", "there is no such file"))
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(Problem(path, None, "", f"cannot be read: {error}"))
        except tomllib.TOMLDecodeError as error:
            place = _LINE.search(str(error))
            self.problems.append(Problem(path, int(place[1]) if place else None, "", f"is no valid TOML: {error}"))
        return None

    def validate(self, path: Path, model: type[Model], tables: Mapping[str, Any]) -> Model | None:
        """The model of one file; None (and a problem for every mistake) when it does not fit."""
        try:
            return model.model_validate(tables)
        except ValidationError as error:
            for each in error.errors(include_url=False, include_context=False):
                for where, text in _placed(each):
                    self.blame(path, where, text)
            return None

    def blame(self, path: Path, where: tuple[str | int, ...], text: str) -> None:
        """Note a problem at a key."""
        lines = self.lines.get(path)
        # A discriminated union puts its tag into the location; the file knows no such key.
        written = tuple(part for part in where if part not in {"imap", "maildir", "smtp", "caldav", "ics"})
        line = lines.of(written) if lines else None
        self.problems.append(Problem(path, line, ".".join(str(part) for part in written), text))


_KEY = re.compile(r"([a-z_]{1,40}(?:\.[A-Za-z0-9_-]{1,40}){0,3}): ")


def _placed(error: ErrorDetails) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """A mistake with its place; what a whole model says of itself names the key that each sentence stands at."""
    if error["loc"]:
        yield error["loc"], _sentence(error)
        return
    for sentence in _sentence(error).split("; "):
        key = _KEY.match(sentence)
        yield (tuple(key[1].split(".")), sentence[key.end() :]) if key else ((), sentence)


def _sentence(error: ErrorDetails) -> str:
    """A mistake in words; a word that is not among the known ones is quoted, anything else could be a secret."""
    if error["type"] == "extra_forbidden":
        return "there is no such key"
    said = error["msg"].removeprefix("Value error, ")
    return f"{said}, not {error['input']!r}" if error["type"] in {"enum", "literal_error"} else said
