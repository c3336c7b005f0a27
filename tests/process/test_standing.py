"""How a deployment stands: who is waited for, what is missing, what falls due, what a start lacks."""

from dataclasses import replace
from typing import Any

import pytest

from dplmaild.deployment.case import Case
from dplmaild.deployment.process.standing import status_of
from dplmaild.deployment.status import Awaited, Party, Status
from dplmaild.deployment.terms import UAT, Deployment
from dplmaild.deployment.timers import TimerKind
from process.build import (
    ANN,
    BEN,
    DAY,
    MORGAN,
    NOW,
    PROD,
    ROBIN,
    SLOT,
    Field,
    State,
    at,
    case,
    ground,
    order,
    the,
)

TESTS = (Party.ATTENDANT, Awaited.VERDICT, BEN.address)


def stands(one: Case, now: Any = NOW) -> Status:
    """How a case stands."""
    return status_of(one, ground(), now)


@pytest.mark.parametrize(
    ("one", "waits"),
    [
        pytest.param(case(State.AWAITING_APPROVAL), (Party.MANAGER, Awaited.APPROVAL, MORGAN.address), id="approval"),
        pytest.param(case(State.INCOMPLETE), (Party.PARTNER, Awaited.DETAILS, ANN.address), id="a form is out"),
        pytest.param(case(State.PROPOSED), (Party.PARTNER, Awaited.CHOICE, ANN.address), id="slots are offered"),
        pytest.param(case(State.EXPIRED), (Party.PARTNER, Awaited.NEW_DATE, ANN.address), id="the offers lapsed"),
        pytest.param(
            case(State.INCOMPLETE, drafted=True), (Party.PARTNER, Awaited.ADOPTION, ANN.address), id="a draft"
        ),
        pytest.param(case(), (Party.PARTNER, Awaited.INSTRUCTIONS, ANN.address), id="instructions are missing"),
        pytest.param(case(State.TESTING), (Party.ATTENDANT, Awaited.VERDICT, BEN.address), id="tests"),
        pytest.param(
            case(State.TESTING_ROLLBACK), (Party.ATTENDANT, Awaited.VERDICT, BEN.address), id="after a rollback"
        ),
    ],
)
def test_who_is_waited_for(one: Case, waits: tuple[Party, Awaited, str]) -> None:
    (found,) = stands(one).waits
    assert (found.party, found.awaited, found.who) == (*waits[:2], (waits[2],))


@pytest.mark.parametrize(
    ("one", "awaited"),
    [
        pytest.param(case(State.INSTRUCTED), [Awaited.START], id="instructed"),
        pytest.param(case(State.IN_PROGRESS), [Awaited.COMPLETION], id="running"),
        pytest.param(case(State.ROLLING_BACK), [Awaited.ROLLBACK], id="rolling back"),
        pytest.param(case(hold="campaign"), [Awaited.RESUMPTION], id="on hold: the partner is not waited for"),
        pytest.param(
            case(State.INSTRUCTED, moving_to=SLOT), [Awaited.APPROVAL, Awaited.START], id="another date, and the start"
        ),
    ],
)
def test_what_ops_is_waited_for(one: Case, awaited: list[Awaited]) -> None:
    waits = stands(one).waits
    assert [each.awaited for each in waits] == awaited
    assert {each.party for each in waits} <= {Party.OPS, Party.MANAGER}


@pytest.mark.parametrize("state", [State.SUCCEEDED, State.CANCELLED, State.FAILED, State.DECLINED])
def test_what_has_ended_waits_for_nobody(state: State) -> None:
    status = stands(case(state))
    assert (status.waits, status.ahead, status.ready) == ((), (), ())


def test_our_own_lines_are_ours_to_bring() -> None:
    on = ground(PROD)
    status = status_of(case(State.INSTRUCTED, on=on), on, NOW)
    assert status.own_missing
    assert Awaited.OWN_LINES in [each.awaited for each in status.waits]


