"""Words of a configuration count in every command that reads mail."""

import json
from collections.abc import Iterator

import pytest

from cli.conftest import Shell
from cli.test_evaluate import RIGHT
from desk.build import REQUEST, Mail
from dplmaild.reading.lexicon import learn


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Only the shipped words, afterwards."""
    yield
    learn([])


def test_explain_reads_with_the_words_of_the_configuration(shell: Shell) -> None:
    path = shell.mail("a.eml", Mail(REQUEST.replace("Product: ICM", "Bazelware: ICM")).bytes)
    before = shell.json("explain", path)
    shell.mail("words/own.toml", b'language = "de"\n[labels]\nproduct = ["Bazelware"]\n')
    shell.folder.spoil("main", "customers_folder", 'lexicon_folder = "words"\ncustomers_folder')
    after = shell.json("explain", path)
    assert "Bazelware" not in {one["label"] for one in before["deployments"][0]["found"]}
    assert "Bazelware" in {one["label"] for one in after["deployments"][0]["found"]}


def test_evaluate_reads_with_them_too(shell: Shell) -> None:
    path = shell.mail("mails/a.eml", Mail(REQUEST.replace("Expected special activities:", "Extrawurst:")).bytes)
    shell.mail("mails/a.json", json.dumps(RIGHT).encode())
    folder = path.removesuffix("/a.eml")
    before = shell.json("evaluate", folder)["tables"]["field"]["special_activities"]
    shell.mail("words/own.toml", b'language = "de"\n[labels]\nspecial_activities = ["Extrawurst"]\n')
    shell.folder.spoil("main", "customers_folder", 'lexicon_folder = "words"\ncustomers_folder')
    after = shell.json("evaluate", folder)["tables"]["field"]["special_activities"]
    assert (before["exact"], after["exact"]) == (0, 1)


def test_evaluate_refuses_a_broken_configuration(shell: Shell) -> None:
    shell.mail("mails/a.eml", Mail(REQUEST).bytes)
    shell.folder.spoil("main", "customers_folder", 'colour = "blue"\ncustomers_folder')
    result = shell.run("evaluate", str(shell.folder.path / "mails"))
    assert result.exit_code == 3
    assert "colour" in result.output
