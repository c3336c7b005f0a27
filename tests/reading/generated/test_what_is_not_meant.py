"""Hidden, struck-out and quoted words change nothing, and every value stands in the words that are seen."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dplmaild.deployment.said import Found, Meaning
from dplmaild.reading.mime import read_message
from dplmaild.reading.visible import visible
from reading.generated import examples
from reading.generated.decorations import decorations
from reading.generated.forms import Form, forms
from reading.generated.layouts import LAYOUTS, layouts
from reading.generated.mails import OPENINGS, mail, said


def stands(found: Found, seen: str) -> bool:
    """Whether the words of a value stand where they can be read; a list or a date may come from several lines."""
    text = " ".join(found.text.split())
    return text in seen or all(" ".join(line.split()) in seen for line in found.text.split("\n"))


def values_of(meaning: Meaning) -> tuple[object, ...]:
    return meaning.deployments, meaning.questions, [(found.field, found.text) for found in meaning.found]


@given(forms(), layouts)
@settings(max_examples=examples(60), deadline=None)
def test_every_value_stands_in_the_words_that_are_seen(form: Form, layout: str) -> None:
    words, is_html = LAYOUTS[layout](form)
    raw = mail(words, form.language, is_html=is_html)
    seen = " ".join(f"{OPENINGS[form.language][0]} {visible(read_message(raw)).new_text}".split())
    assert [found for found in said(raw).found if not stands(found, seen)] == []


@given(st.data(), forms(), layouts)
@settings(max_examples=examples(120), deadline=None)
def test_what_is_hidden_struck_out_or_quoted_changes_nothing(data: st.DataObject, form: Form, layout: str) -> None:
    words, is_html = LAYOUTS[layout](form)
    decoy = data.draw(forms(form.language))
    changed = words
    for decorate in data.draw(st.lists(decorations(is_html=is_html), min_size=1, max_size=2 if is_html else 1)):
        changed = decorate(changed, decoy)
    plain, decorated = (said(mail(each, form.language, is_html=is_html)) for each in (words, changed))
    assert values_of(decorated) == values_of(plain)
