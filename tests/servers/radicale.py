"""A real Radicale on loopback: its own threads, password login, and answers that can be lost on the way."""

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import requests
from radicale import config
from radicale.app import Application

USER = "dplmaild"
PASSWORD = "sesame-4711"
_COLLECTION = "deployments"
_PERSON = "HTTP_X_PERSON"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application_ = Callable[[Environ, StartResponse], Iterable[bytes]]
Fault = Callable[[Application_, Environ, StartResponse], Iterable[bytes]]
"""A stand-in for one request: it may call the real application before or after misbehaving."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 50


class _Wire(WSGIRequestHandler):
    """Quiet, and lends its socket to the faults."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        pass

    def get_environ(self) -> Environ:
        path = unquote(self.path.split("?", 1)[0])  # as UTF-8, which is what Radicale's own server hands on
        return {**super().get_environ(), "PATH_INFO": path, "socket": self.connection}


@dataclass
class RadicaleServer:
    """The running server: where it is, what was asked of it, and what should go wrong next."""

    application: Application_
    url: str = ""
    verify: str | bool = True  # the CA file of a server with TLS
    calls: list[str] = field(default_factory=list)  # methods of the program under test, in order
    faults: list[tuple[str, Fault]] = field(default_factory=list)  # (method, what happens), each used once

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if _PERSON in environ:
            return self.application(environ, start_response)
        method = environ["REQUEST_METHOD"]
        self.calls.append(method)
        for fault in self.faults:
            if fault[0] == method:
                self.faults.remove(fault)
                return fault[1](self.application, environ, start_response)
        return self.application(environ, start_response)

    @property
    def calendar_url(self) -> str:
        """The collection that takes the events."""
        return f"{self.url}/{USER}/{_COLLECTION}/"

    def request(self, method: str, name: str = "", **options: Any) -> requests.Response:
        """What a person's program does to the calendar: neither counted nor disturbed."""
        headers = {"X-Person": "yes", **options.pop("headers", {})}
        return requests.request(
            method,
            self.calendar_url + quote(name),
            auth=(USER, PASSWORD),
            timeout=10,
            verify=self.verify,
            headers=headers,
            **options,
        )

    def names(self) -> list[str]:
        """The names of all stored objects."""
        body = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
        listed = self.request("PROPFIND", data=body, headers={"Depth": "1"}).text
        return [
            unquote(part.split("</")[0].rsplit("/", 1)[1])
            for part in listed.split("<href>")[1:]
            if ".ics" in part[:300]
        ]


def lost_after(application: Application_, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The request takes effect; its answer never arrives."""
    list(application(environ, lambda *_: None))
    environ["socket"].shutdown(socket.SHUT_RDWR)
    return _nothing(start_response)


def lost_before(application: Application_, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The connection breaks before the request takes effect."""
    environ["socket"].shutdown(socket.SHUT_RDWR)
    return _nothing(start_response)


def bad_gateway_after(application: Application_, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The request takes effect, and a proxy says that it did not."""
    list(application(environ, lambda *_: None))
    start_response("502 Bad Gateway", [("Content-Type", "text/plain")])
    return [b"bad gateway"]


def answering(status: str, *headers: tuple[str, str]) -> Fault:
    """The server answers this, whatever is asked, and does nothing."""

    def fault(application: Application_, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response(status, [("Content-Type", "text/plain"), *headers])
        return [b"no"]

    return fault


def first_doing(act: Callable[[], object]) -> Fault:
    """Somebody else is faster: their act happens, then the request goes its way."""

    def fault(application: Application_, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        act()
        return application(environ, start_response)

    return fault


def _nothing(start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Length", "0")])
    return [b""]


@contextmanager
def radicale(folder: Path, certificate: tuple[Path, Path] | None = None) -> Iterator[RadicaleServer]:
    """A Radicale with one user and one empty calendar; over TLS when a (certificate, key) is given."""
    server = RadicaleServer(_application(folder))
    with _Server(("127.0.0.1", 0), _Wire) as listener:
        listener.set_app(server)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            server.verify = str(certificate[0])
            listener.socket = context.wrap_socket(listener.socket, server_side=True)
        server.url = f"{'https' if certificate else 'http'}://127.0.0.1:{listener.server_port}"
        thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            server.request("MKCALENDAR").raise_for_status()
            yield server
        finally:
            listener.shutdown()
            thread.join()


def _application(folder: Path) -> Application_:
    users = folder / "htpasswd"
    users.write_text(f"{USER}:{PASSWORD}\n")
    configuration = config.load()
    configuration.update(
        {
            "auth": {"type": "htpasswd", "htpasswd_filename": str(users), "htpasswd_encryption": "plain", "delay": "0"},
            "storage": {"filesystem_folder": str(folder / "collections")},
            "logging": {"level": "critical"},
        },
        "test",
    )
    application: Application_ = Application(configuration)
    return application
