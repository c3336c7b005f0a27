"""Eight hundred ways to say when, beside what a careful colleague reads: a table per language in `phrases/`.

A line is `expected | phrase`: a wall clock, a reason with its day, `nothing`, or `asked` where no moment may be taken.
Said on Monday 23 November 2026 at 09:00 in Berlin, unless a line `@ moment` above says otherwise.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from dplmaild.reading.dates import read_moments_in
from reading.dates.moments import BERLIN, MONDAY, read, said, short

SENTENCES = {
    "en": ("Please deploy ICM 11.0.3 to PRD ", " and confirm. Kind regards, Nora"),
    "de": ("Wir hätten das Deployment gern ", "; bitte bestätigen. Grüße, Ben"),
    "es": ("Queremos desplegar la 11.0.3 en PRD ", ", muchas gracias."),
    "ca": ("Ens aniria bé fer-ho ", ". Moltes gràcies."),
}
TABLES = Path(__file__).parent / "phrases"


def lines() -> Iterator[tuple[str, datetime, str, str]]:
    """Every phrase: its table, when it is said, what is expected, the words."""
    for table in sorted(TABLES.glob("*.txt")):
        on = MONDAY
        for line in table.read_text("utf-8").splitlines():
            if line.startswith("@"):
                on = said(line[2:])
            elif not line.startswith("#"):
                expected, _, phrase = line.partition(" | ")
                yield table.stem, on, expected, phrase


def met(found: str, expected: str) -> bool:
    """Whether the reading is the expected one."""
    if expected == "asked":
        return not found[0].isdigit()
    return found == expected


@pytest.mark.parametrize(
    ("on", "expected", "phrase"),
    [pytest.param(on, expected, phrase, id=f"{name}, {on:%a}: {phrase}") for name, on, expected, phrase in lines()],
)
def test_a_phrase_is_read_as_a_colleague_reads_it(on: datetime, expected: str, phrase: str) -> None:
    found = short(read(phrase, on))
    assert met(found, expected), f"read as {found}"


@pytest.mark.parametrize(
    ("language", "on", "expected", "phrase"),
    [
        pytest.param(name, on, expected, phrase, id=f"{name}, {on:%a}: {phrase}")
        for name, on, expected, phrase in lines()
    ],
)
def test_in_a_sentence_no_other_moment_is_taken(language: str, on: datetime, expected: str, phrase: str) -> None:
    sentence = phrase.join(SENTENCES[language])
    found = [short(moment) for _, _, moment in read_moments_in(sentence, said_on=on, zone=BERLIN, day_first=None)]
    assert {one for one in found if one[0].isdigit()} <= {expected}
