"""Statements for a mail, which do not grow with what is on record; 5,000 stored, since 100,000 take half a minute."""

from pathlib import Path

from bench.house import Doors, furnish
from bench.mails import at_ten, mix
from bench.stored import furnish_store
from dplmaild.desk import Desk, Reception
from dplmaild.ports import Arrival, Identity, Position
from dplmaild.settings import load
from dplmaild.wiring import database_of
from store.counting import statements

NOW = at_ten()


def taken(folder: Path, stored: int) -> int:
    """The statements for a hundred mails of a busy desk, decided in groups of fifty, with so much on record."""
    furnish_store(folder / "state" / "dplmaild.db", stored, NOW)
    settings = load(furnish(folder, Doors(1, 1, "nobody")))
    database = database_of(settings)
    reception = Reception(database, Desk(settings), "counted")
    arrivals = [_arrival(number, posted.raw) for number, posted in enumerate(mix(100, NOW), 1)]
    with statements(database) as asked:
        for group in (arrivals[:50], arrivals[50:]):
            assert len(reception.receive(group, Position(7, group[-1].identity.uid), NOW)) == 50
    database.close()
    return len(asked)


def _arrival(number: int, raw: bytes) -> Arrival:
    return Arrival(Identity("inbox", "INBOX", 7, str(number)), NOW, raw, len(raw))


def test_statements_do_not_grow_with_what_is_stored(tmp_path: Path) -> None:
    few, many = taken(tmp_path / "few", 200), taken(tmp_path / "many", 5_000)
    assert few == many
    assert few <= 700, "seven for a mail on the average, of which a third is ours"
