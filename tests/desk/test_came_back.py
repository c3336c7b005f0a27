"""Bounces of our own letters: OPS learns whom they did not reach, and nothing else happens."""

import pytest

from desk.build import ANN, HOUR, NOW, REQUEST, STRANGER, Mail, Running
from dplmaild.deployment.owed import Alarm
from dplmaild.deployment.terms import State
from dplmaild.ports import Outcome
from dplmaild.store.cases import Cases
from dplmaild.store.debts import Debts

DAEMON = "mailer-daemon@example.net"


def bounce(running: Running, fields: str, *, sender: str = DAEMON, ours: str | None = None) -> bytes:
    """A delivery status report about our last letter, tied to it by the headers it brings alone."""
    ours = running.our_letter() if ours is None else ours
    return (
        f"From: {sender}\r\nTo: desk@example.org\r\nSubject: Undelivered\r\nMessage-ID: <b@example.net>\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n"
        "--B\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n"
        f"--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n{fields}\r\n"
        f"--B\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {ours}\r\n--B--\r\n"
    ).encode()


def alarms(running: Running) -> list[Alarm]:
    with running.database.reading() as connection:
        return [d.what for d, _ in Debts(connection).of("DPL-2026-0001") if isinstance(d.what, Alarm)]


def alarm_ids(running: Running, *, sent: bool = False) -> list[str]:
    """The Message-IDs of what OPS is told, in order; `sent`: without what is withheld."""
    with running.database.reading() as connection:
        owed = Debts(connection).of("DPL-2026-0001")
        return [d.message_id or "" for d, state in owed if isinstance(d.what, Alarm) and not (sent and d.note)]


def test_ops_learns_whose_address_failed_and_why(running: Running) -> None:
    running.receive(Mail(REQUEST))
    fields = f"Final-Recipient: rfc822; {ANN}\r\nAction: failed\r\nDiagnostic-Code: smtp; 550 no such user"
    answered = running.receive(bounce(running, fields), NOW + HOUR)
    assert (answered.outcome, answered.reference) == (Outcome.RECORDED, "DPL-2026-0001")
    (alarm,) = alarms(running)
    assert ANN in alarm.letter.facts.text
    assert alarm.letter.facts.reference == "DPL-2026-0001"
    assert ("not reached", f"{ANN}: 550 no such user") in alarm.letter.facts.triage
    assert alarm.letter.to == ("ops@example.org",)


def test_it_stands_in_the_history_and_changes_nothing(running: Running) -> None:
    running.receive(Mail(REQUEST))
    letters, case = running.letters(), running.case()
    running.receive(bounce(running, f"Final-Recipient: rfc822; {ANN}\r\nAction: failed"), NOW + HOUR)
    assert (running.letters(), running.case()) == (letters, case)
    with running.database.reading() as connection:
        last = Cases(connection).history_of("DPL-2026-0001")[-1]
    assert ANN in str(last.why)
    assert (last.was, last.became) == (State.SCHEDULED, State.SCHEDULED)


def test_a_delay_is_told_as_one(running: Running) -> None:
    running.receive(Mail(REQUEST))
    running.receive(bounce(running, f"Final-Recipient: rfc822; {ANN}\r\nAction: delayed"), NOW + HOUR)
    assert [alarm.letter.facts.text for alarm in alarms(running)] == [
        f"a letter of ours came back: {ANN} not yet reached"
    ]


def test_of_addresses_in_words_only_those_we_may_have_written_to_are_named(running: Running) -> None:
    running.receive(Mail(REQUEST))
    words = f"The server of {STRANGER} says:\r\n<{ANN}>: user unknown\r\n\r\nMessage-ID: {running.our_letter()}\r\n"
    running.receive(Mail(words, sender=DAEMON, subject="failure notice", stamped=None), NOW + HOUR)
    (alarm,) = alarms(running)
    assert ANN in alarm.letter.facts.text
    assert STRANGER not in alarm.letter.facts.text


def test_a_bounce_that_names_nobody_is_told_all_the_same(running: Running) -> None:
    running.receive(Mail(REQUEST))
    running.receive(bounce(running, "Action: failed"), NOW + HOUR)
    assert [alarm.letter.facts.text for alarm in alarms(running)] == [
        "a letter of ours came back: a recipient was not reached"
    ]


@pytest.mark.parametrize("ours", ["<another@example.org>", ""])
def test_a_bounce_of_anything_else_is_left_alone(running: Running, ours: str) -> None:
    running.receive(Mail(REQUEST))
    raw = bounce(running, f"Final-Recipient: rfc822; {ANN}\r\nAction: failed", ours=ours)
    assert running.receive(raw, NOW + HOUR).outcome is Outcome.LEFT_ALONE
    assert alarms(running) == []


def test_what_comes_back_from_ops_itself_is_not_told_to_ops(running: Running) -> None:
    running.receive(Mail(REQUEST))
    fields = "Final-Recipient: rfc822; ops@example.org\r\nAction: failed"
    assert running.receive(bounce(running, fields), NOW + HOUR).outcome is Outcome.RECORDED
    assert alarms(running) == []


def test_a_server_that_returns_whatever_ops_is_told_of_it_is_not_told_for_ever(running: Running) -> None:
    """Each alarm comes back, naming nobody, and would bring about the next."""
    running.receive(Mail(REQUEST))
    running.receive(bounce(running, "Action: failed"), NOW + HOUR)
    for n in range(40):
        last = alarm_ids(running)[-1]
        running.receive(bounce(running, f"Action: failed\r\nX-Round: {n}", ours=last), NOW + HOUR)
    assert (
        len(alarm_ids(running, sent=True)) <= 12
    )  # ten answers to one sender in a day, and OPS is told of the rest once
