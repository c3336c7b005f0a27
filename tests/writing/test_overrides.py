"""A customer's own templates and sentences: in part, in a sandbox, and never a reason for no letter at all."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce

import pytest
from jinja2 import DictLoader

from dplmaild.deployment.owed import LetterKind
from dplmaild.deployment.terms import Finding, Severity
from dplmaild.writing.findings import finding_in_words
from dplmaild.writing.gallery import check_all, gallery
from dplmaild.writing.letters import Letters
from dplmaild.writing.own import Fault
from writing.build import DESK, LETTERS, LETTERS_ENV, TEMPLATES, letter


def own(**files: str) -> Letters:
    """Letters with these files laid over the shipped ones; `__` in a name stands for a slash, `_toml` for its end."""
    spelt = (("__", "/"), ("_toml", ".toml"), ("_j2", ".j2"), ("_html", ".html"), ("_txt", ".txt"))
    return laid_over(
        {reduce(lambda name, pair: name.replace(*pair), spelt, name): text for name, text in files.items()}
    )


def laid_over(files: Mapping[str, str]) -> Letters:
    """Letters with these files laid over the shipped ones."""
    return Letters(TEMPLATES, reply_to=DESK, overrides=DictLoader(dict(files)))


def only(faults: Sequence[Fault]) -> Fault:
    """The one thing that is wrong."""
    assert len(faults) == 1, faults
    return faults[0]


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
    assert check_all(letters) == []


def test_a_part_of_ones_own_can_be_taken_in() -> None:
    part = "{% for number, slot in slots %}\n* {{ slot | upper }}{% if not loop.last %};{% endif %}\n\n{% endfor %}"
    letters = own(kinds__confirmed_j2='! DONE: {{ where }}\n{% include "parts/ours.j2" %}', parts__ours_j2=part)
    assert check_all(letters) == []


def test_every_file_that_ships_can_be_copied_and_is_good_as_it_stands() -> None:
    """An operator starts from a copy of ours: nothing in it is beyond what a letter of one's own may do."""
    shipped = [name for name in TEMPLATES.list_templates() if name.endswith((".toml", ".j2", ".txt", ".html"))]
    texts = [name for name in shipped if not name.startswith("board/")]
    letters = laid_over({name: TEMPLATES.get_source(LETTERS_ENV, name)[0] for name in texts})
    assert letters.faults == ()
    assert {*texts} >= {path for path in letters.own if path.endswith((".j2", ".txt", ".html"))}
    assert list(gallery(letters, ["ca"])) == list(gallery(LETTERS, ["ca"]))


def test_the_pages_of_the_board_stay_as_they_ship_and_its_sentences_can_be_ones_own() -> None:
    letters = laid_over({"board/day.html": "<p>", "de/board.toml": 'day = "Heute"'})
    assert [(fault.path, "nothing uses it" in fault.text) for fault in letters.faults] == [("board/day.html", True)]
    assert letters.phrases("de").source("board.day") == "Heute"


