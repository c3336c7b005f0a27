"""Offers taken, lapsed, renewed; agreed dates that move; what OPS decides about them (SCHED-4, SCHED-6, SCHED-8)."""

from dataclasses import replace
from typing import Any

import pytest

from deployment.rules.build import HOTFIX, booking
from dplmaild.deployment.case import held_by
from dplmaild.deployment.owed import CalendarEntry, LetterKind
from dplmaild.deployment.process import Verdict, again
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.terms import PRD, UAT, Deployment, MomentStatus, Version, Window, WrittenMoment
from dplmaild.deployment.timers import TimerKind
from process.build import (
    ANN,
    CARL,
    DAY,
    HOUR,
    INSTRUCTED,
    NOW,
    PWA,
    ROBIN,
    SLOT,
    WHOLE,
    Choice,
    Field,
    Intent,
    Question,
    State,
    alarms,
    answer,
    asked,
    at,
    case,
    due,
    first,
    ground,
    heard,
    kinds,
    moment,
    offers,
    only,
    order,
    the,
)

TAKES = Intent.ACCEPT_SLOT
MOVES = Intent.RESCHEDULE
NEXT_DAY = Deployment(when=moment("2026-12-16 10:00"))
FRIDAY = Deployment(when=moment("2026-12-18 10:00"))
A_DAY = WrittenMoment("16 December", MomentStatus.RANGE, day=at("2026-12-16 10:00").date())
UNCLEAR = Deployment(when=WrittenMoment("next Tuesday", MomentStatus.AMBIGUOUS, reason="ambiguous"))
ASKS = (Question(Field.WHEN, "ambiguous", ("next Tuesday",)),)


@pytest.mark.parametrize(
    ("choice", "start"),
    [
        pytest.param(Choice(number=2), "2026-12-16 10:00", id="2"),
        pytest.param(Choice(when=moment("2026-12-17 10:00")), "2026-12-17 10:00", id="one of the dates"),
        pytest.param(Choice(when=A_DAY), "2026-12-16 10:00", id="the day alone"),
        pytest.param(
            Choice(when=moment("2026-12-22 10:00")), "2026-12-22 10:00", id="another good date is judged anew"
        ),
    ],
)
def test_an_offer_is_taken(choice: Choice, start: str) -> None:
    decided = answer(case(State.PROPOSED), intent=TAKES, choice=choice)
    assert decided.verdict is Verdict.CONFIRM
    assert only(decided.owed).facts.slot == Window(at(start), SLOT.length)
    assert the(decided).offers == ()


@pytest.mark.parametrize(
    "choice",
    [
        pytest.param(None, id="agrees, but to which?"),
        pytest.param(Choice(number=7), id="a number that was not offered"),
    ],
)
def test_what_takes_no_slot_is_asked_once_more_with_the_same_slots(choice: Choice | None) -> None:
    one = case(State.PROPOSED)
    decided = answer(one, intent=TAKES, choice=choice)
    assert (decided.verdict, kinds(decided.owed)) == (Verdict.ASK_BACK, [LetterKind.ASKED])
    assert only(decided.owed).facts.slots == tuple(o.slot for o in one.offers)
    assert (the(decided).state, the(decided).offers) == (State.PROPOSED, one.offers)


def test_taking_an_offer_may_say_more() -> None:
    decided = answer(case(State.PROPOSED), INSTRUCTED, intent=TAKES, choice=Choice(number=1))
    assert kinds(decided.owed) == [LetterKind.CONFIRMED_AND_BINDING]
    assert the(decided).deployment.target_version == Version("11.0.2")


def test_offers_lapse_without_a_letter_and_let_the_slots_go() -> None:
    one = case(State.PROPOSED)
    assert len(held_by(one)) == 3
    assert [t.kind for t in timers_of(one, ground())] == [TimerKind.OFFER_LAPSES]
    fired = due(one, TimerKind.OFFER_LAPSES, now=NOW + 2 * DAY)
    assert fired is not None
    assert (fired.owed, the(fired).state, held_by(the(fired)), fired.timers) == ((), State.EXPIRED, (), ())


