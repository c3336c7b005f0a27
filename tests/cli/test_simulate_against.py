"""`simulate --against`: the same mails under two profiles, whose decisions differ and by which rules."""

from typing import Any

import pytest

from cli.conftest import Shell
from cli.test_judging import FRIDAY, travelled
from desk.build import REQUEST, Mail

SOON = Mail(REQUEST.replace("Tuesday, 15 December", "Wednesday, 25 November"), number=2)
HOTFIX = Mail(REQUEST.replace("Tuesday, 15 December", "Wednesday, 25 November").replace("code", "hotfix"), number=3)
GOOD = Mail(REQUEST, number=4)


def differences(shell: Shell, *mails: Mail, words: tuple[str, ...] = ("--against", "prod")) -> dict[str, Any]:
    """What differs between the configuration, which is caas, and another profile."""
    folder = shell.many([(str(n), travelled(mail)) for n, mail in enumerate(mails)])
    whole: dict[str, Any] = shell.json("simulate", folder, *words)
    return whole


def rulings(one: dict[str, Any]) -> dict[str, list[str | None]]:
    """The rules that make the difference, by what each profile finds."""
    return {rule["rule"]: [f and f["ruling"] for f in rule["findings"]] for rule in one["rules"]}


def test_whose_decisions_differ_and_why(shell: Shell) -> None:
    whole = differences(shell, SOON, GOOD, FRIDAY, Mail("Summer offers.", number=5))
    assert whole["profiles"] == ["as configured", "prod"]
    assert (whole["mails"], whole["differing"]) == (4, 2)
    soon, friday = whole["differences"]
    assert soon["decisions"] == ["other_slot", "confirm"]
    # Two calendar days are one too few for code in caas; prod wants no notice at all.
    assert rulings(soon) == {"LEAD-2": ["broken", None]}
    assert soon["rules"][0]["findings"][0]["words"].startswith("A code deployment needs notice of 3 calendar days")
    # A Friday is refused by both; what differs is the rule about the day after, and so the days offered.
    assert friday["decisions"] == ["other_slot", "other_slot"]
    assert rulings(friday) == {"DAY-2": ["broken", None], "DAY-4": [None, "broken"]}
    assert whole["changes"] == [
        {"decisions": ["other_slot", "confirm"], "mails": 1},
        {"decisions": ["other_slot", "other_slot"], "mails": 1},
    ]


def test_a_profile_does_not_differ_from_itself(shell: Shell) -> None:
    whole = differences(shell, SOON, GOOD, FRIDAY, words=("--against", "caas"))
    assert (whole["mails"], whole["differing"], whole["differences"]) == (3, 0, [])
    assert differences(shell, SOON, words=("--profile", "prod", "--against", "prod"))["differing"] == 0


def test_two_profiles_by_name(shell: Shell) -> None:
    whole = differences(shell, SOON, words=("--profile", "prod", "--against", "caas"))
    assert whole["profiles"] == ["prod", "caas"]
    assert whole["differences"][0]["decisions"] == ["confirm", "other_slot"]


def test_each_profile_has_a_record_of_its_own(shell: Shell) -> None:
    """In caas the first mail gets other slots, so its time is free for the hotfix; in prod it holds the time."""
    whole = differences(shell, SOON, HOTFIX, words=("--against", "prod", "--stateful"))
    second = whole["differences"][1]
    assert second["decisions"] == ["approval", "other_slot"]
    assert rulings(second)["SCHED-7"] == ["kept", "broken"]
    alone = differences(shell, SOON, HOTFIX)["differences"]
    assert [one["decisions"] for one in alone] == [["other_slot", "confirm"], ["approval", "confirm"]]


def test_simulate_under_another_profile(shell: Shell) -> None:
    folder = shell.many([("1", travelled(SOON))])
    assert [a["decision"] for a in shell.json("simulate", folder, "--profile", "prod")] == ["confirm"]


def test_people_read_decisions_sentences_and_counts(shell: Shell) -> None:
    folder = shell.many([("1", travelled(SOON)), ("2", travelled(GOOD))])
    printed = shell.run("simulate", folder, "--against", "prod", "--language", "de").output
    assert "as configured: other_slot" in printed
    assert "Ein Code-Deployment braucht 3 Kalendertage Vorlauf" in printed
    assert "prod: LEAD-2 is no rule there" in printed
    assert "1  other_slot -> confirm" in printed
    assert "1 of 2 mails are decided differently" in printed


@pytest.mark.parametrize("option", ["--against", "--profile"])
def test_a_profile_that_is_not_there_is_a_usage_error_that_names_those_that_are(shell: Shell, option: str) -> None:
    result = shell.run("simulate", shell.many([("1", travelled(GOOD))]), option, "strict")
    assert result.exit_code == 2
    assert "no profile 'strict'; there are caas, prod" in " ".join(result.output.split())
