"""Mails that build on each other, on a real record."""

from typing import Any

import pytest

from desk.build import (
    ANN,
    BEN,
    CARL,
    DAY,
    ENGINEER,
    HOUR,
    INSTRUCTIONS,
    MANAGER,
    NOW,
    OLGA,
    REQUEST,
    Mail,
    Running,
)
from dplmaild.deployment.terms import State
from dplmaild.ports import Outcome
from dplmaild.store.cases import Cases

TAG = "Re: Next release [DPL-2026-0001]"
FRIDAY = REQUEST.replace("Tuesday, 15", "Friday, 18")


def replying(running: Running, text: str, **more: Any) -> Mail:
    """An answer to our last letter."""
    headers = {"In-Reply-To": running.our_letter(), "References": running.our_letter()}
    said: dict[str, Any] = {"subject": "Re: Next release", "headers": headers, "number": 50} | more
    return Mail(text, **said)


def test_from_a_bad_date_to_a_binding_deployment(running: Running) -> None:
    first = running.receive(Mail(FRIDAY))
    assert (first.outcome, running.case().state) == (Outcome.ANSWERED, State.PROPOSED)
    taken = running.receive(replying(running, "2"), NOW + HOUR)
    assert (taken.outcome, running.case().state) == (Outcome.ANSWERED, State.SCHEDULED)
    assert running.case().slot is not None
    told = running.receive(Mail(INSTRUCTIONS, subject="Instructions", number=3), NOW + 2 * HOUR)
    assert (told.reference, running.case().state) == ("DPL-2026-0001", State.INSTRUCTED)
    assert running.cases() == ["DPL-2026-0001"]


def test_instructions_that_fit_two_cases_are_not_guessed(running: Running) -> None:
    running.receive(Mail(REQUEST))
    running.receive(Mail(REQUEST.replace("Tuesday, 15", "Wednesday, 16"), number=2))
    running.receive(Mail(INSTRUCTIONS, subject="Instructions", number=3), NOW + HOUR)
    assert [running.case(r).state for r in ("DPL-2026-0001", "DPL-2026-0002")] == [State.SCHEDULED, State.SCHEDULED]


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(Mail("withdraw", sender=OLGA, subject=TAG, number=9), id="another customer with our reference"),
        pytest.param(Mail("withdraw", sender=ANN, subject=TAG, stamped="fail", number=9), id="a forged withdrawal"),
        pytest.param(Mail("We withdraw the deployment.", sender=CARL, subject=TAG, number=9), id="a contact"),
        pytest.param(Mail("/cancel no", sender=ANN, subject=TAG, number=9), id="a partner's command"),
        pytest.param(Mail("/decline no", sender=ENGINEER, subject=TAG, number=9), id="an engineer's decision"),
    ],
)
def test_a_reference_alone_gives_no_right(running: Running, mail: Mail) -> None:
    running.receive(Mail(REQUEST))
    running.receive(mail, NOW + HOUR)
    assert running.case().state is State.SCHEDULED


def test_another_customers_reply_by_our_message_id_is_as_to_an_unknown_case(running: Running) -> None:
    running.receive(Mail(REQUEST))
    before = running.owed()
    answered = running.receive(replying(running, "2", sender=OLGA), NOW + HOUR)
    assert (answered.reference, running.owed()) == (None, before)


def test_the_same_bytes_act_once(running: Running) -> None:
    first = running.receive(Mail(REQUEST))
    owed = running.owed()
    again = running.receive(Mail(REQUEST), NOW + DAY)
    assert (first.outcome, again.outcome) == (Outcome.ANSWERED, Outcome.DUPLICATE)
    assert (running.cases(), running.owed()) == (["DPL-2026-0001"], owed)


def test_the_same_words_to_two_addresses_are_one_request(running: Running) -> None:
    running.receive(Mail(REQUEST))
    again = running.receive(Mail(REQUEST, to="support@example.org", number=2), NOW + HOUR)
    assert (again.outcome, running.cases()) == (Outcome.DUPLICATE, ["DPL-2026-0001"])


def test_the_same_words_after_the_end_are_a_new_request(running: Running) -> None:
    running.receive(Mail(REQUEST))
    running.receive(replying(running, "We withdraw the deployment."), NOW + HOUR)
    assert running.case().state is State.CANCELLED
    fresh = running.receive(Mail(REQUEST, number=7), NOW + 2 * HOUR)
    assert fresh.reference == "DPL-2026-0002"


