"""IDLE (RFC 2177): sitting in wait until the server announces messages, or another thread says stop."""

import imaplib
import select
import socket
import ssl
from time import monotonic
from typing import Any


class Idling:
    """The IDLE of one connection; raises what imapclient raises when the connection is no good any more."""

    def __init__(self, client: Any, reissue_seconds: float) -> None:
        self._client = client
        self._reissue = reissue_seconds
        self._until: float | None = None
        self._wake: socket.socket | None = None
        self._readable = False
        self._fresh = False
        client._poll_socket = self._poll

    @property
    def now(self) -> bool:
        """Whether the connection is in IDLE, and takes no other command."""
        return self._until is not None

    @property
    def offered(self) -> bool:
        """Whether the server offers IDLE."""
        return bool(self._client.has_capability("IDLE"))

    def wait(self, seconds: float, wake: socket.socket) -> bool:
        """Sit in IDLE; True when messages were announced. Stays in IDLE when the time is over or `wake` is readable."""
        until = monotonic() + seconds
        self._wake = wake
        while True:
            self._begin()
            if self._announced(min(until, self._until or until) - monotonic()):
                return True
            if self._woken() or monotonic() >= until:
                return False
            if monotonic() >= (self._until or until) and self.stop():
                return True

    def _begin(self) -> None:
        if self._until is None:
            self._client.idle()
            self._until = monotonic() + self._reissue
            # What came in one packet with the continuation lies in a buffer that no poll sees: read it first.
            self._fresh = True

    def _announced(self, seconds: float) -> bool:
        told = self._client.idle_check(timeout=max(seconds, 0.0))
        if any(line[0] == b"BYE" for line in told):
            raise imaplib.IMAP4.abort("the server said good-bye")
        if any(b"EXISTS" in line for line in told if len(line) > 1):
            self.stop()
            return True
        # Readable but silent: either the end of the stream, which DONE will show, or TLS talking to itself.
        return self._readable and not told and self.stop()

    def _poll(self, sock: Any, timeout: float | None = None) -> bool:
        """Take the place of imapclient's own poll, to be woken by another thread and to see TLS's buffer."""
        if self._fresh:
            self._fresh = self._readable = False
            return True
        poller = select.poll()
        poller.register(sock.fileno(), select.POLLIN)
        if self._wake is not None:
            poller.register(self._wake.fileno(), select.POLLIN)
        pending = isinstance(sock, ssl.SSLSocket) and sock.pending() > 0
        ready = [] if pending else poller.poll((timeout or 0) * 1000)
        self._readable = pending or any(fd == sock.fileno() for fd, _ in ready)
        return self._readable

    def _woken(self) -> bool:
        return self._wake is not None and bool(select.select([self._wake], [], [], 0)[0])

    def stop(self) -> bool:
        """Leave IDLE where we are in it; True when messages were announced on the way out."""
        if self._until is None:
            return False
        self._until = None
        _, told = self._client.idle_done()
        return any(b"EXISTS" in line for line in told if len(line) > 1)
