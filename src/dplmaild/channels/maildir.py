"""A Maildir as a Mailbox, and a folder into which .eml files are dropped; nothing in it is ever moved or changed."""

import errno
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import BinaryIO

from dplmaild.channels.shrinking import shrunk
from dplmaild.ports import Arrival, Identity, Outcome, Position, TemporaryError

_DELIVERED = re.compile(r"(\d{9,11})\.")
"""A Maildir name begins with the second of delivery."""

_LOOK_SECONDS = 0.25
_SETTLED_SECONDS = 1.0
"""A dropped file counts when it was not written to for so long."""

_RACY_SECONDS = 1.0
"""A folder changed less than this before a look may change again without a new time stamp."""

_ASKED_AT_ONCE = 500
_LONGEST_NAME = 240  # characters of an identity
_LATEST = 253_402_300_799.0  # the last second of the year 9999


class _NotNowError(Exception):
    """A file that is no file of ours to read, or is written to just now."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that was not handed over yet; `arrived` is in seconds since 1970."""

    arrived: float
    name: str
    path: Path
    size: int


class MaildirMailbox:
    """The files of `new/` and `cur/`, and every *.eml of the folder itself. Its names are the identities.

    File names have no order, so every name that is not known yet is handed over, whatever the position. `known` says
    which identities are stored already, so that these are not read again; without it a file is handed over once by
    this object. `clock` gives seconds since 1970, to be compared with the times of files.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        *,
        known: Callable[[Sequence[Identity]], set[Identity]] | None = None,
        size_limit: int = 1_000_000,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._name = name
        self._path = path
        self._known = known
        self._size_limit = size_limit
        self._clock = clock
        self._done: set[str] = set()
        self._unchanged: tuple[float, ...] | None = None
        self._more = False
        self._offered: set[str] = set()
        self._closed = Event()

    @property
    def account(self) -> str:
        """The configured name of this mailbox."""
        return self._name

    def fetch(self, after: Position | None, limit: int) -> Iterator[Arrival]:  # noqa: ARG002 - names have no order
        """Messages not known yet, oldest first.

        Raises TemporaryError when the folder cannot be read, or, after all others were handed over, a file.
        """
        found = self._unknown(self._look())
        self._more = len(found) > limit
        self._offered.clear()
        unreadable: TemporaryError | None = None
        given = 0
        for file in found:
            if given == limit:
                break
            try:
                arrival = self._read(file)
            except (FileNotFoundError, _NotNowError):  # moved from new/ to cur/, say: the next look finds it
                self._unchanged = None
                continue
            except OSError as error:
                self._offered.add(file.name)
                unreadable = self._trouble(error, file.path)
                continue
            given += 1
            yield arrival
            self._offered.add(file.name)
            if self._known is None:
                self._done.add(file.name)
        if unreadable is not None:
            raise unreadable

    def wait(self, seconds: float) -> bool:
        """Sleep until a look finds something, at most a quarter of a second late; never raises."""
        until = time.monotonic() + seconds
        while not self._closed.is_set():
            if self._more or self._something():
                return True
            left = until - time.monotonic()
            if left <= 0:
                return False
            self._closed.wait(min(left, _LOOK_SECONDS))
        return False

    def show_all(self, identities: Sequence[Identity], outcome: Outcome) -> None:
        """The same outcome on several messages."""
        for identity in identities:
            self.show(identity, outcome)

    def show(self, identity: Identity, outcome: Outcome) -> None:
        """Nothing: files stay where they are, under their names, for those who put them there."""

    def close(self) -> None:
        """End a `wait`; idempotent."""
        self._closed.set()

    def _something(self) -> bool:
        try:
            return any(file.name not in self._offered for file in self._look())
        except TemporaryError:
            return False

    def _folders(self) -> list[Path]:
        return [folder for folder in (self._path / "new", self._path / "cur", self._path) if folder.is_dir()]

    def _look(self) -> list[_Found]:
        """Files not handed over, oldest first; a folder that did not change is not listed again."""
        try:
            folders = self._folders()
            if not folders:
                raise TemporaryError(
                    f"mailbox {self._name}: there is no folder {self._path}; create it or correct path"
                )
            now = self._clock()
            stamps = tuple(folder.stat().st_mtime for folder in folders)
            if stamps == self._unchanged:
                return []
            found = [file for folder in folders for file in self._listed(folder, now)]
        except OSError as error:
            raise self._trouble(error, self._path) from error
        whole = [file for file in found if file is not None]
        still = not found and all(now - stamp > _RACY_SECONDS for stamp in stamps)
        self._unchanged = stamps if still else None
        return sorted({file.name: file for file in reversed(whole)}.values(), key=lambda f: (f.arrived, f.name))

    def _listed(self, folder: Path, now: float) -> Iterator[_Found | None]:
        """The files of one folder that are new to us; None for one that is still being written."""
        dropped = folder == self._path
        with os.scandir(folder) as entries:
            for entry in entries:
                name = _plain(entry.name if dropped else entry.name.partition(":2,")[0])
                if (
                    name in self._done
                    or entry.name.startswith(".")
                    or (dropped and not entry.name.lower().endswith(".eml"))
                ):
                    continue
                try:
                    # A link is looked at as it is: what it leads to is not ours to read, and reading it says so.
                    if not (entry.is_symlink() or entry.is_file(follow_symlinks=False)):
                        continue
                    state = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                written = dropped and _being_written(state, now)
                yield None if written else _found(name, entry.path, state, dropped=dropped)

    def _unknown(self, found: Sequence[_Found]) -> list[_Found]:
        if self._known is None:
            return list(found)
        for at in range(0, len(found), _ASKED_AT_ONCE):
            identities = [self._identity(file) for file in found[at : at + _ASKED_AT_ONCE]]
            self._done.update(identity.uid for identity in self._known(identities))
        return [file for file in found if file.name not in self._done]

    def _identity(self, file: _Found) -> Identity:
        return Identity(self._name, self._path.name, 0, file.name)

    def _read(self, file: _Found) -> Arrival:
        arrived = datetime.fromtimestamp(file.arrived, UTC)
        with _opened(file.path) as content:
            before = os.fstat(content.fileno())
            raw, left_out = self._taken(content, before.st_size)
            after = os.fstat(content.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise _NotNowError(file.name)
        return Arrival(self._identity(file), arrived, raw, before.st_size, left_out)

    def _taken(self, content: BinaryIO, size: int) -> tuple[bytes, tuple[str, ...]]:
        """What is kept of a file of this size; of one that grows meanwhile no more is read."""
        if size <= self._size_limit:
            return content.read(size), ()
        return shrunk(content, self._size_limit, size)

    def _trouble(self, error: OSError, path: Path) -> TemporaryError:
        cause = "it is a link" if error.errno == errno.ELOOP else error.strerror or error
        reason = f"{path} cannot be read ({cause}); check its rights"
        return TemporaryError(f"mailbox {self._name}: {reason}")


def _opened(path: Path) -> BinaryIO:
    """The file itself, never what a link or a pipe of its name leads to, even when it was swapped just now."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise _NotNowError(path.name) from error
        raise
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise _NotNowError(path.name)
    return os.fdopen(opened, "rb")


def _plain(name: str) -> str:
    """A file's name as it can stand in the record: text, and not too long for its column."""
    try:
        name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("utf-8", "backslashreplace")
    return name if len(name) <= _LONGEST_NAME else hashlib.sha256(name.encode()).hexdigest()


def _being_written(state: os.stat_result, now: float) -> bool:
    # A file from the future (a clock that was set) is not waited for longer than a minute's difference.
    return state.st_size == 0 or -60 < now - state.st_mtime < _SETTLED_SECONDS


def _found(name: str, path: str, state: os.stat_result, *, dropped: bool) -> _Found:
    delivered = None if dropped else _DELIVERED.match(name)
    at = float(delivered[1]) if delivered else state.st_mtime
    return _Found(min(max(at, 0.0), _LATEST), name, Path(path), state.st_size)
