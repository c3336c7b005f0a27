"""Where another message begins: separators, header blocks and attribution lines, found by one pass over rows."""

import re
from dataclasses import dataclass

from dplmaild.reading.visible.rows import Mark, Row
from dplmaild.reading.visible.words import HEADS, Head, each

MAX_HEAD_ROWS = 40  # a header block with long recipient lists ends at the latest here

_LABEL = re.compile(r"[ \t>*_]{0,8}([^\s:：*_][^:：]{0,28}?)[ \t*_]{0,6}[:：][ \t*_]{0,6}(.{0,1000})")
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w.-]{1,200}\.\w{2,24}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d\d\b|20\d\d年")
_TIME = re.compile(r"\b\d{1,2} ?[:.h時时] ?\d\d|\b\d{1,2} ?(?:am|pm|uhr|h)\b", re.IGNORECASE)
_VERSION = re.compile(r"[vV]?\d{1,9}(?:\.\d{1,9}){1,6}\S{0,20}")
_RULER = re.compile(r"[-_=‐—*\s]{0,80}")
_FRAME = re.compile(r"^[-_=‐–—*>\s]{1,80}|[-_=‐–—*:：\s]{1,80}$")
_WORD = re.compile(r"[\w()]+")
_STARTS_WITH_DATE = re.compile(r"\W{0,3}(?:\w{2,12}[.,]{0,2} )?\d{1,4}[-./ ]")

_ORIGINAL = each("original")
_FORWARDED = each("forwarded")
_WROTE = each("wrote")
_WROTE_WORDS = frozenset(verb for verb in _WROTE if " " not in verb)
_WROTE_PHRASES = tuple(verb for verb in _WROTE if " " in verb or not verb.isascii())
_INTRO = tuple(f"{word} " if word.isalpha() and word[0] < "\u3000" else word for word in each("intro"))


@dataclass(frozen=True, slots=True)
class Opening:
    """Where another message opens: its head covers rows `at` up to `body`, where its own words start."""

    at: int
    body: int
    forwarded: bool = False  # a separator said so; otherwise the subject of the mail around it decides
    sender: str | None = None
    date: str | None = None
    subject: str | None = None


def opening_at(rows: list[Row], at: int) -> Opening | None:
    """The message that opens at this row, None when none does."""
    row = rows[at]
    if row.blank or row.table is not None:
        return None
    separator = _separator(row.text)
    ruler = len(row.text) >= 8 and _RULER.fullmatch(row.text) is not None
    if not separator and not ruler and row.mark is not Mark.HEADER and _head_of(row.text) is None:
        return None
    start = _next_filled(rows, at + 1) if separator or ruler else at
    head = _header_block(rows, start, sure=bool(separator) or row.mark is Mark.HEADER)
    if head is not None:
        return Opening(at, head.body, separator == "forwarded", head.sender, head.date, head.subject)
    if separator:
        return Opening(at, min(start, len(rows)), separator == "forwarded")
    if row.mark is Mark.HEADER:
        return Opening(at, at)
    return None


def _separator(text: str) -> str:
    """Which kind of message a separator line announces; "" when it is none."""
    if len(text) > 120:
        return ""
    bare = _FRAME.sub("", _FRAME.sub("", text)).strip().lower()
    framed = text.lstrip("> ")[:2] in ("--", "==", "__", "‐‐", "——") or text.rstrip()[-1:] in ":："
    if not framed:
        return ""
    if bare in _FORWARDED or any(
        bare.startswith(word + " ")
        for word in _FORWARDED
        if word.endswith((" by", " von", " por", " per", " da", " door", " par"))
    ):
        return "forwarded"
    return "original" if bare in _ORIGINAL else ""


def _next_filled(rows: list[Row], at: int) -> int:
    while at < len(rows) and rows[at].blank:
        at += 1
    return at


def _head_of(text: str) -> tuple[Head, str] | None:
    """What a header line says and its value; None when it is no header line."""
    label = _LABEL.match(text)
    head = HEADS.get(label[1].strip().lower().replace("’", "'")) if label else None
    return (head, label[2].strip()) if label and head else None


