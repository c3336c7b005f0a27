"""One mail before a desk that has nothing on record: who is answered, who is not, and what OPS gets."""

from datetime import datetime

import pytest

from desk.build import (
    ANN,
    BEN,
    CARL,
    DAY,
    ENGINEER,
    INSTRUCTIONS,
    MANAGER,
    NOW,
    REQUEST,
    STRANGER,
    Mail,
    considered,
    to_people,
    written,
)
from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.process import Verdict
from dplmaild.deployment.terms import Trust
from dplmaild.desk import Desk
from dplmaild.ports import Outcome
from dplmaild.reading.automatic import LOOP_HEADER

NEWSLETTER = "Our summer offers are here. Unsubscribe at any time."
GROUP = {
    "List-Id": "Acme shop team <team.acme.example.com>",
    "List-Post": "<mailto:team@acme.example.com>",
    "List-Unsubscribe": "<mailto:team+off@acme.example.com>",
    "Precedence": "list",
}
INCIDENT = "The shop is down since the last deployment. Customers see an error page."


@pytest.mark.parametrize(
    ("mail", "trust"),
    [
        pytest.param(Mail(REQUEST, stamped=None), Trust.UNVERIFIED, id="nobody vouches for Ann"),
        pytest.param(Mail(REQUEST, stamped="fail"), Trust.SPOOFED, id="our server says it is not Ann"),
        pytest.param(Mail(REQUEST, sender=STRANGER), Trust.UNKNOWN, id="a stranger, well vouched for"),
        pytest.param(Mail(REQUEST, sender=STRANGER, name=ANN), Trust.UNKNOWN, id="Ann in the display name"),
        pytest.param(
            Mail(REQUEST, sender=STRANGER, headers={"Reply-To": ANN, "Sender": ANN}),
            Trust.UNKNOWN,
            id="Ann in Reply-To",
        ),
        pytest.param(
            Mail("/approve", sender=MANAGER, stamped="fail", subject="Re: x [DPL-2026-0001]"),
            Trust.SPOOFED,
            id="a command that only claims to be the manager's",
        ),
    ],
)
def test_whoever_is_not_believed_changes_nothing_and_hears_nothing(desk: Desk, mail: Mail, trust: Trust) -> None:
    answer = considered(desk, mail)
    assert answer.hearing.speaker.trust is trust
    assert (answer.verdict, answer.outcome, answer.decisions) == (Verdict.TRIAGE, Outcome.TRIAGE, ())
    assert to_people(answer) == set()
    assert [letter.kind for letter in written(answer)] == [LetterKind.TRIAGE]


def test_two_from_addresses_are_nobody(desk: Desk) -> None:
    raw = Mail(REQUEST).bytes.replace(b"From: ann@", b"From: eve@partner.example.com, ann@")
    assert b"eve@" in raw
    answer = considered(desk, _Raw(raw))
    assert answer.decisions == ()
    assert to_people(answer) == set()


