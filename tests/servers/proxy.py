"""A TCP proxy that counts bytes and cuts connections where a test says so."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_REPLY_END = re.compile(rb"^\d{3} [^\n]*\n|^\d{3}\r\n", re.MULTILINE)
"""The last line of an SMTP reply."""


@dataclass
class Orders:
    """What is done to connections. All None: everything passes. Replies count from 1 (the greeting) per connection."""

    cut_before_reply: int | None = None  # the server gave it, the client never sees it
    cut_after_reply: int | None = None
    cut_down_after: int | None = None  # after so many bytes from the server
    cut_when_sent: bytes | None = None  # when the client says this, before the server hears it
    silent_after: int | None = None  # after so many bytes: keep the line open, pass nothing more to the client
    refuse: bool = False  # hang up at once
    obeyed: int | None = None  # None: every connection; else only the first n


@dataclass
class Proxy:
    """Listens on loopback for one server."""

    target: tuple[str, int]
    orders: Orders = field(default_factory=Orders)
    connections: int = 0
    bytes_down: int = 0
    bytes_up: int = 0
    sent: bytes = b""  # what clients said, up to 64 KB: readable only without TLS

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.host, self.port = self._listener.getsockname()[:2]
        self._start(self._accept)

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            orders = self.orders if self.orders.obeyed is None or self.connections <= self.orders.obeyed else Orders()
            if orders.refuse:
                client.close()
                continue
            try:
                server = socket.create_connection(self.target, timeout=10)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            self._open += [client, server]
            deaf = threading.Event()
            self._start(self._down, server, client, orders, deaf)
            self._start(self._up, client, server, orders, deaf)

    def _up(self, client: socket.socket, server: socket.socket, orders: Orders, deaf: threading.Event) -> None:
        with suppress(OSError):
            while piece := client.recv(65536):
                self.bytes_up += len(piece)
                self.sent = (self.sent + piece)[-65536:]
                if deaf.is_set() or (orders.cut_when_sent is not None and orders.cut_when_sent in piece):
                    break
                server.sendall(piece)
        _cut(client, server)

    def _down(self, server: socket.socket, client: socket.socket, orders: Orders, deaf: threading.Event) -> None:
        replies, rest, passed = 0, b"", 0
        with suppress(OSError):
            while piece := server.recv(65536):
                rest += piece
                ended = len(_REPLY_END.findall(rest))
                rest = rest if not ended else rest[[m.end() for m in _REPLY_END.finditer(rest)][-1] :]
                replies += ended
                if orders.cut_before_reply is not None and replies >= orders.cut_before_reply:
                    break
                if orders.silent_after is not None and passed >= orders.silent_after:
                    continue
                if orders.cut_down_after is not None:
                    piece = piece[: max(0, orders.cut_down_after - passed)]
                last = orders.cut_after_reply is not None and replies >= orders.cut_after_reply
                if last:
                    deaf.set()  # first: the client may answer before the line is cut, and the server must not hear it
                client.sendall(piece)
                passed += len(piece)
                self.bytes_down += len(piece)
                if last:
                    break
                if orders.cut_down_after is not None and passed >= orders.cut_down_after:
                    break
        _cut(server, client)

    def cut(self) -> None:
        """Cut every connection that is open now."""
        while self._open:
            _cut(self._open.pop())

    def close(self) -> None:
        """Stop listening and cut all."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(timeout=5)


def _cut(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def proxy_to(host: str, port: int, orders: Orders | None = None) -> Iterator[Proxy]:
    """A proxy in front of host:port for as long as the block runs."""
    proxy = Proxy((host, port), orders or Orders())
    try:
        yield proxy
    finally:
        proxy.close()
