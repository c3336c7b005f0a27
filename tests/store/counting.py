"""How many statements a database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from dplmaild.store.database import Database


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement of the block, as it is executed."""
    asked: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", count)
