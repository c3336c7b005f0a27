"""The end of a mail that says nothing: signature, "sent from my phone", disclaimer."""

import re

from dplmaild.reading.visible.closings import (
    EDGES,
    VALUE,
    begins_as_often,
    is_closing,
    is_name,
    looks_like_name,
    names_of,
)
from dplmaild.reading.visible.rows import BULLET, Mark, Row
from dplmaild.reading.visible.words import each

MAX_SIGNATURE = 40  # rows
MAX_DEVICE = 300  # characters of a line about the sender's phone, with its link
MAX_DEVICE_WORDS = 11

_DEVICES = tuple(each("device"))
_MACHINES = each("machine")
_WITH = frozenset({"from", "with", "via", "mit", "von", "desde", "con", "des", "amb", "avec", "depuis", "da", "met"})
_SENT = each("date")  # "sent", "gesendet": the labels of a date are the words of sending
_DISCLAIMERS = tuple(each("disclaimer"))
_LINK = re.compile(r"[(<\[]?(?:https?:|mailto:|www\.)[^\s<>()\[\]]{1,300}[)>\]]?")
_EXCUSE = re.compile(r"[.,;]?\s{1,5}(?:please\s{1,3})?(?:excuse|pardon|forgive|sorry for)\b.{0,100}", re.IGNORECASE)
_PART = re.compile(r"[-'’‑.,]")  # parts a word from its ending: `iPhone'a`, `iPhone-ról`
_DELIMITERS = ("-- ", "--", "—")
_LABEL = re.compile(r"^[^:：]{1,60}[:：](?!//)\s{0,5}(\S.{0,200})")
_CONTACT = re.compile(
    r"(?:t|m|f|e|w|tel|phone|telefon|telefono|teléfono|telèfon|mobil|mobile|mobiltelefon|móvil|mòbil|cell|office|direct|fax|e-?mail|mail|web|website|www|internet"
    r"|sitz|registergericht|geschäftsführer|geschäftsführung|vorstand|amtsgericht|hrb|ust|ust-id|ust-idnr|vat|cif|nif|address|adresse|dirección|adreça|skype|linkedin|teams)\b"
    r"[^:]{0,40}[:：]",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"(?:p\.? ?s\.?|pd|p\.d\.|nachtrag)\s{0,3}[:.]", re.IGNORECASE)
_BANNER = re.compile(
    r"\W{0,4}(?:external|extern|externo|externa|caution|achtung|vorsicht|warning|precaución)\b", re.IGNORECASE
)
_RULER = re.compile(r"[-*_=~. ]{3,200}")
_NUMBERED = re.compile(r"(?:option\s)?\d{1,2}[.)]?$|/\w")


def parted(rows: list[Row], sender_name: str, *, passes_on: bool = False) -> tuple[list[Row], list[Row]]:
    """The rows that are said and those of the signature, which never takes a value.

    It takes all there is only under its own mark and in a mail that `passes_on` another one without a word.
    """
    kept, aside = _devices_aside(rows)
    start = _start(kept, sender_name)
    if start is not None:
        said, tail = kept[:start], kept[start:]
        postscript = next((at for at, row in enumerate(tail) if _POSTSCRIPT.match(row.text)), len(tail))
        marked = tail[0].text in _DELIMITERS or tail[0].mark is Mark.SIGNATURE
        if (passes_on and marked) or any(not (row.blank or is_closing(row)) for row in said + tail[postscript:]):
            return said + tail[postscript:], tail[:postscript] + aside
    if all(row.blank for row in kept):
        return rows, []
    return kept, aside


