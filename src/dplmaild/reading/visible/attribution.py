"""Attribution lines (`On Monday, Jane wrote:`): where a quote is introduced in a sentence."""

import re
from dataclasses import dataclass

from dplmaild.reading.visible.heads import has_year, is_full_date, next_filled
from dplmaild.reading.visible.people import ADDRESS
from dplmaild.reading.visible.rows import Row
from dplmaild.reading.visible.words import each

MAX_NAME = 6  # words
MAX_TORN = 20  # characters of an end that was torn off: `> wrote:`
MAX_ROWS = 7  # over which a line may run
MAX_LENGTH = 800
MAX_FRAMED = 480  # characters of a line between dashes
MAX_SENTENCE = 250  # characters of a line without an address

_FRAME = ("--", "__", "==")
_FRAME_BEGINS = re.compile(r"[ \t>]{0,10}[-_=—]{2}")
_DATE_OR_ADDRESS = re.compile(r"[\d@]")
_WORD = re.compile(r"[\w()]+")
_STARTS_WITH_DATE = re.compile(r"\W{0,3}(?:\w{2,14}[.,]{0,2} )?\d{1,4}[-./ 年년]")
_HOURS = frozenset({"uhr", "am", "pm", "h"})
_BRACKETED = re.compile(r"[<(\[](?:mailto:)?[\w.+-]{1,64}@[\w.-]{1,200}[>)\]]{1,3} ?[:：]$")
_OLD_GMAIL = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2} [^\n:;?!]{0,80}< ?[^<>\s]{3,200}>")  # 2026/11/23 Ops <ops@..>
_ENDS = (":", "：", "写道", "寫道")

