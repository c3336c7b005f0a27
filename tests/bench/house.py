"""A desk for measuring: its configuration on disk, forty customers, no limits of talk, real servers."""

import json
from dataclasses import dataclass
from pathlib import Path

from bench.mails import BORDER, CUSTOMERS, DESK, person
from servers.imap_server import PASSWORD

_CONFIG = """
customers_folder = "customers"
[desk]
address = "{desk}"
instance = "bench"
authserv_ids = ["{border}"]
answers_per_thread = 1000000
answers_per_sender = 1000000
letters_per_day = 1000000
[store]
url = "sqlite:///state/dplmaild.db"
[[mailbox]]
kind = "imap"
name = "inbox"
host = "127.0.0.1"
port = {imap_port}
tls = "none"
user = "{user}"
password = {{ file = "imap-password" }}
poll_seconds = {poll}
{shown}
[post]
kind = "smtp"
host = "127.0.0.1"
port = {smtp_port}
tls = "none"
{records}
[ops]
address = "ops@example.org"
at_once = 50
per_day = 500
calendar = {{ country = "DE", region = "TH" }}
[[ops.people]]
address = "manager@example.org"
role = "deployment_manager"
"""

_SHOWN = """
[mailbox.keywords]
answered = "$DplAnswered"
recorded = "$DplRecorded"
asked = "$DplAsked"
duplicate = "$DplDuplicate"
triage = "$DplTriage"
quarantined = "$DplQuarantined"
"""

_RECORDS = """
[calendar]
kind = "ics"
path = "calendar.ics"
[log]
folder = "logs"
"""

_CUSTOMER = """
id = "{id}"
name = "Shop {id}"
profile = "caas"
zone = "Europe/Berlin"
language = "en"
products = ["ICM"]
calendar = {{ country = "DE", region = "BE" }}
partner_calendar = {{ country = "ES", region = "{region}" }}
[[contacts]]
address = "{address}"
role = "release_manager"
side = "partner"
[[contacts]]
address = "ben@{id}.example.com"
role = "attendant"
side = "customer"
"""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the servers of one measurement are reached, and whose mailbox is read."""

    imap_port: int
    smtp_port: int
    user: str

    def to_json(self) -> str:
        """For a child process."""
        return json.dumps([self.imap_port, self.smtp_port, self.user])

    @classmethod
    def from_json(cls, text: str) -> "Doors":
        """As `to_json` wrote it."""
        return cls(*json.loads(text))


def furnish(folder: Path, doors: Doors, *, poll: float = 60.0, records: bool = False, shows: bool = True) -> Path:
    """Write a desk's configuration into a folder; the path of its main file.

    `poll` is in seconds; `records`: with deployment logs and a calendar file; `shows`: outcomes as keywords.
    """
    customers = folder / "customers"
    customers.mkdir(parents=True, exist_ok=True)
    for number in range(CUSTOMERS):
        address, name = person(number)
        region = ("CT", "MD", "AN", "VC")[number % 4]
        (customers / f"{name}.toml").write_text(_CUSTOMER.format(id=name, address=address, region=region))
    (folder / "imap-password").write_text(PASSWORD)
    config = _CONFIG.format(
        desk=DESK,
        border=BORDER,
        user=doors.user,
        imap_port=doors.imap_port,
        smtp_port=doors.smtp_port,
        poll=poll,
        records=_RECORDS if records else "",
        shown=_SHOWN if shows else "",
    )
    path = folder / "dplmaild.toml"
    path.write_text(config)
    return path
