"""What was typed into a quoted form of ours, or below a quoted label."""

import re
from dataclasses import replace

from dplmaild.reading.visible.blocks import FORM_MARK, Block, Line
from dplmaild.reading.visible.cut import Cut
from dplmaild.reading.visible.rows import Row, block, clean

MAX_FORM = 200  # rows below the mark

_LABEL_VALUE = re.compile(r"\s{0,20}[^:\s][^:]{0,80}:(?!//)\s{0,20}(\S.{0,5000})?")
_MARK = FORM_MARK.strip("- ")


def answered(done: Cut) -> tuple[tuple[Block, ...], list[str]]:
    """The new blocks in the order of the page, and their text: own words, answers, filled-in form lines."""
    filled = _filled_in(done.quoted)
    labels = _labels_above(done)
    blocks: list[tuple[int, Block, str]] = [(line.number, line, line.text) for line in filled]
    blocks += [
        (row.number, _new_block(row, row.number in done.answers, labels.get(row.number)), row.text)
        for row in done.new
        if not row.blank
    ]
    blocks.sort(key=lambda each: each[0])
    return tuple(each for _, each, _ in blocks), [line.text for line in filled]


def _new_block(row: Row, answer: bool, label: str | None) -> Block:
    plain = block(row, answer=answer or label is not None)
    if label is None or not isinstance(plain, Line):
        return plain
    if label.endswith("?"):
        return replace(plain, question=label)
    return Line(f"{label} {plain.text}", plain.number, plain.part, plain.bullet, answer=True)


def _labels_above(done: Cut) -> dict[int, str]:
    """For new rows right below a quoted `Label:` without a value, or a quoted question: that, by the row's number."""
    below: dict[int, str] = {}
    above: Row | None = None
    for row in sorted(done.new + done.quoted, key=lambda row: row.number):
        if row.blank:
            continue
        waiting = above is not None and above.depth > 0 and _is_empty_label(above)
        if above is not None and waiting and row.depth == 0 and row.table is None and not _LABEL_VALUE.match(row.text):
            below[row.number] = above.text.strip()
        above = row
    return below


def _is_empty_label(row: Row) -> bool:
    text = row.text.strip()
    return row.table is None and 1 < len(text) <= 62 and text.endswith((":", "?"))


def _filled_in(quoted: list[Row]) -> list[Line]:
    """The filled-in lines of the uppermost quoted form; it ends at its end mark."""
    start = next((at for at, row in enumerate(quoted) if is_form_mark(row)), None)
    if start is None:
        return []
    lines: list[Line] = []
    open_value = False
    for row in quoted[start + 1 : start + 1 + MAX_FORM]:
        if row.text.lstrip().startswith("----"):
            break
        found = _values(row)
        lines += found
        if not found and open_value and not row.blank and not _LABEL_VALUE.match(row.text):
            lines.append(Line(row.text.strip(), row.number, row.part, row.bullet, answer=True))
        else:
            open_value = bool(found) and row.table is None
    return lines


def is_form_mark(row: Row) -> bool:
    """Whether this row is the mark above a form of ours, its dashes rewritten by a mail program or not."""
    return row.table is None and row.text.strip(" -–—*").lower() == _MARK


def _values(row: Row) -> list[Line]:
    pairs = row.table if row.table is not None else ()
    lines = [f"{cells[0].rstrip(' :')}: {cells[1]}" for cells in pairs if len(cells) >= 2 and cells[0] and cells[1]]
    label = _LABEL_VALUE.match(row.text) if row.table is None else None
    if label and label[1]:
        lines.append(clean(row.text).strip())
    return [Line(text, row.number, row.part, answer=True) for text in lines]
