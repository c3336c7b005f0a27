"""One profile written on another: its tables laid over the other's, before they are read as a profile.

A table is merged key by key, whatever else is written replaces what stood there. Lists can also be changed in part:
`[[add.instruction_fields]]` adds to an inherited list, `without.rules = ["DAY-2"]` takes single entries away.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Tables = Mapping[str, Any]
Mistake = tuple[tuple[str, ...], str]  # the key as a path, and what is wrong with it

# Where the first entry that fits counts, what is added stands before what is inherited.
_FIRST_COUNTS = ("performs", "unbound", "product_types")
# By which key an entry of a list is named in `without`.
_NAMED_BY = {"schedule_fields": "field", "instruction_fields": "field", "fields": "name", "own_rules": "id",
             "product_types": "product"}  # fmt: skip
_OWN_WORDS = ("extends", "add", "without")


def merged(base: Tables, own: Tables) -> tuple[dict[str, Any], list[Mistake]]:
    """The tables of the profile `own`, written on those of `base`, and what is wrong with it: key and sentence."""
    add, without = own.get("add", {}), own.get("without", {})
    tables = (("add", add), ("without", without))
    wrong: list[Mistake] = [((key,), "a table is wanted here") for key, value in tables if not isinstance(value, dict)]
    if wrong:
        return dict(base), wrong
    changes = {key: value for key, value in own.items() if key not in _OWN_WORDS}
    whole = {key: value for key, value in _laid_over(base, changes).items() if key not in _OWN_WORDS}
    wrong += [(("without", *where), text) for where, text in _take_away(whole, without)]
    wrong += [(("add", *where), text) for where, text in _add(whole, add)]
    return {**whole, "extends": own.get("extends")}, wrong


def _laid_over(base: Tables, own: Tables) -> dict[str, Any]:
    whole = dict(base)
    for key, value in own.items():
        stands = whole.get(key)
        both = isinstance(value, Mapping) and isinstance(stands, Mapping)
        whole[key] = _laid_over(stands, value) if both else value  # type: ignore[arg-type]
    return whole


def _take_away(whole: dict[str, Any], without: Tables) -> Iterator[Mistake]:
    for key, names in without.items():
        stands = whole.get(key)
        if not isinstance(names, list) or not isinstance(stands, dict | list):
            yield (key,), "a list of names to be taken away from a table or list that is inherited"
            continue
        named_by = _NAMED_BY.get(key, "")
        there = set(stands) if isinstance(stands, dict) else {entry.get(named_by) for entry in stands}
        yield from (((key,), f"there is no {name!r} to be taken away") for name in names if name not in there)
        whole[key] = (
            {name: value for name, value in stands.items() if name not in names}
            if isinstance(stands, dict)
            else [entry for entry in stands if entry.get(named_by) not in names]
        )


def _add(whole: dict[str, Any], add: Tables) -> Iterator[Mistake]:
    for key, entries in add.items():
        stands = whole.get(key, [])
        if not isinstance(entries, list) or not isinstance(stands, list):
            yield (key,), "entries to be added to a list"
            continue
        whole[key] = [*entries, *stands] if key in _FIRST_COUNTS else [*stands, *entries]
