"""A SYN as a case of its own: what it needs, which slot it holds, and who hears when its UAT is not there (LEAD-1)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dplmaild.deployment.case import Case, held_by
from dplmaild.deployment.owed import Alarm, LetterKind
from dplmaild.deployment.process import Decision
from dplmaild.deployment.rules import Agreed, Ground
from dplmaild.deployment.terms import Deployment, DeploymentType, Environment, Window
from process.build import (
    ACME,
    Field,
    Intent,
    State,
    alarms,
    answer,
    asked,
    at,
    case,
    first,
    ground,
    only,
    order,
    the,
    written,
)

SYN, FULL = DeploymentType("syn"), DeploymentType.FULL
UAT = Environment("UAT")
IN_PLACE = ACME.model_copy(update={"syn": True})
HALF = timedelta(hours=4, minutes=30)
ON = ground(who=IN_PLACE)


def syn(start: str = "2026-12-14 10:00", **said: Any) -> Deployment:
    return asked(start, **({"type": SYN, "special_activities": None} | said))


def test_it_is_confirmed_at_once_and_only_a_mailing_list_is_wanted_for_it() -> None:
    decided = first(syn(), ON)
    assert only(decided.owed).kind is LetterKind.CONFIRMED
    assert only(decided.owed).facts.missing == (Field.MAILING_LIST,)
    assert (the(decided).state, the(decided).slot) == (State.SCHEDULED, Window(at("2026-12-14 10:00"), HALF))


def test_with_its_list_in_the_request_it_is_binding_at_once() -> None:
    decided = first(syn(mailing_list=("list@acme.example.com",)), ON)
    assert only(decided.owed).kind is LetterKind.CONFIRMED_AND_BINDING
    assert the(decided).state is State.INSTRUCTED


@pytest.mark.parametrize("named", [None, "UAT", "PRD"])
def test_it_holds_uats_slot_whatever_it_is_called_by(named: str | None) -> None:
    said = syn(environment=Environment(named) if named else None)
    (booking,) = held_by(the(first(said, ON)))
    assert (booking.environment, booking.window) == (UAT, Window(at("2026-12-14 10:00"), HALF))


def test_where_it_is_not_in_place_the_type_is_asked_for() -> None:
    decided = first(syn(), ground())
    assert only(decided.owed).kind is LetterKind.ASKED
    assert Field.TYPE in only(decided.owed).facts.missing


def uat_on(start: str, state: State = State.SCHEDULED) -> tuple[Case, Window]:
    slot = Window(at(start), HALF)
    what = replace(asked(start, type=FULL), environment=UAT)
    return replace(case(state, ON), deployment=what, slot=slot), slot


def with_syn(start: str = "2026-12-14 10:00", reference: str = "DPL-2026-0007") -> Ground:
    agreed = Agreed(reference, replace(syn(start), environment=UAT), Window(at(start), HALF))
    return replace(ON, agreed=(agreed,))


def named(decided: Decision) -> list[str]:
    return [each.reference for each in only(decided.owed).facts.syn_left]


def calls(owed: Any) -> list[str]:
    return [text for what in owed if isinstance(what, Alarm) and "synchronises" in (text := what.letter.facts.text)]


def test_a_uat_that_is_withdrawn_leaves_a_syn_that_everybody_hears_of() -> None:
    one, _ = uat_on("2026-12-15 10:00")
    decided = answer(one, intent=Intent.WITHDRAWAL, on=with_syn())
    assert named(decided) == ["DPL-2026-0007"]
    assert [call.partition(" ")[0] for call in calls(decided.owed)] == ["DPL-2026-0007"]


def test_so_does_one_that_ops_cancels() -> None:
    one, _ = uat_on("2026-12-15 10:00")
    carried = order(one, "/cancel no people", on=with_syn())
    assert [each.reference for each in only(carried.owed).facts.syn_left] == ["DPL-2026-0007"]
    assert len(calls(carried.owed)) == 1


@pytest.mark.parametrize(
    ("to", "left"),
    [
        pytest.param("2026-12-16 10:00", [], id="a day later: SYN still lies before it"),
        pytest.param("2026-12-14 15:30", None, id="onto the day of SYN: refused, its slot is taken"),
    ],
)
def test_a_uat_that_moves_and_leaves_a_working_day_keeps_its_syn(to: str, left: list[str] | None) -> None:
    one, _ = uat_on("2026-12-15 10:00")
    decided = answer(one, Deployment(when=written(to)), intent=Intent.RESCHEDULE, on=with_syn())
    if left is not None:
        assert only(decided.owed).kind is LetterKind.CHANGED
    assert calls(decided.owed) == []


def test_a_uat_that_moves_before_its_syn_leaves_it_behind() -> None:
    one, _ = uat_on("2026-12-15 10:00")
    decided = answer(one, Deployment(when=written("2026-12-09 10:00")), intent=Intent.RESCHEDULE, on=with_syn())
    assert only(decided.owed).kind is LetterKind.CHANGED
    assert named(decided) == ["DPL-2026-0007"]


def test_a_syn_of_another_release_or_after_it_is_none_of_this_uats() -> None:
    one, _ = uat_on("2026-12-15 10:00")
    later = with_syn("2026-12-16 10:00")
    assert calls(answer(one, intent=Intent.WITHDRAWAL, on=later).owed) == []


def test_a_syn_that_is_withdrawn_leaves_uat_alone() -> None:
    slot = Window(at("2026-12-14 10:00"), HALF)
    one = replace(case(State.SCHEDULED, ON), deployment=replace(syn(), environment=UAT), slot=slot)
    agreed = Agreed("DPL-2026-0002", replace(asked(type=FULL), environment=UAT), Window(at("2026-12-15 10:00"), HALF))
    decided = answer(one, intent=Intent.WITHDRAWAL, on=replace(ON, agreed=(agreed,)))
    assert the(decided).state is State.CANCELLED
    assert alarms(decided.owed) == []
