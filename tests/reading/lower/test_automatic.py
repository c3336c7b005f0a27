# ruff: noqa: E501 - subjects and sentences as machines write them
"""What machines send is known as such, and no person's mail ever is."""

import pytest

from dplmaild.deployment.said import Automatic
from dplmaild.reading.mime import Message, read_message
from reading.lower.mails import mail, sent_by

AWAY = "I am out of the office until Monday. In urgent cases please contact john@example.com."


def headed(*headers: str, text: str = "words") -> Message:
    return mail(text, None, *headers)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(
            headed("Subject: Automatic reply: Deployment", "Auto-Submitted: auto-replied", text=AWAY),
            id="Exchange, English",
        ),
        pytest.param(
            headed(
                "Subject: Automatische Antwort: Deployment",
                text="Ich bin derzeit nicht im Büro und ab dem 01.12.2026 wieder erreichbar.",
            ),
            id="German, no headers",
        ),
        pytest.param(
            headed("Subject: Respuesta automática: Deployment", text="Estoy fuera de la oficina hasta el lunes."),
            id="Spanish, no headers",
        ),
        pytest.param(
            headed("Subject: Resposta automàtica: Deployment", text="Estic de vacances fins dilluns."),
            id="Catalan, no headers",
        ),
        pytest.param(
            headed("Subject: Réponse automatique : Deployment", text="Je suis absent jusqu'au lundi."), id="French"
        ),
        pytest.param(headed("Subject: Risposta automatica: Deployment", text="Sono in ferie."), id="Italian"),
        pytest.param(headed("Subject: Automatisch antwoord: Deployment", text="Ik ben met vakantie."), id="Dutch"),
        pytest.param(headed("Subject: Resposta automática: Deployment", text="Estou de férias."), id="Portuguese"),
        pytest.param(headed("Subject: Automatyczna odpowiedź: Deployment", text="Jestem na urlopie."), id="Polish"),
        pytest.param(headed("Subject: Automatiskt svar: Deployment", text="Jag är på semester."), id="Swedish"),
        pytest.param(
            headed("Subject: Automatisk svar: Deployment", text="Jeg er på ferie."), id="Danish and Norwegian"
        ),
        pytest.param(headed("Subject: Automatická odpověď: Deployment", text="Jsem na dovolené."), id="Czech"),
        pytest.param(headed("Subject: Re: Deployment", text=AWAY), id="only its words"),
        pytest.param(
            headed("Subject: Abwesend", "Return-Path: <>", text="Bis Montag."), id="null sender and a subject"
        ),
        pytest.param(headed("Subject: Re: x", "Precedence: auto_reply", text=AWAY), id="old precedence"),
        pytest.param(headed("X-Vacation: yes"), id="a responder that names itself"),
    ],
)
def test_absence_notes(message: Message) -> None:
    assert sent_by(message) is Automatic.OUT_OF_OFFICE


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(
            headed("Subject: Re: Automatic deployment", text="Please deploy 11.0.2."), id="automatic is just a word"
        ),
        pytest.param(
            headed("Subject: Re: x", text="Please set up an out of office for the team mailbox."),
            id="asks for an absence note",
        ),
        pytest.param(
            headed("Subject: Out of office on Friday", text="Please deploy on Thursday instead."),
            id="tells of an absence and asks",
        ),
        pytest.param(
            headed("Subject: Deployment", text="I am on vacation next week, so please deploy 11.0.2 before."),
            id="away, with a request",
        ),
        pytest.param(
            headed("Subject: Re: Automatic reply: Deployment", text="Is he back? Then please go on."),
            id="answers an absence note",
        ),
        pytest.param(
            headed("X-Auto-Response-Suppress: All", text="Please deploy 11.0.2."),
            id="Exchange's header on a person's mail",
        ),
        pytest.param(headed("Auto-Submitted: no"), id="says that no machine sent it"),
        pytest.param(
            headed("From: postmaster@example.com", "Subject: New relay", text="We change the relay tomorrow."),
            id="a person at postmaster",
        ),
        pytest.param(
            headed(
                "From: noreply@example.com", "Subject: [Ticket 5] Deployment", text="Jane wrote: please deploy 11.0.2"
            ),
            id="through a ticket system",
        ),
        pytest.param(headed("Subject: Accepted: the slot", text="We take the second slot."), id="accepts in words"),
        pytest.param(
            headed("Subject: Undeliverable goods", text="The shop shows an error."), id="undeliverable is just a word"
        ),
        pytest.param(
            headed("Subject: Delivery failed", text="The payment step fails, please look."),
            id="a failed delivery of goods",
        ),
        pytest.param(headed("Return-Path: <jane@example.com>"), id="ordinary"),
        pytest.param(read_message(b""), id="nothing"),
    ],
)
def test_people_are_people(message: Message) -> None:
    assert sent_by(message, frozenset({"deploy@example.net"}), "desk-1") is None


