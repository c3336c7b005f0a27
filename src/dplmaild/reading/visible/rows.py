"""Body to rows: what a body shows from top to bottom, before anybody asks whose words they are."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from dplmaild.reading.mime import strip_invisible
from dplmaild.reading.visible.blocks import Block, Line, Table
from dplmaild.reading.visible.words import each

MAX_LINES = 20_000
MAX_LINE = 20_000  # characters of one line

_QUOTE = re.compile(r"(?:[ \t]{0,3}>(?!=)){1,50}[ \t]?")
_INITIALS = re.compile(r" ?[^\W\d_]{1,3}(>{1,9})(?: |$)")
_WROTE = each("wrote")
_IN_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
BULLET = re.compile(r"[ \t]{0,40}(?:[*•·◦▪▫‣⁃●○■□➢➤✓§+]|[-–—](?![-–—]))[ \t]+(?=\S)")
_SPACES = re.compile(r"[\u00a0\u2002-\u200a\u202f\u3000]")


class Mark(Enum):
    """What the markup says begins at a row."""

    HEADER = auto()  # the header block of a quoted or forwarded message
    SIGNATURE = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One line or table as it stands: `text` without quote marks, `depth` how deeply it is quoted."""

    text: str
    number: int
    part: str
    depth: int = 0
    bullet: bool = False
    mark: Mark | None = None
    table: tuple[tuple[str, ...], ...] | None = None
    hidden: bool = False  # struck-out or invisible text stood here

    @property
    def blank(self) -> bool:
        """Whether there is nothing to see."""
        return not self.text and self.table is None


def rows_of_text(text: str, part: str) -> tuple[Row, ...]:
    """Plain text as rows; `>` gives the depth."""
    lines = strip_invisible(text).split("\n", MAX_LINES)[:MAX_LINES]
    rows = tuple(_row(line[:MAX_LINE], number, part) for number, line in enumerate(lines, 1))
    start = next((at for at in range(len(rows)) if _INITIALS.match(rows[at].text) and _is_introduced(rows, at)), None)
    return rows if start is None else (*rows[:start], *map(_without_initials, rows[start:]))


def _is_introduced(rows: tuple[Row, ...], at: int) -> bool:
    """Whether a line that says who wrote and when stands right above: `SQL> select` is nobody's quote."""
    above = next((row.text.lower() for row in reversed(rows[:at]) if not row.blank), "")
    dated = above.endswith(":") and _IN_A_YEAR.search(above) is not None
    return dated and any(word in above for word in _WROTE)


def _without_initials(row: Row) -> Row:
    """A line marked by the initials of its author (`JR> text`, The Bat!) as the quoted one it is."""
    found = _INITIALS.match(row.text)
    return replace(row, text=row.text[found.end() :], depth=row.depth + len(found[1])) if found else row


def _row(line: str, number: int, part: str) -> Row:
    depth, rest = marked(line)
    text = clean(rest)
    return Row(text if text == "-- " else text.rstrip(), number, part, depth)


def marked(line: str) -> tuple[int, str]:
    """How deeply a line's own marks quote it, and the line without them; `>=` is no mark."""
    own = line.startswith(">From ") or (
        line.startswith(">>> ") and line.rstrip().endswith(" >>>")
    )  # the latter: a head
    quoted = _QUOTE.match(line) if ">" in line[:4] and not own else None
    return (quoted[0].count(">"), line[quoted.end() :]) if quoted else (0, line)


def clean(text: str) -> str:
    """Every kind of blank as a plain one; a tab parts a label from its value."""
    return text.rstrip("\r") if text.isascii() else _SPACES.sub(" ", text.rstrip("\r"))


def block(row: Row, *, answer: bool = False) -> Block:
    """The row as it is handed out, its bullet taken off."""
    if row.table is not None:
        return Table(row.table, row.number, row.part)
    marker = BULLET.match(row.text)
    text = row.text[marker.end() :] if marker else row.text
    return Line(text.strip(), row.number, row.part, row.bullet or marker is not None, answer)


def blocks(rows: list[Row]) -> tuple[Block, ...]:
    """The rows that show something, as they are handed out."""
    return tuple(block(row) for row in rows if not row.blank)


def text_of(rows: list[Row]) -> str:
    """The rows as text, one line each, runs of empty ones as one."""
    lines: list[str] = []
    for row in rows:
        if not row.blank or (lines and lines[-1]):
            lines.append(row.text)
    return "\n".join(lines).strip("\n")
