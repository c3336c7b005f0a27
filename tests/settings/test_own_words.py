"""Words and languages of a configuration: they count, and every mistake in them has its file and line."""

from pathlib import Path

import pytest

from dplmaild.settings import ConfigurationError, Problem, load
from settings.folder import Folder

GERMAN = 'language = "de"\n\n[labels]\nmailing_list = ["Verteilerkreis"]\n\n[dates.day]\n1 = ["moagn"]\n'


def with_words(folder: Folder, **files: str) -> Path:
    """The configuration's own words; the name of each file without `.toml`."""
    words = folder.path / "own-words"
    words.mkdir()
    for name, text in files.items():
        (words / f"{name}.toml").write_text(text, "utf-8")
    folder.spoil(
        "main", 'customers_folder = "customers"', 'customers_folder = "customers"\nlexicon_folder = "own-words"'
    )
    return words


def problems(folder: Folder) -> list[Problem]:
    """Everything that is wrong."""
    with pytest.raises(ConfigurationError) as caught:
        load(folder.main)
    return caught.value.problems


def test_words_of_a_configuration_are_part_of_it(folder: Folder) -> None:
    with_words(folder, desk=GERMAN)
    assert [table["labels"] for table in load(folder.main).words] == [{"mailing_list": ["Verteilerkreis"]}]


def test_a_folder_that_is_not_there_is_named_with_its_line(folder: Folder) -> None:
    folder.spoil("main", "customers_folder", 'lexicon_folder = "nowhere"\ncustomers_folder')
    (problem,) = problems(folder)
    assert (problem.line, problem.key) == (1, "lexicon_folder")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        pytest.param("[labels]", "[label]", 3, "no such section", id="a section that does not exist"),
        pytest.param("mailing_list", "mailinglist", 4, "no such key; there are DBMigrate", id="a field misspelt"),
        pytest.param('["Verteilerkreis"]', '"Verteilerkreis"', 4, "a list of texts", id="a text for a list"),
        pytest.param('["Verteilerkreis"]', "[4]", 4, "a list of texts", id="a number for a word"),
        pytest.param('"Verteilerkreis"', '"Umgebung"', 4, "means environment already", id="a label of another field"),
        pytest.param('"Verteilerkreis"', '"V"', 4, "too short", id="a label of one letter"),
        pytest.param('"Verteilerkreis"', '"--"', 4, "has no letters", id="a label of signs"),
        pytest.param('["Verteilerkreis"]', "[", None, "no valid TOML", id="no TOML"),
        pytest.param('"de"', '"klingon"', 1, "two letters", id="a language nobody knows"),
        pytest.param('"de"', "5", 1, "two letters", id="a number for a language"),
        pytest.param('"de"', '"fr"', 1, "needs `common`", id="a new language without its everyday words"),
        pytest.param("[dates.day]", "[dates.dya]", 6, "named `is`", id="words of dates that mean nothing"),
        pytest.param("1 = [", "one = [", 7, "a number", id="a day that is no number"),
    ],
)
def test_a_mistake_is_told_with_its_line(folder: Folder, old: str, new: str, line: int | None, says: str) -> None:
    assert old in GERMAN
    words = with_words(folder, desk=GERMAN.replace(old, new, 1))
    found = problems(folder)
    assert len(found) == 1
    assert found[0].file == words / "desk.toml"
    assert line is None or found[0].line == line
    assert says in found[0].text


def test_the_mistakes_of_all_files_are_told_together(folder: Folder) -> None:
    with_words(folder, one=GERMAN.replace("mailing_list", "list"), two='language = "es"\n\n[products]\nICM = "icm"\n')
    assert [(problem.file.name, problem.line) for problem in problems(folder)] == [("one.toml", 4), ("two.toml", 4)]


def test_two_files_do_not_mean_two_fields_by_one_word(folder: Folder) -> None:
    with_words(folder, one=GERMAN, two='language = "es"\n\n[labels]\nattendant = ["verteiler-kreis"]\n')
    (problem,) = problems(folder)
    assert (problem.file.name, problem.line) == ("two.toml", 4)
    assert "means mailing_list already" in problem.text
