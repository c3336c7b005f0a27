"""Where another message begins with a separator or a header block, found by one pass over rows."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from dplmaild.reading.visible.people import ADDRESS, person, recipients
from dplmaild.reading.visible.rows import Mark, Row
from dplmaild.reading.visible.separator import Kind, separator
from dplmaild.reading.visible.words import HEADS, Head

MAX_HEAD_ROWS = 40  # a header block with long recipient lists ends at the latest here
MIN_TABLE = 3  # rows of a table that is a header block
MAX_RUN_ON = 4_000  # characters of a header block whose line breaks were lost
MAX_ONE_LINE = 500  # the same where no separator announces it
MAX_LABEL = max(map(len, HEADS))
MANY_LABELS, FEW_LABELS = 60, 8  # colons that are looked at
MANY_COLONS = 3  # a sender's, a date's and a time's
MAX_BARE_LABELS = 8  # header lines without a colon
SHORT_RULER = 4  # signs of a line that may stand above a header block

_LABEL = re.compile(r"^[ \t>*_]{0,40}([^\s:：*_>][^:：]{0,28}?)[ \t*_]{0,6}[:：][ \t*_]{0,6}(.{0,1000})")
_RULER = re.compile(r"[-_=‐—*\s]{0,80}")
_COLON = re.compile(r"[ \t\u00a0]{0,2}[:：]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d\d\b|(?:19|20)\d\d[年년]")
_TIME = re.compile(r"\b\d{1,2} ?[:.h時时시] ?\d\d|\b\d{1,2} ?(?:am|pm|uhr|h)\b", re.IGNORECASE)
_ONCE = frozenset({Head.FROM, Head.SUBJECT})
_PLACE = re.compile(r"[A-Z]{2,5}\d{0,2}|test|staging|production|produktion|producción|producció", re.ASCII)  # from UAT
_VERSION = re.compile(r"[vV]?\d{1,9}(?:\.\d{1,9}){1,6}\S{0,20}")


@dataclass(frozen=True, slots=True)
class Opening:
    """Where another message opens: its head covers rows `at` up to `body`, where its own words start."""

    at: int
    body: int
    forwarded: bool = False  # a separator said so; otherwise the subject of the mail around it decides
    name: str | None = None
    address: str | None = None
    date: str | None = None
    subject: str | None = None
    to: tuple[str, ...] = ()
    label: str = ""  # how the sender's line is labelled, which tells the language

    @property
    def sender(self) -> str | None:
        """The address, or else the name."""
        return self.address or self.name


@dataclass(slots=True)
class _Said:
    """What the lines of a header block say so far."""

    values: dict[Head, str] = field(default_factory=dict)
    last: Head | None = None
    label: str = ""

    def add(self, head: Head, label: str, value: str) -> None:
        """One more labelled line; the first of a kind counts."""
        self.last = head
        if head is Head.FROM and not self.label:
            self.label = label
        self.values.setdefault(head, value)

    def go_on(self, text: str) -> None:
        """A line that goes on with the one above."""
        if self.last is not None:
            self.values[self.last] = f"{self.values[self.last]} {text.strip()}".strip()

    def closes(self, head: Head) -> bool:
        """Whether a label that was there before begins another block."""
        return head in self.values and (head in _ONCE or (head is not Head.OTHER and self.named))

    @property
    def named(self) -> bool:
        """Whether sender and subject are known."""
        return Head.FROM in self.values and Head.SUBJECT in self.values


def opening_at(rows: list[Row], at: int) -> Opening | None:
    """The message that opens at this row, None when none does."""
    row = rows[at]
    if row.blank:
        return None
    if row.table is not None:
        return _header_block(rows, at, at, sure=False) if _heads_of(row) else None
    kind, rest = separator(row.text)
    ruler = len(row.text) >= SHORT_RULER and _RULER.fullmatch(row.text) is not None
    marked = row.mark is Mark.HEADER
    if kind is Kind.NONE and not ruler and not marked and not _may_begin(rows, at):
        return None
    announced = kind in (Kind.ORIGINAL, Kind.FORWARDED)
    if rest and announced:
        opening = _run_on(rest, at, sure=True) or Opening(at, at + 1)
        return replace(opening, forwarded=kind is Kind.FORWARDED)
    start = next_filled(rows, at + 1) if kind is not Kind.NONE or ruler else at
    head = _header_block(rows, start, at, sure=kind is not Kind.NONE or marked)
    if head is None and row.text.count(":") >= MANY_COLONS and ADDRESS.search(row.text):
        head = _run_on(row.text[:MAX_ONE_LINE], at, sure=False)
    if head is None and announced:
        head = _header_block(_with_colons(rows, start), start, at, sure=True)
    if head is None and (announced or marked):
        head = Opening(at, min(start, len(rows)) if announced else at)
    return replace(head, forwarded=True) if head and kind is Kind.FORWARDED else head


def _may_begin(rows: list[Row], at: int) -> bool:
    """Whether a head may begin with this line: not where it would only lack a line above that says as little."""
    found = _head_of(rows[at].text)
    if found is None or found[0] in _ONCE:
        return found is not None
    above = _head_of(rows[at - 1].text) if at and rows[at - 1].table is None else None
    return above is None or above[0] in _ONCE or rows[at - 1].depth != rows[at].depth


def next_filled(rows: list[Row], at: int) -> int:
    """The first row from here that shows something."""
    while at < len(rows) and rows[at].blank:
        at += 1
    return at


def is_full_date(text: str) -> bool:
    """Whether a text holds a date with its year and a time of day."""
    return has_year(text) and _TIME.search(text) is not None


def has_year(text: str) -> bool:
    """Whether a text holds a date with its year."""
    return _YEAR.search(text) is not None


@lru_cache(maxsize=64)  # the lines of a block are looked at again from each of them
def _head_of(text: str) -> tuple[Head, str, str] | None:
    """What a header line says, its label and its value; None when it is no header line."""
    found = _LABEL.match(text)
    if found is None:
        return None
    label = found[1].strip("\u00a0 ").lower().replace("’", "'")
    head = HEADS.get(label) or (None if label.isascii() else HEADS.get(label.replace(" ", "")))  # `主 题`
    return (head, label, found[2].strip(" \t*")) if head else None


def _heads_of(row: Row) -> list[tuple[Head, str, str]]:
    """What a row says as header line; a table of labels and values, as Lotus Notes writes it, says several things."""
    if row.table is None:
        found = _head_of(row.text)
        return [found] if found else []
    pairs = [cells for cells in row.table if any(cells)]
    if not (MIN_TABLE <= len(pairs) <= MAX_HEAD_ROWS) or any(len(cells) < 2 for cells in pairs):
        return []
    lines = [_head_of(f"{cells[0].rstrip(' :：')}: {' '.join(cells[1:])}".replace("\n", " ")) for cells in pairs]
    heads = [line for line in lines if line is not None]
    return heads if len(heads) == len(pairs) else []


def _header_block(rows: list[Row], start: int, at: int, *, sure: bool) -> Opening | None:
    """The header block from `start`, if it is one: a sender, and a subject, an address or a full date.

    A list of fields (`From: 11.0.1`, `To: 11.0.2`) is none. `sure` is a separator or markup that has announced it.
    """
    said = _Said()
    here, body = start, start
    while here < len(rows) and here - start < MAX_HEAD_ROWS:
        row = rows[here]
        found = _heads_of(row)
        if found:
            if any(said.closes(head) for head, _, _ in found):
                break
            for each in found:
                said.add(*each)
            body = here + 1
        elif not row.blank and _goes_on(rows, here, said):
            said.go_on(row.text)
            body = here + 1
        elif not row.blank or (here > body and said.named):
            break
        here += 1
    alone = body >= len(rows) or rows[body].blank
    return _judged(said, at, body, sure=sure, alone=alone)


def _with_colons(rows: list[Row], start: int) -> list[Row]:
    """The rows with a colon behind the labels that begin them, which eM Client leaves out below its separator."""
    done = list(rows)
    for at in range(start, min(start + MAX_BARE_LABELS, len(rows))):
        label, blank, value = rows[at].text.partition(" ")
        if not blank or rows[at].table is not None or label.lower() not in HEADS:
            break
        done[at] = replace(rows[at], text=f"{label}: {value}")
    return done


def _goes_on(rows: list[Row], at: int, said: _Said) -> bool:
    """Whether a line goes on with the header above it: more recipients, a long subject, the value below its label."""
    head, text = said.last, rows[at].text
    if head is None or rows[at].table is not None:
        return False
    if not said.values[head]:
        return len(text) < 200
    if head is Head.SUBJECT:
        return at + 1 < len(rows) and len(text) < 200 and _head_of(rows[at + 1].text) is not None
    more = "@" in text or said.values[head].endswith((",", ";"))
    return head in (Head.TO, Head.OTHER, Head.FROM) and more and len(text) < 1000


def _judged(said: _Said, at: int, body: int, *, sure: bool, alone: bool) -> Opening | None:
    values = said.values
    sender = values.get(Head.FROM, "")
    if not sender or _VERSION.fullmatch(sender):
        return None
    if _PLACE.fullmatch(sender) and _PLACE.fullmatch(values.get(Head.TO, "")):
        return None
    date = values.get(Head.DATE, "")
    addressed = ADDRESS.search(sender) is not None
    dated = is_full_date(date)
    known = dated or addressed or ADDRESS.search(values.get(Head.TO, "")) is not None
    whole = Head.SUBJECT in values or (dated and addressed and alone)
    if not known or not (sure or whole):
        return None
    name, address = person(sender)
    to = recipients(values.get(Head.TO, ""))
    return Opening(at, body, False, name, address, date or None, values.get(Head.SUBJECT) or None, to, said.label)


def _run_on(text: str, at: int, *, sure: bool) -> Opening | None:
    """A header block in one line, as programs write it that make text of HTML by dropping the tags."""
    said = _Said()
    found = _labels(text[:MAX_RUN_ON], MANY_LABELS if sure else FEW_LABELS)
    for (_, label, start), (end, _, _) in zip(found, [*found[1:], (len(text), "", 0)][: len(found)], strict=True):
        if not (HEADS[label] in said.values and said.named):
            said.add(HEADS[label], label, text[start:end].strip(" \t*"))
    return _judged(said, at, at + 1, sure=sure, alone=True) if len(said.values) > 1 else None


def _labels(text: str, most: int) -> list[tuple[int, str, int]]:
    """Where labels stand in a line, glued to what is before them or not: start, label, start of the value."""
    found: list[tuple[int, str, int]] = []
    for colon in islice(_COLON.finditer(text), most):
        left = text[max(colon.start() - MAX_LABEL, 0) : colon.start()]
        label = next((left[cut:] for cut in range(len(left)) if _is_label(left[cut:])), None)
        if label is not None:
            found.append((colon.start() - len(label), label.lower(), colon.end()))
    return found


def _is_label(word: str) -> bool:
    return not word[0].islower() and word.lower() in HEADS
