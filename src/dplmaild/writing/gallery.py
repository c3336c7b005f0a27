"""Every letter in every language with sample facts: to look at, and to find what a customer's own templates break."""

from collections.abc import Iterator

from jinja2 import TemplateError

from dplmaild.deployment.terms import Field
from dplmaild.ports import DplmaildError
from dplmaild.writing.letters import Letters
from dplmaild.writing.phrases import FALLBACK, LANGUAGES
from dplmaild.writing.samples import sample_letters


def gallery(letters: Letters) -> Iterator[tuple[str, str, str]]:
    """Name (`en/confirmed`), text and HTML of every sample letter; raises nothing for shipped templates."""
    for language in LANGUAGES:
        for name, letter in sample_letters(language).items():
            written = letters.render(letter)
            yield f"{language}/{name}", written.text, written.html


def check_all(letters: Letters) -> list[str]:
    """What is wrong with the templates and sentences in force, one line each; empty when all is well."""
    return [*_incomplete(letters), *_failing(letters)]


def _incomplete(letters: Letters) -> Iterator[str]:
    wanted = letters.phrases(FALLBACK).names() | {f"labels.{field.value}" for field in Field}
    for language in LANGUAGES:
        for name in sorted(wanted - letters.phrases(language).names()):
            yield f"{language}: no sentence for {name}"


def _failing(letters: Letters) -> Iterator[str]:
    for language in LANGUAGES:
        for name, letter in sample_letters(language).items():
            try:
                letters.render_strictly(letter)
            except (TemplateError, DplmaildError, ArithmeticError, LookupError, TypeError, ValueError) as error:
                yield f"{language}/{name}: {error}"
