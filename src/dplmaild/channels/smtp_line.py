"""What a mail server says, within bounds: a reply that never ends, or comes drop by drop, ends all the same."""

import io
import smtplib
import socket
import time
from typing import Any

MOST_LINES = 200  # of one reply
PATIENCE = 5  # a whole reply may take so many time-outs


class _Answers(io.RawIOBase):
    """The server's side of a connection; every reply has an end in time, however many pieces it comes in."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._usual = line.gettimeout()
        self._end = 0.0

    def begin(self) -> None:
        """From now on the next reply is waited for."""
        self._end = time.monotonic() + PATIENCE * (self._usual or 0.0)

    def readable(self) -> bool:
        """It is only read from."""
        return True

    def readinto(self, buffer: Any) -> int:
        """What has come; raises TimeoutError."""
        if self._usual is None:
            return self._line.recv_into(buffer)
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the reply takes too long")
        self._line.settimeout(min(self._usual, left))
        try:
            return self._line.recv_into(buffer)
        finally:
            self._line.settimeout(self._usual)


class _Lines(io.BufferedReader):
    """The lines of the replies, counted."""

    def __init__(self, answers: _Answers) -> None:
        super().__init__(answers)
        self._answers = answers
        self._left = 0

    def begin(self) -> None:
        """A new reply."""
        self._answers.begin()
        self._left = MOST_LINES

    def readline(self, size: int | None = -1, /) -> bytes:
        """One line; raises OSError for one too many."""
        self._left -= 1
        if self._left < 0:
            raise OSError("the reply has no end")
        return super().readline(size)


class _Bounded(smtplib.SMTP):
    """smtplib reads replies for ever; this one does not."""

    def getreply(self) -> tuple[int, bytes]:
        """One reply of the server; raises SMTPServerDisconnected for one without end."""
        if self.file is None and self.sock is not None:
            self.file = _Lines(_Answers(self.sock))
        if isinstance(self.file, _Lines):
            self.file.begin()
        return super().getreply()


class PlainLine(_Bounded):
    """A connection that begins in plain text."""


class TlsLine(_Bounded, smtplib.SMTP_SSL):
    """A connection under TLS from the first byte."""
