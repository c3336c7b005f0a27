"""Where messages, commands and timers come in, and each becomes one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dplmaild.deployment.owed import CommandResult, Facts, Letter, LetterKind, TicketComment, Trigger
from dplmaild.deployment.process import Order, fall_due
from dplmaild.deployment.said import Command
from dplmaild.deployment.terms import Speaker
from dplmaild.desk.answered import Answered, tell
from dplmaild.desk.consider import Considered, Desk
from dplmaild.desk.copies import same_words
from dplmaild.desk.hearing import Posted
from dplmaild.desk.once import said_once
from dplmaild.desk.ordering import carried_out
from dplmaild.desk.recording import Books, Cause, how_it_stands
from dplmaild.desk.settling import note_settled
from dplmaild.desk.talk import Bounds
from dplmaild.desk.view import RecordView
from dplmaild.log import get_logger
from dplmaild.ports import Arrival, Outcome, Position, TemporaryError
from dplmaild.store.database import Database, StoreBusyError, is_trouble
from dplmaild.store.debts import Claim, Debt
from dplmaild.store.inbox import Stored
from dplmaild.store.settlements import Settlement
from dplmaild.store.timers import POINTLESS, DueTimer
from dplmaild.writing.letters import Letters

MOST_ATTEMPTS = 3  # P13
TIMER_PAUSE = timedelta(minutes=10)  # before a timer that failed is tried again

log = get_logger()


class Reception:
    """The one who writes decisions down. One per process; every call is its own transaction."""

    def __init__(self, database: Database, desk: Desk, owner: str, letters: Letters | None = None) -> None:
        self._letters = letters  # None: the log says no sentences
        self._database = database
        self._desk = desk
        self._owner = owner
        self._put_off: dict[int, datetime] = {}  # timers that failed, and until when they are left alone

    def receive(
        self, arrivals: Sequence[Arrival], position: Position | None, now: datetime, *, careful: bool = False
    ) -> tuple[Answered, ...]:
        """Keep a group of mails and decide about each, in one durable commit.

        `careful`, after a crash: kept and counted in a commit of its own before anybody reads it (P13).
        """
        if careful:
            with self._database.writing() as connection:
                self._keep(self._books(connection, now), arrivals, position, now)
            return self.catch_up(now)
        try:
            answered = self._receive(arrivals, position, now, apart=False)
        except Exception as error:
            if is_trouble(error):
                raise
            # One of them cannot be decided, and nothing was written: again, each under a savepoint of its own (P13).
            answered = self._receive(arrivals, position, now, apart=True)
        return self._told(*answered)

    def _receive(
        self, arrivals: Sequence[Arrival], position: Position | None, now: datetime, *, apart: bool
    ) -> tuple[Answered, ...]:
        with self._database.writing() as connection:
            books = self._books(connection, now)
            kept = self._keep(books, arrivals, position, now)
            repeated = books.inbox.repeated(kept)
            answer = self._safely if apart else self._answer
            return tuple(answer(books, stored, now, new=stored.hash not in repeated) for stored in kept)

    def receive_ticket(self, arrival: Arrival, ticket: int, source: str, now: datetime) -> Answered | None:
        """Keep one ticket article and decide about it; None when it is known already."""
        with self._database.writing() as connection:
            books = self._books(connection, now)
            stored = books.inbox.keep(arrival, source=source, ticket=ticket)
            if stored is None:
                return None
            answered = self._safely(books, stored, now)
        return self._told(answered)[0]

    def keep_ticket(self, arrival: Arrival, ticket: int, source: str, now: datetime) -> None:
        """Keep one ticket article in a commit of its own; `catch_up` decides about it (P13)."""
        with self._database.writing() as connection:
            self._books(connection, now).inbox.keep(arrival, source=source, ticket=ticket)

    def catch_up(self, now: datetime) -> tuple[Answered, ...]:
        """Decide about what is kept and undecided, one by one; the attempt is counted first (P13)."""
        with self._database.reading() as connection:
            undecided = self._books(connection, now).inbox.undecided(1000)
        answered: list[Answered] = []
        for number in undecided:
            try:
                answered += self._told(self._try(number, now))
            except TemporaryError:  # what is decided already is still to be paid
                if not answered:
                    raise
                break
        return tuple(answered)

    def _try(self, number: int, now: datetime) -> Answered:
        """One more attempt at a message, counted before it is read; or the end of its attempts."""
        with self._database.writing() as connection:
            books = self._books(connection, now)
            stored = books.inbox.load(number)
            if stored.attempts >= MOST_ATTEMPTS:
                return self._quarantine(books, stored, "it stopped the daemon", now)
            books.inbox.tried(number)
        with self._database.writing() as connection:
            counted = replace(stored, attempts=stored.attempts + 1)
            return self._safely(self._books(connection, now), counted, now, counted=True)

    def fire(self, now: datetime, read_until: datetime) -> tuple[Debt, ...]:
        """Let every due timer fire, each in its own transaction (STATE-3).

        `read_until`: up to when all mail and tickets have been read; no deadline fires past it (P6).
        """
        with self._database.reading() as connection:
            due = self._books(connection, now).timers.due(now, read_until)
        debts: list[Debt] = []
        for each in due:
            if self._put_off.get(each.id, now) > now:
                continue
            try:
                debts.extend(self._fire(each, now))
            except TemporaryError:  # what others have brought about is still to be paid
                if not debts:
                    raise
                break
            except Exception:  # one timer never stops the others
                log.exception("timer failed", reference=each.reference, timer=each.timer.kind.value)
                self._put_off[each.id] = now + TIMER_PAUSE
        return tuple(debts)

    @property
    def desk(self) -> Desk:
        """Who decides now."""
        return self._desk

    @property
    def letters(self) -> Letters | None:
        """By what the log, and whoever shows what it says, is worded now."""
        return self._letters

    def follow(self, desk: Desk, letters: Letters | None = None) -> None:
        """Decide by another configuration from the next message on (SIGHUP)."""
        self._desk = desk
        self._letters = letters or self._letters

    def order(self, reference: str, command: Command, speaker: Speaker, now: datetime) -> CommandResult:
        """An OPS command from the command line or the board: the same call as by mail."""
        with self._database.writing() as connection:
            books = self._books(connection, now, claimed=False)
            return carried_out(books, self._desk, reference, Order(command, speaker, now))

    def _keep(
        self, books: Books, arrivals: Sequence[Arrival], position: Position | None, now: datetime
    ) -> tuple[Stored, ...]:
        kept = books.inbox.keep_all(arrivals)
        if arrivals and position is not None:
            books.inbox.move_position(arrivals[-1].identity.account, position, now)
        return kept

    def _quarantine(self, books: Books, stored: Stored, why: str, now: datetime) -> Answered:
        """What was tried too often is set aside whole, and OPS is told."""
        books.inbox.decided(stored.id, Outcome.QUARANTINED, why, now)
        facts = Facts(arrived=stored.arrived, text=f"quarantined, `dplmaild replay {stored.id}` tries again: {why}")
        said = Letter(LetterKind.TRIAGE, (self._desk.settings.ops.address,), "en", "", facts, Trigger.TIMER)
        cause = Cause("dplmaild", f"message {stored.id}", f"{stored.hash}/quarantine", stored.id)
        return Answered(stored, Outcome.QUARANTINED, why, None, None, books.owe((said,), None, cause, now))

    def _safely(
        self, books: Books, stored: Stored, now: datetime, *, new: bool = False, counted: bool = False
    ) -> Answered:
        """One bad mail never stops the others (P13)."""
        try:
            with books.connection.begin_nested():
                return self._answer(books, stored, now, new=new)
        except Exception as error:  # whatever a mail provokes is that mail's failure alone
            books.cases.forget()
            if is_trouble(error):
                raise  # nothing of this transaction may count
            log.exception("reading failed", message=stored.id)
            attempts = stored.attempts + (0 if counted else 1)
            if not counted:
                books.inbox.tried(stored.id)
            why = f"{type(error).__name__}: {error}"[:300]
            if attempts >= MOST_ATTEMPTS:
                return self._quarantine(books, stored, why, now)
            return Answered(stored, Outcome.QUARANTINED, f"will be tried again: {why}", None)

    def _answer(self, books: Books, stored: Stored, now: datetime, *, new: bool = False) -> Answered:
        """Decide about one message; `new` where it is known that no other has its bytes."""
        twin = None if new else books.inbox.twin(stored)
        if twin is not None:
            left_alone = books.inbox.outcome_of(twin) is Outcome.LEFT_ALONE  # so is its copy: nothing is shown on it
            outcome = Outcome.LEFT_ALONE if left_alone else Outcome.DUPLICATE
            return self._ended(books, stored, None, (outcome, f"the same bytes as message {twin}"), now)
        posted = Posted(stored.raw, stored.arrived, stored.source, stored.ticket)
        view = RecordView(books.cases, books.debts, books.daybook, books.questions, books.inbox, books.settlements)
        considered = self._desk.consider(posted, view, now)
        same = same_words(books, stored, considered)
        if same is not None:
            return self._copy(books, stored, considered, same, now)
        considered = said_once(considered, stored, books, view)
        bounds = Bounds(books, self._desk.settings)
        cause, overrun = bounds.cause_of(stored, considered, view, now)
        debts = self._enter(books, considered, cause, view, now)
        if overrun is not None and not overrun.told:
            debts += books.owe((bounds.alarm(considered, cause),), considered.reference, cause.aside("withheld"), now)
        verdict = (considered.outcome, f"{considered.why}; withheld: {overrun.why}" if overrun else considered.why)
        return replace(self._ended(books, stored, considered, verdict, now), debts=debts)

    def _enter(
        self, books: Books, considered: Considered, cause: Cause, view: RecordView, now: datetime
    ) -> tuple[Debt, ...]:
        debts: list[Debt] = []
        for decision in considered.decisions:
            was = view.case(decision.case.reference) if decision.case else None
            debts.extend(books.enter(decision, was, cause, now))
        debts.extend(books.owe(considered.owed, considered.reference, cause, now))
        if considered.settles is not None and not books.questions.settle(*considered.settles, now):
            raise StoreBusyError("somebody else has just answered which one is meant; it is read again")
        for item, why in considered.items:
            note_settled(books, item, Settlement(cause.who, now, why), cause.what)
        return tuple(debts)

    def _copy(
        self, books: Books, stored: Stored, considered: Considered, same: tuple[int, str | None], now: datetime
    ) -> Answered:
        """The second copy adds a note, never a second reply (MSG-8)."""
        number, reference = same
        case = books.cases.load(reference) if reference else None
        debts: tuple[Debt, ...] = ()
        ticket = considered.hearing.posted.ticket  # none where it is another customer's
        if case is not None and ticket is not None and case.ticket is None:
            books.cases.save(replace(case, ticket=ticket), now)
            facts = Facts(reference=case.reference, customer=case.customer, state=case.state, text=case.reference)
            said = Letter(LetterKind.NOTED, (), case.language, case.subject, facts, Trigger.MAIL)
            cause = Cause("dplmaild", f"message {stored.id}", stored.hash, stored.id)
            debts = books.owe((TicketComment(ticket, said, internal=True),), reference, cause, now)
        verdict = (Outcome.DUPLICATE, f"the same words as message {number}")
        return replace(self._ended(books, stored, replace(considered, reference=reference), verdict, now), debts=debts)

    def _ended(
        self, books: Books, stored: Stored, considered: Considered | None, verdict: tuple[Outcome, str], now: datetime
    ) -> Answered:
        outcome, why = verdict
        hearing = considered.hearing if considered else None
        reference = considered.reference if considered else None
        more: dict[str, str | int | None] = {"reference": reference}
        if hearing is not None:
            more["message_id"] = (hearing.message.message_id or "")[:998] or None
            more["content_key"] = hearing.content_key
            more["sender"] = hearing.message.sender.address[:320]
        books.inbox.decided(stored.id, outcome, why, now, **more)
        findings = considered.findings if considered else ()
        return Answered(stored, outcome, why, reference, hearing, findings=findings)

    def _fire(self, due: DueTimer, now: datetime) -> tuple[Debt, ...]:
        with self._database.writing() as connection:
            books = self._books(connection, now)
            case = books.cases.load(due.reference) if books.timers.is_open(due.id) else None
            if case is None:
                return ()
            customer = self._desk.settings.directory.customer(case.customer)
            ground = self._desk.grounds.of(customer, (case.deployment,), RecordView(books.cases, books.debts), now)
            decision = fall_due(case, due.timer.kind, ground, now, due.timer.due)
            books.timers.fired(due, now, decision.why if decision else f"{POINTLESS}{how_it_stands(case)}")
            if decision is None:
                return ()
            seed = f"{due.reference}/{due.timer.kind.value}/{due.timer.due.isoformat()}"
            return books.enter(decision, case, Cause("dplmaild", f"timer {due.timer.kind.value}", seed), now)

    def _books(self, connection: Connection, now: datetime, *, claimed: bool = True) -> Books:
        return Books(connection, self._desk.settings, Claim.by(self._owner, now) if claimed else None)

    def _told(self, *answered: Answered) -> tuple[Answered, ...]:
        for each in answered:
            tell(each, self._letters, self._desk.settings)
        return answered
