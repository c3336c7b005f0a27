"""STATE-1: every state against everything that can be said; what the table does not allow changes nothing."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dplmaild.deployment.case import ENDED, TRANSITIONS, Case, may_follow
from dplmaild.deployment.customer import Engineer
from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.process import VERBS, Verdict
from dplmaild.deployment.terms import Deployment
from dplmaild.deployment.timers import TimerKind
from process.build import (
    ANN,
    BEN,
    HOUR,
    MORGAN,
    NOW,
    ROBIN,
    SLOT,
    Choice,
    Intent,
    State,
    answer,
    case,
    due,
    heard,
    kinds,
    moment,
    only,
    order,
    the,
)

ARGUMENTS = {
    "approve": "", "propose": "2026-12-16 10:00", "decline": "no", "hold": "waiting", "resume": "",
    "override": "PRE-2 ok",
    "confirm": "by Ben, on the phone", "abort": "broken", "start": "", "postpone": "30m late", "delay": "20m slow",
    "issue": "disk full", "update": "half way", "complete": "", "rollback": "broken", "rolledback": "",
    "fail": "broken",
    "cancel": "not needed", "note": "called Ann", "status": "",
}  # fmt: skip

PENDING = {State.REQUESTED, State.INCOMPLETE, State.PROPOSED, State.AWAITING_APPROVAL, State.EXPIRED}
AGREED = {State.SCHEDULED, State.INSTRUCTED}
RUNNING = {State.IN_PROGRESS, State.TESTING, State.ROLLING_BACK, State.TESTING_ROLLBACK}
GOING = PENDING | AGREED | RUNNING
HALF_AN_HOUR = timedelta(minutes=30)
EVERY = set(State)

POSSIBLE = {
    "approve": {State.AWAITING_APPROVAL, State.REQUESTED, State.PROPOSED, State.EXPIRED},
    "propose": (PENDING - {State.INCOMPLETE}) | AGREED,
    "decline": PENDING | AGREED,
    "hold": AGREED,
    "resume": set(),
    "override": GOING,
    "confirm": {State.TESTING, State.TESTING_ROLLBACK},
    "abort": {State.IN_PROGRESS},
    "start": {State.INSTRUCTED},
    "postpone": AGREED,
    "delay": RUNNING,
    "issue": RUNNING,
    "update": RUNNING | AGREED,
    "complete": {State.IN_PROGRESS},
    "rollback": {State.IN_PROGRESS, State.TESTING},
    "rolledback": {State.ROLLING_BACK},
    "fail": {State.IN_PROGRESS, State.TESTING},
    "cancel": PENDING | AGREED,
    "note": EVERY,
    "status": EVERY,
}


def standing(state: State) -> Case:
    """A case in this state whose start nothing blocks."""
    return case(state, overridden=("PRE-2",))


def test_the_tables_of_this_page_name_every_verb() -> None:
    assert set(POSSIBLE) == set(ARGUMENTS) == set(VERBS)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_command_in_every_state(verb: str, state: State) -> None:
    one = standing(state)
    carried = order(one, f"/{verb} {ARGUMENTS[verb]}")
    assert carried.done is (state in POSSIBLE[verb])
    if not carried.done:
        assert (carried.case, carried.owed) == (one, ())
        assert carried.answer
    assert carried.case.state is state or may_follow(state, carried.case.state)


SAID: dict[Intent, dict[str, Any]] = {
    Intent.ACCEPT_SLOT: {"choice": Choice(number=2)},
    Intent.WITHDRAWAL: {"notes": "no longer needed"},
    Intent.SUCCESS_CONFIRMED: {},
    Intent.ROLLBACK_REQUESTED: {"notes": "the basket is empty"},
    Intent.ISSUE_NO_ROLLBACK: {"notes": "a typo"},
    Intent.DELAY: {"notes": "ten minutes more"},
}
ANSWERED = {
    Intent.ACCEPT_SLOT: {State.PROPOSED, State.EXPIRED},
    Intent.WITHDRAWAL: GOING,
    # Said once more after the end it is no reason to write; a problem reaches OPS whenever it is told (RUN-4).
    Intent.SUCCESS_CONFIRMED: {State.TESTING, State.TESTING_ROLLBACK, State.SUCCEEDED, State.ROLLED_BACK},
    Intent.ROLLBACK_REQUESTED: EVERY,
    Intent.ISSUE_NO_ROLLBACK: EVERY,
    Intent.DELAY: EVERY,
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("intent", list(SAID), ids=lambda i: i.value)
def test_every_reply_in_every_state(intent: Intent, state: State) -> None:
    one = standing(state)
    decided = answer(one, intent=intent, **SAID[intent])
    refused = kinds(decided.owed) == [LetterKind.REFUSED]
    assert refused is (state not in ANSWERED[intent])
    assert the(decided).state is state or may_follow(state, the(decided).state)
    if refused:
        assert replace(the(decided), thread=one.thread) == one


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_stays_ended(state: State) -> None:
    assert TRANSITIONS[state] == frozenset()
    assert not any(may_follow(state, then) for then in State)


@pytest.mark.parametrize("state", list(State))
def test_another_date_in_every_state(state: State) -> None:
    when = Deployment(when=moment("2026-12-16 10:00"))
    decided = answer(standing(state), when, intent=Intent.RESCHEDULE)
    # A case that lacks its type goes on asking for it.
    expected = {State.INCOMPLETE: Verdict.ASK_BACK}.get(state, Verdict.CONFIRM)
    assert decided.verdict is (expected if state in PENDING | AGREED else Verdict.RECORD)


def test_a_refusal_leaves_its_words_to_the_letter() -> None:
    letter = only(answer(case(State.SUCCEEDED), intent=Intent.WITHDRAWAL).owed)
    assert (letter.facts.text, letter.facts.state) == ("", State.SUCCEEDED)


def test_thanks_are_no_reason_to_write() -> None:
    for state in State:
        decided = answer(case(state), kind=heard(intent=Intent.DELAY).meaning.kind, requests=False)
        assert decided.owed == ()
        assert the(decided).state is state


TIMED = {
    TimerKind.REMINDER: {State.SCHEDULED},
    TimerKind.DEADLINE: {State.SCHEDULED},
    TimerKind.OFFER_LAPSES: {State.PROPOSED},
    TimerKind.START_UNHELD: set(),
    TimerKind.READY: {State.INSTRUCTED},
    TimerKind.START_PASSED: {State.AWAITING_APPROVAL, State.SCHEDULED, State.INSTRUCTED},
    TimerKind.WINDOW_OVER: {State.IN_PROGRESS},
    TimerKind.TESTS_OVER: {State.TESTING, State.TESTING_ROLLBACK},
    TimerKind.TESTS_MORNING: {State.TESTING, State.TESTING_ROLLBACK},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("kind", list(TimerKind), ids=lambda k: k.value)
def test_every_timer_in_every_state(kind: TimerKind, state: State) -> None:
    # Some are due before something else is; all others are tried late as well.
    early = {TimerKind.REMINDER: NOW, TimerKind.READY: SLOT.start - HOUR / 2}
    decided = due(standing(state), kind, now=early.get(kind, SLOT.end))
    assert (decided is not None) is (state in TIMED[kind])
    if decided is not None:
        assert the(decided).state is state or may_follow(state, the(decided).state)


def test_a_reminder_after_its_deadline_has_become_pointless() -> None:
    one = case(State.SCHEDULED)
    assert one.deadline is not None
    assert due(one, TimerKind.REMINDER, now=one.deadline) is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("/strat", "Did you mean /start?", id="letters swapped"),
        pytest.param("/aprove", "Did you mean /approve?", id="a letter lost"),
        pytest.param("/rolback broken", "Did you mean /rollback?", id="with words behind it"),
        pytest.param("/fly", "/start, /postpone", id="near to none: all of them"),
    ],
)
def test_an_unknown_verb_does_nothing_and_is_told_the_nearest(line: str, says: str) -> None:
    one = case(State.INSTRUCTED, overridden=("PRE-2",))
    carried = order(one, line)
    assert (carried.done, carried.case, carried.owed) == (False, one, ())
    assert "nothing was done" in carried.answer
    assert says in carried.answer


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("by", [MORGAN, ROBIN], ids=["the manager", "an engineer"])
def test_a_refusal_names_what_the_same_person_can_do_now(state: State, by: Engineer) -> None:
    """Each verb that a refusal names is possible in that state, and each that is possible is named."""
    one = standing(state)
    impossible = next(verb for verb in ("complete", "start", "rolledback") if state not in POSSIBLE[verb])
    answer = order(one, f"/{impossible}", by=by, now=SLOT.start - HALF_AN_HOUR).answer
    named = set(re.findall(r"/([a-z]+)", answer.partition("possible now: ")[2]))
    can = {verb for verb in VERBS if order(one, f"/{verb} {ARGUMENTS[verb]}", by, SLOT.start - HALF_AN_HOUR).done}
    assert can <= named
    assert named - can <= {"approve", "propose"}  # possible, but for what this case lacks
    assert answer.endswith(".")


def test_who_may_not_is_told_whose_it_is_and_what_is_theirs() -> None:
    answer = order(case(State.INSTRUCTED), "/approve", by=ROBIN, now=SLOT.start).answer
    assert f"{ROBIN.address} may not give /approve: that is for {MORGAN.address}." in answer
    assert "possible now: /start, " in answer
    long_before = order(case(State.INSTRUCTED), "/approve", by=ROBIN).answer
    assert "possible now: /postpone, " in long_before


def test_a_partner_is_told_no_commands() -> None:
    answer = order(case(State.INSTRUCTED), "/start", by=ANN).answer
    assert "may not give /start" in answer
    assert "possible now" not in answer


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("/propose", "name one to 3", id="propose what?"),
        pytest.param("/propose tomorrow", "name one to 3", id="no moment"),
        pytest.param("/propose 2026-13-01 10:00", "name one to 3", id="no such month"),
        pytest.param("/propose 2027-03-28 02:30", "exist once", id="an hour that the clock skips"),
        pytest.param("/propose 2026-10-25 02:30", "exist once", id="an hour that comes twice"),
        pytest.param("/propose 2026-11-23 09:00", "lie ahead", id="now"),
        pytest.param(
            "/propose 2026-12-01 10:00, 2026-12-02 10:00, 2026-12-03 10:00, 2026-12-04 10:00",
            "name one to 3",
            id="four",
        ),
        pytest.param("/hold", "needs a reason", id="hold why?"),
        pytest.param("/hold until 2026-12-01 10:00", "needs a reason", id="hold until, but why?"),
        pytest.param("/hold waiting until 2026-11-01 10:00", "lies ahead", id="hold until the past"),
        pytest.param("/hold waiting until 2026-99-99 10:00", "lies ahead", id="hold until no day"),
        pytest.param("/override", "name the rule", id="override what?"),
        pytest.param("/override PRE-99 because", "name the rule", id="override no rule"),
        pytest.param("/override PRE-2", "needs a reason", id="override why?"),
        pytest.param("/postpone", "by how much", id="postpone by how much?"),
        pytest.param("/postpone 0m", "by how much", id="postpone by nothing"),
        pytest.param("/postpone 15h too long", "another day", id="past its day"),
        pytest.param("/cancel", "say why", id="cancel why?"),
    ],
)
def test_commands_that_lack_their_words(line: str, says: str) -> None:
    one = case(State.SCHEDULED)
    carried = order(one, line)
    assert (carried.done, carried.case) == (False, one)
    assert says in carried.answer


@pytest.mark.parametrize("verb", ["fail", "abort"])
def test_what_ends_badly_needs_a_reason(verb: str) -> None:
    assert "say why" in order(case(State.IN_PROGRESS), f"/{verb}").answer
    assert not order(case(State.TESTING), "/confirm Ben").done
    assert not order(case(State.IN_PROGRESS), "/issue").done
    assert not order(case(State.IN_PROGRESS), "/delay soon").done


def test_a_partner_is_refused_a_command_whatever_the_role_says() -> None:
    assert not order(case(State.INSTRUCTED), "/start", by=BEN).done
    assert not order(case(), "/status", by=BEN).done
