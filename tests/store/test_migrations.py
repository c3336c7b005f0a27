"""A new database is made at once, an old one is brought forward: both must come to the same tables."""

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from dplmaild.store import migrating
from dplmaild.store.database import Database, StoreError
from dplmaild.store.tables import metadata
from store.conftest import Opened
from store.engines import Postgres

MIGRATIONS = Path(migrating.__file__).parent / "migrations"
FIRST = "0001"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/old.db"
    server: Postgres = request.getfixturevalue("postgres_server")
    return server.empty_url()


@pytest.fixture
def old(empty_url: str, opened: Opened) -> Database:
    """A database as the first program left it."""
    database = opened(empty_url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST)
    return database


def test_an_old_database_is_brought_to_the_tables_that_the_code_knows(old: Database) -> None:
    assert _differences(old)
    old.migrate()
    assert _differences(old) == []


def test_an_old_database_and_a_new_one_have_the_same_keys_and_version(
    old: Database, tmp_path: Path, opened: Opened
) -> None:
    old.migrate()
    new = opened(f"sqlite:///{tmp_path}/new.db")
    new.migrate()
    assert _keys(old) == _keys(new)
    assert _version(old) == _version(new)


def test_a_new_database_needs_no_migration(empty_url: str, opened: Opened) -> None:
    new = opened(empty_url)
    new.migrate()
    assert _differences(new) == []
    with new.engine.begin() as connection:
        migrating.upgrade(connection, MIGRATIONS)  # would fail where it made a table again
    assert _differences(new) == []


def test_tables_that_somebody_else_made_are_left_alone(empty_url: str, opened: Opened) -> None:
    foreign = opened(empty_url)
    with foreign.engine.begin() as connection:
        connection.execute(text("create table owed (amount integer)"))
    with pytest.raises(Exception, match="owed"):
        foreign.migrate()
    assert inspect(foreign.engine).get_table_names() == ["owed"]


def test_a_broken_sqlite_file_is_a_clear_refusal(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match=r"broken\.db"):
        Database(f"sqlite:///{path}").migrate()


def _differences(database: Database) -> list[Any]:
    """What Alembic would write a migration for."""
    with database.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def _keys(database: Database) -> dict[str, list[str]]:
    """Every table with its primary key, which Alembic does not compare."""
    found = inspect(database.engine)
    return {name: found.get_pk_constraint(name)["constrained_columns"] for name in found.get_table_names()}


def _version(database: Database) -> str | None:
    with database.reading() as connection:
        return connection.execute(text("select version_num from alembic_version")).scalar()
