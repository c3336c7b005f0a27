# ruff: noqa: E501 - markup as mail programs write it
"""Where a forward ends, and whose words stand below it."""

import pytest

from dplmaild.reading.mime import read_message
from dplmaild.reading.visible import bare_subject, visible
from reading.lower.mails import mail

OWN = "Please deploy as below."
OLD = "Target version: 11.0.2"
HEAD = "From: John Roe <john@example.org>\nDate: 23 November 2026 at 09:00:00 CET\nSubject: Hotfix\nTo: Jane\n\n"


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


@pytest.mark.parametrize(
    "forward",
    [
        pytest.param(f"Begin forwarded message:\n\n{quoted(HEAD + OLD)}", id="only its head and words are quoted"),
        pytest.param(quoted(f"Begin forwarded message:\n\n{HEAD}{OLD}"), id="quoted with its separator"),
    ],
)
def test_words_typed_below_a_quoted_forward_are_the_forwarders(forward: str) -> None:
    seen = visible(mail(f"Hello,\n\n{forward}\n\n{OWN}\n", None, "Subject: Fwd: Hotfix"))
    assert seen.new_text.split() == f"Hello, {OWN}".split()
    assert seen.forwarded is not None
    assert (seen.forwarded.sender, seen.forwarded.body) == ("john@example.org", OLD)


def test_words_typed_below_an_html_forward_are_the_forwarders() -> None:
    page = (
        "<div>Begin forwarded message:</div><blockquote type=cite><div><b>From: </b>John Roe &lt;john@example.org&gt;</div>"
        f"<div><b>Subject: </b>Hotfix</div><div><b>Date: </b>23 November 2026 at 09:00</div><br><div>{OLD}</div></blockquote><div>{OWN}</div>"
    )
    seen = visible(mail(None, page, "Subject: Fwd: Hotfix"))
    assert seen.forwarded is not None
    assert (seen.new_text, seen.forwarded.body) == (OWN, OLD)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"> first line\n{OLD}\n>\n> last line\n", id="between marked lines"),
        pytest.param(f"> first line\n{OLD}\n", id="right below the last marked line"),
    ],
)
def test_a_line_that_lost_its_mark_is_no_order_of_the_forwarder(body: str) -> None:
    seen = visible(mail(f"Begin forwarded message:\n\n{quoted(HEAD)}\n>\n{body}", None, "Subject: Fwd: Hotfix"))
    assert seen.new_text == ""
    assert seen.forwarded is not None
    assert OLD in seen.forwarded.body


def test_what_a_forwarded_mail_quotes_first_is_not_its_authors() -> None:
    body = f"---------- Forwarded message ---------\n{HEAD}> Target version: 10.9.9\n\n{OLD}\n"
    seen = visible(mail(body, None, "Subject: Fwd: Hotfix"))
    assert seen.forwarded is not None
    assert seen.forwarded.text == OLD
    assert "10.9.9" in seen.quoted_text


def test_a_report_passes_nothing_on() -> None:
    raw = (
        b"From: mailer@example.net\nSubject: Undelivered\nContent-Type: multipart/report; boundary=b\n\n--b\n\nNot delivered.\n--b\n"
        b"Content-Type: message/rfc822\n\nFrom: John <john@example.org>\nSubject: Hotfix\n\nTarget version: 11.0.2\n--b--\n"
    )
    assert visible(read_message(raw)).forwarded is None


@pytest.mark.parametrize(
    ("subject", "bare", "forwards"),
    [
        pytest.param("[Fwd: Hotfix]", "Hotfix", True, id="in brackets"),
        pytest.param("[Fwd: [Ticket#1] Re: Hotfix]", "Hotfix", True, id="brackets in brackets"),
        pytest.param("[Shop: Hotfix] now", "now", False, id="a tag with a colon"),
        pytest.param("[Shop: Hotfix]", "", False, id="a tag with a colon and nothing else"),
        pytest.param("[Fwd: Hotfix", "[Fwd: Hotfix", False, id="never closed"),
    ],
)
def test_a_forward_may_stand_in_brackets(subject: str, bare: str, forwards: bool) -> None:
    assert bare_subject(subject) == bare
    assert (visible(mail(f"{HEAD}{OLD}", None, f"Subject: {subject}")).forwarded is not None) is forwards


def test_a_signature_above_an_attached_mail_is_no_word_of_its_own() -> None:
    raw = (
        b"From: jane@example.com\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n-- \nJane Doe\nRelease 11.0.1\n--b\n"
        b"Content-Type: message/rfc822\n\nFrom: John <john@example.org>\nSubject: Hotfix\n\nTarget version: 11.0.2\n--b--\n"
    )
    seen = visible(read_message(raw))
    assert (seen.new_text, seen.signature) == ("", "-- \nJane Doe\nRelease 11.0.1")


@pytest.mark.parametrize(
    ("announced", "labels"),
    [
        pytest.param("------ Forwarded Message ------", "From To Date Subject", id="forwarded"),
        pytest.param("------ Original Message ------", "From To Date Subject", id="original, the subject forwards it"),
        pytest.param("------ Originalnachricht ------", "Von An Datum Betreff", id="German"),
    ],
)
def test_a_head_without_colons_below_its_separator(announced: str, labels: str) -> None:
    sender, to, date, subject = labels.split()
    head = f'{sender} "John Roe" <john@example.org>\n{to} "Jane" <jane@example.com>\n{date} 23.11.2026 09:00:00\n{subject} Hotfix'
    passed = visible(mail(f"{OWN}\n\n{announced}\n{head}\n\n{OLD}", None, "Subject: Fw: Hotfix")).forwarded
    assert passed is not None
    assert (passed.name, passed.sender, passed.date) == ("John Roe", "john@example.org", "23.11.2026 09:00:00")
    assert (passed.subject, passed.to, passed.text) == ("Hotfix", ("jane@example.com",), OLD)


def test_words_that_begin_like_labels_are_no_head() -> None:
    body = "------ Original Message ------\nFrom Tuesday on we deploy.\nTo be sure: ask."
    passed = visible(mail(body, None, "Subject: Fw: Hotfix")).forwarded
    assert passed is not None
    assert (passed.sender, passed.text) == (None, "From Tuesday on we deploy.\nTo be sure: ask.")


def test_a_head_below_an_attribution_is_not_said_by_its_author() -> None:
    body = f"-----John Roe <john@example.org> schrieb: -----\nAn: jane@example.com\nVon: John Roe <john@example.org>\nDatum: 23.11.2026 09:00\nBetreff: Hotfix\n\n{OLD}"
    passed = visible(mail(body, None, "Subject: WG: Hotfix")).forwarded
    assert passed is not None
    assert (passed.sender, passed.date, passed.text) == ("john@example.org", "23.11.2026 09:00", OLD)
