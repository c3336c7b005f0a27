"""HTML to rows: one walk over the tree, tables kept, hidden and struck-out words left out."""

from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dplmaild.reading.mime import strip_invisible
from dplmaild.reading.visible.markup import EMPTY, NO_EFFECT, SKIPPED, WHITESPACE, Effect, effect_of, quotes
from dplmaild.reading.visible.rows import MAX_LINES, Mark, Row, clean, marked, rows_of_text
from dplmaild.reading.visible.shape import too_deep, without_tags
from dplmaild.reading.visible.tables import lays_out, own_cells, span

MAX_HTML = 1_000_000
MAX_TABLES_DEEP = 12  # tables in tables that are looked at as tables


@dataclass(frozen=True, slots=True)
class _Where:
    """What surrounds the place the walk has reached."""

    depth: int = 0
    hidden: bool = False
    dark: bool = False  # a background was set, so white letters can be seen
    signature: bool = False
    preformatted: bool = False
    tables: int = 0


@dataclass(slots=True)
class _Writer:
    """The rows written so far and the line being put together."""

    part: str
    rows: list[Row] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    mark: Mark | None = None
    bullet: bool = False
    dropped: bool = False  # hidden text stood in the line being put together
    in_cell: bool = False  # tables met here are put aside, not written
    inner: list[tuple[LexborNode, _Where]] = field(default_factory=list)

    def flush(self, where: _Where, *, even_blank: bool = False) -> None:
        """End the line."""
        if not self.pieces:
            if even_blank:
                self._add(Row("", self._number(), self.part, where.depth))
            return
        written = "".join(self.pieces)
        text = strip_invisible(clean(written)).strip(" ")
        marks, text = (0, text) if self.in_cell else marked(text)
        self.pieces.clear()
        if text or marks:
            depth = where.depth + marks
            self._add(Row(text, self._number(), self.part, depth, self.bullet, self._taken(where), None, self.dropped))
            self.bullet = self.dropped = False
        elif even_blank or "\u00a0" in written:
            self._add(Row("", self._number(), self.part, where.depth))

    @property
    def full(self) -> bool:
        """Whether no further row is kept, so that nothing behind need be looked at."""
        return len(self.rows) >= MAX_LINES

    def _number(self) -> int:
        return len(self.rows) + 1

    def _taken(self, where: _Where) -> Mark | None:
        """The mark for the row to write; a header's mark is spent by it."""
        mark, self.mark = self.mark, None
        return mark or (Mark.SIGNATURE if where.signature else None)

    def table(self, rows: tuple[tuple[str, ...], ...], where: _Where, *, hidden: bool) -> None:
        """Write a table as one row."""
        self.flush(where)
        text = "\n".join(" | ".join(cell.replace("\n", " ") for cell in cells) for cells in rows)
        self._add(Row(text, self._number(), self.part, where.depth, False, self._taken(where), rows, hidden))

    def gap(self, where: _Where) -> None:
        """An empty line between paragraphs, never two."""
        if self.rows and not self.rows[-1].blank:
            self._add(Row("", self._number(), self.part, where.depth))

    def _add(self, row: Row) -> None:
        if not self.full:
            self.rows.append(row)


def rows_of_html(html: str, part: str) -> tuple[Row, ...]:
    """A page as rows. Each node is entered once and left once; no recursion, so depth does not matter."""
    page = html[:MAX_HTML]
    if too_deep(page):
        return tuple(replace(row, hidden=True) for row in rows_of_text(without_tags(page), part) if row.text.strip())
    root = LexborHTMLParser(page).root
    writer = _Writer(part)
    if root is not None:
        _walk(root, writer, _Where())
        writer.flush(_Where())
    return tuple(writer.rows)


def _walk(root: LexborNode, writer: _Writer, where: _Where) -> None:
    stack: list[tuple[LexborNode, _Where, Effect]] = []
    node: LexborNode | None = root
    while node is not None and not writer.full:
        inner, effect = _enter(node, where, writer)
        child = node.child if inner is not None else None
        if child is not None and inner is not None:
            stack.append((node, where, effect))
            node, where = child, inner
            continue
        if inner is not None:
            _edge(effect, where, writer, around=where)
        following = node.next if stack else None
        while following is None and stack:
            parent, outer, effect = stack.pop()
            _edge(effect, where, writer, around=outer)
            where = outer
            following = parent.next if stack else None
        node = following


