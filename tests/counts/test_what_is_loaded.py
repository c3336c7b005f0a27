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


NOT_NEEDED = (
    "alembic",
    "babel",
    "caldav",
    "mailbox",
    "openpyxl",
    "requests",
    "rich",
    "sqlalchemy.dialects.postgresql",
    "starlette",
    "uvicorn",
    "zammad_py",
)
BUILD = (
    "import sys; from pathlib import Path; import dplmaild.cli.running; from dplmaild.daemon.loop import Watching;"
    "from dplmaild.settings import load; from dplmaild.wiring import build;"
    "house = build(load(Path(sys.argv[1])), Watching(lambda _: None, lambda _: None)); house.warm_up();"
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules of a daemon with a mailbox and a mail server, on a new database, ready for its first mail."""
    config = furnish(tmp_path_factory.mktemp("desk"), Doors(1, 1, "desk"))
    command = [sys.executable, "-c", BUILD + "print(*sys.modules)", str(config)]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize("library", NOT_NEEDED)
def test_a_daemon_without_the_doors_for_it_does_not_load(library: str, loaded: set[str]) -> None:
    assert "dplmaild.wiring" in loaded
    assert library not in loaded


@pytest.mark.parametrize("library", NOT_NEEDED)
def test_the_command_line_does_not_load(library: str) -> None:
    code = f"import sys, dplmaild.cli.main; sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_country_is_loaded_without_all_the_others() -> None:
    code = (
        "import sys; from dplmaild.deployment.workdays import public_holidays; public_holidays('DE', 'TH', 2026);"
        "sys.exit(sum(name.startswith('holidays.countries.') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 1


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
    code = "import gc;" + BUILD + "sys.exit(len(gc.get_objects()) > gc.get_freeze_count() / 10)"
    assert subprocess.run([sys.executable, "-c", code, str(config)], check=False).returncode == 0
