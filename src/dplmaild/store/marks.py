"""What calendars and profiles looked like when booked deployments were last looked at."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from dplmaild.store.tables import marks


class Marks:
    """The fingerprints of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> dict[str, str]:
        """Every fingerprint by its name; empty before the first look."""
        return {row.name: row.mark for row in self._connection.execute(select(marks.c.name, marks.c.mark))}

    def replace(self, now: Mapping[str, str], seen_at: datetime) -> None:
        """These from now on, and no others."""
        self._connection.execute(delete(marks))
        rows = [{"name": name, "mark": mark, "seen_at": seen_at} for name, mark in now.items()]
        self._connection.execute(insert(marks), rows)

    def seen_at(self) -> datetime | None:
        """When the last look was that found something changed, or the first."""
        return self._connection.execute(select(func.max(marks.c.seen_at))).scalar()
