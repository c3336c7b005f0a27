"""Mail text is data: never a header, a template, markup, a formula or a calendar line of its own."""

from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from attacks.desk import BEN, MANAGER, NORA, NOW, Desk, days, mail, open_desk, request, stamp, text_of
from dplmaild.deployment.terms import State

EVIL = [
    pytest.param("{{7*191}} {% for x in range(9) %}{{x}}{% endfor %} {{''.__class__}}", id="a template"),
    pytest.param("<script>alert(1)</script><img src=//evil.example.com/x onerror=y>", id="markup"),
    pytest.param("\"'><a href='https://evil.example.com'>x</a>", id="an attribute's end"),
    pytest.param('=HYPERLINK("http://evil.example.com","x")', id="a formula"),
    pytest.param("@SUM(1+9)*cmd|' /C calc'!A0", id="another formula"),
    pytest.param("x\\nATTENDEE:mailto:evil@evil.example.com\\nEND:VEVENT\\nBEGIN:VALARM", id="calendar lines, escaped"),
    pytest.param('x;ALTREP="http://evil.example.com":y,z\\', id="calendar parameters"),
    pytest.param("\x07\x1b[31m\x0b\x0c\u2028ATTENDEE:x\u2029\u0085BEGIN:VALARM\u202e", id="control characters"),
    pytest.param("_x003D_1+1 _x000D_ \ud7ff\ufffe", id="characters by their number"),
    pytest.param("=?utf-8?q?=0d=0aBcc:_evil=40evil.example.com=0d=0a=0d=0abody?=", id="an encoded header"),
    pytest.param("%0d%0aBcc:evil@evil.example.com ../../../etc/passwd", id="escaped line ends and a path"),
]
_HEADERS = {
    "from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "auto-submitted", "mime-version",
    "x-auto-response-suppress", "x-dplmaild-loop", "content-type", "content-language", "reply-to",
}  # fmt: skip


def played(desk: Desk, evil: str) -> None:
    """A whole deployment in which every free word is this one."""
    fields = (
        f"Description: {evil}\nTickets: {evil}\nDeployment attendant: {evil}\nExpected special activities: {evil}\n"
    )
    more = f"Message-ID: <a@b>\r\nReferences: <x@y> <z\r\n Bcc: evil@evil.example.com> <{'a' * 3000}@b>\r\n"
    author = f'"{evil[:40].replace(chr(34), "")}" <{NORA}>'
    first = desk.receive(
        mail(request().replace("none", evil) + fields, author, evil, top=stamp(NORA), more=more.encode())
    )
    reference = first.reference or desk.receive(mail(request())).reference or ""
    told = (
        "Type of deployment: code\nCurrent ICM release version: 11.0.2\nTarget ICM release version: 11.0.3\n"
        "DeployAppTier: yes\nDeployWebTier: yes\nInvalidatePageCache: yes\nDBMigrate: no\n"
        f"Release notes: {evil}\nShort description: {evil}\nDeployment mailing list: {NORA}, {evil}\n"
    )
    desk.receive(mail(told, NORA, f"Re: [{reference}] {evil}"))
    at = NOW + days(17) + timedelta(hours=1)
    orders = ("override PRE-2", "note", "start", "delay 20m", "issue", "update", "complete")
    desk.receive(mail("".join(f"/{order} {evil}\n" for order in orders), MANAGER, f"[{reference}]"), at)
    desk.receive(mail(f"Problem: {evil}\n", BEN, f"[{reference}]"), at)
    desk.receive(mail(f"{request()}\n{evil}", "stranger@evil.example.com", evil), at)


@pytest.mark.parametrize("evil", EVIL)
def test_it_stays_data_in_everything_we_write(tmp_path: Path, evil: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        played(desk, evil)
        letters = desk.letters()
        assert len(letters) >= 4, "there was something to look at"
        for letter in letters:
            assert {name.lower() for name in letter.keys()} <= _HEADERS  # noqa: SIM118 - headers may repeat
            assert "evil.example.com" not in f"{letter['To']} {letter['Cc']} {letter['Bcc']} {letter['References']}"
            assert "1337" not in text_of(letter), "7*191"
            assert_no_markup(letter.get_body(("html",)).get_content())  # type: ignore[union-attr]
        for calendar in calendars(desk):
            assert_plain_calendar(calendar)
        for log in (desk.folder / "logs").glob("*.xlsx"):
            cells = [c for row in load_workbook(log).active.iter_rows() for c in row if c.value]  # type: ignore[union-attr]
            assert [cell.value for cell in cells if cell.data_type == "f"] == []


def calendars(desk: Desk) -> list[bytes]:
    """The calendar's file, and every invitation that was sent."""
    parts = [part for letter in desk.letters() for part in letter.walk() if part.get_content_type() == "text/calendar"]
    path = desk.folder / "deployments.ics"
    return [bytes(part.get_payload(decode=True)) for part in parts] + ([path.read_bytes()] if path.exists() else [])


def assert_no_markup(html: str) -> None:
    """Nothing that acts or is fetched, and every link prepares a mail to us."""
    page = LexborHTMLParser(html)
    assert [node.tag for node in page.css("script, img, iframe, object, form, link, video, svg")] == []
    acting = [name for node in page.css("*") for name in node.attributes if name.startswith("on")]
    assert acting == []
    links = [node.attributes.get("href") or "" for node in page.css("a")]
    assert [
        link for link in links if not link.startswith(("mailto:servicedesk@example.org?", "mailto:servicedesk"))
    ] == []


def assert_plain_calendar(raw: bytes) -> None:
    """One event or several, none with an alarm, every attendee one of ours."""
    calendar = Calendar.from_ical(raw)
    assert list(calendar.walk("VALARM")) == []
    lines = raw.replace(b"\r\n ", b"").splitlines()
    people = [line for line in lines if line.startswith((b"ATTENDEE", b"ORGANIZER"))]
    assert [line for line in people if b"evil" in line] == []
    assert all(b"\x07" not in line and b"\x1b" not in line for line in lines)


@pytest.mark.parametrize("evil", EVIL)
def test_it_does_not_change_what_is_decided(tmp_path: Path, evil: str) -> None:
    with open_desk(tmp_path / "desk") as desk:
        plain = desk.receive(mail(f"{request()}Description: {evil}\n"))
        assert desk.case(plain.reference or "").state in {State.SCHEDULED, State.INCOMPLETE}
