"""The house driven by hand: no threads, no waiting, a clock that stands where it is put."""

import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Lock
from typing import Any, NamedTuple

from sqlalchemy import select

from dplmaild.daemon import MailSource, TicketSource, Workplace
from dplmaild.delivery import Channels, Delivery, Paid
from dplmaild.desk import Answered, Desk, Reception
from dplmaild.ports import Mailbox, Tickets
from dplmaild.settings import Settings
from dplmaild.store.database import Database
from dplmaild.store.debts import Debt
from dplmaild.store.sendlog import SendLog
from dplmaild.store.tables import messages, owed
from dplmaild.wiring import (
    calendar_of,
    letters_of,
    logbook_of,
    mailbox_of,
    mark_running,
    post_of,
    tickets_of,
)
from dplmaild.wiring.alone import beside_database
from dplmaild.writing.letters import Letters
from promises import counted
from promises.steps import Steps


@dataclass
class Clock:
    """Stands still until it is put forward."""

    now: datetime

    def __call__(self) -> datetime:
        """The time."""
        return self.now


class Warm(NamedTuple):
    """What a new process need not build again: everything without a socket, a file or a state.

    The database has no open connection when a process is forked, only its compiled statements.
    """

    settings: Settings
    desk: Desk
    letters: Letters
    database: Database


def warm(settings: Settings, database: Database | None = None) -> Warm:
    """The parts that a whole worker shares."""
    return Warm(settings, Desk(settings), letters_of(settings), database or Database(settings.store.url))


@dataclass
class Parts:
    """The doors and the store of one process; a test may put its own in their place."""

    database: Database
    sendlog: SendLog
    mailbox: Mailbox
    channels: Channels
    tickets: Tickets | None = None


def sendlog_path(settings: Settings) -> Path:
    """Where the daemon keeps its send log."""
    return beside_database(settings, ".sendlog")


def plain_parts(settings: Settings, database: Database) -> Parts:
    """The parts as the daemon has them."""
    channels = Channels(
        post_of(settings.post),
        tickets_of(settings.zammad),
        calendar_of(settings.calendar),
        logbook_of(settings.log),
    )
    mailbox = mailbox_of(settings.mailbox[0], database)
    return Parts(database, SendLog(sendlog_path(settings)), mailbox, channels, tickets_of(settings.zammad))


def counted_parts(settings: Settings, database: Database, steps: Steps) -> Parts:
    """The same parts with every step counted."""
    plain = plain_parts(settings, database)
    plain.sendlog.close()
    out = plain.channels
    channels = Channels(
        counted.CountedPost(out.post, steps),
        counted.CountedTickets(out.tickets, steps) if out.tickets else None,
        counted.CountedCalendar(out.calendar, steps) if out.calendar else None,
        counted.CountedLogBook(out.logbook, steps) if out.logbook else None,
    )
    tickets = counted.CountedTickets(plain.tickets, steps) if plain.tickets else None
    sendlog = counted.CountedSendLog(sendlog_path(settings), steps)
    return Parts(database, sendlog, counted.CountedMailbox(plain.mailbox, steps), channels, tickets)


@dataclass
class Turns:
    """One process's house."""

    warm: Warm
    parts: Parts
    clock: Clock
    shows: bool = False
    answered: list[Answered] = field(default_factory=list)
    paid: list[Paid] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Wire it as the daemon is wired; an unclean end before makes it careful."""
        parts, owner = self.parts, f"{os.getpid()}-{id(self)}"
        self.reception = Reception(parts.database, self.warm.desk, owner)
        self.delivery = Delivery(
            parts.database, self.warm.settings, parts.channels, self.warm.letters, parts.sendlog, owner
        )
        self.place = Workplace(self.reception, parts.database, self.clock, Lock(), Event())
        if mark_running(parts.database, True):
            self.place.careful.set()
        self.mail = MailSource(parts.mailbox, self.place, 1.0, shows=self.shows)
        self.mail.answered = self._heard
        self.tickets = TicketSource(parts.tickets, self.place, 1.0) if parts.tickets else None
        if self.tickets is not None:
            self.tickets.answered = self._heard
        self._owed: list[Debt] = []

    def recover(self) -> None:
        """What the daemon does before it listens."""
        self.paid += self.delivery.recover(self.clock())
        self.catch_up()

    def catch_up(self) -> None:
        """What is kept and undecided has another attempt."""
        self._heard(self.reception.catch_up(self.clock()))
        self.pay()

    def go(self) -> None:
        """Turns of everything until nothing is left to do at this moment."""
        while self.mail.turn():
            self.pay()
        if self.tickets is not None:
            self.tickets.turn()
            self.pay()
        self.fire()
        self.settle()

    def fire(self) -> None:
        """The timers that are due."""
        sources = (self.mail, self.tickets) if self.tickets else (self.mail,)
        while fired := self.reception.fire(self.clock(), min(s.health.read_until for s in sources)):
            self._owed += fired
            self.pay()

    def settle(self) -> None:
        """Everything whose payment is due."""
        while paid := self.delivery.turn(self.clock):
            self.paid += paid

    def pay(self) -> None:
        """What was just decided."""
        owed, self._owed = self._owed, []
        if owed:
            self.paid += self.delivery.pay(owed, self.clock)

    def end(self) -> None:
        """A clean end."""
        mark_running(self.parts.database, False)
        self.close()

    def close(self) -> None:
        """Let go of everything; to the next process this looks like an unclean end."""
        doors: tuple[Any, ...] = (self.parts.mailbox, self.parts.channels.post, self.parts.sendlog, self.parts.database)
        for door in doors:
            door.close()

    def _heard(self, answered: tuple[Answered, ...]) -> None:
        self.answered += answered
        self._owed += (debt for each in answered for debt in each.debts)


def migrated(settings: Settings) -> Database:
    """The desk's database with its tables."""
    database = Database(settings.store.url)
    database.migrate()
    return database


def opened(settings: Settings, now: datetime, **other: Any) -> Turns:
    """A house on these settings; `other` are parts that a test puts in the place of the real ones."""
    database = other.pop("database", None) or migrated(settings)
    desk, shows = other.pop("desk", None) or Desk(settings), other.pop("shows", False)
    parts = plain_parts(settings, database)
    for name, part in other.items():
        setattr(parts, name, part)
    return Turns(Warm(settings, desk, letters_of(settings), database), parts, Clock(now), shows=shows)


def owed_rows(turns: Turns) -> list[dict[str, Any]]:
    """Everything that is or was owed, as the record has it."""
    with turns.parts.database.reading() as connection:
        return [dict(row) for row in connection.execute(select(owed).order_by(owed.c.id)).mappings()]


def message_rows(turns: Turns) -> list[dict[str, Any]]:
    """Every message, as the record has it."""
    with turns.parts.database.reading() as connection:
        return [dict(row) for row in connection.execute(select(messages).order_by(messages.c.id)).mappings()]
