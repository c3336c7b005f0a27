"""A request: confirmed, asked back, other slots, before the manager, or not ours at all (SCHED)."""

from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest

from deployment.rules.build import FULL, HOTFIX
from dplmaild.deployment.customer import Customer
from dplmaild.deployment.owed import CalendarEntry, LetterKind, LogRow
from dplmaild.deployment.process import Verdict, decide, new_case
from dplmaild.deployment.terms import (
    INT,
    UAT,
    Deployment,
    Environment,
    Management,
    MomentStatus,
    Phase,
    Version,
    WrittenMoment,
)
from process.build import (
    ACME,
    ANN,
    BEN,
    CARL,
    HOUR,
    ICM,
    INSTRUCTED,
    MORGAN,
    NOW,
    PROD,
    PROD_INSTRUCTED,
    PWA,
    ROBIN,
    SLOT,
    WHOLE,
    Field,
    Question,
    State,
    alarms,
    answer,
    asked,
    at,
    case,
    first,
    forwarded,
    ground,
    heard,
    kinds,
    letters,
    only,
    the,
)

HOTFIX_WHOLE = replace(WHOLE, type=HOTFIX, description="A fix", when=asked("2026-11-24 10:00").when)
UNCLEAR = WrittenMoment(
    "03/12/2026", MomentStatus.AMBIGUOUS, candidates=(at("2026-12-03 10:00").astimezone(UTC), at("2027-03-12 10:00"))
)
AWAY = ACME.model_copy(update={"products": (ICM,)})


@pytest.mark.parametrize(
    ("said", "verdict", "state", "kind"),
    [
        pytest.param(asked(), Verdict.CONFIRM, State.SCHEDULED, LetterKind.CONFIRMED, id="a good one is confirmed"),
        pytest.param(
            asked("2026-12-11 10:00"), Verdict.OTHER_SLOT, State.PROPOSED, LetterKind.OFFERED, id="a Friday is not"
        ),
        pytest.param(
            asked("2026-12-15 16:00"), Verdict.OTHER_SLOT, State.PROPOSED, LetterKind.OFFERED, id="too late on the day"
        ),
        pytest.param(
            asked("2026-12-15 10:10"),
            Verdict.CONFIRM,
            State.SCHEDULED,
            LetterKind.CONFIRMED,
            id="an odd minute is kept",
        ),
        pytest.param(asked(None), Verdict.ASK_BACK, State.INCOMPLETE, LetterKind.ASKED, id="no date"),
        pytest.param(asked(type=None), Verdict.ASK_BACK, State.INCOMPLETE, LetterKind.ASKED, id="no type"),
        pytest.param(
            asked(type=HOTFIX),
            Verdict.APPROVAL,
            State.AWAITING_APPROVAL,
            LetterKind.AWAITING_APPROVAL,
            id="a hotfix is put before the manager",
        ),
        pytest.param(
            WHOLE, Verdict.CONFIRM, State.INSTRUCTED, LetterKind.CONFIRMED_AND_BINDING, id="with complete instructions"
        ),
        pytest.param(
            replace(WHOLE, release_notes=None),
            Verdict.CONFIRM,
            State.SCHEDULED,
            LetterKind.CONFIRMED,
            id="with instructions that lack their notes",
        ),
    ],
)
def test_a_first_message(said: Deployment, verdict: Verdict, state: State, kind: LetterKind) -> None:
    decided = first(said)
    assert (decided.verdict, the(decided).state, kinds(decided.owed)) == (verdict, state, [kind])


def test_a_confirmation_goes_to_everyone_with_invitation_entry_and_row() -> None:
    decided = first(asked(), message=heard(asked(), copied=("list@acme.example.com", "desk@example.net")))
    letter = only(decided.owed)
    assert set(letter.to) == {ANN.address, "list@acme.example.com"}
    assert letter.invitation
    assert [type(o) for o in decided.owed] == [type(letter), CalendarEntry, LogRow]
    assert letter.facts.slot == SLOT
    assert letter.facts.deadline == at("2026-12-14 17:00")
    assert letter.facts.cancels


