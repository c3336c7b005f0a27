"""From TOML files to one Settings object, or to the list of everything that is wrong with them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from dplmaild.deployment.customer import CalendarSource, Customer
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.rules import check_profile
from dplmaild.deployment.workdays import check_calendar
from dplmaild.ports import DplmaildError
from dplmaild.settings.lines import Lines
from dplmaild.settings.model import Settings

_PATHS = {
    "path",
    "file",
    "folder",
    "ca_file",
    "template_folder",
    "customers_folder",
    "profiles_folder",
    "letters_folder",
}


Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    file: Path
    line: int | None
    key: str
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.key + ': ' if self.key else ''}{self.text}"


class ConfigurationError(DplmaildError):
    """The configuration cannot be used; `problems` holds all of it at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class _Files:
    """The files read so far, what they held, and what was wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.lines: dict[Path, Lines] = {}

    def read(self, path: Path) -> dict[str, Any] | None:
        """The tables of one file; None (and a problem) when it cannot be read."""
        try:
            text = path.read_text("utf-8")
            self.lines[path] = Lines(text)
            return tomllib.loads(text)
        except FileNotFoundError:
            self.problems.append(Problem(path, None, "", "there is no such file"))
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(Problem(path, None, "", f"cannot be read: {error}"))
        except tomllib.TOMLDecodeError as error:
            self.problems.append(Problem(path, None, "", f"is no valid TOML: {error}"))
        return None

    def validate(self, path: Path, model: type[Model], tables: Mapping[str, Any]) -> Model | None:
        """The model of one file; None (and a problem for every mistake) when it does not fit."""
        try:
            return model.model_validate(tables)
        except ValidationError as error:
            for each in error.errors(include_url=False, include_context=False):
                self.blame(path, each["loc"], each["msg"])
            return None

    def blame(self, path: Path, where: tuple[str | int, ...], text: str) -> None:
        """Note a problem at a key."""
        lines = self.lines.get(path)
        # A discriminated union puts its tag into the location; the file knows no such key.
        written = tuple(part for part in where if part not in {"imap", "maildir", "smtp", "caldav", "ics"})
        line = lines.of(written) if lines else None
        self.problems.append(Problem(path, line, ".".join(str(part) for part in written), text))


def load(path: Path) -> Settings:
    """Read a configuration file with its customers and profiles; raises ConfigurationError with every problem."""
    found = _Files()
    tables = found.read(path)
    base = path.resolve().parent
    tables = _absolute(tables or {}, base)
    customers = _customers(found, Path(tables.get("customers_folder", base / "customers")))
    profiles = _profiles(found, tables.get("profiles_folder"))
    whole = {**tables, "customers": [c for _, c in customers], "profiles": profiles}
    settings = found.validate(path, Settings, whole) if not (found.problems and tables == {}) else None
    _check_customers(found, customers, profiles)
    if settings is not None:
        _check_calendar(found, path, ("ops", "calendar"), settings.ops.calendar)
        if not settings.mailbox and settings.zammad is None:
            found.blame(path, ("mailbox",), "nothing is read: give at least one [[mailbox]] or [zammad]")
    if found.problems or settings is None:
        raise ConfigurationError(found.problems)
    return settings


def _absolute(tables: dict[str, Any], base: Path) -> dict[str, Any]:
    """Paths in a configuration are relative to the file they stand in."""

    def turn(key: str, value: object) -> object:
        if isinstance(value, dict):
            return {k: turn(k, v) for k, v in value.items()}
        if isinstance(value, list):
            return [turn("", v) for v in value]
        if key == "url" and isinstance(value, str) and value.startswith("sqlite:///") and value[10:11] != "/":
            return f"sqlite:///{base / value[10:]}"
        return str(base / value) if key in _PATHS and isinstance(value, str) else value

    kept = {k: turn(k, v) for k, v in tables.items() if k != "mailbox"}
    if "mailbox" in tables:  # an IMAP folder is no path
        kept["mailbox"] = [
            {k: (turn(k, v) if k != "folder" else v) for k, v in box.items()} if isinstance(box, dict) else box
            for box in tables["mailbox"]
        ]
    return kept


def _tomls(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*.toml")))


def _customers(found: _Files, folder: Path) -> list[tuple[Path, Customer]]:
    customers: list[tuple[Path, Customer]] = []
    if not folder.is_dir():
        found.problems.append(Problem(folder, None, "customers_folder", "there is no such folder"))
        return customers
    for path in _tomls(folder):
        tables = found.read(path)
        customer = found.validate(path, Customer, tables) if tables is not None else None
        if customer is not None:
            customers.append((path, customer))
    return customers


def shipped(name: str) -> Path:
    """A folder of files that ship with the program: from the checkout, or from the installed package."""
    checkout = Path(__file__).resolve().parents[3]
    in_checkout = checkout / ("config" if name == "profiles" else "") / name
    return in_checkout if in_checkout.is_dir() else Path(str(files("dplmaild") / "shipped" / name))


def _profiles(found: _Files, own: str | None) -> dict[str, Profile]:
    profiles: dict[str, Profile] = {}
    for folder in (shipped("profiles"), *((Path(own),) if own else ())):
        for path in _tomls(folder):
            tables = found.read(path)
            profile = found.validate(path, Profile, tables) if tables is not None else None
            if profile is not None:
                profiles[profile.id] = profile
                for text in check_profile(profile):
                    found.blame(path, tuple(text.partition(":")[0].split(".")), text)
    return profiles


def _check_customers(found: _Files, customers: list[tuple[Path, Customer]], profiles: Mapping[str, Profile]) -> None:
    """What one file alone cannot show: unknown profiles, ids used twice, regions that do not exist."""
    seen: dict[str, Path] = {}
    for path, customer in customers:
        if customer.profile not in profiles:
            found.blame(path, ("profile",), f"no profile {customer.profile!r}; there are {', '.join(sorted(profiles))}")
        if customer.id in seen:
            found.blame(path, ("id",), f"{customer.id!r} is used by {seen[customer.id]} already")
        seen[customer.id] = path
        _check_calendar(found, path, ("calendar",), customer.calendar)
        if customer.partner_calendar is not None:
            _check_calendar(found, path, ("partner_calendar",), customer.partner_calendar)


def _check_calendar(found: _Files, path: Path, where: tuple[str, ...], source: CalendarSource) -> None:
    for text in check_calendar(source):
        found.blame(path, where, text)
