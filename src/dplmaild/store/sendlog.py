"""Which payments were begun and which were accepted: lines that survive a killed process.

That something is being sent is committed before any connection is made (P4). This file only sharpens what a crash
of the program, not of the machine, leaves in doubt: what was never begun was surely not sent, and what was accepted
is settled. After a reboot its lines count for nothing, nor do those about another database, and everything that was
being sent is in doubt; so it is when the file is gone.
"""

import os
from contextlib import suppress
from pathlib import Path

from dplmaild.ports import TemporaryError

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_WHOLE = "."  # ends a line: one that a full disk has torn does not have it


class SendLogError(TemporaryError):
    """The send log cannot be written now, so nothing is sent."""


class SendLog:
    """An append-only file: first its boot and its database, then one line per step, each written in one call."""

    def __init__(self, path: Path, boot: str | None = None, *, database: str = "", run: str = "") -> None:
        """`database` names the one whose debts it is about, `run` who writes it: lines of others count for nothing."""
        self._path = path
        self._database = database
        self._run = run
        self._before = ""  # the run that wrote what was found
        self._boot = boot_id() if boot is None else boot
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._trusted = self._begun_in_this_boot()
        self._begun, self._accepted = self._read() if self._trusted else (set(), set())
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise SendLogError(f"the send log {path} cannot be opened: {error.strerror}") from error

    @property
    def trusted(self) -> bool:
        """Whether the lines found at start tell the whole truth: the file was begun since the machine booted."""
        return self._trusted

    def knows(self, run: str | None) -> bool:
        """Whether the lines found at start tell the whole truth about what a run was sending: it is the one before.

        Another one may have run in another folder, or on another machine, and has a log of its own there.
        """
        return self._trusted and (not self._before or run == self._before)

    def was_begun(self, debt: int, attempt: int) -> bool:
        """Whether the previous run had begun to hand this over."""
        return (debt, attempt) in self._begun

    def was_accepted(self, debt: int, attempt: int) -> bool:
        """Whether the previous run heard that it was accepted."""
        return (debt, attempt) in self._accepted

    def begin(self, debt: int, attempt: int) -> None:
        """From now on it may have been sent; raises SendLogError when that cannot be noted."""
        self._write("begun", debt, attempt)

    def accept(self, debt: int, attempt: int) -> None:
        """It has been sent. Where that cannot be noted, a crash before the settlement leaves it in doubt."""
        with suppress(SendLogError):
            self._write("accepted", debt, attempt)

    def clear(self) -> None:
        """Everything that was begun is settled in the database: only the head stays.

        A file of an earlier boot gets our head here and not before: until its debts are settled it must not be
        trusted, whenever we die.
        """
        self._begun, self._accepted = set(), set()
        with suppress(OSError):  # a line too many harms nothing: only what is still being sent is looked up
            if self._trusted and self._before == self._run:
                os.ftruncate(self._file, len(self._head))
            elif self._boot:
                os.ftruncate(self._file, 0)
                self._trusted = os.write(self._file, self._head) == len(self._head)
                self._before = self._run

    def close(self) -> None:
        """Let go of the file."""
        with suppress(OSError):
            os.close(self._file)

    @property
    def _about(self) -> str:
        return f"boot {self._boot}{f' of {self._database}' if self._database else ''}"

    @property
    def _head(self) -> bytes:
        return f"{self._about}{f' by {self._run}' if self._run else ''}\n".encode()

    def _begun_in_this_boot(self) -> bool:
        """Whether the file was begun in this boot and is about this database; by whom it was."""
        with suppress(FileNotFoundError):
            head, end, _ = self._path.read_bytes().partition(b"\n")
            about, by, before = head.decode("ascii", "replace").partition(" by ")
            self._before = before
            return bool(self._boot and end) and about == self._about and bool(before) == bool(by)
        return False

    def _write(self, word: str, debt: int, attempt: int) -> None:
        line = f"\n{word} {debt} {attempt} {_WHOLE}".encode()  # a line of its own behind a torn one
        try:
            written = os.write(self._file, line)
        except OSError as error:
            raise SendLogError(f"the send log {self._path} cannot be written: {error.strerror}") from error
        if written < len(line):
            raise SendLogError(f"the send log {self._path} cannot be written: no space left")

    def _read(self) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
        steps: dict[str, set[tuple[int, int]]] = {"begun": set(), "accepted": set()}
        for line in self._path.read_text("ascii", "replace").splitlines():
            parts = line.split()
            if len(parts) == 4 and parts[3] == _WHOLE and parts[0] in steps:
                with suppress(ValueError):
                    steps[parts[0]].add((int(parts[1]), int(parts[2])))
        return steps["begun"], steps["accepted"]


def boot_id() -> str:
    """What names this boot of the machine; empty where that is not known."""
    with suppress(OSError):
        return _BOOT.read_text("ascii").strip()
    return ""
