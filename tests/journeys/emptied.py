"""Databases that are empty for every story, and known already: what an engine has compiled is not compiled again."""

import shutil
from pathlib import Path

from dplmaild.store.database import Database
from dplmaild.store.tables import metadata


class Sqlite:
    """One SQLite file, put back to an empty one before each story."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._blank, self._path = folder / "blank.db", folder / "story.db"
        first = Database(f"sqlite:///{self._blank}")
        first.migrate()
        first.close()
        self._database = Database(f"sqlite:///{self._path}")

    def emptied(self) -> Database:
        """The database without a row."""
        self._database.close()
        for left in self._folder.glob("story.db*"):
            left.unlink()
        shutil.copy(self._blank, self._path)
        return self._database


class Postgresql:
    """One PostgreSQL database, emptied before each story."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def emptied(self) -> Database:
        """The database without a row, its counters at one."""
        names = ", ".join(table.name for table in metadata.sorted_tables)
        with self._database.writing() as connection:
            connection.exec_driver_sql(f"truncate {names} restart identity")
        return self._database

    def close(self) -> None:
        """Let go of the server."""
        self._database.close()
