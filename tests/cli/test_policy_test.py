"""`policy test`: a table of cases held against the policy, and every way in which such a table can be wrong."""

from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Shell
from desk.build import REQUEST, Mail

SHIPPED = sorted((Path(__file__).parents[2] / "config" / "policy-cases").glob("*.toml"))
# Acme is under caas; two calendar days are one too few for code, so Thursday is the first that is offered.
SOON = """\
[[case]]
name = "code, two days ahead"
source = "guide 3.4"
customer = "acme"
received = 2026-11-23 09:00:00
request = { type = "code", product = "ICM", when = 2026-11-25 10:00:00, special_activities = "none" }
expect = { decision = "other_slot", broken = ["LEAD-2"] }
"""


def table(shell: Shell, text: str) -> str:
    """A file of cases."""
    path = shell.folder.path / "cases.toml"
    path.write_text(text, "utf-8")
    return str(path)


def expecting(expected: str, request: str = "", more: str = "") -> str:
    """The same case with other expectations, or asking for something else."""
    text = SOON.replace('decision = "other_slot", broken = ["LEAD-2"]', expected)
    return (text.replace('type = "code"', request) if request else text) + more


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_tables_hold(shell: Shell, path: Path) -> None:
    whole = shell.json("policy", "test", str(path))
    assert [one["name"] for one in whole["results"] if not one["passed"]] == []
    assert whole["cases"] >= 25


def test_both_shipped_profiles_have_a_table() -> None:
    assert [path.stem for path in SHIPPED] == ["caas", "prod"]


def test_as_expected(shell: Shell) -> None:
    result = shell.run("policy", "test", table(shell, SOON))
    assert result.exit_code == 0
    assert "1 cases, 0 came out otherwise" in result.output
    whole = shell.json("policy", "test", table(shell, SOON))
    assert (whole["cases"], whole["failed"], whole["results"][0]["mismatches"]) == (1, 0, [])
    assert whole["results"][0]["decision"] == "other_slot"


def test_what_came_out_otherwise_is_printed_with_why(shell: Shell) -> None:
    path = table(shell, expecting('decision = "confirm", broken = [], slots = []'))
    result = shell.run("policy", "test", path)
    assert result.exit_code == 1
    said = " ".join(result.output.split())
    assert "code, two days ahead (guide 3.4)" in said
    assert "decision: expected confirm, got other_slot" in said
    assert "broken: expected none, got LEAD-2" in said
    assert "slots: expected none, got Thu 2026-11-26 10:00, Mon 2026-11-30 10:00, Tue 2026-12-01 10:00" in said
    assert "BROKEN blocks A code deployment needs notice of 3 calendar days" in said
    assert "Ein Code-Deployment braucht" in shell.run("policy", "test", path, "--language", "de").output


FULL = 'type = "full"'


@pytest.mark.parametrize(
    ("expected", "request_", "what"),
    [
        pytest.param('decision = "other_slot"', "", [], id="the decision"),
        pytest.param('decision = "approval"', "", ["decision"], id="another decision"),
        pytest.param('broken = ["LEAD-2"]', "", [], id="the broken rules"),
        pytest.param('broken = ["LEAD-2", "DAY-1"]', "", ["broken"], id="one that is not broken"),
        pytest.param("broken = []", "", ["broken"], id="one too few"),
        pytest.param('among_broken = ["LEAD-2"]', "", [], id="among the broken"),
        pytest.param('among_broken = ["DAY-1"]', "", ["among_broken"], id="not among the broken"),
        pytest.param('kept = ["DAY-1", "HOUR-1"]', "", [], id="kept rules"),
        pytest.param('kept = ["LEAD-2"]', "", ["kept"], id="a rule that is not kept"),
        pytest.param("slots = [2026-11-26 10:00:00, 2026-11-30 10:00:00, 2026-12-01T09:00:00Z]", "", [], id="slots"),
        pytest.param("slots = [2026-11-26 10:00:00]", "", ["slots"], id="only the first of three slots"),
        pytest.param("no_deadline = true", "", [], id="no deadline"),
        pytest.param("deadline = 2026-11-24 17:00:00", "", ["deadline"], id="a deadline where there is none"),
        pytest.param('performer = "ops"', "", [], id="the performer"),
        pytest.param('performer = "partner"', "", ["performer"], id="another performer"),
        pytest.param("missing = []", "", [], id="nothing is missing"),
        pytest.param('missing = ["type"]', 'description = "no type"', [], id="the type is missing"),
        pytest.param('asked = ["type", "when"]', 'description = "no type"', ["asked"], id="less is asked"),
        pytest.param("uat = 2026-11-24 10:00:00", "", ["uat"], id="a step where there is none"),
    ],
)
def test_each_expectation_is_looked_at_by_itself(shell: Shell, expected: str, request_: str, what: list[str]) -> None:
    whole = shell.json("policy", "test", table(shell, expecting(expected, request_)), code=1 if what else 0)
    assert [mismatch["what"] for mismatch in whole["results"][0]["mismatches"]] == what


