"""Parts that fail when a test says so."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from dplmaild.store.database import Database, StoreBusyError


class FailingDatabase(Database):
    """Refuses every commit while `refuses` is set, as a full disk does."""

    refuses = False

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See Database."""
        with super().writing() as connection:
            yield connection
            if self.refuses:
                raise StoreBusyError("the database refused a write: disk full")
