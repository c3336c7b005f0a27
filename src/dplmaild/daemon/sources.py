"""The threads that bring messages in: one per mailbox, one for tickets. Each waits by itself and never gives up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from threading import Event, Lock, Thread

from dplmaild.daemon.articles import arrival_of, source_of
from dplmaild.desk import Answered, Reception
from dplmaild.log import get_logger
from dplmaild.ports import (
    Arrival,
    DplmaildError,
    Identity,
    Mailbox,
    Outcome,
    PermanentError,
    Position,
    TemporaryError,
    Tickets,
)
from dplmaild.store.database import Database
from dplmaild.store.inbox import Inbox

GROUP = 50  # mails decided in one commit while there is a backlog
GROUP_BYTES = 4_000_000  # and no more than this in memory at once (P14)
LONGEST_PAUSE = 300.0
TICKET_OVERLAP = timedelta(minutes=3)  # zammad.md section 5: a later commit can carry an earlier stamp
NEVER = datetime.min.replace(tzinfo=UTC)

log = get_logger()
Clock = Callable[[], datetime]


@dataclass
class Health:
    """How a source is: up to when it has been read completely, and what is wrong with it."""

    name: str
    read_until: datetime = NEVER
    trouble: str = ""
    failures: int = 0


@dataclass(frozen=True)
class Workplace:
    """What every source needs."""

    reception: Reception
    database: Database
    now: Clock
    lock: Lock
    stopping: Event
    careful: Event = field(default_factory=Event)


class Source(Thread):
    """A loop that takes one turn after another, and waits between them."""

    def __init__(self, name: str, place: Workplace, pause: float) -> None:
        super().__init__(name=name, daemon=True)
        self.health = Health(name)
        self.answered: Callable[[tuple[Answered, ...]], None] = lambda _: None
        self.place = place
        self._pause = pause
        self._calm = False  # everything that waited has been read once, and we live

    @property
    def careful(self) -> bool:
        """Whether each message is kept and counted before it is read: after an unclean end, until all is read (P13)."""
        return self.place.careful.is_set() and not self._calm

    def run(self) -> None:
        """Turn until the daemon stops; trouble outside is one clear line and a longer pause."""
        while not self.place.stopping.is_set():
            try:
                found = self.turn()
            except DplmaildError as error:
                self._troubled(error)
            except Exception as error:
                log.exception("source failed", source=self.name)
                self._troubled(error)
            else:
                self._recovered()
                if not found:
                    self.rest(self._pause)

    def turn(self) -> bool:
        """Take what is there; False when there was nothing."""
        raise NotImplementedError

    def rest(self, seconds: float) -> None:
        """Wait for news, or for the daemon to stop."""
        self.place.stopping.wait(seconds)

    def _troubled(self, error: Exception) -> None:
        self.health.failures += 1
        asked = error.retry_after or 0.0 if isinstance(error, TemporaryError) else 0.0
        pause = min(max(2.0**self.health.failures, asked), LONGEST_PAUSE)
        following = self.place.now() + timedelta(seconds=pause)
        self.health.trouble = str(error)
        log.warning("out of reach", source=self.name, why=str(error), next_attempt=following.isoformat("T", "seconds"))
        self.place.stopping.wait(pause)

    def _recovered(self) -> None:
        if self.health.failures:
            log.info("back again", source=self.name)
        self.health.failures, self.health.trouble = 0, ""


class MailSource(Source):
    """One mailbox: fetch, keep and decide in groups, show the outcome."""

    def __init__(self, mailbox: Mailbox, place: Workplace, pause: float, *, shows: bool = False) -> None:
        super().__init__(mailbox.account, place, pause)
        self._mailbox = mailbox
        self._shows = shows  # outcomes are shown in the mailbox, but for shadow mode

    def turn(self) -> bool:
        """One group of mails; when none is left the mailbox counts as read up to the start of this turn."""
        started = self.place.now()
        with self.place.database.reading() as connection:
            position = Inbox(connection).position(self._mailbox.account)
        group = _bounded(self._mailbox, position)
        if group:
            reached = Position(group[-1].identity.uidvalidity, group[-1].identity.uid)
            with self.place.lock:
                answered = self.place.reception.receive(group, reached, self.place.now(), careful=self.careful)
            self.answered(answered)
        else:
            self.health.read_until, self._calm = started, True
        if self._shows:
            self._show()
        return bool(group)

    def rest(self, seconds: float) -> None:
        """IDLE, or the pause of a poll."""
        self._mailbox.wait(seconds)

    def _show(self) -> None:
        """Only after the commit is anything changed in the mailbox (P1)."""
        with self.place.database.reading() as connection:
            unshown = Inbox(connection).unshown(200, self._mailbox.account)
        if not unshown:
            return
        # MSG-1: what is not ours stays exactly as it was; in shadow mode everything does, and for good (SEE-12).
        shadow = self.place.reception.desk.settings.desk.shadow
        shown = [number for number, _, outcome in unshown if shadow or outcome is Outcome.LEFT_ALONE]
        groups: dict[Outcome, dict[int, Identity]] = {}
        for number, identity, outcome in unshown:
            groups.setdefault(outcome, {})[number] = identity
        groups = {} if shadow else {outcome: g for outcome, g in groups.items() if outcome is not Outcome.LEFT_ALONE}
        try:
            for outcome, identities in groups.items():
                self._show_all(tuple(identities.values()), outcome)
                shown.extend(identities)
        finally:
            with self.place.lock, self.place.database.writing() as connection:
                Inbox(connection).mark_shown(shown)

    def _show_all(self, identities: Sequence[Identity], outcome: Outcome) -> None:
        """All at once; where the server refuses that, one by one."""
        try:
            self._mailbox.show_all(identities, outcome)
        except PermanentError:
            for identity in identities:
                self._show_one(identity, outcome)

    def _show_one(self, identity: Identity, outcome: Outcome) -> None:
        """What the server refuses for good is told and passed over: the next outcome has its turn."""
        try:
            self._mailbox.show(identity, outcome)
        except PermanentError as error:
            log.warning("outcome not shown", source=self.name, uid=identity.uid, why=str(error))

    def close(self) -> None:
        """End the wait."""
        self._mailbox.close()


def _bounded(mailbox: Mailbox, position: Position | None) -> list[Arrival]:
    """The next mails, as many as fit into one group and into memory.

    Trouble after the first of them waits: they are decided, and the next turn meets it again.
    """
    group: list[Arrival] = []
    size = 0
    try:
        for arrival in islice(mailbox.fetch(position, GROUP), GROUP):
            group.append(arrival)
            size += len(arrival.raw)
            if size > GROUP_BYTES:
                break
    except TemporaryError:
        if not group:
            raise
    return group


class TicketSource(Source):
    """The ticket system: changed tickets by poll, every new article a message."""

    def __init__(self, tickets: Tickets, place: Workplace, pause: float, name: str = "tickets") -> None:
        super().__init__(name, place, pause)
        self._tickets = tickets
        self._began: datetime | None = None

    def turn(self) -> bool:
        """Every article since the last poll that is not known yet."""
        started = self.place.now()
        since = self._since(started)
        began = self._began or self._begun() or since
        for change in self._tickets.changed_since(since):
            for article in (each for each in change.articles if each.created_at >= began):
                arrival = arrival_of(change, article, self._tickets, self.name)
                if arrival is None or self._is_known(arrival):
                    continue
                self._receive(arrival, change.ticket_id, source_of(article))
        self.health.read_until, self._calm = started, True
        with self.place.lock, self.place.database.writing() as connection:
            Inbox(connection).move_position(self.name, Position(0, started.isoformat()), started)
            if self._began is None:
                Inbox(connection).move_position(self._beginning, Position(0, began.isoformat()), started)
        self._began = began
        return False

    def _receive(self, arrival: Arrival, ticket: int, source: str) -> None:
        reception, now = self.place.reception, self.place.now()
        with self.place.lock:
            if self.careful:
                reception.keep_ticket(arrival, ticket, source, now)
                answered = reception.catch_up(now)
            else:
                one = reception.receive_ticket(arrival, ticket, source, now)
                answered = (one,) if one else ()
        self.answered(answered)

    def _since(self, now: datetime) -> datetime:
        with self.place.database.reading() as connection:
            position = Inbox(connection).position(self.name)
        reached = datetime.fromisoformat(position.uid) if position else now - timedelta(days=1)
        return reached - TICKET_OVERLAP

    def _begun(self) -> datetime | None:
        """From when on articles are read, fixed at the first poll: whatever touches an old ticket, a notice of our own
        as well (RUN-6), its old requests were dealt with by people.
        """
        with self.place.database.reading() as connection:
            known = Inbox(connection).position(self._beginning)
        return datetime.fromisoformat(known.uid) if known else None

    @property
    def _beginning(self) -> str:
        return f"{self.name} began"

    def _is_known(self, arrival: Arrival) -> bool:
        identity = arrival.identity
        with self.place.database.reading() as connection:
            return bool(Inbox(connection).known(identity.account, identity.folder, (identity.uid,)))

    def close(self) -> None:
        """Nothing is kept open."""
