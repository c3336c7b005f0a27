"""Instructions: binding, incomplete, corrected, late, on hold (INST)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.process import Verdict
from dplmaild.deployment.process.differences import changes_between
from dplmaild.deployment.said import Question
from dplmaild.deployment.terms import UAT, Component, Deployment, MomentStatus, Options, Version, WrittenMoment
from process.build import (
    ANN,
    BEN,
    CARL,
    DAY,
    HOUR,
    INSTRUCTED,
    PROD,
    PROD_INSTRUCTED,
    ROBIN,
    SLOT,
    Choice,
    Field,
    Intent,
    State,
    alarms,
    answer,
    at,
    case,
    forwarded,
    ground,
    kinds,
    letters,
    moment,
    only,
    the,
)

DEADLINE = at("2026-12-14 17:00")
LATE = DEADLINE + timedelta(seconds=1)
ON_PROD = ground(PROD)


def test_complete_instructions_are_binding_and_repeat_what_will_be_deployed() -> None:
    decided = answer(case(), INSTRUCTED, instructs=True, copied=(BEN.address, "x@else.example.org"))
    letter = only(decided.owed)
    assert (decided.verdict, the(decided).state, letter.kind) == (Verdict.RECORD, State.INSTRUCTED, LetterKind.BINDING)
    assert letter.facts.deployment.target_version == Version("11.0.2")
    assert letter.facts.slot == SLOT
    assert set(letter.to) == {ANN.address, "list@acme.example.com", BEN.address}


def test_roles_that_are_not_on_the_list_are_named() -> None:
    letter = only(answer(case(), INSTRUCTED, instructs=True).owed)
    assert letter.facts.lacks_on_list == ("attendant",)


def test_strangers_on_the_list_are_named_and_not_written_to() -> None:
    said = replace(INSTRUCTED, mailing_list=("list@acme.example.com", "x@else.example.org"))
    letter = only(answer(case(), said, instructs=True).owed)
    assert letter.facts.not_added == ("x@else.example.org",)
    assert "x@else.example.org" not in letter.to


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        pytest.param({"release_notes": None}, (Field.RELEASE_NOTES,), id="no release notes"),
        pytest.param({"mailing_list": ()}, (Field.MAILING_LIST,), id="no mailing list"),
        pytest.param(
            {"options": Options(True, True, None, True)},
            (Field.INVALIDATE_PAGE_CACHE,),
            id="one switch open",
        ),
        pytest.param(
            {"current_version": None, "release_notes": " "},
            (Field.CURRENT_VERSION, Field.RELEASE_NOTES),
            id="two lines",
        ),
    ],
)
def test_what_is_missing_is_asked_for_at_once_with_the_deadline(
    left_out: dict[str, Any], missing: tuple[Field, ...]
) -> None:
    said = replace(INSTRUCTED, **left_out)
    if Field.INVALIDATE_PAGE_CACHE in missing:
        said = replace(said, options=replace(said.options, db_migrate=False))
    decided = answer(case(), said, instructs=True)
    letter = only(decided.owed)
    assert (decided.verdict, letter.kind) == (Verdict.ASK_BACK, LetterKind.INSTRUCTIONS_INCOMPLETE)
    assert (letter.facts.missing, letter.facts.deadline, letter.to) == (missing, DEADLINE, (ANN.address,))


def test_the_rest_completes_what_was_there() -> None:
    half = answer(case(), replace(INSTRUCTED, release_notes=None), instructs=True)
    done = answer(the(half), Deployment(release_notes="notes"), intent=Intent.CORRECTION)
    assert the(done).state is State.INSTRUCTED


def test_what_contradicts_itself_is_asked_and_not_kept() -> None:
    said = replace(INSTRUCTED, options=Options(True, True, False, True, ("bc",)))
    decided = answer(case(), said, instructs=True)
    assert [q.reason for q in only(decided.owed).facts.questions] == ["TYPE-2"]
    assert the(decided).deployment.options.db_migrate is None


def test_another_start_than_agreed_is_asked_quoting_both() -> None:
    decided = answer(case(), replace(INSTRUCTED, when=moment("2026-12-16 10:00")), instructs=True)
    (question,) = only(decided.owed).facts.questions
    assert (question.field, len(question.quotes)) == (Field.WHEN, 2)
    assert the(decided).slot == SLOT
    moved = answer(the(decided), Deployment(when=moment("2026-12-16 10:00")), intent=Intent.CORRECTION)
    assert kinds(moved.owed) == [LetterKind.CONFIRMED_AND_BINDING]  # what was said beside the date is kept (SEE-14)
    stays = answer(the(decided), replace(INSTRUCTED, when=moment("2026-12-15 10:00")), intent=Intent.CORRECTION)
    assert (the(stays).slot, the(stays).state) == (SLOT, State.INSTRUCTED)


@pytest.mark.parametrize(
    ("hour", "asked"),
    [
        pytest.param(SLOT.start, False, id="around the agreed hour"),
        pytest.param(SLOT.start + 4 * HOUR, True, id="around another hour of that day"),
    ],
)
def test_a_time_that_is_only_near_is_held_against_the_agreed_one(hour: datetime, asked: bool) -> None:
    near = WrittenMoment("around then", MomentStatus.RANGE, candidates=(hour,), reason="around", day=hour.date())
    question = Question(Field.WHEN, "around", ("around then",))
    decided = answer(case(), replace(INSTRUCTED, when=near), instructs=True, questions=(question,))
    reasons = [q.reason for letter in letters(decided.owed) for q in letter.facts.questions]
    assert reasons == (["not_as_agreed"] if asked else [])
    assert the(decided).state is (State.SCHEDULED if asked else State.INSTRUCTED)


def test_what_was_said_beside_another_date_waits_for_the_answer_about_the_date() -> None:
    asked = the(answer(case(), replace(INSTRUCTED, when=moment("2026-12-16 10:00")), instructs=True))
    assert asked.deployment.target_version is None  # nothing contradictory is kept
    other = the(answer(asked, Deployment(description="labels"), intent=Intent.CORRECTION))
    assert (other.state, other.deployment.target_version) == (State.SCHEDULED, None)
    agreed = the(answer(asked, Deployment(when=moment("2026-12-15 10:00")), intent=Intent.CORRECTION))
    assert (agreed.state, agreed.deployment.target_version) == (State.INSTRUCTED, INSTRUCTED.target_version)
    assert (agreed.draft, agreed.changing_date) == (None, False)


@pytest.mark.parametrize(
    ("said", "then", "version"),
    [
        pytest.param({}, "2026-12-16 10:00", INSTRUCTED.target_version, id="the date they named"),
        pytest.param({}, "2026-12-17 10:00", None, id="a third one: they were for another day"),
        pytest.param({"environment": UAT}, "2026-12-16 10:00", None, id="they were for another environment as well"),
    ],
)
def test_what_waits_comes_along_only_with_the_date_it_named(said: dict[str, Any], then: str, version: object) -> None:
    other = replace(INSTRUCTED, when=moment("2026-12-16 10:00"), **said)
    asked = the(answer(case(), other, instructs=True))
    moved = the(answer(asked, Deployment(when=moment(then)), intent=Intent.CORRECTION))
    assert (moved.deployment.target_version, moved.draft) == (version, None)


def test_a_correction_is_told_as_a_diff_to_everyone() -> None:
    decided = answer(case(State.INSTRUCTED), Deployment(target_version=Version("11.0.3")), intent=Intent.CORRECTION)
    letter = only(decided.owed)
    assert letter.kind is LetterKind.CHANGED
    assert [(c.field, c.was, c.now) for c in letter.facts.changes] == [(Field.TARGET_VERSION, "11.0.2", "11.0.3")]
    assert set(letter.to) >= {ANN.address, "list@acme.example.com"}


def test_the_same_instructions_again_are_no_letter() -> None:
    decided = answer(case(State.INSTRUCTED), INSTRUCTED, instructs=True)
    assert (decided.verdict, decided.owed) == (Verdict.RECORD, ())


def test_every_field_of_a_deployment_can_stand_in_a_diff() -> None:
    everything = Deployment(
        duration=HOUR,
        test_window=HOUR,
        current_version=Version("1.0"),
        target_version=Version("2.0"),
        options=Options(False, False, True, True, ("bc",)),
        release_notes="n",
        description="d",
        special_activities="ICM upgrade",
        components=(Component("addon", "1"), Component("bare")),
        tickets=("T",),
        restarts="r",
        validated="v",
        rollback="b",
        artifact="a",
        attendants=(BEN.address,),
        mailing_list=("m@acme.example.com",),
        tested_on=(),
    )
    changed = {c.field for c in changes_between(INSTRUCTED, everything)}
    assert {Field.DEPLOY_APP_TIER, Field.ATTENDANT, Field.COMPONENTS, Field.CARTRIDGES, Field.DURATION} <= changed


@pytest.mark.parametrize(
    ("arrived", "verdict", "state"),
    [
        pytest.param(DEADLINE, Verdict.RECORD, State.INSTRUCTED, id="at the deadline is in time"),
        pytest.param(LATE, Verdict.TOO_LATE, State.CANCELLED, id="a second after it is not"),
    ],
)
def test_the_deadline_of_caas(arrived: Any, verdict: Verdict, state: State) -> None:
    decided = answer(case(), INSTRUCTED, instructs=True, arrived=arrived)
    assert (decided.verdict, the(decided).state) == (verdict, state)


def test_a_changed_duration_is_told_in_minutes() -> None:
    was, now = replace(PROD_INSTRUCTED, duration=HOUR / 4), replace(PROD_INSTRUCTED, duration=HOUR * 1.5)
    assert [(c.field, c.was, c.now) for c in changes_between(was, now)] == [(Field.DURATION, "15 min", "90 min")]


def test_being_late_cancels_tells_everyone_and_names_three_slots_to_ask_for() -> None:
    decided = answer(case(), INSTRUCTED, instructs=True, arrived=LATE)
    letter = only(decided.owed)
    assert letter.kind is LetterKind.CANCELLED
    assert letter.facts.deadline == DEADLINE
    assert Field.RELEASE_NOTES in letter.facts.missing
    assert letter.facts.text == ""  # the letter says why in its own language
    assert len(letter.facts.slots) == 3
    assert ANN.address in letter.to
    assert [o.held for o in the(decided).offers] == [False] * 3


def test_mail_that_waited_in_the_mailbox_counts_from_its_arrival() -> None:
    decided = answer(case(), INSTRUCTED, instructs=True, arrived=DEADLINE - HOUR, now=DEADLINE + DAY)
    assert the(decided).state is State.INSTRUCTED


def test_corrections_after_the_deadline_are_passed_on_and_change_nothing() -> None:
    one = case(State.INSTRUCTED)
    decided = answer(one, Deployment(target_version=Version("11.0.3")), intent=Intent.CORRECTION, arrived=LATE)
    letter = only(decided.owed)
    assert (letter.kind, letter.to) == (LetterKind.PASSED_ON, (ANN.address,))
    assert the(decided).deployment == one.deployment
    (call,) = alarms(decided.owed)
    assert [c.now for c in call.facts.changes] == ["11.0.3"]


def test_prod_records_what_comes_late_and_tells_ops() -> None:
    one = case(on=ON_PROD)
    assert one.deadline is not None
    decided = answer(one, PROD_INSTRUCTED, on=ON_PROD, instructs=True, arrived=one.deadline + HOUR)
    assert the(decided).state is State.INSTRUCTED
    assert kinds(decided.owed) == [LetterKind.BINDING]
    assert any("after the deadline" in call.facts.text for call in alarms(decided.owed))


def test_prod_asks_the_partner_only_for_its_own_lines() -> None:
    decided = answer(case(on=ON_PROD), replace(PROD_INSTRUCTED, validated=None), on=ON_PROD, instructs=True)
    assert only(decided.owed).facts.missing == (Field.VALIDATED,)


def test_instructions_for_a_cancelled_one_are_too_late_and_a_number_asks_anew() -> None:
    decided = answer(case(State.CANCELLED), INSTRUCTED, instructs=True, arrived=LATE)
    assert (decided.verdict, kinds(decided.owed)) == (Verdict.TOO_LATE, [LetterKind.TOO_LATE])
    assert len(the(decided).offers) == 3


@pytest.mark.parametrize(
    ("by", "more", "kind", "to"),
    [
        pytest.param(CARL, {}, LetterKind.ADOPT, (ANN.address,), id="a contact's draft"),
        pytest.param(ANN, {"forward": forwarded(False)}, LetterKind.ADOPT, (ANN.address,), id="a bare forward"),
        pytest.param(BEN, {}, LetterKind.NOTED, (BEN.address,), id="an attendant: passed on"),
        pytest.param(ROBIN, {}, LetterKind.NOTED, (ROBIN.address,), id="an engineer corrects, but does not instruct"),
    ],
)
def test_who_may_not_instruct(by: Any, more: dict[str, Any], kind: LetterKind, to: tuple[str, ...]) -> None:
    one = case()
    decided = answer(one, INSTRUCTED, by=by, instructs=True, **more)
    assert [(letter.kind, letter.to) for letter in letters(decided.owed)] == [(kind, to)]
    assert (the(decided).state, the(decided).deployment) == (State.SCHEDULED, one.deployment)


def test_a_draft_counts_once_the_release_manager_says_yes() -> None:
    drafted = the(answer(case(), INSTRUCTED, by=CARL, instructs=True))
    adopted = answer(drafted, intent=Intent.ACCEPT_SLOT, choice=Choice(number=1))
    assert (the(adopted).state, the(adopted).draft) == (State.INSTRUCTED, None)


def test_a_draft_is_not_adopted_by_its_author() -> None:
    drafted = the(answer(case(), INSTRUCTED, by=CARL, instructs=True))
    again = answer(drafted, intent=Intent.ACCEPT_SLOT, choice=Choice(number=1), by=CARL)
    assert the(again).state is State.SCHEDULED


def test_an_engineer_corrects_what_is_binding() -> None:
    decided = answer(case(State.INSTRUCTED), Deployment(restarts="none"), by=ROBIN, intent=Intent.CORRECTION)
    assert kinds(decided.owed) == [LetterKind.CHANGED]
