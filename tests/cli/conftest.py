"""The command line on a good configuration in an empty folder."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dplmaild.cli import main
from dplmaild.settings import load
from dplmaild.store.database import Database
from settings.folder import Folder


class Shell:
    """Runs commands with `--config` set, and looks at what they left."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def run(self, *words: str) -> Result:
        """One command."""
        return CliRunner().invoke(main, ["--config", str(self.folder.main), *words])

    def json(self, *words: str, code: int = 0) -> Any:
        """What a command prints as JSON; its exit code is looked at."""
        result = self.run(*words, "--json")
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    def database(self) -> Database:
        """The database of this configuration."""
        database = Database(load(self.folder.main).store.url)
        database.migrate()
        return database

    def mail(self, name: str, raw: bytes) -> str:
        """A mail in a file."""
        path = self.folder.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return str(path)

    def many(self, mails: Sequence[tuple[str, bytes]]) -> str:
        """A folder of mails."""
        for name, raw in mails:
            self.mail(f"mails/{name}.eml", raw)
        return str(self.folder.path / "mails")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A command line."""
    return Shell(Folder(tmp_path))
