"""What profiles add to the words of the desk: what its mails may say, and what its letters call it (POLICY-1)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dplmaild.deployment.profile.model import Profile
from dplmaild.deployment.profile.own import OwnField

LANGUAGES = ("en", "de", "es", "ca")  # of letters; a title not given in one of them is said in English


def read_words(profiles: Iterable[Profile]) -> tuple[Mapping[str, Any], ...]:
    """Tables of the shape of a lexicon file, one per language of an own word; empty where there is none."""
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for profile in profiles:
        for section, name, language, words in (*_types(profile), *_environments(profile), *_fields(profile)):
            table = tables.setdefault(language, {}).setdefault(section, {})
            table[name] = words if isinstance(words, str) else list(dict.fromkeys((*table.get(name, ()), *words)))
    return tuple({"language": language, "own": {}, **sections} for language, sections in tables.items())


_Word = tuple[str, str, str, Iterable[str] | str]  # section, key, language, words


def _types(profile: Profile) -> Iterator[_Word]:
    for name, policy in profile.types.items():
        words = [*policy.names, *([policy.title] if policy.title else [])]
        if words:
            yield "types", name, "en", [name.value, *words]
            # A single word could stand in any sentence; it counts behind a label or beside "deployment".
            sure = [word for word in words if len(word.split()) > 1]
            yield "prose_types", name, "en", sure
            for phrase in ("deploy_word", "deploy_thing"):  # whoever asks for a "standard change" asks for a deployment
                yield "phrases", phrase, "en", sure


def _environments(profile: Profile) -> Iterator[_Word]:
    for name, words in profile.environments.items():
        yield "environments", name.upper(), "en", [name, *words]


def _fields(profile: Profile) -> Iterator[_Word]:
    for field in profile.fields:
        yield "own", field.name, "en", field.kind.value
        for language, title in field.title.items():
            yield "labels", field.name, language, [title, *(field.labels if language == "en" else ())]


def letter_words(profiles: Iterable[Profile]) -> Mapping[str, Mapping[str, str]]:
    """By language, then by the name of the sentence: labels of own fields, names of own types, own rules' sentences."""
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for profile in profiles:
        for language, sentences in found.items():
            sentences |= {f"labels.{own.name}": own.title.get(language, own.title["en"]) for own in profile.fields}
            sentences |= {f"findings.{own.id}": own.words.get(language, own.words["en"]) for own in profile.own_rules}
            sentences |= {f"words.type.{name}": kind.title for name, kind in profile.types.items() if kind.title}
    return found


def disagreements(profiles: Iterable[Profile]) -> Iterator[tuple[str, str]]:
    """Own fields of one name that two profiles mean differently: mails are read before it is known whose they are."""
    known: dict[str, tuple[str, OwnField]] = {}
    for profile in profiles:
        for field in profile.fields:
            whose, other = known.setdefault(field.name, (profile.id, field))
            if other != field:
                yield profile.id, f"fields: {field.name} is another field than that of {whose}; name one of them anew"