DSN = (
    b"From: mailer-daemon@example.com\nSubject: x\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    b"--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n--b\nContent-Type: message/rfc822\n\nSubject: ours\n\nTarget: 11.0.2\n--b--\n"
)


def notice(words: str) -> Message:
    """What Amazon's notification service mails."""
    return headed(
        "From: SES <no-reply@sns.example.com>", "Subject: Notification Message", "X-Amz-Sns-Message-Id: 1", text=words
    )


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(read_message(DSN), id="delivery status report"),
        pytest.param(
            headed(
                "From: MAILER-DAEMON@example.com", "Subject: failure notice", text="Hi. This is the qmail-send program."
            ),
            id="qmail",
        ),
        pytest.param(
            headed("From: postmaster@example.com", "Subject: Undeliverable: Deployment"), id="Exchange, English"
        ),
        pytest.param(
            headed("From: postmaster@example.com", "Subject: Unzustellbar: Deployment"), id="Exchange, German"
        ),
        pytest.param(
            headed("From: postmaster@example.com", "Subject: No se puede entregar: Deployment"), id="Exchange, Spanish"
        ),
        pytest.param(
            headed(
                "From: Mail System <mailer-daemon@example.com>",
                "Subject: Deployment",
                text="This message was created automatically by mail delivery software.",
            ),
            id="exim, by its words",
        ),
        pytest.param(
            headed("From: MAILER-DAEMON", "Subject: Returned mail: see transcript"), id="a sender without an address"
        ),
        pytest.param(headed("X-Failed-Recipients: jane@example.com"), id="failed recipients header"),
        pytest.param(
            headed(
                "From: smtp-gateway@example.com",
                "Subject: Delivery failure notification",
                text="Your message could not be delivered to the following recipients:\n\nben@example.org\n",
            ),
            id="a gateway under another name, with the address",
        ),
        pytest.param(
            headed(
                "From: mail@example.com",
                "Subject: Unzustellbar: Release",
                text="Die Nachricht konnte nicht zugestellt werden.\n\nReceived: from mx.example.net\nSubject: Release\n",
            ),
            id="another name, with a copy",
        ),
        pytest.param(
            headed(
                'From: <"System Administrator"@example.com>',
                "Subject: Delivery Failure",
                text="Could not deliver message to the following recipient(s):\n\nFailed Recipient: ben@example.org\n",
            ),
            id="the recipient behind a label",
        ),
        pytest.param(
            headed(
                "From: admin@example.com",
                "Subject: Non-Delivery: Your message",
                "List-Id: <talk.example.org>",
                text='The mail below could not be delivered to:\n\n"ben@example.org" <ben@example.org>\n',
            ),
            id="the recipient with a name, by a list",
        ),
        pytest.param(notice('{"notificationType":"Bounce","bounce":{}}'), id="a sending service's notice"),
        pytest.param(notice('{"eventType": "DeliveryDelay"}'), id="of a delay"),
        pytest.param(notice('{"Message" : "{\\"notificationType\\":\\"Bounce\\"}"}'), id="within another notice"),
    ],
)
def test_bounces(message: Message) -> None:
    assert sent_by(message) is Automatic.BOUNCE


def calendar(method: str) -> Message:
    body = f"--b\n\n\n--b\nContent-Type: text/calendar; method={method}\n\nBEGIN:VCALENDAR\nMETHOD:{method}\nEND:VCALENDAR\n--b--\n"
    return mail(body, None, "Content-Type: multipart/mixed; boundary=b")