def _header_block(rows: list[Row], start: int, *, sure: bool) -> Opening | None:
    """The header block from `start`, if it is one: a sender, a subject, and an address or a full date.

    A list of fields (`From: 11.0.1`, `To: 11.0.2`) is none. `sure` is a separator or markup that has announced it.
    """
    said: dict[Head, str] = {}
    at, body = start, start
    last: Head | None = None
    while at < len(rows) and at - start < MAX_HEAD_ROWS:
        row = rows[at]
        found = _head_of(row.text) if row.table is None else None
        if found is not None:
            last = found[0]
            if last in said and last is not Head.OTHER and {Head.FROM, Head.SUBJECT} <= said.keys():
                break
            said.setdefault(last, found[1])
            body = at + 1
        elif not row.blank and last is not None and _goes_on(row.text, last, said):
            said[last] = f"{said[last]} {row.text.strip()}".strip()
            body = at + 1
        elif not row.blank or (at > body and said.keys() >= {Head.FROM, Head.SUBJECT}):
            break
        at += 1
    return _judged(start, body, said, sure=sure)


def _goes_on(text: str, head: Head, said: dict[Head, str]) -> bool:
    """Whether a line goes on with the header above it: more recipients, or the value below its label."""
    if not said[head]:
        return len(text) < 200
    return (
        head in (Head.TO, Head.OTHER, Head.FROM)
        and ("@" in text or said[head].endswith((",", ";")))
        and len(text) < 1000
    )


def _judged(start: int, body: int, said: dict[Head, str], *, sure: bool) -> Opening | None:
    sender = said.get(Head.FROM, "")
    if not sender or _VERSION.fullmatch(sender):
        return None
    dated = is_full_date(said.get(Head.DATE, ""))
    addressed = bool(_ADDRESS.search(sender) or _ADDRESS.search(said.get(Head.TO, "")))
    if not (dated or addressed) or not (sure or Head.SUBJECT in said):
        return None
    return Opening(start, body, False, _sender(sender), said.get(Head.DATE) or None, said.get(Head.SUBJECT) or None)


def _sender(text: str) -> str:
    address = _ADDRESS.search(text)
    return address[0].lower() if address else text.strip(" <>\"'")


def is_full_date(text: str) -> bool:
    """Whether a text holds a date with its year and a time of day."""
    return bool(_YEAR.search(text) and _TIME.search(text))


def attribution_end(rows: list[Row], at: int) -> int | None:
    """The row after an attribution line (`On Monday, Jane wrote:`) that starts here; it may run over four rows."""
    first = rows[at].text.strip(" *>")
    lowered = first.lower()
    if rows[at].table is not None or not first or len(first) > 400 or not _may_start(lowered):
        return None
    joined = ""
    last = at + 4 if _YEAR.search(first) or "@" in first else at + 1  # only a line with a date or address goes on
    for end in range(at, min(last, len(rows))):
        row = rows[end]
        if row.blank or row.table is not None or row.depth != rows[at].depth or len(joined) > 400:
            return None
        joined = f"{joined} {row.text.strip()}".strip()
        if joined.endswith((":", "：", "写道", "寫道")):
            return end + 1 if _attributes(joined, rows, end + 1, rows[at].depth) else None
    return None


def _may_start(lowered: str) -> bool:
    return lowered.startswith(_INTRO) or lowered[-1:] in ":：" or _STARTS_WITH_DATE.match(lowered) is not None


def _attributes(text: str, rows: list[Row], following: int, depth: int) -> bool:
    """Whether the joined line names an author of what follows: a verb of writing, or a date and an address."""
    lowered = text.lower()
    address = _ADDRESS.search(text) is not None
    dated = _YEAR.search(text) is not None and _TIME.search(text) is not None
    wrote = not _WROTE_WORDS.isdisjoint(_WORD.findall(lowered)) or any(phrase in lowered for phrase in _WROTE_PHRASES)
    after = _next_filled(rows, following)
    quoted = after < len(rows) and rows[after].depth > depth
    if quoted:
        return wrote or (address and dated)
    return (address and dated and (wrote or _STARTS_WITH_DATE.match(lowered) is not None)) or (
        wrote and dated and _opens(lowered)
    )


def _opens(lowered: str) -> bool:
    """Whether the line begins as attribution lines do; `Jane wrote on ...` in a sentence does not."""
    begins = lowered.startswith(_INTRO) or _STARTS_WITH_DATE.match(lowered) is not None
    return begins and _YEAR.search(lowered[:60]) is not None and len(lowered) < 250
