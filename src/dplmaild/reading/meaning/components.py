"""`prod` deploys components: what else would be a product or a target version is part of their names there."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dplmaild.deployment.said import Found
from dplmaild.deployment.terms import Component, Deployment, Field
from dplmaild.reading.fields import FieldsRead, Sentence

# A name with a hyphen or underscore in it, and the number behind it.
_NAMED = re.compile(
    r"(?<![\w@.-])(?P<name>[^\W\d_][^\W_]{0,40}(?:[-_][^\W_]{1,40}){1,6})\s[vV]?(?P<version>\d{1,9}(?:\.\d{1,9}){1,5})"
)


def with_components(read: FieldsRead, own: Sequence[Sentence]) -> FieldsRead:
    """What was read, in the words of `prod`."""
    said = _said(own)
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
    }


def _of_components(one: Deployment, said: tuple[Component, ...]) -> Deployment:
    components = one.components or said
    versions = {component.version for component in components}
    target = None if one.target_version and one.target_version.text in versions else one.target_version
    return replace(one, product=None, components=components, target_version=target)
