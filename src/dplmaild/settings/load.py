"""From TOML files to one Settings object, or to the list of everything that is wrong with them."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from dplmaild.deployment.customer import Customer
from dplmaild.reading.lexicon.proofread import mistakes
from dplmaild.reading.lexicon.spoken import Table
from dplmaild.settings.checks import CustomerFile, check_customers, check_main, own_addresses
from dplmaild.settings.model import Settings
from dplmaild.settings.policies import profiles_of
from dplmaild.settings.problems import ConfigurationError, Files

_PATHS = {
    "path",
    "file",
    "folder",
    "ca_file",
    "url_file",
    "template_folder",
    "customers_folder",
    "profiles_folder",
    "letters_folder",
    "lexicon_folder",
}


def load(path: Path) -> Settings:
    """Read a configuration file with its customers and profiles; raises ConfigurationError with every problem."""
    found = Files()
    written = found.read(path)
    tables = _absolute(written or {}, path.resolve().parent)
    customers = _customers(found, path, tables)
    profiles = profiles_of(found, _profile_folders(found, path, tables.get("profiles_folder")))
    good = [file.customer for file in customers if file.customer is not None]
    words = _words(found, path, tables.get("lexicon_folder"))
    whole = {**tables, "customers": good, "profiles": profiles, "words": words}
    settings = found.validate(path, Settings, whole) if written is not None else None
    check_main(found, path, tables)
    check_customers(found, customers, profiles, own_addresses(tables))
    if found.problems or settings is None:
        raise ConfigurationError(found.problems)
    return settings


def _absolute(tables: dict[str, Any], base: Path) -> dict[str, Any]:
    """Paths in a configuration are relative to the file they stand in."""
    kept = {k: _turned(k, v, base) if k != "mailbox" else v for k, v in tables.items()}
    if isinstance(tables.get("mailbox"), list):  # an IMAP folder is no path
        kept["mailbox"] = [
            {k: (_turned(k, v, base) if k != "folder" else v) for k, v in box.items()} if isinstance(box, dict) else box
            for box in tables["mailbox"]
        ]
    return kept


def _turned(key: str, value: object, base: Path) -> object:
    if isinstance(value, dict):
        return {k: _turned(k, v, base) for k, v in value.items()}
    if isinstance(value, list):
        return [_turned("", v, base) for v in value]
    if key == "url" and isinstance(value, str) and value.startswith("sqlite:///") and value[10:11] != "/":
        return f"sqlite:///{base / value[10:]}"
    return str(base / value) if key in _PATHS and isinstance(value, str) else value


def _tomls(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*.toml")))


def _customers(found: Files, main: Path, tables: Mapping[str, Any]) -> list[CustomerFile]:
    folder = tables.get("customers_folder", str(main.resolve().parent / "customers"))
    if not isinstance(folder, str):
        return []  # the model says what is wrong with it
    if not Path(folder).is_dir():
        found.blame(main, ("customers_folder",), f"there is no such folder: {folder}")
        return []
    read = ((path, found.read(path)) for path in _tomls(Path(folder)))
    tables_of = ((path, _absolute(one, path.resolve().parent)) for path, one in read if one is not None)
    return [CustomerFile(path, one, found.validate(path, Customer, one)) for path, one in tables_of]


def shipped(name: str) -> Path:
    """A folder of files that ship with the program: from the checkout, or from the installed package."""
    checkout = Path(__file__).resolve().parents[3]
    in_checkout = checkout / ("config" if name == "profiles" else "") / name
    return in_checkout if in_checkout.is_dir() else Path(str(files("dplmaild") / "shipped" / name))


def _profile_folders(found: Files, main: Path, own: object) -> list[Path]:
    """Where profiles lie: those that ship, then the desk's own, which win where the id is the same."""
    if not isinstance(own, str):
        return [shipped("profiles")]
    if not Path(own).is_dir():
        found.blame(main, ("profiles_folder",), f"there is no such folder: {own}")
    return [shipped("profiles"), Path(own)]


def _words(found: Files, main: Path, own: object) -> list[Table]:
    """Own words and languages; a file with a mistake is left out, so that the mistakes of all are told."""
    if not isinstance(own, str):
        return []
    if not Path(own).is_dir():
        found.blame(main, ("lexicon_folder",), f"there is no such folder: {own}")
    good: list[Table] = []
    for path in _tomls(Path(own)):
        table = found.read(path)
        wrong = list(mistakes(table, good)) if table is not None else []
        for where, text in wrong:
            found.blame(path, where, text)
        if table is not None and not wrong:
            good.append(table)
    return good
