# ruff: noqa: E501 - headers as mail programs write them
"""Any bytes become a message: charsets, encodings, addresses, parts, and what hostile senders make of them."""

import base64
from collections import Counter
from datetime import UTC, datetime

import mailparser
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dplmaild.reading.mime import Mailbox, Message, read_message
from dplmaild.reading.mime.parts import MAX_DEPTH, MAX_HEADERS, MAX_PARTS


def read(head: str, body: bytes = b"") -> Message:
    return read_message(head.encode("utf-8", "surrogateescape") + b"\n\n" + body)


def text_of(charset: str, body: bytes, encoding: str = "8bit") -> Message:
    return read(f"Content-Type: text/plain{charset}\nContent-Transfer-Encoding: {encoding}", body)


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        pytest.param("; charset=iso-8859-1", b"\x93caf\xe9\x94 5 \x80", "“café” 5 €", id="latin-1 that is cp1252"),
        pytest.param("; charset=utf-8", b"caf\xe9", "café", id="cp1252 called utf-8"),
        pytest.param("; charset=iso-8859-1", "català".encode(), "català", id="utf-8 called latin-1"),
        pytest.param("", "grüße".encode(), "grüße", id="utf-8 undeclared"),
        pytest.param("", b"gr\xfc\xdfe", "grüße", id="cp1252 undeclared"),
        pytest.param("; charset=x-unknown", b"ma\xf1ana", "mañana", id="charset nobody knows"),
        pytest.param("; charset=cp-850", "größe".encode("cp850"), "größe", id="charset with a dash too many"),
        pytest.param("; charset=us-ascii", "é".encode(), "é", id="utf-8 called ascii"),
        pytest.param("; charset=utf-16", b"plain words!", "plain words!", id="plain bytes called utf-16"),
        pytest.param("; charset=iso-2022-jp", "件名".encode("iso2022_jp"), "件名", id="Japanese"),
        pytest.param("; charset=gb2312", "主题".encode("gb18030"), "主题", id="Chinese"),
        pytest.param("; charset=zip", b"words", "words", id="a codec that is no charset"),
        pytest.param('; charset="utf-8', b"words", "words", id="unclosed quote"),
    ],
)
def test_text_is_read_in_the_charset_that_fits(charset: str, body: bytes, text: str) -> None:
    assert text_of(charset, body).text == text


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        pytest.param("base64", base64.b64encode(b"Target: 11.0.2"), "Target: 11.0.2", id="base64"),
        pytest.param("BASE64", b"VGFyZ2V0\r\n OiAx!!MS4w\nLjI", "Target: 11.0.2", id="base64 with dirt and no padding"),
        pytest.param("base64", b"VGFyZ2V0OiAxMS4wLjI=\n-- \nthe list footer", "Target: 11.0.2\n-- \nthe list footer", id="footer in clear behind base64"),
        pytest.param("base64", b"just plain words", "just plain words", id="plain words called base64"),
        pytest.param("quoted-printable", b"Target:=20=\n 11.0.2 =C3=A9 =ZZ", "Target:  11.0.2 é =ZZ", id="quoted-printable with a slip"),
        pytest.param("x-uuencode", b"begin 644 x\n&5&%R9V5T\n`\nend\n", "Target", id="uuencode"),
        pytest.param("rot26", b"words", "words", id="unknown encoding"),
    ],
)  # fmt: skip
def test_transfer_encodings_are_undone_as_far_as_they_go(encoding: str, body: bytes, text: str) -> None:
    assert text_of("; charset=utf-8", body, encoding).text == text


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        pytest.param(b"=?utf-8?q?Caf=C3=A9_11.0.2?=", "Café 11.0.2", id="Q word"),
        pytest.param(b"=?UTF-8?B?w6k=?= =?utf-8?B?w6k=?=", "éé", id="neighbours lose the blank"),
        pytest.param(b"=?utf-8?B?ww==?= =?utf-8?B?qQ==?=", "é", id="character split between words"),
        pytest.param(b"a =?utf-8?q?b?= c", "a b c", id="blanks around words stay"),
        pytest.param(b"=?iso-8859-1?Q?=93x=94?=", "“x”", id="latin-1 that is cp1252"),
        pytest.param(b"caf\xe9", "café", id="raw 8-bit"),
        pytest.param("grüße".encode(), "grüße", id="raw utf-8"),
        pytest.param(b"=?utf-8?q?open", "=?utf-8?q?open", id="never closed"),
        pytest.param(b"=?utf-8?q?cut =?utf-8?q?whole?=", "=?utf-8?q?cut whole", id="cut word before a whole one"),
        pytest.param(b"=?x-none?b?!!!?=", "", id="nothing in it"),
        pytest.param(b"one\r\n two", "one two", id="folded"),
        pytest.param(b"one \t\r\n\t  two\n three", "one two three", id="folded more than once, blanks around"),
        pytest.param(
            b"one" + b" " * 60_000 + b"two\r\n three", "one" + " " * 60_000 + "two three", id="blanks and a fold"
        ),
        pytest.param("11.0\u200b.2\u202e".encode(), "11.0.2", id="invisible characters"),
        pytest.param(b"=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x", id="line break inside a word"),
    ],
)
def test_subjects_are_decoded(raw: bytes, subject: str) -> None:
    assert read_message(b"Subject: " + raw + b"\r\n\r\n").subject == subject


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param("Jane Doe <Jane@Example.com>", [("jane@example.com", "Jane Doe")], id="plain"),
        pytest.param('"Doe, Jane" <jane@example.com>, b@example.org', [("jane@example.com", "Doe, Jane"), ("b@example.org", "")], id="quoted comma"),
        pytest.param("Doe, Jane <jane@example.com>", [("jane@example.com", "Doe, Jane")], id="unquoted comma"),
        pytest.param("A <a@example.com>; B <b@example.com>;", [("a@example.com", "A"), ("b@example.com", "B")], id="Outlook's semicolons"),
        pytest.param("b@example.com (Bob)", [("b@example.com", "Bob")], id="name as a comment"),
        pytest.param("undisclosed-recipients:;", [], id="empty group"),
        pytest.param("team: a@example.com, b@example.com;", [("a@example.com", ""), ("b@example.com", "")], id="group"),
        pytest.param('"boss@example.com" <x@example.net>', [("x@example.net", "boss@example.com")], id="address as a name"),
        pytest.param("=?utf-8?q?J=C3=BCrgen?= <j@example.com>", [("j@example.com", "Jürgen")], id="encoded name"),
        pytest.param("=?utf-8?q?a=40example.com=2C?= <j@example.com>", [("j@example.com", "a@example.com")], id="encoded address in a name"),
        pytest.param("'j@example.com' <mailto:j@example.com>", [("j@example.com", "j@example.com")], id="mailto in the address"),
        pytest.param('"open <a@example.com>, b@example.com', [("a@example.com", "open"), ("b@example.com", "")], id="unclosed quote"),
        pytest.param("Jane <not an address>", [("", "Jane")], id="no address"),
        pytest.param("<>", [("", "")], id="nothing"),
    ],
)  # fmt: skip
def test_addresses(header: str, expected: list[tuple[str, str]]) -> None:
    assert [(box.address, box.name) for box in read(f"To: {header}").to] == expected


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("Subject: x", id="no From"),
        pytest.param("From: a@example.com\nFrom: b@example.com", id="two From headers"),
        pytest.param("From: a@example.com, b@example.com", id="two authors"),
        pytest.param("From: <a@example.com> <b@example.com>", id="two addresses in one"),
        pytest.param("From: a@example.com b@example.com", id="two bare addresses"),
        pytest.param("From: =?utf-8?q?a=40example.com?=", id="address hidden in an encoded word"),
        pytest.param("From: a@b@example.com", id="two at signs"),
    ],
)
def test_without_one_clear_author_there_is_no_sender(head: str) -> None:
    message = read(head)
    assert message.sender.address == ""
    assert "from" in message.defects


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        pytest.param("Mon, 23 Nov 2026 10:00:00 +0100", datetime(2026, 11, 23, 9, 0, tzinfo=UTC), id="plain"),
        pytest.param("23 Nov 26 10:00 GMT", datetime(2026, 11, 23, 10, 0, tzinfo=UTC), id="old"),
        pytest.param("Mon, 23 Nov 2026 09:00:00 -0000", datetime(2026, 11, 23, 9, 0, tzinfo=UTC), id="zone withheld"),
        pytest.param("2026-11-23T10:00:00+01:00", datetime(2026, 11, 23, 9, 0, tzinfo=UTC), id="ISO"),
        pytest.param("23.11.2026 10:00", None, id="German, no zone"),
        pytest.param("Mon, 23 Nov 2026 10:00:00", None, id="no zone"),
        pytest.param("Mon, 99 Nov 2026 10:00:00 +0100", None, id="no such day"),
        pytest.param("Mon, 23 Nov 2026 10:00:00 +9999999999", None, id="no such zone"),
        pytest.param("Fri, 31 Dec 9999 23:59:59 -2300", None, id="past the end of time"),
    ],
)
def test_dates(date: str, moment: datetime | None) -> None:
    message = read(f"Date: {date}")
    assert message.date == moment
    assert ("date" in message.defects) == (moment is None)


