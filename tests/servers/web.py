"""A web server on loopback that serves calendars, and whatever else a test wants it to answer."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Web:
    """The server: `answers` by path, and every request it got."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        """An address on it."""
        return f"{self.address}{path}"


def whole(body: bytes, status: int = 200, **headers: str) -> Answer:
    """An ordinary answer."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def endless(piece: bytes) -> Answer:
    """A body that never ends, as far as anybody listens."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        with suppress(OSError):
            while True:
                request.wfile.write(piece)

    return answer


def hung_up(request: BaseHTTPRequestHandler) -> None:
    """The line breaks in the middle of a body."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"BEGIN:VCALENDAR\r\n")
    request.wfile.flush()
    request.connection.close()


@contextmanager
def web(certificate: tuple[Path, Path] | None = None) -> Iterator[Web]:
    """A running server; over TLS where a certificate and its key are given."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler())
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if certificate else "http"
    running = Web(f"{scheme}://127.0.0.1:{server.server_address[1]}")
    server.web = running  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler() -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            serving: Web = self.server.web  # type: ignore[attr-defined]
            serving.asked.append((self.path, dict(self.headers)))
            answer = serving.answers.get(self.path, whole(b"", 404))
            with suppress(OSError):
                answer(self)

        def log_message(self, *_: object) -> None:
            """Quietly."""

    return Handler
