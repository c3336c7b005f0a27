"""The digest and the answer to /status in words: what waits for OPS first, each once, whatever the values are."""

from dataclasses import replace

import pytest

from dplmaild.deployment.owed import CommandResult, LetterKind
from dplmaild.deployment.status import Awaited, Digest, Party, Waiting
from dplmaild.deployment.terms import Field, State
from dplmaild.writing.digest import digest_in_words, summary_of
from dplmaild.writing.sample_digest import sample_digest, sample_status
from dplmaild.writing.status import status_in_words
from writing.build import CODE, SLOT, at, text_of, window, wording
from writing.test_hostile import HOSTILE

VOICE = wording()
FULL = sample_digest(CODE, SLOT)
EMPTY = Digest(FULL.at, FULL.since, FULL.zone, FULL.today, FULL.next_day)


def titles(digest: Digest) -> list[str]:
    """The sections, by the beginning of their titles."""
    return [title.partition(",")[0].partition(" since")[0] for title, _ in digest_in_words(digest, VOICE)]


def lines(digest: Digest, title: str) -> list[str]:
    """The lines below a title."""
    return next((each for name, each in digest_in_words(digest, VOICE) if name.startswith(title)), [])


def test_what_waits_for_ops_stands_first_and_every_section_has_something_to_say() -> None:
    assert titles(FULL) == [
        "Waits for the deployment manager", "On hold", "Messages for a look", "Did not simply go out", "Cannot be read",
        "Deployments of customers that are no longer configured", "Today", "Next", "Waits for partners",
        "Rules set aside", "Shadow mode: what came in", "Shadow mode: what would have been said",
    ]  # fmt: skip
    assert titles(EMPTY) == []


def test_an_empty_day_is_one_sentence() -> None:
    assert summary_of(EMPTY, VOICE) == "Nothing is due, and nobody waits for anything."
    text = text_of(LetterKind.DIGEST, digest=EMPTY)
    assert text.startswith("DIGEST: Tuesday 12 January 2027\n\nNothing is due, and nobody waits for anything.\n")


def test_the_summary_counts_what_stands_below() -> None:
    assert summary_of(FULL, VOICE) == "Due today: 1. Due next: 1. Waiting for OPS: 1. Waiting for others: 1."


def test_a_start_waits_for_ops_only_once_its_moment_has_come() -> None:
    assert lines(FULL, "Waits for OPS") == []
    late = replace(FULL, at=SLOT.start)
    (line,) = lines(late, "Waits for OPS")
    assert line.startswith("DPL-2026-0042, Blue Shop, PRD, ICM 11.0.2: /start, by Tuesday 12 January 2027, 10:00 CET")


def test_missing_lines_stand_with_whose_they_are_until_when_and_what_happens_then() -> None:
    (line,) = lines(FULL, "Waits for partners")[:1]
    assert "Custom release notes, by Tuesday 12 January 2027, 17:00 CET (UTC+01:00), else cancelled" in line
    own = Waiting(Party.OPS, Awaited.OWN_LINES, until=SLOT.start)
    ours = replace(FULL.due_today[0], waits=(own,), own_missing=(Field.ROLLBACK,))
    (line,) = lines(replace(FULL, due_today=(ours,)), "Waits for OPS")
    assert "our own lines of the instructions: Rollback guide" in line


def test_the_rest_of_a_long_list_is_counted() -> None:
    assert lines(FULL, "Waits for partners")[-1] == "2 more"


def test_a_deployment_of_another_process_stands_on_its_own_clock() -> None:
    canary = replace(FULL.due_today[0], zone="Atlantic/Canary")
    (line,) = lines(replace(FULL, due_today=(canary,)), "Today")
    assert line.startswith("09:00-11:30 WET (UTC+00:00) DPL-2026-0042")


def test_a_status_names_each_precondition_with_its_fact_and_what_settles_it() -> None:
    title, said = status_in_words(sample_status(CODE, SLOT), VOICE)
    assert title == "DPL-2026-0042, Blue Shop, PRD, ICM 11.0.2: instructed since Friday 8 January 2027"
    assert "For the start, yes: PRE-2 was set aside by Morgan: Seen on UAT with Robin." in said
    assert [line for line in said if "/override PRE-5 REASON" in line] == [
        line for line in said if line.startswith("For the start, NO: ")
    ]


def test_a_status_of_what_has_ended_waits_for_nobody() -> None:
    ended = replace(sample_status(CODE, SLOT), state=State.SUCCEEDED, waits=(), ahead=(), ready=())
    _, said = status_in_words(ended, VOICE)
    assert "Waits for nobody: it has ended." in said
    assert any("PRE-2 was set aside by Morgan on Monday 11 January 2027, 16:30 CET" in line for line in said)


def test_a_hold_another_date_and_our_own_lines_are_said() -> None:
    held = replace(
        sample_status(CODE, SLOT), hold="campaign", hold_until=at("2027-01-11 09:00"),
        moving_to=window("2027-01-19 10:00"), own_missing=(Field.ROLLBACK,), ready=(),
    )  # fmt: skip
    _, said = status_in_words(held, VOICE)
    assert "On hold until Monday 11 January 2027, 09:00 CET (UTC+01:00): campaign" in said
    assert "Another date waits for approval: Tuesday 19 January 2027, 10:00-12:30 CET (UTC+01:00)." in said
    assert "Missing of our own lines: Rollback guide." in said


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("kind", [LetterKind.DIGEST, LetterKind.TRANSCRIPT])
def test_no_value_makes_a_line_of_its_own(kind: LetterKind, evil: str) -> None:
    status = replace(
        FULL.due_today[0], customer=evil, hold=evil,
        overrides=tuple(replace(each, reason=evil, by=evil) for each in FULL.due_today[0].overrides),
        ready=tuple(replace(each, text=evil, override=None) for each in FULL.due_today[0].ready),
        waits=tuple(replace(each, who=(evil,)) for each in FULL.due_today[0].waits),
    )  # fmt: skip
    spoiled = replace(
        FULL, due_today=(status,), held=(status,), overridden=(status,), unread=(evil,), unknown=(evil,),
        looked=tuple(replace(each, sender=evil, subject=evil, why=evil) for each in FULL.looked),
        undelivered=tuple(replace(each, to=(evil,), note=evil) for each in FULL.undelivered),
        unsaid=tuple(replace(each, to=(evil,), first_line=evil, answers=evil) for each in FULL.unsaid),
    )  # fmt: skip
    plain = replace(spoiled, due_today=FULL.due_today, held=(FULL.due_today[0],), overridden=FULL.overridden)
    plain = replace(plain, unread=("x",), unknown=("x",), looked=FULL.looked, undelivered=FULL.undelivered)
    plain = replace(plain, unsaid=FULL.unsaid, held=(replace(FULL.due_today[0], hold="x"),))
    shapes = []
    for digest in (plain, spoiled):
        result = CommandResult("/status", True, "the day", digest=digest)
        said = {"digest": digest} if kind is LetterKind.DIGEST else {"transcript": (result,)}
        text = text_of(kind, **said)
        shapes.append([line[:2] for line in text.splitlines() if line.startswith("- ") or not line])
    assert len(shapes[1]) <= len(shapes[0])  # a value without any words may leave its line out
