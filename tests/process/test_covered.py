"""A notice of the day stands on every ticket covered as well (RUN-6)."""

from dataclasses import replace
from typing import Any

import pytest

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import CoveredComment, Letter, LetterKind, Owed, TicketComment
from dplmaild.deployment.terms import State
from process.build import (
    ACME,
    ANN,
    BEN,
    INSTRUCTED,
    Intent,
    alarms,
    answer,
    asked,
    case,
    ground,
    order,
)

SENDS = ACME.model_copy(update={"zammad_sends": True})
ON = replace(ground(), ticket_hook="Ticket#")
TWO = ("Ticket#10042 Search", "10043", "mail from Ann of 3 Nov")


def covering(state: State, *tickets: str, **changed: Any) -> Case:
    one = case(state, **changed)
    return replace(one, deployment=replace(one.deployment, tickets=tickets or TWO))


def covered(owed: tuple[Owed, ...]) -> list[CoveredComment]:
    return [what for what in owed if isinstance(what, CoveredComment)]


@pytest.mark.parametrize(
    ("state", "line", "kind"),
    [
        (State.INSTRUCTED, "/start", LetterKind.STARTED),
        (State.INSTRUCTED, "/postpone 30m later", LetterKind.POSTPONED),
        (State.IN_PROGRESS, "/delay 20m slow", LetterKind.DELAYED),
        (State.IN_PROGRESS, "/issue the cache", LetterKind.ISSUE),
        (State.IN_PROGRESS, "/update half way", LetterKind.UPDATE),
        (State.IN_PROGRESS, "/complete", LetterKind.COMPLETED),
        (State.IN_PROGRESS, "/abort no space", LetterKind.ABORTED),
        (State.TESTING, "/rollback it fails", LetterKind.ROLLING_BACK),
        (State.TESTING, "/fail a hotfix follows", LetterKind.FAILED),
        (State.TESTING, "/confirm by Ben by phone", LetterKind.SUCCEEDED),
        (State.ROLLING_BACK, "/rolledback", LetterKind.COMPLETED),
        (State.TESTING_ROLLBACK, "/confirm by Ben by phone", LetterKind.ROLLED_BACK),
    ],
)
def test_every_notice_is_owed_to_every_ticket_covered(state: State, line: str, kind: LetterKind) -> None:
    settled = covering(state, overridden=("PRE-1", "PRE-2"))
    carried = order(settled, line, on=ON)
    assert carried.done, carried.answer
    comments = covered(carried.owed)
    assert [(each.number, each.letter.kind, each.customer) for each in comments] == [
        ("10042", kind, ACME.id),
        ("10043", kind, ACME.id),
    ]


def test_the_attendants_word_is_owed_to_them_as_well() -> None:
    ended = answer(covering(State.TESTING), by=BEN, intent=Intent.SUCCESS_CONFIRMED, on=ON)
    assert [(each.number, each.letter.kind) for each in covered(ended.owed)] == [
        ("10042", LetterKind.SUCCEEDED),
        ("10043", LetterKind.SUCCEEDED),
    ]


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (State.SCHEDULED, "/cancel no need"),
        (State.SCHEDULED, "/propose 2026-12-16 10:00"),
        (State.AWAITING_APPROVAL, "/approve"),
        (State.SCHEDULED, "/decline no"),
    ],
)
def test_what_is_agreed_beforehand_is_told_to_no_ticket_covered(state: State, line: str) -> None:
    carried = order(covering(state), line, on=ON)
    assert carried.done, carried.answer
    assert covered(carried.owed) == []


def test_instructions_that_become_binding_are_told_to_no_ticket_covered() -> None:
    said = replace(INSTRUCTED, tickets=TWO)
    assert covered(answer(case(), said, on=ON, instructs=True).owed) == []


def test_a_refused_command_is_told_to_nobody() -> None:
    assert order(covering(State.SCHEDULED), "/complete", on=ON).owed == ()


def test_without_a_ticket_system_nothing_is_owed_to_one() -> None:
    assert covered(order(covering(State.IN_PROGRESS), "/update x", on=ground()).owed) == []


def test_mails_covered_stay_text() -> None:
    carried = order(covering(State.IN_PROGRESS, "mail from Ann of 3 Nov", "ES-7412280"), "/update x", on=ON)
    assert covered(carried.owed) == []


def test_what_we_mail_ourselves_is_a_note_there() -> None:
    (first, _) = covered(order(covering(State.IN_PROGRESS), "/update x", on=ON).owed)
    assert not first.as_mail
    assert (first.letter.to, first.letter.cc) == ((), ())


def test_where_zammad_writes_it_knows_whom_the_letter_reaches_already() -> None:
    on = replace(ground(who=SENDS), ticket_hook="Ticket#")
    owed = order(covering(State.IN_PROGRESS, ticket=17), "/update x", on=on).owed
    own = [what for what in owed if isinstance(what, TicketComment)]
    mailed = {a for what in owed if isinstance(what, Letter) for a in what.to} | {a for c in own for a in c.letter.to}
    assert [(each.ticket, each.as_mail, each.letter.to) for each in own] == [(17, True, (ANN.address,))]
    assert mailed == {ANN.address, "list@acme.example.com"}
    assert [(each.as_mail, set(each.reached)) for each in covered(owed)] == [(True, mailed), (True, mailed)]


def test_two_commands_in_one_mail_are_two_notices() -> None:
    one = covering(State.IN_PROGRESS)
    texts = [
        each.letter.facts.text for line in ("/update a", "/update b") for each in covered(order(one, line, on=ON).owed)
    ]
    assert texts == ["a", "a", "b", "b"]


def test_more_than_25_tickets_are_bounded_and_ops_is_told_which_are_left_as_it_starts() -> None:
    many = tuple(str(10_000 + n) for n in range(28))
    started = order(covering(State.INSTRUCTED, *many, overridden=("PRE-1", "PRE-2")), "/start", on=ON)
    assert [each.number for each in covered(started.owed)] == list(many[:25])
    (told,) = alarms(started.owed)
    assert "10025, 10026, 10027" in told.facts.text
    assert told.to == ("ops@example.net",)
    later = order(covering(State.IN_PROGRESS, *many), "/update x", on=ON)
    assert (len(covered(later.owed)), alarms(later.owed)) == (25, [])


def test_a_draft_that_nobody_adopted_names_no_tickets() -> None:
    one = replace(case(State.IN_PROGRESS), draft=asked(tickets=TWO))
    assert covered(order(one, "/update x", on=ON).owed) == []
