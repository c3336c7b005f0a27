"""Mails to the desk of the promises' tests, as our border server would have stamped them."""

from datetime import datetime
from email.utils import format_datetime

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
