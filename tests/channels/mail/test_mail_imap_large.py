"""Large mail over IMAP: what comes along, what is named as left out, and how few bytes are read for it."""

import os
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from dplmaild.channels.imap.structure import NoSkeletonError, skeleton
from servers.imap_server import ImapServer
from servers.mails import attachments, letter, text_of
from servers.opened import Opened, plain
from servers.proxy import proxy_to

MEGABYTE = 1024 * 1024


def test_a_mail_of_25_megabytes_is_read_by_its_words(imap_server: ImapServer, user: str, opened: Opened) -> None:
    notes = b"Target version: 11.0.2\n"
    raw = letter("large", "please deploy", notes_txt=notes, dump_zip=os.urandom(18 * MEGABYTE))
    assert len(raw) > 24 * MEGABYTE
    imap_server.deliver(user, letter("before"), raw, letter("after"))
    server = (imap_server.host, imap_server.plain_port if imap_server.tls_port else imap_server.port)
    with proxy_to(*server) as proxy:
        reached = plain(proxy) if imap_server.tls_port else {"host": proxy.host, "port": proxy.port}
        before, large, after = opened(**reached).fetch(None, 10)
        assert proxy.bytes_down < 64 * 1024
    assert (before.left_out, after.left_out) == ((), ())
    assert text_of(large.raw).strip() == "please deploy"
    assert attachments(large.raw) == {"notes.txt": notes}
    assert large.size >= len(raw.replace(b"\r\n", b"\n"))
    (named,) = large.left_out
    assert named.startswith("dump.zip (application/octet-stream, ")


def test_structure_within_structure_is_kept(imap_server: ImapServer, user: str, opened: Opened) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "nested"
    mail.set_content("the plain words")
    mail.add_alternative("<p>the <b>bold</b> words</p>", subtype="html")
    mail.get_payload()[1].add_related(os.urandom(30_000), "image", "png", cid="<logo>")  # type: ignore[union-attr,index]
    mail.add_attachment(b"a;b\n1;2\n", maintype="text", subtype="csv", filename="Versionen Ü.csv")
    mail.add_attachment(os.urandom(40_000), maintype="application", subtype="zip", filename="x.zip")
    imap_server.deliver(user, mail.as_bytes())
    (arrival,) = opened(size_limit=20_000).fetch(None, 10)
    assert text_of(arrival.raw).strip() == "the plain words"
    assert b"<b>bold</b>" in arrival.raw
    assert attachments(arrival.raw) == {"Versionen Ü.csv": b"a;b\n1;2\n"}
    assert [named.split(" (")[1].split(",")[0] for named in arrival.left_out] == ["image/png", "application/zip"]


def test_a_forwarded_mail_comes_along_when_it_is_small(imap_server: ImapServer, user: str, opened: Opened) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "Fwd"
    mail.set_content("please deploy as below")
    inner = EmailMessage(policy=SMTP)
    inner["Subject"] = "the order"
    inner.set_content("Target version: 11.0.2")
    mail.add_attachment(inner)
    mail.add_attachment(os.urandom(40_000), maintype="application", subtype="zip", filename="x.zip")
    imap_server.deliver(user, mail.as_bytes())
    (arrival,) = opened(size_limit=20_000).fetch(None, 10)
    assert b"Subject: the order" in arrival.raw
    assert b"Target version: 11.0.2" in arrival.raw


@pytest.mark.parametrize(
    ("name", "size", "comes"),
    [
        pytest.param("plan_xlsx", 200_000, True, id="a workbook within the limit"),
        pytest.param("plan_xlsx", 300_000, False, id="a workbook beyond it"),
        pytest.param("PLAN_PDF", 1000, True, id="an ending in capitals"),
        pytest.param("setup_exe", 1000, False, id="something nobody reads"),
    ],
)
def test_which_attachments_come_along(
    imap_server: ImapServer, user: str, opened: Opened, name: str, size: int, comes: bool
) -> None:
    imap_server.deliver(user, letter("x", "words", **{name: os.urandom(size), "ballast_bin": os.urandom(MEGABYTE)}))
    (arrival,) = opened().fetch(None, 10)
    file_name = name.replace("_", ".")
    assert (file_name in attachments(arrival.raw)) is comes
    assert any(named.startswith(f"{file_name} (") for named in arrival.left_out) is not comes


def test_a_text_without_end_is_cut_and_said_so(imap_server: ImapServer, user: str, opened: Opened) -> None:
    imap_server.deliver(user, letter("endless", "first words\n" + "more\n" * 20_000))
    (arrival,) = opened(size_limit=5000).fetch(None, 10)
    assert text_of(arrival.raw).startswith("first words")
    assert len(arrival.raw) < 6000
    (named,) = arrival.left_out
    assert "the last " in named


def test_a_mail_that_is_one_large_file_keeps_its_header(imap_server: ImapServer, user: str, opened: Opened) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "just a file"
    mail.set_content(os.urandom(50_000), maintype="application", subtype="zip", filename="x.zip")
    imap_server.deliver(user, mail.as_bytes())
    (arrival,) = opened(size_limit=5000).fetch(None, 10)
    assert b"Subject: just a file" in arrival.raw
    assert len(arrival.raw) < 1000
    assert arrival.left_out[0].startswith("x.zip (application/zip, ")


def test_large_mail_without_sense_gives_its_beginning(imap_server: ImapServer, user: str, opened: Opened) -> None:
    deep = b"Subject: deep\r\n"
    for n in range(60):
        deep += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
    imap_server.deliver(user, deep + b"\r\n" + b"x" * 5000, letter("next"))
    strange, following = opened(size_limit=2000).fetch(None, 10)
    assert strange.raw.startswith(b"Subject: deep")
    assert len(strange.raw) <= 4000
    assert strange.left_out != ()
    assert b"Subject: next" in following.raw


def test_no_more_parts_are_taken_than_sense_has(imap_server: ImapServer, user: str, opened: Opened) -> None:
    raw = b'Subject: many\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    raw += b"--b\r\nContent-Type: text/plain\r\n\r\nword\r\n" * 3000 + b"--b--\r\n"
    imap_server.deliver(user, raw)
    (arrival,) = opened(size_limit=20_000).fetch(None, 10)
    assert arrival.raw.count(b"word") == 100
    assert len(arrival.left_out) == 2900


@pytest.mark.parametrize(
    "body", [pytest.param(None, id="nothing"), pytest.param((), id="an empty list"), pytest.param((1, 2), id="numbers")]
)
def test_a_description_without_sense_is_refused(body: object) -> None:
    with pytest.raises(NoSkeletonError):
        skeleton(body)