def test_everything_missing_is_asked_for_at_once_of_the_sender_alone() -> None:
    said = Deployment(product=ICM)
    question = Question(Field.WHEN, "ambiguous", ("03/12",))
    decided = first(said, message=heard(said, questions=(question,), copied=(BEN.address,)))
    letter = only(decided.owed)
    assert letter.to == (ANN.address,)
    assert letter.facts.missing == (Field.TYPE, Field.WHEN, Field.SPECIAL_ACTIVITIES)
    assert letter.facts.questions == (question,)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param(
            replace(WHOLE, options=replace(WHOLE.options, db_migrate=True, cartridges=("bc",))),
            "TYPE-2",
            id="code with a database migration",
        ),
        pytest.param(replace(WHOLE, target_version=Version("11.0.0")), "TYPE-5", id="a target below the current one"),
    ],
)
def test_words_that_contradict_each_other_are_asked_back(said: Deployment, reason: str) -> None:
    decided = first(said, message=heard(said, instructs=True))
    assert decided.verdict is Verdict.ASK_BACK
    assert [q.reason for q in only(decided.owed).facts.questions] == [reason]


def test_offers_are_three_days_from_the_wanted_start_on_and_held() -> None:
    decided = first(asked("2026-12-11 10:00"))
    starts = [offer.slot.start for offer in the(decided).offers]
    assert starts == [at("2026-12-14 10:00"), at("2026-12-15 10:00"), at("2026-12-16 10:00")]
    letter = only(decided.owed)
    assert [s.start for s in letter.facts.slots] == starts
    assert [f.rule for f in letter.facts.findings] == ["DAY-1", "DAY-2"]
    assert not letter.facts.subject_to_approval


def test_offers_of_a_hotfix_are_subject_to_approval() -> None:
    decided = first(asked("2026-11-28 10:00", type=HOTFIX))
    assert decided.verdict is Verdict.OTHER_SLOT
    assert only(decided.owed).facts.subject_to_approval


def test_as_soon_as_possible_with_a_hotfix_brings_three_slots() -> None:
    said = asked(None, type=HOTFIX)
    decided = first(said, message=heard(said, questions=(Question(Field.WHEN, "asap"),), asap=True))
    assert decided.verdict is Verdict.OTHER_SLOT
    starts = [s.start for s in only(decided.owed).facts.slots]
    assert len({s.date() for s in starts}) == 3
    assert starts[0] >= NOW + HOUR


def test_as_soon_as_possible_with_code_asks_for_the_date_and_names_the_earliest() -> None:
    said = asked(None)
    decided = first(said, message=heard(said, asap=True))
    letter = only(decided.owed)
    assert decided.verdict is Verdict.ASK_BACK
    assert Field.WHEN in letter.facts.missing
    assert letter.facts.earliest is not None
    assert letter.facts.earliest.start.date() == at("2026-11-26 09:00").date()


def test_as_soon_as_possible_alone_still_gets_the_whole_form() -> None:
    decided = first(Deployment(), message=heard(Deployment(), asap=True))
    assert set(only(decided.owed).facts.missing) >= {Field.TYPE, Field.WHEN, Field.PRODUCT}


@pytest.mark.parametrize(
    ("said", "who", "verdict", "kind"),
    [
        pytest.param(
            asked(environment=INT),
            ACME,
            Verdict.PARTNER_PERFORMS,
            LetterKind.PARTNER_PERFORMS,
            id="INT is the partner's",
        ),
        pytest.param(
            asked(None, type=None, product=None, environment=INT),
            ACME,
            Verdict.PARTNER_PERFORMS,
            LetterKind.PARTNER_PERFORMS,
            id="INT is the partner's whatever else is not said",
        ),
        pytest.param(
            asked(product=PWA, environment=UAT),
            ACME,
            Verdict.PARTNER_PERFORMS,
            LetterKind.PARTNER_PERFORMS,
            id="UAT of the storefront",
        ),
        pytest.param(
            asked(type=None, product=None, environment=UAT), ACME, Verdict.ASK_BACK, LetterKind.ASKED, id="UAT of what?"
        ),
        pytest.param(
            asked(),
            ACME.model_copy(update={"phase": Phase.SETUP}),
            Verdict.PARTNER_PERFORMS,
            LetterKind.PARTNER_PERFORMS,
            id="before go-live",
        ),
    ],
)
def test_what_the_partner_performs_is_said_and_not_scheduled(
    said: Deployment, who: Customer, verdict: Verdict, kind: LetterKind
) -> None:
    decided = first(said, ground(who=who))
    assert (decided.verdict, kinds(decided.owed)) == (verdict, [kind])
    assert (decided.case is None) == (verdict is Verdict.PARTNER_PERFORMS)


