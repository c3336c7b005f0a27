"""Rows to whose words they are: new, quoted, forwarded."""

from dataclasses import dataclass, field

from dplmaild.reading.visible.heads import Opening, attribution_end, opening_at
from dplmaild.reading.visible.rows import Row


@dataclass(slots=True)
class Cut:
    """The rows of one body, sorted. `answers` are the numbers of new rows typed between quoted ones."""

    new: list[Row] = field(default_factory=list)
    quoted: list[Row] = field(default_factory=list)
    opening: Opening | None = None  # the forwarded message, its words in `forwarded`
    forwarded: list[Row] = field(default_factory=list)
    answers: set[int] = field(default_factory=set)


def cut(rows: list[Row], *, forwards: bool) -> Cut:
    """Sort the rows in one pass; `forwards` says that the subject calls this mail a forward."""
    done = Cut()
    at = 0
    while at < len(rows):
        row = rows[at]
        opening = opening_at(rows, at) if row.depth == 0 or _begins_quote(rows, at) else None
        if opening is not None and (row.depth == 0 or opening.forwarded or forwards):
            _rest(done, rows, opening, forwards=forwards)
            break
        if row.depth > 0:
            done.quoted.append(row)
            at += 1
            continue
        end = attribution_end(rows, at)
        if end is None:
            done.new.append(row)
            at += 1
            continue
        done.quoted += rows[at:end]
        at = end
        if not _quote_follows(rows, end):
            done.quoted += rows[end:]
            break
    _mark_answers(done)
    return done


def _begins_quote(rows: list[Row], at: int) -> bool:
    before = at - 1
    while before >= 0 and rows[before].blank:
        before -= 1
    return before < 0 or rows[before].depth == 0


def _quote_follows(rows: list[Row], at: int) -> bool:
    while at < len(rows) and rows[at].blank:
        at += 1
    return at < len(rows) and rows[at].depth > 0


def _rest(done: Cut, rows: list[Row], opening: Opening, *, forwards: bool) -> None:
    """Everything from a header block on belongs to the other message."""
    if opening.forwarded or (forwards and not done.quoted):
        done.opening = opening
        done.forwarded = rows[opening.body :]
    else:
        done.quoted += rows[opening.at :]


def _mark_answers(done: Cut) -> None:
    """New rows below the first quoted row are answers when they stand between quoted rows."""
    quoted = [row.number for row in done.quoted if row.depth > 0 and not row.blank]
    if not quoted:
        return
    between = {row.number for row in done.new if not row.blank and quoted[0] < row.number < quoted[-1]}
    if between:
        between |= {row.number for row in done.new if not row.blank and row.number > quoted[-1]}
    done.answers = between
