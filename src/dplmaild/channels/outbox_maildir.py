"""The way out into a Maildir: for local pick-up, for trying things out, and for the demo."""

import hashlib
import os
import re
from collections.abc import Sequence
from email.parser import BytesHeaderParser
from pathlib import Path

from dplmaild.ports import PermanentError, Receipt, TemporaryError

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
_STRANGE = re.compile(r"[^A-Za-z0-9@._=-]")


class MaildirPost:
    """Delivers into `new/` of a Maildir, which is made when it is missing; the envelope is not kept.

    Other users of the machine may not look into what is made here; a group may, for an MTA that collects it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> Receipt:  # noqa: ARG002 - as Post has it
        """Write one message durably; the same Message-ID again replaces the file.

        Raises TemporaryError when it could not be written, PermanentError without recipients.
        """
        if not recipients:
            raise PermanentError("a letter without recipients cannot be sent")
        name = file_name(message)
        try:
            for folder in ("", "tmp", "new", "cur"):
                (self._path / folder).mkdir(mode=0o750, parents=True, exist_ok=True)
            self._write(name, message)
        except OSError as error:
            reason = f"{error.strerror or error}; make room or correct the folder"
            raise TemporaryError(f"outbox {self._path}: the letter could not be written ({reason})") from error
        return Receipt(tuple(dict.fromkeys(recipients)))

    def _write(self, name: str, message: bytes) -> None:
        draft = self._path / "tmp" / f"{name}.{os.getpid()}"
        try:
            with os.fdopen(os.open(draft, _NEW, 0o640), "wb") as file:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path / "new" / name)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _sync(self._path / "new")

    def close(self) -> None:
        """Nothing is kept open."""


def file_name(message: bytes) -> str:
    """A name that is the same for every copy of a letter: its Message-ID, made harmless, and a hash of it."""
    message_id = str(BytesHeaderParser().parsebytes(message).get("Message-ID", "")).strip()
    key = message_id.encode("utf-8", "surrogateescape") or message
    readable = _STRANGE.sub("", message_id).lstrip(".")[:60] or "letter"
    return f"{readable}.{hashlib.sha256(key).hexdigest()[:16]}.eml"


def _sync(folder: Path) -> None:
    """Make a rename durable: the directory itself has to reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