def test_each_offer_lapses_at_its_own_moment() -> None:
    early, *rest = offers()
    one = case(State.PROPOSED, offers=(replace(early, until=NOW + HOUR), *rest))
    fired = due(one, TimerKind.OFFER_LAPSES, now=NOW + HOUR)
    assert the(fired).state is State.PROPOSED
    assert len(held_by(the(fired))) == 2
    taken = answer(the(fired), intent=TAKES, choice=Choice(number=2), arrived=NOW + 2 * HOUR)
    assert the(taken).slot == rest[0].slot


@pytest.mark.parametrize(
    ("slot_is_taken", "verdict"),
    [
        pytest.param(False, Verdict.CONFIRM, id="still free"),
        pytest.param(True, Verdict.OTHER_SLOT, id="taken meanwhile"),
    ],
)
def test_a_lapsed_number_is_judged_anew_from_its_own_arrival(slot_is_taken: bool, verdict: Verdict) -> None:
    later = NOW + 3 * DAY
    held = (booking("2026-12-16 10:00", 3, who="acme"),) if slot_is_taken else ()
    decided = answer(case(State.EXPIRED), intent=TAKES, choice=Choice(number=2), arrived=later, on=ground(held=held))
    assert decided.verdict is verdict
    assert the(decided).arrived == later


def test_a_held_offer_survives_notice_that_ran_down() -> None:
    opened = first(asked("2026-11-27 10:00"))
    assert opened.verdict is Verdict.OTHER_SLOT
    soonest = the(opened).offers[0]
    assert soonest.slot.start == at("2026-11-30 10:00")
    answered = answer(the(opened), intent=TAKES, choice=Choice(number=1), arrived=soonest.until)
    assert answered.verdict is Verdict.CONFIRM


def test_a_hotfix_that_takes_an_offer_still_waits_for_the_manager() -> None:
    one = case(State.PROPOSED, deployment=asked(type=HOTFIX))
    decided = answer(one, intent=TAKES, choice=Choice(number=1))
    assert (decided.verdict, the(decided).state) == (Verdict.APPROVAL, State.AWAITING_APPROVAL)


def test_what_ops_proposes_is_taken_without_rule_or_approval() -> None:
    proposed = the(order(case(State.AWAITING_APPROVAL, deployment=asked(type=HOTFIX)), "/propose 2026-12-13 08:00"))
    assert (proposed.state, proposed.slot) == (State.PROPOSED, None)
    decided = answer(proposed, intent=TAKES, choice=Choice(number=1))
    assert decided.verdict is Verdict.CONFIRM
    letter = only(decided.owed)
    assert letter.facts.slot is not None
    assert letter.facts.slot.start == at("2026-12-13 08:00")
    assert not [f for f in letter.facts.findings if f.severity == "blocks"]


def test_a_contact_takes_no_offer() -> None:
    one = case(State.PROPOSED)
    decided = answer(one, intent=TAKES, choice=Choice(number=1), by=CARL)
    assert (the(decided).state, kinds(decided.owed), len(alarms(decided.owed))) == (one.state, [LetterKind.NOTED], 1)


def test_a_contact_does_not_undo_what_was_offered() -> None:
    one = case(State.PROPOSED)
    decided = answer(one, asked("2027-01-12 10:00"), by=CARL, intent=Intent.CORRECTION)
    assert (the(decided).state, the(decided).offers) == (State.PROPOSED, one.offers)


@pytest.mark.parametrize("state", [State.SCHEDULED, State.INSTRUCTED])
def test_an_agreed_date_moves_in_one_letter(state: State) -> None:
    one = case(state)
    decided = answer(one, NEXT_DAY, intent=MOVES)
    letter = only(decided.owed)
    assert letter.kind is LetterKind.CHANGED
    assert (letter.facts.was_slot, letter.facts.slot) == (SLOT, Window(at("2026-12-16 10:00"), SLOT.length))
    assert (the(decided).state, the(decided).sequence) == (state, one.sequence + 1)
    assert the(decided).deadline == at("2026-12-15 17:00")


