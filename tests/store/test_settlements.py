"""What was put before OPS waits until it is settled, once, on either database (MSG-2)."""

from datetime import UTC, datetime, timedelta

import pytest

from dplmaild.ports import Arrival, Identity, Outcome
from dplmaild.store.database import Database
from dplmaild.store.daybook import Daybook
from dplmaild.store.inbox import Inbox
from dplmaild.store.settlements import Settlement, Settlements

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MORGAN, ROBIN = (Settlement(who, NOW, why) for who, why in (("morgan@x", "called her"), ("robin@x", "wrote")))


def ended(database: Database, outcome: Outcome | None, ticket: int | None = None) -> int:
    """A message that ended so, or waits; its number."""
    with database.writing() as connection:
        inbox = Inbox(connection)
        uid = str(sum(inbox.tally().values()) + 1)
        kept = inbox.keep(Arrival(Identity("in", "", 1, uid), NOW, uid.encode(), 1), ticket=ticket)
        assert kept is not None
        if outcome is not None:
            inbox.decided(kept.id, outcome, "not clear", NOW, sender="ann@x")
    return kept.id


@pytest.mark.parametrize(
    ("outcome", "waits"),
    [
        (Outcome.TRIAGE, True),
        (Outcome.QUARANTINED, True),
        (Outcome.ANSWERED, False),
        (Outcome.LEFT_ALONE, False),
        (None, False),
    ],
)
def test_what_asks_for_a_look_waits(database: Database, outcome: Outcome | None, waits: bool) -> None:
    number = ended(database, outcome)
    with database.reading() as connection:
        settlements = Settlements(connection)
        item = settlements.item(number)
        assert item is not None
        assert (item.waits, settlements.count_waiting()) == (waits, int(waits))
        assert [each.message for each in settlements.waiting(9)] == ([number] if waits else [])


def test_it_is_settled_once_and_shown_no_more(database: Database) -> None:
    number = ended(database, Outcome.TRIAGE)
    with database.writing() as connection:
        settlements = Settlements(connection)
        assert settlements.settle(number, MORGAN)
        assert not settlements.settle(number, ROBIN)
    with database.reading() as connection:
        settlements = Settlements(connection)
        (item,) = settlements.settled(9)
        assert (item.message, item.settled, item.waits) == (number, MORGAN, False)
        assert (settlements.waiting(9), settlements.count_waiting()) == ((), 0)
        assert Daybook(connection).looked(NOW - timedelta(days=1), 9) == ((), 0)


def test_decided_again_it_waits_anew(database: Database) -> None:
    number = ended(database, Outcome.TRIAGE)
    with database.writing() as connection:
        settlements = Settlements(connection)
        settlements.settle(number, MORGAN)
        settlements.forget(number)
        assert settlements.count_waiting() == 1


def test_of_a_ticket_the_newest_item_is_meant(database: Database) -> None:
    ended(database, Outcome.TRIAGE, 77)
    newest = ended(database, Outcome.TRIAGE, 77)
    ended(database, Outcome.ANSWERED, 77)
    with database.reading() as connection:
        item = Settlements(connection).of_ticket(77)
        assert item is not None
        assert item.message == newest
        assert Settlements(connection).of_ticket(78) is None


def test_there_is_no_item_without_a_message_or_a_letter(database: Database) -> None:
    with database.reading() as connection:
        assert (Settlements(connection).item(9), Settlements(connection).of_letter("<x@y>")) == (None, None)
