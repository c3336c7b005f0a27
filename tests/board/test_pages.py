"""What the pages show: the words of the command line, the digest and the letters, in four languages, harmless."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from time_machine import travel

from board.shown import FRIDAY, MANAGER, PAGE, REFERENCE, Client, Place, assert_harmless, assert_ours, flat, shown
from cli.conftest import Shell
from desk.build import ANN, INSTRUCTIONS, NOW, REQUEST, STRANGER, Mail
from dplmaild.board.record import Record
from dplmaild.deployment.owed import CoveredComment, Letter
from dplmaild.deployment.said import Command
from dplmaild.deployment.terms import State
from dplmaild.settings import load
from dplmaild.store.database import Database
from dplmaild.store.debts import Debts, NewDebt
from dplmaild.writing.phrases import LANGUAGES
from store.engines import Postgres, postgres


@pytest.fixture(scope="module")
def postgres_server() -> Iterator[Postgres]:
    """One PostgreSQL."""
    with postgres() as server:
        yield server


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


def test_a_notice_on_a_ticket_covered_is_told_by_its_first_line_and_ticket(place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    with place.database.writing() as connection:
        debts = Debts(connection)
        letter = next(debt.what for debt, _ in debts.of(REFERENCE) if isinstance(debt.what, Letter))
        debts.owe([NewDebt(CoveredComment("10042", "acme", letter), REFERENCE, None)], NOW)
    words = client.ask(PAGE).words
    first = "CONFIRMED: PRD, Tuesday 15 December 2026, 10:00-12:30 CET (UTC+01:00)"
    assert re.search(rf"{re.escape(first)}[^.]*ticket 10042", words), words


def test_an_order_is_in_the_history_with_who_and_why(place: Place, client: Client) -> None:
    place.receive(Mail(REQUEST))
    place.reception.order(REFERENCE, Command("hold", "waiting for the <b>shop</b>"), MANAGER, NOW)
    page = client.ask(PAGE)
    assert "On hold: waiting for the <b>shop</b>" in page.words
    assert "<b>shop" not in page.text
    assert "manager@example.org (command" in page.words


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