def test_calendar_replies_are_known_and_invitations_are_not() -> None:
    assert sent_by(calendar("REPLY")) is Automatic.CALENDAR_REPLY
    assert sent_by(calendar("COUNTER")) is Automatic.CALENDAR_REPLY
    assert sent_by(calendar("REQUEST")) is None


def test_lists_and_newsletters() -> None:
    assert sent_by(headed("List-Id: <dev.example.org>")) is Automatic.LIST
    assert sent_by(headed("List-Unsubscribe: <mailto:off@example.org>")) is Automatic.LIST
    assert sent_by(headed("Precedence: list")) is Automatic.LIST


def test_a_group_is_no_list_for_those_we_know() -> None:
    group = headed("List-Id: <team.example.org>", "List-Post: <mailto:team@example.org>", "Precedence: list")
    assert sent_by(group, known=True) is None
    assert sent_by(group) is Automatic.LIST


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(("List-Unsubscribe: <mailto:off@example.org>",), id="no name, only a way out"),
        pytest.param(("List-Id: <news.example.org>", "List-Post: NO (announcements)"), id="nobody may post"),
        pytest.param(("List-Id: <news.example.org>", "Precedence: bulk"), id="in bulk"),
        pytest.param(
            ("List-Id: <news.example.org>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"), id="one click"
        ),
        pytest.param(("List-Id: <news.example.org>", "Feedback-ID: 1:2:3:service"), id="a sending service"),
    ],
)
def test_a_newsletter_is_one_whoever_sends_it(headers: tuple[str, ...]) -> None:
    assert sent_by(headed(*headers), known=True) is Automatic.LIST


@pytest.mark.parametrize("header", ["List-Id: <deploy.example.net>", "List-Post: <mailto:deploy@example.net>"])
def test_a_group_that_is_our_own_address_is_no_list(header: str) -> None:
    message = headed(header, "Precedence: list", "List-Unsubscribe: <mailto:off@example.net>")
    assert sent_by(message, frozenset({"deploy@example.net"})) is None


def test_our_own_mail_is_known_by_mark_and_by_address() -> None:
    assert sent_by(headed("X-Dplmaild-Loop: desk-1"), loop_mark="desk-1") is Automatic.OWN
    assert sent_by(headed("X-Dplmaild-Loop: desk-2"), loop_mark="desk-1") is None
    assert sent_by(headed("From: Deploy@example.net"), frozenset({"deploy@example.net"})) is Automatic.OWN
    assert sent_by(headed("From: nobody"), frozenset({""})) is None


@pytest.mark.parametrize(
    "header",
    ["Auto-Submitted: auto-generated", "Auto-Submitted: auto-notified; x=1", "Precedence: bulk", "Return-Path: <>"],
)
def test_other_machines(header: str) -> None:
    assert sent_by(headed(header)) is Automatic.AUTO_GENERATED


@pytest.mark.parametrize("kind", ["Complaint", "Delivery", "Bounces"])
def test_other_notices_of_a_sending_service_are_no_bounces(kind: str) -> None:
    assert sent_by(notice(f'{{"notificationType":"{kind}"}}')) is Automatic.AUTO_GENERATED


def complaint(subject: str, *, enclosed: bool) -> Message:
    part = "Content-Type: message/rfc822\n\nFrom: ann@example.com\nSubject: Offer" if enclosed else "\nan offer"
    return mail(f"--b\n{part}\n--b--\n", None, f"Subject: {subject}", "Content-Type: multipart/mixed; boundary=b")


def test_a_providers_complaint_brings_the_mail_with_it() -> None:
    said = "complaint about message from 192.0.2.1"
    assert sent_by(complaint(said, enclosed=True)) is Automatic.AUTO_GENERATED
    assert sent_by(complaint(said, enclosed=False)) is None
    assert sent_by(complaint("A complaint about your release", enclosed=True)) is None


def test_a_person_who_speaks_of_a_notice_is_no_machine() -> None:
    asked = 'We got {"notificationType":"Bounce"} for our address, please look.'
    assert sent_by(headed("Subject: Bounces", text=asked)) is None
    answered = "Could not deliver message to ben@example.org, I think. Can you deploy without him?"
    assert sent_by(headed("Subject: Delivery failure?", text=answered)) is None
