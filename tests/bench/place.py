"""Where measurements take place: servers, mail, desks for one run each, and workers in processes of their own."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.house import Doors, furnish
from bench.mails import at_ten, mix
from bench.servers_up import TESTS, Servers, fill, looked_at
from dplmaild.ports import Position
from dplmaild.store.database import Database
from dplmaild.store.inbox import Inbox

Told = dict[str, float]


def child(name: str, *words: object) -> list[str]:
    """The command of a child process."""
    return [sys.executable, str(TESTS / "bench" / f"{name}_child.py"), *map(str, words)]


class MeasureError(Exception):
    """A measurement could not be made; its message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `met` is None for what is told and not judged."""

    what: str
    ours: str
    beside: str
    ratio: str
    wanted: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    waiting: int = 1_000
    many_waiting: int = 5_000
    some: int = 500
    old: tuple[int, int] = (100, 50_000)
    stored: tuple[int, int] = (1_000, 100_000)
    replies: int = 200
    repeats: int = 3


QUICK = Scale(200, 1_000, 200, (100, 5_000), (100, 5_000), 40, 2)


@dataclass(frozen=True, slots=True)
class Ready:
    """A desk with mail waiting for it, not begun."""

    folder: Path
    doors: Doors


@dataclass
class Place:
    """What all measurements share."""

    servers: Servers
    scale: Scale
    folder: Path
    now: datetime = field(default_factory=at_ten)
    mails: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mails = [posted.raw for posted in mix(self.scale.many_waiting, self.now)]

    @contextmanager
    def desk(
        self,
        mails: Sequence[bytes],
        *,
        old: int = 0,
        store: Path | None = None,
        poll: float = 60,
        records: bool = False,
    ) -> Iterator[Ready]:
        """A desk that finds these mails waiting, behind so many old ones that it has read; `store` is its database."""
        imap = self.servers.imap
        user, folder = imap.fresh_user(), Path(tempfile.mkdtemp(dir=self.folder))
        doors = self.servers.doors(user)
        furnish(folder, doors, poll=poll, records=records)
        (folder / "state").mkdir()
        if store is not None:
            shutil.copy(store, folder / "state" / "dplmaild.db")
        fill(imap, user, (_old(n) for n in range(old)))
        if old:
            _has_read(folder, *looked_at(imap, user))
        fill(imap, user, mails, first=old)
        looked_at(imap, user)
        try:
            yield Ready(folder, doors)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(imap.certificates.ca_file.parents[1] / "mail" / user, ignore_errors=True)

    def measured(self, name: str, *words: object) -> Told:
        """What a child process measured; it starts with nothing in memory and nothing sent."""
        self.servers.smtp.ask("reset")
        ended = subprocess.run(child(name, *words), capture_output=True, text=True, timeout=600, check=False)
        if ended.returncode != 0:
            raise MeasureError(f"{name}: {ended.stderr[-2000:]}")
        told: Told = json.loads(ended.stdout.splitlines()[-1])
        told["sent"], told["sent_bytes"], told["connections"] = self.servers.smtp.ask("count")
        return told

    def job(self, count: int, **about: object) -> Told:
        """Our whole job over so many mails of the mix."""
        with self.desk(self.mails[:count], **about) as ready:  # type: ignore[arg-type]
            return self.measured("job", ready.folder, count)

    def bare(self, count: int, group: int, *, reads: bool = False) -> Told:
        """The bare loop over the same mails; `reads`: each by our reader."""
        with self.desk(self.mails[:count]) as ready:
            more = ("reads",) if reads else ()
            return self.measured("bare", ready.folder, ready.doors.to_json(), group, *more)


def _old(n: int) -> bytes:
    return (
        f"From: old{n}@example.com\r\nTo: servicedesk@example.org\r\nSubject: Old mail {n}\r\n"
        f"Message-ID: <old-{n}@example.com>\r\n\r\nLong since answered.\r\n"
    ).encode()


def _has_read(folder: Path, uidvalidity: int, uid: int) -> None:
    """The desk's own record says that everything up to this UID is in its store."""
    database = Database(f"sqlite:///{folder / 'state' / 'dplmaild.db'}")
    database.migrate()
    with database.writing() as connection:
        Inbox(connection).move_position("inbox", Position(uidvalidity, str(uid)), datetime.now(UTC))
    database.close()
