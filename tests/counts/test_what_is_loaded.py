"""What a command loads: nothing that it does not use, since all of it takes time to start and memory for good."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from bench.house import Doors, furnish
from dplmaild.store import migrating
from dplmaild.store.database import Database

MIGRATIONS = Path(migrating.__file__).parent / "migrations"


@pytest.mark.parametrize("library", ["alembic", "caldav", "openpyxl", "requests", "zammad_py"])
def test_the_command_line_does_not_load(library: str) -> None:
    code = f"import sys, dplmaild.cli.main; sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_migrations_are_named_by_their_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    revisions = sorted(script.revision for script in ScriptDirectory.from_config(config).walk_revisions())
    names = sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert names == revisions


@pytest.mark.parametrize("there", [pytest.param(False, id="a new one"), pytest.param(True, id="one of today")])
def test_only_a_database_of_yesterday_is_migrated(tmp_path: Path, there: bool) -> None:
    url = f"sqlite:///{tmp_path / 'today.db'}"
    code = f"import sys; from dplmaild.store.database import Database; Database({url!r}).migrate(); "
    if there:
        Database(url).migrate()
    ended = subprocess.run([sys.executable, "-c", code + "sys.exit('alembic' in sys.modules)"], check=False)
    assert ended.returncode == 0


def test_what_is_loaded_is_spared_the_collector(tmp_path: Path) -> None:
    """A look through all of it takes longer than a reply may be late."""
    config = furnish(tmp_path, Doors(1, 1, "desk"))
    code = (
        "import gc, sys; from pathlib import Path; from dplmaild.daemon.loop import Watching;"
        "from dplmaild.settings import load; from dplmaild.wiring import build;"
        f"house = build(load(Path({str(config)!r})), Watching(lambda _: None, lambda _: None)); house.warm_up();"
        "sys.exit(len(gc.get_objects()) > gc.get_freeze_count() / 10)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
