"""Nobody outside the directory is ever written to, whatever is decided (INST-9), and tickets have one voice (MSG-9)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dplmaild.deployment.customer import Contact
from dplmaild.deployment.owed import CalendarEntry, Letter, LetterKind, Owed, TicketComment
from dplmaild.deployment.process import VERBS, decide, new_case
from dplmaild.deployment.terms import Deployment, Role
from dplmaild.deployment.timers import TimerKind
from process.build import (
    ACME,
    ANN,
    BEN,
    INSTRUCTED,
    OWN,
    PEOPLE,
    PROD,
    SLOT,
    Choice,
    Intent,
    State,
    answer,
    asked,
    case,
    due,
    every_letter,
    forwarded,
    ground,
    heard,
    moment,
    only,
    order,
)

STRANGERS = (
    "x@else.example.org", "ann@evil.example.net", "postmaster@acme.example.com", "no-reply@acme.example.com",
    "ann@partner.example.com.evil.example.net", "ann@sub.partner.example.com", "", "nobody", "a b@acme.example.com",
)  # fmt: skip
FAMILIAR = tuple(f"p{n}@acme.example.com" for n in range(40))
ADDRESSES = st.lists(st.sampled_from((*STRANGERS, *FAMILIAR, *OWN, *(p.address for p in PEOPLE))), max_size=60)
ALLOWED = {p.address for p in PEOPLE} | {"ops@example.net"}


def may_be_reached(address: str) -> bool:
    """The plain meaning of INST-9 for Acme."""
    local, _, domain = address.partition("@")
    familiar = domain in {"acme.example.com", "partner.example.com"} and local not in {"postmaster", "no-reply"}
    return address not in OWN and (address in ALLOWED or familiar) and " " not in address


def reached(owed: tuple[Owed, ...]) -> list[list[str]]:
    """Everybody whom something reaches, letter by letter."""
    entries = [list(what.attendees) for what in owed if isinstance(what, CalendarEntry)]
    return [[*letter.to, *letter.cc] for letter in every_letter(owed)] + entries


def proper(owed: tuple[Owed, ...]) -> bool:
    """Whether every letter goes only to people it may go to, at most 25 of them, each once."""
    groups = reached(owed)
    return all(len(g) <= 25 and len(g) == len(set(g)) and all(may_be_reached(a) for a in g) for g in groups)


@settings(max_examples=150, deadline=None)
@given(
    state=st.sampled_from([None, *State]),
    intent=st.sampled_from([None, *Intent]),
    by=st.sampled_from(PEOPLE),
    named=ADDRESSES,
    instructs=st.booleans(),
    adopted=st.sampled_from([None, True, False]),
)
def test_no_message_makes_us_write_to_a_stranger(
    state: State | None, intent: Intent | None, by: Any, named: list[str], instructs: bool,
    adopted: bool | None,
) -> None:  # fmt: skip
    said = (INSTRUCTED if instructs else asked("2026-12-16 10:00")).merged(Deployment(mailing_list=tuple(named)))
    said = replace(said, attendants=tuple(named[:3]))
    forward = None if adopted is None else forwarded(adopted)
    copied = tuple(reversed(named))
    more: dict[str, Any] = {"copied": copied, "instructs": instructs, "forward": forward, "mailing_list": copied}
    message = heard(said, by=by, intent=intent, choice=Choice(number=1), **more)
    one = case(state) if state else new_case(message, said, ground(), "DPL-2026-0001")
    assert proper(decide(one, message, said, ground()).owed)


@settings(max_examples=150, deadline=None)
@given(
    state=st.sampled_from(list(State)),
    verb=st.sampled_from(sorted(VERBS)),
    rest=st.sampled_from(["", "PRE-2 x@else.example.org", "by x@else.example.org", "30m x", "2026-12-16 10:00"]),
    named=st.lists(st.sampled_from(FAMILIAR), max_size=40, unique=True),
)
def test_no_command_or_timer_makes_us_write_to_a_stranger(state: State, verb: str, rest: str, named: list[str]) -> None:
    one = replace(case(state), mailing_list=tuple(named)[:25])
    assert proper(order(one, f"/{verb} {rest}").owed)
    for kind in TimerKind:
        fired = due(one, kind, now=SLOT.end)
        assert fired is None or proper(fired.owed)


def test_a_reminder_to_many_managers_keeps_the_limit_with_its_copy() -> None:
    many = tuple(Contact(address=a, role=Role.RELEASE_MANAGER) for a in FAMILIAR)
    on = ground(who=ACME.model_copy(update={"contacts": (ANN, *many)}))
    fired = due(case(), TimerKind.REMINDER, on=on)
    assert fired is not None
    letter = only(fired.owed)
    assert len(letter.to) + len(letter.cc) <= 25


SENDS = ACME.model_copy(update={"zammad_sends": True})


@pytest.mark.parametrize(
    ("sends", "mails", "as_mail"),
    [
        pytest.param(False, {ANN.address, "list@acme.example.com"}, False, id="we write, the ticket gets a note"),
        pytest.param(True, {"list@acme.example.com"}, True, id="Zammad writes to its customer, we to the others"),
    ],
)
def test_a_ticket_has_one_voice(sends: bool, mails: set[str], as_mail: bool) -> None:
    on = ground(who=SENDS if sends else ACME)
    decided = answer(replace(case(), ticket=17), INSTRUCTED, on=on, instructs=True)
    comments = [o for o in decided.owed if isinstance(o, TicketComment)]
    written = [o for o in decided.owed if isinstance(o, Letter)]
    assert [(c.ticket, c.as_mail) for c in comments] == [(17, as_mail)]
    assert {a for letter in written for a in letter.to} == mails
    assert BEN.address not in mails


def test_the_copy_to_ops_is_not_lost_where_zammad_writes() -> None:
    fired = due(replace(case(), ticket=17), TimerKind.REMINDER, on=ground(who=SENDS))
    assert fired is not None
    assert [letter.to for letter in fired.owed if isinstance(letter, Letter)] == [("ops@example.net",)]


@pytest.mark.parametrize(
    ("decided", "kind", "to"),
    [
        pytest.param(
            answer(case(State.PROPOSED), intent=Intent.ACCEPT_SLOT), LetterKind.ASKED, "sender", id="a question"
        ),
        pytest.param(
            answer(case(), Deployment(when=moment("2026-12-18 10:00")), intent=Intent.RESCHEDULE),
            LetterKind.OFFERED,
            "sender",
            id="an offer",
        ),
        pytest.param(
            answer(case(State.FAILED), intent=Intent.WITHDRAWAL), LetterKind.REFUSED, "sender", id="a refusal"
        ),
        pytest.param(answer(case(), INSTRUCTED, instructs=True), LetterKind.BINDING, "list", id="binding instructions"),
        pytest.param(
            answer(case(State.INSTRUCTED), intent=Intent.WITHDRAWAL), LetterKind.CANCELLED, "list", id="a cancellation"
        ),
    ],
)
def test_who_gets_which_letter(decided: Any, kind: LetterKind, to: str) -> None:
    letter = only(decided.owed)
    wanted = {"sender": {ANN.address}, "list": {ANN.address, "list@acme.example.com"}}[to]
    assert (letter.kind, set(letter.to)) == (kind, wanted)


def test_prod_has_no_other_people() -> None:
    decided = answer(case(on=ground(PROD)), asked(None), on=ground(PROD), instructs=True)
    assert proper(decided.owed)
