"""`check`, `list`, `show`, `audit`, `replay`: what is, and the exit codes that a script can rely on (SEE-10)."""

import re
from datetime import UTC, datetime

import pytest

from cli.conftest import Shell
from desk.build import REQUEST, Mail
from dplmaild.desk import Desk, Reception
from dplmaild.ports import Arrival, Identity
from dplmaild.settings import load
from dplmaild.store.inbox import Inbox

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def received(shell: Shell, *mails: Mail) -> None:
    """Mails that were decided about."""
    database = shell.database()
    reception = Reception(database, Desk(load(shell.folder.main)), "test")
    for number, mail in enumerate(mails):
        arrival = Arrival(Identity("inbox", "", 0, str(number)), NOW, mail.bytes, len(mail.bytes))
        reception.receive([arrival], None, NOW)
    database.close()


def test_a_good_configuration_says_what_is_there(shell: Shell) -> None:
    result = shell.run("check")
    assert (result.exit_code, "1 customers" in result.output, "caas, prod" in result.output) == (0, True, True)
    assert shell.json("check")["customers"] == 1


def test_every_problem_is_printed_with_file_and_line_and_code_3(shell: Shell) -> None:
    shell.folder.spoil("main", '"desk@example.org"', '"desk"')
    shell.folder.spoil("customer", '"Europe/Berlin"', '"Europe/Berln"')
    result = shell.run("check")
    assert result.exit_code == 3
    assert "dplmaild.toml:4" in result.output
    assert "acme.toml:4" in result.output
    assert {p["line"] for p in shell.json("check", code=3)} == {4}


@pytest.mark.parametrize(
    "words",
    [["list"], ["show", "DPL-2026-0001"], ["audit"], ["start", "DPL-2026-0001"], ["run"], ["replay", "1"]],
    ids=lambda words: words[0],
)
def test_a_bad_configuration_is_code_3_for_every_command_without_a_traceback(shell: Shell, words: list[str]) -> None:
    shell.folder.spoil("main", '"desk@example.org"', '"desk"')
    result = shell.run(*words)
    assert result.exit_code == 3
    assert "Traceback" not in result.output
    assert "dplmaild.toml:4" in result.output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["--help"], 0, id="help"),
        pytest.param(["--version"], 0, id="version"),
        pytest.param(["fly"], 2, id="no such command"),
        pytest.param(["show"], 2, id="show what?"),
        pytest.param(["show", "DPL-2026-0001"], 2, id="show what is not there"),
        pytest.param(["start", "DPL-2026-0001"], 2, id="start what is not there"),
        pytest.param(["start", "DPL-2026-0001", "--as", "x@else.example.net"], 2, id="as somebody unknown"),
        pytest.param(["replay", "7"], 2, id="replay what is not there"),
        pytest.param(["replay", "seven"], 2, id="no number"),
        pytest.param(["explain", "none.eml"], 2, id="explain no file"),
        pytest.param(["list"], 0, id="an empty list"),
        pytest.param(["audit"], 0, id="an empty audit"),
    ],
)
def test_exit_codes(shell: Shell, words: list[str], code: int) -> None:
    result = shell.run(*words)
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_missing_configuration_is_code_3(shell: Shell) -> None:
    shell.folder.main.unlink()
    assert shell.run("check").exit_code == 3


def test_a_database_server_that_is_away_is_code_4(shell: Shell) -> None:
    shell.folder.spoil("main", '"sqlite:///var/dplmaild.db"', '"postgresql://desk@127.0.0.1:1/none?connect_timeout=2"')
    result = shell.run("list")
    assert (result.exit_code, "Traceback" in result.output) == (4, False)


def test_list_show_and_audit_tell_of_a_mail(shell: Shell) -> None:
    received(shell, Mail(REQUEST), Mail("Summer offers.", number=2))
    (one,) = shell.json("list")
    assert (one["reference"], one["customer"], one["state"]) == ("DPL-2026-0001", "acme", "scheduled")
    assert shell.json("list", "--customer", "nobody") == []
    whole = shell.json("show", "dpl-2026-0001")
    assert [entry["became"] for entry in whole["history"]] == ["scheduled"]
    assert {owed["what"] for owed in whole["owed"]} == {"confirmed", "calendar entry", "log row"}
    audit = shell.json("audit")
    assert audit["messages"] == {"answered": 1, "left alone": 1}
    assert audit["all_messages"] == 2
    for words in (["list"], ["show", "DPL-2026-0001"], ["audit"]):
        assert shell.run(*words).exit_code == 0


def test_replay_lets_a_mail_wait_again_and_dry_run_does_not(shell: Shell) -> None:
    received(shell, Mail(REQUEST, stamped="fail"))
    assert shell.run("replay", "1", "--dry-run").exit_code == 0
    assert shell.json("audit")["messages"] == {"triage": 1}
    assert shell.run("replay", "1").exit_code == 0
    database = shell.database()
    with database.reading() as connection:
        assert Inbox(connection).tally() == {"waiting": 1}
    database.close()


@pytest.mark.parametrize(
    ("words", "code", "done", "state"),
    [
        pytest.param(["cancel", "not", "needed"], 0, True, "cancelled", id="done"),
        pytest.param(["cancel", "not", "needed", "--dry-run"], 0, True, "scheduled", id="a dry run changes nothing"),
        pytest.param(["start"], 1, False, "scheduled", id="refused by policy"),
        pytest.param(["start", "--dry-run"], 1, False, "scheduled", id="a dry run that would be refused"),
        pytest.param(["cancel"], 1, False, "scheduled", id="no reason given"),
        pytest.param(["hold", "audit", "--as", "engineer@example.org"], 1, False, "scheduled", id="not an engineer's"),
        pytest.param(["cancel", "x", "--as", "ENGINEER@example.org"], 0, True, "cancelled", id="an engineer's"),
    ],
)
def test_ops_verbs(shell: Shell, words: list[str], code: int, done: bool, state: str) -> None:
    received(shell, Mail(REQUEST))
    verb, *rest = words
    answer = shell.json(verb, "DPL-2026-0001", *rest, code=code)
    assert (answer["done"], answer["dry_run"]) == (done, "--dry-run" in rest)
    assert [one["state"] for one in shell.json("list")] == [state]


def test_every_verb_of_ops_is_a_command(shell: Shell) -> None:
    said = shell.run("--help").output
    for verb in (
        "approve", "propose", "decline", "hold", "resume", "confirm", "abort", "start", "postpone", "delay", "issue",
        "update", "complete", "rollback", "rolledback", "fail", "cancel", "override", "note", "status",
    ):  # fmt: skip
        assert f"  {verb} " in said


def test_a_desk_without_anybody_of_ops_is_told_where_to_name_somebody(shell: Shell) -> None:
    main = shell.folder.main
    main.write_text(re.sub(r"\[\[ops\.people\]\][^\[]*", "", main.read_text()))
    result = shell.run("start", "DPL-2026-0001")
    assert result.exit_code == 2
    assert "[[ops.people]]" in result.output
