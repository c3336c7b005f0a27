"""Profiles from their files: one written on another is laid over it before it is read (POLICY-1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dplmaild.deployment.profile import Profile, disagreements, merged, read_words
from dplmaild.deployment.rules import check_profile
from dplmaild.reading.lexicon.proofread import taken_words
from dplmaild.settings.problems import Files


@dataclass(frozen=True, slots=True)
class _Written:
    """A profile as its file has it; `folder` is the number of the folder it lies in."""

    path: Path
    folder: int
    tables: Mapping[str, Any]


def profiles_of(found: Files, folders: Iterable[Path]) -> dict[str, Profile]:
    """Every profile of these folders by its id, each mistake told at its place; of two with one id the last counts."""
    files = [_Written(path, n, tables) for n, folder in enumerate(folders) for path, tables in _read(found, folder)]
    profiles: dict[str, Profile] = {}
    for file in files:
        whole = _whole(found, file, files, ())
        profile = found.validate(file.path, Profile, whole) if whole is not None else None
        if profile is not None:
            profiles[profile.id] = profile
            _check(found, file.path, profile)
    places = {str(file.tables.get("id")): file.path for file in files}
    for id_, text in disagreements(profiles.values()):
        found.blame(places[id_], ("fields",), text)
    return profiles


def _read(found: Files, folder: Path) -> Iterable[tuple[Path, Mapping[str, Any]]]:
    for path in sorted(folder.glob("*.toml")):
        tables = found.read(path)
        if tables is not None:
            yield path, tables


def _check(found: Files, path: Path, profile: Profile) -> None:
    for text in check_profile(profile):
        found.blame(path, tuple(text.partition(":")[0].split(".")), text)
    for table in read_words([profile]):
        for (section, name), text in taken_words(table):
            where = {"labels": ("fields",), "environments": ("environments", name)}.get(section, ("types", name))
            found.blame(path, where, f"{name}: {text}")


def _whole(found: Files, file: _Written, files: list[_Written], above: tuple[Path, ...]) -> dict[str, Any] | None:
    """The tables of a profile with all that it is written on; None (and a problem) where that cannot be had."""
    name = file.tables.get("extends")
    if name is None:
        return dict(file.tables)
    base = _base(str(name), file, files)
    if base is None or base.path in (*above, file.path):
        ids = ", ".join(sorted({str(other.tables.get("id")) for other in files}))
        why = f"is written on itself, by way of {name!r}" if base else f"there is no profile {name!r}; there are {ids}"
        found.blame((above or (file.path,))[0], ("extends",), why)
        return None
    below = _whole(found, base, files, (*above, file.path))
    if below is None:
        return None
    whole, wrong = merged(below, file.tables)
    for where, text in wrong if not above else ():
        found.blame(file.path, where, text)
    return None if wrong else whole


def _base(name: str, file: _Written, files: list[_Written]) -> _Written | None:
    """The profile of that name: of the desk's own before one that ships; one of the same name means the shipped one."""
    same = [other for other in files if other.tables.get("id") == name and other.path != file.path]
    return max(same, key=lambda other: other.folder, default=None)
