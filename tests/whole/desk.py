"""A whole desk on real servers: IMAP over TLS, SMTP over STARTTLS with login, Radicale, the Zammad double."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Thread
from typing import TypeVar

from dplmaild.daemon.loop import Watching
from dplmaild.delivery import Paid
from dplmaild.desk import Answered
from dplmaild.settings import load
from dplmaild.wiring import House, build
from servers import imap_server, radicale
from servers.imap_server import ImapServer
from servers.radicale import RadicaleServer
from servers.smtpd import SmtpServer
from servers.zammad import ZammadDouble

PATIENCE = 20.0
Found = TypeVar("Found")

CONFIG = """
customers_folder = "customers"
profiles_folder = "profiles"
[desk]
address = "servicedesk@example.org"
instance = "whole"
authserv_ids = ["mx.example.org"]
[store]
url = "sqlite:///state/dplmaild.db"
[[mailbox]]
kind = "imap"
name = "inbox"
host = "{imap.host}"
port = {imap.port}
tls = "{imap.tls}"
ca_file = "{imap.certificates.ca_file}"
user = "{user}"
password = {{ file = "imap-password" }}
poll_seconds = 0.2
[post]
kind = "smtp"
host = "{smtp.host}"
port = {smtp.port}
tls = "none"
[zammad]
url = "{zammad.url}"
token = {{ file = "zammad-token" }}
groups = ["{zammad.group.name}"]
poll_seconds = 0.2
settle_seconds = 1
[calendar]
kind = "caldav"
url = "{calendar.calendar_url}"
user = "{calendar_user}"
password = {{ file = "calendar-password" }}
[log]
folder = "logs"
[ops]
address = "ops@example.org"
at_once = 2
per_day = 9
calendar = {{ country = "DE", region = "TH" }}
[[ops.people]]
address = "manager@example.org"
role = "deployment_manager"
"""

# As it ships, but that a deployment may be started at any time: the clock of a whole desk is the real one.
PROFILE = """
id = "at-once"
title = "caas, started at once"
extends = "caas"
[watch]
start_before = "0m"
"""

CUSTOMER = """
id = "northwind"
name = "Northwind"
profile = "at-once"
zone = "Europe/Berlin"
language = "en"
products = ["ICM"]
calendar = { country = "DE", region = "TH" }
[[contacts]]
address = "nora@agency.example.net"
role = "release_manager"
side = "partner"
[[contacts]]
address = "ben@northwind.example.com"
role = "attendant"
"""


@dataclass
class Desk:
    """A running desk, its world outside, and what it told."""

    house: House
    imap: ImapServer
    user: str
    smtp: SmtpServer
    zammad: ZammadDouble
    calendar: RadicaleServer
    folder: Path
    answered: list[Answered] = field(default_factory=list)
    paid: list[Paid] = field(default_factory=list)

    def receive(self, text: str, **headers: str) -> None:
        """Let a mail arrive that our border server vouches for."""
        self.imap.deliver(self.user, stamped(text, **headers))

    def letters(self) -> list[EmailMessage]:
        """What the mail server took from us."""
        return [message_from_bytes(r.content, policy=default) for r in self.smtp.received]

    def letter(self, word: str) -> EmailMessage:
        """The letter whose text holds a word; waited for."""
        return until(lambda: next((x for x in self.letters() if word in body_of(x)), None), f"a letter with {word!r}")


def stamped(text: str, **headers: str) -> bytes:
    """A mail from Nora as our border server hands it on; headers are given as Message_ID="..."."""
    sender = headers.pop("From", "nora@agency.example.net")
    mail = EmailMessage()
    mail["Authentication-Results"] = f"mx.example.org; dmarc=pass header.from={sender.rpartition('@')[2]}"
    mail["From"], mail["To"] = sender, "servicedesk@example.org"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def body_of(mail: EmailMessage) -> str:
    """The text part."""
    part = mail.get_body(("plain",))
    return part.get_content() if part else ""


def until(look: Callable[[], Found | None], what: str) -> Found:
    """Look again and again, until something is there."""
    over = time.monotonic() + PATIENCE
    while time.monotonic() < over:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"never seen: {what}")


def weekday_ahead(weekday: int, weeks: int) -> datetime:
    """A weekday some weeks ahead, at 10:00 UTC."""
    today = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0)
    return today + timedelta(days=weekday - today.weekday(), weeks=weeks)


@contextmanager
def running(folder: Path, imap: ImapServer, smtp: SmtpServer) -> Iterator[Desk]:
    """Everything up, until the block ends."""
    with ExitStack() as stack:
        zammad = stack.enter_context(ZammadDouble())
        calendar = stack.enter_context(radicale.radicale(folder))
        user = imap.fresh_user()
        (folder / "customers").mkdir()
        (folder / "profiles").mkdir()
        (folder / "profiles" / "at-once.toml").write_text(PROFILE)
        (folder / "customers" / "northwind.toml").write_text(CUSTOMER)
        (folder / "imap-password").write_text(imap_server.PASSWORD)
        (folder / "zammad-token").write_text(zammad.token)
        (folder / "calendar-password").write_text(radicale.PASSWORD)
        config = CONFIG.format(
            imap=imap, smtp=smtp, zammad=zammad, calendar=calendar, user=user, calendar_user=radicale.USER
        )
        (folder / "dplmaild.toml").write_text(config)
        answered: list[Answered] = []
        paid: list[Paid] = []
        house = build(load(folder / "dplmaild.toml"), Watching(answered.append, paid.append))
        thread = Thread(target=house.daemon.run)
        thread.start()
        try:
            yield Desk(house, imap, user, smtp, zammad, calendar, folder, answered, paid)
        finally:
            house.daemon.stop()
            thread.join(30)
            house.close()
