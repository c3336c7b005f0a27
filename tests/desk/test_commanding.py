"""Commands in a mail or a note: which deployment a line is about, and what is answered to whom."""

import pytest

from desk.build import ANN, DAY, ENGINEER, HOUR, MANAGER, NOW, REQUEST, Mail, Running
from dplmaild.deployment.owed import CommandResult, Letter, TicketComment
from dplmaild.deployment.terms import State
from dplmaild.desk import Answered
from dplmaild.ports import Outcome
from dplmaild.store.cases import Cases

TAG = "Re: Next release [DPL-2026-0001]"
SECOND = REQUEST.replace("Tuesday, 15", "Wednesday, 16")


@pytest.fixture
def two(running: Running) -> Running:
    """Two deployments on the schedule."""
    running.receive(Mail(REQUEST))
    running.receive(Mail(SECOND, number=2))
    return running


def results(answered: Answered) -> list[CommandResult]:
    """The lines of the transcript, which is the last thing owed."""
    last = answered.debts[-1].what
    letter = last.letter if isinstance(last, TicketComment) else last
    assert isinstance(letter, Letter)
    return list(letter.facts.transcript)


def say(running: Running, text: str, subject: str = "hello", sender: str = MANAGER) -> Answered:
    """A mail of OPS."""
    return running.receive(Mail(text, sender=sender, subject=subject, number=40), NOW + HOUR)


@pytest.mark.parametrize(
    "line",
    ["/hold DPL-2026-0002 campaign", "/hold [DPL-2026-0002] campaign", "/hold dpl-2026-0002: campaign"],
)
def test_a_line_can_name_its_deployment(two: Running, line: str) -> None:
    answered = say(two, line)
    assert [r.done for r in results(answered)] == [True]
    assert [two.case(r).hold for r in ("DPL-2026-0001", "DPL-2026-0002")] == [None, "campaign"]


def test_each_line_its_own_deployment(two: Running) -> None:
    answered = say(two, "/hold DPL-2026-0002 campaign\n/cancel DPL-2026-0001 not needed")
    assert [r.done for r in results(answered)] == [True, True]
    assert two.case("DPL-2026-0001").state is State.CANCELLED
    assert two.case("DPL-2026-0002").hold == "campaign"


def test_a_line_that_contradicts_its_thread_does_nothing(two: Running) -> None:
    answered = say(two, "/cancel DPL-2026-0002 not needed", TAG)
    (result,) = results(answered)
    assert not result.done
    assert "DPL-2026-0001" in result.answer
    assert "DPL-2026-0002" in result.answer
    assert [two.case(r).state for r in two.cases()] == [State.SCHEDULED, State.SCHEDULED]


@pytest.mark.parametrize("line", ["/start", "/approve fine", "/note seen it"])
def test_a_line_about_no_deployment_is_answered_and_does_nothing(two: Running, line: str) -> None:
    answered = say(two, line)
    (result,) = results(answered)
    assert (answered.outcome, result.done, answered.reference) == (Outcome.RECORDED, False, None)
    assert "no deployment is named" in result.answer


def test_an_unknown_reference_is_said(two: Running) -> None:
    (result,) = results(say(two, "/start DPL-2026-0099"))
    assert (result.done, result.answer) == (False, "There is no deployment DPL-2026-0099.")


def test_the_status_of_a_named_deployment(two: Running) -> None:
    (result,) = results(say(two, "/status DPL-2026-0002", sender=ENGINEER))
    assert result.status is not None
    assert result.status.reference == "DPL-2026-0002"
    assert result.digest is None


def test_a_partner_is_not_shown_the_day(two: Running) -> None:
    answered = say(two, "/status", sender=ANN)
    assert answered.outcome is Outcome.TRIAGE
    assert not [debt for debt in answered.debts if isinstance(debt.what, Letter)]


def test_an_old_question_for_the_day_is_asked_back(two: Running) -> None:
    answered = two.receive(Mail("/status", sender=MANAGER, subject="hello", number=9), NOW, NOW + 2 * DAY)
    (result,) = results(answered)
    assert (answered.outcome, result.done) == (Outcome.ASKED, False)
    assert "24 hours" in result.answer


def test_a_note_is_answered_below_itself_where_only_agents_read(running: Running) -> None:
    running.ticket(Mail(REQUEST, stamped=None), 17, source="ticket")
    answered = running.ticket(Mail("/status", sender=ENGINEER, stamped=None, number=3), 17, source="ticket")
    assert answered is not None
    (debt,) = answered.debts
    assert isinstance(debt.what, TicketComment)
    assert (debt.what.ticket, debt.what.internal, debt.what.as_mail) == (17, True, False)
    assert results(answered)[0].status is not None


def test_a_mail_into_a_ticket_is_answered_by_mail(running: Running) -> None:
    running.ticket(Mail(REQUEST), 17)
    answered = running.ticket(Mail("/status", sender=ENGINEER, number=3), 17)
    assert answered is not None
    assert isinstance(answered.debts[-1].what, Letter)


def test_the_answer_stands_in_the_history_with_its_line(two: Running) -> None:
    say(two, "/hold campaign\n/resume\n/start", TAG)
    with two.database.reading() as connection:
        entries = Cases(connection).history_of("DPL-2026-0001")[-3:]
    assert {entry.who for entry in entries} == {MANAGER}
    said = ["/hold campaign: on hold; the deadline stands still", "/resume: resumed"]
    assert [entry.why["why"] for entry in entries[:2]] == said
    assert entries[2].why["why"].startswith("/start: DPL-2026-0001 is scheduled")


def test_one_line_that_is_refused_does_not_stop_the_others_and_every_line_is_told(two: Running) -> None:
    answered = say(two, "/hold campaign\n/start\n/note seen", TAG)
    assert [(r.line, r.done) for r in results(answered)] == [
        ("/hold campaign", True), ("/start", False), ("/note seen", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("/strat", [("/strat", False)], id="alone"),
        pytest.param("/hold campaign\n/strat", [("/hold campaign", True), ("/strat", False)], id="beside a known one"),
        pytest.param("/hold campaign\n/frobnicate it", [("/hold campaign", True), ("/frobnicate it", False)],
                     id="near to none, beside a known one"),
        pytest.param("/Hold. campaign", [("/hold campaign", True)], id="a capital and a full stop"),
    ],
)  # fmt: skip
def test_a_mistyped_verb_is_told_and_never_passed_over(two: Running, text: str, lines: list[tuple[str, bool]]) -> None:
    assert [(r.line, r.done) for r in results(say(two, text, TAG))] == lines


@pytest.mark.parametrize("text", ["/var/log is full", "/home\nis full", "/ start", "//start", "/start/now"])
def test_what_only_looks_like_a_command_is_text(two: Running, text: str) -> None:
    before = two.case("DPL-2026-0001").state
    answered = say(two, text, TAG)
    assert not [d for d in answered.debts if isinstance(d.what, Letter) and d.what.facts.transcript]
    assert two.case("DPL-2026-0001").state is before


@pytest.mark.parametrize("text", ["/strat", "/notes for the release: see the wiki"])
def test_a_partners_line_with_a_slash_is_no_mistyped_command(two: Running, text: str) -> None:
    answered = say(two, f"{text}\n\nWe withdraw the deployment.", TAG, sender=ANN)
    assert answered.outcome is not Outcome.TRIAGE
    assert two.case("DPL-2026-0001").state is State.CANCELLED
