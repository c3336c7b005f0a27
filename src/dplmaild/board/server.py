"""The board's thread: it listens on this machine, shows pages, and leaves with the daemon. Its end is nobody else's."""

import asyncio
import socket
from dataclasses import dataclass
from threading import Event, Thread

from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from dplmaild.board.app import app_of
from dplmaild.board.guard import App, Guard, hosts_of
from dplmaild.board.pages import Pages
from dplmaild.board.record import House, Record
from dplmaild.log import get_logger
from dplmaild.settings.model import Board
from dplmaild.store.database import Database

_HEAD = 8_192  # bytes of a request's head
log = get_logger()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the desk's machine the board may use."""

    connections: int = 32  # at once; file descriptors are the desk's as well
    seconds: int = 20  # for a connection from its beginning to its end
    again: float = 30.0  # seconds until another attempt at a port that was taken


class BoardThread(Thread):
    """Serves the pages until the daemon stops; whatever happens to it, mail goes on being answered."""

    def __init__(
        self, board: Board, url: str, house: House, pages: Pages, stopping: Event, limits: Limits = Limits()
    ) -> None:
        super().__init__(name="board", daemon=True)
        self._limits = limits
        self._board = board
        self._url = url
        self._house = house
        self._pages = pages
        self._stopping = stopping
        self._told = ""

    def run(self) -> None:
        """Listen; where the port is taken or the server dies, try again after a while."""
        while not self._stopping.is_set():
            try:
                self._serve()
            except OSError as error:
                self._trouble(f"{self._board.listen} cannot be listened at: {error.strerror}")
            except Exception as error:
                log.exception("board failed")
                self._trouble(f"{type(error).__name__}")
            self._stopping.wait(self._limits.again)

    def _trouble(self, why: str) -> None:
        """One line when it is new."""
        if why != self._told:
            self._told = why
            log.warning("board not shown", why=why, next_attempt=f"every {self._limits.again:.0f} s")

    def _serve(self) -> None:
        address, port = self._board.place
        with _listening(address, port, self._limits) as door:
            record = Record(Database(self._url, only_reads=True), self._house)
            try:
                app = app_of(record, self._house, self._pages)
                hosts = hosts_of(address, port, self._board.name)
                server = _Server(Guard(app, hosts, self._pages.policy), self._stopping, self._limits)
                self._told = ""
                log.info("board shown", listen=self._board.listen)
                server.run([door])
            finally:
                record.close()


def _listening(address: str, port: int, limits: Limits) -> socket.socket:
    """The port, taken before the server is made: what is wrong with it is ours to say."""
    door = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # after a restart the old connections linger
        door.bind((address, port))
        door.listen(limits.connections)
    except OSError:
        door.close()
        raise
    return door


class _Server(Server):
    """Looks at the daemon's own sign to stop, ten times a second; signals are the daemon's."""

    def __init__(self, app: App, stopping: Event, limits: Limits) -> None:
        super().__init__(
            Config(
                app,
                loop="asyncio",
                http=_Bounded,
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                log_level="critical",  # whoever sends nonsense writes no lines into our log
                access_log=False,
                proxy_headers=False,
                server_header=False,
                headers=[("Connection", "close")],
                limit_concurrency=limits.connections,
                timeout_keep_alive=limits.seconds,  # none is kept alive: it bounds a whole connection, see _Bounded
                h11_max_incomplete_event_size=_HEAD,
                timeout_graceful_shutdown=2,
            )
        )
        self._stopping = stopping

    async def on_tick(self, counter: int) -> bool:
        """Whether to leave."""
        return await super().on_tick(counter) or self._stopping.is_set()


class _Bounded(H11Protocol):
    """A connection that ends after a while, however slowly its other side writes or reads."""

    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Refused at once where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > (self.limit_concurrency or 0):
            transport.abort()
        else:
            self._end = self.loop.call_later(self.timeout_keep_alive, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over before its time."""
        if self._end is not None:
            self._end.cancel()
        super().connection_lost(exc)