_WROTE = each("wrote")
_WROTE_WORDS = frozenset(verb for verb in _WROTE if " " not in verb)
_SENT_WORDS = each("date")  # `On 26 Nov 2026 we sent:` goes on with the author's own words
_WROTE_PHRASES = tuple(verb for verb in _WROTE if " " in verb or not verb.isascii())
_NO_NAME = _WROTE_WORDS | each("around_author") | each("intro")
_INTRO = tuple(f"{word} " if word.isalpha() and word[0] < "\u0590" else word for word in each("intro"))
_INSIDE = re.compile(  # an attribution that was glued to the words before it
    rf"[ \t]{{0,3}}(?:[-_]{{2,40}}[ \t]{{0,3}}|(?<=\s))\b"
    rf"(?:{'|'.join(sorted(re.escape(word.capitalize()) for word in each('intro') if word.isalpha()))})"
    r" (?:\w{2,14}[.,]{0,2} )?(?:\w{2,12}[.,]{0,2} )?\d{1,4}[ ./,-]"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution line: it ends before row `end`; `before` are own words glued to its beginning."""

    end: int
    text: str
    before: str = ""

    def author(self) -> tuple[str | None, str | None, str | None]:
        """Name, address and date, as far as they can be told apart."""
        address = ADDRESS.search(self.text)
        start, end = address.span() if address else (len(self.text), len(self.text))
        left, right = self.text[:start].rstrip("<([ "), self.text[end:].lstrip(">)] ")
        name = _last_name(left)
        dates = [_date_of(piece.replace(name or "\0", "")) for piece in (left, right)]
        return name, address[0].lower() if address else None, max(dates, key=len) or None


def _last_name(text: str) -> str | None:
    """The name that ends a text, behind the date or the verb."""
    text = text.rstrip(" :,")
    if text[-1:] in "\"”“'»":
        return text[:-1].rpartition(max("\"„“'«", key=text[:-1].rfind))[2].strip() or None
    words: list[str] = []
    for word in reversed(text.split()):
        bare = word.strip("\",;:()'").lower()
        if not words and (bare in _NO_NAME or not any(map(str.isalnum, word))):
            continue
        if bare in _NO_NAME or not word.strip("-–—|") or any(map(str.isdigit, word)):
            break
        if word.endswith((",", ";")) or len(words) == MAX_NAME:
            break
        words.insert(0, word)
    return " ".join(words).strip(" ,\"'") or None


def _date_of(text: str) -> str:
    """A text without its words of writing, when numbers are in it."""
    kept = [word for word in text.split() if word.strip("\",;:()'„“”").lower() not in _NO_NAME]
    return " ".join(kept).strip(" ,;:<>()\"'„“”«»-–") if any(map(str.isdigit, text)) else ""


def attribution_at(rows: list[Row], at: int) -> Attribution | None:
    """The attribution line that starts at this row, which may run over several."""
    text = rows[at].text
    if rows[at].table is not None or len(text) > MAX_LENGTH or not _may_attribute(rows[at]):
        return None
    if text.startswith(">>> ") and text.endswith(" >>>") and is_full_date(text):
        return Attribution(at + 1, text.strip("> "))  # GroupWise
    first = _unframed(text)
    lowered = first.lower()
    introduced = lowered.startswith(_INTRO)
    glued = None if introduced else _glued(rows, at)
    if glued is not None:
        return glued
    begins = introduced or lowered.endswith(_ENDS) or _STARTS_WITH_DATE.match(lowered) or _framed(rows[at])
    begins = begins or ("@" in first and _wrote(lowered))
    return _joined(rows, at, first) if begins else None


def _may_attribute(row: Row) -> bool:
    return row.text.endswith(_ENDS) or _DATE_OR_ADDRESS.search(row.text) is not None or _framed(row)


def _unframed(text: str) -> str:
    return text.strip(" \t*>").strip("-_=—").strip(" \t*")


def _framed(row: Row) -> bool:
    """Whether dashes stand at both ends of a line."""
    text = row.text
    begun = _FRAME_BEGINS.match(text) if len(text) <= MAX_FRAMED and text.endswith(_FRAME) else None
    return begun is not None and len(text) >= begun.end() + 2


def _joined(rows: list[Row], at: int, first: str) -> Attribution | None:
    """The line put together until it ends; only one with a date or an address goes on."""
    if _framed(rows[at]):
        return Attribution(at + 1, first) if _attributes(f"{first}:", rows, at + 1) else None
    more = has_year(first) or "@" in first or first.endswith("<") or _opens_or_dates(first.lower())
    last = at + MAX_ROWS if more else at + 1
    joined = ""
    for end in range(at, min(last, len(rows))):
        row = rows[end]
        if row.blank and end == at + 1 and _bracket_follows(rows, end):
            continue
        if row.blank or row.table is not None or len(joined) > MAX_LENGTH or not _same_depth(rows[at], row):
            break
        joined = f"{joined} {_unframed(row.text)}".strip()
        if joined.endswith(_ENDS):
            return Attribution(end + 1, joined) if _attributes(joined, rows, end + 1) else None
        if _stops_short(joined, rows, end + 1):
            return Attribution(end + 1, joined)
    return _old_gmail(rows, at)


def _stops_short(text: str, rows: list[Row], following: int) -> bool:
    """Whether an attribution lost its colon: a quote follows, and it says who wrote and when or from where."""
    if following >= len(rows) or not (rows[following].blank or rows[following].depth > 0):
        return False
    torn = rows[following].text
    if (torn.endswith(_ENDS) and len(torn) <= MAX_TORN) or not _is_quoted(rows, following):
        return False
    lowered = text.lower()
    if not _opens_or_dates(lowered) or not _wrote(lowered):
        return False
    ends = any(map(str.isdigit, text)) and not _WROTE_WORDS.isdisjoint(_WORD.findall(lowered)[-2:])
    return ends or has_year(text) or ADDRESS.search(text) is not None


def _opens_or_dates(lowered: str) -> bool:
    return lowered.startswith(_INTRO) or _STARTS_WITH_DATE.match(lowered) is not None


def _bracket_follows(rows: list[Row], at: int) -> bool:
    """Whether a blank line only stands before an address that was torn off its line."""
    return at + 1 < len(rows) and rows[at + 1].text.strip().startswith("<")


def _same_depth(first: Row, row: Row) -> bool:
    """Whether a row can go on with the first; a `>` may be the end of `<address` broken over two lines."""
    return row.depth == first.depth or (row.depth == first.depth + 1 and row.text.rstrip().endswith(_ENDS))


def _old_gmail(rows: list[Row], at: int) -> Attribution | None:
    """`2026/11/23 Ops <ops@example.net>` on one or two lines, an empty or quoted line below."""
    for end in (at + 1, at + 2):
        text = " ".join(row.text.strip() for row in rows[at:end])
        if end <= len(rows) and _OLD_GMAIL.fullmatch(text):
            parted = end >= len(rows) or rows[end].blank or rows[end].depth > rows[at].depth
            return Attribution(end, text) if parted else None
    return None


def _glued(rows: list[Row], at: int) -> Attribution | None:
    """An attribution behind own words on the same line, quoted lines below it."""
    text = rows[at].text
    if not text.endswith((":", "：")) or not _is_quoted(rows, at + 1):
        return None
    found = _INSIDE.search(text, 0, MAX_LENGTH)
    if found is None or not is_full_date(text[found.start() :]) or not _wrote(text.lower()):
        return None
    return Attribution(at + 1, text[found.start() :], text[: found.start()].rstrip())


def _is_quoted(rows: list[Row], at: int) -> bool:
    after = next_filled(rows, at)
    return after < len(rows) and rows[after].depth > 0


def _wrote(lowered: str) -> bool:
    return not _WROTE_WORDS.isdisjoint(_WORD.findall(lowered)) or any(phrase in lowered for phrase in _WROTE_PHRASES)


def _attributes(text: str, rows: list[Row], following: int) -> bool:
    """Whether the joined line names an author of what follows: a verb of writing, or a date and an address."""
    lowered = text.lower()
    address = ADDRESS.search(text) is not None
    dated = is_full_date(text)
    wrote = _wrote(lowered)
    if _is_quoted(rows, following):
        return wrote or (address and dated) or _BRACKETED.search(text) is not None
    if not dated:
        introduced = lowered.startswith(_INTRO)
        return wrote and (
            (address and (introduced or len(text.split()) <= MAX_NAME)) or (introduced and _on_a_day(lowered))
        )
    said = ": " in text  # somebody goes on to say something: a label, a sentence
    named = address and (wrote or (not said and (_STARTS_WITH_DATE.match(lowered) or _BRACKETED.search(text))))
    return bool(named) or (wrote and _opens(lowered))


def _on_a_day(lowered: str) -> bool:
    """`On 26 Nov 2026 you wrote:` - no time of day, and nothing but a date, a name and the verb."""
    words = _WORD.findall(lowered)
    return has_year(lowered) and len(words) <= MAX_NAME + 4 and words[-1] in _WROTE_WORDS - _SENT_WORDS


def _opens(lowered: str) -> bool:
    """Whether the line begins as attribution lines do; `Jane wrote on ...` in a sentence does not."""
    if len(lowered) >= MAX_SENTENCE:
        return False
    if _opens_or_dates(lowered):
        return has_year(lowered[:60])
    words = lowered.rstrip(" :：").split()
    if len(words) > MAX_NAME + 9:
        return False
    if len(words) > 2 and words[-1] in _WROTE_WORDS and (words[-2][-1].isdigit() or words[-2] in _HOURS):
        return True  # `Jane hat am 23.11.2026 09:00 geschrieben:`
    verb = next((at for at, word in enumerate(words[:MAX_NAME]) if word in _WROTE_WORDS), None)
    return bool(verb) and is_full_date(" ".join(words[verb:]))
