"""Months and weekdays as CLDR has them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

# By kind (`months`, `months_short_alone`): January and Monday first; what stands within a date, then what stands alone.
Names = Mapping[str, tuple[str, ...]]
_WIDTHS: Mapping[str, Literal["wide", "abbreviated"]] = {"": "wide", "_short": "abbreviated"}  # by their ending
_CONTEXTS: Mapping[str, Literal["format", "stand-alone"]] = {"": "format", "_alone": "stand-alone"}


@cache
def names_of(language: str) -> Names:
    """The names in a language, by kind; raises babel's UnknownLocaleError where CLDR does not know it."""
    shipped = _shipped().get(language)
    return _of_cldr(language) if shipped is None else {kind: tuple(names) for kind, names in shipped.items()}


@cache
def _shipped() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("words", "names.toml").read_text("utf-8"))


def _of_cldr(language: str) -> Names:
    from babel.dates import get_day_names, get_month_names  # noqa: PLC0415 - 8 MB that the shipped languages do not need

    found: dict[str, tuple[str, ...]] = {}
    for short, width in _WIDTHS.items():
        for alone, context in _CONTEXTS.items():
            months, days = get_month_names(width, context, language), get_day_names(width, context, language)
            found[f"months{short}{alone}"] = tuple(months[number] for number in range(1, 13))
            found[f"weekdays{short}{alone}"] = tuple(days[number] for number in range(7))
    return found
