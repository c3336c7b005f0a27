"""Which database it is, and where its small files lie: no two share them."""

from pathlib import Path

import pytest

from dplmaild.store.beside import base_of, identity_of
from dplmaild.store.database import Database
from store.conftest import Opened

SERVER = "postgresql://desk:secret@db.example.org:5432/desk"


def test_beside_a_file_they_are_named_after_it() -> None:
    assert base_of("sqlite:///state/dplmaild.db") == Path("state/dplmaild.db")


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://desk:secret@db.example.org:5432/other", id="another database"),
        pytest.param("postgresql://desk:secret@db2.example.org:5432/desk", id="another server"),
        pytest.param("postgresql://desk:secret@db.example.org:5433/desk", id="another port"),
        pytest.param("postgresql:///desk?host=/run/postgresql", id="a socket"),
        pytest.param("postgresql:///desk?host=/run/other", id="another socket"),
    ],
)
def test_two_databases_of_servers_have_different_files(url: str) -> None:
    bases = {base_of(SERVER), base_of(url), base_of("postgresql:///desk")}
    assert len(bases) == 3
    assert {base.parent for base in bases} == {Path("var")}


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://desk:other@db.example.org:5432/desk", id="another password"),
        pytest.param("postgresql://me@db.example.org/desk", id="another user, and the usual port"),
        pytest.param("postgresql://desk@DB.example.org/desk?sslmode=require", id="how it is connected to"),
    ],
)
def test_the_same_database_has_the_same_files_however_it_is_reached(url: str) -> None:
    assert base_of(url) == base_of(SERVER)


def test_no_name_of_a_file_tells_a_secret() -> None:
    assert not any(word in str(base_of(SERVER)) for word in ("secret", "desk:", "example"))


def test_an_identity_stays_and_is_of_one_database_alone(database: Database, tmp_path: Path, opened: Opened) -> None:
    other = opened(f"sqlite:///{tmp_path}/other.db")
    other.migrate()
    assert identity_of(database) == identity_of(database)
    assert identity_of(database) != identity_of(other)


def test_a_database_made_anew_under_its_name_is_another(tmp_path: Path, opened: Opened) -> None:
    def made() -> str:
        database = opened(f"sqlite:///{tmp_path}/desk.db")
        database.migrate()
        known = identity_of(database)
        database.close()
        return known

    first = made()
    for path in tmp_path.glob("desk.db*"):
        path.unlink()
    assert made() != first
