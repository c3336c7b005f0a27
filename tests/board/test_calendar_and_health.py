"""What programs ask of the board: its calendar, and how the desk is."""

import json
import re

from board.shown import MANAGER, REFERENCE, Client, Place, shown
from cli.conftest import Shell
from desk.build import NOW, REQUEST, Mail
from dplmaild.deployment.said import Command
from dplmaild.settings import load
from dplmaild.store.inbox import Inbox


def test_the_calendar_has_every_deployment_and_nobody_s_address(place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    place.receive(
        Mail(REQUEST.replace("15 December", "16 December").replace("Tuesday", "Wednesday"), subject="B", number=2)
    )
    feed = client.ask("/calendar.ics")
    assert feed.headers["content-type"].startswith("text/calendar")
    assert feed.text.count("BEGIN:VEVENT") == 2
    assert feed.text.count("BEGIN:VTIMEZONE") == 1
    assert "UID:dpl-2026-0001@example.org" in feed.text
    assert "METHOD" not in feed.text
    assert not re.search(r"@(partner|acme)\.example\.com", feed.text)
    tag = feed.headers["etag"]
    same = client.ask("/calendar.ics", If_None_Match=f'"x", W/{tag}')
    assert (same.status, same.text, same.headers["etag"]) == (304, "", tag)
    place.reception.order(REFERENCE, Command("cancel", "no longer wanted"), MANAGER, NOW)
    other = client.ask("/calendar.ics", If_None_Match=tag)
    assert other.status == 200
    assert "STATUS:CANCELLED" in other.text


def test_what_shadow_mode_keeps_back_is_in_no_calendar(shell: Shell) -> None:
    shell.folder.spoil("main", "[desk]\n", "[desk]\nshadow = true\n")
    place = Place(load(shell.folder.main))
    place.receive(Mail(REQUEST))
    with shown(place) as client:
        assert "BEGIN:VEVENT" not in client.ask("/calendar.ics").text
        assert "Shadow mode: what would have been said" in client.ask("/").words


def test_health_names_what_is_wrong(place: Place, client: Client) -> None:
    well = client.ask("/health")
    assert well.status == 200
    assert json.loads(well.text) == {
        "well": True, "record": None, "oldest_undecided": None, "in_doubt": 0, "quarantined": 0,
        "sources": [{"name": "inbox", "read_until": NOW.isoformat(), "trouble": None}],
    }  # fmt: skip
    place.doors[0].trouble = "the server is away"
    ill = client.ask("/health")
    assert ill.status == 503
    assert json.loads(ill.text)["well"] is False
    assert json.loads(ill.text)["sources"][0]["trouble"] == "the server is away"
    assert "Cannot be read inbox: the server is away" in client.ask("/").words


def test_health_knows_mail_that_waits(place: Place, client: Client) -> None:
    number = place.receive(Mail(REQUEST)).stored.id
    with place.database.writing() as connection:
        Inbox(connection).undecide(number)
    assert json.loads(client.ask("/health").text)["oldest_undecided"] == NOW.isoformat()