MAIL = (
    '[[case]]\nname = "by mail"\nreceived = 2026-11-23 09:00:00\nmail = "mails/a.eml"\nexpect = { decision = "%s" }\n'
)


@pytest.mark.parametrize(("stamped", "decision"), [("pass", "confirm"), ("fail", "triage")])
def test_a_mail_goes_the_way_of_a_mail(shell: Shell, stamped: str, decision: str) -> None:
    shell.mail("mails/a.eml", Mail(REQUEST, stamped=stamped).bytes)
    assert shell.json("policy", "test", table(shell, MAIL % decision))["failed"] == 0


def tried(shell: Shell, text: str) -> dict[str, Any]:
    """The one result of a table that holds."""
    whole = shell.json("policy", "test", table(shell, text))
    result: dict[str, Any] = whole["results"][0]
    return result


def test_a_case_or_the_whole_file_can_be_under_another_profile(shell: Shell) -> None:
    under_prod = expecting('decision = "confirm", broken = []')
    assert tried(shell, under_prod.replace("customer =", 'profile = "prod"\ncustomer ='))["passed"]
    assert tried(shell, 'profile = "prod"\n' + under_prod)["passed"]


def test_what_is_booked_and_what_ran_is_on_record(shell: Shell) -> None:
    request = 'type = "hotfix", target_version = "11.0.2", current_version = "11.0.1"'
    booked = 'booked = [{ start = 2026-11-25 09:30:00, minutes = 120 }]\nexpect = { broken = ["SCHED-7"] }\n'
    assert tried(shell, expecting("", request).replace("expect = {  }\n", booked))["passed"]
    ran = 'done = [{ environment = "INT", version = "11.0.2" }]\nexpect = { decision = "approval" }\n'
    assert tried(shell, expecting("", request).replace("expect = {  }\n", ran))["passed"]


def test_people_of_the_file_stand_before_those_of_the_configuration(shell: Shell) -> None:
    people = """
[ops]
address = "ops@example.org"
calendar = { country = "ES", region = "CT" }
[[customers]]
id = "acme"
name = "Another Acme"
profile = "prod"
zone = "Europe/Madrid"
calendar = { country = "ES", region = "CT" }
"""
    assert tried(shell, expecting('decision = "confirm"', "", people))["passed"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("[[case]\n", 1, "no valid TOML", id="no TOML"),
        pytest.param("", None, "case", id="no case at all"),
        pytest.param(SOON.replace("source", "sauce"), 3, "sauce", id="an unknown key"),
        pytest.param(SOON.replace("acme", "nobody"), 4, "no customer 'nobody'; there are acme", id="no such customer"),
        pytest.param('profile = "strict"\n' + SOON, 1, "no profile 'strict'", id="no such profile"),
        pytest.param(SOON.replace("customer =", 'profile = "x"\ncustomer ='), 4, "no profile 'x'", id="nor of a case"),
        pytest.param(SOON + SOON, 9, "the name of another case already", id="the same name twice"),
        pytest.param(SOON.replace("type =", "typ ="), 6, "no field 'typ'", id="no such field"),
        pytest.param(SOON.replace("2026-11-23 09:00:00", '"soon"'), 5, "received", id="no moment"),
        pytest.param(SOON.replace("other_slot", "refuse"), 7, "refuse", id="no such decision"),
        pytest.param(expecting(""), 7, "nothing is expected", id="nothing expected"),
        pytest.param(SOON.replace("customer =", 'mail = "a.eml"\ncustomer ='), 1, "a request or a mail", id="both"),
        pytest.param(MAIL % "confirm", 4, "no such file: mails/a.eml", id="a mail that is not there"),
        pytest.param(SOON.replace('customer = "acme"\n', ""), 1, "needs its customer", id="whose request?"),
    ],
)
def test_a_bad_table_is_code_3_with_its_line(shell: Shell, text: str, line: int | None, said: str) -> None:
    result = shell.run("policy", "test", table(shell, text))
    assert (result.exit_code, "Traceback" in result.output) == (3, False)
    assert said in result.output
    assert f"cases.toml:{line}" in result.output if line else "cases.toml: case" in result.output


@pytest.mark.parametrize("words", [["policy", "test", "none.toml"], ["policy", "test"], ["policy", "fly"]])
def test_usage(shell: Shell, words: list[str]) -> None:
    assert shell.run(*words).exit_code == 2


def test_a_bad_configuration_is_code_3(shell: Shell) -> None:
    shell.folder.spoil("main", '"desk@example.org"', '"desk"')
    assert shell.run("policy", "test", table(shell, SOON)).exit_code == 3
