"""The worker that pays what is owed (P4, P5, P7): claims, hands over, settles. It knows no protocol."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from dplmaild.delivery.covered import Covered, told_before
from dplmaild.delivery.rows import OwedRows, bring_up_to_date, rows_by_customer
from dplmaild.delivery.waits import DOUBT_PAUSE, patience, wait_after
from dplmaild.delivery.worded import event_on_calendar, mail_of, written
from dplmaild.deployment.owed import (
    Alarm,
    CalendarEntry,
    CoveredComment,
    Facts,
    Letter,
    LetterKind,
    LogRow,
    OnTicket,
    TicketComment,
    Trigger,
    leaves_in_shadow,
)
from dplmaild.log import get_logger
from dplmaild.ports import (
    Calendar,
    Comment,
    InDoubtError,
    LogBook,
    PermanentError,
    Post,
    Receipt,
    TemporaryError,
    Tickets,
)
from dplmaild.settings import Settings
from dplmaild.store.database import Database
from dplmaild.store.debts import Claim, Debt, Debts, DebtState, NewDebt, name_of
from dplmaild.store.sendlog import SendLog
from dplmaild.store.statements import SHADOW
from dplmaild.writing.invitation import event_bytes
from dplmaild.writing.letters import Letters

BATCH = 50
MOST_DOUBTS = 5

log = get_logger()


@dataclass(frozen=True, slots=True)
class Channels:
    """The ways out; None where the desk has configured none."""

    post: Post
    tickets: Tickets | None = None
    calendar: Calendar | None = None
    logbook: LogBook | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    """How one payment ended."""

    debt: Debt
    state: DebtState
    note: str = ""
    due: datetime | None = None
    more: tuple[NewDebt, ...] = ()


class Delivery:
    """Pays debts, one group per durable commit."""

    def __init__(
        self, database: Database, settings: Settings, channels: Channels, letters: Letters, sendlog: SendLog, owner: str
    ) -> None:
        self._database = database
        self._settings = settings
        self._channels = channels
        self._letters = letters
        self._sendlog = sendlog
        self._owner = owner
        self._unsettled: list[Paid] = []  # paid, but the database would not take it yet
        self.doubt_pause = DOUBT_PAUSE

    def follow(self, settings: Settings, letters: Letters | None = None) -> None:
        """Go by another configuration from the next payment on (SIGHUP); the doors stay as they are."""
        self._settings = settings
        self._letters = letters or self._letters

    def recover(self, now: datetime) -> tuple[Paid, ...]:
        """What a previous run was sending: never begun is owed again, accepted is paid, the rest is in doubt (P4)."""
        with self._database.writing() as connection:
            debts = Debts(connection)
            found = tuple(self._left_over(debt, now) for debt in debts.orphaned(now, self._owner))
            for paid in found:
                _write_down(debts, paid, now)
        self._sendlog.clear()
        return found

    def _left_over(self, debt: Debt, now: datetime) -> Paid:
        known = self._sendlog.knows(debt.owner)
        if known and self._sendlog.was_accepted(debt.id, debt.attempts):
            return Paid(debt, DebtState.PAID)
        if known and not self._sendlog.was_begun(debt.id, debt.attempts):
            return Paid(debt, DebtState.OWED, due=now)
        return self._doubted(debt, "the daemon stopped while it was sent", now, self._pause_of(debt))

    def turn(self, now: Callable[[], datetime]) -> tuple[Paid, ...]:
        """Claim what is due and pay it; what an earlier turn could not settle is settled first."""
        at = now()
        if self._unsettled:
            return self._settle(at)
        with self._database.reading() as connection:
            due = Debts(connection).next_due()
        if due is None or due > at:
            return ()
        with self._database.writing() as connection:
            claimed = Debts(connection).claim(at, Claim.by(self._owner, at), BATCH)
        return self.pay(claimed, now)

    def pay(self, debts: Sequence[Debt], now: Callable[[], datetime]) -> tuple[Paid, ...]:
        """Pay debts that are claimed, and settle them in one commit.

        Raises StoreBusyError when that is not possible now: the next turn settles them.
        """
        sendable = [debt for debt in debts if debt.state is not DebtState.WITHHELD and not self._in_shadow(debt)]
        hidden = tuple(Paid(debt, DebtState.WITHHELD, SHADOW) for debt in debts if self._in_shadow(debt))
        letters = tuple(self._pay(debt, now()) for debt in sendable if not isinstance(debt.what, LogRow))
        # A workbook is written once for the whole group, and after the letters: people wait for those.
        paid = letters + tuple(each for rows in rows_by_customer(sendable) for each in self._pay_rows(rows, now()))
        self._unsettled += (*hidden, *paid)
        return self._settle(now()) if self._unsettled else ()

    def _in_shadow(self, debt: Debt) -> bool:
        """SEE-12: what was owed before shadow mode was switched on stays in the house as well."""
        shadow = self._settings.desk.shadow and debt.state is not DebtState.WITHHELD
        return shadow and not leaves_in_shadow(debt.what)

    def _settle(self, now: datetime) -> tuple[Paid, ...]:
        """Write down how payments ended; only then may the send log forget them."""
        with self._database.writing() as connection:
            for paid in self._unsettled:
                _write_down(Debts(connection), paid, now)
        settled, self._unsettled = tuple(self._unsettled), []
        self._sendlog.clear()
        return settled

    def _pay(self, debt: Debt, now: datetime) -> Paid:
        try:
            self._database.sure()
            self._sendlog.begin(debt.id, debt.attempts)
            paid = self._hand_over(debt)
        except InDoubtError as error:
            paid = self._doubted(debt, str(error), now, self._pause_of(debt))
        except TemporaryError as error:
            paid = self._later(debt, error, now)
        except PermanentError as error:
            paid = self._set_aside(debt, str(error))
        except Exception as error:  # one poisonous debt must not stop the others; it is kept and shown
            log.exception("payment failed", debt=debt.id)
            paid = self._set_aside(debt, f"{type(error).__name__}: {error}")
        return self._noted(paid)

    def _pay_rows(self, rows: OwedRows, now: datetime) -> tuple[Paid, ...]:
        """One customer's rows in one write; where that is refused, each alone shows which of them is to blame."""
        try:
            self._database.sure()
            for debt, _ in rows:
                self._sendlog.begin(debt.id, debt.attempts)
            paid = self._rows(rows)
        except Exception as error:
            if isinstance(error, TemporaryError) and not isinstance(error, InDoubtError):
                paid = tuple(self._later(debt, error, now) for debt, _ in rows)
            else:
                return tuple(self._pay(debt, now) for debt, _ in rows)
        return tuple(map(self._noted, paid))

    def _noted(self, paid: Paid) -> Paid:
        """Told, and written into the send log where it was accepted."""
        debt = paid.debt
        if paid.state is DebtState.PAID:
            self._sendlog.accept(debt.id, debt.attempts)
        log.info("settled", debt=debt.id, what=name_of(debt.what), state=paid.state.value, note=paid.note)
        return paid

    def _hand_over(self, debt: Debt) -> Paid:
        what = debt.what
        match what:
            case Letter():
                return self._mail(debt, what)
            case Alarm():
                return self._mail(debt, what.letter)
            case TicketComment() | CoveredComment():
                return self._comment(debt, what)
            case CalendarEntry():
                return self._calendar(debt, what)
            case LogRow():
                return self._rows(((debt, what),))[0]
            case _:
                assert_never(what)

    def _mail(self, debt: Debt, letter: Letter) -> Paid:
        raw = mail_of(debt, letter, self._letters, self._settings.desk)
        receipt = self._channels.post.send(self._settings.desk.address, (*letter.to, *letter.cc), raw)
        return self._refusals(debt, letter, receipt)

    def _refusals(self, debt: Debt, letter: Letter, receipt: Receipt) -> Paid:
        """P5: a recipient refused for now is tried again alone; one refused for good is told to OPS."""
        later = tuple(a for a, (code, _) in receipt.refused.items() if code < 500)
        never = {a: text for a, (code, text) in receipt.refused.items() if code >= 500}
        more: list[NewDebt] = []
        if later:
            rest = replace(letter, to=later, cc=())
            more.append(
                NewDebt(rest, debt.reference, debt.message, debt.message_id, note="the other recipients have it")
            )
        if never:
            more += self._to_ops(debt, "; ".join(f"{a} was refused: {text}" for a, text in never.items()))
        note = ", ".join(receipt.refused)
        return Paid(debt, DebtState.PAID, f"refused: {note}" if note else debt.note, more=tuple(more))

    def _comment(self, debt: Debt, what: OnTicket) -> Paid:
        tickets = self._channels.tickets
        if tickets is None:
            return Paid(debt, DebtState.WITHHELD, "no ticket system is configured")
        if isinstance(what, CoveredComment):
            ticket, mail_to = Covered(self._database, self._settings, tickets).place(debt, what)
        else:
            ticket, mail_to = what.ticket, what.letter.to if what.as_mail else ()
        words, internal = written(self._letters, what.letter), isinstance(what, TicketComment) and what.internal
        marker = what.marker or f"{self._settings.desk.instance}-{debt.id}-{int(debt.owed_at.timestamp())}"
        number = tickets.comment(Comment(ticket, marker, words.text, internal, mail_to, words.subject))
        return Paid(debt, DebtState.PAID, f"article {number}")

    def _calendar(self, debt: Debt, what: CalendarEntry) -> Paid:
        if self._channels.calendar is None:
            return Paid(debt, DebtState.WITHHELD, "no calendar is configured")
        event = event_on_calendar(debt, what, self._letters, self._settings.desk)
        self._channels.calendar.put(event.uid, event.sequence, event_bytes(event))
        return Paid(debt, DebtState.PAID, debt.note)

    def _rows(self, rows: OwedRows) -> tuple[Paid, ...]:
        if self._channels.logbook is None:
            return tuple(Paid(debt, DebtState.WITHHELD, "no deployment log is configured") for debt, _ in rows)
        wanted = [row for _, row in rows]
        known = bring_up_to_date(self._database, self._settings, self._channels.logbook, wanted)
        return tuple(
            Paid(debt, DebtState.PAID, debt.note)
            if row.reference in known
            else Paid(debt, DebtState.SET_ASIDE, f"{row.reference} is not on record")
            for debt, row in rows
        )

    def _later(self, debt: Debt, error: TemporaryError, now: datetime) -> Paid:
        due = now + wait_after(debt.attempts, error.retry_after)
        if due - debt.owed_at > patience(debt.what):
            return self._set_aside(debt, f"given up after {debt.attempts} attempts: {error}")
        return Paid(debt, DebtState.OWED, f"{error} (next attempt {due:%H:%M:%S} UTC)", due)

    def _doubted(self, debt: Debt, why: str, now: datetime, pause: timedelta) -> Paid:
        """P4: resent once after a pause, and shown. A comment is looked up before it is written again (P7)."""
        safe_to_repeat = not isinstance(debt.what, Letter | Alarm)
        if debt.doubts > 0 and not safe_to_repeat:
            return self._set_aside(debt, f"may have been sent twice, and once more in doubt: {why}")
        if debt.doubts >= MOST_DOUBTS:  # a server can fail for good with a 500 that leaves it open
            return self._set_aside(debt, f"still in doubt after {debt.doubts} looks: {why}")
        note = why if safe_to_repeat else f"may have been sent twice: {why}"
        return Paid(debt, DebtState.IN_DOUBT, note, now + pause)

    def _set_aside(self, debt: Debt, why: str) -> Paid:
        if told_before(debt, self._database):
            return Paid(debt, DebtState.WITHHELD, f"{why}; OPS was told")
        return Paid(debt, DebtState.SET_ASIDE, why, more=self._to_ops(debt, f"{name_of(debt.what)}: {why}"))

    def _to_ops(self, debt: Debt, text: str) -> tuple[NewDebt, ...]:
        """OPS is told what could not be delivered; a failed alarm raises no further alarm."""
        if isinstance(debt.what, Alarm):
            return ()
        facts = Facts(reference=debt.reference, text=text)
        said = Letter(LetterKind.ALARM, (self._settings.ops.address,), "en", "", facts, Trigger.TIMER)
        message_id = f"<alarm-{debt.id}-{debt.attempts}@{self._settings.desk.address.rpartition('@')[2]}>"
        return (NewDebt(Alarm(said), debt.reference, debt.message, message_id),)

    def _pause_of(self, debt: Debt) -> timedelta:
        """How long a doubt is left alone: a lost write to Zammad can still be applied minutes later (P7)."""
        zammad = self._settings.zammad
        if zammad is None or not isinstance(debt.what, OnTicket):
            return self.doubt_pause
        return timedelta(seconds=zammad.settle_seconds)


def _write_down(debts: Debts, paid: Paid, now: datetime) -> None:
    """How one payment ended, and what it brought about; nothing when it was no longer ours."""
    if debts.settle(paid.debt, paid.state, now, due=paid.due, note=paid.note):
        debts.owe(paid.more, now)
