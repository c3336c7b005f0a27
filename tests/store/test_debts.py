"""Debts: claimed once whoever asks, settled only by who still owns them, never more than twice in doubt."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from dplmaild.deployment.owed import Alarm, CalendarEntry, Facts, LogRow, Owed, TicketComment
from dplmaild.deployment.terms import Finding, Severity
from dplmaild.store.database import Database
from dplmaild.store.debts import Debt, Debts, DebtState, NewDebt
from store.build import HOUR, NOW, SLOT, claim, debt, letter

FINDING = Finding("LEAD-1", True, False, Severity.BLOCKS, {"day": SLOT.start.date(), "ahead": HOUR, "who": ("a", "b")})


def owed(database: Database, *new: NewDebt) -> tuple[Debt, ...]:
    """Written down, claimed by nobody."""
    with database.writing() as connection:
        return Debts(connection).owe(new, NOW)


def claimed(database: Database, owner: str = "worker", limit: int = 100) -> tuple[Debt, ...]:
    """Taken by a worker."""
    with database.writing() as connection:
        return Debts(connection).claim(NOW, claim(owner), limit)


def settled(database: Database, one: Debt, state: DebtState, **said: object) -> bool:
    """Settled by whoever holds this copy of it."""
    with database.writing() as connection:
        return Debts(connection).settle(one, state, NOW, **said)  # type: ignore[arg-type]  # the test's own words


@pytest.mark.parametrize(
    "what",
    [
        pytest.param(letter(), id="a letter"),
        pytest.param(Alarm(letter()), id="an alarm"),
        pytest.param(TicketComment(17, letter(), internal=True), id="a ticket comment"),
        pytest.param(CalendarEntry("DPL-2026-0001", 2, True, False, SLOT, Facts(findings=(FINDING,))), id="an entry"),
        pytest.param(LogRow("DPL-2026-0001", "acme"), id="a log row"),
    ],
)
def test_everything_that_can_be_owed_comes_back_as_it_was(database: Database, what: Owed) -> None:
    owed(database, debt(what=what))
    assert [d.what for d in claimed(database)] == [what]


def test_each_debt_is_claimed_by_one_worker_only(database: Database) -> None:
    owed(database, *(debt(f"<{n}@example.org>") for n in range(40)))
    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(lambda n: claimed(database, f"worker {n}", limit=15), range(4)))
    taken = [d.id for share in shares for d in share]
    rest = [d.id for d in claimed(database)]
    assert len(taken) == len(set(taken))
    assert sorted(taken + rest) == sorted(set(taken + rest))
    assert len(taken + rest) == 40


def test_what_is_claimed_with_its_decision_is_nobody_elses(database: Database) -> None:
    with database.writing() as connection:
        mine = Debts(connection).owe([debt()], NOW, claim("me"))
    assert [d.state for d in mine] == [DebtState.SENDING]
    assert claimed(database, "you") == ()
    assert settled(database, mine[0], DebtState.PAID)


def test_a_worker_that_lost_its_claim_cannot_settle(database: Database) -> None:
    owed(database, debt())
    (slow,) = claimed(database, "slow")
    assert settled(database, slow, DebtState.IN_DOUBT, due=NOW)
    (fast,) = claimed(database, "fast")
    assert not settled(database, slow, DebtState.PAID)
    assert settled(database, fast, DebtState.PAID)
    assert not settled(database, fast, DebtState.SET_ASIDE)
    with database.reading() as connection:
        assert Debts(connection).tally() == {"paid": 1}


def test_doubts_are_counted_and_seen(database: Database) -> None:
    owed(database, debt())
    (first,) = claimed(database)
    settled(database, first, DebtState.IN_DOUBT, due=NOW, note="the answer was lost")
    (second,) = claimed(database)
    settled(database, second, DebtState.PAID)
    with database.reading() as connection:
        (seen,) = Debts(connection).troubled()
    assert (seen.doubts, seen.attempts, seen.state, seen.note) == (1, 2, DebtState.PAID, "the answer was lost")


@pytest.mark.parametrize(
    ("owner", "later", "orphaned"),
    [
        pytest.param("me", timedelta(0), False, id="mine, and in time"),
        pytest.param("me", timedelta(minutes=11), True, id="mine, but the claim is over"),
        pytest.param("you", timedelta(0), True, id="of a worker that is not this run"),
    ],
)
def test_orphans(database: Database, owner: str, later: timedelta, orphaned: bool) -> None:
    owed(database, debt())
    claimed(database, "me")
    with database.reading() as connection:
        assert bool(Debts(connection).orphaned(NOW + later, owner)) is orphaned


def test_what_is_not_due_yet_waits(database: Database) -> None:
    owed(database, debt())
    (one,) = claimed(database)
    settled(database, one, DebtState.OWED, due=NOW + HOUR)
    assert claimed(database) == ()
    with database.reading() as connection:
        assert Debts(connection).next_due() == NOW + HOUR


def test_what_is_withheld_is_never_sent_nor_counted(database: Database) -> None:
    with database.writing() as connection:
        Debts(connection).owe([debt(withheld=True, answers="ann@example.com", note="shadow mode")], NOW, claim())
    assert claimed(database) == ()
    with database.reading() as connection:
        debts = Debts(connection)
        assert (debts.tally(), debts.answers_since("ann@example.com", NOW - HOUR)) == ({"withheld": 1}, 0)


def test_answers_are_counted_per_sender_thread_and_time(database: Database) -> None:
    owed(
        database,
        debt("<1@x>", answers="ann@example.com"),
        debt("<2@x>", answers="ann@example.com"),  # the ticket comment beside the letter: one answer
        debt("<3@x>", answers="ann@example.com", reference="DPL-2", message=2),
    )
    owed(database, debt("<4@x>", answers="bob@example.com"), debt("<5@x>"))
    with database.reading() as connection:
        debts = Debts(connection)
        assert debts.answers_since("ann@example.com", NOW - HOUR) == 2
        assert debts.answers_since("ann@example.com", NOW - HOUR, "DPL-2") == 1
        assert debts.answers_since("ann@example.com", NOW + HOUR) == 0


def test_only_what_was_set_aside_is_revived(database: Database) -> None:
    first, second = owed(database, debt("<1@x>"), debt("<2@x>"))
    (one, two) = claimed(database)
    settled(database, one, DebtState.SET_ASIDE, note="refused")
    settled(database, two, DebtState.PAID)
    with database.writing() as connection:
        assert Debts(connection).revive([first.id, second.id, 999], NOW) == 1
    assert [d.id for d in claimed(database)] == [first.id]


def test_debts_are_listed_by_case_and_by_message(database: Database) -> None:
    owed(database, debt("<1@x>"), debt("<2@x>", reference=None, message=2))
    with database.reading() as connection:
        debts = Debts(connection)
        assert [d.message_id for d, _ in debts.of("DPL-2026-0001")] == ["<1@x>"]
        assert [d.message_id for d in debts.answering(2)] == ["<2@x>"]
