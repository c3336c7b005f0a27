"""A desk with a process of its own, from the profile to the letter: own types, own fields, own rules (POLICY-1)."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Shell
from desk.build import Mail
from dplmaild.reading.lexicon import learn

EXAMPLES = Path(__file__).parents[2] / "config" / "examples"
RECEIVED = "2026-11-23T14:00:00Z"

CHANGE = """\
Hello,

please schedule a change:

Type of change: normal change
Type: normal change
CHG: CHG0042
Desired date and time: 12 December 2026 22:00
Code approved on: 8 December 2026
Back-out tested: yes
Risk rating: low
"""


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Only the shipped words, afterwards."""
    yield
    learn([])


@pytest.fixture
def bank(shell: Shell) -> Shell:
    """A desk that lives by the bank's process, on the bank's calendar."""
    shutil.copytree(EXAMPLES, shell.folder.path / "profiles")
    shell.folder.spoil("main", "customers_folder", 'profiles_folder = "profiles"\ncustomers_folder')
    shell.folder.spoil("customer", 'profile = "caas"', 'profile = "bank"\nsla = "gold"')
    shell.folder.spoil("customer", 'zone = "Europe/Berlin"', 'zone = "America/New_York"')
    return shell


def explained(shell: Shell, text: str, **more: Any) -> Any:
    return shell.json("explain", shell.mail("a.eml", Mail(text, **more).bytes), "--received", RECEIVED)


def test_a_change_is_read_judged_and_put_before_the_board(bank: Shell) -> None:
    answer = explained(bank, CHANGE)
    (what,) = answer["deployments"]
    assert (answer["kind"], what["type"], answer["missing"], answer["ask_back"]) == (
        "schedule_request", "normal", [], []
    )  # fmt: skip
    assert what["own"] == {
        "change_number": "CHG0042",
        "code_approved_on": "8 December 2026",
        "backout_tested": "yes",
        "risk": "low",
    }
    assert what["when"]["utc"].startswith("2026-12-13T03:00:00")
    assert answer["decision"] == "approval"
    verdicts = {found["rule"]: found["passed"] for found in answer["findings"]}
    assert (verdicts["BANK-1"], verdicts["LEAD-2"], verdicts["HOUR-1"]) == (True, False, True)  # 15 days advised


def test_a_rule_of_ones_own_is_said_in_its_own_words(bank: Shell) -> None:
    answer = explained(bank, CHANGE.replace("on: 8 December", "on: 11 December"))
    assert answer["decision"] == "other_slot"
    assert any(
        "approved two working days before the change. (BANK-1)" in letter["text"] for letter in answer["letters"]
    )


def test_what_is_missing_is_asked_for_by_its_title(bank: Shell) -> None:
    answer = explained(bank, CHANGE.replace("CHG: CHG0042\n", ""))
    assert (answer["decision"], answer["missing"]) == ("ask_back", ["change_number"])
    assert "---- dplmaild form ----\nChange number:\n----" in answer["letters"][0]["text"]


def test_a_day_that_cannot_be_read_is_asked_about(bank: Shell) -> None:
    answer = explained(bank, CHANGE.replace("on: 8 December 2026", "on: when the board has met"))
    assert {"field": "code_approved_on", "reason": "answer_unclear", "quotes": ["when the board has met"]} in answer[
        "ask_back"
    ]


def test_a_type_of_another_process_is_asked_for(bank: Shell) -> None:
    answer = explained(bank, CHANGE.replace("normal change", "hotfix"))
    assert answer["missing"] == ["type"]


def test_a_part_of_a_customer_is_under_another_process(bank: Shell) -> None:
    bank.folder.spoil(
        "customer", "products =", 'profiles = [{ profile = "cloud", environments = ["CANARY"] }]\nproducts ='
    )
    text = "Please deploy:\nType: configuration change\nEnvironment: CANARY\nWhen: 24 November 2026 10:00 UTC\n"
    assert explained(bank, text)["decision"] == "partner_performs"
    assert explained(bank, text.replace("CANARY", "PRD"))["missing"] == ["type", "change_number"]


def test_a_customer_of_another_level_or_process_is_refused(bank: Shell) -> None:
    bank.folder.spoil("customer", 'sla = "gold"', 'sla = "standard"\nprofiles = [{ profile = "none" }]')
    result = bank.run("check")
    assert result.exit_code == 3
    assert "no level 'standard' in profile bank; gold, silver" in result.output
    assert "no profile 'none'" in result.output