def _enter(node: LexborNode, where: _Where, writer: _Writer) -> tuple[_Where | None, Effect]:
    """Begin a node; None when nothing below it is to be read."""
    tag = node.tag or ""
    if tag == "-text":
        _text(node, where, writer)
        return None, NO_EFFECT
    if tag in SKIPPED or tag.startswith("-"):
        return None, NO_EFFECT
    if tag == "br":
        writer.flush(where, even_blank=True)
    elif tag == "input":
        _tick(node, writer)
    if tag in EMPTY:
        return None, NO_EFFECT
    effect = effect_of(tag, tuple(node.attributes.items()))
    _edge(effect, where, writer, around=where)
    if tag == "li":
        writer.bullet = True
    inner = _inside(node, effect, where, writer)
    if tag == "table" and not inner.hidden and where.tables < MAX_TABLES_DEEP:
        return _table(node, inner, writer), effect
    return inner, effect


def _edge(effect: Effect, where: _Where, writer: _Writer, *, around: _Where) -> None:
    """Where a block begins or ends, the line ends; the gap beside it is part of what stands around it."""
    if effect.block:
        if writer.pieces:
            writer.flush(where)
        if effect.spaced:
            writer.gap(around)


def _text(node: LexborNode, where: _Where, writer: _Writer) -> None:
    raw = node.text_content or ""
    if where.hidden:
        writer.dropped = writer.dropped or bool(strip_invisible(raw).strip())
    elif where.preformatted:
        first, *rest = raw.split("\n")
        writer.pieces.append(first)
        for line in rest:
            if writer.full:
                break
            writer.flush(where, even_blank=True)
            writer.pieces.append(line)
    else:
        text = " " if raw == "\n" else WHITESPACE.sub(" ", raw)
        if not writer.pieces or writer.pieces[-1].endswith(" "):
            text = text.removeprefix(" ")
        if text:
            writer.pieces.append(text)


def _tick(node: LexborNode, writer: _Writer) -> None:
    attributes = node.attributes
    if (attributes.get("type") or "").lower() in ("checkbox", "radio"):
        writer.pieces.append("[x] " if "checked" in attributes else "[ ] ")


def _inside(node: LexborNode, effect: Effect, where: _Where, writer: _Writer) -> _Where:
    """What surrounds the children of this element."""
    if effect.plain:
        return where
    if effect.header:
        writer.mark = Mark.HEADER
    dark = where.dark or effect.dark
    return _Where(
        depth=where.depth + quotes(node, effect),
        hidden=where.hidden or effect.hides or (effect.white and not dark),
        dark=dark,
        signature=where.signature or effect.signature,
        preformatted=where.preformatted or effect.preformatted,
        tables=where.tables + effect.table,
    )


def _table(node: LexborNode, where: _Where, writer: _Writer) -> _Where | None:
    """Write a data table; a table that only lays out the page is walked like any other element."""
    if writer.in_cell:
        writer.inner.append((node, where))
        return None
    headers = "moz-email-headers-table" in (node.attributes.get("class") or "")
    if not headers and node.css_first("blockquote, #divRplyFwdMsg, .gmail_quote") is not None:
        return where
    cells = _Cells(writer, where)
    rows = tuple(tuple(cells.row(row)) for row in own_cells(node))
    if not headers and lays_out(rows):
        return where
    if headers:
        for row in rows:
            writer.pieces.append(" ".join(row))
            writer.flush(where)
    else:
        writer.table(tuple(row for row in rows if any(row)), where, hidden=cells.dropped)
    for inner, around in cells.inner:
        _table_or_lines(inner, around, writer)
    return None


def _table_or_lines(node: LexborNode, where: _Where, writer: _Writer) -> None:
    """A table that stood in a cell, written below the table it stood in."""
    if _table(node, where, writer) is not None:
        _walk(node, writer, replace(where, tables=MAX_TABLES_DEEP))
        writer.flush(where)


@dataclass(slots=True)
class _Cells:
    """Reads cells as text of their own, tables inside them put aside."""

    outer: _Writer
    where: _Where
    dropped: bool = False
    inner: list[tuple[LexborNode, _Where]] = field(default_factory=list)

    def row(self, cells: list[LexborNode]) -> list[str]:
        """The texts of one row; a cell that spans columns is followed by empty ones."""
        texts: list[str] = []
        where = self._around(cells[0]) if cells else self.where
        for cell in cells:
            texts += [self._text(cell, where), *[""] * (span(cell) - 1)]
        return texts

    def _around(self, cell: LexborNode) -> _Where:
        """What the row and its section say of their cells: struck out, hidden, a coloured ground for white letters."""
        row = cell.parent
        section = row.parent if row is not None else None
        where = self.where
        for node in (section, row):
            if node is not None and node.tag != "table":
                where = _inside(node, effect_of(node.tag or "", tuple(node.attributes.items())), where, self.outer)
        return where

    def _text(self, cell: LexborNode, where: _Where) -> str:
        writer = _Writer(self.outer.part, in_cell=True)
        _walk(cell, writer, where)
        writer.flush(where)
        self.dropped = self.dropped or writer.dropped or any(row.hidden for row in writer.rows)
        self.inner += writer.inner
        return "\n".join(("- " if row.bullet else "") + row.text for row in writer.rows if row.text)
