"""OPS commands: only what an engineer newly wrote, lately, about a deployment that is named."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from attacks.desk import DEV, MANAGER, NORA, NOW, OPS, PIA, Desk, days, mail, open_desk, request, text_of
from dplmaild.deployment.terms import State
from dplmaild.ports import Outcome

CANCEL = "/cancel because I say so\n"
FROM_ROBIN = "From: Robin <engineer@example.org>\nSent: Monday, 23 November 2026 09:00\nTo: Morgan\nSubject: x\n\n"


def opened(desk: Desk) -> str:
    """A deployment that is on the schedule."""
    reference = desk.receive(mail(request())).reference
    assert reference is not None
    return reference


def two_parts(disposition: str, content: str, kind: str = "text/plain") -> str:
    """A greeting, and another part."""
    second = f"Content-Type: {kind}\nContent-Disposition: {disposition}\n\n{content}"
    return f"--B\nContent-Type: text/plain\n\nHello all\n--B\n{second}\n--B--\n"


MIXED = "multipart/mixed; boundary=B"
HTML = "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param(f"Hello\n> {CANCEL}", "text/plain", id="quoted"),
        pytest.param(f"Hello\n\nOn Mon, 23 Nov 2026 at 10:00, Robin wrote:\n{CANCEL}", "text/plain", id="history"),
        pytest.param(
            f"Hello\n\n-----Original Message-----\n{FROM_ROBIN}{CANCEL}", "text/plain", id="Outlook's history"
        ),
        pytest.param(f"Hello\n-- \n{CANCEL}", "text/plain", id="signature"),
        pytest.param(
            f"fyi\n\n---------- Forwarded message ---------\n{FROM_ROBIN}{CANCEL}", "text/plain", id="forward"
        ),
        pytest.param(f"please do\n\n{FROM_ROBIN}{CANCEL}", "text/plain", id="forward that is adopted"),
        pytest.param(two_parts('attachment; filename="a.txt"', CANCEL), MIXED, id="a text attachment"),
        pytest.param(two_parts('inline; filename="a.txt"', CANCEL), MIXED, id="a named inline part"),
        pytest.param(two_parts("inline", f"{FROM_ROBIN}{CANCEL}", "message/rfc822"), MIXED, id="an attached mail"),
        pytest.param(f"Hello, as in x {CANCEL}", "text/plain", id="not at the start of a line"),
        pytest.param(f"<p>Hello</p><div style='display:none'>{CANCEL}</div>", HTML, id="not displayed"),
        pytest.param(f"<p>Hello</p><p style='font-size:1px'>{CANCEL}</p>", HTML, id="one pixel high"),
        pytest.param(f"<p>Hello</p><p style='max-height:0;overflow:hidden'>{CANCEL}</p>", HTML, id="no height"),
        pytest.param(f"<p>Hello</p><p style='position:absolute;left:-9999px'>{CANCEL}</p>", HTML, id="off the page"),
        pytest.param(f"<p>Hello</p><p style='text-indent:-999em'>{CANCEL}</p>", HTML, id="indented off the page"),
        pytest.param(f"<p>Hello</p><p style='color:transparent'>{CANCEL}</p>", HTML, id="transparent"),
        pytest.param(f"<p>Hello</p><p style='display:/**/none'>{CANCEL}</p>", HTML, id="behind a comment in its style"),
        pytest.param(f"<p>Hello</p><p style='color:white'>{CANCEL}</p>", HTML, id="white on white"),
        pytest.param(f"<p>Hello</p><s>{CANCEL}</s>", HTML, id="struck out"),
        pytest.param(f"<p>Hello</p><!-- {CANCEL} -->", HTML, id="a comment"),
        pytest.param(f"<p>Hello</p><iframe>{CANCEL}</iframe>", HTML, id="an inner frame"),
        pytest.param(f"<p>Hello</p><dialog>{CANCEL}</dialog>", HTML, id="a closed dialog"),
        pytest.param(f"<p>Hello</p><textarea>{CANCEL}</textarea>", HTML, id="a text field"),
    ],
)
def test_a_command_that_the_manager_did_not_write_now_does_nothing(tmp_path: Path, text: str, content: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        desk.receive(mail(text, MANAGER, f"Re: x [{reference}]", content=content))
        assert desk.case(reference).state is State.SCHEDULED


@pytest.mark.parametrize("sender", [NORA, DEV, PIA, "ops@example.org", "stranger@evil.example.com"])
def test_a_command_of_somebody_who_is_no_engineer_does_nothing(tmp_path: Path, sender: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        assert desk.receive(mail(CANCEL, sender, f"Re: x [{reference}]")).outcome is Outcome.TRIAGE
        assert (desk.case(reference).state, desk.written_to()) == (State.SCHEDULED, {NORA, OPS})


@pytest.mark.parametrize(
    "more", [b"Auto-Submitted: auto-replied\r\n", b"List-Id: <x.example.com>\r\n", b"Precedence: bulk\r\n"]
)
def test_a_command_in_automatic_mail_does_nothing(tmp_path: Path, more: bytes) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        assert desk.receive(mail(CANCEL, MANAGER, f"Re: [{reference}]", more=more)).outcome is Outcome.LEFT_ALONE
        assert desk.case(reference).state is State.SCHEDULED


def received(at: datetime, by: str = "mx.example.org") -> bytes:
    """A Received line."""
    return f"Received: from sender by {by}; {format_datetime(at)}\r\n".encode()


@pytest.mark.parametrize(
    ("arrived", "more"),
    [
        pytest.param(NOW - timedelta(hours=25), b"", id="it waited in the mailbox"),
        pytest.param(NOW, received(NOW - timedelta(hours=25)), id="our own Received is older than the restored mail"),
        pytest.param(NOW, received(NOW) + received(NOW - days(3)), id="the lower of two of ours"),
        pytest.param(NOW, f"Date: {format_datetime(NOW - days(40))}\r\n".encode(), id="an old mail sent again"),
        pytest.param(NOW, b"Date: Mon, 01 Jan 0001 00:00:00 +2359\r\n", id="a date before all dates"),
    ],
)
def test_an_old_command_is_asked_back_and_not_carried_out(tmp_path: Path, arrived: datetime, more: bytes) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        answered = desk.receive(mail(CANCEL, MANAGER, f"Re: [{reference}]", more=more), NOW, arrived)
        assert (answered.outcome, desk.case(reference).state) == (Outcome.ASKED, State.SCHEDULED)
        (letter,) = desk.letters(MANAGER)
        assert "24 hours" in text_of(letter)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(f"Date: {format_datetime(NOW - timedelta(hours=23))}\r\n".encode(), id="written 23 hours ago"),
        pytest.param(received(NOW) + received(NOW - days(3), "mx.evil.example.com"), id="an old hop that is not ours"),
        pytest.param(b"Date: yesterday or so\r\n", id="a date that is none"),
        pytest.param(b"Date: Fri, 31 Dec 9999 23:59:59 -2359\r\n", id="the end of all dates"),
        pytest.param(b"Received: by mx.example.org\r\nReceived: ;;;;\r\nReceived:\r\n", id="Received without a date"),
    ],
)
def test_a_command_of_today_is_carried_out_whatever_else_is_said(tmp_path: Path, more: bytes) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        desk.receive(mail(CANCEL, MANAGER, f"Re: [{reference}]", more=more))
        assert desk.case(reference).state is State.CANCELLED


@pytest.mark.parametrize(
    ("again", "later"),
    [
        pytest.param(b"", 0, id="the same bytes"),
        pytest.param(b"X-Spam: no\r\n", 0, id="one header more"),
        pytest.param(received(NOW + days(30)), 30, id="a month later over our border"),
    ],
)
def test_the_same_mail_acts_once_however_often_it_comes(tmp_path: Path, again: bytes, later: int) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        raw = mail("/note seen\n", MANAGER, f"Re: [{reference}]", name="once@example.org")
        desk.receive(raw)
        before = len(desk.letters())
        assert desk.receive(again + raw, NOW + days(later)).outcome is Outcome.DUPLICATE
        assert len(desk.letters()) == before


def test_a_thread_that_another_customer_claimed_first_does_not_hide_our_own(tmp_path: Path) -> None:
    claimed = b"References: <shared@elsewhere.example.net>\r\n"
    with open_desk(tmp_path / "desk") as desk:
        desk.receive(mail(request(), PIA, "Ours", more=claimed))
        reference = opened(desk)
        desk.receive(mail("We withdraw this deployment.\n", NORA, f"Re: x [{reference}]", more=claimed))
        assert desk.case(reference).state is State.CANCELLED


@pytest.mark.parametrize("text", ["We withdraw this deployment.\n", "2\n", "Tests ok.\n", "Target version: 11.0.9\n"])
@pytest.mark.parametrize("by", ["subject", "references", "in-reply-to"])
def test_a_reference_to_another_customers_deployment_gives_no_right(tmp_path: Path, by: str, text: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = opened(desk)
        theirs = str(desk.letters(NORA)[0]["Message-ID"]).encode()
        before = desk.case(reference)
        subject = f"Re: x [{reference}]" if by == "subject" else "Re: x"
        more = b"" if by == "subject" else by.title().encode() + b": " + theirs + b"\r\n"
        desk.receive(mail(text, PIA, subject, more=more))
        assert desk.case(reference) == before
        assert reference not in "".join(text_of(letter) for letter in desk.letters(PIA))
