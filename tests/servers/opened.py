"""IMAP mailboxes of ours on the tests' server, as fixtures."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from dplmaild.channels.imap import ImapAccount, ImapMailbox
from dplmaild.channels.secure import Tls
from servers.imap_server import PASSWORD, ImapServer
from servers.proxy import Proxy

Opened = Callable[..., ImapMailbox]


@pytest.fixture
def user(imap_server: ImapServer) -> str:
    """Somebody whose mailbox is empty."""
    return imap_server.fresh_user()


@pytest.fixture
def account(imap_server: ImapServer, user: str) -> ImapAccount:
    """How to reach that mailbox."""
    return ImapAccount(
        name="desk",
        host=imap_server.host,
        port=imap_server.port,
        tls=Tls(imap_server.tls),
        user=user,
        password=PASSWORD,
        ca_file=imap_server.certificates.ca_file,
        timeout=5.0,
    )


@pytest.fixture
def opened(account: ImapAccount) -> Iterator[Opened]:
    """A mailbox with some settings changed, closed when the test is over."""
    with ExitStack() as stack:

        def build(**changes: object) -> ImapMailbox:
            mailbox = ImapMailbox(replace(account, **changes))  # type: ignore[arg-type]
            stack.callback(mailbox.close)
            return mailbox

        yield build


@pytest.fixture
def dovecot_only(imap_server: ImapServer) -> None:
    """Skip where the server is not Dovecot."""
    if imap_server.software != "Dovecot":
        pytest.skip(f"{imap_server.software} cannot do this")


def plain(proxy: Proxy) -> dict[str, object]:
    """Settings to go through a proxy that reads along."""
    return {"host": proxy.host, "port": proxy.port, "tls": Tls.NONE, "ca_file": None}
