"""The main job, end to end, on real servers: from a mailbox to a reply, a comment, an entry, a row and the history."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dplmaild.store.cases import Cases
from servers.imap_server import ImapServer
from servers.smtpd import SmtpServer
from whole.desk import Desk, body_of, running, until, weekday_ahead

TUESDAY = 1
REQUEST = """Hello,

we request a deployment.

Type of deployment: code
Product: ICM
Environment: PRD
Desired date and time: {day:%Y-%m-%d} 10:00
Expected special activities: none
"""
INSTRUCTIONS = """Hello,

the deployment instructions:

Type of deployment: code
Current version: 11.0.2
Target version: 11.0.3
DeployAppTier: yes
DeployWebTier: yes
InvalidatePageCache: no
DBMigrate: no
Release notes: change log attached
Description: labels corrected
Deployment mailing list: nora@agency.example.net, ben@northwind.example.com
"""


@pytest.fixture
def desk(tmp_path: Path, imap_server: ImapServer, smtp_server: SmtpServer) -> Iterator[Desk]:
    """A whole desk."""
    with running(tmp_path, imap_server, smtp_server) as whole:
        yield whole


def test_a_request_by_mail_is_confirmed_instructed_performed_and_closed(desk: Desk) -> None:
    day = weekday_ahead(TUESDAY, 6)
    desk.receive(REQUEST.format(day=day), Subject="Release 11.0.3", Message_ID="<r1@agency.example.net>")
    confirmed = desk.letter("CONFIRMED: PRD")
    assert "nora@agency.example.net" in str(confirmed["To"])
    assert confirmed["Subject"] == "Re: Release 11.0.3 [DPL-2026-0001]".replace("2026", f"{_year(desk)}")
    assert confirmed["In-Reply-To"] == "<r1@agency.example.net>"
    assert confirmed["Auto-Submitted"] == "auto-replied"
    assert any(part.get_content_type() == "text/calendar" for part in confirmed.walk())

    subject = {"Subject": confirmed["Subject"], "In_Reply_To": confirmed["Message-ID"]}
    desk.receive(INSTRUCTIONS, Message_ID="<r2@agency.example.net>", **subject)
    assert "11.0.3" in body_of(desk.letter("BINDING"))

    boss = {"From": "manager@example.org", **subject}
    desk.receive("/override PRE-2 tested together\n/start\n", Message_ID="<o1@example.org>", **boss)
    assert "11.0.3" in body_of(desk.letter("STARTED"))
    desk.receive("/delay 20m the cache is cold\n", Message_ID="<o2@example.org>", **boss)
    assert "the cache is cold" in body_of(desk.letter("DELAYED"))
    desk.receive("/complete\n", Message_ID="<o3@example.org>", **boss)
    desk.letter("DEPLOYED, PLEASE TEST")
    ben = {"From": "ben@northwind.example.com", **subject}
    desk.receive("Tests ok, thank you.\n", Message_ID="<b1@northwind.example.com>", **ben)
    desk.letter("SUCCESSFUL")

    assert until(lambda: _events(desk), "the calendar entry")
    rows = until(lambda: _rows(desk), "the row of the log")
    assert ("PRD", "succeeded") in {(row[2], row[8]) for row in rows}
    with desk.house.database.reading() as connection:
        history = Cases(connection).history_of(f"DPL-{_year(desk)}-0001")
    assert [e.became.value for e in history if e.became] == [
        "scheduled", "instructed", "instructed", "in progress", "in progress", "testing", "succeeded",
    ]  # fmt: skip
    assert _flags(desk) == {frozenset()}


def test_a_ticket_is_answered_on_the_ticket_once(desk: Desk) -> None:
    nora = desk.zammad.add_user("nora@agency.example.net", "Nora")
    row = desk.zammad.add_ticket("Release 11.0.4")
    day = weekday_ahead(TUESDAY, 6) + timedelta(days=1)
    desk.zammad.add_article(row, nora, body=REQUEST.format(day=day), type="web")

    def ours() -> list[dict[str, object]]:
        return [a for a in desk.zammad.articles(row) if "CONFIRMED: PRD" in str(a["body"])]

    (comment,) = until(ours, "our comment")
    assert comment["created_by_id"] == desk.zammad.bot.id
    desk.letter("CONFIRMED: PRD")


def test_what_is_not_ours_stays_untouched_and_unanswered(desk: Desk) -> None:
    desk.receive("Hi, the shop is slow since yesterday's deployment.", Subject="Slow", Message_ID="<s1@x.example.com>")
    desk.receive("Our newsletter about deployments", Subject="News", From="news@letters.example.com", Precedence="bulk")
    until(lambda: len(desk.answered) == 2, "both decided")
    assert [a.outcome.value for a in desk.answered] == ["left alone", "left alone"]
    assert desk.smtp.received == []
    assert _flags(desk) == {frozenset()}


def _flags(desk: Desk) -> set[frozenset[bytes]]:
    """Every flag but \\Recent, which the server itself sets until somebody selects the folder for writing."""
    return {flags - {b"\\Recent"} for flags in desk.imap.flags(desk.user).values()}


def _year(desk: Desk) -> int:
    references = [a.reference for a in desk.answered if a.reference]
    return int(references[0].split("-")[1])


def _events(desk: Desk) -> list[str]:
    return desk.calendar.names()


def _rows(desk: Desk) -> list[tuple[object, ...]]:
    path = desk.folder / "logs" / "Northwind - Deployment log.xlsx"
    if not path.exists():
        return []
    rows = load_workbook(path).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    return [row for row in rows if "succeeded" in row]
