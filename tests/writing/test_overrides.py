"""A customer's own templates and sentences: in part, in a sandbox, and never a reason for no letter at all."""

from datetime import date
from functools import reduce

import pytest
from jinja2 import DictLoader, meta

from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.terms import Field, Finding, Severity
from dplmaild.writing.findings import finding_in_words
from dplmaild.writing.gallery import check_all
from dplmaild.writing.letters import Letters
from dplmaild.writing.phrases import LANGUAGES, PhraseError, letter_environment
from writing.build import DESK, LETTERS, TEMPLATES, letter

LETTERS_ENV = letter_environment(TEMPLATES)
TEXTS = [name for name in TEMPLATES.list_templates() if name.endswith((".toml", ".j2", ".txt", ".html"))]


def own(**files: str) -> Letters:
    """Letters with these files laid over the shipped ones; `__` in a name stands for a slash, `_toml` for its end."""
    spelt = (("__", "/"), ("_toml", ".toml"), ("_j2", ".j2"))
    paths = {reduce(lambda name, pair: name.replace(*pair), spelt, name): text for name, text in files.items()}
    return Letters(TEMPLATES, reply_to=DESK, overrides=DictLoader(paths))


def test_one_sentence_can_be_replaced() -> None:
    letters = own(en__letters_toml='[confirmed]\nlead = "See you there: {{ environment }}."')
    text = letters.render(letter()).text
    assert "See you there: PRD." in text
    assert text.startswith("CONFIRMED: PRD")
    assert check_all(letters) == []


def test_other_languages_stay() -> None:
    letters = own(en__letters_toml='[confirmed]\nlead = "See you there."')
    assert letters.render(letter(language="es")) == LETTERS.render(letter(language="es"))


def test_a_kind_can_be_laid_out_anew() -> None:
    letters = own(kinds__confirmed_j2="! DONE: {{ where }}\n> Bye.")
    assert letters.render(letter()).text.startswith("DONE: PRD, Tuesday 12 January 2027")


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("{{ nothing_of_this_name }}", id="an unknown value"),
        pytest.param("{{ 1 / 0 }}", id="arithmetic"),
        pytest.param("{% if %}", id="no template at all"),
        pytest.param("{{ say('letters.none.such') }}", id="an unknown sentence"),
        pytest.param("{{ ''.__class__.__mro__[1].__subclasses__() }}", id="a way out of the sandbox"),
        pytest.param("{{ say.__globals__ }}", id="another way out"),
        pytest.param("{% include 'parts/none.j2' %}", id="a missing part"),
        pytest.param("{{ slots.append(1) }}", id="a change of the values"),
        pytest.param("no sign in front", id="a line that is no block"),
        pytest.param("@ a slot without its bar", id="half a slot"),
    ],
)
def test_what_fails_is_named_at_start_and_the_shipped_letter_goes_out(broken: str) -> None:
    letters = own(kinds__confirmed_j2="! DONE: {{ where }}\n" + broken)
    problems = check_all(letters)
    assert any(problem.startswith("en/confirmed: ") for problem in problems)
    assert not any("/cancelled" in problem for problem in problems)
    assert letters.render(letter()) == LETTERS.render(letter())


def test_a_broken_sentence_falls_back_too() -> None:
    letters = own(en__letters_toml='[confirmed]\nlead = "{{ nothing_of_this_name }}"')
    assert any(problem.startswith("en/confirmed: ") for problem in check_all(letters))
    assert letters.render(letter()) == LETTERS.render(letter())


@pytest.mark.parametrize("toml", ["[confirmed", "[confirmed]\nlead = 3", "lead = [1]"])
def test_a_file_that_is_no_table_of_sentences_is_refused_with_its_name(toml: str) -> None:
    with pytest.raises(PhraseError, match="letters"):
        own(en__letters_toml=toml)


def test_html_of_an_own_layout_is_escaped_as_well() -> None:
    layout = "{% for g in groups %}{% for b in g.blocks %}{{ b.text }}{% endfor %}{% endfor %}"
    letters = Letters(TEMPLATES, reply_to=DESK, overrides=DictLoader({"layout.html": layout}))
    assert "<b>" not in letters.render(letter(LetterKind.DECLINED, text="<b>x</b>")).html


def test_a_sentence_that_a_language_lacks_is_named() -> None:
    complete = {name: TEMPLATES.get_source(LETTERS_ENV, name)[0] for name in TEXTS}
    complete["es/labels.toml"] = complete["es/labels.toml"].replace('product = "Producto"\n', "")
    problems = check_all(Letters(DictLoader(complete), reply_to=DESK))
    assert "es: no sentence for labels.product" in problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_values(language: str) -> None:
    phrases, english = LETTERS.phrases(language), LETTERS.phrases("en")
    assert phrases.names() == english.names()
    assert {f"labels.{field.value}" for field in Field} <= phrases.names()
    different = [name for name in english.names() if used(phrases.source(name)) != used(english.source(name))]
    assert different == []


def used(source: str) -> set[str]:
    """The values a sentence speaks of."""
    return meta.find_undeclared_variables(LETTERS_ENV.parse(source)) - {"where"}


def test_a_sentence_of_ones_own_that_cannot_be_said_lists_the_facts() -> None:
    letters = own(en__findings_toml='TEST-1 = "{{ 1 / 0 }}"\nTEST-2 = "{{ nobody }}"\nDAY-3 = "Closed on {{ day }}."')
    voice = letters.wording("en", "Europe/Berlin", "Europe/Berlin")
    found = [
        Finding(rule, True, False, Severity.BLOCKS, {"day": date(2027, 1, 6)}) for rule in ("TEST-1", "TEST-2", "DAY-3")
    ]
    day = "Wednesday 6 January 2027"
    assert [finding_in_words(each, voice) for each in found] == [
        f"TEST-1: day: {day}", f"TEST-2: day: {day}", f"Closed on {day}. (DAY-3)",
    ]  # fmt: skip