@pytest.mark.parametrize("state", [State.SCHEDULED, State.INSTRUCTED])
@pytest.mark.parametrize(
    ("said", "more", "verdict"),
    [
        pytest.param(FRIDAY, {}, Verdict.OTHER_SLOT, id="a bad date: others are offered"),
        pytest.param(UNCLEAR, {"questions": ASKS}, Verdict.ASK_BACK, id="an unclear date is asked back"),
        pytest.param(Deployment(), {}, Verdict.ASK_BACK, id="no date is named"),
    ],
)
def test_the_old_slot_stays_until_the_new_one_is_agreed(
    state: State, said: Deployment, more: dict[str, Any], verdict: Verdict
) -> None:
    one = case(state)
    decided = answer(one, said, intent=MOVES, **more)
    kept = the(decided)
    assert (decided.verdict, kept.state, kept.slot, kept.deployment.when) == (verdict, state, SLOT, one.deployment.when)
    assert only(decided.owed).facts.slot == SLOT
    moved = answer(kept, NEXT_DAY, intent=Intent.CORRECTION) if verdict is Verdict.ASK_BACK else None
    taken = moved or answer(kept, intent=TAKES, choice=Choice(number=1))
    assert the(taken).slot not in {None, SLOT}
    assert (the(taken).state, kinds(taken.owed)) == (state, [LetterKind.CHANGED])


def test_offers_for_an_agreed_one_lapse_and_leave_it_as_it_was() -> None:
    offered = the(answer(case(State.INSTRUCTED), FRIDAY, intent=MOVES))
    fired = due(offered, TimerKind.OFFER_LAPSES, now=NOW + 7 * DAY)
    assert (the(fired).state, the(fired).slot) == (State.INSTRUCTED, SLOT)
    assert [b.window for b in held_by(the(fired))] == [SLOT]


def test_another_date_of_a_hotfix_waits_while_the_agreed_one_stays() -> None:
    hotfix = case(State.INSTRUCTED, deployment=replace(WHOLE, type=HOTFIX, description="d"))
    one = the(answer(hotfix, NEXT_DAY, intent=MOVES))
    assert (one.state, one.slot) == (State.INSTRUCTED, SLOT)
    assert {b.window.start for b in held_by(one)} == {SLOT.start, at("2026-12-16 10:00")}
    approved = order(one, "/approve")
    moved = the(approved).slot
    assert moved is not None
    assert (moved.start, kinds(approved.owed)) == (at("2026-12-16 10:00"), [LetterKind.CHANGED])
    declined = order(one, "/decline too busy")
    assert (the(declined).state, the(declined).slot, the(declined).moving_to) == (State.INSTRUCTED, SLOT, None)


def test_naming_another_date_while_waiting_for_approval_frees_the_first() -> None:
    waiting = case(State.AWAITING_APPROVAL, deployment=asked(type=HOTFIX))
    decided = answer(waiting, NEXT_DAY, intent=MOVES)
    assert (decided.verdict, the(decided).state) == (Verdict.APPROVAL, State.AWAITING_APPROVAL)
    assert [b.window.start for b in held_by(the(decided))] == [at("2026-12-16 10:00")]
    assert the(decided).sequence == waiting.sequence + 1
    bad = answer(waiting, Deployment(when=moment("2026-12-19 10:00")), intent=MOVES)
    assert (the(bad).state, the(bad).slot) == (State.PROPOSED, None)
    assert [o.cancelled for o in bad.owed if isinstance(o, CalendarEntry)] == [True]


def test_approval_confirms_and_binds_when_the_instructions_are_there() -> None:
    waiting = case(State.AWAITING_APPROVAL, deployment=replace(WHOLE, type=HOTFIX, description="d"))
    approved = order(waiting, "/approve")
    assert (the(approved).state, kinds(approved.owed)) == (State.INSTRUCTED, [LetterKind.CONFIRMED_AND_BINDING])
    plain = order(case(State.AWAITING_APPROVAL), "/approve")
    assert (the(plain).state, kinds(plain.owed)) == (State.SCHEDULED, [LetterKind.CONFIRMED])
    assert Field.RELEASE_NOTES in only(plain.owed).facts.missing


