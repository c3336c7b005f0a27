"""The files of one's own, read once and proofread: what is good comes into force, the rest is named and left out."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from jinja2 import BaseLoader, Environment, FunctionLoader, TemplateError, TemplateSyntaxError, meta

from dplmaild.writing.own.fault import Fault
from dplmaild.writing.own.outside import loads_from_outside

LONGEST = 65_536  # characters of one file
_ENDINGS = (".toml", ".j2", ".txt", ".html")
_UNUSABLE = (TemplateError, RecursionError, SyntaxError, MemoryError)  # too deep for the compiler, too
_LINE = re.compile(r"at line (\d{1,9})")

Sentences = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What a file of one's own can speak of: the shipped files, and per sentence or template the values it has."""

    files: frozenset[str]
    sentences: frozenset[str]
    values: Callable[[str], frozenset[str]]  # of a template's path, or of a sentence's name
    environment: Callable[[str], Environment]  # the sandbox for a template's path, or for a sentence's name


@dataclass(slots=True)
class Proof:
    """What is good of the files of one's own, and what is wrong with the others."""

    templates: dict[str, str] = field(default_factory=dict)
    sentences: dict[str, dict[str, str]] = field(default_factory=dict)  # by language
    faults: list[Fault] = field(default_factory=list)

    @property
    def loader(self) -> BaseLoader:
        """The templates in force, by their paths: an error of theirs names the path."""
        return FunctionLoader(lambda path: (self.templates[path], path, None) if path in self.templates else None)

    @property
    def names(self) -> frozenset[str]:
        """What is in force: paths of templates, and sentences as `de/letters.confirmed.lead`."""
        said = (f"{language}/{name}" for language, sentences in self.sentences.items() for name in sentences)
        return frozenset(chain(self.templates, said))


def proofread(own: BaseLoader, known: Known) -> Proof:
    """Read every file of `own`; raises nothing for anything that can stand in one."""
    proof = Proof()
    for path in own.list_templates():
        if not path.endswith(_ENDINGS) or path.startswith("."):
            continue  # a note beside them, a copy that an editor keeps
        if path not in known.files and not path.startswith("parts/"):
            proof.faults.append(Fault(path, "there is no such file among the letters that ship; nothing uses it"))
            continue
        source = _source(own, path, proof)
        if source is not None and path.endswith(".toml"):
            _sentences(path, source, known, proof)
        elif source is not None:
            proof.templates[path] = source
    _templates(proof, known)
    return proof


def _source(own: BaseLoader, path: str, proof: Proof) -> str | None:
    try:
        source = own.get_source(Environment(), path)[0]  # noqa: S701 - nothing is rendered in it
    except UnicodeDecodeError as error:
        proof.faults.append(Fault(path, f"is not written in UTF-8: {error.reason} at byte {error.start}"))
    except (OSError, TemplateError) as error:
        proof.faults.append(Fault(path, f"cannot be read: {getattr(error, 'strerror', None) or error}"))
    else:
        if len(source) <= LONGEST:
            return source
        proof.faults.append(Fault(path, f"is longer than {LONGEST} characters"))
    return None


def _sentences(path: str, source: str, known: Known, proof: Proof) -> None:
    """The good sentences of one TOML file."""
    language, _, name = path.removesuffix(".toml").partition("/")
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        last = source.count("\n") + 1
        proof.faults.append(Fault(path, f"is no valid TOML: {error}", int(line[1]) if line else last))
        return
    for key, text in _flat(tables):
        why = _mistake(f"{name}.{'.'.join(key)}", text, known)
        if why:
            proof.faults.append(Fault(path, why, key=key))
        else:
            proof.sentences.setdefault(language, {})[f"{name}.{'.'.join(key)}"] = str(text)


def _flat(tables: Mapping[str, object], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, value in tables.items():
        if isinstance(value, Mapping):
            yield from _flat(value, (*above, name))
        else:
            yield (*above, name), value


def _mistake(name: str, text: object, known: Known) -> str | None:
    """What is wrong with one sentence."""
    if not isinstance(text, str):
        return f"a sentence is a text, not {text!r}"
    if name not in known.sentences:
        return "there is no such sentence among those that ship; nothing says it"
    environment = known.environment(name)
    try:
        environment.from_string(text)
        strange = meta.find_undeclared_variables(environment.parse(text)) - known.values(name)
    except _UNUSABLE as error:
        return str(error)
    return _strange(strange, known.values(name)) if strange else None


def _templates(proof: Proof, known: Known) -> None:
    """Leave out templates that cannot be used, and those that need one of them."""
    present = set(known.files) | proof.templates.keys()
    for path, source in sorted(proof.templates.items()):
        fault = _flaw(path, source, known.environment(path), known, present)
        if fault:
            proof.faults.append(fault)
            del proof.templates[path]


def _flaw(path: str, source: str, environment: Environment, known: Known, present: set[str]) -> Fault | None:
    try:
        environment.compile(source, path, path)
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        return Fault(path, error.message or "is no template", error.lineno)
    except _UNUSABLE as error:
        return Fault(path, str(error))
    strange = meta.find_undeclared_variables(tree) - known.values(path)
    if strange:
        line = next((n for n, text in enumerate(source.splitlines(), 1) if any(each in text for each in strange)), None)
        return Fault(path, _strange(strange, known.values(path)), line)
    for name in meta.find_referenced_templates(tree):
        if name not in present or name == path:
            why = "which is itself" if name == path else "which is not there"
            return Fault(path, f"takes in {name or 'a file whose name it reckons'}, {why}")
    outside = loads_from_outside(source) if path.endswith(".html") else None
    return Fault(path, f"loads from outside or runs something ({outside}); no letter does (SEE-4)") if outside else None


def _strange(strange: set[str], known: frozenset[str]) -> str:
    values = ", ".join(sorted(known)) or "none"
    return f"there is no value {', '.join(map(repr, sorted(strange)))} here; there are: {values}"


def used_in(environment: Environment, *sources: str) -> frozenset[str]:
    """The values that these sentences speak of."""
    trees = (environment.parse(source) for source in sources)
    return frozenset(chain.from_iterable(meta.find_undeclared_variables(tree) for tree in trees))
