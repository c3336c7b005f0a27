"""What the rules found reads the same in the reply, on the command line, in the history and in the log (POLICY-2)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from cli.conftest import Shell
from desk.build import REQUEST, Mail
from dplmaild.desk import Desk, Reception
from dplmaild.ports import Arrival, Identity
from dplmaild.settings import load
from dplmaild.wiring import letters_of
from dplmaild.writing.phrases import LANGUAGES

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FRIDAY = Mail(REQUEST.replace("Tuesday, 15", "Friday, 18"))
WHEN = ("--received", NOW.isoformat())


def received(shell: Shell, mail: Mail) -> dict[str, Any]:
    """A mail that was decided about, and its line in the log."""
    settings, database = load(shell.folder.main), shell.database()
    reception = Reception(database, Desk(settings), "test", letters_of(settings))
    with capture_logs() as logs:
        reception.receive([Arrival(Identity("inbox", "", 0, "1"), NOW, mail.bytes, len(mail.bytes))], None, NOW)
    database.close()
    (line,) = (dict(line) for line in logs if line["event"] == "decided")
    return line


def by_rule(findings: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Findings by their rules."""
    return {finding["rule"]: finding for finding in findings}


def test_reply_explain_show_and_log_say_one_and_the_same(shell: Shell) -> None:
    line = received(shell, FRIDAY)
    explained = shell.json("explain", shell.mail("a.eml", FRIDAY.bytes), *WHEN)
    (step,) = shell.json("show", "DPL-2026-0001")["history"]
    assert step["findings"] == explained["findings"]
    broken = [f for f in explained["findings"] if f["ruling"] == "broken"]
    assert [f["rule"] for f in broken] == ["DAY-1", "DAY-2"]
    assert line["broken"] == broken
    for ruling in ("kept", "open", "not_concerned"):
        assert line[ruling] == [f["rule"] for f in explained["findings"] if f["ruling"] == ruling]
    reply = next(letter["text"] for letter in explained["letters"] if letter["kind"] == "offered")
    shown = " ".join(shell.run("show", "DPL-2026-0001").output.split())
    printed = " ".join(shell.run("explain", shell.mail("a.eml", FRIDAY.bytes), *WHEN).output.split())
    for finding in broken:
        assert finding["words"] in " ".join(reply.split())
        for page in (shown, printed):
            assert f"BROKEN {finding['severity']} {finding['words']}" in page
    for finding in explained["findings"]:
        assert (finding["words"] in printed) is finding["applies"]


def test_a_mail_that_nobody_judged_has_no_rules_in_its_line(shell: Shell) -> None:
    assert set(received(shell, Mail("Summer offers."))) == {
        "event", "log_level", "message", "outcome", "why", "reference",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_come_in_the_language_asked_for(shell: Shell, language: str) -> None:
    received(shell, FRIDAY)
    path = shell.mail("a.eml", FRIDAY.bytes)
    said = {
        "en": "Friday 18 December 2026 is not possible",
        "de": "Freitag, 18. Dezember 2026 geht nicht",
        "es": "El viernes 18 de diciembre de 2026 no es posible",
        "ca": "Divendres 18 de desembre de 2026 no és possible",
    }[language]
    for words in (["explain", path, *WHEN], ["show", "DPL-2026-0001"]):
        assert said in " ".join(shell.run(*words, "--language", language).output.split())
    found = by_rule(shell.json("explain", path, *WHEN, "--language", language)["findings"])
    assert found["DAY-1"]["words"].startswith(said)
    assert found["DAY-1"]["facts"]["day"] == "2026-12-18"  # facts are the same in every language


@pytest.mark.parametrize("command", ["explain", "show"])
def test_a_language_that_is_not_there_is_a_usage_error(shell: Shell, command: str) -> None:
    result = shell.run(command, shell.mail("a.eml", FRIDAY.bytes), "--language", "fr")
    assert result.exit_code == 2
    assert "--language" in result.output
