"""`status` and `digest`: how one deployment, or the day, stands; nothing is changed by looking."""

from datetime import datetime

import pytest
from time_machine import travel

from cli.conftest import Shell
from cli.test_looking import NOW, received
from desk.build import INSTRUCTIONS, REQUEST, Mail
from dplmaild.store.cases import Cases

FORGED = Mail("please deploy 11.0.4 to PRD", stamped="fail", subject="forged", number=2)


def history(shell: Shell) -> int:
    """How many lines the history of the first deployment has."""
    database = shell.database()
    with database.reading() as connection:
        found = len(Cases(connection).history_of("DPL-2026-0001"))
    database.close()
    return found


@pytest.fixture
def at_work(shell: Shell) -> Shell:
    """One deployment on the schedule, and a forged mail."""
    received(shell, Mail(REQUEST), FORGED)
    return shell


@travel(NOW, tick=False)
def test_a_deployment_in_words(at_work: Shell) -> None:
    before = history(at_work)
    result = at_work.run("status", "dpl-2026-0001")
    assert result.exit_code == 0, result.output
    assert "Waits for the partner (ann@partner.example.com): the instructions" in result.output
    assert "Monday 14 December 2026, 17:00 CET (UTC+01:00): the deployment is cancelled unless" in result.output
    assert history(at_work) == before


@travel(NOW, tick=False)
def test_a_deployment_as_json(at_work: Shell) -> None:
    status = at_work.json("status", "DPL-2026-0001")["status"]
    assert (status["reference"], status["state"], status["cancels"]) == ("DPL-2026-0001", "scheduled", True)
    assert [wait["for"] for wait in status["waits"]] == ["instructions"]
    assert datetime.fromisoformat(status["deadline"]) == datetime.fromisoformat("2026-12-14T17:00:00+01:00")
    kinds = {timer["kind"] for timer in status["timers"]}
    assert kinds == {"instruction reminder", "instruction deadline", "start passed by"}


@travel(NOW, tick=False)
@pytest.mark.parametrize("words", [["status"], ["digest"]], ids=" ".join)
def test_the_day(at_work: Shell, words: list[str]) -> None:
    shown = at_work.run(*words)
    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith("Monday 23 November 2026: ")
    assert "DPL-2026-0001, Acme, PRD, ICM" in shown.output
    assert "forged, from ann@partner.example.com: the sender is spoofed" in shown.output
    day = at_work.json(*words)
    assert [each["reference"] for each in day["waiting"]] == ["DPL-2026-0001"]
    assert [each["subject"] for each in day["looked"]] == ["forged"]


@pytest.mark.parametrize("words", [["status", "DPL-2026-0009"], ["status", "nonsense"]], ids=" ".join)
def test_what_is_not_there(at_work: Shell, words: list[str]) -> None:
    result = at_work.run(*words)
    assert (result.exit_code, "there is no deployment" in result.output) == (2, True)


@travel(NOW, tick=False)
def test_a_start_that_is_refused_says_what_it_lacks(shell: Shell) -> None:
    received(shell, Mail(REQUEST), Mail(INSTRUCTIONS, subject="Instructions", number=2))
    result = shell.run("start", "DPL-2026-0001")
    assert result.exit_code == 1
    assert "has to be deployed and tested on INT, UAT first" in result.output
    assert "/override PRE-2 REASON" in result.output
    answer = shell.json("start", "DPL-2026-0001", code=1)
    assert [each["name"] for each in answer["unmet"]] == ["PRE-2"]


@travel(NOW, tick=False)
def test_show_says_when_each_timer_is_due_on_the_clock_of_ops_and_what_it_does(at_work: Shell) -> None:
    shown = at_work.run("show", "DPL-2026-0001").output
    due = "timer  instruction deadline  due Mon 2026-12-14 17:00+01:00"
    assert f"{due}  open: the deployment is cancelled unless the instructions are complete" in shown
    at_work.run("cancel", "DPL-2026-0001", "not", "needed")
    shown = at_work.run("show", "DPL-2026-0001").output
    assert f"{due}  dropped: it is cancelled" in shown
    timers = at_work.json("show", "DPL-2026-0001")["timers"]
    assert {timer["kind"] for timer in timers if timer["does"]} == {
        "instruction reminder", "instruction deadline", "start passed by",
    }  # fmt: skip


@travel(NOW, tick=False)
def test_show_of_a_customer_that_is_gone_still_shows_its_timers(at_work: Shell) -> None:
    (at_work.folder.path / "customers" / "acme.toml").unlink()
    result = at_work.run("show", "DPL-2026-0001")
    assert result.exit_code == 0, result.output
    assert "timer  instruction deadline  due Mon 2026-12-14 16:00+00:00" in result.output
