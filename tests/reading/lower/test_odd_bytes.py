# ruff: noqa: E501 - mails as programs write them
"""Rarer shapes of mail: broken charsets, files inside the text, opaque signatures, parts that nothing closes."""

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder

from dplmaild.reading.mime import Message, read_message
from dplmaild.reading.mime.parts import MAX_SEALED

INSIDE = "Content-Type: text/plain; charset=utf-8\r\n\r\nTarget version: 11.0.2 für PRD\r\n".encode()


def read(head: str, body: bytes = b"") -> Message:
    return read_message(head.encode() + b"\n\n" + body)


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        pytest.param("utf-7", b"Gr+APwA3w-e, 11.0.2", "Grüße, 11.0.2", id="utf-7"),
        pytest.param("utf-7", b"half +2AA- a character", "half +2AA- a character", id="utf-7 that spells half a character"),
        pytest.param("utf-8", "größer, schöner, ".encode() + b"caf\xe9", "größer, schöner, café", id="one cp1252 letter in utf-8"),
        pytest.param("utf-8", b"caf\xe9, ma\xf1ana", "café, mañana", id="no utf-8 at all"),
        pytest.param("gb2312", "请部署版本十一点零点二到生产环境".encode("gb18030") + b"\xb2", "请部署版本十一点零点二到生产环境²", id="Chinese cut in the middle of a character"),
        pytest.param("koi8-r", "привет".encode("koi8-r"), "привет", id="Russian"),
    ],
)  # fmt: skip
def test_broken_text_is_mended_where_most_of_it_is_sound(charset: str, body: bytes, text: str) -> None:
    assert read(f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit", body).text == text


@pytest.mark.parametrize(
    ("raw", "charset", "subject"),
    [
        pytest.param("привет".encode("koi8-r"), "koi8-r", "привет", id="raw Russian"),
        pytest.param("部署请求".encode("gb18030"), "gb2312", "部署请求", id="raw Chinese"),
        pytest.param("件名".encode(), "iso-8859-1", "件名", id="raw utf-8 above a latin-1 body"),
        pytest.param(b"=?utf-7?Q?Gr+APwA3w-e?=", "us-ascii", "Grüße", id="word in utf-7"),
    ],
)
def test_a_raw_subject_is_read_in_the_charset_of_the_body(raw: bytes, charset: str, subject: str) -> None:
    head = b"Subject: " + raw + f"\nContent-Type: text/plain; charset={charset}\n\n".encode()
    assert read_message(head).subject == subject


def test_the_sender_is_not_read_in_the_charset_of_the_body() -> None:
    """In Big5 the second byte of a letter can be a sign of the address: other servers would see another sender."""
    raw = b"From: \xa1@ <jane@example.com>\nContent-Type: text/plain; charset=big5\n\n"
    assert "from" in read_message(raw).defects


def uu(content: bytes) -> bytes:
    return b"begin 644 form.csv\n" + binascii.b2a_uu(content) + b"`\nend\n"


def yenc(content: bytes) -> bytes:
    coded = b"".join(
        bytes([61, (c + 64) % 256]) if c in b"\0\n\r=" else bytes([c]) for c in ((b + 42) % 256 for b in content)
    )
    return b"=ybegin line=128 size=%d name=form.csv\n" % len(content) + coded + b"\n=yend size=%d\n" % len(content)


@pytest.mark.parametrize("packed", [pytest.param(uu, id="uuencode"), pytest.param(yenc, id="yEnc")])
def test_a_file_inside_the_text_is_an_attachment(packed: Callable[[bytes], bytes]) -> None:
    content = b"Target;11.0.2\n\xd6\x13\xe0=x"
    message = read("Subject: x", b"See below.\n" + packed(content) + b"Regards")
    assert message.text == "See below.\nRegards"
    assert [(each.name, each.content) for each in message.attachments] == [("form.csv", content)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("begin 644 words and nothing coded\nend of it", id="prose that begins like a file"),
        pytest.param("begin 644 a\n" * 3 + "x", id="begun again and again"),
        pytest.param("=ybegin line=128 size=3 name=a\nnever closed", id="yEnc that nothing closes"),
    ],
)
def test_what_only_looks_like_a_file_stays_text(body: str) -> None:
    message = read("Subject: x", body.encode())
    assert (message.text, message.attachments) == (body, ())


