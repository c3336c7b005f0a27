"""The house's doors, database and send log with every step counted; they do nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from dplmaild.ports import (
    Arrival,
    Calendar,
    Comment,
    Identity,
    LogBook,
    Mailbox,
    Outcome,
    Position,
    Post,
    Receipt,
    Ticket,
    TicketChange,
    Tickets,
)
from dplmaild.store.database import Database
from dplmaild.store.sendlog import SendLog
from promises.steps import Steps


class CountedDatabase(Database):
    """Steps before and after each commit."""

    def __init__(self, url: str, steps: Steps) -> None:
        super().__init__(url)
        self._steps = steps

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See Database."""
        with super().writing() as connection:
            yield connection
            self._steps.at("house", "before a commit")
        self._steps.at("house", "after a commit")


class CountedSendLog(SendLog):
    """Steps around each line and the clearing."""

    def __init__(self, path: Path, steps: Steps) -> None:
        super().__init__(path)
        self._steps = steps

    def begin(self, debt: int, attempt: int) -> None:
        """See SendLog."""
        self._steps.at("house", "before begun is noted")
        super().begin(debt, attempt)

    def accept(self, debt: int, attempt: int) -> None:
        """See SendLog."""
        super().accept(debt, attempt)
        self._steps.at("house", "after accepted is noted")

    def clear(self) -> None:
        """See SendLog."""
        self._steps.at("house", "before the send log is cleared")
        super().clear()


class CountedMailbox:
    """A step for each mail that is handed over."""

    def __init__(self, inner: Mailbox, steps: Steps) -> None:
        self._inner = inner
        self._steps = steps

    @property
    def account(self) -> str:
        """See Mailbox."""
        return self._inner.account

    def fetch(self, after: Position | None, limit: int) -> Iterator[Arrival]:
        """See Mailbox."""
        for arrival in self._inner.fetch(after, limit):
            self._steps.at("house", "a mail is handed over")
            yield arrival

    def wait(self, seconds: float) -> bool:
        """See Mailbox."""
        return self._inner.wait(seconds)

    def show(self, identity: Identity, outcome: Outcome) -> None:
        """See Mailbox."""
        self._steps.at("house", "before an outcome is shown")
        self._inner.show(identity, outcome)
        self._steps.at("house", "after an outcome is shown")

    def show_all(self, identities: Sequence[Identity], outcome: Outcome) -> None:
        """See Mailbox."""
        self._steps.at("house", "before an outcome is shown")
        self._inner.show_all(identities, outcome)
        self._steps.at("house", "after an outcome is shown")

    def close(self) -> None:
        """See Mailbox."""
        self._inner.close()


class CountedPost:
    """Steps before and after a letter is handed over."""

    def __init__(self, inner: Post, steps: Steps) -> None:
        self._inner = inner
        self._steps = steps

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> Receipt:
        """See Post."""
        self._steps.at("house", "before a letter is handed over")
        receipt = self._inner.send(sender, recipients, message)
        self._steps.at("house", "after a letter is handed over")
        return receipt

    def close(self) -> None:
        """See Post."""
        self._inner.close()


class CountedTickets:
    """Steps before and after a comment, and for each ticket that is handed over."""

    def __init__(self, inner: Tickets, steps: Steps) -> None:
        self._inner = inner
        self._steps = steps

    def changed_since(self, moment: datetime) -> Iterator[TicketChange]:
        """See Tickets."""
        for change in self._inner.changed_since(moment):
            self._steps.at("house", "a ticket is handed over")
            yield change

    def raw_mail(self, article_id: int) -> bytes | None:
        """See Tickets."""
        return self._inner.raw_mail(article_id)

    def attachment(self, ticket_id: int, article_id: int, attachment_id: int) -> bytes:
        """See Tickets."""
        return self._inner.attachment(ticket_id, article_id, attachment_id)

    def find(self, ticket_id: int, marker: str) -> int | None:
        """See Tickets."""
        return self._inner.find(ticket_id, marker)

    def named(self, number: str) -> Ticket | None:
        """See Tickets."""
        return self._inner.named(number)

    def comment(self, comment: Comment) -> int:
        """See Tickets."""
        self._steps.at("house", "before a comment is handed over")
        number = self._inner.comment(comment)
        self._steps.at("house", "after a comment is handed over")
        return number


class CountedCalendar:
    """Steps before and after an event is written."""

    def __init__(self, inner: Calendar, steps: Steps) -> None:
        self._inner = inner
        self._steps = steps

    def put(self, uid: str, sequence: int, event: bytes) -> None:
        """See Calendar."""
        self._steps.at("house", "before an event is written")
        self._inner.put(uid, sequence, event)
        self._steps.at("house", "after an event is written")


class CountedLogBook:
    """Steps before and after rows are written."""

    def __init__(self, inner: LogBook, steps: Steps) -> None:
        self._inner = inner
        self._steps = steps

    def write(self, customer: str, rows: Sequence[Mapping[str, str]]) -> None:
        """See LogBook."""
        self._steps.at("house", "before rows are written")
        self._inner.write(customer, rows)
        self._steps.at("house", "after rows are written")
