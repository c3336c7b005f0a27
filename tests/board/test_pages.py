"""What the pages show: the words of the command line, the digest and the letters, in four languages, harmless."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from time_machine import travel

from board.shown import Answer, Client, Place, shown
from cli.conftest import Shell
from desk.build import ANN, INSTRUCTIONS, NOW, REQUEST, STRANGER, Mail
from dplmaild.board.record import Record
from dplmaild.deployment.said import Command
from dplmaild.deployment.terms import Role, Side, Speaker, State, Trust
from dplmaild.settings import load
from dplmaild.store.database import Database
from dplmaild.store.inbox import Inbox
from dplmaild.writing.phrases import LANGUAGES
from settings.folder import Folder
from store.engines import Postgres, postgres

REFERENCE = "DPL-2026-0001"
PAGE = f"/deployments/{REFERENCE}"
FRIDAY = Mail(REQUEST.replace("Tuesday, 15", "Friday, 18"))
MANAGER = Speaker("manager@example.org", Trust.OK, "Morgan", None, Role.DEPLOYMENT_MANAGER, Side.OPS, ("acme",))


@pytest.fixture(scope="module")
def postgres_server() -> Iterator[Postgres]:
    """One PostgreSQL."""
    with postgres() as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """The command line on the same record."""
    return Shell(Folder(tmp_path))


@pytest.fixture
def place(shell: Shell) -> Place:
    """A desk with nothing on record."""
    return Place(load(shell.folder.main))


@pytest.fixture
def client(place: Place) -> Iterator[Client]:
    """Its board."""
    with shown(place) as one:
        yield one


def flat(text: str) -> str:
    """Words with one blank between them."""
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_reads_as_on_the_command_line_in_the_log_and_in_the_letter(
    language: str, shell: Shell, place: Place
) -> None:
    shell.folder.spoil("customer", 'zone = "Europe/Berlin"', f'zone = "Europe/Berlin"\nlanguage = "{language}"')
    place = Place(load(shell.folder.main))
    with capture_logs() as logs:
        place.receive(FRIDAY)
    (line,) = (line for line in logs if line["event"] == "decided")
    (step,) = shell.json("show", REFERENCE, "--language", language)["history"]
    explained = shell.json(
        "explain", shell.mail("a.eml", FRIDAY.bytes), "--received", NOW.isoformat(), "--language", language
    )
    assert step["findings"] == explained["findings"]
    reply = flat(next(letter["text"] for letter in explained["letters"] if letter["kind"] == "offered"))
    with shown(place) as client:
        page = client.ask(f"{PAGE}?language={language}")
    phrases = place.letters.phrases(language)
    assert {finding["rule"] for finding in step["findings"]} >= {"LEAD-2", "DAY-1", "DAY-2", "HOUR-1", "SCHED-7"}
    for finding in step["findings"]:
        verdict = phrases.source(f"words.ruling.{finding['ruling']}")
        severity = phrases.source(f"words.severity.{finding['severity']}")
        weight = (
            severity if finding["ruling"] == "broken" else flat(phrases.say("board.if_broken", {"severity": severity}))
        )
        assert f"{finding['rule']} {verdict}, {weight}: {flat(finding['words'])}" in page.words
        if finding["ruling"] == "broken":
            assert flat(finding["words"]) in reply
    logged = {finding["rule"] for finding in line["broken"]}
    assert logged == {f["rule"] for f in step["findings"] if f["ruling"] == "broken"} == {"DAY-1", "DAY-2"}
    if language == "en":
        assert all(flat(finding["words"]) in page.words for finding in line["broken"])


def test_the_day_says_what_status_and_the_digest_say(shell: Shell, place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    place.receive(Mail("Type: code\nPlease deploy.", sender=STRANGER, subject="Somebody else", number=2))
    with travel(NOW, tick=False):
        told = shell.run("status").output
    page = client.ask("/").words
    lines = [line for line in told.splitlines() if line.strip()]
    assert len(lines) >= 5
    for line in lines[1:]:
        assert flat(line) in page
    assert lines[0].partition(": ")[2] in page
    assert "Messages for a look" in page
    assert "Somebody else" in page


def test_a_day_that_takes_long_is_not_drawn_up_again_at_once(place: Place) -> None:
    """Drawn up within two minutes, it is shown for eight more; then, and when the clock was set back, anew."""
    ticks = iter(NOW + timedelta(minutes=minute) for minute in (0, 2, 5, 9, 10, 12, 11, 11))
    house = replace(place.house, now=lambda: next(ticks))
    record = Record(Database(place.settings.store.url, only_reads=True), house)
    seen = [digest.at for _ in range(5) if (digest := record.day()[0]) is not None]
    assert [(at - NOW) // timedelta(minutes=1) for at in seen] == [0, 0, 0, 10, 11]
    record.close()


def test_how_a_deployment_stands_is_said_as_by_status(shell: Shell, place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    place.receive(Mail(INSTRUCTIONS, subject=f"Re: Next release [{REFERENCE}]", number=2))
    with travel(NOW, tick=False):
        told = shell.run("status", REFERENCE).output
    page = client.ask(PAGE).words
    assert "For the start" in told
    for line in told.splitlines()[1:]:  # the first one is an answer to a command, in a few words
        assert flat(line) in page


def test_binding_instructions_history_and_letters_are_there(place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    page = client.ask(PAGE).words
    assert "What has been stated so far" in page
    place.receive(Mail(INSTRUCTIONS, subject=f"Re: Next release [{REFERENCE}]", number=2))
    page = client.ask(PAGE).words
    for words in (
        "The instructions, binding since Monday 23 November 2026, 09:00 CET (UTC+01:00)",
        "Target version: 11.0.2",
        "DBMigrate: no",
        f"Monday 23 November 2026, 09:00 CET (UTC+01:00): {ANN} (message 2) scheduled → instructed",
        "INSTRUCTIONS COMPLETE AND BINDING: PRD, Tuesday 15 December 2026, 10:00-12:30 CET (UTC+01:00)",
        "calendar entry: is being sent",
    ):
        assert words in page


def test_an_order_is_in_the_history_with_who_and_why(place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    place.reception.order(REFERENCE, Command("hold", "waiting for the <b>shop</b>"), MANAGER, NOW)
    page = client.ask(PAGE)
    assert "On hold: waiting for the <b>shop</b>" in page.words
    assert "<b>shop" not in page.text
    assert "manager@example.org (command" in page.words


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script src=//example.net/x.js></script>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "\u202egnp.exe \u2066<svg onload=alert(1)>",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_a_mail_says_is_shown_and_never_done(words: str, place: Place, client: Client) -> None:
    asked = REQUEST.replace("activities: none", f"activities: none, {words}")
    place.receive(Mail(asked, subject=words))
    place.receive(Mail(f"Type: code\nPlease deploy {words}", sender=STRANGER, subject=words, name=words[:30], number=2))
    seen = [client.ask(path) for path in ("/", PAGE, "/deployments")]
    for page in seen:
        assert page.status == 200
        assert_harmless(page)
        assert "49" not in page.words
    visible = re.sub("[\u202e\u2066]", "", words)
    assert visible in seen[0].words or flat(visible) in seen[0].text.replace("&lt;", "<").replace("&gt;", ">")


def assert_ours(page: Answer) -> None:
    """Every address on it is one of this board."""
    addresses = re.findall(r'(?:src|href|action)="([^"]*)"', page.text)
    assert addresses
    assert all(re.fullmatch(r"/(?!/).*", address) for address in addresses)


def assert_harmless(page: Answer) -> None:
    """No element and no attribute but those of our own templates, and no character that turns text around."""
    tags = {tag.lower() for tag in re.findall(r"<\s*/?\s*([a-zA-Z]\w*)", page.text)}
    own = (
        "html head meta title style body header nav a main section h1 h2 p ul li table thead tbody tr th td b br span "
    )
    assert tags <= set((own + "footer details summary").split())
    assert not re.search(r"<[^>]*\son\w+\s*=", page.text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.text)
    assert page.text.count("<style>") == 1


def test_a_page_takes_nothing_from_outside_and_its_style_is_the_one_that_is_allowed(
    place: Place, client: Client
) -> None:
    place.receive(Mail(REQUEST))
    for path in ("/", PAGE, "/deployments?show=ended", "/nothing"):
        page = client.ask(path)
        (style,) = re.findall(r"(?s)<style>(.*?)</style>", page.text)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in page.headers["content-security-policy"]
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
        assert_ours(page)
        assert " style=" not in page.text  # the policy would refuse it


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        pytest.param("?language=de", "", "de", id="the one asked for"),
        pytest.param("?language=ca", "de", "ca", id="the one asked for before the browser's"),
        pytest.param("", "fr, es-MX;q=0.8, de", "es", id="the browser's first one that is spoken"),
        pytest.param("", "", "en", id="OPS's where nobody says"),
        pytest.param("?language=fr", "", "en", id="one that is not spoken"),
        pytest.param("?language=%3Cscript%3E", "", "en", id="no language at all"),
        pytest.param("?language=../de", "", "en", id="a path"),
        pytest.param("", "q;;;,,=" * 20, "en", id="nonsense of the browser's"),
    ],
)
def test_languages(query: str, accepted: str, language: str, client: Client) -> None:
    page = client.ask(f"/{query}", Accept_Language=accepted)
    assert f'<html lang="{language}">' in page.text
    phrases = {"en": "Open deployments", "de": "Offene Deployments", "es": "Despliegues abiertos"}
    assert {**phrases, "ca": "Desplegaments oberts"}[language] in page.words
    assert f'href="/deployments?language={language}"' in page.text


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/deployments/DPL-2026-9999", id="none with this reference"),
        pytest.param("/deployments/1", id="no reference"),
        pytest.param("/deployments/..%2f..%2fetc%2fpasswd", id="a path"),
        pytest.param("/deployments/DPL-2026-0001'%20or%201=1", id="a piece of SQL"),
        pytest.param("/deployments/%00", id="a zero byte"),
        pytest.param("/deployments/", id="nothing after it"),
        pytest.param("/docs", id="another page"),
        pytest.param("//example.net/", id="another host"),
    ],
)
def test_what_is_not_there_is_said_on_a_page(path: str, place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    page = client.ask(path)
    assert page.status == 404
    assert "No deployment and no page has this address." in page.words
    assert "location" not in page.headers
    assert_harmless(page)
    assert_ours(page)


def test_a_reference_is_found_however_it_is_written(place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    assert client.ask("/deployments/dpl-2026-0001").status == 200


def test_what_has_ended_is_on_the_other_list(place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    going, ended = "/deployments", "/deployments?show=ended"
    assert REFERENCE in client.ask(going).words
    assert REFERENCE not in client.ask(ended).words
    place.reception.order(REFERENCE, Command("cancel", "no longer wanted"), MANAGER, NOW)
    assert REFERENCE not in client.ask(going).words
    row = client.ask(ended).words
    assert f"{REFERENCE} cancelled" in row
    page = client.ask(PAGE).words
    assert "Waits for nobody: it has ended." in page
    assert "What fell due by itself" in page
    assert "Settled" in page


def test_a_deployment_whose_customer_is_gone_is_shown_as_far_as_it_is_known(shell: Shell, place: Place) -> None:
    place.receive(Mail(REQUEST))
    shell.folder.spoil("customer", 'id = "acme"', 'id = "else"')
    with shown(Place(load(shell.folder.main))) as client:
        page = client.ask(PAGE)
        day = client.ask("/").words
    assert page.status == 200
    assert "its customer is missing in the configuration" in page.words
    assert "Tuesday 15 December 2026, 09:00-11:30 UTC" in page.words
    assert "Deployments of customers that are no longer configured" in day


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


def test_the_same_pages_come_from_postgresql(shell: Shell, postgres_server: Postgres) -> None:
    shell.folder.spoil("main", "sqlite:///var/dplmaild.db", postgres_server.fresh_url())
    place = Place(load(shell.folder.main))
    place.receive(Mail(REQUEST))
    place.receive(FRIDAY)
    place.reception.order(REFERENCE, Command("cancel", "no longer wanted"), MANAGER, NOW)
    with shown(place) as client:
        assert REFERENCE in client.ask("/deployments?show=ended&after=DPL-2026-9999").words
        assert "DPL-2026-0002" in client.ask("/deployments").words
        assert "cancelled" in client.ask(PAGE).words
        assert "DPL-2026-0002" in client.ask("/").words
        assert "STATUS:CANCELLED" in client.ask("/calendar.ics").text
        assert client.ask("/health").status == 200
    place.database.close()


def test_nothing_is_written_by_looking(place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    before = dump(place)
    for path in ("/", PAGE, "/deployments", "/deployments?show=ended", "/calendar.ics", "/health", "/nothing"):
        client.ask(path)
        client.ask(path, method="HEAD")
        client.ask(path, method="POST")
    assert dump(place) == before
    assert place.reception.desk.settings is place.settings
    assert State.SCHEDULED.value in before


def dump(place: Place) -> str:
    """Everything on record."""
    with place.database.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        return "\n".join(raw.iterdump())
