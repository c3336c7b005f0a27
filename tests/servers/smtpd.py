"""A mail server on loopback that does what a test scripts: refuses, hangs, hangs up, wants a login."""

import asyncio
import base64
import ssl
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from servers.certificates import Certificates

PASSWORD = "secret"
TOKEN = "a-token"
HANG = "hang"
"""As a scripted reply: none at all."""


@dataclass(frozen=True, slots=True)
class Received:
    """One message as the server took it."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    user: str | None
    encrypted: bool


@dataclass
class Script:
    """What is said instead of yes; empty means yes. `data` answers the final dot, the others their commands."""

    mail: str = ""
    recipients: dict[str, str] = field(default_factory=dict)
    data: str = ""
    most_letters: int = 0  # that one connection may hand over
    data_waits: float = 0.0  # seconds between having the message and answering


@dataclass
class SmtpServer:
    """A running server and what it took."""

    host: str
    port: int
    script: Script
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    logins: int = 0  # tried, with whatever success


class _Hooks:
    """aiosmtpd calls these; each follows the script."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._taken: Counter[Session] = Counter()

    async def handle_MAIL(self, _: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        if self._server.script.mail:
            return self._server.script.mail
        if 0 < self._server.script.most_letters <= self._taken[session]:
            return "421 too many letters over one connection"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        if said := self._server.script.recipients.get(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, smtp: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        script = self._server.script
        await asyncio.sleep(script.data_waits)
        if script.data == HANG:
            await asyncio.sleep(3600)
        if script.data:
            return script.data
        user = session.auth_data if isinstance(session.auth_data, str) else None
        content = bytes(envelope.original_content or b"")
        encrypted = session.ssl is not None or self._implicit(smtp)
        sender, recipients = envelope.mail_from or "", tuple(envelope.rcpt_tos)
        self._taken[session] += 1
        self._server.received.append(Received(sender, recipients, content, user, encrypted))
        return "250 OK"

    @staticmethod
    def _implicit(smtp: SMTP) -> bool:
        return smtp.transport is not None and smtp.transport.get_extra_info("sslcontext") is not None

    def checked(self, _: SMTP, __: Session, ___: Envelope, ____: str, login: Any) -> AuthResult:
        """Whether a password is right."""
        self._server.logins += 1
        good = isinstance(login, LoginPassword) and (login.login, login.password) == (b"desk", PASSWORD.encode())
        return AuthResult(success=good, handled=False, auth_data="desk" if good else None)

    async def auth_XOAUTH2(self, smtp: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        self._server.logins += 1
        said = base64.b64decode(args[1]).decode()
        if said == f"user=desk\x01auth=Bearer {TOKEN}\x01\x01":
            return AuthResult(success=True, auth_data="desk")
        await smtp.challenge_auth('{"status":"401"}')
        return AuthResult(success=False, handled=False)


class _Counting(Controller):
    """Counts connections, and lends its TLS context to STARTTLS."""

    def __init__(self, server: SmtpServer, hooks: _Hooks, *, implicit: ssl.SSLContext | None, **settings: Any) -> None:
        self._server = server
        self._settings = settings
        super().__init__(hooks, hostname="127.0.0.1", port=0, ssl_context=implicit)

    def factory(self) -> SMTP:
        self._server.connections += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a login without TLS is what some tests are about
            return SMTP(self.handler, hostname="mail.example.com", ident="test", **self._settings)

    def _trigger_server(self) -> None:
        # The port is only known once it was taken, and aiosmtpd wants to say hello to it.
        listening = cast("asyncio.Server", self.server)
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def smtpd(made: Certificates | None = None, *, tls: str = "none", login: bool = False) -> Iterator[SmtpServer]:
    """A server for as long as the block runs; `tls` is none, starttls or implicit, `login` refuses mail without one."""
    server = SmtpServer("127.0.0.1", 0, Script())
    context = None
    if made is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made.cert_file, made.key_file)
    hooks = _Hooks(server)
    controller = _Counting(
        server,
        hooks,
        implicit=context if tls == "implicit" else None,
        tls_context=context if tls == "starttls" else None,
        require_starttls=tls == "starttls",
        auth_required=login,
        auth_require_tls=tls == "starttls" or not login,
        authenticator=hooks.checked,
        decode_data=False,
        enable_SMTPUTF8=False,
    )
    controller.start()
    server.port = controller.port
    server.connections = 0  # aiosmtpd says hello to itself when it starts
    try:
        yield server
    finally:
        controller.stop(no_assert=True)
