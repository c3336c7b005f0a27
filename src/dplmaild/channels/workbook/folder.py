"""The folder with the customers' deployment logs: whole files only, and never over somebody's work (LOG, P8)."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from dplmaild.channels.whole_file import alone, contents, file_trouble, put_in_place, sync_folder, written_beside
from dplmaild.channels.workbook.columns import Row, row_of
from dplmaild.channels.workbook.names import TEMPLATE_NAME, file_name, full_name
from dplmaild.channels.workbook.office import refuse_open
from dplmaild.channels.workbook.sheet import LogSheet, UnreadableWorkbookError
from dplmaild.ports import PermanentError, TemporaryError

_LIMIT = 100_000_000  # bytes of a workbook
_LOCK = ".dplmaild.lock"
_COPIES = 1_000

_Stamp = tuple[int, int, int] | None


class _Before(NamedTuple):
    """A file as we found it, or None; its stamp tells whether somebody saved it since."""

    content: bytes | None
    stamp: _Stamp


class WorkbookFolder:
    """Keeps one workbook per customer, made from `TEMPLATE - Deployment log.xlsx` in `template_folder`."""

    def __init__(self, folder: Path, template_folder: Path) -> None:
        self._folder = folder
        self._template = template_folder / TEMPLATE_NAME

    def path(self, customer: str) -> Path:
        """Where the log of the customer of this name lies."""
        return self._folder / file_name(customer)

    def write(self, customer: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Add or update rows, found by the hidden `id` of each (LOG-1); what people wrote elsewhere stays.

        Keys are `columns.KEYS`; `start` and `end` are ISO 8601 with the customer's offset and show as its wall clock.
        TemporaryError: somebody has it open or saves it just now, or the disk; PermanentError: a file or rows that
        cannot be used. Nothing is written when nothing would change.
        """
        wanted = _by_id(rows)
        path = self.path(customer)
        with file_trouble(path), alone(self._folder / _LOCK):
            before = _read(path)
            sheet = self._new() if before.content is None else _opened(path, before.content)
            if sheet.customer not in (None, full_name(customer)):
                raise PermanentError(f"{path.name} belongs to {sheet.customer!r}; move it away, then rebuild")
            if not sheet.bring(wanted):
                return
            sheet.belong_to(customer)
            refuse_open(path)
            if sheet.would_lose and before.content is not None:
                self._keep_copy(path)
            self._put(path, sheet, wanted, before)

    def rebuild(self, customer: str, rows: Sequence[Mapping[str, str]]) -> Path | None:
        """Make the whole file anew from these rows (LOG-3); the copy in which the old one was kept, None without one.

        Errors as with `write`; a damaged file is no hindrance here.
        """
        wanted = _by_id(rows)
        path = self.path(customer)
        with file_trouble(path), alone(self._folder / _LOCK):
            refuse_open(path)
            before = _read(path)
            sheet = self._new()
            sheet.bring(wanted)
            sheet.belong_to(customer)
            kept = None if before.content is None else self._keep_copy(path)
            self._put(path, sheet, wanted, before)
            return kept

    def _new(self) -> LogSheet:
        content = contents(self._template, _LIMIT)
        if content is None:
            raise PermanentError(f"{self._template}: there is no template; put one there, or correct template_folder")
        return _opened(self._template, content)

    def _put(self, path: Path, sheet: LogSheet, wanted: Sequence[Row], before: _Before) -> None:
        like = path if before.content is not None else self._template
        content = sheet.saved()
        if not LogSheet.opened(content).shows(wanted):
            raise PermanentError(f"{path.name}: what was to be written cannot be read back; the file is left as it was")
        beside = written_beside(path, content, like)
        try:
            refuse_open(path)
            _refuse_saved_since(path, before)
        except TemporaryError:
            beside.unlink()
            raise
        put_in_place(beside, path)

    def _keep_copy(self, path: Path) -> Path:
        """A copy of the people's file beside it, under a name that is free."""
        for number in range(1, _COPIES):
            copy = path.with_name(f"{path.stem} (kept {number}){path.suffix}")
            if not copy.exists():
                shutil.copy2(path, copy)
                sync_folder(self._folder)
                return copy
        raise PermanentError(f"{path.name}: {_COPIES} copies are kept beside it; move them away")


def _by_id(rows: Sequence[Mapping[str, str]]) -> tuple[Row, ...]:
    """The rows in order; of two with one id the later."""
    return tuple({row.id: row for row in map(row_of, rows)}.values())


def _read(path: Path) -> _Before:
    stamp = _stamp(path)
    return _Before(contents(path, _LIMIT), stamp)


def _refuse_saved_since(path: Path, before: _Before) -> None:
    if _stamp(path) != before.stamp:
        raise TemporaryError(f"{path.name} was saved by somebody just now; tried again later")


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _opened(path: Path, content: bytes) -> LogSheet:
    try:
        return LogSheet.opened(content)
    except UnreadableWorkbookError as error:
        raise PermanentError(f"{path.name}: {error}; mend it or rebuild it") from error
