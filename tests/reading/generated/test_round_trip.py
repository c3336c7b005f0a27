"""What is put into a form is read back to the letter, or asked about: never as another value."""

from hypothesis import given, settings

from dplmaild.deployment.said import Meaning
from reading.generated import examples
from reading.generated.forms import EVERY_KEY, Form, forms, read_value
from reading.generated.layouts import LAYOUTS, layouts
from reading.generated.mails import mail, said


def differences(meaning: Meaning, form: Form) -> list[tuple[str, object]]:
    """What was read as something else than what was meant, and what was never meant."""
    (one,) = meaning.deployments
    asked = {question.field.value for question in meaning.questions}
    meant = {line.key: line.meant for line in form.lines}
    read = {key: read_value(one, key) for key in EVERY_KEY}
    return [(key, read[key]) for key in EVERY_KEY if read[key] != meant.get(key) and key not in asked]


@given(forms(), layouts)
@settings(max_examples=examples(150), deadline=None)
def test_a_form_is_read_back(form: Form, layout: str) -> None:
    words, is_html = LAYOUTS[layout](form)
    assert differences(said(mail(words, form.language, is_html=is_html)), form) == []
