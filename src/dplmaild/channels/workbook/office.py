"""Signs that somebody has a workbook open: the files that office programs leave beside it."""

from pathlib import Path

from dplmaild.ports import TemporaryError

_LONGEST = 60  # characters of a name that we repeat


def refuse_open(path: Path) -> None:
    """TemporaryError that names who has the workbook open, as far as their program tells."""
    excel, libreoffice = path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")
    for lock, program in ((excel, "Excel"), (libreoffice, "LibreOffice")):
        if lock.exists():
            who = _excel_user(_start_of(lock)) if lock == excel else _libreoffice_user(_start_of(lock))
            raise TemporaryError(
                f"{path.name} is open in {program}, by {who or 'somebody'}; written as soon as it is closed"
                f" (nobody has it open? then delete {lock.name})"
            )


def _start_of(lock: Path) -> bytes:
    try:
        with lock.open("rb") as file:
            return file.read(512)
    except OSError:
        return b""  # Windows shares refuse to read it; that it is there is enough


def _excel_user(start: bytes) -> str:
    """One byte of length, then the name in the machine's code page."""
    length = start[0] if start else 0
    return _plain(start[1 : 1 + length].decode("cp1252", errors="ignore"))


def _libreoffice_user(start: bytes) -> str:
    """Fields with commas between them, the name first."""
    return _plain(start.decode("utf-8", errors="ignore").split(",")[0])


def _plain(name: str) -> str:
    return "".join(c for c in name if c.isprintable()).strip()[:_LONGEST]
