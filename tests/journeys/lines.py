"""The lines of a story one after the other, with a sentence for whoever wrote one wrong."""

import re
from pathlib import Path
from typing import Self

INDENT = "    "


class StoryError(Exception):
    """A story that cannot be read; its message names file and line."""


class Lines:
    """Lines to be taken one by one; blank ones between them mean nothing."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._next = 0
        self.number = 0  # of the line that was taken last
        self._skip_blank()

    @classmethod
    def of(cls, path: Path) -> Self:
        """The lines of a file."""
        return cls(path, path.read_text("utf-8"))

    @property
    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self._next >= len(self._lines)

    def peek(self) -> str:
        """The next line, which stays."""
        return self._lines[self._next].rstrip()

    def take(self) -> str:
        """The next line; StoryError where the file ends too early."""
        if self.at_end:
            raise self.wrong("something is missing here")
        line = self.peek()
        self._next += 1
        self.number = self._next
        self._skip_blank()
        return line

    def match(self, pattern: re.Pattern[str], wanted: str) -> re.Match[str]:
        """The next line as this pattern takes it apart."""
        line = self.take()
        match = pattern.fullmatch(line)
        if match is None:
            raise self.wrong(f"expected {wanted}, found: {line}")
        return match

    def after(self, label: str) -> str:
        """What follows a label that has to lead the next line."""
        line = self.take()
        if not line.startswith(label) or not line.removeprefix(label).strip():
            raise self.wrong(f"expected `{label}...`, found: {line}")
        return line.removeprefix(label)

    def text(self) -> str:
        """The indented lines that follow, as somebody wrote them; StoryError where there are none."""
        found: list[str] = []
        while not self.at_end and (self.peek().startswith(INDENT) or not self.peek()):
            found.append(self.peek().removeprefix(INDENT))
            self._next += 1
        self._skip_blank()
        if not found:
            raise self.wrong("the words of the mail are missing: lines that begin with four blanks")
        return "\n".join(found).rstrip("\n")

    def wrong(self, what: str, number: int | None = None) -> StoryError:
        """The error for the line that was taken last, or for another one."""
        return StoryError(f"{self._path.name}:{number or self.number or 1}: {what}")

    def _skip_blank(self) -> None:
        while not self.at_end and not self.peek():
            self._next += 1
