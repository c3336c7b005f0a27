"""`letters`: all of them, in every language, with the desk's own in force; what is wrong with those, and where."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from cli.conftest import Shell
from dplmaild.deployment.owed import LetterKind
from dplmaild.writing.phrases import LANGUAGES
from dplmaild.writing.samples import sample_letters

GOOD = {"en/letters.toml": '[confirmed]\nlead = "See you there: {{ environment }}."\n'}
BROKEN = {
    "en/letters.toml": '[confirmed]\nlead = "See you there."\n\n[started]\nlead = "Since {{ nobody }}."\n',
    "kinds/declined.j2": "! NO: {{ where }}\n{% for i in range(10**9) %}\n{% endfor %}",
}


def own(shell: Shell, files: dict[str, str]) -> Path:
    """Letters of the desk's own, in force."""
    folder = shell.folder.path / "own"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    shell.folder.main.write_text('letters_folder = "own"\n' + shell.folder.main.read_text("utf-8"), "utf-8")
    return folder


def test_the_gallery_has_every_kind_and_case_in_every_language(shell: Shell, tmp_path: Path) -> None:
    result = shell.run("letters", "--gallery", str(tmp_path / "gallery"))
    assert result.exit_code == 0, result.output
    cases = set(sample_letters("en"))
    assert {kind.value for kind in LetterKind} <= cases
    for language in LANGUAGES:
        there = {path.name for path in (tmp_path / "gallery" / language).iterdir()}
        assert there == {f"{case}.{ending}" for case in cases for ending in ("txt", "html", "eml")}


def test_the_index_shows_each_letter_in_all_languages_side_by_side_and_nothing_from_elsewhere(
    shell: Shell, tmp_path: Path
) -> None:
    shell.run("letters", "--gallery", str(tmp_path))
    page = LexborHTMLParser((tmp_path / "index.html").read_text("utf-8"))
    row = page.css_first("#confirmed ~ .row")
    assert row is not None
    assert [frame.attributes["src"] for frame in row.css("iframe")] == [f"{each}/confirmed.html" for each in LANGUAGES]
    for node in page.css("a[href], iframe[src]"):
        target = str(node.attributes.get("href") or node.attributes.get("src"))
        assert target.startswith("#") or (tmp_path / target).is_file()
    assert not page.css("script, link, img")


def test_a_mail_of_the_gallery_is_whole(shell: Shell, tmp_path: Path) -> None:
    shell.run("letters", "--gallery", str(tmp_path), "--language", "ca")
    mail = message_from_bytes((tmp_path / "ca" / "confirmed.eml").read_bytes(), policy=default)
    text = mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == (tmp_path / "ca" / "confirmed.txt").read_text("utf-8")
    assert (mail["From"].addresses[0].addr_spec, mail["Content-Language"]) == ("desk@example.org", "ca")


def test_languages_can_be_chosen(shell: Shell, tmp_path: Path) -> None:
    shell.run("letters", "--gallery", str(tmp_path), "--language", "de", "--language", "ca")
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} >= {"de", "ca"}
    assert not (tmp_path / "en").exists()


def test_letters_alone_lists_every_kind_and_writes_nothing(shell: Shell) -> None:
    before = sorted(shell.folder.path.rglob("*"))
    result = shell.run("letters")
    assert result.exit_code == 0
    assert {line.split()[0] for line in result.output.splitlines()} >= {kind.value for kind in LetterKind}
    assert sorted(shell.folder.path.rglob("*")) == before


def test_json_has_every_letter_with_its_words(shell: Shell) -> None:
    answer = shell.json("letters", "--language", "en")
    assert {each["kind"] for each in answer["letters"]} == {kind.value for kind in LetterKind}
    assert {each["language"] for each in answer["letters"]} == {"en"}
    first = {each["name"]: each["text"].splitlines()[0] for each in answer["letters"]}
    assert first["en/confirmed"].startswith("CONFIRMED: PRD, Tuesday 12 January 2027, 10:00-12:30 CET (UTC+01:00)")
    assert (answer["version"], answer["own"], answer["problems"], answer["index"]) == (1, [], [], None)


