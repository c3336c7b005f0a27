"""No statement in the path of a mail or of a turn looks through all that is on record, whatever its size.

SQLite is asked how it would search. As in a database of ours nobody has gathered statistics, which it may live without.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bench.house import Doors, furnish
from bench.mails import at_ten, mix
from bench.stored import furnish_store
from dplmaild.desk import Desk, Reception
from dplmaild.ports import Arrival, Identity, Position
from dplmaild.settings import load
from dplmaild.store.database import Database
from dplmaild.store.debts import Claim, Debts
from dplmaild.store.inbox import Inbox
from dplmaild.store.timers import Timers
from dplmaild.wiring import database_of

NOW = at_ten()
GROWS = ("messages", "cases", "threads", "history", "owed", "timers")
LOOKS_THROUGH = re.compile(rf"^SCAN ({'|'.join(GROWS)})\b")

# Where another index fits as well, and finds nearly everything.
BY = {"cases.version = ?": "ix_cases_ran", "shown = ?": "ix_messages_unshown"}


@contextmanager
def asked_of(database: Database) -> Iterator[dict[str, Any]]:
    """Every statement of the block with parameters of it."""
    asked: dict[str, Any] = {}

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        asked.setdefault(statement, parameters[0] if many else parameters)

    event.listen(database.engine, "before_cursor_execute", keep)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", keep)


def test_no_statement_looks_through_all_that_is_stored(tmp_path: Path) -> None:
    furnish_store(tmp_path / "state" / "dplmaild.db", 500, NOW)
    settings = load(furnish(tmp_path, Doors(1, 1, "nobody")))
    database = database_of(settings)
    reception = Reception(database, Desk(settings), "counted")
    arrivals = [
        Arrival(Identity("inbox", "INBOX", 7, str(number)), NOW, posted.raw, len(posted.raw))
        for number, posted in enumerate(mix(100, NOW), 1)
    ]
    with asked_of(database) as asked:
        answered = reception.receive(arrivals, Position(7, "100"), NOW)
        reception.catch_up(NOW)
        reception.fire(NOW + timedelta(days=30), NOW + timedelta(days=30))
        with database.writing() as connection:
            Inbox(connection).unshown(200, "inbox")
            Timers(connection).next_due()
            debts = Debts(connection)
            debts.orphaned(NOW, "another")
            debts.claim(NOW + timedelta(days=30), Claim("counted", NOW + timedelta(days=31)), 50)
    assert len(answered) == 100
    assert len(asked) > 20, "the whole path was to be walked"
    with database.engine.connect() as connection:
        driver = connection.connection.cursor()
        plans = {
            statement: [row[-1] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            for statement, parameters in asked.items()
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH"))
        }
    database.close()
    looking = {statement: plan for statement, plan in plans.items() if any(map(LOOKS_THROUGH.match, plan))}
    assert looking == {}
    for words, index in BY.items():
        searched = [plan[0] for statement, plan in plans.items() if words in statement]
        assert searched, f"nothing asked for {words}"
        assert all(index in plan for plan in searched), searched
