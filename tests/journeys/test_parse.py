"""The stories' format is strict: whatever is no part of it is refused with file and line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from journeys.lines import StoryError
from journeys.parse import read_story
from journeys.story import Act, Way

GOOD = """# A story

Why: to see that it is read.
With: Nora (release manager of Northwind Shop), Robin (OPS engineer of OPS)

## Mon 2026-11-02 09:10 - a caption

Nora writes "Release 11.0.3", sent Sun 2026-11-01 23:00:

    Hello,

    Type of deployment: code

Letter to Nora, copy to OPS (by ticket):
CONFIRMED: PRD, Tuesday
- No downtime.
- not: Starlight
Because: this line is for the reader.

## Tue 2026-11-03 10:00

Robin orders in DPL-2026-0001:

    /start
    /note all is well

Answer: done
Answer: not done - nothing to note

## At the end

DPL-2026-0001 is in progress.
Log: nothing
Calendar: 2026-11-10 10:00 to 12:30, confirmed
History: scheduled by Nora
"""


def _read(folder: Path, text: str) -> object:
    path = folder / "told.md"
    path.write_text(text, "utf-8")
    return read_story(path)


def test_a_story_is_read(tmp_path: Path) -> None:
    path = tmp_path / "told.md"
    path.write_text(GOOD, "utf-8")
    story = read_story(path)
    written, ordered = story.steps
    assert (story.title, story.people, story.only) == ("A story", ("Nora", "Robin"), None)
    assert (written.act, written.who, written.subject) == (Act.WRITES, "Nora", "Release 11.0.3")
    assert written.text == "Hello,\n\nType of deployment: code"
    assert written.at.astimezone(UTC) == datetime(2026, 11, 2, 8, 10, tzinfo=UTC)
    (letter,) = written.letters
    assert (letter.to, letter.copy, letter.only) == (("Nora",), ("OPS",), Way.TICKET)
    assert (letter.words, letter.absent) == (("No downtime.",), ("Starlight",))
    assert (ordered.about, ordered.text) == ("DPL-2026-0001", "/start\n/note all is well")
    assert [answer.done for answer in ordered.answers] == [True, False]
    assert story.endings[0].state == "in progress"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param("Why: ", "Wy: ", 3, id="a word of the head is misspelt"),
        pytest.param(
            "Nora (release manager of Northwind Shop)", "Nora (attendant of Northwind Shop)", 4, id="no such role"
        ),
        pytest.param("Nora (release manager of Northwind Shop), ", "", 8, id="somebody who is not introduced"),
        pytest.param("Mon 2026-11-02", "Tue 2026-11-02", 6, id="a weekday that is not the date's"),
        pytest.param("2026-11-02 09:10", "2026-11-02 29:10", 6, id="no moment"),
        pytest.param("Tue 2026-11-03 10:00", "Mon 2026-11-02 09:10", 20, id="time stands still"),
        pytest.param("Nora writes", "Nora shouts", 8, id="an unknown verb"),
        pytest.param("    Hello,\n\n    Type of deployment: code\n", "", 8, id="a mail without words"),
        pytest.param("- No downtime.", "* No downtime.", 16, id="a line of a letter with another sign"),
        pytest.param("CONFIRMED: PRD, Tuesday\n", "", 15, id="a letter without a first line"),
        pytest.param("Because:", "Since:", 18, id="an unknown word among the letters"),
        pytest.param("Answer: done\n", "", 22, id="a command without an answer"),
        pytest.param("Robin orders in DPL-2026-0001", "Nora orders", 22, id="orders by somebody outside"),
        pytest.param("## At the end\n", "", None, id="no end"),
        pytest.param("Log: nothing\n", "", None, id="an end without the log"),
        pytest.param("History: scheduled by Nora", "History:", None, id="an empty line of the end"),
        pytest.param("is in progress.", "runs.", None, id="an unknown word in the end"),
    ],
)
def test_what_is_no_part_of_the_format_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int | None
) -> None:
    assert old in GOOD
    with pytest.raises(StoryError, match=rf"told\.md:{line or '[0-9]+'}: "):
        _read(tmp_path, GOOD.replace(old, new))


def test_tickets_that_a_deployment_covers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "told.md"
    head, also = "\nTickets: 4711 of Nora, 47120 of Robin\n\n## Mon", "- not: Starlight\nAlso on 4711, 47120.\n"
    path.write_text(GOOD.replace("\n\n## Mon", head, 1).replace("- not: Starlight\n", also), "utf-8")
    story = read_story(path)
    assert story.tickets == (("4711", "Nora"), ("47120", "Robin"))
    assert story.steps[0].letters[0].also_on == ("4711", "47120")


@pytest.mark.parametrize("wrong", ["4711", "4711 of Ben", "47 of Nora", "DPL-1 of Nora", "4711 of Nora;"])
def test_a_ticket_of_nobody_in_the_story_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(StoryError, match=r"told\.md:5: .*ticket"):
        _read(tmp_path, GOOD.replace("\n\n## Mon", f"\nTickets: {wrong}\n\n## Mon", 1))


def test_a_step_says_which_letters_go_out_or_that_none_does_but_not_both(tmp_path: Path) -> None:
    begin, end = GOOD.index("Letter to Nora"), GOOD.index("Because:")
    with pytest.raises(StoryError, match=r"told\.md:8: .*No letter"):
        _read(tmp_path, GOOD[:begin] + GOOD[end:])
    with pytest.raises(StoryError, match=r"told\.md:8: .*No letter"):
        _read(tmp_path, GOOD.replace("Because:", "No letter.\nBecause:"))
