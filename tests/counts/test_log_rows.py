"""Rows of the deployment log: one write for a group, the letters before it, and one bad row to blame."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bench.house import Doors, furnish
from bench.mails import DESK, at_ten, mix
from dplmaild.delivery import Channels, Delivery, Paid
from dplmaild.deployment.owed import LogRow
from dplmaild.desk import Desk, Reception
from dplmaild.ports import Arrival, Identity, InDoubtError, PermanentError, Position, Receipt, TemporaryError
from dplmaild.settings import load
from dplmaild.store.debts import Debt, DebtState
from dplmaild.store.sendlog import SendLog
from dplmaild.wiring import database_of, letters_of

NOW = at_ten()
Row = Mapping[str, str]


@dataclass
class Ways:
    """A mail server that takes all, and logs that refuse the rows they are told to refuse."""

    done: list[str] = field(default_factory=list)
    writes: list[Sequence[Row]] = field(default_factory=list)
    refuses: str = ""
    how: type[Exception] = PermanentError

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> Receipt:
        """See Post."""
        assert sender == DESK
        self.done.append("letter")
        return Receipt(tuple(recipients))

    def close(self) -> None:
        """See Post."""

    def write(self, customer: str, rows: Sequence[Row]) -> None:
        """See LogBook."""
        assert customer.startswith("Shop ")
        self.done.append("rows")
        if self.refuses in {row["id"] for row in rows}:
            raise self.how("refused")
        self.writes.append(rows)


@dataclass
class Desks:
    """Decided mail of one customer, and who pays for it."""

    delivery: Delivery
    debts: list[Debt]
    ways: Ways

    @property
    def rows(self) -> list[Debt]:
        """The rows that are owed."""
        return [debt for debt in self.debts if isinstance(debt.what, LogRow)]

    def pay(self) -> dict[int, Paid]:
        """Everything, in one group."""
        return {paid.debt.id: paid for paid in self.delivery.pay(self.debts, lambda: NOW)}


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """A busy desk's mail, decided and not paid."""
    settings = load(furnish(tmp_path, Doors(1, 1, "nobody"), records=True))
    database = database_of(settings)
    reception = Reception(database, Desk(settings), "counted")
    arrivals = [_arrival(number, posted.raw) for number, posted in enumerate(mix(60, NOW), 1)]
    answered = reception.receive(arrivals, Position(7, "300"), NOW)
    ways = Ways()
    sendlog = SendLog(tmp_path / "sendlog")
    delivery = Delivery(database, settings, Channels(ways, logbook=ways), letters_of(settings), sendlog, "counted")
    yield Desks(delivery, [debt for each in answered for debt in each.debts], ways)
    sendlog.close()
    database.close()


def _arrival(number: int, raw: bytes) -> Arrival:
    return Arrival(Identity("inbox", "INBOX", 7, str(number)), NOW, raw, len(raw))


def test_a_customers_rows_are_one_write_after_the_letters(desks: Desks) -> None:
    paid = desks.pay()
    customers = {row.what.customer for row in desks.rows if isinstance(row.what, LogRow)}
    assert {paid[row.id].state for row in desks.rows} == {DebtState.PAID}
    assert len(desks.rows) > len(customers)
    assert len(desks.ways.writes) == len(customers)
    assert "letter" not in desks.ways.done[desks.ways.done.index("rows") :]


def test_several_rows_of_one_case_are_one(desks: Desks) -> None:
    desks.pay()
    owed = [debt.reference or "" for debt in desks.rows]
    assert len(owed) > len(set(owed)), "the mail holds instructions for a case that was asked for in it"
    assert sorted(row["id"] for rows in desks.ways.writes for row in rows) == sorted(set(owed))


@pytest.mark.parametrize("how", [PermanentError, InDoubtError, ZeroDivisionError])
def test_only_the_row_that_is_refused_is_not_paid(desks: Desks, how: type[Exception]) -> None:
    desks.ways.refuses, desks.ways.how = _of_one_customer(desks)[0].reference or "", how
    paid = desks.pay()
    to_blame = {row.id for row in desks.rows if row.reference == desks.ways.refuses}
    others = {row.id for row in desks.rows} - to_blame
    assert {paid[number].state for number in others} == {DebtState.PAID}
    assert {paid[number].state for number in to_blame} <= {DebtState.SET_ASIDE, DebtState.IN_DOUBT}


def test_a_log_that_somebody_has_open_is_tried_again_with_all_its_rows(desks: Desks) -> None:
    theirs = _of_one_customer(desks)
    desks.ways.refuses, desks.ways.how = theirs[0].reference or "", TemporaryError
    paid = desks.pay()
    assert len(theirs) > 1
    assert {paid[row.id].state for row in theirs} == {DebtState.OWED}
    assert {paid[row.id].state for row in desks.rows if row not in theirs} == {DebtState.PAID}


def _of_one_customer(desks: Desks) -> list[Debt]:
    """The rows of the customer who has most."""
    customers = [row.what.customer for row in desks.rows if isinstance(row.what, LogRow)]
    most = max(customers, key=customers.count)
    return [row for row in desks.rows if isinstance(row.what, LogRow) and row.what.customer == most]
