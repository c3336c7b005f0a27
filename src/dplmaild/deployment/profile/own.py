"""What a profile adds to the glossary: own fields, and own rules over them (POLICY-1)."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator
from pydantic import Field as Key

from dplmaild.deployment.configured import Strict
from dplmaild.deployment.profile.scope import RuleChoice
from dplmaild.deployment.profile.spans import Count
from dplmaild.deployment.terms import Field

_NAME = re.compile(r"[a-z][a-z0-9_]{1,38}")
Words = Mapping[str, str]  # by language: en, de, es, ca


def _in_english(words: Words) -> Words:
    if "en" not in words:
        raise ValueError('words are needed in English at least: { en = "..." }')
    if any("{" in text for text in words.values()):
        raise ValueError("words are plain text, without braces")
    return words


Spoken = Annotated[Words, AfterValidator(_in_english)]


class Kind(StrEnum):
    """How the answer to an own field is read."""

    TEXT = "text"
    YES_NO = "yes_no"
    DAY = "day"
    NUMBER = "number"


class OwnField(Strict):
    """Something that requests or instructions state in this process and in no other."""

    name: Field
    kind: Kind = Kind.TEXT
    title: Spoken  # what the form calls it; a mail that answers the form uses the same words
    labels: tuple[str, ...] = ()  # what else people write before the colon

    @model_validator(mode="after")
    def _is_new(self) -> Self:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r}: small letters, digits and _ make the name of a field")
        if self.name in Field.shipped:
            raise ValueError(f"{self.name} is a field already")
        return self


class Ahead(Strict):
    """How far before the deployment day a day has to lie."""

    days: int = Key(ge=0, le=366)
    count: Count = Count.CALENDAR  # calendar or working days

    @model_validator(mode="after")
    def _in_days(self) -> Self:
        if self.count is Count.HOURS:
            raise ValueError("a day lies calendar or working days ahead, not hours")
        return self


class OwnRule(RuleChoice):
    """A rule over one field, the desk's own; exactly one of the demands is made. `words` say it when it is broken."""

    id: str = Key(pattern=r"^[A-Z][A-Z0-9]{1,11}-\d{1,3}$")
    field: Field
    words: Spoken
    is_yes: bool = False  # answered by yes
    one_of: tuple[str, ...] = ()  # one of these texts, whatever their case
    at_least: float | None = None  # a number not below
    at_most: float | None = None  # a number not above
    ahead: Ahead | None = None  # a day that lies at least so far before the deployment day
    not_older: Ahead | None = None  # a day that lies at most so far before it

    @model_validator(mode="after")
    def _one_demand(self) -> Self:
        bounded = self.at_least is not None or self.at_most is not None
        made = (self.is_yes, bool(self.one_of), bounded, self.ahead is not None, self.not_older is not None)
        if sum(made) != 1:
            raise ValueError("one demand: is_yes, one_of, at_least and at_most, ahead or not_older")
        return self

    @property
    def kind(self) -> Kind:
        """The kind of field that this demand can be made of."""
        if self.ahead or self.not_older:
            return Kind.DAY
        if self.one_of:
            return Kind.TEXT
        return Kind.YES_NO if self.is_yes else Kind.NUMBER
