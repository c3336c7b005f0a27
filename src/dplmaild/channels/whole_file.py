"""Files that are whole at every moment: written beside, synced, renamed (P8)."""

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dplmaild.ports import DplmaildError, PermanentError, TemporaryError

_PATIENCE = 40  # looks at a lock that somebody else holds
_PAUSE = 0.05  # seconds between two looks

# Shares that know no locks. There the one daemon per database (P11) has to be enough.
_NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Keep our other processes and threads out; TemporaryError when they are busy for more than two seconds."""
    with file_trouble(lock):
        held = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    try:
        with file_trouble(lock):
            _wait_for(held, lock)
        yield
    finally:
        os.close(held)


def _wait_for(held: int, lock: Path) -> None:
    for _ in range(_PATIENCE):
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            return
        else:
            return
    raise TemporaryError(f"{lock.parent}: another process of ours is writing there; tried again later")


def written_beside(path: Path, content: bytes, like: Path | None = None) -> Path:
    """The content in a synced temporary file next to `path`, with the mode of `like`; call it under `alone`."""
    beside = path.with_name(f".{path.name}.tmp")
    with suppress(FileNotFoundError):
        beside.unlink()  # left by a process that was killed
    try:
        with beside.open("xb") as file:
            file.write(content)
            if like is not None:
                shutil.copymode(like, beside)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        beside.unlink(missing_ok=True)  # a full disk needs the room
        raise
    return beside


def put_in_place(beside: Path, path: Path) -> None:
    """Let the temporary file take the place of `path`, for good: also after a power cut."""
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network shares cannot; the data is synced
            raise
    finally:
        os.close(opened)


def contents(path: Path, limit: int) -> bytes | None:
    """The bytes of a file of at most `limit` bytes; None when it is not there, PermanentError for a link."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    with os.fdopen(opened, "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise PermanentError(f"{path.name}: larger than {limit // 1_000_000} MB; archive old rows or rebuild it")
    return content


@contextmanager
def file_trouble(path: Path) -> Iterator[None]:
    """Turn what the disk says into one sentence of ours."""
    try:
        yield
    except DplmaildError:
        raise
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise PermanentError(f"{path}: is a link; put the file itself there") from error
        raise TemporaryError(f"{path}: {error.strerror or error}; tried again later") from error
