"""A page about a policy, as sections of sentences and tables that any surface can show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one length under their heads."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A title, sentences, and perhaps a table below them."""

    title: str
    lines: tuple[str, ...] = ()
    table: Table | None = None