# What a template of one's own may not do: why, and a word of what is said to its author.
FORBIDDEN = [
    pytest.param("{{ nothing_of_this_name }}", "no value 'nothing_of_this_name'", id="an unknown value"),
    pytest.param("{{ 1 / 0 }}", "may not use the operator '/'", id="arithmetic"),
    pytest.param("{% if %}", "Expected an expression", id="no template at all"),
    pytest.param("{{ ''.__class__.__mro__[1].__subclasses__() }}", "call nothing but", id="a way out of the sandbox"),
    pytest.param("{{ say.__globals__ }}", "may not look at this: __globals__", id="another way out"),
    pytest.param("{{ say['__globals__'] }}", "begins with a line", id="the same in brackets"),
    pytest.param("{{ ''['__class__'] }}", "begins with a line", id="a class in brackets"),
    pytest.param("{{ title | attr('__class__') }}", "the filters", id="a filter that looks at attributes"),
    pytest.param("{{ title.upper() }}", "may call nothing but", id="a method of a value"),
    pytest.param("{{ '{0.__class__}'.format(title) }}", "may call nothing but", id="a format that looks inside"),
    pytest.param("{{ _steps }}", "no letter knows this value: _steps", id="its own limits"),
    pytest.param("{{ slots.append(1) }}", "may call nothing but", id="a change of the values"),
    pytest.param("{% for i in range(10**9) %}{% endfor %}", "may call nothing but", id="an endless loop"),
    pytest.param("{% for i in range(99999) %}{% endfor %}", "may call nothing but", id="a long loop"),
    pytest.param("{{ 'x' * 1000000000 }}", "may not use the operator '*'", id="a huge text"),
    pytest.param("{{ '%1000000000d' % 1 }}", "may not use the operator '%'", id="a wide number"),
    pytest.param("{{ 'x' | center(1000000000) }}", "the filters", id="a wide column"),
    pytest.param("{% set a = title ~ title %}", "has to be a value", id="a text that doubles"),
    pytest.param("{% set a %}{{ title }}{{ title }}{% endset %}", "may not use {% assignblock", id="such a block"),
    pytest.param("{% macro f() %}{{ f() }}{% endmacro %}", "may not use {% macro %}", id="what calls itself"),
    pytest.param("{% for a in slots recursive %}{% endfor %}", "may not call itself", id="a loop that calls itself"),
    pytest.param("{% include 'kinds/confirmed.j2' %}", "which is itself", id="what takes in itself"),
    pytest.param("{% extends 'kinds/confirmed.j2' %}", "which is itself", id="what extends itself"),
    pytest.param("{% include 'parts/none.j2' %}", "takes in parts/none.j2, which is not there", id="a missing part"),
    pytest.param("{% include '../../secrets/imap' %}", "which is not there", id="a file beside the folder"),
    pytest.param("{% include title %}", "whose name it reckons", id="a part that a mail names"),
    pytest.param("{% import 'letter.j2' as x %}", "may not use {% import %}", id="an import"),
    pytest.param("{{ say('letters.none.such') }}", "no sentence named 'letters.none.such'", id="an unknown sentence"),
    pytest.param("no sign in front", "starts with none of the signs", id="a line that is no block"),
    pytest.param("@ a slot without its bar", "two halves with a bar between", id="half a slot"),
    pytest.param("> " + "(" * 300 + "{{ " + "(" * 300 + "title" + ")" * 300 + " }}", "", id="too deep"),
    pytest.param("> x" * 30_000, "longer than 65536 characters", id="too long"),
]  # fmt: skip


@pytest.mark.parametrize(("broken", "why"), FORBIDDEN)
def test_what_fails_is_named_at_start_and_the_shipped_letter_goes_out(broken: str, why: str) -> None:
    letters = own(kinds__confirmed_j2="! DONE: {{ where }}\n" + broken)
    problems = letters.faults or check_all(letters)  # what cannot be seen is found by wording every letter
    assert problems
    assert {problem.path for problem in problems} <= {"kinds/confirmed.j2", ""}
    assert any(why in problem.text for problem in problems), problems
    assert not any("/cancelled" in problem.text for problem in problems)
    sent = letters.render(letter())
    assert (sent.text, sent.html) == (LETTERS.render(letter()).text, LETTERS.render(letter()).html)


@pytest.mark.parametrize(
    ("broken", "why"), [each for each in FORBIDDEN if "{{" in str(each.values[0]) and "say(" not in str(each.values[0])]
)
def test_a_sentence_may_do_no_more_than_a_template(broken: str, why: str) -> None:
    letters = laid_over({"en/letters.toml": f"[cancelled]\nlead = 'Gone.'\n[confirmed]\nlead = '''{broken}'''"})
    assert only(letters.faults).key == ("confirmed", "lead")
    assert letters.render(letter()).text == LETTERS.render(letter()).text
    assert "Gone." in letters.render(letter(LetterKind.CANCELLED)).text  # the good one beside it counts


