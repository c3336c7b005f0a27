"""Mails to the desk of the promises' tests, as our border server would have stamped them."""

from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

NORA = "Nora <nora@agency.example.net>"
BEN = "Ben <ben@northwind.example.com>"
MANAGER = "Morgan <manager@example.org>"
ENGINEER = "Robin <engineer@example.org>"


def mail(
    sender: str,
    subject: str,
    text: str,
    *,
    name: str,
    sent: datetime,
    to: str = "",
    verdict: str = "pass",
    more: str = "",
) -> bytes:
    """One mail; `name` makes its Message-ID, `to` the Message-ID's name that it answers, `verdict` is DMARC's."""
    domain = sender.rpartition("@")[2].rstrip(">")
    thread = f"In-Reply-To: <{to}>\r\nReferences: <{to}>\r\n" if to else ""
    stamp = f"Authentication-Results: mx.example.org; dmarc={verdict} header.from={domain}\r\n" if verdict else ""
    head = (
        f"{stamp}From: {sender}\r\nTo: Service Desk <servicedesk@example.org>\r\nSubject: {subject}\r\n"
        f"Date: {format_datetime(sent)}\r\nMessage-ID: <{name}>\r\n{thread}{more}"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    return (head + text.replace("\n", "\r\n")).encode()


REQUEST = """Type of deployment: code
Product: ICM
Environment: PRD
Desired date and time: Thursday, 2026-12-10 10:00
Expected special activities: none
"""


def request(name: str = "one", *, sent: datetime, text: str = REQUEST) -> bytes:
    """A request that is confirmed at once when it comes on 2026-11-30 and the day is free."""
    return mail(NORA, f"Deployment {name}", text, name=f"{name}@agency.example.net", sent=sent)


def drop(folder: Path, *raws: bytes, at: datetime) -> list[Path]:
    """Deliver mails into the desk's Maildir; their files."""
    inbox = folder / "inbox" / "new"
    first = len(list(inbox.iterdir()))
    paths = [inbox / f"{int(at.timestamp())}.M{first + n:04d}.mx" for n in range(len(raws))]
    for path, raw in zip(paths, raws, strict=True):
        path.write_bytes(raw)
    return paths
