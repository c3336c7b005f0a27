"""The sentences of a language: small templates in TOML, with a customer's own ones laid over them."""

import tomllib
from collections.abc import Mapping
from copy import copy

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound

from dplmaild.ports import DplmaildError
from dplmaild.writing.clean import LINE_LIMIT, one_line
from dplmaild.writing.own import OwnEnvironment, with_steps
from dplmaild.writing.unbroken import unbroken

FILES = ("letters", "common", "questions", "findings", "labels", "words", "policy", "ops", "board")
LANGUAGES = ("en", "es", "de", "ca")
FALLBACK = "en"

Worded = Mapping[str, object]
_SAID = "said: "


class PhraseError(DplmaildError):
    """A sentence is missing or its file cannot be read; the message names which."""


def letter_environment(loader: BaseLoader, *, shipped: bool = False) -> Environment:
    """Where content is worded: an unknown name is an error, every value becomes one harmless line.

    What is not `shipped` with the program runs in a sandbox, which takes its time at every dot of a template.
    """
    environment = _kind(shipped)(
        loader=loader,
        auto_reload=False,  # a changed file counts from the next start, like the configuration
        undefined=StrictUndefined,
        finalize=lambda value: one_line(str(value), LINE_LIMIT),
        autoescape=False,  # this writes blocks; the HTML layout escapes every one of them
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["first_upper"] = lambda text: text[:1].upper() + text[1:]
    return environment


def layout_environment(loader: BaseLoader, *, html: bool, shipped: bool = False) -> Environment:
    """Where blocks are laid out; in HTML every value is escaped."""
    environment = _kind(shipped)(
        loader=loader,
        auto_reload=False,
        undefined=StrictUndefined,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    return environment


def _kind(shipped: bool) -> type[Environment]:
    return Environment if shipped else OwnEnvironment


class Phrases:
    """The sentences of one language by their dotted name: `letters.confirmed.lead`."""

    def __init__(self, environment: Environment, language: str) -> None:
        self._language = language
        self._environment = environment
        self._sandbox = letter_environment(environment.loader) if environment.loader else environment
        self._sentences: dict[str, str] = {}
        self._own: frozenset[str] = frozenset()  # what did not ship with the program
        self._templates: dict[str, Template] = {}
        self._named: dict[str, frozenset[str]] = {}  # by the beginning of the name
        for name in FILES:
            self._sentences.update(_flat(name, _tables(environment, f"{language}/{name}.toml")))

    def with_own(self, own: Mapping[str, str]) -> "Phrases":
        """These sentences with others over them that did not ship; those are said in the sandbox."""
        other = copy(self)
        other._sentences = {**self._sentences, **own}
        other._own = self._own | own.keys()
        other._templates, other._named = {}, {}
        return other

    def with_more(self, sentences: Mapping[str, str]) -> "Phrases":
        """With sentences for what a desk's profiles name and the files do not know."""
        return self.with_own({name: text for name, text in sentences.items() if name not in self._sentences})

    def names(self, prefix: str = "") -> frozenset[str]:
        """The names of all sentences that begin so."""
        if prefix not in self._named:
            self._named[prefix] = frozenset(name for name in self._sentences if name.startswith(prefix))
        return self._named[prefix]

    def source(self, name: str) -> str:
        """A sentence as its file has it; raises PhraseError."""
        try:
            return self._sentences[name]
        except KeyError as error:
            raise PhraseError(f"no sentence named {name!r}: add it to the language's TOML files") from error

    def say(self, name: str, worded: Worded) -> str:
        """The sentence with the values filled in; raises PhraseError, or jinja2's error for an unknown value."""
        source = self.source(name)
        if "{" not in source:
            return source
        own = name in self._own
        if name not in self._templates:
            self._templates[name] = (self._sandbox if own else self._environment).from_string(source)
        try:
            return " ".join(self._templates[name].render(with_steps(worded) if own else worded).split())
        except Exception as error:
            error.add_note(f"{_SAID}{self._language}/{name}")
            raise


def said_in(error: BaseException) -> str | None:
    """The sentence that an error was raised in, as `de/letters.confirmed.lead`; None where it was none."""
    notes: list[str] = getattr(error, "__notes__", [])
    return next((note.removeprefix(_SAID) for note in notes if note.startswith(_SAID)), None)


def _tables(environment: Environment, path: str) -> Mapping[str, object]:
    if environment.loader is None:
        raise PhraseError("no template folder was given")
    try:
        source, _, _ = environment.loader.get_source(environment, path)
        return tomllib.loads(source)
    except TemplateNotFound:
        return {}  # `check_all` finds what a language lacks
    except tomllib.TOMLDecodeError as error:
        raise PhraseError(f"{path}: {error}") from error


def _flat(prefix: str, table: Mapping[str, object]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, Mapping):
            found.update(_flat(name, value))
        elif isinstance(value, str):
            found[name] = value
        else:
            raise PhraseError(f"{name}: a sentence is a text, not {value!r}")
    return found