class _Raw(Mail):
    """Bytes as they are."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("")
        self._raw = raw

    @property
    def bytes(self) -> bytes:
        return self._raw


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(Mail(NEWSLETTER), id="a newsletter from somebody we know"),
        pytest.param(Mail(INCIDENT), id="an incident that mentions a deployment"),
        pytest.param(Mail(NEWSLETTER, sender=STRANGER, stamped=None), id="a stranger's newsletter"),
        pytest.param(Mail("", subject=""), id="an empty mail"),
        pytest.param(_Raw(b""), id="no bytes at all"),
        pytest.param(_Raw(b"\x00\xff" * 5000), id="no mail at all"),
    ],
)
def test_what_is_not_ours_is_left_alone_without_a_word(desk: Desk, mail: Mail) -> None:
    answer = considered(desk, mail)
    assert (answer.verdict, answer.outcome, written(answer)) == (Verdict.NO_ACTION, Outcome.LEFT_ALONE, [])


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Auto-Submitted": "auto-replied"}, id="an automatic reply"),
        pytest.param({"List-Id": "<a.example.org>", "List-Post": "NO"}, id="a list that only announces"),
        pytest.param({"List-Id": "<a.example.org>", "Precedence": "bulk"}, id="a list that only announces, older"),
        pytest.param({"List-Id": "<a.example.org>", "Feedback-ID": "1:2:3"}, id="a list of a sending service"),
        pytest.param({"List-Unsubscribe": "<mailto:off@example.org>"}, id="a newsletter"),
        pytest.param(GROUP | {"Auto-Submitted": "auto-replied"}, id="an absence note through a group"),
        pytest.param(GROUP | {"Return-Path": "<>"}, id="a bounce through a group"),
        pytest.param({"Return-Path": "<>"}, id="the null sender"),
        pytest.param({"X-Auto-Response-Suppress": "All", "Auto-Submitted": "auto-generated"}, id="a machine"),
    ],
)
def test_machines_are_never_answered_whatever_they_ask_for(desk: Desk, headers: dict[str, str]) -> None:
    answer = considered(desk, Mail(REQUEST, headers=headers))
    assert answer.decisions == ()
    assert written(answer) == []


def test_a_request_through_a_group_is_its_authors_request(desk: Desk) -> None:
    answer = considered(desk, Mail(REQUEST, headers=GROUP, to="team@acme.example.com"))
    assert (answer.verdict, answer.outcome) == (Verdict.CONFIRM, Outcome.ANSWERED)
    assert ANN in to_people(answer)


@pytest.mark.parametrize(
    ("mail", "outcome"),
    [
        pytest.param(Mail(REQUEST, sender=STRANGER, headers=GROUP), Outcome.LEFT_ALONE, id="by a stranger"),
        pytest.param(Mail(REQUEST, stamped=None, headers=GROUP), Outcome.TRIAGE, id="by nobody we can be sure of"),
        pytest.param(Mail(REQUEST, stamped="fail", headers=GROUP), Outcome.TRIAGE, id="forged"),
        pytest.param(Mail("/approve", sender=MANAGER, headers=GROUP), Outcome.LEFT_ALONE, id="a command"),
        pytest.param(Mail(NEWSLETTER, headers=GROUP), Outcome.LEFT_ALONE, id="which asks for nothing"),
        pytest.param(Mail(REQUEST, sender="desk@example.org", headers=GROUP), Outcome.LEFT_ALONE, id="by us"),
        pytest.param(
            Mail(REQUEST, headers=GROUP | {LOOP_HEADER: "dplmaild"}), Outcome.LEFT_ALONE, id="with our own mark"
        ),
    ],
)
def test_other_mail_through_a_group_is_not_answered(desk: Desk, mail: Mail, outcome: Outcome) -> None:
    answer = considered(desk, mail)
    assert (answer.outcome, to_people(answer)) == (outcome, set())


def test_our_own_mail_come_back_is_never_answered(desk: Desk) -> None:
    assert written(considered(desk, Mail(REQUEST, sender="desk@example.org"))) == []


def test_a_good_request_is_confirmed(desk: Desk) -> None:
    answer = considered(desk, Mail(REQUEST))
    assert (answer.verdict, answer.outcome) == (Verdict.CONFIRM, Outcome.ANSWERED)
    assert to_people(answer) == {ANN}


def test_people_in_copy_get_the_confirmation_and_strangers_do_not(desk: Desk) -> None:
    answer = considered(desk, Mail(REQUEST, to=f"desk@example.org, list@acme.example.com, {STRANGER}"))
    assert to_people(answer) == {ANN, "list@acme.example.com"}


@pytest.mark.parametrize(
    ("sender", "kind", "to"),
    [
        pytest.param(CARL, LetterKind.ADOPT, {ANN}, id="a contact's draft goes to the release manager"),
        pytest.param(BEN, LetterKind.ALARM, set(), id="an attendant's request goes to OPS"),
    ],
)
def test_who_may_not_ask(desk: Desk, sender: str, kind: LetterKind, to: set[str]) -> None:
    answer = considered(desk, Mail(REQUEST, sender=sender))
    assert ([letter.kind for letter in written(answer)], to_people(answer)) == ([kind], to)


def test_a_partners_command_goes_to_ops(desk: Desk) -> None:
    answer = considered(desk, Mail("/start", subject="[DPL-2026-0001]"))
    assert (answer.verdict, "not of OPS" in answer.why, to_people(answer)) == (Verdict.TRIAGE, True, set())


def test_an_engineers_command_about_no_deployment_is_answered(desk: Desk) -> None:
    answer = considered(desk, Mail("/start", sender=ENGINEER))
    (transcript,) = written(answer)
    assert (transcript.kind, transcript.to, answer.decisions) == (LetterKind.TRANSCRIPT, (ENGINEER,), ())
    assert [result.done for result in transcript.facts.transcript] == [False]


TWO = """\
Hello, please schedule two deployments of ICM:

Type: code
Product: ICM
Environment: PRD
Desired date and time: Tuesday, 15 December 2026, 10:00 CET
Expected special activities: none

Type: code
Product: PWA
Environment: PRD
Desired date and time: {second}
Expected special activities: none
"""


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        pytest.param("Wednesday, 16 December 2026, 10:00 CET", Verdict.CONFIRM, id="on two days"),
        pytest.param("Friday, 18 December 2026, 10:00 CET", Verdict.OTHER_SLOT, id="one of them on a Friday"),
        pytest.param("Tuesday, 15 December 2026, 10:00 CET", Verdict.OTHER_SLOT, id="both at the same time"),
    ],
)
def test_two_deployments_in_one_mail_are_two_cases_and_the_strictest_names_it(
    desk: Desk, second: str, verdict: Verdict
) -> None:
    answer = considered(desk, Mail(TWO.format(second=second)))
    assert [d.case and d.case.reference for d in answer.decisions] == ["DPL-2026-0001", "DPL-2026-0002"]
    assert answer.decisions[0].verdict is Verdict.CONFIRM
    assert answer.verdict is verdict
    assert len({letter.facts.reference for letter in written(answer)}) == 2


@pytest.mark.parametrize(
    ("arrived", "verdict"),
    [
        pytest.param(NOW, Verdict.RECORD, id="in time"),
        pytest.param(NOW + 22 * DAY, Verdict.TOO_LATE, id="on the day itself"),
    ],
)
def test_instructions_alone_are_judged_for_the_date_they_name(desk: Desk, arrived: datetime, verdict: Verdict) -> None:
    text = INSTRUCTIONS + "Deployment date: Tuesday, 15 December 2026, 14:00 CET\n"
    answer = considered(desk, Mail(text, subject="Instructions"), arrived)
    if not answer.hearing.meaning.requests:
        assert answer.verdict is verdict


def test_a_reply_to_a_conversation_nobody_knows_is_recorded(desk: Desk) -> None:
    answer = considered(desk, Mail("2", subject="Re: Next release [DPL-2026-0042]"))
    assert (answer.verdict, written(answer)) == (Verdict.RECORD, [])
