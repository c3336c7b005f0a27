"""Who is believed: a forged sender never gets an order through, and never a letter (promises: Trust)."""

from pathlib import Path

import pytest

from attacks.desk import BORDER, MANAGER, NORA, OPS, Desk, mail, open_desk, request, stamp
from dplmaild.ports import Outcome

RESULTS = b"Authentication-Results: "
PASS = b"dmarc=pass header.from=agency.example.net\r\n"
OURS = RESULTS + BORDER.encode() + b"; "
FAIL = OURS + b"dmarc=fail header.from=agency.example.net\r\n"
BY_US = b"Received: from sender by mx.example.org; Mon, 23 Nov 2026 08:00:00 +0000\r\n"
BY_OTHERS = b"Received: from sender by relay.evil.example.com; Mon, 23 Nov 2026 08:00:00 +0000\r\n"


def nothing_happened(desk: Desk) -> bool:
    """No deployment came of it, and only OPS was written to."""
    return desk.cases() == () and desk.written_to() <= {OPS}


@pytest.mark.parametrize(
    "top",
    [
        pytest.param(b"", id="nobody vouches"),
        pytest.param(FAIL + OURS + PASS, id="forged below ours, no Received between"),
        pytest.param(FAIL + BY_US + OURS + PASS, id="forged below ours and our Received"),
        pytest.param(BY_US + BY_OTHERS + OURS + PASS, id="forged below a foreign Received"),
        pytest.param(OURS + b"\r\n" + OURS + PASS, id="ours without a result, then a forged one"),
        pytest.param(
            OURS + b"dmarc=fail (" + b"x" * 9000 + b")\r\n" + OURS + PASS, id="ours too long, then a forged one"
        ),
        pytest.param(
            OURS + b"dmarc=fail header.from=agency.example.net (dmarc=pass header.from=agency.example.net)\r\n",
            id="a pass in a comment",
        ),
        pytest.param(OURS + b'spf=fail smtp.mailfrom="x; dmarc=pass"@evil.example.com\r\n', id="a pass in quotes"),
        pytest.param(RESULTS + b"mx.evil.example.com; " + PASS, id="another server's word"),
        pytest.param(RESULTS + b"mx.example.org.evil.example.com; " + PASS, id="our name with a domain behind"),
        pytest.param(RESULTS + b"mx.example.org/x; " + PASS, id="our name with a slash behind"),
        pytest.param(RESULTS + b"mx.example.org evil; " + PASS, id="our name with a word behind"),
        pytest.param(RESULTS + b"evil.mx.example.org; " + PASS, id="our name with a host in front"),
        pytest.param(RESULTS + b"example.org; " + PASS, id="our domain without the host"),
        pytest.param(RESULTS + b'"mx.example.org"; ' + PASS, id="our name in quotes"),
        pytest.param(RESULTS + b"(x) mx.example.org; " + PASS, id="a comment before our name"),
        pytest.param(RESULTS + PASS, id="no name at all, as Microsoft writes"),
        pytest.param(RESULTS + b"i=1; mx.example.org; " + PASS, id="an ARC instance in front"),
        pytest.param(b"ARC-" + RESULTS + b"i=1; mx.example.org; " + PASS, id="an ARC header"),
        pytest.param(b"X-" + OURS + PASS, id="a private header"),
        pytest.param(
            RESULTS + b"=?utf-8?q?mx.example.org=3B_dmarc=3Dpass_header.from=3Dagency.example.net?=\r\n",
            id="an encoded word, which our border does not know for its own",
        ),
        pytest.param(RESULTS + "mx.exam\u200bple.org; ".encode() + PASS, id="an invisible character in our name"),
        pytest.param(RESULTS + b"mx.exam\x00ple.org; " + PASS, id="a null byte in our name"),
        pytest.param(OURS + b"dmarc=pass header.from=evil.example.com\r\n", id="a pass for another domain"),
        pytest.param(OURS + b"dkim=pass header.d=evil.example.com\r\n", id="another domain's signature"),
        pytest.param(OURS + b"spf=pass smtp.mailfrom=nora@evil.example.com\r\n", id="another envelope sender"),
    ],
)
def test_a_forged_word_of_our_border_is_not_believed(tmp_path: Path, top: bytes) -> None:
    with open_desk(tmp_path / "desk") as desk:
        assert desk.receive(mail(request(), top=top)).outcome is Outcome.TRIAGE
        assert nothing_happened(desk)


@pytest.mark.parametrize(
    "top",
    [
        pytest.param(OURS + PASS, id="ours on top"),
        pytest.param(BY_US + OURS + PASS, id="ours below our own Received"),
        pytest.param(OURS.replace(b"Results", b"RESULTS") + PASS, id="the header in capitals"),
        pytest.param(RESULTS + b"MX.Example.Org; " + PASS, id="our name in capitals"),
        pytest.param(OURS + b"\r\n\tdmarc=pass\r\n\theader.from=agency.example.net\r\n", id="folded"),
        pytest.param(RESULTS + b"mx.example.org (amavisd-new); " + PASS, id="a comment behind our name"),
        pytest.param(RESULTS + b"mx.evil.example.com; dmarc=fail\r\n" + OURS + PASS, id="a foreign one above"),
    ],
)
def test_what_our_border_really_writes_is_believed(tmp_path: Path, top: bytes) -> None:
    with open_desk(tmp_path / "desk") as desk:
        assert desk.receive(mail(request(), top=top)).outcome is Outcome.ANSWERED
        assert desk.written_to() == {NORA}