def multipart(kind: str, *parts: str, boundary: str = "b") -> Message:
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    return read(f"From: a@example.com\nContent-Type: multipart/{kind}; boundary={boundary}", body.encode())


PLAIN = "Content-Type: text/plain\n\nplain words"
HTML = "Content-Type: text/html\n\n<p>page</p>"
INNER = "Content-Type: message/rfc822\n\nFrom: John <john@example.org>\nSubject: inner\n\nTarget: 11.0.2"


def test_alternatives_are_two_forms_of_one_body() -> None:
    message = multipart("alternative", PLAIN, HTML)
    assert (message.text, message.html, message.attachments) == ("plain words", "<p>page</p>", ())


def test_a_mail_inside_is_a_child_and_not_body() -> None:
    message = multipart("mixed", PLAIN, INNER)
    assert message.text == "plain words"
    assert [(child.sender, child.subject, child.text) for child in message.children] == [
        (Mailbox("john@example.org", "John"), "inner", "Target: 11.0.2")
    ]


def test_texts_one_after_another_are_all_read() -> None:
    message = multipart("mixed", PLAIN, "Content-Type: text/plain\n\nmore")
    assert message.text == "plain words\nmore"


def test_a_page_after_a_text_leaves_neither_out() -> None:
    message = multipart("mixed", PLAIN, HTML)
    assert message.text is None
    assert message.html is not None
    assert "plain words" in message.html
    assert "<p>page</p>" in message.html


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        pytest.param('attachment; filename="form.txt"', "form.txt", id="plain"),
        pytest.param("attachment; filename*=utf-8''f%C3%BCr.txt", "für.txt", id="RFC 2231"),
        pytest.param('attachment; filename*1=b.txt; filename*0="a"', "ab.txt", id="in pieces"),
        pytest.param('attachment; filename="=?utf-8?q?f=C3=BCr.txt?="', "für.txt", id="RFC 2047 in a parameter"),
        pytest.param('inline; filename="a;b.txt"', "a;b.txt", id="inline with a semicolon"),
        pytest.param("attachment", "", id="no name"),
    ],
)
def test_attachment_names(disposition: str, name: str) -> None:
    message = multipart("mixed", PLAIN, f"Content-Type: text/plain\nContent-Disposition: {disposition}\n\nx: 1")
    assert message.text == "plain words"
    assert [(each.name, each.content) for each in message.attachments] == [(name, b"x: 1")]


