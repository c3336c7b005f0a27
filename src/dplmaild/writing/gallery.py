"""Every letter in every language with sample facts: to look at, and to find what a customer's own templates break."""

from collections.abc import Iterator, Sequence
from traceback import walk_tb

from dplmaild.deployment.owed import Letter
from dplmaild.deployment.terms import Field
from dplmaild.writing.letters import Letters, Written
from dplmaild.writing.own import Fault
from dplmaild.writing.phrases import FALLBACK, LANGUAGES, said_in
from dplmaild.writing.samples import sample_letters


def gallery(letters: Letters, languages: Sequence[str] = LANGUAGES) -> Iterator[tuple[str, Letter, Written]]:
    """Name (`en/confirmed`), letter and words of every sample letter; raises nothing for shipped templates."""
    for language in languages:
        for name, letter in sample_letters(language).items():
            yield f"{language}/{name}", letter, letters.render(letter)


def check_all(letters: Letters) -> list[Fault]:
    """What is wrong with the templates and sentences in force, each thing once; empty when all is well."""
    return list(dict.fromkeys((*letters.faults, *_incomplete(letters), *_failing(letters))))


def _incomplete(letters: Letters) -> Iterator[Fault]:
    known = letters.phrases(FALLBACK).names()
    wanted = known | {f"labels.{f.value}" for f in Field}
    for language in LANGUAGES:
        for name in sorted(wanted - letters.phrases(language).names()):
            yield Fault(language, f"no sentence for {name}")


def _failing(letters: Letters) -> Iterator[Fault]:
    seen: set[tuple[object, ...]] = set()
    for language in LANGUAGES:
        for name, letter in sample_letters(language).items():
            try:
                letters.render_strictly(letter)
            except Exception as error:  # whatever a template of one's own raises is told, not raised
                path, line, key = _place(error, letters.own)
                place = (path, line, key) if path else (name, str(error))
                if place not in seen:  # one mistake shows in many letters
                    seen.add(place)
                    yield Fault(path, f"{language}/{name} cannot be worded: {error or type(error).__name__}", line, key)


def _place(error: Exception, own: frozenset[str]) -> tuple[str, int | None, tuple[str, ...]]:
    """Where it went wrong: the sentence that was being said, else the last line of a template of one's own."""
    sentence = said_in(error)
    if sentence:
        language, _, name = sentence.partition("/")
        file, *key = name.split(".")
        return f"{language}/{file}.toml", None, tuple(key)
    lines = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    return next(((path, line, ()) for path, line in reversed(lines) if path in own), ("", None, ()))