SHORT = OURS + b"dmarc=pass\r\n"


@pytest.mark.parametrize(
    "author",
    [
        pytest.param(b"nora@agency.example.net, evil@evil.example.com", id="two addresses"),
        pytest.param(b"nora@agency.example.net\r\nFrom: evil@evil.example.com", id="two From headers"),
        pytest.param(b"nora@agency.example.net\r\nFROM : evil@evil.example.com", id="a second From with a blank"),
        pytest.param(b'"nora@agency.example.net" <evil@evil.example.com>', id="the address as a display name"),
        pytest.param(b"nora@agency.example.net <evil@evil.example.com>", id="likewise without quotes"),
        pytest.param(b"evil@evil.example.com <nora@agency.example.net>", id="and the other way round"),
        pytest.param(b"=?utf-8?q?nora=40agency=2Eexample=2Enet?= <evil@evil.example.com>", id="as an encoded word"),
        pytest.param(b"=?utf-8?q?nora=40agency=2Eexample=2Enet?=", id="only an encoded word"),
        pytest.param(b"evil@evil.example.com (nora@agency.example.net)", id="in a comment"),
        pytest.param(b"Evil: nora@agency.example.net;", id="a group of one"),
        pytest.param(b"Evil: nora@agency.example.net, evil@evil.example.com;", id="a group of two"),
        pytest.param(b"<@evil.example.com:nora@agency.example.net>", id="a route"),
        pytest.param(b"evil@evil.example.com:nora@agency.example.net", id="an address with a colon in front"),
        pytest.param(b"<nora@agency.example.net>@evil.example.com", id="a domain behind the bracket"),
        pytest.param(b'"nora@agency.example.net"@evil.example.com', id="the address as a local part"),
        pytest.param(b"nora@agency.\x00example.net", id="a null byte inside"),
        pytest.param(b"nora@agency.example.net\x00.evil.example.com", id="a null byte behind"),
        pytest.param(b"nora@agency.example.net\r\n .evil.example.com", id="a domain on the next line"),
        pytest.param("nor\u0430@agency.example.net".encode(), id="a Cyrillic a"),
        pytest.param("nora@\u0430gency.example.net".encode(), id="a Cyrillic domain"),
        pytest.param(b"nora@xn--gency-2nf.example.net", id="the same in punycode"),
        pytest.param("\uff4eora@agency.example.net".encode(), id="full-width letters"),
        pytest.param("nora@agency\u200b.example.net".encode(), id="an invisible character"),
        pytest.param(b"nora@agency.example.net.", id="a final dot"),
        pytest.param(b"nora@[agency.example.net]", id="an address literal"),
        pytest.param(b"", id="an empty From"),
        pytest.param(b"<>", id="nobody"),
        pytest.param(b"Nora", id="a name alone"),
    ],
)
def test_a_from_that_can_be_read_in_two_ways_gives_no_authority(tmp_path: Path, author: bytes) -> None:
    raw = SHORT + b"From: " + author + b"\r\nTo: servicedesk@example.org\r\nSubject: x\r\n\r\n" + request().encode()
    with open_desk(tmp_path / "desk") as desk:
        assert desk.receive(raw).outcome in {Outcome.TRIAGE, Outcome.LEFT_ALONE}
        assert nothing_happened(desk)


@pytest.mark.parametrize(
    "author",
    [
        pytest.param("Nora <nora@agency.example.net>", id="a name and an address"),
        pytest.param("nora@agency.example.net (Nora)", id="a name as a comment"),
        pytest.param("nora@agency.example.net <nora@agency.example.net>", id="the address twice"),
        pytest.param("'nora@agency.example.net' <NORA@Agency.Example.NET>", id="as Outlook writes it"),
        pytest.param('"Agency, Nora (DEV)" <nora@agency.example.net>', id="a comma and a bracket in quotes"),
        pytest.param("=?utf-8?b?TsO2cmE=?= <nora@agency.example.net>", id="an encoded name"),
    ],
)
def test_an_honest_from_in_every_dress_is_believed(tmp_path: Path, author: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        answered = desk.receive(mail(request(), author, top=stamp(NORA)))
        assert (answered.outcome, desk.written_to()) == (Outcome.ANSWERED, {NORA})


@pytest.mark.parametrize("header", ["Sender", "Reply-To", "Resent-From", "X-Original-From", "Return-Path"])
def test_no_other_header_lends_authority_or_draws_a_letter(tmp_path: Path, header: str) -> None:
    line = f"{header}: {MANAGER}\r\n".encode()
    with open_desk(tmp_path / "desk") as desk:
        desk.receive(mail(request(), "evil@evil.example.com", more=line))
        assert nothing_happened(desk)


def test_an_honest_mail_is_not_answered_to_its_reply_to(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        desk.receive(mail(request(), more=b"Reply-To: evil@evil.example.com\r\nSender: evil@evil.example.com\r\n"))
        assert desk.written_to() == {NORA}