def test_a_profiles_own_words_are_said_in_the_sandbox_too() -> None:
    rule = "{{ ''.__class__.__mro__ }} {{ 'x' * 1000000000 }}"
    letters = Letters(TEMPLATES, reply_to=DESK, words={"en": {"findings.OWN-1": rule}})
    found = Finding("OWN-1", True, False, Severity.BLOCKS, {"day": date(2027, 1, 6)})
    voice = letters.wording("en", "Europe/Berlin", "Europe/Berlin")
    assert finding_in_words(found, voice) == "OWN-1: day: Wednesday 6 January 2027"


@pytest.mark.parametrize(
    ("files", "path", "line"),
    [
        pytest.param(
            {"kinds/confirmed.j2": "! x: {{ where }}\n\n> {{ nobody }}"}, "kinds/confirmed.j2", 3, id="a value"
        ),
        pytest.param({"parts/rows.j2": "* x\n{% for x in %}\n{% endfor %}"}, "parts/rows.j2", 2, id="no template"),
        pytest.param({"layout.txt": "a\nb\n{{ 1 + 1 }}"}, "layout.txt", 3, id="what is forbidden"),
        pytest.param({"en/common.toml": 'subject = "x"\nfoot = "'}, "en/common.toml", 2, id="no TOML"),
        pytest.param({"kinds/confirmed.j2": "! x: y\n> {{ deadline.day }}"}, "kinds/confirmed.j2", 2, id="when worded"),
    ],
)
def test_a_fault_is_named_with_file_and_line(files: dict[str, str], path: str, line: int) -> None:
    letters = laid_over(files)
    fault = only(letters.faults or check_all(letters))
    assert (fault.path, fault.line) == (path, line)


@pytest.mark.parametrize(
    ("files", "path", "key", "why"),
    [
        pytest.param({"en/letters.toml": "[confirmed]\nlead = 3"}, "en/letters.toml", ("confirmed", "lead"),
                     "is a text", id="a number"),
        pytest.param({"en/letters.toml": "lead = [1]"}, "en/letters.toml", ("lead",), "is a text", id="a list"),
        pytest.param({"en/letters.toml": "[confirmd]\nlead = 'x'"}, "en/letters.toml", ("confirmd", "lead"),
                     "no such sentence", id="a sentence that nothing says"),
        pytest.param({"de/letters.toml": "[confirmed]\nlead = '{{ deadlin }}'"}, "de/letters.toml",
                     ("confirmed", "lead"), "no value 'deadlin'", id="a value misspelt"),
        pytest.param({"de/findings.toml": "DAY-3 = '{{ dya }}'"}, "de/findings.toml", ("DAY-3",),
                     "no value 'dya'", id="a fact misspelt"),
        pytest.param({"kinds/confirmd.j2": "! x: y"}, "kinds/confirmd.j2", (), "no such file", id="a letter misspelt"),
        pytest.param({"fr/letters.toml": ""}, "fr/letters.toml", (), "no such file", id="a language we do not write"),
        pytest.param({"en/common.toml": "[condition]\nPRE-1 = '{{ slot.x }}'"}, "en/common.toml",
                     ("condition", "PRE-1"), "cannot be worded", id="a sentence that fails when it is said"),
    ],
)  # fmt: skip
def test_a_fault_of_a_sentence_is_named_with_its_key(
    files: dict[str, str], path: str, key: tuple[str, ...], why: str
) -> None:
    letters = laid_over(files)
    said = [f for f in (letters.faults or check_all(letters)) if (f.path, f.key) == (path, key)]
    assert why in only(said).text


