"""A bounce says whom a letter of ours did not reach, why, and which letter it was."""

import pytest

from dplmaild.deployment.said import NotReached
from dplmaild.reading.automatic import returned
from dplmaild.reading.mime import Message, read_message

OURS = "<ours@example.org>"


def report(*recipients: str, copy: str = f"Message-ID: {OURS}", kind: str = "text/rfc822-headers") -> Message:
    """A delivery status report: one group of fields per recipient, and the headers of our letter."""
    fields = "\n\n".join(("Reporting-MTA: dns; mx.example.net", *recipients))
    return read_message(
        (
            "From: mailer-daemon@example.net\nSubject: Undelivered\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n"
            "--B\n\nSorry. Write to helpdesk@example.net if you must.\n"
            f"--B\nContent-Type: message/delivery-status\n\n{fields}\n"
            f"--B\nContent-Type: {kind}\n\n{copy}\n--B--\n"
        ).encode()
    )


def plain(words: str, *headers: str) -> Message:
    lines = ("From: MAILER-DAEMON@example.net", "Subject: failure notice", *headers)
    return read_message(("\n".join(lines) + f"\n\n{words}").encode())


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        pytest.param(
            "Final-Recipient: rfc822; jane@example.com\nAction: failed\nStatus: 5.1.1\n"
            "Diagnostic-Code: smtp; 550 5.1.1\n user unknown",
            NotReached("jane@example.com", "550 5.1.1 user unknown", reported=True),
            id="the usual fields, a folded diagnosis",
        ),
        pytest.param(
            "final-recipient: RFC822;Jane@Example.com\naction: FAILED\nstatus: 5.2.2",
            NotReached("jane@example.com", "5.2.2", reported=True),
            id="other case, no blanks, no diagnosis",
        ),
        pytest.param(
            "Original-Recipient: rfc822; team@example.com\nAction: failed\n"
            "Final-Recipient: rfc822; jane@inside.example.com",
            NotReached("team@example.com", reported=True),
            id="as we wrote it, not where it ended up",
        ),
        pytest.param(
            "Original-Recipient: rfc822; unknown\nFinal-Recipient: rfc822; jane@example.com\nAction: failed",
            NotReached("jane@example.com", reported=True),
            id="no address in the first field",
        ),
        pytest.param(
            "Final-Recipient: rfc822; jane@example.com\nAction: delayed\nStatus: 4.4.1",
            NotReached("jane@example.com", "4.4.1", delayed=True, reported=True),
            id="still being tried",
        ),
    ],
)
def test_the_fields_of_a_report(group: str, expected: NotReached) -> None:
    assert returned(report(group)).not_reached == (expected,)


def test_who_got_it_is_not_named_and_everybody_else_once() -> None:
    what_became = {"ann": "delivered", "ben": "relayed", "cem": "expanded", "dan": "failed", "eve": "failed"}
    groups = [f"Final-Recipient: rfc822; {who}@example.com\nAction: {what}" for who, what in what_became.items()]
    groups.append(groups[3])
    assert [each.address for each in returned(report(*groups)).not_reached] == ["dan@example.com", "eve@example.com"]


def test_a_header_that_lists_the_failed_is_believed_like_a_report() -> None:
    found = returned(plain("could not be delivered", "X-Failed-Recipients: jane@example.com, Ben@example.com"))
    assert found.not_reached == (
        NotReached("jane@example.com", reported=True),
        NotReached("ben@example.com", reported=True),
    )


def test_words_alone_name_addresses_that_are_no_report_and_nothing_of_the_copy() -> None:
    found = returned(
        plain(
            "Hi. This is the qmail-send program at example.net.\n\n<jane@example.com>:\nuser unknown\n\n"
            f"--- Below this line is a copy of the message.\n\nReturn-Path: <x@example.org>\nMessage-ID: {OURS}\n"
            "To: ben@example.com\n"
        )
    )
    assert found.not_reached == (NotReached("jane@example.com"),)
    assert found.message_ids == (OURS,)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(report("Final-Recipient: rfc822; a@example.com\nAction: failed"), id="its headers alone"),
        pytest.param(
            report(
                "Final-Recipient: rfc822; a@example.com", copy=f"Message-ID: {OURS}\n\nwords", kind="message/rfc822"
            ),
            id="the whole letter",
        ),
        pytest.param(plain(f"failed:\n\n> Message-Id: {OURS}\n"), id="quoted in the text"),
        pytest.param(plain("failed", f"In-Reply-To: {OURS}"), id="as an answer"),
        pytest.param(plain("failed", f"References: <a@example.org> {OURS}"), id="in the thread"),
    ],
)
def test_which_letter_it_was(message: Message) -> None:
    assert OURS in returned(message).message_ids


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(report("Action: failed"), id="no recipient"),
        pytest.param(report("Final-Recipient: rfc822;"), id="an empty one"),
        pytest.param(report("Final-Recipient: x400; /G=Jane/"), id="no mail address"),
        pytest.param(report(": : :\n\n\n\n\x00"), id="no fields"),
        pytest.param(read_message(b""), id="nothing"),
    ],
)
def test_what_says_nothing_names_nobody_in_a_field(message: Message) -> None:
    assert not any(each.reported for each in returned(message).not_reached)


def test_a_bounce_of_thousands_is_bounded() -> None:
    many = [f"Final-Recipient: rfc822; u{n}@example.com\nAction: failed" for n in range(3_000)]
    copies = "\n".join(f"Message-ID: <{n}@example.org>" for n in range(3_000))
    found = returned(report(*many, copy=copies))
    assert 0 < len(found.not_reached) <= 50
    assert 0 < len(found.message_ids) <= 50
