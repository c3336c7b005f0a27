"""The world around the desk in the kill sweep: a mail server and a ticket system that can kill whom they serve."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from promises.scenario import Article, Beat
from promises.steps import Steps
from servers.zammad import ZammadDouble
from servers.zammad.answers import Answer
from servers.zammad.store import Row
from servers.zammad.wire import Handler

TO_THE_MESSAGE = " to the final dot"
FOLDERS = ("inbox", "logs", "var")


class _Clerk(SMTP):
    """Answers, with a step before and after each answer; who is dead gets none."""

    steps: Steps
    answering = ""

    async def push(self, status: Any) -> None:
        """One answer to the client."""
        code = (status if isinstance(status, str) else status.decode())[:3]
        about, self.answering = f"{code}{self.answering}", ""
        if self.steps.at("smtp", f"before the answer {about}"):
            return
        await super().push(status)
        self.steps.at("smtp", f"after the answer {about}")


@dataclass
class PostOffice:
    """What the mail server took, as (recipients, bytes)."""

    steps: Steps
    port: int = 0
    taken: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)

    async def handle_DATA(self, clerk: _Clerk, _: Session, envelope: Envelope) -> str:  # noqa: N802
        """A whole message: from here on it is the server's."""
        clerk.answering = TO_THE_MESSAGE
        self.taken.append((tuple(envelope.rcpt_tos), bytes(envelope.original_content or b"")))
        return "250 OK"


class _Listening(Controller):
    def __init__(self, office: PostOffice) -> None:
        self._office = office
        super().__init__(office, hostname="127.0.0.1", port=0)

    def factory(self) -> SMTP:
        clerk = _Clerk(self.handler, hostname="mail.example.com", ident="test", loop=self.loop)
        clerk.steps = self._office.steps
        return clerk

    def _trigger_server(self) -> None:
        # The port is only known once it was taken, and aiosmtpd wants to say hello to it.
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def post_office(steps: Steps) -> Iterator[PostOffice]:
    """A mail server for as long as the block runs."""
    office = PostOffice(steps)
    controller = _Listening(office)
    controller.start()
    office.port = controller.port
    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(_settle(), controller.loop).result(5)
        controller.stop(no_assert=True)


async def _settle() -> None:
    await asyncio.sleep(0)


class DeadlyZammad(ZammadDouble):
    """The double with a step when a request has come, when it is applied, and when it is answered."""

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self.steps = steps
        self._server.RequestHandlerClass = _Counter
        self.nora = self.add_user("nora@agency.example.net", "Nora", "Release")
        self.blank = self.memory()

    def memory(self) -> tuple[Any, int]:
        """All that it knows, to be put back by `recall`."""
        return deepcopy(self.store.tables), self.store._last_id

    def recall(self, memory: tuple[Any, int]) -> None:
        """Know again what was known then."""
        tables, last = memory
        self.store.tables, self.store._last_id = deepcopy(tables), last
        self.seen.clear()

    def hear(self, article: Article, at: datetime) -> None:
        """Nora writes on her ticket, which is made for the first article."""
        tables = self.store.tables
        ticket = next(iter(tables.tickets.values()), None) or self.add_ticket(
            "Release 11.0.4", customer_id=self.nora.id
        )
        more: dict[str, Any] = {"preferences": {"is-auto-response": True}} if article.automatic else {}
        row = self.add_article(ticket, self.nora, body=article.body, **more)
        tables = self.store.tables  # a transaction puts copies in the place of the rows
        tables.articles[row["id"]]["created_at"] = at
        tables.tickets[ticket["id"]]["updated_at"] = at

    def written(self) -> list[Row]:  # type: ignore[override]
        """Every article, oldest first."""
        return sorted(self.store.tables.articles.values(), key=lambda row: int(row["id"]))


class _Counter(Handler):
    """Counts what every request goes through."""

    def handle(self) -> None:
        """A connection, whose other end may die."""
        with suppress(ConnectionError):
            super().handle()

    def do_any(self) -> None:
        """One request: lost when its sender dies as it comes."""
        if self._steps.at("zammad", f"{self.command} has come"):
            self.close_connection = True
            return
        super().do_any()

    do_GET = do_POST = do_PUT = do_DELETE = do_any  # noqa: N815 - the names are the library's

    def _send(self, answer: Answer, cut: int | None = None) -> None:
        if self._steps.at("zammad", f"{self.command} is applied"):
            self.close_connection = True
            return
        super()._send(answer, cut)
        self.wfile.flush()
        self._steps.at("zammad", f"{self.command} is answered")

    @property
    def _steps(self) -> Steps:
        double = self.server.double  # type: ignore[attr-defined]
        assert isinstance(double, DeadlyZammad)
        return double.steps


@dataclass(frozen=True)
class Kept:
    """The world as it stood at one moment."""

    folder: Path
    taken: tuple[tuple[tuple[str, ...], bytes], ...]
    tickets: tuple[Any, int]
    files: int


class World:
    """Everything outside: it puts what arrives, and shows what came of it."""

    def __init__(self, folder: Path, office: PostOffice, zammad: DeadlyZammad) -> None:
        self.folder = folder
        self.office = office
        self.zammad = zammad
        self._files = 0

    def begin(self, empty: Path) -> None:
        """As on the first day, with an empty database."""
        self._clear()
        for name in ("inbox/new", "inbox/cur", "inbox/tmp", "logs", "var"):
            (self.folder / name).mkdir(parents=True)
        shutil.copy(empty, self.folder / "var" / "dplmaild.db")
        self._files = 0
        self.office.taken.clear()
        self.zammad.recall(self.zammad.blank)

    def keep(self, folder: Path) -> Kept:
        """Everything as it stands, while no process of the house runs."""
        for name in FOLDERS:
            shutil.copytree(self.folder / name, folder / name)
        if self._calendar.exists():
            shutil.copy(self._calendar, folder)
        return Kept(folder, tuple(self.office.taken), self.zammad.memory(), self._files)

    def restore(self, kept: Kept) -> None:
        """Everything as it was kept."""
        self._clear()
        for name in FOLDERS:
            shutil.copytree(kept.folder / name, self.folder / name)
        if (kept.folder / self._calendar.name).exists():
            shutil.copy(kept.folder / self._calendar.name, self._calendar)
        self._files = kept.files
        self.office.taken[:] = kept.taken
        self.zammad.recall(kept.tickets)

    def _clear(self) -> None:
        for name in FOLDERS:
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self._calendar.unlink(missing_ok=True)

    @property
    def _calendar(self) -> Path:
        return self.folder / "deployments.ics"

    def bring(self, beat: Beat) -> None:
        """What has arrived at a beat."""
        for raw in beat.mails:
            self._files += 1
            name = f"{int(beat.at.timestamp())}.M{self._files:04d}.mx"
            (self.folder / "inbox" / "new" / name).write_bytes(raw)
        for article in beat.articles:
            self.zammad.hear(article, beat.at)
