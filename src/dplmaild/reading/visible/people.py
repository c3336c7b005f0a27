"""The people of a quoted header line: names and addresses as mail programs print them."""

import re

MAX_PEOPLE = 50  # recipients of one line

ADDRESS = re.compile(r"[\w.+'&=/-]{1,64}@[\w.-]{1,200}\.\w{2,24}")
_EDGES = " \t<>[](){}\"'„“”‘’«»*,;:"
_OPENS = re.compile(r"[<(\[]")
_PARTS = re.compile(r"\"[^\"]{0,200}\"|<[^<>]{0,300}>|[,;]|[^\",;<]{1,300}|[\"<]")  # quoted, in brackets, between


def person(text: str) -> tuple[str | None, str | None]:
    """Name and address of the one person a line names; a name that only repeats the address is none."""
    found = ADDRESS.search(text)
    if found is None:
        return text.strip(_EDGES) or None, None
    address = found[0].lower()
    name = _OPENS.split(text[: found.start()].replace("mailto:", ""), maxsplit=1)[0].strip(_EDGES)
    return (None if not name or "@" in name else name), address


def recipients(text: str) -> tuple[str, ...]:
    """The addresses of a line, and the names of those without one."""
    people = [person(entry) for entry in _entries(text)]
    return tuple(dict.fromkeys(address or name or "" for name, address in people if address or name))[:MAX_PEOPLE]


def _entries(text: str) -> list[str]:
    """What stands between commas and semicolons that are neither quoted nor in brackets."""
    entries = [""]
    for part in _PARTS.findall(text[:20_000]):
        if part in (",", ";"):
            entries.append("")
        else:
            entries[-1] += part
    return entries
