"""Rows of a deployment log, brought up to date for a whole group of debts in one write (LOG-1)."""

from collections.abc import Sequence

from dplmaild.delivery.records import row_of
from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import LogRow
from dplmaild.ports import LogBook
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database
from dplmaild.store.debts import Debt

OwedRows = tuple[tuple[Debt, LogRow], ...]


def rows_by_customer(debts: Sequence[Debt]) -> tuple[OwedRows, ...]:
    """The log rows among these debts, together where they go into one workbook."""
    groups: dict[str, list[tuple[Debt, LogRow]]] = {}
    for debt in debts:
        if isinstance(debt.what, LogRow):
            groups.setdefault(debt.what.customer, []).append((debt, debt.what))
    return tuple(map(tuple, groups.values()))


def bring_up_to_date(
    database: Database, settings: Settings, logbook: LogBook, rows: Sequence[LogRow]
) -> frozenset[str]:
    """Write one customer's cases as they are now, each once; gives back the references that are on record."""
    customer = settings.directory.customer(rows[0].customer)
    ground = settings.ground(customer)
    cases = _on_record(database, [row.reference for row in rows])
    if cases:
        logbook.write(customer.name, [row_of(case, ground.under(case.deployment)) for case in cases])
    return frozenset(case.reference for case in cases)


def _on_record(database: Database, references: Sequence[str]) -> tuple[Case, ...]:
    with database.reading() as connection:
        found = (Cases(connection).load(reference) for reference in dict.fromkeys(references))
        return tuple(case for case in found if case is not None)
