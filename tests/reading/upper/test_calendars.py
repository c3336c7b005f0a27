"""Mails that carry a calendar: people's words count, a calendar program's never do."""

from datetime import UTC, datetime

import pytest

from dplmaild.deployment.said import Automatic, Intent, Kind, Meaning
from dplmaild.reading import Expecting, Hints, read

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
EVENT = "DTSTART:20261216T140000Z\nDTEND:20261216T150000Z\nSUMMARY:Release call\nORGANIZER:mailto:ann@example.com\n"
EXCHANGE = "When: Wednesday, 16 December 2026 14:00-15:00 (UTC+01:00)\nWhere: Teams\n\n*~*~*~*~*~*~*~*~*~*\n\n"
GOOGLE = "Release call\nWednesday Dec 16, 2026, 2pm - 3pm\nCentral European Time - Berlin\n\nWho:\n* ann@example.com\n"
REQUEST = "Please deploy ICM 11.0.2 on PRD on Tuesday, 15 December 2026, 10:00 CET. Type: code."
OUR_FORM = Expecting(known_reference=True, form=True)
OUR_OFFERS = Expecting(known_reference=True, offered=3)


def invitation(words: str, subject: str, method: str) -> bytes:
    return (
        f"From: ann@example.com\nTo: desk@example.org\nSubject: {subject}\n"
        "Content-Type: multipart/alternative; boundary=B\n\n"
        f"--B\nContent-Type: text/plain; charset=utf-8\n\n{words}\n"
        f"--B\nContent-Type: text/calendar; charset=utf-8; method={method}\n\n"
        f"BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:1@example.com\n{EVENT}END:VEVENT\nEND:VCALENDAR\n--B--\n"
    ).encode()


def said(words: str, subject: str = "Release", method: str = "REQUEST", expecting: Expecting | None = None) -> Meaning:
    hints = Hints(received=NOW, expecting=expecting or Expecting())
    return read(invitation(words, subject, method), hints)


def test_an_invitation_with_a_request_is_a_request() -> None:
    meaning = said(REQUEST)
    assert (meaning.kind, meaning.automatic) == (Kind.SCHEDULE_REQUEST, None)
    assert meaning.deployments[0].when is not None
    assert meaning.deployments[0].when.utc == datetime(2026, 12, 15, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("words", ["", EXCHANGE, GOOGLE, EXCHANGE + "Let us talk about the release."])
def test_an_invitation_without_a_request_is_not_ours(words: str) -> None:
    assert said(words, "Deployment 11.0.2 PRD").kind is Kind.UNRELATED


@pytest.mark.parametrize("expecting", [OUR_FORM, OUR_OFFERS])
@pytest.mark.parametrize("words", [EXCHANGE, GOOGLE, EXCHANGE + "Let us talk.", "When: 16 December 2026 14:00"])
def test_the_time_of_a_meeting_answers_nothing(words: str, expecting: Expecting) -> None:
    meaning = said(words, expecting=expecting)
    assert (meaning.kind, meaning.deployments, meaning.choice) == (Kind.UNSURE, (), None)


def test_a_meeting_called_off_withdraws_nothing() -> None:
    assert said("", "Canceled: Deployment", "CANCEL", OUR_OFFERS).kind is Kind.UNSURE


def test_words_without_a_date_count_beside_an_invitation() -> None:
    meaning = said("2", expecting=OUR_OFFERS)
    assert (meaning.kind, meaning.intent) == (Kind.REPLY, Intent.ACCEPT_SLOT)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Ann has accepted this invitation.\n\n" + GOOGLE,
        "Ann hat diese Einladung angenommen.",
        "Ann ha aceptado esta invitación.",
    ],
)
def test_a_calendars_answer_is_a_machines(words: str) -> None:
    meaning = said(words, "Accepted: Deployment [DPL-2026-0042]", "REPLY", OUR_OFFERS)
    assert (meaning.kind, meaning.automatic) == (Kind.AUTO_REPLY, Automatic.CALENDAR_REPLY)


@pytest.mark.parametrize(
    "words", ["Please move it to Thursday.", "No puedo, mejor el jueves.", "Passt nicht, bitte verschieben."]
)
@pytest.mark.parametrize("method", ["REPLY", "COUNTER"])
def test_words_written_into_a_calendars_answer_are_put_before_ops(words: str, method: str) -> None:
    meaning = said(words, "Declined: Deployment [DPL-2026-0042]", method)
    assert (meaning.kind, meaning.automatic) == (Kind.UNSURE, None)


def test_words_in_an_answer_about_something_else_are_not_ours() -> None:
    meaning = said("I am late.", "Accepted: Lunch", "REPLY")
    assert meaning.automatic is Automatic.CALENDAR_REPLY
