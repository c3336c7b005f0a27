"""A notice on the tickets that a deployment covers (RUN-6): found by number, written only on the customer's own."""

from dplmaild.deployment.covered import is_theirs
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.owed import CoveredComment, TicketComment
from dplmaild.deployment.recipients import may_be_written_to
from dplmaild.ports import PermanentError, TemporaryError, Ticket, Tickets
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database
from dplmaild.store.debts import Debt, Debts, DebtState

LOOKS = 3  # a number that leads nowhere is looked for again: the ticket may be a moment old
_GOING = (DebtState.OWED, DebtState.SENDING, DebtState.IN_DOUBT)


class Covered:
    """Finds the tickets of numbers, with the eyes of one desk's directory and record."""

    def __init__(self, database: Database, settings: Settings, tickets: Tickets) -> None:
        self._database = database
        self._settings = settings
        self._tickets = tickets

    def place(self, debt: Debt, what: CoveredComment) -> tuple[int, tuple[str, ...]]:
        """The ticket to write on, and whom Zammad mails for it.

        Another customer's ends as an unknown one does, in as many looks and in the same words: TemporaryError while
        it is still looked for, then PermanentError.
        """
        if self._comes_after(debt, what):
            raise TemporaryError("the conversation's own ticket comes first: Zammad mails it from there (MSG-9)")
        customer = self._settings.directory.customer(what.customer)
        found = self._tickets.named(what.number)
        if found is not None and self._is_theirs(found, customer):
            return found.ticket_id, self._mailed(what, found, customer)
        words = f"there is no ticket {what.number} of {customer.name}, so this notice stands on none (RUN-6)"
        raise TemporaryError(words) if debt.attempts < LOOKS else PermanentError(words)

    def _comes_after(self, debt: Debt, what: CoveredComment) -> bool:
        """Whether the same notice is still to stand on the conversation's own ticket, as a mail.

        Both may stand for one ticket, by its number or by a merge: a note there first would be taken for the mail.
        """
        earlier = _owed_before(debt, self._database)
        own = [one.what for one in earlier if one.state in _GOING and isinstance(one.what, TicketComment)]
        mails = (one for one in own if one.as_mail and one.marker == what.marker)
        return any(self._tickets.find(one.ticket, one.marker) is None for one in mails)

    def _mailed(self, what: CoveredComment, ticket: Ticket, customer: Customer) -> tuple[str, ...]:
        """Its customer, unless our letter reaches them already (MSG-9).

        On a closed ticket it is a note: an answer to a mail, or one that cannot be delivered, opens it again.
        """
        own, ops = self._settings.desk.own, self._settings.ops
        writable = may_be_written_to(ticket.customer, customer, ops) and ticket.customer not in own
        mails = what.as_mail and not ticket.closed and writable and ticket.customer not in what.reached
        return (ticket.customer,) if mails else ()

    def _is_theirs(self, ticket: Ticket, customer: Customer) -> bool:
        """By the directory, and by the record: it stands for no deployment of another customer."""
        if not is_theirs(customer, self._settings.customers, ticket.customer, ticket.organization):
            return False
        with self._database.reading() as connection:
            return all(case.customer == customer.id for case in Cases(connection).of_ticket(ticket.ticket_id))


def told_before(debt: Debt, database: Database) -> bool:
    """Whether OPS knows already that this deployment's notices do not reach this ticket: once is enough."""
    what = debt.what
    if not isinstance(what, CoveredComment):
        return False
    aside = [one.what for one in _owed_before(debt, database) if one.state is DebtState.SET_ASIDE]
    return any(isinstance(one, CoveredComment) and one.number == what.number for one in aside)


def _owed_before(debt: Debt, database: Database) -> list[Debt]:
    """What was owed for the same deployment before this."""
    if debt.reference is None:
        return []
    with database.reading() as connection:
        return [one for one, _ in Debts(connection).of(debt.reference) if one.id < debt.id]
