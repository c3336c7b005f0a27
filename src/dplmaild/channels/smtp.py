"""The way out by SMTP: one connection for a backlog, and the exact knowledge of what the server took (P4)."""

import smtplib
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from pathlib import Path

from dplmaild.channels.secure import (
    LoginRefusedError,
    Secret,
    Tls,
    access_token,
    link_trouble,
    refuse_unsafe,
    tls_context,
)
from dplmaild.channels.smtp_line import PlainLine, TlsLine
from dplmaild.ports import InDoubtError, PermanentError, Receipt, TemporaryError

_NO_ADDRESS = (553, "not an address that plain SMTP can carry")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccount:
    """How to reach the mail server that takes our letters; without `user` nobody logs in (a relay). Times in seconds.

    `password` as a callable gives an OAuth token and means XOAUTH2. `ca_file` replaces the system's authorities.
    """

    host: str
    port: int = 587
    user: str | None = None
    password: Secret = field(default="", repr=False)
    tls: Tls = Tls.STARTTLS
    ca_file: Path | None = None
    timeout: float = 60.0
    hello: str | None = None  # the name we greet with; None: this machine's

    def __post_init__(self) -> None:
        object.__setattr__(self, "tls", Tls(self.tls))
        refuse_unsafe(self.host, self.tls)
        if self.timeout <= 0:
            raise ValueError("the timeout of the mail server must be above zero")
        if isinstance(self.password, str) and not (self.password.isascii() and (self.user or "").isascii()):
            raise ValueError("user and password of the mail server must be plain ASCII")

    @property
    def place(self) -> str:
        """How this server is named in messages to people."""
        return f"mail server {self.host}:{self.port}"