@pytest.mark.parametrize(
    ("html", "what"),
    [
        pytest.param('<img src="https://example.net/logo.png">', "src=", id="a remote picture"),
        pytest.param('<img src="{{ groups[0].blocks[0].text }}">', "src=", id="a picture that a mail names"),
        pytest.param("<script>x()</script>", "<script>", id="a script"),
        pytest.param('<table background="//example.net/x"></table>', "background=", id="a background"),
        pytest.param("<style>p { background: url(https://example.net/x) }</style>", "url(", id="a style"),
        pytest.param('<link rel="stylesheet" href="https://example.net/x.css">', "<link>", id="a style sheet"),
        pytest.param("{{ groups[0].blocks[0].text | safe }}", "filters", id="mail text as HTML"),
        pytest.param("{% autoescape false %}{{ tone }}{% endautoescape %}", "may not use", id="nothing escaped"),
    ],
)
def test_a_layout_of_ones_own_loads_nothing_and_escapes_everything(html: str, what: str) -> None:
    letters = own(layout_html=f"<html><body>{html}</body></html>")
    assert what in only(letters.faults).text
    assert letters.render(letter()) == LETTERS.render(letter())


def test_a_picture_inside_the_mail_may_stay() -> None:
    letters = own(layout_html='<img src="data:image/png;base64,AA==" alt="x">{{ groups[0].blocks[0].text }}')
    assert check_all(letters) == []


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"kinds/confirmed.j2": "> Bye."}, id="a letter without its first line"),
        pytest.param({"kinds/confirmed.j2": "{% if tests_until %}! x: y{% endif %}"}, id="an empty letter"),
        pytest.param({"en/letters.toml": "[confirmed]\nstate = ''"}, id="a first line without its state"),
    ],
)
def test_a_letter_begins_with_its_state_whoever_wrote_it(files: dict[str, str]) -> None:
    letters = laid_over(files)
    assert any("begins with its state" in fault.text for fault in check_all(letters))
    assert letters.render(letter()).text == LETTERS.render(letter()).text


def test_what_no_letter_is_made_of_may_lie_beside_them() -> None:
    assert check_all(laid_over({"README": "{{ x }}", "kinds/confirmed.j2~": "{{", ".git/x.txt": "{{"})) == []


def test_what_only_real_facts_bring_about_is_told_and_the_shipped_letter_goes_out() -> None:
    """Nested loops over more than a sample has; each turn counts."""
    loops = (
        "{% for a in text %}{% for b in text %}{% for c in text %}{% for d in text %}{% endfor %}" + "{% endfor %}" * 3
    )
    letters = own(kinds__declined_j2="! x: {{ where }}\n" + loops)
    assert check_all(letters) == []
    sent = letters.render(letter(LetterKind.DECLINED, text="\n".join("abcdefghijkl")))
    assert "2000 turns" in sent.not_own
    assert sent.text == LETTERS.render(letter(LetterKind.DECLINED, text="\n".join("abcdefghijkl"))).text


def test_a_joined_text_is_bounded() -> None:
    join = "text | join(text | join(text | join(text | join(text | join))))"
    letters = own(kinds__declined_j2="! x: {{ where }}\n> {{ " + join + " }}")
    sent = letters.render(letter(LetterKind.DECLINED, text="\n".join("abcdefghijkl")))
    assert "20000 characters" in sent.not_own


def test_html_of_an_own_layout_is_escaped_as_well() -> None:
    layout = "{% for g in groups %}{% for b in g.blocks %}{{ b.text }}{% endfor %}{% endfor %}"
    html = own(layout_html=layout).render(letter(LetterKind.DECLINED, text="<b>x</b>")).html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_a_sentence_of_ones_own_that_asks_for_a_fact_which_is_not_there_lists_the_facts() -> None:
    letters = own(en__findings_toml='TEST-1 = "{{ limit }} of {{ tests }}"\nDAY-3 = "Closed on {{ day }}."')
    voice = letters.wording("en", "Europe/Berlin", "Europe/Berlin")
    found = [Finding(rule, True, False, Severity.BLOCKS, {"day": date(2027, 1, 6)}) for rule in ("TEST-1", "DAY-3")]
    day = "Wednesday 6 January 2027"
    assert [finding_in_words(each, voice) for each in found] == [f"TEST-1: day: {day}", f"Closed on {day}. (DAY-3)"]
