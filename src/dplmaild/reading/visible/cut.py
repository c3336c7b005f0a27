"""Rows to whose words they are: new, quoted, forwarded."""

import re
from dataclasses import dataclass, field, replace

from dplmaild.reading.visible.attribution import attribution_at
from dplmaild.reading.visible.heads import Opening, next_filled, opening_at
from dplmaild.reading.visible.rows import Row

_OPEN_LINK = re.compile(r"[(<]https?://[^\s()<>]{1,2000}$")
_LINKS_END = re.compile(r"^[^\s()<>]{1,2000}[)>]$")
_OF_LINKS = frozenset("/=&?#%_")  # what a link has and a word has not
LONG_LINE = 60  # characters from which on a mail program breaks a quoted line


@dataclass(slots=True)
class Cut:
    """The rows of one body, sorted. `answers` are the numbers of new rows typed between quoted ones."""

    new: list[Row] = field(default_factory=list)
    quoted: list[Row] = field(default_factory=list)
    opening: Opening | None = None  # the forwarded message, its words in `forwarded`
    forwarded: list[Row] = field(default_factory=list)
    answers: set[int] = field(default_factory=set)


def cut(rows: list[Row], *, forwards: bool, replies: frozenset[str] = frozenset()) -> Cut:
    """Sort the rows in one pass.

    `forwards` says that the subject calls this mail a forward; where the sender is labelled with one of `replies`, the
    same subject calls it a reply.
    """
    done = Cut()
    at = 0
    while at < len(rows):
        row = rows[at]
        opening = opening_at(rows, at) if row.depth == 0 or _begins_quote(rows, at) else None
        if opening is not None and _opens(opening, done, row, forwards=forwards):
            _rest(done, rows, opening, forwards=forwards and opening.label not in replies)
            break
        if row.depth > 0:
            done.quoted.append(row)
            at += 1
            continue
        end = _introduced(done, rows, at, forwards=forwards and not replies)
        if end is None:
            (done.quoted if _is_broken_quote(rows, at) else done.new).append(row)
        at = at + 1 if end is None else end
    _mark_answers(done)
    return done


def _opens(opening: Opening, done: Cut, row: Row, *, forwards: bool) -> bool:
    """Whether a head counts; inside a quote only where the quote is the forward, not where it holds one."""
    return row.depth == 0 or ((opening.forwarded or forwards) and not done.quoted)


def _introduced(done: Cut, rows: list[Row], at: int, *, forwards: bool) -> int | None:
    """Where the reading goes on after an attribution line; None when there is none here."""
    found = attribution_at(rows, at)
    if found is None:
        return None
    if found.before:
        done.new.append(replace(rows[at], text=found.before))
    if forwards and not done.quoted:
        below = next_filled(rows, found.end)
        head = opening_at(rows, below) if below < len(rows) else None
        if head is not None and head.sender is not None:
            _rest(done, rows, head, forwards=True)
            return len(rows)
        name, address, date = found.author()
        _pass_on(done, rows, Opening(at, found.end, False, name, address, date), _depth_at(rows, found.end))
        return len(rows)
    done.quoted += rows[at : found.end]
    after = next_filled(rows, found.end)
    if after < len(rows) and rows[after].depth > 0:
        return found.end
    done.quoted += rows[found.end :]
    return len(rows)


def _is_broken_quote(rows: list[Row], at: int) -> bool:
    """Whether an unmarked line is the end of the long quoted line above it, or of its link, which a program broke."""
    if not 0 < at < len(rows) - 1:
        return False
    above, text, below = rows[at - 1], rows[at].text, rows[at + 1]
    if not (above.depth > 0 and below.depth > 0):
        return False
    if _OPEN_LINK.search(above.text) and _LINKS_END.match(text) and not _OF_LINKS.isdisjoint(text):
        return True
    long = len(above.text) >= LONG_LINE
    return long and text[:1].islower() and above.text[-1:].isalpha() and len(text) < len(above.text)


def _begins_quote(rows: list[Row], at: int) -> bool:
    before = at - 1
    while before >= 0 and rows[before].blank:
        before -= 1
    return before < 0 or rows[before].depth == 0


def _rest(done: Cut, rows: list[Row], opening: Opening, *, forwards: bool) -> None:
    """Everything from a header block on belongs to the other message."""
    if opening.forwarded or (forwards and not done.quoted):
        head = rows[opening.body - 1].depth if opening.sender else _depth_at(rows, opening.body)
        _pass_on(done, rows, opening, head)
    else:
        done.quoted += rows[opening.at :]


def _pass_on(done: Cut, rows: list[Row], opening: Opening, depth: int) -> None:
    """Sort the rows of a forward: quoted as a whole (Apple Mail), it ends with its marks; own words may follow a gap.

    `depth` is how deeply it is quoted. Words between its marked rows stay its own: a line that lost its mark is not to
    become the forwarder's order.
    """
    done.opening = opening
    last = max((at for at in range(opening.body, len(rows)) if rows[at].depth >= depth), default=opening.body)
    end = next((at for at in range(last + 1, len(rows)) if rows[at].blank), len(rows))
    done.forwarded = [replace(row, depth=max(row.depth - depth, 0)) for row in rows[opening.body : end]]
    done.new += rows[end:]


def _depth_at(rows: list[Row], at: int) -> int:
    """How deeply the first row that shows something is quoted."""
    first = next_filled(rows, at)
    return rows[first].depth if first < len(rows) else 0


def _mark_answers(done: Cut) -> None:
    """New rows below the first quoted row are answers when they stand between quoted rows."""
    quoted = [row.number for row in done.quoted if row.depth > 0 and not row.blank]
    if not quoted:
        return
    between = {row.number for row in done.new if not row.blank and quoted[0] < row.number < quoted[-1]}
    if between:
        between |= {row.number for row in done.new if not row.blank and row.number > quoted[-1]}
    done.answers = between
