"""`evaluate`: a folder of a user's own mails against what they know of them."""

import json
from typing import Any

import pytest

from cli.conftest import Shell
from desk.build import REQUEST, Mail

RIGHT: dict[str, Any] = {
    "kind": "schedule_request",
    "language": "en",
    "deployments": [
        {
            "type": "code",
            "product": "ICM",
            "when": {"status": "exact", "utc": "2026-12-15T09:00:00+00:00"},
            "special_activities": "none",
        }
    ],
}
WRONG = {"kind": "schedule_request", "deployments": [{**RIGHT["deployments"][0], "type": "full"}]}


def corpus(shell: Shell, **expectations: object) -> str:
    """A folder of the same request beside different expectations."""
    folder = shell.many([(name, Mail(REQUEST).bytes) for name in expectations])
    for name, expected in expectations.items():
        words = expected if isinstance(expected, str) else json.dumps(expected)
        shell.mail(f"mails/{name}.json", words.encode())
    return folder


def test_all_right(shell: Shell) -> None:
    told = shell.json("evaluate", corpus(shell, one=RIGHT, two=RIGHT))
    assert (told["version"], told["mails"], told["wrong_and_confident"]) == (1, 2, [])
    assert told["core"]["exact_percent"] == 100.0
    assert told["tables"]["language"]["en"]["exact"] == 6
    assert told["tables"]["layout"] == {"lines with colons": {"exact": 6, "asked": 0, "missed": 0, "wrong": 0}}


def test_a_value_taken_for_right_and_wrong_is_named_and_refused(shell: Shell) -> None:
    folder = corpus(shell, one=RIGHT, two=WRONG)
    (wrong,) = shell.json("evaluate", folder, code=1)["wrong_and_confident"]
    assert wrong == {"mail": "two", "field": "type", "expected": "full", "read": "code"}
    shown = shell.run("evaluate", folder)
    assert shown.exit_code == 1
    assert "two: type: 'code', expected 'full'" in shown.output


@pytest.mark.parametrize(
    ("expectations", "named"),
    [
        pytest.param({}, "no .eml", id="an empty folder"),
        pytest.param({"one": "{"}, "one", id="an expectation that is no JSON"),
        pytest.param({"one": {"says": "hm"}}, "one: `kind` is missing", id="an expectation without a kind"),
        pytest.param({"one": RIGHT, "corpus": "[1]"}, "corpus.json", id="hints that are none"),
    ],
)
def test_a_folder_that_cannot_be_used(shell: Shell, expectations: dict[str, object], named: str) -> None:
    result = shell.run("evaluate", corpus(shell, **expectations) if expectations else str(shell.folder.path))
    assert result.exit_code == 2
    assert named in result.output


def test_a_mail_without_its_expectation_is_named(shell: Shell) -> None:
    result = shell.run("evaluate", shell.many([("alone", Mail(REQUEST).bytes)]))
    assert result.exit_code == 2
    assert "alone.eml" in result.output


def test_hints_for_the_whole_folder(shell: Shell) -> None:
    folder = corpus(shell, one={"kind": "auto_reply", "automatic": "own"})
    assert shell.run("evaluate", folder).exit_code == 1
    shell.mail("mails/corpus.json", b'{"own_addresses": ["ann@partner.example.com"]}')
    assert shell.run("evaluate", folder).exit_code == 0