def test_an_answer_that_shows_that_it_is_the_partners_ends_the_case() -> None:
    waiting = case(State.INCOMPLETE, deployment=asked(type=None, product=None, environment=UAT))
    decided = answer(waiting, Deployment(environment=INT))
    assert decided.verdict is Verdict.PARTNER_PERFORMS
    assert the(decided).state is State.CANCELLED
    assert kinds(decided.owed) == [LetterKind.PARTNER_PERFORMS]


def test_a_customer_of_the_partner_alone_hears_nothing_from_us() -> None:
    decided = first(asked(), ground(who=ACME.model_copy(update={"management": Management.PARTNER})))
    assert (decided.verdict, decided.owed, decided.case) == (Verdict.NOT_OURS, (), None)


def test_an_environment_without_procedure_is_noted_in_prod() -> None:
    decided = first(asked(environment=Environment("DEV")), ground(PROD))
    assert (decided.verdict, kinds(decided.owed), decided.case) == (Verdict.RECORD, [LetterKind.NO_PROCEDURE], None)


def test_prod_asks_only_for_the_date() -> None:
    decided = first(Deployment(), ground(PROD))
    assert only(decided.owed).facts.missing == (Field.WHEN,)


def test_prod_binds_with_the_partners_lines_and_tells_ops_its_own() -> None:
    said = asked(None).merged(PROD_INSTRUCTED)
    said = replace(said, when=asked("2026-12-15 10:00").when, type=None, product=None)
    decided = first(said, ground(PROD))
    assert the(decided).state is State.INSTRUCTED
    (call,) = alarms(decided.owed)
    assert set(call.facts.missing) == {Field.RESTARTS, Field.DURATION, Field.ROLLBACK, Field.ARTIFACT}
    assert all(not letter.facts.missing for letter in letters(decided.owed))


def test_prod_confirms_and_names_only_what_the_partner_owes() -> None:
    decided = first(Deployment(when=asked("2026-12-15 10:00").when), ground(PROD))
    assert only(decided.owed).facts.missing == (Field.TICKETS, Field.COMPONENTS, Field.VALIDATED)
    assert not only(decided.owed).facts.cancels


def test_the_manager_needs_no_approval_and_the_engineer_does() -> None:
    said = asked(type=HOTFIX)
    assert first(said, message=heard(said, by=MORGAN)).verdict is Verdict.CONFIRM
    assert first(said, message=heard(said, by=ROBIN)).verdict is Verdict.APPROVAL


def test_what_ops_asks_for_is_recorded_as_for_the_customer() -> None:
    assert "for the customer" in first(asked(), message=heard(asked(), by=ROBIN)).why


def test_conditions_name_what_only_the_instructions_can_show() -> None:
    assert set(only(first(asked()).owed).facts.conditions) == {"PRE-2", "TEST-2"}


def test_a_full_deployment_proposes_its_uat_step() -> None:
    decided = first(asked("2026-12-17 10:00", type=FULL))
    assert decided.verdict is Verdict.CONFIRM
    step = only(decided.owed).facts.uat_step
    assert step is not None
    assert step.start == at("2026-12-15 10:00")


@pytest.mark.parametrize(
    ("before", "later", "restarts"),
    [
        pytest.param(asked(special_activities=None), Deployment(special_activities="none"), False, id="an answer"),
        pytest.param(
            asked(special_activities=None),
            Deployment(special_activities="none", when=asked().when),
            False,
            id="the form with the same date",
        ),
        pytest.param(
            asked(special_activities=None), asked("2026-12-16 10:00"), True, id="another date starts the count anew"
        ),
        pytest.param(asked(type=None), Deployment(type=asked().type), True, id="the type is named only now"),
        pytest.param(asked(None), Deployment(when=asked().when), True, id="the date is named only now"),
        pytest.param(
            replace(asked(), when=UNCLEAR), asked("2026-12-03 10:00"), False, id="an unclear date is made clear"
        ),
        pytest.param(replace(asked(), when=UNCLEAR), asked("2026-12-08 10:00"), True, id="quite another date"),
        pytest.param(asked(type=None, product=PWA), Deployment(type=asked().type), False, id="the product settled it"),
    ],
)
def test_since_when_a_request_counts(before: Deployment, later: Deployment, restarts: bool) -> None:
    opened = first(before)
    answered = answer(the(opened), later, arrived=NOW + 3 * HOUR)
    assert the(answered).arrived == (NOW + 3 * HOUR if restarts else NOW)