def test_a_ticket_and_its_mail_are_one_case_with_one_reply(running: Running) -> None:
    running.receive(Mail(REQUEST))
    owed = running.owed()
    copy = running.ticket(Mail(REQUEST), 17)
    assert copy is not None
    assert copy.outcome is Outcome.DUPLICATE
    assert running.cases() == ["DPL-2026-0001"]
    assert [name for name in running.owed() if name == "Letter"] == [name for name in owed if name == "Letter"]


def test_an_article_typed_in_the_ticket_system_has_a_login_behind_it(running: Running) -> None:
    answered = running.ticket(Mail(REQUEST, stamped=None), 17, source="ticket")
    assert answered is not None
    assert answered.outcome is Outcome.ANSWERED
    assert running.case().ticket == 17


def test_a_mail_that_a_ticket_system_fetched_is_as_good_as_its_stamp(running: Running) -> None:
    answered = running.ticket(Mail(REQUEST, stamped=None), 17)
    assert answered is not None
    assert (answered.outcome, running.cases()) == (Outcome.TRIAGE, [])


@pytest.mark.parametrize(
    ("text", "state"),
    [
        pytest.param("/cancel not needed", State.CANCELLED, id="cancel"),
        pytest.param("/note called Ann\n/hold audit\n/status", State.SCHEDULED, id="several lines"),
        pytest.param("/start", State.SCHEDULED, id="one that is not possible"),
    ],
)
def test_commands_are_answered_with_a_transcript(running: Running, text: str, state: State) -> None:
    running.receive(Mail(REQUEST))
    answered = running.receive(Mail(text, sender=MANAGER, subject=TAG, number=5), NOW + HOUR)
    assert (answered.outcome, running.case().state) == (Outcome.RECORDED, state)
    assert len([d for d in answered.debts if getattr(d.what, "kind", "") == "transcript"]) == 1


def test_an_old_command_is_asked_back(running: Running) -> None:
    running.receive(Mail(REQUEST))
    old = Mail("/cancel not needed", sender=MANAGER, subject=TAG, number=5)
    answered = running.receive(old, NOW + HOUR, now=NOW + 2 * DAY)
    assert (answered.outcome, running.case().state) == (Outcome.ASKED, State.SCHEDULED)


def test_a_command_in_a_forward_is_left_to_people(running: Running) -> None:
    running.receive(Mail(REQUEST))
    head = "FYI\n\n---------- Forwarded message ---------\nFrom: Morgan <manager@example.org>\nDate: today\n"
    text = f"{head}Subject: x\n\n/cancel no\n"
    running.receive(Mail(text, sender=MANAGER, subject=f"Fwd: {TAG}", number=5), NOW + HOUR)
    assert running.case().state is State.SCHEDULED


def test_a_contacts_draft_counts_once_the_release_manager_says_yes(running: Running) -> None:
    running.receive(Mail(REQUEST, sender=CARL))
    assert running.case().state is State.INCOMPLETE
    running.receive(replying(running, "Yes, please."), NOW + HOUR)
    assert running.case().state is State.SCHEDULED


def test_a_number_in_reply_to_a_cancellation_asks_anew(running: Running) -> None:
    running.receive(Mail(REQUEST))
    deadline = running.case().deadline
    assert deadline is not None
    running.reception.fire(deadline, deadline + DAY)
    assert running.case().state is State.CANCELLED
    answered = running.receive(replying(running, "2"), deadline + HOUR)
    assert (answered.reference, running.case("DPL-2026-0002").state) == ("DPL-2026-0002", State.SCHEDULED)


def test_thanks_are_answered_with_silence(running: Running) -> None:
    running.receive(Mail(REQUEST))
    before = running.owed()
    answered = running.receive(replying(running, "Thank you!"), NOW + HOUR)
    assert answered.outcome in {Outcome.RECORDED, Outcome.TRIAGE}
    assert running.owed() == before


def test_every_transition_is_written_into_the_history(running: Running) -> None:
    running.receive(Mail(FRIDAY))
    running.receive(replying(running, "1"), NOW + HOUR)
    with running.database.reading() as connection:
        history = Cases(connection).history_of("DPL-2026-0001")
    assert [(e.was, e.became, e.who) for e in history] == [
        (None, State.PROPOSED, ANN),
        (State.PROPOSED, State.SCHEDULED, ANN),
    ]
    assert all(e.why["why"] for e in history)
    assert BEN not in {e.who for e in history}
