"""The names of months and weekdays that ship are those of CLDR."""

from datetime import date, timedelta
from typing import Literal

import pytest
from babel import UnknownLocaleError
from babel.dates import format_date, get_day_names, get_month_names

from dplmaild.reading.dates.names import Names, names_of
from dplmaild.writing.moments import day_in_words
from reading.dates.writers import LANGUAGES

WIDTHS: dict[str, Literal["wide", "abbreviated"]] = {"": "wide", "_short": "abbreviated"}
CONTEXTS: dict[str, Literal["format", "stand-alone"]] = {"": "format", "_alone": "stand-alone"}
PATTERNS = {
    "en": "EEEE d MMMM y",
    "de": "EEEE, d. MMMM y",
    "es": "EEEE d 'de' MMMM 'de' y",
    "ca": "EEEE d MMMM 'de' y",
}


def _kind(names: Names, what: str, width: str, alone: str) -> tuple[str, ...]:
    """A kind that is left out is as it is within a date."""
    return names.get(f"{what}{width}{alone}", names[f"{what}{width}"])


@pytest.mark.parametrize("language", [*LANGUAGES, "it"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("alone", CONTEXTS)
def test_the_names_are_those_of_cldr(language: str, width: str, alone: str) -> None:
    months = get_month_names(WIDTHS[width], CONTEXTS[alone], language)
    days = get_day_names(WIDTHS[width], CONTEXTS[alone], language)
    assert list(_kind(names_of(language), "months", width, alone)) == [months[n] for n in range(1, 13)]
    assert list(_kind(names_of(language), "weekdays", width, alone)) == [days[n] for n in range(7)]


def test_a_language_that_nobody_speaks_is_an_error() -> None:
    with pytest.raises(UnknownLocaleError):
        names_of("xx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_year_is_written_as_cldr_writes_it(language: str) -> None:
    for day in (date(2028, 1, 1) + timedelta(days=n) for n in range(366)):
        assert day_in_words(day, language) == format_date(day, PATTERNS[language], locale=language)
