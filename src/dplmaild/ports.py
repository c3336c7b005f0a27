"""The doors of the house, named by duty. A channel keeps one of these promises and knows nothing of the business."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class DplmaildError(Exception):
    """The base of every error of ours; its message says what to do."""


class TemporaryError(DplmaildError):
    """A channel could not do it now; it certainly did not happen, and trying again later is safe.

    `retry_after` is in seconds, when the other side named a time.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class InDoubtError(TemporaryError):
    """It may have happened: the other side had everything, and its answer was lost (P4, P7)."""


class PermanentError(DplmaildError):
    """The other side refused for good; trying the same again cannot help."""


class Outcome(StrEnum):
    """How a message ended (P3), as it may be shown in the mailbox by keyword or folder."""

    ANSWERED = "answered"
    RECORDED = "recorded"
    ASKED = "asked"
    DUPLICATE = "duplicate"
    LEFT_ALONE = "left alone"
    TRIAGE = "triage"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Identity:
    """Where a message lies. For Maildir `uidvalidity` is 0 and `uid` the unique file name."""

    account: str
    folder: str
    uidvalidity: int
    uid: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as a mailbox hands it over.

    `arrived` is INTERNALDATE (or the file's time), in UTC. `raw` is the whole message, or for one over the size
    limit: headers, text parts and small attachments, with `left_out` naming what stayed in the mailbox and `size`
    the full size in bytes.
    """

    identity: Identity
    arrived: datetime
    raw: bytes
    size: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """How far a mailbox has been read: everything up to `uid` under this `uidvalidity` is in our store."""

    uidvalidity: int
    uid: str


class Mailbox(Protocol):
    """A place where mail arrives (IMAP folder, Maildir). Fetching never changes a flag (P1)."""

    @property
    def account(self) -> str:
        """The configured name of this mailbox, part of every identity."""

    def fetch(self, after: Position | None, limit: int) -> Iterator[Arrival]:
        """New messages after a position, oldest first, at most `limit`, one in memory at a time."""

    def wait(self, seconds: float) -> bool:
        """Sleep until something may have arrived (True) or the time is over (False)."""

    def show(self, identity: Identity, outcome: Outcome) -> None:
        """Show an outcome in the mailbox by keyword or move, where configured; else do nothing."""

    def show_all(self, identities: Sequence[Identity], outcome: Outcome) -> None:
        """The same outcome on several messages, with as few commands as the server needs."""

    def close(self) -> None:
        """Let go of connections; idempotent, and safe from another thread to interrupt `wait`."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the mail server took. `refused` maps each refused recipient to (SMTP code, text)."""

    accepted: tuple[str, ...]
    refused: Mapping[str, tuple[int, str]] = field(default_factory=dict)


class Post(Protocol):
    """The way out for mail (SMTP, Maildir out)."""

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> Receipt:
        """Hand over one message; raises TemporaryError, InDoubtError (after the final dot) or PermanentError."""

    def close(self) -> None:
        """End the connection that is kept for a backlog; idempotent."""


@dataclass(frozen=True, slots=True)
class TicketArticle:
    """One article of a ticket, as it is read. `marker` is our operation id when we wrote it (P7)."""

    article_id: int
    ticket_id: int
    created_at: datetime
    sender: str  # Customer, Agent, System
    type: str  # email, web, note, phone, form
    internal: bool
    automatic: bool  # is-auto-response or a delivery note: never read, never answered
    from_address: str | None
    from_name: str
    to: str
    cc: str
    subject: str
    body: str
    content_type: str
    message_id: str | None
    marker: str | None
    created_by_us: bool
    attachments: tuple[tuple[int, str], ...] = ()  # (attachment id, file name)


@dataclass(frozen=True, slots=True)
class TicketChange:
    """A ticket that changed, with all its visible articles in order."""

    ticket_id: int
    number: str
    title: str
    state: str
    group: str
    customer: str  # login or mail address of the ticket's customer
    updated_at: datetime
    articles: tuple[TicketArticle, ...]
    merged_into: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What we write on a ticket: one article, with attribute changes in the same PUT."""

    ticket_id: int
    marker: str
    body: str
    internal: bool = False
    as_mail_to: tuple[str, ...] = ()  # a public e-mail article that Zammad itself sends (MSG-9)
    subject: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as its number leads to it, merges followed: whose it is, and whether it is done with."""

    ticket_id: int
    customer: str  # the mail address of its customer, in small letters; empty where that cannot be seen
    organization: str = ""
    closed: bool = False


class Tickets(Protocol):
    """A ticket system."""

    def changed_since(self, moment: datetime) -> Iterator[TicketChange]:
        """Tickets of our groups changed at or after `moment`, oldest change first."""

    def raw_mail(self, article_id: int) -> bytes | None:
        """The original mail of an article of type email; None when there is none."""

    def attachment(self, ticket_id: int, article_id: int, attachment_id: int) -> bytes:
        """One attachment as bytes, never decoded."""

    def find(self, ticket_id: int, marker: str) -> int | None:
        """The id of our article with this marker, merges followed; None when it is not there."""

    def named(self, number: str) -> Ticket | None:
        """The ticket with exactly this number; None when there is none that we may see."""

    def comment(self, comment: Comment) -> int:
        """Write once: looks for the marker first, and returns the article's id."""


class Calendar(Protocol):
    """A calendar that takes whole events (CalDAV, an ICS file)."""

    def put(self, uid: str, sequence: int, event: bytes) -> None:
        """Write the event; an older SEQUENCE than the stored one is a quiet no-op."""


class LogBook(Protocol):
    """The customers' deployment logs (LOG)."""

    def write(self, customer: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Add or update rows, found by the hidden `id` of each; other people's cells stay."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A calendar as a web server gives it; with its `etag` given back next time, what did not change is not sent."""

    content: bytes
    etag: str | None


class FeedDoor(Protocol):
    """What fetches calendars from web servers."""

    def fetch(self, url: str, etag: str | None = None) -> Fetched | None:
        """The calendar at an address, None where it is still that of this `etag`.

        Raises TemporaryError or PermanentError, neither with more of the address than the host.
        """
