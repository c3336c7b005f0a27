"""What every IMAP server of the tests offers: users, ports, and a second client that plays people and postmen."""

import itertools
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from imapclient import IMAPClient

from servers.certificates import Certificates

PASSWORD = "secret"


@dataclass
class ImapServer:
    """A running server. `plain_port` also speaks STARTTLS; `tls_port` is 0 where TLS from the first byte is unknown."""

    software: str
    host: str
    plain_port: int
    tls_port: int
    certificates: Certificates
    users: list[str]
    moves: bool = True  # whether it offers MOVE
    tokens: bool = True  # whether it takes XOAUTH2
    _free: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def tls(self) -> str:
        """How it is reached encrypted."""
        return "implicit" if self.tls_port else "starttls"

    @property
    def port(self) -> int:
        """Where it is reached encrypted."""
        return self.tls_port or self.plain_port

    def fresh_user(self) -> str:
        """Somebody whose mailbox is empty."""
        return self.users[next(self._free)]

    @contextmanager
    def client(self, user: str, folder: str | None = "INBOX") -> Iterator[Any]:
        """A second client, as somebody's mail program is one."""
        with IMAPClient(self.host, self.plain_port, ssl=False, timeout=20) as client:
            if not self.tls_port:
                client.starttls(ssl.create_default_context(cafile=str(self.certificates.ca_file)))
            client.plain_login(user, PASSWORD)
            client.normalise_times = False
            if folder is not None:
                client.select_folder(folder)
            yield client

    def deliver(self, user: str, *messages: bytes, arrived: datetime | None = None, folder: str = "INBOX") -> None:
        """Put messages into a mailbox, in this order."""
        with self.client(user, None) as client:
            for message in messages:
                client.append(folder, message, msg_time=arrived)

    def flags(self, user: str, folder: str = "INBOX") -> dict[int, frozenset[bytes]]:
        """Every message's flags by UID, read without changing any."""
        with self.client(user, None) as client:
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), ["FLAGS"])
            return {uid: frozenset(answer[b"FLAGS"]) for uid, answer in found.items()}
