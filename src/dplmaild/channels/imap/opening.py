"""Opening a link: connect, encrypt, log in, select; every failure told in one sentence."""

import imaplib
import socket
from contextlib import suppress
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import CapabilityError, LoginError

from dplmaild.channels.imap.account import ImapAccount
from dplmaild.channels.imap.link import TROUBLE, Link
from dplmaild.channels.secure import LoginRefusedError, Tls, access_token, link_trouble, tls_context
from dplmaild.ports import TemporaryError


def open_link(account: ImapAccount, *, readonly: bool) -> Link:
    """Connect, encrypt, log in, open the folder (EXAMINE when `readonly`).

    Raises LoginRefusedError when the server does not take the login, TemporaryError for all else.
    """
    try:
        client = _connect(account)
    except TROUBLE as error:
        raise link_trouble(account.place, error) from error
    try:
        _encrypt(client, account)
        _log_in(client, account)
        return _selected(client, account, readonly=readonly)
    except TROUBLE as error:
        _drop(client)
        raise link_trouble(account.place, error) from error
    except BaseException:
        _drop(client)
        raise


def _connect(account: ImapAccount) -> Any:
    implicit = account.tls is Tls.IMPLICIT
    client = IMAPClient(
        account.host,
        port=account.port,
        ssl=implicit,
        ssl_context=tls_context(account.ca_file) if implicit else None,
        timeout=SocketTimeout(connect=account.timeout, read=account.timeout),
    )
    client._imap.debug = 0  # imapclient makes imaplib word every line for a log: slow, and it would hold secrets
    client.normalise_times = False
    _keep_alive(client.socket())
    return client


def _keep_alive(sock: socket.socket) -> None:
    """Let the kernel notice within two minutes that the other side is gone, also in the silence of IDLE."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, option):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)


def _encrypt(client: Any, account: ImapAccount) -> None:
    if account.tls is not Tls.STARTTLS:
        return
    try:
        client.starttls(tls_context(account.ca_file))
    except CapabilityError as error:
        raise TemporaryError(f"{account.place}: the server does not offer STARTTLS; nothing secret was sent") from error


def _log_in(client: Any, account: ImapAccount) -> None:
    secret = account.password if isinstance(account.password, str) else access_token(account.password, account.place)
    try:
        if not isinstance(account.password, str):
            client.oauth2_login(account.user, secret)
        elif client.has_capability("AUTH=PLAIN"):
            client.plain_login(account.user, secret)
        else:
            client.login(account.user, secret)
    except LoginError as error:
        raise _refused(account, error) from error


def _refused(account: ImapAccount, error: LoginError) -> TemporaryError:
    # imapclient calls a link that dies while logging in a LoginError too; and RFC 5530 has a code for "not now".
    if isinstance(error.__context__, imaplib.IMAP4.abort):
        return link_trouble(account.place, error.__context__)
    if "[UNAVAILABLE]" in str(error).upper():
        return TemporaryError(f"{account.place}: the server cannot check logins now ({str(error)[:200]})")
    return LoginRefusedError(f"{account.place}: the login was refused ({str(error)[:200]}); correct user or password")


def _selected(client: Any, account: ImapAccount, *, readonly: bool) -> Link:
    try:
        return Link(client, account, readonly=readonly)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        reason = f"the folder cannot be opened ({str(error)[:200]}); create it or correct `folder`"
        raise TemporaryError(f"{account.place}: {reason}") from error


def _drop(client: Any) -> None:
    with suppress(*TROUBLE):
        client.shutdown()
