"""A number means the same slot in every letter, also when one of the offered slots has lapsed (SCHED-8)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import Facts
from dplmaild.deployment.process.nothing import nothing_said
from dplmaild.deployment.process.overtaken import overtaken
from dplmaild.deployment.process.which import known_already
from dplmaild.deployment.said import Choice, Intent
from dplmaild.deployment.terms import State
from process.build import BEN, DAY, HOUR, NOW, answer, asked, case, ground, heard, offers, only

ALL = offers(until=NOW + 2 * DAY)
FIRST_LAPSED = (replace(ALL[0], until=NOW - HOUR, held=False), *ALL[1:])


def _empty(one: Case) -> Facts:
    return only(nothing_said(one, heard(), ground()).owed).facts


def _late(one: Case) -> Facts:
    return only(overtaken(one, heard(), ground()).owed).facts


def _once_more(one: Case) -> Facts:
    return only(known_already(one, heard(asked(), by=BEN), ground()).owed).facts


def _which(one: Case) -> Facts:
    return only(answer(one, intent=Intent.ACCEPT_SLOT, choice=Choice(), now=NOW).owed).facts


@pytest.mark.parametrize("written", [_empty, _late, _once_more, _which])
def test_what_is_left_keeps_its_numbers(written: Callable[[Case], Facts]) -> None:
    facts = written(case(State.PROPOSED, offers=FIRST_LAPSED))
    assert facts.slots == tuple(offer.slot for offer in FIRST_LAPSED)
    assert facts.slot_ends == tuple(offer.until for offer in FIRST_LAPSED)
    assert facts.slots_until == NOW + 2 * DAY


@pytest.mark.parametrize("written", [_empty, _late, _once_more])
def test_an_offer_that_has_lapsed_whole_is_not_shown_again(written: Callable[[Case], Facts]) -> None:
    assert written(case(State.EXPIRED)).slots == ()
