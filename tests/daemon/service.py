"""The daemon as a process of its own, as systemd would start it: signals in, notifications and log lines out."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 30.0

CONFIG = """
customers_folder = "customers"
[desk]
address = "servicedesk@example.org"
authserv_ids = ["mx.example.org"]
[store]
url = "sqlite:///state/dplmaild.db"
[[mailbox]]
kind = "maildir"
name = "inbox"
path = "inbox"
poll_seconds = 0.1
[post]
kind = "maildir"
path = "sent"
[ops]
address = "ops@example.org"
calendar = { country = "DE", region = "TH" }
"""

CUSTOMER = """
id = "northwind"
name = "Northwind"
profile = "caas"
zone = "Europe/Berlin"
products = ["ICM"]
calendar = { country = "DE" }
[[contacts]]
address = "nora@agency.example.net"
role = "release_manager"
side = "partner"
"""


@dataclass
class Service:
    """A running daemon."""

    process: "subprocess.Popen[bytes]"
    folder: Path
    notifications: socket.socket
    log: Path

    def said(self, word: str) -> str:
        """The next notification that begins with a word."""
        self.notifications.settimeout(PATIENCE)
        while True:
            text = self.notifications.recv(4096).decode()
            if text.startswith(word):
                return text

    def events(self) -> list[dict[str, Any]]:
        """Every log line so far; each has to be one JSON object."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def event(self, name: str) -> dict[str, Any]:
        """The log line of an event; waited for."""
        over = time.monotonic() + PATIENCE
        while time.monotonic() < over:
            for event in self.events():
                if event["event"] == name:
                    return event
            time.sleep(0.05)
        raise AssertionError(f"never logged: {name}; there is {[e['event'] for e in self.events()]}")

    def decided(self, count: int) -> list[dict[str, Any]]:
        """The first decisions, as many as are waited for."""
        over = time.monotonic() + PATIENCE
        while time.monotonic() < over:
            found = [event for event in self.events() if event["event"] == "decided"]
            if len(found) >= count:
                return found
            time.sleep(0.05)
        raise AssertionError(f"fewer than {count} decisions")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the daemon."""
        self.process.send_signal(number)

    def receive(self, name: str, mail: bytes) -> None:
        """Let a mail arrive."""
        (self.folder / "inbox" / f".{name}").write_bytes(mail)
        (self.folder / "inbox" / f".{name}").rename(self.folder / "inbox" / f"{name}.eml")

    def sent(self) -> list[bytes]:
        """What left the house."""
        return [path.read_bytes() for path in sorted((self.folder / "sent" / "new").glob("*"))]


def configured(folder: Path, config: str = CONFIG, customer: str = CUSTOMER) -> Path:
    """A desk's files in a folder."""
    (folder / "customers").mkdir(exist_ok=True)
    (folder / "inbox").mkdir(exist_ok=True)
    (folder / "customers" / "northwind.toml").write_text(customer)
    (folder / "dplmaild.toml").write_text(config)
    return folder / "dplmaild.toml"


@contextmanager
def started(folder: Path) -> Iterator[Service]:
    """A daemon for as long as the block runs; killed if it has not ended by then."""
    notifications = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    (folder / "notify").unlink(missing_ok=True)  # of a daemon before this one
    notifications.bind(str(folder / "notify"))
    log = folder / "log"
    environment = {**os.environ, "NOTIFY_SOCKET": str(folder / "notify")}
    command = [sys.executable, "-m", "dplmaild", "-c", str(folder / "dplmaild.toml"), "run", "--no-live"]
    with notifications, log.open("wb") as stream:
        process = subprocess.Popen(command, stderr=stream, stdout=stream, env=environment)
        try:
            yield Service(process, folder, notifications, log)
        finally:
            process.kill()
            process.wait()
