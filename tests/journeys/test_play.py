"""A story that tells it otherwise than it goes fails, at the line where it does."""

from pathlib import Path

import pytest

from dplmaild.store.database import Database
from journeys.parse import read_story
from journeys.play import StoryFailed
from journeys.run import run
from journeys.story import Way

GOOD = """# Told rightly

Why: so that each lie in it can be found.
With: Nora (release manager of Northwind Shop), Robin (OPS engineer of OPS)

## Mon 2026-11-02 09:10

Nora writes "To production":

    Type of deployment: code
    Product: ICM
    Environment: PRD
    Desired date and time: Tuesday, 2026-11-10 10:00
    Expected special activities: none

Letter to Nora:
CONFIRMED: PRD, Tuesday 10 November 2026, 10:00-12:30 CET (UTC+01:00)
- No downtime.
- not: With downtime

## Tue 2026-11-03 09:10

Robin orders:

    /start

Answer: not done - possible now: /postpone, /update, /cancel

## Thu 2026-11-05 17:00

Letter to Nora, copy to OPS:
REMINDER, INSTRUCTIONS MISSING: PRD, Tuesday 10 November 2026, 10:00-12:30 CET (UTC+01:00)

## At the end

DPL-2026-0001 is scheduled.
Log: PRD, ICM, code, -, 2026-11-10 10:00, 2026-11-10 12:30, scheduled
Calendar: 2026-11-10 10:00 to 12:30, confirmed
History: scheduled by Nora
"""
REMINDED = GOOD[GOOD.index("## Thu") : GOOD.index("## At the end")]
LATER = "## Fri 2026-11-06 09:00\n\nNo letter.\n\n"
CONFIRMED = GOOD[GOOD.index("Letter to Nora:") : GOOD.index("## Tue")]


def _play(folder: Path, text: str, way: Way, database: Database) -> None:
    path = folder / "told.md"
    path.write_text(text, "utf-8")
    run(read_story(path), way, folder, database)


@pytest.mark.parametrize("way", Way)
def test_a_story_told_rightly_passes(tmp_path: Path, sqlite: Database, way: Way) -> None:
    _play(tmp_path, GOOD, way, sqlite)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param(CONFIRMED, "No letter.\n\n", 8, id="a letter that is not mentioned"),
        pytest.param(REMINDED, LATER, 29, id="a timer's letter that is not mentioned"),
        pytest.param("Thu 2026-11-05 17:00", "Thu 2026-11-05 17:05", 29, id="a letter at another moment"),
        pytest.param("Letter to Nora:", "Letter to Nora, Robin:", 16, id="another receiver"),
        pytest.param(", copy to OPS", "", 31, id="a copy that is not mentioned"),
        pytest.param("10:00-12:30 CET (UTC+01:00)\n-", "10:00-12:00 CET (UTC+01:00)\n-", 16, id="another slot"),
        pytest.param("- No downtime", "- A long downtime", 16, id="words that are not there"),
        pytest.param("not: With", "not: No", 16, id="words that must not be there"),
        pytest.param(
            "not done - possible now: /postpone", "not done - possible now: /complete", 27, id="another answer"
        ),
        pytest.param("is scheduled", "is instructed", 36, id="another state"),
        pytest.param("12:30, scheduled", "12:00, scheduled", 36, id="another row of the log"),
        pytest.param("confirmed\nHistory", "tentative\nHistory", 36, id="another calendar entry"),
        pytest.param("by Nora\n", "by Robin\n", 36, id="another history"),
        pytest.param(GOOD[GOOD.index("DPL-") :], "No deployment is on record.\n", None, id="a deployment too many"),
    ],
)
def test_a_story_told_wrongly_fails_where_it_is_wrong(
    tmp_path: Path, sqlite: Database, old: str, new: str, line: int | None
) -> None:
    assert old in GOOD
    with pytest.raises(StoryFailed, match=rf"told\.md:{line}[ :]" if line else "does not mention"):
        _play(tmp_path, GOOD.replace(old, new), Way.MAIL, sqlite)


COVERED = Path(__file__).parent / "stories" / "tickets-covered.md"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Also on 4711, 4712.", "", id="a ticket that is not mentioned"),
        pytest.param("Also on 4711, 4712.", "Also on 4711, 4712, 4713.", id="a ticket too many"),
        pytest.param("Nora, Ben, Carla (by ticket)", "Nora, Ben (by ticket)", id="a mail of Zammad's that is not told"),
    ],
)
def test_a_lie_about_the_tickets_covered_is_found(tmp_path: Path, sqlite: Database, old: str, new: str) -> None:
    told = COVERED.read_text("utf-8")
    assert old in told
    with pytest.raises(StoryFailed, match=r"told\.md:7[0-9] \(by ticket\)"):
        _play(tmp_path, told.replace(old, new, 1), Way.TICKET, sqlite)
