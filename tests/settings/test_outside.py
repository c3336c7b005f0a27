"""What a configuration needs of the world outside is refused at start where it cannot be had, with what to do."""

import subprocess
import sys

import pytest

from dplmaild.settings import ConfigurationError, load
from settings.folder import Folder

_BARE = "import sys; sys.modules['psycopg'] = None; from dplmaild.__main__ import main; sys.exit(main())"
_ON_A_SERVER = ('"sqlite:///var/dplmaild.db"', '"postgresql://desk@127.0.0.1:1/desk"')


@pytest.mark.parametrize("verb", ["check", "run"])
def test_a_database_server_without_its_library_is_one_line_with_what_to_do(folder: Folder, verb: str) -> None:
    folder.spoil("main", *_ON_A_SERVER)
    command = [sys.executable, "-c", _BARE, "-c", str(folder.main), verb]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    (line,) = ended.stderr.splitlines()
    assert ended.returncode == 3
    assert f"{folder.main}:8: store.url: " in line
    assert line.endswith("PostgreSQL needs psycopg: install it with pip install 'dplmaild[pg]'")


def test_with_its_library_it_is_good(folder: Folder) -> None:
    folder.spoil("main", *_ON_A_SERVER)
    assert load(folder.main).store.url.startswith("postgresql:")


@pytest.mark.parametrize("port", [0, -1, 65_536, 70_000])
def test_a_port_that_does_not_exist_is_refused(folder: Folder, port: int) -> None:
    post = f'kind = "smtp"\nhost = "mx.example.org"\nport = {port}\n'
    folder.spoil("main", 'kind = "maildir"\npath = "var/sent"\n', post)
    with pytest.raises(ConfigurationError, match=r"post\.port"):
        load(folder.main)
