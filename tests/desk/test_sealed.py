"""Mail whose words are encrypted: its sender is told so where it is ours, and nothing else happens."""

import pytest

from desk.build import ANN, REQUEST, STRANGER, Mail, Running, considered, to_people, written
from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.process import Verdict
from dplmaild.deployment.terms import State
from dplmaild.desk import Desk
from dplmaild.ports import Outcome

PGP = "-----BEGIN PGP MESSAGE-----\n\nhQEMA0000000000000AQf/ZZZZ\n=abcd\n-----END PGP MESSAGE-----\n"
_SEALED = (
    b'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\nMIAGCSqGSIb3DQEHA6CAMIACAQAxggHX\r\n"
)


class Sealed(Mail):
    """The same mail with S/MIME around its words."""

    @property
    def bytes(self) -> bytes:
        head = super().bytes.partition(b"\r\n\r\n")[0]
        kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-")]
        return b"\r\n".join(kept) + b"\r\n" + _SEALED


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(Mail(PGP, subject="Deployment request: 11.0.2 to PRD"), id="PGP in the text"),
        pytest.param(Sealed("", subject="Please deploy 11.0.2 to PRD"), id="S/MIME"),
    ],
)
def test_a_sealed_request_is_asked_for_in_the_clear(desk: Desk, mail: Mail) -> None:
    answer = considered(desk, mail)
    assert (answer.verdict, answer.outcome, to_people(answer)) == (Verdict.ASK_BACK, Outcome.ASKED, {ANN})
    assert [letter.kind for letter in written(answer)] == [LetterKind.UNREADABLE]
    assert "encrypted" in answer.why


def test_a_sealed_mail_about_anything_else_is_left_alone(desk: Desk) -> None:
    answer = considered(desk, Mail(PGP, subject="Salaries"))
    assert (answer.outcome, written(answer)) == (Outcome.LEFT_ALONE, [])


def test_a_stranger_is_not_told_what_we_can_open(desk: Desk) -> None:
    answer = considered(desk, Mail(PGP, sender=STRANGER, subject="Please deploy 11.0.2 to PRD"))
    assert (answer.verdict, to_people(answer)) == (Verdict.TRIAGE, set())


def test_a_sealed_reply_changes_nothing(running: Running) -> None:
    asked = running.receive(Mail(REQUEST))
    reference = asked.reference or ""
    sealed = running.receive(Mail(PGP, subject=f"Re: Next release [{reference}]", number=2))
    assert (sealed.outcome, sealed.reference) == (Outcome.ASKED, reference)
    assert [debt.what.kind for debt in sealed.debts if hasattr(debt.what, "kind")] == [LetterKind.UNREADABLE]
    case = running.case(reference)
    assert (case.state, case.slot is not None) == (State.SCHEDULED, True)
