"""The shape of an HTML table: its own rows and cells, never those of a table inside it."""

from selectolax.lexbor import LexborNode

MAX_ROWS = 5_000
MAX_CELLS = 60  # of one row

_GROUPS = frozenset({"tbody", "thead", "tfoot"})


def own_cells(table: LexborNode) -> list[list[LexborNode]]:
    """The cells of each row of this table."""
    rows = []
    for child in table.iter():
        if child.tag == "tr":
            rows.append(_cells(child))
        elif child.tag in _GROUPS:
            rows += [_cells(row) for row in child.iter() if row.tag == "tr"]
        if len(rows) >= MAX_ROWS:
            break
    return rows[:MAX_ROWS]


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")][:MAX_CELLS]


def span(cell: LexborNode) -> int:
    """How many columns a cell takes."""
    said = (cell.attributes.get("colspan") or "1").strip()
    return min(int(said), MAX_CELLS) if said.isdecimal() and len(said) < 4 and int(said) > 0 else 1


def lays_out(rows: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a table only places things on the page: one column, or one row of long columns."""
    filled = [sum(1 for cell in cells if cell) for cells in rows]
    if max(filled, default=0) <= 1:
        return True
    return len(rows) == 1 and any(cell.count("\n") > 5 for cell in rows[0])
