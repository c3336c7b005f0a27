"""The day itself: start, notices, tests, silence, problems, rollback (RUN), and who is told what (SEE-13)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dplmaild.deployment.owed import LetterKind, LogRow
from dplmaild.deployment.process import Verdict
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.terms import INT, UAT, Deployment
from dplmaild.deployment.timers import TimerKind
from process.build import (
    ANN,
    BEN,
    CAAS,
    CARL,
    CODE,
    HOTFIX,
    PROD,
    ROBIN,
    SLOT,
    Intent,
    State,
    alarms,
    answer,
    at,
    case,
    due,
    ground,
    kinds,
    only,
    order,
    the,
)

LIST = {ANN.address, "list@acme.example.com"}


@pytest.mark.parametrize(
    ("changed", "done"),
    [
        pytest.param({}, False, id="nobody says that it ran on INT and UAT"),
        pytest.param({"overridden": ("PRE-2",)}, True, id="OPS overrode it"),
        pytest.param({"overridden": ("PRE-1",)}, False, id="OPS overrode another rule"),
    ],
)
def test_what_is_not_proved_blocks_the_start(changed: dict[str, Any], done: bool) -> None:
    started = order(case(State.INSTRUCTED, **changed), "/start", by=ROBIN)
    assert started.done is done
    assert done or "PRE-2" in started.answer


def test_the_partners_statement_settles_it() -> None:
    stated = answer(case(State.INSTRUCTED), Deployment(tested_on=(INT, UAT)), intent=Intent.CORRECTION)
    assert order(the(stated), "/start").done


def test_prod_starts_when_ops_lines_are_there() -> None:
    on = ground(PROD)
    one = case(State.INSTRUCTED, on=on)
    refused = order(one, "/start", on=on)
    assert (refused.done, "PRE-5" in refused.answer) == (False, True)
    filled = answer(
        one, Deployment(rollback="guide", artifact="addon-x-3.2.11.jar"), by=ROBIN, on=on, intent=Intent.CORRECTION
    )
    assert order(the(filled), "/start", on=on).done


def test_an_override_is_the_managers_and_the_start_the_engineers() -> None:
    one = case(State.INSTRUCTED)
    assert not order(one, "/override PRE-2 seen it", by=ROBIN).done
    assert order(the(order(one, "/override PRE-2 seen it")), "/start", by=ROBIN).done


@pytest.mark.parametrize(
    ("line", "state", "kind", "then"),
    [
        pytest.param("/start", State.INSTRUCTED, LetterKind.STARTED, State.IN_PROGRESS, id="start"),
        pytest.param("/delay 20m slow", State.IN_PROGRESS, LetterKind.DELAYED, State.IN_PROGRESS, id="delay"),
        pytest.param("/issue disk full", State.IN_PROGRESS, LetterKind.ISSUE, State.IN_PROGRESS, id="issue"),
        pytest.param("/update half way", State.IN_PROGRESS, LetterKind.UPDATE, State.IN_PROGRESS, id="update"),
        pytest.param("/complete", State.IN_PROGRESS, LetterKind.COMPLETED, State.TESTING, id="complete"),
        pytest.param("/rollback broken", State.TESTING, LetterKind.ROLLING_BACK, State.ROLLING_BACK, id="rollback"),
        pytest.param("/rolledback", State.ROLLING_BACK, LetterKind.COMPLETED, State.TESTING_ROLLBACK, id="rolled back"),
        pytest.param("/fail hotfix follows", State.TESTING, LetterKind.FAILED, State.FAILED, id="fail"),
        pytest.param("/abort broken", State.IN_PROGRESS, LetterKind.ABORTED, State.ABORTED, id="abort"),
        pytest.param("/confirm by Ben, phone", State.TESTING, LetterKind.SUCCEEDED, State.SUCCEEDED, id="confirm by"),
        pytest.param(
            "/confirm by Ben, phone",
            State.TESTING_ROLLBACK,
            LetterKind.ROLLED_BACK,
            State.ROLLED_BACK,
            id="confirm back",
        ),
    ],
)
def test_every_notice_goes_to_the_list_and_the_sender(line: str, state: State, kind: LetterKind, then: State) -> None:
    carried = order(case(state, overridden=("PRE-2",)), line, by=ROBIN)
    letter = only(carried.owed)
    testers = {BEN.address} if kind is LetterKind.COMPLETED else set()  # their test window opens (RUN-3)
    assert (letter.kind, set(letter.to), the(carried).state) == (kind, LIST | testers, then)
    assert letter.facts.by == ("Ben, phone" if "confirm" in line else "Robin")
    moved = state is not then or kind is LetterKind.DELAYED  # a delay moves the end
    assert any(isinstance(o, LogRow) for o in carried.owed) is moved


@pytest.mark.parametrize(
    ("named", "listed", "told"),
    [
        pytest.param((CARL.address,), (), {ANN.address, CARL.address}, id="who is named, not who usually tests"),
        pytest.param(("x@else.example.org",), (), {ANN.address, BEN.address}, id="never a stranger"),
        pytest.param((), (BEN.address,), {ANN.address, BEN.address}, id="who is on the list is told once"),
    ],
)
def test_completion_reaches_those_who_test(named: tuple[str, ...], listed: tuple[str, ...], told: set[str]) -> None:
    one = case(State.IN_PROGRESS)
    one = replace(one, deployment=replace(one.deployment, attendants=named), mailing_list=listed)
    letter = only(order(one, "/complete", by=ROBIN).owed)
    assert (len(letter.to), set(letter.to)) == (len(told), told)


def test_completion_reaches_the_attendant_beside_a_full_list() -> None:
    many = tuple(f"p{n}@acme.example.com" for n in range(25))
    letter = only(order(case(State.IN_PROGRESS, mailing_list=many), "/complete", by=ROBIN).owed)
    assert len(letter.to) == 25
    assert BEN.address in letter.to


def test_completion_opens_the_test_window_and_its_two_reminders() -> None:
    done = order(case(State.IN_PROGRESS), "/complete", by=ROBIN, now=at("2026-12-15 12:00"))
    assert the(done).tests_until == at("2026-12-15 12:30")
    assert [(t.kind, t.due) for t in done.timers] == [
        (TimerKind.TESTS_OVER, at("2026-12-15 12:30")),
        (TimerKind.TESTS_MORNING, at("2026-12-16 09:00")),
    ]


@pytest.mark.parametrize("kind", [TimerKind.TESTS_OVER, TimerKind.TESTS_MORNING], ids=lambda k: k.value)
@pytest.mark.parametrize("state", [State.TESTING, State.TESTING_ROLLBACK])
def test_silence_reminds_the_attendant_tells_ops_and_is_never_success(kind: TimerKind, state: State) -> None:
    fired = due(case(state), kind, now=SLOT.end)
    assert fired is not None
    letter = only(fired.owed)
    assert (letter.kind, letter.to, len(alarms(fired.owed))) == (LetterKind.TEST_REMINDER, (BEN.address,), 1)
    assert the(fired).state is state


@pytest.mark.parametrize(
    ("state", "then", "kind"),
    [
        pytest.param(State.TESTING, State.SUCCEEDED, LetterKind.SUCCEEDED, id="tests ok"),
        pytest.param(State.TESTING_ROLLBACK, State.ROLLED_BACK, LetterKind.ROLLED_BACK, id="the rollback is fine"),
    ],
)
@pytest.mark.parametrize("by", [BEN, ANN], ids=lambda p: p.role.value)
def test_the_attendants_word_ends_it(state: State, then: State, kind: LetterKind, by: Any) -> None:
    decided = answer(case(state), intent=Intent.SUCCESS_CONFIRMED, by=by)
    assert (decided.verdict, the(decided).state, kinds(decided.owed)) == (Verdict.RECORD, then, [kind])
    assert timers_of(the(decided), ground()) == ()


@pytest.mark.parametrize("by", [CARL, ROBIN], ids=["another contact", "an engineer without /confirm by"])
def test_others_words_are_passed_on(by: Any) -> None:
    decided = answer(case(State.TESTING), intent=Intent.SUCCESS_CONFIRMED, by=by)
    assert (the(decided).state, len(alarms(decided.owed))) == (State.TESTING, 1)


@pytest.mark.parametrize("intent", [Intent.ROLLBACK_REQUESTED, Intent.ISSUE_NO_ROLLBACK, Intent.DELAY])
def test_a_problem_reaches_ops_at_once_and_its_sender_hears_so(intent: Intent) -> None:
    decided = answer(case(State.TESTING), intent=intent, by=BEN, notes="the basket stays empty")
    letter = only(decided.owed)
    assert (letter.kind, letter.to, the(decided).state) == (LetterKind.NOTED, (BEN.address,), State.TESTING)
    (call,) = alarms(decided.owed)
    assert (call.to, call.facts.text) == (("ops@example.net",), "the basket stays empty")


def test_the_end_names_where_to_report_later() -> None:
    report = ground().customer.report.model_copy(update={"portal": "https://help.example.org/", "phone": "+49 1"})
    on = ground(who=ground().customer.model_copy(update={"report": report}))
    letter = only(answer(case(State.TESTING), intent=Intent.SUCCESS_CONFIRMED, by=BEN, on=on).owed)
    assert (letter.facts.portal, letter.facts.phone) == ("https://help.example.org/", "+49 1")


@pytest.mark.parametrize(
    ("verb", "engineer"),
    [
        ("approve", False), ("propose 2026-12-16 10:00", False), ("decline no", False), ("hold why", False),
        ("override PRE-2 ok", False), ("cancel no", True), ("postpone 30m late", True), ("note said", True),
        ("status", True),
    ],
)  # fmt: skip
def test_what_an_engineer_may(verb: str, engineer: bool) -> None:
    one = case(State.AWAITING_APPROVAL) if verb == "approve" else case(State.SCHEDULED)
    assert order(one, f"/{verb}", by=ROBIN).done is engineer
    assert order(one, f"/{verb}").done
    assert not order(one, f"/{verb}", by=ANN).done


@pytest.mark.parametrize(
    ("changed", "now", "done"),
    [
        pytest.param({}, "2026-12-15 09:00", True, id="an hour before its slot"),
        pytest.param({}, "2026-12-15 08:59", False, id="a minute sooner"),
        pytest.param({}, "2026-12-14 10:00", False, id="a day before"),
        pytest.param({}, "2026-12-15 13:00", True, id="after its slot"),
        pytest.param({"type": HOTFIX, "agreed": "2026-12-15 07:30"}, "2026-12-15 07:40", True, id="a hotfix for now"),
        pytest.param({"type": HOTFIX, "agreed": "2026-12-14 16:00"}, "2026-12-15 07:40", False, id="one for tomorrow"),
        pytest.param({"type": CODE, "agreed": "2026-12-15 07:30"}, "2026-12-15 07:40", False, id="no hotfix"),
    ],
)
def test_a_start_is_one_directly_before_its_slot(changed: dict[str, Any], now: str, done: bool) -> None:
    one = case(State.INSTRUCTED, overridden=("PRE-1", "PRE-2"), slot=replace(SLOT, start=at("2026-12-15 10:00")))
    kind = changed.get("type", CODE)
    when = at(changed["agreed"]) if "agreed" in changed else one.confirmed_at
    one = replace(one, deployment=replace(one.deployment, type=kind), confirmed_at=when)
    assert order(one, "/start", by=ROBIN, now=at(now)).done is done


def test_a_start_that_is_too_early_says_from_when_it_is_possible_and_how_the_slot_is_moved() -> None:
    one = case(State.INSTRUCTED, overridden=("PRE-2",))
    refused = order(one, "/start", by=ROBIN, now=at("2026-12-15 03:00"))
    assert "/start is possible from Tuesday 2026-12-15 09:00 CET on" in refused.answer
    assert all(word in refused.answer for word in ("Tuesday 2026-12-15 10:00 CET", "/propose", "/postpone"))
    assert (refused.case, refused.owed) == (one, ())


def test_too_early_and_not_settled_are_told_together() -> None:
    refused = order(case(State.INSTRUCTED), "/start", by=ROBIN, now=at("2026-12-15 03:00"))
    assert ("PRE-2" in refused.answer, "from Tuesday 2026-12-15 09:00 CET on" in refused.answer) == (True, True)
    assert [each.name for each in refused.unmet] == ["PRE-2"]


def test_a_profile_can_let_it_start_at_any_time() -> None:
    watch = CAAS.watch.model_copy(update={"start_before": timedelta(0)})
    on = ground(CAAS.model_copy(update={"watch": watch}))
    assert order(case(State.INSTRUCTED, overridden=("PRE-2",)), "/start", now=at("2026-12-01 03:00"), on=on).done