class SmtpPost:
    """Hands letters to one mail server, from one thread; the connection is kept until `close`."""

    def __init__(self, config: SmtpAccount) -> None:
        self._config = config
        self._smtp: smtplib.SMTP | None = None
        self._begun = False  # a message was begun on this connection, and not taken

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> Receipt:
        """Hand over one message to each recipient once.

        Raises TemporaryError when the server certainly did not take it, InDoubtError when its answer to the final dot
        was lost, PermanentError when it refused the sender, the message or every recipient for good.
        """
        if not recipients:
            raise PermanentError("a letter without recipients cannot be sent")
        try:
            smtp = self._opened(sender, message)
            receipt = self._envelope(smtp, list(dict.fromkeys(recipients)))
            self._begin(smtp)
            smtp.send(_dotted(self._fitting(smtp, message)))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self._drop()
            raise link_trouble(self._config.place, error) from error
        self._finish(smtp)
        return receipt

    def close(self) -> None:
        """Say good-bye and let go; idempotent, never raises."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                if smtp.sock is not None:
                    smtp.sock.settimeout(2.0)
                smtp.quit()
            smtp.close()

    # The connection

    def _opened(self, sender: str, message: bytes) -> smtplib.SMTP:
        """A connection on which the sender was taken: the kept one when it is still alive, else a new one."""
        smtp, said = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                if not self._begun or smtp.rset()[0] == 250:
                    said = self._sender(smtp, sender, message)
        if smtp is None or said is None or said[0] == 421:
            self._drop()
            smtp = self._smtp = self._connected()
            said = self._sender(smtp, sender, message)
        self._begun = True
        self._expect(*said, about=f"the sender {sender}")
        return smtp

    def _connected(self) -> smtplib.SMTP:
        config = self._config
        context = None if config.tls is Tls.NONE else tls_context(config.ca_file)
        if config.tls is Tls.IMPLICIT:
            smtp: smtplib.SMTP = TlsLine(
                config.host, config.port, config.hello, timeout=config.timeout, context=context
            )
        else:
            smtp = PlainLine(config.host, config.port, config.hello, timeout=config.timeout)
        try:
            # The dot goes out on its own; with Nagle it would wait for the acknowledgement of the text before it.
            if smtp.sock is not None:
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if config.tls is Tls.STARTTLS:
                self._upgrade(smtp)
            smtp.ehlo_or_helo_if_needed()
            self._log_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _upgrade(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.starttls(context=tls_context(self._config.ca_file))
        except smtplib.SMTPNotSupportedError as error:
            reason = "the server does not offer STARTTLS; nothing was sent"
            raise TemporaryError(f"{self._config.place}: {reason}") from error

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        config = self._config
        if config.user is None:
            return
        try:
            if isinstance(config.password, str):
                self._say_password(smtp, config.user, config.password)
            else:
                words = f"user={config.user}\x01auth=Bearer {access_token(config.password, config.place)}\x01\x01"
                # A server that says no sends its reasons as a challenge, and wants an empty answer before the code.
                smtp.auth("XOAUTH2", lambda challenge=None: words if challenge is None else "")
        except smtplib.SMTPAuthenticationError as error:
            text = (
                f"{config.place}: the login of {config.user} was refused ({_words(error.smtp_code, error.smtp_error)})"
            )
            if 500 <= error.smtp_code < 600:
                raise LoginRefusedError(f"{text}; correct user or password") from error
            raise TemporaryError(text) from error

    def _say_password(self, smtp: smtplib.SMTP, user: str, password: str) -> None:
        """Say it once, in the first way that is offered: smtplib's own login tries all, and servers count failures."""
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        smtp.user, smtp.password = user, password
        if "PLAIN" in offered:
            smtp.auth("PLAIN", smtp.auth_plain)
        elif "LOGIN" in offered:
            smtp.auth("LOGIN", smtp.auth_login)
        else:
            raise TemporaryError(f"{self._config.place}: no login by password is offered there; check port and tls")

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    # One message

    def _envelope(self, smtp: smtplib.SMTP, recipients: Sequence[str]) -> Receipt:
        accepted: list[str] = []
        refused: dict[str, tuple[int, str]] = {}
        for recipient in recipients:
            code, text = self._recipient(smtp, recipient)
            if 200 <= code < 300:
                accepted.append(recipient)
            else:
                refused[recipient] = (code, text)
        if not accepted:
            self._nobody(refused)
        return Receipt(tuple(accepted), refused)

    def _sender(self, smtp: smtplib.SMTP, sender: str, message: bytes) -> tuple[int, bytes]:
        if sender and not _plain(sender):
            raise PermanentError(f"{sender!r} is no address to send from: {_NO_ADDRESS[1]}")
        options = [f"SIZE={len(message)}"] if smtp.has_extn("size") else []
        if smtp.has_extn("8bitmime") and not message.isascii():
            options.append("BODY=8BITMIME")
        return smtp.mail(sender, options)

    def _recipient(self, smtp: smtplib.SMTP, recipient: str) -> tuple[int, str]:
        if not _plain(recipient):
            return _NO_ADDRESS
        code, text = smtp.rcpt(recipient)
        if code == 421 or not 200 <= code < 600:
            self._expect(code, text, about=recipient)
        return code, _words(code, text)

    def _nobody(self, refused: dict[str, tuple[int, str]]) -> None:
        listed = "; ".join(f"{recipient}: {text}" for recipient, (_, text) in refused.items())[:500]
        if any(400 <= code < 500 for code, _ in refused.values()):
            raise TemporaryError(f"{self._config.place}: no recipient was taken now ({listed})")
        raise PermanentError(f"{self._config.place}: every recipient was refused ({listed})")

    def _fitting(self, smtp: smtplib.SMTP, message: bytes) -> bytes:
        if message.isascii() or smtp.has_extn("8bitmime"):
            return message
        return seven_bit(message)

    def _begin(self, smtp: smtplib.SMTP) -> None:
        code, text = smtp.docmd("DATA")
        if code != 354:
            self._expect(code, text, about="the message", wanted=354)

    def _finish(self, smtp: smtplib.SMTP) -> None:
        """The final dot: from here on a lost answer means that nobody knows."""
        try:
            smtp.send(b".\r\n")
            code, text = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            reason = "the answer to the whole message was lost; it may have been sent"
            raise InDoubtError(f"{self._config.place}: {reason} ({type(error).__name__})") from error
        if not 200 <= code < 600 or 300 <= code < 400:
            self._drop()
            raise InDoubtError(
                f"{self._config.place}: no telling from its answer ({_words(code, text)}) if it was sent"
            )
        self._expect(code, text, about="the message")
        self._begun = False

    def _expect(self, code: int, text: bytes, *, about: str, wanted: int | None = None) -> None:
        """Pass on 2xx (or `wanted`), raise by the first digit of anything else."""
        if code == wanted or (wanted is None and 200 <= code < 300):
            return
        if code == 421 or not 400 <= code < 600:
            self._drop()
        said = f"{self._config.place}: {about} was not taken ({_words(code, text)})"
        if code == 530:
            raise LoginRefusedError(f"{said}; configure user and password")
        if 500 <= code < 600:
            raise PermanentError(said)
        raise TemporaryError(said)


def seven_bit(message: bytes) -> bytes:
    """The same message for a server without 8BITMIME: 8-bit parts as base64 or quoted-printable."""
    narrow = policy.SMTP.clone(cte_type="7bit")
    return BytesParser(policy=policy.compat32).parsebytes(message).as_bytes(policy=narrow)


def _dotted(message: bytes) -> bytes:
    """CRLF line ends, a doubled dot at the start of a line, and no final dot yet."""
    lines = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    return b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines)


def _plain(address: str) -> bool:
    """Whether an address can stand in an envelope without SMTPUTF8, and cannot break out of its brackets."""
    if not (3 <= len(address) <= 320 and address.isascii() and "@" in address):
        return False
    return all(33 <= ord(c) < 127 and c not in "<>,;" for c in address)


def _words(code: int, text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(said.split())[:200]}"
