"""Words of a configuration count in every command that reads mail."""

from collections.abc import Iterator

import pytest

from cli.conftest import Shell
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
