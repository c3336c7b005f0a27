"""Where a key stands in a TOML file: the parser of the standard library does not say, and an operator wants to know."""

import re
from collections.abc import Sequence

_TABLE = re.compile(r"^\s*(\[{1,2})([^\[\]#]{1,400})\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\"'-]{1,200})\s*=")

Path = tuple[str | int, ...]


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


class Lines:
    """The line of every table and key of one TOML text."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        counts: dict[tuple[str, ...], int] = {}
        here: Path = ()
        for number, line in enumerate(text.splitlines(), start=1):
            if table := _TABLE.match(line):
                here = self._enter(table[1], _parts(table[2]), counts)
                self._lines.setdefault(here, number)
            elif key := _KEY.match(line):
                self._lines.setdefault((*here, *_parts(key[1])), number)

    @staticmethod
    def _enter(brackets: str, parts: tuple[str, ...], counts: dict[tuple[str, ...], int]) -> Path:
        """The path of a table header, with the index of each array of tables it lies in."""
        if brackets == "[[":
            counts[parts] = counts.get(parts, -1) + 1
        path: list[str | int] = []
        for depth, part in enumerate(parts, start=1):
            path.append(part)
            if parts[:depth] in counts:
                path.append(counts[parts[:depth]])
        return tuple(path)

    def of(self, path: Sequence[str | int]) -> int | None:
        """The line of a key, else that of the nearest table around it."""
        for length in range(len(path), 0, -1):
            line = self._lines.get(tuple(path[:length]))
            if line is not None:
                return line
        return None
