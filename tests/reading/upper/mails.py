"""Mails for tests of meaning: only the words that matter to the test."""

from datetime import UTC, datetime

from dplmaild.deployment.said import Meaning
from dplmaild.reading import Expecting, Hints, read

RECEIVED = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # a Monday, 09:00 in Berlin
STARTS = tuple(datetime(2026, 12, day, 9, 0, tzinfo=UTC) for day in (1, 2, 3))  # Tuesday to Thursday, 10:00 in Berlin
OURS = frozenset({"desk@example.org"})


def mail(body: str, subject: str = "Deployment request", more: str = "") -> bytes:
    """A plain mail from a partner to the desk."""
    head = (
        "From: Ann Partner <ann@partner.example.com>\r\nTo: desk@example.org\r\n"
        "Date: Mon, 23 Nov 2026 09:00:00 +0100\r\nMessage-ID: <one@partner.example.com>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    )
    return f"{head}Subject: {subject}\r\n{more}\r\n{body}\r\n".encode()


def opened(body: str, subject: str = "Deployment request") -> Meaning:
    """What a mail says that belongs to none of our cases."""
    return read(mail(body, subject), Hints(received=RECEIVED, own_addresses=OURS))


def replied(body: str, *, slots: int = 0, form: bool = False, verdict: bool = False) -> Meaning:
    """What a reply within a case of ours says."""
    expecting = Expecting(offered=slots, starts=STARTS[:slots], form=form, verdict=verdict, known_reference=True)
    hints = Hints(received=RECEIVED, own_addresses=OURS, expecting=expecting)
    return read(mail(body, "Re: Deployment request [DPL-2026-0042]"), hints)