def _devices_aside(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Lines such as "Sent from my phone", and banners about mail from outside, taken out."""
    aside = [row for at, row in enumerate(rows) if _is_device(row) or (at < 6 and _is_banner(row))]
    gone = {id(row) for row in aside}
    return [row for row in rows if id(row) not in gone], aside


def _is_device(row: Row) -> bool:
    """Whether a line says with what the mail was sent: a word of sending and a machine, no sentence."""
    if row.table is not None or len(row.text) > MAX_DEVICE:
        return False
    written = _EXCUSE.sub("", _LINK.sub("", row.text)).strip(EDGES + "<>[]()ᐧ")
    if not written:
        return row.text == "ᐧ"  # what a program that tracks mails leaves behind
    bare = written.replace("[", "").replace("]", "").lower()
    words = bare.split()
    if not words or len(words) > MAX_DEVICE_WORDS or ", " in bare:
        return False
    return bare.startswith(_DEVICES) or _names_machine(words) or _names_program(words, written)


def _names_machine(words: list[str]) -> bool:
    """Whether a machine and a word of sending are named, or Outlook and a phone in whatever language."""
    machines = {part for word in words if (part := _PART.split(word, maxsplit=1)[0]) in _MACHINES}
    sent = words[0] in _SENT or words[-1] in _SENT
    return bool(machines) and (sent or (len(machines) > 1 and "outlook" in machines))


def _names_program(words: list[str], written: str) -> bool:
    """Whether a program that nobody listed is named: `Sent with Airmail`."""
    return len(words) == 3 and words[0] in _SENT and words[1] in _WITH and written.split()[2][:1].isupper()


def _is_banner(row: Row) -> bool:
    return _BANNER.match(row.text) is not None and _is_disclaimer(row)


def _is_disclaimer(row: Row) -> bool:
    lowered = row.text[:2_000].lower()
    return len(lowered) > 40 and any(phrase in lowered for phrase in _DISCLAIMERS)


def _start(rows: list[Row], sender_name: str) -> int | None:
    """The first row from which on everything is signature."""
    delimiter = next((at for at, row in enumerate(rows) if row.text in _DELIMITERS), None)
    if delimiter is not None and (
        rows[delimiter].text == "-- " or not any(map(_says_something, rows[delimiter + 1 :]))
    ):
        closing = _closing(rows[:delimiter], sender_name)
        return delimiter if closing is None else closing
    return _closing(rows, sender_name)


def _closing(rows: list[Row], sender_name: str) -> int | None:
    """The row that closes the mail: thanks, a name, a disclaimer, and nothing said below."""
    first = next((at for at, row in enumerate(rows) if not row.blank), len(rows))
    names = names_of(sender_name)
    start = None
    filled = 0
    for at in range(len(rows) - 1, first, -1):
        row = rows[at]
        if row.blank:
            continue
        filled += 1
        if filled > MAX_SIGNATURE:
            break
        closes = is_closing(row, names) and (not begins_as_often(row, names) or _ends(rows[at + 1 :], names))
        if closes or row.mark is Mark.SIGNATURE or _is_disclaimer(row) or is_name(row, names):
            start = at
        if _says_something(row) and not _is_disclaimer(row) and row.mark is not Mark.SIGNATURE:
            break
        if row.mark is Mark.SIGNATURE and _holds_value(row):
            return None
    return start


def _ends(below: list[Row], names: frozenset[str]) -> bool:
    """Whether nothing is said below thanks: a name or a title follows, another closing, or nothing at all."""
    filled = [row for row in below[:MAX_SIGNATURE] if not row.blank]
    if not filled or filled[0].mark is Mark.SIGNATURE or _is_disclaimer(filled[0]):
        return True
    if is_closing(filled[0], names) or is_name(filled[0], names):
        return True
    signed = any(is_name(row, names) for row in filled)
    return not signed and filled[0].table is None and looks_like_name(filled[0].text.strip(" ,"))


def _says_something(row: Row) -> bool:
    """Whether a row below a closing is more than a name, a title, a phone number."""
    if row.blank or is_closing(row) or _POSTSCRIPT.match(row.text) or _RULER.fullmatch(row.text):
        return False
    if row.table is not None or row.bullet:
        return any(_holds_value_text(" ".join(cells)) for cells in row.table or ()) or row.bullet
    if BULLET.match(row.text):
        return True
    return len(row.text) > 110 or row.text.endswith("?") or _NUMBERED.match(row.text) is not None or _holds_value(row)


def _holds_value(row: Row) -> bool:
    if row.table is not None:
        return any(_holds_value_text(": ".join(cell for cell in cells if cell)) for cells in row.table)
    return _holds_value_text(row.text)


def _holds_value_text(text: str) -> bool:
    """`Target: 11.0.2` below a closing is no signature; `Tel.: 03641 50` is."""
    label = _LABEL.match(text.strip())
    return label is not None and _CONTACT.match(text.strip()) is None and VALUE.search(label[1]) is not None
