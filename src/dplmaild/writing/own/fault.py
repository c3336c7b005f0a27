"""What is wrong with a file of one's own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where; `key` leads to a sentence in a TOML file, `line` counts from 1."""

    path: str  # in the folder of own letters; empty where it cannot be told
    text: str
    line: int | None = None
    key: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = ".".join(self.key)
        return ": ".join(filter(None, (self.path, str(self.line or ""), place, self.text)))
