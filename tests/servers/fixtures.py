"""The servers of the tests as pytest fixtures; each is started once per run, when the first test wants it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from servers import dovecot as dovecot_server
from servers.certificates import Certificates, certificates
from servers.imap_pymap import pymap
from servers.imap_server import ImapServer
from servers.smtpd import SmtpServer, smtpd

FORCED = "DPLMAILD_TEST_IMAP"


def _dovecot() -> bool:
    return dovecot_server.installed() and os.environ.get(FORCED) != "pymap"


def pytest_report_header() -> str:
    """Say which IMAP server the tests run against, and why not the better one."""
    if _dovecot():
        return f"IMAP server: Dovecot {dovecot_server.version()}"
    reason = f"{FORCED} says so" if dovecot_server.installed() else "no Dovecot on this machine: install dovecot-imapd"
    return f"IMAP server: pymap ({reason})"


@pytest.fixture(scope="session")
def imap_server() -> Iterator[ImapServer]:
    """Dovecot where it is installed, else pymap."""
    with dovecot_server.dovecot() if _dovecot() else pymap() as server:
        yield server


@pytest.fixture(scope="session")
def made_certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority and a certificate for loopback."""
    return certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="session")
def foreign_ca(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority that no server here is certified by."""
    return certificates(tmp_path_factory.mktemp("foreign"), "Somebody else").ca_file


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """A plain mail server that says yes until it is scripted otherwise."""
    with smtpd() as server:
        yield server