def test_the_desks_own_letters_are_in_the_gallery(shell: Shell, tmp_path: Path) -> None:
    own(shell, GOOD)
    answer = shell.json("letters", "--gallery", str(tmp_path))
    assert answer["own"] == ["en/letters.confirmed.lead"]
    assert "See you there: PRD." in (tmp_path / "en" / "confirmed.txt").read_text("utf-8")
    assert "See you there: PRD." in (tmp_path / "en" / "confirmed.html").read_text("utf-8")


@pytest.mark.parametrize("command", ["letters", "check"])
def test_a_broken_one_is_named_with_file_and_line_and_code_3(shell: Shell, command: str) -> None:
    folder = own(shell, BROKEN)
    result = shell.run(command)
    assert result.exit_code == 3
    assert f"{folder}/en/letters.toml:5: started.lead: there is no value 'nobody' here" in result.output
    assert f"{folder}/kinds/declined.j2:2: a letter may call nothing but" in result.output
    assert "Traceback" not in result.output


def test_what_is_good_beside_a_broken_one_counts_and_what_ships_stands_in(shell: Shell, tmp_path: Path) -> None:
    own(shell, BROKEN)
    assert shell.run("letters", "--gallery", str(tmp_path)).exit_code == 3
    assert "See you there." in (tmp_path / "en" / "confirmed.txt").read_text("utf-8")
    assert "We are starting" in (tmp_path / "en" / "started.txt").read_text("utf-8")
    assert (tmp_path / "en" / "declined.txt").read_text("utf-8").startswith("DECLINED: ")
    assert "kinds/declined.j2:2" in (tmp_path / "index.html").read_text("utf-8")


def test_problems_come_as_json_too(shell: Shell) -> None:
    own(shell, BROKEN)
    as_checked = shell.json("check", code=3)
    assert {(Path(p["file"]).name, p["line"], p["key"]) for p in as_checked} == {
        ("letters.toml", 5, "started.lead"), ("declined.j2", 2, ""),
    }  # fmt: skip
    assert shell.json("letters", code=3)["problems"] == as_checked


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"en/letters.toml": "[confirmed"}, id="no TOML"),
        pytest.param({"layout.html": "{% if %}"}, id="no template"),
        pytest.param({"kinds/confirmed.j2": "\x00"}, id="no letter"),
    ],
)
def test_commands_that_say_sentences_go_on_by_what_ships(shell: Shell, files: dict[str, str]) -> None:
    own(shell, files)
    assert shell.run("policy", "explain", "caas").exit_code == 0


def test_a_folder_of_own_letters_that_is_not_there_is_code_3_at_its_line(shell: Shell) -> None:
    shell.folder.main.write_text('letters_folder = "nowhere"\n' + shell.folder.main.read_text("utf-8"), "utf-8")
    result = shell.run("check")
    assert (result.exit_code, "dplmaild.toml:1: letters_folder: there is no such folder" in result.output) == (3, True)


def test_bytes_that_are_no_text_are_named(shell: Shell) -> None:
    (own(shell, GOOD) / "kinds").mkdir()
    (shell.folder.path / "own" / "kinds" / "confirmed.j2").write_bytes(b"! \xff\xfe")
    result = shell.run("check")
    assert (result.exit_code, "kinds/confirmed.j2: is not written in UTF-8" in result.output) == (3, True)


@pytest.mark.parametrize("words", [["--gallery"], ["--language", "fr"], ["--nonsense"], ["confirmed"]])
def test_wrong_words_are_code_2(shell: Shell, words: list[str]) -> None:
    assert shell.run("letters", *words).exit_code == 2


@pytest.mark.parametrize("place", ["file", "file/inside"])
def test_a_gallery_that_cannot_be_written_is_code_2_without_a_traceback(
    shell: Shell, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    result = shell.run("letters", "--gallery", str(tmp_path / place))
    assert (result.exit_code, "Traceback" in result.output) == (2, False)


def test_a_bad_configuration_is_code_3(shell: Shell) -> None:
    shell.folder.spoil("main", '"desk@example.org"', '"desk"')
    assert shell.run("letters").exit_code == 3


def test_the_page_about_letters_names_every_kind() -> None:
    page = (Path(__file__).parents[2] / "docs" / "letters.md").read_text("utf-8")
    rows = " ".join(line.split("|")[1] for line in page.splitlines() if line.startswith("|"))
    assert {f"`{kind.value}`" for kind in LetterKind} <= set(rows.replace(",", " ").split())
