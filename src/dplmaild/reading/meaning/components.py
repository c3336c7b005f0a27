"""`prod` deploys components: what else would be a product or a target version is part of their names there."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dplmaild.deployment.said import Found
from dplmaild.deployment.terms import Component, Deployment, Field
from dplmaild.reading.fields import FieldsRead, Sentence
from dplmaild.reading.fields.prose_taking import replaced
from dplmaild.reading.lexicon import lexicon

# A name with a hyphen or underscore in it, and the number behind it.
_NAMED = re.compile(
    r"(?<![\w@.-])(?P<name>[^\W\d_][^\W_]{0,40}(?:[-_][^\W_]{1,40}){1,6})\s[vV]?(?P<version>\d{1,9}(?:\.\d{1,9}){1,5})"
)


# Such a name anywhere in a sentence.
_NAME = re.compile(r"(?<![\w@.-])[^\W\d_][^\W_]{0,40}(?:[-_][^\W_]{1,40}){1,6}(?![\w@.-])")
_NO_NAME = ("deploy_word", "types.", "environments.")  # `Code-Deployment`, `PRD-LV`


def with_components(read: FieldsRead, own: Sequence[Sentence]) -> FieldsRead:
    """What was read, in the words of `prod`."""
    said = _said(own) or _named_apart(read, own)
    deployments = tuple(_of_components(one, tuple(said)) for one in read.deployments)
    gone = {Field.PRODUCT} | ({Field.TARGET_VERSION} if any(one.components for one in deployments) else set())
    found = tuple(each for each in read.found if each.field not in gone)
    told = any(each.field is Field.COMPONENTS for each in read.found)
    if not told and said and deployments:
        name, sentence = next(iter(said.items()))
        found = (*found, Found(Field.COMPONENTS, f"{name.name} {name.version}", sentence.place))
    return replace(read, deployments=deployments, found=found)


def _said(own: Sequence[Sentence]) -> dict[Component, Sentence]:
    """Components that sentences ask for."""
    usable = [sentence for sentence in own if not sentence.idle]
    return {
        Component(match["name"], match["version"]): sentence
        for sentence in usable
        for match in _NAMED.finditer(sentence.text)
        if not _is_replaced(match.start(), sentence)
    }


def _is_replaced(start: int, sentence: Sentence) -> bool:
    index = next((i for i, token in enumerate(sentence.scan.tokens) if token.end > start), 0)
    return replaced(sentence, index)


def _named_apart(read: FieldsRead, own: Sequence[Sentence]) -> dict[Component, Sentence]:
    """`El addon-x no es el 3.4.2 sino el 3.4.3`: the one number that counts, and the one name in its sentence."""
    versions = {one.target_version.text for one in read.deployments if one.target_version}
    if len(versions) != 1 or any(one.components for one in read.deployments):
        return {}
    version = versions.pop()
    found = {}
    for sentence in own:
        names = {name for name in _NAME.findall(sentence.text) if _is_a_component(name)}
        if version in sentence.text and len(names) == 1 and not sentence.idle:
            found[Component(names.pop(), version)] = sentence
    return found


def _is_a_component(name: str) -> bool:
    scan = lexicon().scan(name)
    return not any(scan.of(kind) for kind in _NO_NAME)


def _of_components(one: Deployment, said: tuple[Component, ...]) -> Deployment:
    components = one.components or said
    versions = {component.version for component in components}
    target = None if one.target_version and one.target_version.text in versions else one.target_version
    return replace(one, product=None, components=components, target_version=target)