def test_approval_of_a_start_that_has_passed_is_refused() -> None:
    assert not order(case(State.AWAITING_APPROVAL), "/approve", now=SLOT.start).done


def test_an_override_lets_the_manager_approve_what_a_rule_forbids() -> None:
    friday = the(first(asked("2026-12-18 10:00")))
    refused = order(friday, "/approve")
    assert not refused.done
    assert "DAY-1" in refused.answer
    settled = the(order(the(order(friday, "/override DAY-1 agreed by phone")), "/override DAY-2 agreed by phone"))
    approved = order(settled, "/approve")
    assert (the(approved).state, the(approved).slot) == (State.SCHEDULED, Window(at("2026-12-18 10:00"), SLOT.length))


def test_an_override_counts_when_the_request_is_judged_again() -> None:
    open_ = the(first(asked("2026-12-18 10:00", special_activities=None)))
    settled = replace(open_, overridden=("DAY-1", "DAY-2"))
    assert answer(settled, Deployment(special_activities="none")).verdict is Verdict.CONFIRM


def test_a_postponement_keeps_state_and_length_and_raises_the_sequence() -> None:
    one = case(State.INSTRUCTED)
    moved = order(one, "/postpone 30m late train", by=ROBIN)
    letter = only(moved.owed)
    assert letter.kind is LetterKind.POSTPONED
    assert (the(moved).slot, the(moved).sequence) == (Window(at("2026-12-15 10:30"), SLOT.length), one.sequence + 1)
    assert (letter.facts.was_slot, letter.facts.text) == (SLOT, "late train")


def test_withdrawing_an_agreed_one_tells_everyone_and_frees_the_slot() -> None:
    decided = answer(case(State.INSTRUCTED), intent=Intent.WITHDRAWAL, notes="no longer needed")
    letter = only(decided.owed)
    assert (letter.kind, letter.facts.slots, held_by(the(decided))) == (LetterKind.CANCELLED, (), ())
    assert set(letter.to) == {ANN.address, "list@acme.example.com"}
    assert letter.facts.text == "no longer needed"


def test_a_withdrawal_without_words_puts_none_into_the_letter() -> None:
    """`withdrawn` is a word for the record; the letter speaks its own language."""
    decided = answer(case(State.INSTRUCTED), intent=Intent.WITHDRAWAL)
    assert (only(decided.owed).facts.text, the(decided).result) == ("", "withdrawn")


def test_withdrawing_a_running_one_is_for_ops_to_decide() -> None:
    decided = answer(case(State.IN_PROGRESS), intent=Intent.WITHDRAWAL, notes="stop")
    assert (the(decided).state, len(alarms(decided.owed))) == (State.IN_PROGRESS, 1)


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        pytest.param(Deployment(environment=PRD), True, id="this one, by its environment"),
        pytest.param(Deployment(target_version=Version("11.0.2")), True, id="this one, by its version alone"),
        pytest.param(Deployment(environment=UAT), False, id="UAT, in the thread of PRD"),
        pytest.param(Deployment(product=PWA), False, id="another product"),
    ],
)
def test_withdrawing_another_one_ends_nothing(said: Deployment, ends: bool) -> None:
    decided = answer(case(State.SCHEDULED), said, intent=Intent.WITHDRAWAL, notes="not needed")
    assert the(decided).state is (State.CANCELLED if ends else State.SCHEDULED)
    assert len(alarms(decided.owed)) == (0 if ends else 1)


def test_the_same_thread_can_ask_again_after_the_end() -> None:
    ended = the(answer(case(), INSTRUCTED, instructs=True, arrived=at("2026-12-14 18:00")))
    fresh = again(ended, heard(intent=TAKES), ground(), "DPL-2026-0002")
    decided = answer(fresh, intent=TAKES, choice=Choice(number=1), arrived=at("2026-12-14 19:00"))
    assert (decided.verdict, the(decided).reference) == (Verdict.CONFIRM, "DPL-2026-0002")
    assert the(decided).slot == ended.offers[0].slot
