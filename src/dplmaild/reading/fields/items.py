"""Several deployments told one after the other, a sentence or list item each (INST-8)."""

import re
from collections.abc import Sequence

from dplmaild.deployment.terms import Environment, Field, Product
from dplmaild.reading.fields.moments import Clock
from dplmaild.reading.fields.prose import places_named, products_named, read_prose
from dplmaild.reading.fields.prose_moments import moments_said
from dplmaild.reading.fields.sentences import Sentence, sentence
from dplmaild.reading.fields.settle import Settled

_Key = tuple[Environment | None, Product | None]
_SHARED = (Field.TYPE, Field.SPECIAL_ACTIVITIES, Field.CURRENT_VERSION, Field.TARGET_VERSION)
_AND = re.compile(r",?\s(?:and|und|sowie|y|i)\s", re.IGNORECASE)
_MOST_PARTS = 6


def items_of(said: Sequence[Sentence], settled: Settled, clock: Clock) -> tuple[Sentence, ...]:
    """The sentences that each name one place or product and one moment to come of their own; none where unsure."""
    if {"when", "environment", "product"} & settled.said.keys() or settled.questions:
        return ()
    seen: dict[_Key, Sentence] = {}
    for one in said:
        key = _key(one, clock)
        if key is None:
            continue
        if key in seen:
            return ()
        seen[key] = one
    return tuple(seen.values()) if len(seen) > 1 and _told_apart(tuple(seen)) else ()


def parts_of(said: Sequence[Sentence], clock: Clock) -> tuple[Sentence, ...]:
    """`A hotfix for IOM on Monday at ten and a PWA release on Tuesday at two`: such a sentence is one for each."""
    return tuple(part for one in said for part in _parts(one, clock))


def _parts(one: Sentence, clock: Clock) -> tuple[Sentence, ...]:
    pieces = _AND.split(one.text) if one.asks and not one.question else []
    if not 1 < len(pieces) <= _MOST_PARTS:
        return (one,)
    parts = tuple(sentence(piece, one.place) for piece in pieces)
    keys = [_key(part, clock) for part in parts]
    kinds = {key[1] for key in keys if key is not None} - {None}
    return parts if len(kinds) == len(parts) else (one,)  # two places of one product share what the sentence says


def _key(sentence: Sentence, clock: Clock) -> _Key | None:
    """What one sentence is about, where it plans one thing: not what was tested, promised, or is told besides."""
    if sentence.idle or sentence.question or sentence.scan.has("tested", "aside", "promise"):
        return None
    moments = [moment.utc for _, moment in moments_said([sentence], clock)]
    if len(moments) != 1 or moments[0] is None or moments[0] <= clock.said_on:
        return None
    places, kinds = places_named(sentence), products_named(sentence)
    if len(places) > 1 or len(kinds) > 1 or not (places or kinds):
        return None
    return places[0] if places else None, kinds[0] if kinds else None


def _told_apart(keys: Sequence[_Key]) -> bool:
    """Whether all name a place and it differs, or all name a product and it differs."""
    places, kinds = {key[0] for key in keys}, {key[1] for key in keys}
    return (None not in places and len(places) == len(keys)) or (None not in kinds and len(kinds) == len(keys))


def read_items(items: Sequence[Sentence], said: Sequence[Sentence], settled: Settled, clock: Clock) -> list[Settled]:
    """A deployment for each; what the other sentences say holds for all."""
    read_prose([one for one in said if one not in items], settled, clock)
    parts = [_item(settled, sentence, clock) for sentence in items]
    products = {part.said.get(Field.PRODUCT.value) for part in parts}
    for kind in _SHARED if len(products) == 1 else (Field.SPECIAL_ACTIVITIES,):
        values = {part.said[kind.value] for part in parts if kind.value in part.said}
        for part in parts if len(values) == 1 else ():
            part.said.setdefault(kind.value, next(iter(values)))
    return parts


def _item(settled: Settled, sentence: Sentence, clock: Clock) -> Settled:
    """Its own sentence first, what is said of all behind it."""
    part = Settled()
    read_prose([sentence], part, clock)
    part.said = {kind: value for kind, value in settled.said.items() if kind != Field.WHEN.value} | part.said
    part.found += [found for found in settled.found if found.field is not Field.WHEN]
    part.several_environments, part.several_products = (), ()
    return part