@pytest.mark.parametrize(
    ("hours", "verdict"),
    [
        pytest.param(0, Verdict.CONFIRM, id="asked on Monday, code on Thursday"),
        pytest.param(24, Verdict.CONFIRM, id="completed on Tuesday, still counted from Monday"),
    ],
)
def test_lead_time_counts_from_the_first_message(hours: int, verdict: Verdict) -> None:
    opened = first(asked("2026-11-26 10:00", special_activities=None))
    done = answer(the(opened), Deployment(special_activities="none"), arrived=NOW + hours * HOUR)
    assert done.verdict is verdict


@pytest.mark.parametrize(
    ("by", "more", "verdict", "to"),
    [
        pytest.param(CARL, {}, Verdict.ASK_BACK, (ANN.address,), id="a contact's draft: the manager is asked"),
        pytest.param(
            ANN,
            {"forward": forwarded(False)},
            Verdict.ASK_BACK,
            (ANN.address,),
            id="a bare forward",
        ),
        pytest.param(
            CARL, {"forward": forwarded(False)}, Verdict.ASK_BACK, (ANN.address,), id="a contact's bare forward"
        ),
    ],
)
def test_drafts_wait_to_be_adopted(by: Any, more: dict[str, Any], verdict: Verdict, to: tuple[str, ...]) -> None:
    decided = first(asked(), message=heard(asked(), by=by, **more))
    letter = only(decided.owed)
    assert (decided.verdict, letter.kind, letter.to) == (verdict, LetterKind.ADOPT, to)
    assert the(decided).state is State.INCOMPLETE


def test_a_bare_forward_that_lacks_a_field_is_asked_about_once() -> None:
    """MSG-10: whether it is theirs, and what is missing, in one letter; the filled-in form settles both."""
    said = asked(special_activities=None)
    decided = first(said, message=heard(said, forward=forwarded(False)))
    letter = only(decided.owed)
    assert (letter.kind, letter.facts.missing) == (LetterKind.ADOPT, (Field.SPECIAL_ACTIVITIES,))
    done = answer(the(decided), asked(special_activities="none"))
    assert done.verdict is Verdict.CONFIRM


def test_a_forward_that_is_adopted_counts_and_says_whose_it_was() -> None:
    decided = first(asked(), message=heard(asked(), forward=forwarded(True)))
    assert decided.verdict is Verdict.CONFIRM
    assert only(decided.owed).facts.taken_from == "x@else.example.org"
    assert "x@else.example.org" not in only(decided.owed).to


def test_a_draft_without_anybody_to_adopt_it_reaches_ops() -> None:
    lonely = ground(who=ACME.model_copy(update={"contacts": (CARL,)}))
    decided = first(asked(), lonely, heard(asked(), by=CARL))
    assert kinds(decided.owed) == []
    assert len(alarms(decided.owed)) == 1


def test_an_attendant_asks_for_nothing_and_hears_nothing() -> None:
    decided = first(asked(), message=heard(asked(), by=BEN))
    assert (decided.verdict, decided.case, kinds(decided.owed)) == (Verdict.TRIAGE, None, [])
    (call,) = alarms(decided.owed)
    assert call.facts.reference is None


def test_a_request_that_names_no_field_gets_the_whole_form() -> None:
    message, on = heard(), ground()
    decided = decide(new_case(message, Deployment(), on, "DPL-2026-0001"), message, None, on)
    assert kinds(decided.owed) == [LetterKind.ASKED]


def test_instructions_in_the_first_mail_count_also_when_the_type_comes_later() -> None:
    opened = first(replace(WHOLE, type=None), message=heard(replace(WHOLE, type=None), instructs=True))
    done = answer(the(opened), Deployment(type=asked().type))
    assert the(done).state is State.INSTRUCTED
    assert kinds(done.owed) == [LetterKind.CONFIRMED_AND_BINDING]


def test_a_hotfix_with_its_instructions_is_binding_once_it_is_approved() -> None:
    opened = first(HOTFIX_WHOLE, message=heard(HOTFIX_WHOLE, instructs=True))
    assert opened.verdict is Verdict.APPROVAL
    assert the(opened).deadline is None
    assert INSTRUCTED.release_notes == the(opened).deployment.release_notes


def test_the_mailing_list_may_stand_in_copy() -> None:
    said = replace(WHOLE, mailing_list=())
    listed = heard(said, instructs=True, copied=("list@acme.example.com",))
    assert the(first(said, message=listed)).state is State.INSTRUCTED
    assert the(first(said, message=heard(said, copied=("x@else.example.org",)))).state is State.SCHEDULED
