"""The mail around a letter: headers that thread, mark and cannot be forged; the same letter, the same bytes."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from dplmaild.deployment.owed import Letter, Trigger
from dplmaild.deployment.terms import NaiveTimeError
from dplmaild.writing.letters import Written
from dplmaild.writing.message import HeaderError, message_bytes
from writing.build import LETTERS, at, letter

INVITATION = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
LONG_ID = f"<{'a' * 150}@mail.example.com>"


def raw(one: Letter | None = None, written: Written | None = None, **said: Any) -> bytes:
    """A letter as bytes, but for what is said."""
    one = one or letter()
    usual: dict[str, Any] = {
        "message_id": "<1.dpl@example.com>",
        "sender": "desk@example.com",
        "sender_name": "Deployment desk",
        "reply_to": "desk@example.com",
        "date": at("2027-01-04 09:00"),
        "loop_mark": "mark-1",
    }
    return message_bytes(one, written or LETTERS.render(one), **(usual | said))


def mail(one: Letter | None = None, **said: Any) -> EmailMessage:
    """The same, read back by the standard library."""
    parsed = message_from_bytes(raw(one, **said), policy=default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert raw(invitation=INVITATION) == raw(invitation=INVITATION)


def test_another_message_id_gives_another_boundary() -> None:
    assert mail().get_boundary() != mail(message_id="<2.dpl@example.com>").get_boundary()


def test_text_and_html_arrive_whole() -> None:
    one = letter(language="es", title="Año nuevo")
    written, got = LETTERS.render(one), mail(one)
    parts = [part for part in got.walk() if not part.is_multipart()]
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part.get_content().replace("\r\n", "\n") for part in parts] == [written.text, written.html]
    assert got["Subject"] == "Re: Año nuevo [DPL-2026-0042]"
    assert got["Content-Language"] == "es"


def test_no_line_is_longer_than_mail_allows_and_all_end_in_crlf() -> None:
    data = raw(letter(title="ñ" * 170, text="x" * 9000))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()


@pytest.mark.parametrize(
    ("trigger", "submitted"),
    [(Trigger.MAIL, "auto-replied"), (Trigger.OPS, "auto-generated"), (Trigger.TIMER, "auto-generated")],
)
def test_no_machine_shall_answer(trigger: Trigger, submitted: str) -> None:
    got = mail(replace(letter(), trigger=trigger))
    assert got["Auto-Submitted"] == submitted
    assert got["X-Auto-Response-Suppress"] == "All"
    assert got["X-Dplmaild-Loop"] == "mark-1"


@pytest.mark.parametrize(
    ("in_reply_to", "references", "expected"),
    [
        pytest.param("<b@x>", ("<a@x>",), ("<b@x>", "<a@x> <b@x>"), id="the answered one is the last reference"),
        pytest.param("<b@x>", ("<a@x>", "<b@x>"), ("<b@x>", "<a@x> <b@x>"), id="named once"),
        pytest.param("b@x", (), ("<b@x>", "<b@x>"), id="brackets are put back"),
        pytest.param(None, ("<a@x>", "<b@x>"), ("<b@x>", "<a@x> <b@x>"), id="only references are known"),
        pytest.param(None, (), (None, None), id="a thread begins"),
        pytest.param("<b@x>\r\nBcc: c@example.com", ("<a@x>",), ("<a@x>", "<a@x>"), id="a second header is left out"),
        pytest.param("<a b@x>", ("<é@x>", "<>", "<a@x><b@x>"), (None, None), id="what cannot be an ID is left out"),
        pytest.param(LONG_ID, (LONG_ID, "<b@x>"), (LONG_ID, f"{LONG_ID} <b@x>"), id="long IDs are not encoded"),
    ],
)
def test_threading(
    in_reply_to: str | None, references: tuple[str, ...], expected: tuple[str | None, str | None]
) -> None:
    got = mail(replace(letter(), in_reply_to=in_reply_to, references=references))
    assert (got["In-Reply-To"], got["References"]) == expected
    assert got["Bcc"] is None


def test_a_long_thread_keeps_its_first_and_its_newest() -> None:
    ids = tuple(f"<{n}@x>" for n in range(100))
    kept = mail(replace(letter(), references=ids, in_reply_to=ids[-1]))["References"].split()
    assert (kept[0], kept[-1], len(kept)) == (ids[0], ids[-1], 20)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
@pytest.mark.parametrize("end", ["\r\n", "\n"], ids=["CRLF", "LF"])
def test_the_invitation_is_one_more_alternative(method: str, end: str) -> None:
    invitation = end.join(["BEGIN:VCALENDAR", f"METHOD:{method}", "SUMMARY:Año", "END:VCALENDAR", ""]).encode()
    part = list(mail(invitation=invitation).walk())[-1]
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == method
    assert "SUMMARY:Año" in part.get_content()


def test_who_it_is_from_and_to() -> None:
    one = replace(letter(), to=("a@example.org", "b@example.org"), cc=("ops@example.net",))
    got = mail(one, sender_name="Bereitschaft Süd", reply_to="other@example.com")
    assert [a.addr_spec for a in got["To"].addresses] == ["a@example.org", "b@example.org"]
    assert got["Cc"].addresses[0].addr_spec == "ops@example.net"
    assert got["From"].addresses[0].display_name == "Bereitschaft Süd"
    assert got["Reply-To"].addresses[0].addr_spec == "other@example.com"
    assert mail()["Reply-To"] is None


@pytest.mark.parametrize(
    "evil",
    [
        "a@example.org\r\nBcc: x@example.com",
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "<a@example.org>",
        "a b@example.org",
        "a@",
        "@example.org",
        "nobody",
        "",
        '"a"@example.org',
        "ä@example.org",
    ],
)
@pytest.mark.parametrize("where", ["to", "cc", "sender"])
def test_addresses_that_are_none_are_refused(where: str, evil: str) -> None:
    one, sender = letter(), "desk@example.com"
    if where == "to":
        one = replace(one, to=(evil,))
    elif where == "cc":
        one = replace(one, cc=(evil,))
    else:
        sender = evil
    with pytest.raises(HeaderError):
        raw(one, sender=sender)


@pytest.mark.parametrize("evil", ["a@example.org\r\nBcc: x@example.com", "nobody", "a@example.org, b@example.org"])
def test_a_reply_address_that_is_none_is_refused(evil: str) -> None:
    with pytest.raises(HeaderError):
        raw(reply_to=evil)


@pytest.mark.parametrize("name", ["a\r\nBcc: x@example.com", "a\nSubject: b", '"quoted" <x@example.com>', "\u202eevil"])
def test_a_sender_name_cannot_add_a_header(name: str) -> None:
    got = mail(sender_name=name)
    assert got["Bcc"] is None
    assert got.get_all("Subject") == ["Re: Deploy [DPL-2026-0042]"]
    assert [a.addr_spec for a in got["From"].addresses] == ["desk@example.com"]


@pytest.mark.parametrize("evil", ["<a@x>\r\nBcc: b@x", "", "<a b>", "<>"])
def test_a_message_id_of_ours_that_is_none_is_refused(evil: str) -> None:
    with pytest.raises(HeaderError):
        raw(message_id=evil)


@pytest.mark.parametrize("evil", ["m\r\nBcc: b@x", "", "a b"])
def test_a_loop_mark_that_is_none_is_refused(evil: str) -> None:
    with pytest.raises(HeaderError):
        raw(loop_mark=evil)


def test_a_title_cannot_add_a_header() -> None:
    got = mail(letter(title="x\r\nBcc: y@example.com\r\n\r\nbody"))
    assert got["Bcc"] is None
    assert got["Subject"] == "Re: x Bcc: y@example.com body [DPL-2026-0042]"


def test_words_made_elsewhere_cannot_add_a_header_either() -> None:
    got = mail(written=Written("a\r\nBcc: y@example.com", "text", "<p>text</p>"))
    assert got["Bcc"] is None


def test_a_date_needs_a_zone() -> None:
    with pytest.raises(NaiveTimeError):
        raw(date=at("2027-01-04 09:00").replace(tzinfo=None))