def test_pictures_of_the_body_are_inline() -> None:
    picture = "Content-Type: image/png; name=logo.png\nContent-ID: <1>\n\nx"
    message = multipart("related", HTML, picture)
    assert message.html == "<p>page</p>"
    assert [(each.name, each.inline) for each in message.attachments] == [("logo.png", True)]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        pytest.param("multipart/encrypted; boundary=b", "encrypted", id="PGP"),
        pytest.param("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "encrypted", id="S/MIME"),
        pytest.param("application/x-pkcs7-mime; smime-type=signed-data", "opaque signature", id="opaque S/MIME"),
    ],
)
def test_what_cannot_be_read_says_so(head: str, why: str) -> None:
    message = read(f"Content-Type: {head}", b"--b\nContent-Type: application/octet-stream\n\nxx\n--b--\n")
    assert (message.unreadable, message.text) == (why, None)


def test_a_signed_mail_is_read_inside() -> None:
    message = multipart("signed", PLAIN, "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nAAAA")
    assert (message.text, message.unreadable) == ("plain words", None)


def test_winmail_dat_is_named_as_unreadable() -> None:
    message = multipart("mixed", PLAIN, "Content-Type: application/ms-tnef; name=winmail.dat\n\nx")
    assert "tnef" in message.defects
    assert [each.name for each in message.attachments] == ["winmail.dat"]


@pytest.mark.parametrize(
    ("boundary", "defect"),
    [
        pytest.param("other", "boundary missing", id="another boundary declared"),
        pytest.param('""', "boundary missing", id="an empty one"),
    ],
)
def test_a_wrong_boundary_loses_no_words(boundary: str, defect: str) -> None:
    message = multipart("mixed", PLAIN, boundary=boundary)
    assert "plain words" in (message.text or "")
    assert defect in message.defects


