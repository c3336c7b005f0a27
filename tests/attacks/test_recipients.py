"""Who is written to: only the directory's addresses, at most 25, never a role, never ourselves (promises: Trust)."""

from pathlib import Path

import pytest

from attacks.desk import BEN, NORA, NOW, OPS, PIA, days, mail, open_desk, recipients, request, text_of
from dplmaild.ports import Outcome

EVIL = "evil@evil.example.com"
INSTRUCTIONS = """Type of deployment: code
Current ICM release version: 11.0.2
Target ICM release version: 11.0.3
DeployAppTier: yes
DeployWebTier: yes
InvalidatePageCache: yes
DBMigrate: no
Release notes: see the change log
Short description: labels
Deployment mailing list: {listed}
"""


def written_to(tmp_path: Path, listed: str, more: bytes = b"") -> list[set[str]]:
    """Whom each letter goes to after a request and binding instructions that name these addresses."""
    with open_desk(tmp_path / "desk") as desk:
        reference = desk.receive(mail(request(), more=more)).reference
        answered = desk.receive(mail(INSTRUCTIONS.format(listed=listed), NORA, f"Re: [{reference}]", more=more), NOW)
        assert answered.outcome is Outcome.ANSWERED
        return [recipients(letter) for letter in desk.letters()]


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(EVIL, id="a stranger"),
        pytest.param(PIA, id="another customer's partner"),
        pytest.param("x@southwind.example.com", id="another customer"),
        pytest.param("x@agency.example.net.evil.example.com", id="a longer domain"),
        pytest.param("x@evil-agency.example.net", id="a domain that ends alike"),
        pytest.param("x@sub.agency.example.net", id="a subdomain"),
        pytest.param("nora@agency.example.net@evil.example.com", id="two at signs"),
        pytest.param(f"{NORA}%0abcc:{EVIL}", id="an escaped line end"),
        pytest.param(f"<{EVIL}> {NORA}", id="an angle address before a good one"),
        pytest.param(f'"{NORA}" <{EVIL}>', id="a good address as a name"),
        pytest.param("postmaster@agency.example.net", id="postmaster"),
        pytest.param("Abuse@Agency.Example.Net", id="abuse in capitals"),
        pytest.param("no-reply+4711@agency.example.net", id="no-reply with a tag"),
        pytest.param("no_reply@agency.example.net", id="no_reply"),
        pytest.param("do.not.reply@agency.example.net", id="do.not.reply"),
        pytest.param("owner-deploy@agency.example.net", id="a list's owner"),
        pytest.param("deploy-request@agency.example.net", id="a list's robot"),
        pytest.param("mailer-daemon@northwind.example.com", id="the mail system"),
        pytest.param("servicedesk@example.org", id="ourselves"),
        pytest.param("servicedesk+x@example.org", id="ourselves with a tag"),
        pytest.param("support@example.org", id="our other address"),
        pytest.param("anybody@example.org", id="a colleague of OPS who is not listed"),
        pytest.param("n\u043era@agency.example.net", id="a Cyrillic letter"),
    ],
)
@pytest.mark.parametrize("where", ["the list", "Cc", "To"])
def test_never_written_to(tmp_path: Path, address: str, where: str) -> None:
    more = f"{where}: {address}\r\n".encode() if where != "the list" else b""
    for people in written_to(tmp_path, f"{NORA}, {address}" if where == "the list" else NORA, more):
        assert people <= {NORA, BEN, OPS}


def test_at_most_25_are_written_to(tmp_path: Path) -> None:
    listed = ", ".join(f"p{number}@agency.example.net" for number in range(80))
    letters = written_to(tmp_path, listed, f"Cc: {listed}\r\n".encode())
    assert max(map(len, letters)) == 25


def test_twenty_thousand_recipients_are_read_and_25_written_to(tmp_path: Path) -> None:
    many = b"Cc: " + b",\r\n ".join(b"p%d@agency.example.net" % number for number in range(20_000)) + b"\r\n"
    assert max(map(len, written_to(tmp_path, NORA, many))) <= 25


@pytest.mark.parametrize("named", [EVIL, PIA])
def test_attendants_and_test_reminders_stay_in_the_house(tmp_path: Path, named: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = desk.receive(mail(f"{request()}Deployment attendant: {named}\n")).reference
        desk.receive(mail(INSTRUCTIONS.format(listed=NORA) + f"Attendant: {named}\n", NORA, f"Re: [{reference}]"), NOW)
        at = NOW + days(17) + days(0.05)
        desk.receive(mail("/override PRE-2 seen\n/start\n/complete\n", "manager@example.org", f"[{reference}]"), at)
        for debts in (desk.house.reception.fire(at + days(n / 8), at + days(n / 8)) for n in range(1, 20)):
            desk.house.delivery.pay(debts, lambda: at)
        assert {NORA, BEN} <= desk.written_to() <= {NORA, BEN, OPS, "manager@example.org"}


def test_who_may_not_be_written_to_is_named_and_nothing_else_of_it(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        reference = desk.receive(mail(request())).reference
        desk.receive(mail(INSTRUCTIONS.format(listed=f"{NORA}, {EVIL}"), NORA, f"Re: [{reference}]"), NOW)
        assert EVIL in text_of(desk.letters(NORA)[-1])


def test_a_bounced_or_refused_letter_is_not_sent_to_whom_the_bounce_names(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        desk.receive(mail(request()))
        ours = str(desk.letters(NORA)[0]["Message-ID"])
        bounce = (
            f"--B\r\nContent-Type: text/plain\r\n\r\nfailed\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n"
            f"Final-Recipient: rfc822; {EVIL}\r\nAction: failed\r\n\r\n--B\r\nContent-Type: text/rfc822-headers\r\n\r\n"
            f"Message-ID: {ours}\r\n\r\n--B--\r\n"
        )
        kind = "multipart/report; report-type=delivery-status; boundary=B"
        more = f"References: {ours}\r\nReturn-Path: <>\r\n".encode()
        desk.receive(mail(bounce, "mailer-daemon@evil.example.com", "Undelivered", more=more, content=kind))
        assert desk.written_to() == {NORA, OPS}
