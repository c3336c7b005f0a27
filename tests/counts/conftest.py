"""The servers of a desk whose costs are counted."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bench.house import Doors
from counts.turned import Turned, turned
from servers.imap_server import ImapServer
from servers.smtpd import SmtpServer

Opened = Callable[..., Turned]


@pytest.fixture
def desk(
    tmp_path: Path, imap_server: ImapServer, user: str, smtp_server: SmtpServer, dovecot_only: None
) -> Iterator[Opened]:
    """Opens the desk, after its mail was delivered; `imap_port` leads through a proxy."""
    with ExitStack() as stack:

        def opened(imap_port: int | None = None, *, shows: bool = True) -> Turned:
            doors = Doors(imap_port or imap_server.plain_port, smtp_server.port, user)
            return stack.enter_context(turned(tmp_path, doors, shows=shows))

        yield opened