def test_missing_instructions_name_their_deadline_and_what_happens_then() -> None:
    status = stands(case())
    assert status.deadline == at("2026-12-14 17:00")
    assert status.cancels
    assert {Field.CURRENT_VERSION, Field.TARGET_VERSION, Field.RELEASE_NOTES} <= set(status.missing)
    assert stands(case(hold="campaign")).deadline is None


def test_timers_ahead_are_told_soonest_first_and_past_ones_not() -> None:
    timers = stands(case()).ahead
    assert [timer.due for timer in timers] == sorted(timer.due for timer in timers)
    kinds = [TimerKind.REMINDER, TimerKind.REMINDER, TimerKind.DEADLINE, TimerKind.START_PASSED]
    assert [timer.kind for timer in timers] == kinds
    assert [timer.kind for timer in stands(case(), at("2026-12-14 16:59")).ahead] == kinds[2:]


def unsettled(status: Status) -> set[str]:
    """What would keep it from starting."""
    return {each.name for each in status.ready if each.blocks and not each.met}


def test_the_start_of_a_code_deployment_lacks_its_proof() -> None:
    assert unsettled(stands(case(State.INSTRUCTED))) == {"PRE-2"}


@pytest.mark.parametrize(
    ("changed", "unmet"),
    [
        pytest.param({}, {"PRE-2"}, id="nothing was said"),
        pytest.param({"hold": "campaign"}, {"PRE-2", "hold"}, id="on hold"),
        pytest.param({"overridden": ("PRE-2",)}, set(), id="set aside"),
    ],
)
def test_start_and_status_say_the_same(changed: dict[str, Any], unmet: set[str]) -> None:
    one = case(State.INSTRUCTED, **changed)
    assert unsettled(stands(one)) == unmet
    started = order(one, "/start", by=ROBIN)
    assert ({each.name for each in started.unmet}, started.done) == (unmet, not unmet)


def test_a_scheduled_deployment_is_not_ready_and_says_what_its_instructions_lack() -> None:
    first = stands(case()).ready[0]
    assert (first.name, first.met, first.blocks) == ("instructions", False, True)
    assert Field.TARGET_VERSION in first.missing


def test_an_override_keeps_its_reason_its_author_and_its_moment() -> None:
    one = the(order(case(State.INSTRUCTED), "/override PRE-2 seen on UAT", now=NOW + DAY))
    (override,) = stands(one).overrides
    assert (override.rule, override.reason, override.by, override.at) == ("PRE-2", "seen on UAT", "Morgan", NOW + DAY)
    (proof,) = [each for each in stands(one).ready if each.name == "PRE-2"]
    assert (proof.met, proof.override) == (True, override)


def test_a_second_override_of_a_rule_replaces_the_first() -> None:
    once = the(order(case(State.INSTRUCTED), "/override PRE-2 first"))
    again = the(order(once, "/override PRE-2 second"))
    assert [each.reason for each in again.overrides] == ["second"]
    assert again.overridden == ("PRE-2",)


def test_what_settles_itself_needs_no_override_any_more() -> None:
    one = the(order(case(State.INSTRUCTED), "/override PRE-2 seen on UAT"))
    stated = replace(one, deployment=one.deployment.merged(Deployment(tested_on=(UAT.__class__("INT"), UAT))))
    (proof,) = [each for each in stands(stated).ready if each.name == "PRE-2"]
    assert (proof.met, proof.override) == (True, None)


def test_status_by_command_is_that_status() -> None:
    one = case(State.TESTING)
    carried = order(one, "/status", by=ROBIN)
    assert (carried.done, carried.case, carried.status) == (True, one, stands(one))


def test_a_start_that_lies_ahead_calls_nobody_yet() -> None:
    status = stands(case(State.INSTRUCTED))
    assert (status.calls(SLOT.start - DAY), [w.awaited for w in status.calls(SLOT.start)]) == ((), [Awaited.START])
