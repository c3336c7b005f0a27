"""`policy explain`: a whole profile in words, of the configuration or of a customer."""

import pytest

from cli.conftest import Shell
from dplmaild.writing.phrases import LANGUAGES


def test_a_profile_on_paper(shell: Shell) -> None:
    said = " ".join(shell.run("policy", "explain", "caas").output.split())
    cells = " ".join(said.replace("│", " ").split())
    for text in (
        "CaaS deployment process (caas)",
        "Business hours are 09:00-17:00.",
        "PWA is always code, whatever was asked for, except hotfix, SYN.",
        "What is not complete by then is cancelled.",
        "Notice of a code deployment",
        "This table is still to be confirmed.",
    ):
        assert text in said or text in cells
    assert "…" not in said  # nothing is cut off


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_language_asked_for(shell: Shell, language: str) -> None:
    title = {"en": "Who may do what", "de": "Wer was darf", "es": "Quién puede hacer qué", "ca": "Qui pot fer què"}
    assert title[language] in shell.run("policy", "explain", "prod", "--language", language).output
    (page,) = shell.json("policy", "explain", "prod", "--language", language)
    assert page["language"] == language
    assert title[language] in [section["title"] for section in page["sections"]]


def test_as_data(shell: Shell) -> None:
    (page,) = shell.json("policy", "explain", "caas")
    assert (page["version"], page["profile"], page["customer"]) == (1, "caas", None)
    assert page["data"]["types"]["code"]["lead"] == {"at_least": 3, "recommended": None, "count": "calendar"}
    rules = next(section for section in page["sections"] if section["title"] == "Rules")
    assert next(row for row in rules["rows"] if row[0] == "LEAD-2")[2:] == ["code", "blocks", "yes", "3.4"]


def test_a_customer_comes_with_what_is_its_own_and_every_profile_it_is_under(shell: Shell) -> None:
    part = 'zone = "Europe/Berlin"\nprofiles = [{ profile = "prod", environments = ["TEST"] }]'
    shell.folder.spoil("customer", 'zone = "Europe/Berlin"', part)
    pages = shell.json("policy", "explain", "--customer", "acme")
    assert [page["profile"] for page in pages] == ["caas", "prod"]
    assert pages[0]["sections"][0]["title"] == "Acme (acme)"
    assert "TEST are under the profile prod." in pages[0]["sections"][0]["lines"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param([], "name a profile (caas, prod) or a --customer", id="of what?"),
        pytest.param(["caas", "--customer", "acme"], "or a --customer", id="of both"),
        pytest.param(["strict"], "there is no profile 'strict'; there are caas, prod", id="no such profile"),
        pytest.param(["--customer", "nobody"], "there is no customer 'nobody'; there are acme", id="no such customer"),
        pytest.param(["caas", "--language", "fr"], "--language", id="no such language"),
    ],
)
def test_usage(shell: Shell, words: list[str], said: str) -> None:
    result = shell.run("policy", "explain", *words)
    assert (result.exit_code, "Traceback" in result.output) == (2, False)
    assert said in " ".join(result.output.replace("│", " ").split())
