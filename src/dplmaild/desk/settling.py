"""An item that was put before OPS is settled by OPS's word: recorded, and asked about no more (MSG-2)."""

from datetime import datetime

from dplmaild.deployment.owed import CommandResult
from dplmaild.deployment.terms import Speaker
from dplmaild.desk.hearing import Hearing
from dplmaild.desk.recording import Books
from dplmaild.desk.view import View
from dplmaild.settings import Settings
from dplmaild.store.cases import Entry
from dplmaild.store.database import Database
from dplmaild.store.settlements import ASKS_FOR_A_LOOK, Item, Settlement, Settlements

MOST_NAMED = 10  # items that a refusal names


def item_of(hearing: Hearing, view: View) -> Item | None:
    """The item that a command is about: that of the letter it answers, else the newest of its ticket."""
    settlements, answered = view.settlements, hearing.message.in_reply_to
    if settlements is None:
        return None
    found = settlements.of_letter(answered) if answered else None
    ticket = hearing.posted.ticket
    return found or (settlements.of_ticket(ticket) if ticket is not None else None)


def refused(item: Item, why: str) -> str | None:
    """Why an item cannot be settled now; None where it can."""
    if item.settled is not None:
        by = item.settled
        return f"Message {item.message} is settled already, by {by.who} at {_at(by.at)} ({by.why})."
    if item.outcome not in ASKS_FOR_A_LOOK:
        ended = item.outcome.value.replace("_", " ") if item.outcome else "not decided yet"
        return f"Message {item.message} waits for nobody: it is {ended}."
    if not why:
        return f"Please say what became of it: the reason stays on record with message {item.message}."
    return None


def settle(database: Database, settings: Settings, number: int, why: str, who: Speaker, now: datetime) -> CommandResult:
    """Settle one item from the command line, or say why not and what can be."""
    line = f"settle {number}"
    with database.writing() as connection:
        books = Books(connection, settings, None)
        item = books.settlements.item(number)
        if item is None:
            return CommandResult(line, False, f"There is no message {number}.{_open(books.settlements)}")
        against = refused(item, why)
        if against is not None:
            return CommandResult(line, False, against + ("" if item.waits else _open(books.settlements)))
        note_settled(books, item, Settlement(who.address, now, why), f"command {line}")
    return CommandResult(line, True, f"message {number} is settled")


def note_settled(books: Books, item: Item, by: Settlement, cause: str) -> None:
    """Write it down; nothing where somebody was faster."""
    if books.settlements.settle(item.message, by):
        why = {"verdict": "record", "why": f"settled message {item.message}: {by.why}"}
        books.cases.note(Entry(item.reference, by.at, by.who, cause, None, None, why))


def _open(settlements: Settlements) -> str:
    waiting = settlements.waiting(MOST_NAMED)
    names = ", ".join(str(each.message) for each in waiting)
    return f" What waits for a look: {names}." if names else " Nothing waits for a look."


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
