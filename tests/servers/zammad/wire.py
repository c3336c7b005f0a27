"""One request on the wire: parsed, routed, answered, or spoiled by a fault."""

import json
import re
import socket
import struct
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, urlsplit

from servers.zammad import articles, search, tags_links, tickets
from servers.zammad.answers import Answer, ApiError, error_answer
from servers.zammad.auth import caller_of
from servers.zammad.calls import Call, Route
from servers.zammad.faults import Fault, Kind, faulty_answer
from servers.zammad.store import Store

if TYPE_CHECKING:
    from servers.zammad.double import ZammadDouble

ROOT = "/api/v1/"
ROUTES: tuple[Route, ...] = (*search.ROUTES, *tickets.ROUTES, *articles.ROUTES, *tags_links.ROUTES)
LARGEST = 50 * 1024 * 1024  # the stock proxy's limit


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """Without the query."""
        return urlsplit(self.target).path

    @property
    def reads(self) -> bool:
        """Whether it changes nothing, so that there is nothing to roll back."""
        return self.method == "GET" or self.path.endswith("/search")

    def apply(self, store: Store) -> Answer:
        """Carry it out in one transaction."""
        admin = False
        try:
            with store.lock if self.reads else store.transaction():
                caller = caller_of(store, self.headers)
                admin = caller.admin
                route, parts = self._route()
                caller.need(*route.needs)
                return route.endpoint(Call(store, caller, self._params(), parts))
        except ApiError as error:
            return error_answer(error, admin=admin)

    def _route(self) -> tuple[Route, tuple[str, ...]]:
        below = self.path.removeprefix(ROOT)
        for route in ROUTES:
            match = re.fullmatch(route.pattern, below)
            if self.path.startswith(ROOT) and route.method == self.method and match:
                return route, match.groups()
        raise ApiError(404, f"No route matches [{self.method}] {self.path}")

    def _params(self) -> dict[str, Any]:
        params: dict[str, Any] = dict(parse_qsl(urlsplit(self.target).query))
        if not self.body or "json" not in self.headers.get("Content-Type", ""):
            return params
        try:
            body = json.loads(self.body)
        except ValueError as error:
            raise ApiError(500, "Error occurred while parsing request parameters", masked=True) from error
        return params | (body if isinstance(body, dict) else {})


class Server(ThreadingHTTPServer):
    """Holds the double for its handlers."""

    daemon_threads = True

    def __init__(self, double: "ZammadDouble") -> None:
        self.double = double
        super().__init__(("127.0.0.1", 0), Handler)

    def shutdown_request(self, request: Any) -> None:
        """Close without a FIN of its own, so that a reset stays a reset."""
        self.close_request(request)


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 with connections that stay open, as the stock proxy does."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    wbufsize = -1  # head and body in one packet
    disable_nagle_algorithm = True

    def do_any(self) -> None:
        """Answer one request."""
        double = cast(Server, self.server).double
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            self.close_connection = True
            self._send(Answer(413, b"<html>Request Entity Too Large</html>", {"Content-Type": "text/html"}))
            return
        request = Seen(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
        double.seen.append(request)
        fault = next((fault for fault in double.faults if fault.fits(request.method, request.path)), None)
        if fault is None:
            self._send(request.apply(double.store))
        else:
            self._spoil(double, request, fault)

    do_GET = do_POST = do_PUT = do_DELETE = do_any  # noqa: N815 - the names are the library's

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""

    def _spoil(self, double: "ZammadDouble", request: Seen, fault: Fault) -> None:
        done = request.apply(double.store) if fault.kind.applies else None
        if fault.kind is Kind.LATE:
            double.late.append(request)
        if fault.kind in {Kind.RESET_BEFORE, Kind.RESET_AFTER}:
            self._reset()
        elif fault.kind in {Kind.SILENT_BEFORE, Kind.SILENT_AFTER}:
            double.closing.wait(30)
            self.close_connection = True
        elif fault.kind is Kind.TRUNCATED_AFTER and done is not None:
            self._send(done, cut=len(done.body) // 2)
        else:
            self._send(faulty_answer(fault))

    def _send(self, answer: Answer, cut: int | None = None) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[:cut])
        if cut is not None:
            self.close_connection = True

    def _reset(self) -> None:
        # Linger of zero seconds: closing sends RST instead of FIN.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
