"""Several commands in one message: one letter for the last change of state, with all words (SEE-7, SEE-14)."""

from collections.abc import Sequence

import pytest

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import LetterKind, Owed, TicketComment
from dplmaild.deployment.process import Carried, together
from process.build import State, case, kinds, letters, order

K = LetterKind


def _carried(one: Case, lines: Sequence[str]) -> tuple[tuple[Owed, ...], ...]:
    done: list[Carried] = []
    for line in lines:
        done.append(order(one, line))
        one = done[-1].case
    return tuple(each.owed for each in done)


@pytest.mark.parametrize(
    ("state", "lines", "told"),
    [
        pytest.param(State.IN_PROGRESS, ["/complete", "/confirm by Ben"], [K.SUCCEEDED], id="two states, one letter"),
        pytest.param(State.IN_PROGRESS, ["/complete"], [K.COMPLETED], id="one state"),
        pytest.param(State.IN_PROGRESS, ["/delay 20m cache", "/complete"], [K.DELAYED, K.COMPLETED],
                     id="a delay is no state"),
        pytest.param(State.IN_PROGRESS, ["/complete", "/update all caches are warm"], [K.COMPLETED, K.UPDATE],
                     id="nor is news, though it comes last"),
        pytest.param(State.IN_PROGRESS, ["/complete", "/start"], [K.COMPLETED], id="what was refused says nothing"),
        pytest.param(State.IN_PROGRESS, ["/note a", "/note b"], [], id="nothing to tell"),
    ],
)  # fmt: skip
def test_letters_of_one_message(state: State, lines: list[str], told: list[LetterKind]) -> None:
    assert kinds(together(_carried(case(state), lines))) == told


def test_the_letter_that_stands_says_the_words_of_the_others() -> None:
    said = letters(together(_carried(case(State.IN_PROGRESS), ["/complete cache rebuilt", "/fail vouchers refused"])))
    assert [(each.kind, each.facts.text) for each in said] == [(K.FAILED, "cache rebuilt\nvouchers refused")]


def test_the_invitation_is_not_lost_with_its_letter() -> None:
    waits = case(State.AWAITING_APPROVAL)
    said = letters(together(_carried(waits, ["/approve", "/cancel the customer has called"])))
    assert [(each.kind, each.invitation) for each in said] == [(K.CANCELLED, True)]


def test_a_ticket_gets_one_comment_as_well() -> None:
    owed = together(_carried(case(State.IN_PROGRESS, ticket=7), ["/complete", "/confirm by Ben"]))
    assert [each.letter.kind for each in owed if isinstance(each, TicketComment)] == [K.SUCCEEDED]
