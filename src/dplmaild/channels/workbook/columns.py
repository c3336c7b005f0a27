"""The columns that are ours, and a row of typed text as the values of their cells."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from dplmaild.ports import PermanentError

TEXT_LIMIT = 32_000  # characters; Excel takes 32,767 in a cell
MOMENT_FORMAT = "yyyy-mm-dd hh:mm"


class Holds(Enum):
    """What the cells of a column hold."""

    TEXT = auto()
    MOMENT = auto()  # a date and time on the customer's wall clock


@dataclass(frozen=True, slots=True)
class Column:
    """One of our columns: its key in a row, its header in the template, what it holds, its width in characters."""

    key: str
    header: str
    holds: Holds = Holds.TEXT
    width: float = 14


ID = Column("id", "id", width=16)

COLUMNS = (
    ID,
    Column("deployment", "Deployment", width=17),
    Column("environment", "Environment", width=13),
    Column("product", "Product", width=11),
    Column("type", "Type", width=10),
    Column("version", "Version", width=22),  # was -> now
    Column("start", "Start", Holds.MOMENT, width=17),
    Column("end", "End", Holds.MOMENT, width=17),
    Column("state", "State", width=18),
    Column("downtime", "Downtime", width=11),
    Column("tickets", "Tickets", width=16),
    Column("requested_by", "Requested by", width=26),
    Column("result", "Result", width=32),
    Column("remarks", "Remarks", width=46),
)

KEYS = frozenset(column.key for column in COLUMNS)

Value = str | datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """What one row is to show; a column that is not named stays as it is, None empties its cell."""

    id: str
    values: Mapping[str, Value]


def row_of(said: Mapping[str, str]) -> Row:
    """A row from typed text; PermanentError for one without an id, with an unknown key or a moment that is none."""
    unknown = said.keys() - KEYS
    if unknown:
        raise PermanentError(f"deployment log: there is no column {', '.join(sorted(unknown))}")
    row_id = cell_text(said.get(ID.key, "")).strip()
    if not row_id or "\n" in row_id:
        raise PermanentError("deployment log: a row needs an id of one line")
    values = {column.key: _value(column, row_id, said[column.key]) for column in COLUMNS if column.key in said}
    return Row(row_id, {"deployment": row_id, **values, ID.key: row_id})


def _value(column: Column, row_id: str, text: str) -> Value:
    if column.holds is Holds.TEXT:
        return cell_text(text) or None
    return _wall_clock(text, f"{column.key} of {row_id}") if text else None


def _wall_clock(text: str, place: str) -> datetime:
    """Excel knows no zones: the wall clock of an ISO 8601 moment that names one, to the second."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise PermanentError(f"deployment log: {place} is no ISO 8601 moment: {text[:40]!r}") from error
    if moment.utcoffset() is None or moment.year < 1901:
        raise PermanentError(f"deployment log: {place} needs a zone and a year that Excel knows: {text[:40]!r}")
    return moment.replace(tzinfo=None, microsecond=0, fold=0)


# How a workbook writes a character by its number: `_x0041_` would be shown as A. The standard's own escape does not
# last, since openpyxl takes `x005F_` out of every text it reads; so an invisible joiner breaks the pattern.
_BY_NUMBER = re.compile(r"(?<=_)x(?=[0-9A-Fa-f]{4}_)|x(?=005F_)")


def cell_text(text: str) -> str:
    """A text as a cell may hold it: what XML cannot carry is left out, nothing stands for another character."""
    lines = text[: TEXT_LIMIT * 2].replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c for c in lines if c in "\n\t" or _is_visible(c))
    literal = _BY_NUMBER.sub("x\u200c", plain)
    return literal if len(literal) <= TEXT_LIMIT else literal[: TEXT_LIMIT - 1] + "…"


def _is_visible(character: str) -> bool:
    if character in "\u200c\u200d":  # joiners: some scripts and emoji need them
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn")
