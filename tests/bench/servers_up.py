"""The servers of a measurement, none in our own process: a Dovecot, and an SMTP server that stamps what it takes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.house import Doors
from servers import dovecot
from servers.imap_server import ImapServer

TESTS = Path(__file__).resolve().parents[1]


@dataclass
class SmtpProcess:
    """The mail server in a process of its own."""

    port: int
    _process: "subprocess.Popen[str]"

    def ask(self, word: str) -> Any:
        """`count`: what it took since `reset`; `stamps`: when it took the answer to which Message-ID."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def smtp_process() -> Iterator[SmtpProcess]:
    """An SMTP server as long as the block runs."""
    command = [sys.executable, str(TESTS / "bench" / "smtp_child.py")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield SmtpProcess(int(process.stdout.readline()), process)
    finally:
        process.terminate()
        process.wait(10)


@dataclass(frozen=True)
class Servers:
    """Where mail comes from and goes to."""

    imap: ImapServer
    smtp: SmtpProcess

    def doors(self, user: str) -> Doors:
        """As a desk is configured to reach them."""
        return Doors(self.imap.plain_port, self.smtp.port, user)


@contextmanager
def servers_up() -> Iterator[Servers]:
    """Both servers."""
    with dovecot.dovecot() as imap, smtp_process() as smtp:
        yield Servers(imap, smtp)


def fill(server: ImapServer, user: str, mails: Iterable[bytes], first: int = 0) -> None:
    """Put mails into a mailbox as a local delivery does: files, in order of their names; `first` numbers them."""
    mail = server.certificates.ca_file.parents[1] / "mail"
    owner = mail.stat()
    home = mail / user
    for folder in (home, home / "Maildir", *(home / "Maildir" / name for name in ("cur", "new", "tmp"))):
        folder.mkdir(exist_ok=True)
        os.chown(folder, owner.st_uid, owner.st_gid)
    for number, raw in enumerate(mails, first):
        path = home / "Maildir" / "cur" / f"{1_700_000_000 + number}.M{number:06d}P1.bench,S={len(raw)}:2,"
        path.write_bytes(raw)
        os.chown(path, owner.st_uid, owner.st_gid)


def looked_at(server: ImapServer, user: str) -> tuple[int, int]:
    """Let the server take notice of what is there; its UIDVALIDITY and the last UID."""
    with server.client(user, None) as client:
        selected = client.select_folder("INBOX", readonly=True)
        client.fetch([1], ["RFC822.SIZE"])
        return int(selected[b"UIDVALIDITY"]), int(selected[b"UIDNEXT"]) - 1