def test_a_cut_off_mail_is_read_to_its_end() -> None:
    message = read("Content-Type: multipart/mixed; boundary=b", b"--b\n\nfirst\n--b\n\nsecond, cut")
    assert message.text == "first\nsecond, cut"
    assert "multipart unclosed" in message.defects


@pytest.mark.parametrize(
    ("parameters", "body", "text"),
    [
        pytest.param("", "one \ntwo\nthree", "one two\nthree", id="soft break"),
        pytest.param("; delsp=yes", "11.0 \n.2", "11.0.2", id="delsp"),
        pytest.param("", "> one \n> two\nown", "> one two\nown", id="quoted"),
        pytest.param("", " >no quote\n From", ">no quote\nFrom", id="stuffed"),
        pytest.param("", "text \n-- \nJane", "text \n-- \nJane", id="the signature mark does not flow"),
        pytest.param("", "Target version: \nCurrent version: \nx", "Target version: \nCurrent version: x", id="an empty label above a label"),
    ],
)  # fmt: skip
def test_flowed_text(parameters: str, body: str, text: str) -> None:
    assert read(f"Content-Type: text/plain; format=flowed{parameters}", body.encode()).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(b"", "", id="nothing"),
        pytest.param(b"no headers at all\njust words", "no headers at all\njust words", id="no headers"),
        pytest.param(b"\n\nSubject: x\n\nwords", "words", id="blank lines in front"),
        pytest.param(b"From a@example.com Mon Nov 23\nSubject: x\n\nwords", "words", id="an mbox line in front"),
        pytest.param(b"Subject: x\nbroken line\nTo: a@example.com\n\nwords", "words", id="a broken header line"),
        pytest.param(b"Subject: x\rTo: a@example.com\r\rwords", "words", id="old line ends"),
        pytest.param(b"\xef\xbb\xbfSubject: x\n\nwords", "words", id="byte order mark in front"),
    ],
)
def test_odd_beginnings(raw: bytes, text: str) -> None:
    assert read_message(raw).text == text


def nested(depth: int) -> bytes:
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(depth))
    return opened + b"\nwords"


def test_limits_hold_and_are_told() -> None:
    assert "nested too deep" in read_message(nested(MAX_DEPTH * 5)).defects
    assert "too many headers" in read_message(b"X: 1\n" * (MAX_HEADERS + 5) + b"\nwords").defects
    many = read("Content-Type: multipart/mixed; boundary=b", b"--b\nContent-Type: a/b\n\nx\n" * (MAX_PARTS + 50))
    assert len(many.attachments) == MAX_PARTS
    mails = b"Content-Type: message/rfc822\n\n" * 50 + b"Subject: last\n\nwords"
    assert "nested too deep" in deepest(read_message(mails)).defects


def deepest(message: Message) -> Message:
    while message.children:
        message = message.children[0]
    return message


def test_wellformed_headers_read_as_mail_parser_reads_them() -> None:
    raw = (
        b"From: =?utf-8?q?J=C3=BCrgen?= <j@example.com>\nTo: A <a@example.com>, b@example.org\n"
        b"Subject: =?utf-8?b?w6Q=?= 11.0.2\nMessage-ID: <1@example.com>\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n\nx"
    )
    ours, theirs = read_message(raw), mailparser.parse_from_bytes(raw)
    assert ours.subject == theirs.subject
    assert [(box.name, box.address) for box in (ours.sender, *ours.to)] == [*theirs.from_, *theirs.to]
    assert ours.message_id == theirs.message_id


PIECES = [b"Content-Type: multipart/mixed; boundary=b\n", b"--b\n", b"--b--\n", b"\n", b"\r\n\r\n", b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: base64\n", b"=?utf-8?q?", b"?=", b"From: <", b"To: \"", b"Date: ", b"\xff\xfe", b"; charset=utf-7", b"; filename*0*=", b"(", b"<", b">", b"@", b"format=flowed\n", b"Content-Type: text/plain; "]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=40).map(b"".join))
@example(b"Date: Mon, 1 Jan 0001 00:00:00 +2359\n\n")
@example(b"Content-Type: text/plain; charset=\x00\n\n\xff")
def test_no_bytes_raise(raw: bytes) -> None:
    assert read_message(raw).raw_size == len(raw)


def test_every_body_byte_is_kept_once() -> None:
    words = [f"word{at}" for at in range(500)]
    message = multipart("mixed", *(f"Content-Type: text/plain\n\n{word}" for word in words))
    assert Counter((message.text or "").split()) == Counter(words)
