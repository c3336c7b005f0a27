"""Logging in to an IMAP server, and all that can go wrong with it and its links."""

import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from dplmaild.channels.imap import ImapAccount
from dplmaild.channels.secure import LoginRefusedError, Tls, UnsafeLinkError
from dplmaild.ports import TemporaryError
from servers.imap_server import PASSWORD, ImapServer
from servers.mails import letter
from servers.opened import Opened, plain
from servers.proxy import Orders, proxy_to
from servers.tokens import token


@pytest.mark.usefixtures("dovecot_only")
def test_login_by_token(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("a"))
    asked: list[str] = []

    def fetch_token() -> str:
        asked.append("once")
        return token(user)

    assert len(list(opened(password=fetch_token).fetch(None, 10))) == 1
    assert asked == ["once"]


@pytest.mark.usefixtures("dovecot_only")
def test_a_worthless_token_is_a_refused_login(opened: Opened) -> None:
    with pytest.raises(LoginRefusedError):
        list(opened(password=lambda: "worthless").fetch(None, 10))


def test_a_token_source_that_fails_is_temporary_trouble(opened: Opened) -> None:
    def fetch_token() -> str:
        raise RuntimeError("tenant is away")

    with pytest.raises(TemporaryError, match="tenant is away") as told:
        list(opened(password=fetch_token).fetch(None, 10))
    assert not isinstance(told.value, LoginRefusedError)


def test_a_wrong_password_is_a_refused_login_that_is_not_told(opened: Opened, user: str) -> None:
    with pytest.raises(LoginRefusedError, match=f"{user} at .* correct user or password") as told:
        list(opened(password="hunter2").fetch(None, 10))
    assert "hunter2" not in str(told.value)


def test_starttls_is_verified_and_works(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("a"))
    mailbox = opened(tls=Tls.STARTTLS, port=imap_server.plain_port)
    assert len(list(mailbox.fetch(None, 10))) == 1


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
def test_a_certificate_of_somebody_else_is_refused(
    imap_server: ImapServer, opened: Opened, foreign_ca: Path, tls: Tls
) -> None:
    port = imap_server.tls_port if tls is Tls.IMPLICIT else imap_server.plain_port
    if not port:
        pytest.skip(f"{imap_server.software} has no such port")
    with pytest.raises(TemporaryError, match="certificate is not trusted"):
        list(opened(tls=tls, port=port, ca_file=foreign_ca).fetch(None, 10))


def test_a_missing_ca_file_is_named(opened: Opened, tmp_path: Path) -> None:
    with pytest.raises(TemporaryError, match="correct ca_file"):
        list(opened(ca_file=tmp_path / "none.pem").fetch(None, 10))


def test_a_server_without_starttls_is_told_no_secret(opened: Opened) -> None:
    said: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            with client:
                client.sendall(b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n")
                while piece := client.recv(4096):
                    said.append(piece)
                    client.sendall(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + piece.split()[0] + b" OK done\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(TemporaryError, match="does not offer STARTTLS"):
            list(opened(tls=Tls.STARTTLS, port=listener.getsockname()[1]).fetch(None, 10))
        thread.join(timeout=5)
    assert not [piece for piece in said if b"LOGIN" in piece or b"AUTH" in piece]


def test_a_server_that_is_down_is_one_clear_sentence(imap_server: ImapServer, opened: Opened) -> None:
    with proxy_to(imap_server.host, imap_server.port) as proxy:
        port = proxy.port
    with pytest.raises(TemporaryError, match=rf"desk .*127\.0\.0\.1:{port}.*nobody listens"):
        list(opened(port=port).fetch(None, 10))


def test_a_server_that_hangs_up_at_once_is_temporary_trouble(imap_server: ImapServer, opened: Opened) -> None:
    with proxy_to(imap_server.host, imap_server.port, Orders(refuse=True)) as proxy, pytest.raises(TemporaryError):
        list(opened(port=proxy.port).fetch(None, 10))


def test_a_folder_that_does_not_exist_is_named(opened: Opened) -> None:
    with pytest.raises(TemporaryError, match=r"folder Nowhere.*create it"):
        list(opened(folder="Nowhere").fetch(None, 10))


def test_a_link_that_dies_while_logging_in_is_no_refused_login(imap_server: ImapServer, opened: Opened) -> None:
    if not imap_server.tls_port:
        pytest.skip("the proxy can read along without TLS only")
    orders = Orders(cut_when_sent=b"AUTHENTICATE")
    with proxy_to(imap_server.host, imap_server.plain_port, orders) as proxy:
        with pytest.raises(TemporaryError) as told:
            list(opened(**plain(proxy)).fetch(None, 10))
        assert b"AUTHENTICATE" in proxy.sent
    assert not isinstance(told.value, LoginRefusedError)


@pytest.mark.parametrize("bytes_passed", [600, 1500, 5_000, 100_000])
def test_a_link_cut_while_fetching_loses_nothing(
    imap_server: ImapServer, user: str, opened: Opened, bytes_passed: int
) -> None:
    if not imap_server.tls_port:
        pytest.skip("the proxy can read along without TLS only")
    imap_server.deliver(user, *(letter(f"n{n}", "x" * 60_000) for n in range(4)))
    orders = Orders(cut_down_after=bytes_passed)
    with proxy_to(imap_server.host, imap_server.plain_port, orders) as proxy:
        mailbox = opened(**plain(proxy))
        with pytest.raises(TemporaryError):
            list(mailbox.fetch(None, 10))
        proxy.orders = Orders()
        found = [arrival.raw for arrival in mailbox.fetch(None, 10)]
        assert [b"Subject: n%d" % n in raw for n, raw in enumerate(found)] == [True] * 4


def test_a_kept_link_that_died_is_replaced_without_a_word(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("a"))
    with proxy_to(imap_server.host, imap_server.port) as proxy:
        mailbox = opened(host=proxy.host, port=proxy.port)
        assert len(list(mailbox.fetch(None, 10))) == 1
        proxy.cut()
        assert len(list(mailbox.fetch(None, 10))) == 1
        assert proxy.connections == 2


def test_a_closed_mailbox_stays_closed(opened: Opened) -> None:
    mailbox = opened()
    list(mailbox.fetch(None, 10))
    mailbox.close()
    mailbox.close()
    with pytest.raises(TemporaryError, match="closed"):
        list(mailbox.fetch(None, 10))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"tls": Tls.NONE, "host": "mail.example.com"}, id="plain text over a network"),
        pytest.param({"tls": Tls.NONE, "host": "192.0.2.1"}, id="plain text to another address"),
        pytest.param({"reissue_seconds": 1800.0}, id="an IDLE longer than servers allow"),
        pytest.param({"poll_seconds": 0.0}, id="polling without a pause"),
        pytest.param({"size_limit": 10}, id="no room for a mail"),
    ],
)
def test_settings_that_make_no_sense_cannot_be_built(account: ImapAccount, changes: dict[str, object]) -> None:
    with pytest.raises((UnsafeLinkError, ValueError)):
        replace(account, **changes)  # type: ignore[arg-type]


def test_the_password_is_not_shown(account: ImapAccount) -> None:
    assert PASSWORD not in repr(account)