def opaque(content: bytes) -> bytes:
    """A signed envelope as a mail program writes it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Nora")])
    now = datetime(2026, 11, 23, tzinfo=UTC)
    unsigned = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    unsigned = unsigned.serial_number(7).not_valid_before(now).not_valid_after(now + timedelta(days=9))
    signer = (
        PKCS7SignatureBuilder().set_data(content).add_signer(unsigned.sign(key, hashes.SHA256()), key, hashes.SHA256())
    )
    return signer.sign(Encoding.DER, [PKCS7Options.Binary])


def in_pieces(content: bytes) -> bytes:
    """The same in lengths nobody knew beforehand, its words in two pieces."""
    words = b"".join(bytes([4, len(piece)]) + piece for piece in (content[:20], content[20:]))
    open_, data = bytes.fromhex("3080" "06092a864886f70d010702" "a080" "3080" "020101" "3100"), bytes.fromhex("3080" "06092a864886f70d010701" "a080" "2480")  # fmt: skip
    return open_ + data + words + b"\0\0" * 6


def sealed(envelope: bytes, kind: str = "signed-data") -> Message:
    head = (
        f'Content-Type: application/pkcs7-mime; smime-type={kind}; name="smime.p7m"\nContent-Transfer-Encoding: base64'
    )
    return read(head, base64.encodebytes(envelope))


@pytest.mark.parametrize("envelope", [pytest.param(opaque, id="whole"), pytest.param(in_pieces, id="in pieces")])
def test_the_words_under_an_opaque_signature_are_read(envelope: Callable[[bytes], bytes]) -> None:
    message = sealed(envelope(INSIDE))
    assert (message.text, message.unreadable) == ("Target version: 11.0.2 für PRD\n", None)


@pytest.mark.parametrize(
    ("envelope", "kind", "why"),
    [
        pytest.param(in_pieces(INSIDE)[:40], "signed-data", "opaque signature", id="cut off"),
        pytest.param(b"\x30\x84\xff", "signed-data", "opaque signature", id="not an envelope"),
        pytest.param(b"\x30\x80\x06\x09" + bytes.fromhex("2a864886f70d010703"), "enveloped-data", "encrypted", id="encrypted"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(envelope: bytes, kind: str, why: str) -> None:
    message = sealed(envelope, kind)
    assert (message.text, message.unreadable) == (None, why)
    assert [each.content for each in message.attachments] == [envelope]


def test_envelopes_within_envelopes_come_to_an_end() -> None:
    inside = INSIDE
    for _ in range(MAX_SEALED + 1):
        inside = b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\n" + opaque(inside)
    assert read_message(inside).unreadable == "opaque signature"


MULTIPART = "Subject: x\nContent-Type: multipart/mixed; boundary=b"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(b"--b\n\nTarget: 11.0.2\n--b\n", "Target: 11.0.2", id="an empty part that nothing closes"),
        pytest.param(b"--b\n\nTarget: 11.0.2--b--\n", "Target: 11.0.2", id="closing line glued to the words"),
        pytest.param(b"--b\n\nTarget: 11.0.2\n\n", "Target: 11.0.2", id="never closed"),
    ],
)
def test_a_multipart_that_is_not_closed_keeps_its_words(body: bytes, text: str) -> None:
    assert read(MULTIPART, body).text == text


@pytest.mark.parametrize("envelope", [pytest.param(opaque, id="whole"), pytest.param(in_pieces, id="in pieces")])
def test_an_envelope_cut_anywhere_is_still_answered(envelope: Callable[[bytes], bytes]) -> None:
    whole = envelope(INSIDE)
    cut = [sealed(whole[:at]) for at in range(len(whole))]
    assert {message.text or message.unreadable for message in cut} == {
        "Target version: 11.0.2 für PRD\n",
        "opaque signature",
    }


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        pytest.param(
            "iso-8859-8-i", "גרסה 11.0.2".encode("iso8859-8"), "גרסה 11.0.2", id="Hebrew, its direction named"
        ),
        pytest.param("x-cp1251", "версия".encode("cp1251"), "версия", id="a code page with an x"),
        pytest.param("windows1250", "wdrożenie".encode("cp1250"), "wdrożenie", id="Windows without its dash"),
        pytest.param("windows-874", "รุ่น".encode("cp874"), "รุ่น", id="Thai"),
        pytest.param("koi8", "версия".encode("koi8_r"), "версия", id="koi8 and nothing more"),
        pytest.param("windows-31j", "件名①".encode("cp932"), "件名①", id="Japanese by its registered name"),
        pytest.param("utf8mb4", "größe".encode(), "größe", id="a database's name for utf-8"),
        pytest.param("iso-8859-8-x", "größe".encode(), "größe", id="a direction that is none"),
        pytest.param("windows-99999", b"gr\xf6\xdfe", "größe", id="a code page that is none"),
    ],
)
def test_charsets_go_by_other_names_too(charset: str, body: bytes, text: str) -> None:
    message = read(f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit", body)
    assert message.text == text


def test_a_comment_is_no_part_of_a_type_or_an_encoding() -> None:
    coded = base64.b64encode(b"<p>11.0.2</p>")
    message = read("Content-Type: text/html (a page)\nContent-Transfer-Encoding: (packed) base64 (once)", coded)
    assert (message.text, message.html, message.defects) == (None, "<p>11.0.2</p>", ("from",))


@pytest.mark.parametrize(
    ("disposition", "text", "names"),
    [
        pytest.param("=?utf-8?Q?inline?=", "11.0.2", [], id="nobody's word for it: it is the body"),
        pytest.param("body", "11.0.2", [], id="a word of its own"),
        pytest.param("body; filename=form.txt", None, ["form.txt"], id="whatever it is, it has a file's name"),
        pytest.param("attachment", None, [""], id="attached"),
    ],
)
def test_the_words_of_a_part_are_its_body_unless_it_is_a_file(
    disposition: str, text: str | None, names: list[str]
) -> None:
    message = read(f"Content-Type: text/plain\nContent-Disposition: {disposition}", b"11.0.2")
    assert (message.text, [each.name for each in message.attachments]) == (text, names)


def test_a_named_part_of_no_type_is_a_file() -> None:
    message = read("Content-Type: unknown; name=shop.bin", b"\x00\xff")
    assert (message.text, [each.name for each in message.attachments]) == (None, ["shop.bin"])


def test_a_part_of_no_type_and_no_name_is_words() -> None:
    assert read("Content-Type: unknown", b"11.0.2").text == "11.0.2"


@pytest.mark.parametrize(
    ("coded", "subject"),
    [
        pytest.param("=?utf-8?B?SG90Zml4I?=", "Hotfix", id="a sign too many"),
        pytest.param("=?utf-8?B?SG90?=", "Hot", id="whole"),
        pytest.param("=?utf-8?B?S?=", "", id="not even one byte"),
    ],
)
def test_a_cut_encoded_word_says_what_is_whole_in_it(coded: str, subject: str) -> None:
    assert read(f"Subject: {coded}", b"").subject == subject
