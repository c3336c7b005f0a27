"""From labels and words to one deployment: every value read, differing ones asked back."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from dplmaild.deployment.said import Found, Question
from dplmaild.deployment.terms import (
    Deployment,
    Environment,
    Field,
    MomentStatus,
    Options,
    OwnValue,
    Product,
    WrittenMoment,
)
from dplmaild.reading import values
from dplmaild.reading.fields.boxes import ticked
from dplmaild.reading.fields.entries import Entry
from dplmaild.reading.fields.moments import Clock, is_asap, joined_moments, same_moment
from dplmaild.reading.fields.own import own_readers
from dplmaild.reading.fields.versions import split_versions, versions_named
from dplmaild.reading.lexicon import SWITCHES, lexicon

Read = Callable[[str], object | None]  # a value from words, or None where they do not say it
_ARROW = re.compile(r"->|=>|→|➔|⇒")
_MOVED = frozenset({Field.TYPE, Field.TARGET_VERSION, *(Field(name) for name in SWITCHES)})
_MOST_MOMENTS = 30  # that are compared: who says more dates than that is asked anyway


@dataclass(slots=True)
class Settled:
    """One deployment as far as the words go."""

    said: dict[str, object] = field(default_factory=dict)  # by Field's value
    found: list[Found] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    asap: bool = False
    several_environments: tuple[Environment, ...] = ()
    several_products: tuple[Product, ...] = ()

    def take(self, kind: Field, value: object, entry: Entry) -> None:
        """A value that stands."""
        self.said[kind.value] = value
        self.found.append(Found(kind, entry.value, entry.place))

    def ask(self, kind: Field, reason: str, entries: Sequence[Entry]) -> None:
        """Something to be asked back, in the words it was said in."""
        quotes = tuple(dict.fromkeys(entry.value for entry in entries))
        self.questions.append(Question(kind, reason, quotes))


def settle(entries: Sequence[Entry], clock: Clock) -> Settled:
    """Read all entries of one deployment."""
    settled = Settled()
    real = [entry for entry in split_versions(entries) if not _empty(entry)]
    mine: dict[str, list[Entry]] = {}
    for entry in real:
        mine.setdefault(entry.key, []).append(entry)
    for kind in Field:
        if kind is Field.WHEN:
            _settle_when(joined_moments(real), clock, settled)
        elif kind.value in mine:
            _settle(kind, READERS[kind], mine[kind.value], settled)
    for kind, read in own_readers(clock):
        if kind.value in mine:
            _settle(kind, read, mine[kind.value], settled)
    for kind, other, crossed in _CROSSED:
        if kind.value in mine and other.value not in settled.said and other.value not in mine:
            named = {entry: found for entry in mine[kind.value] if (found := crossed(entry.value))}
            _take_crossed(other, named, settled)
    return settled


def _take_crossed(other: Field, said: dict[Entry, tuple[object, ...]], settled: Settled) -> None:
    """`System: ICM / PRD-LV`: a place under the label of a product, a product under that of a place; one, or none."""
    named = {value for values_ in said.values() for value in values_}
    if len(named) == 1:
        entry = next(iter(said))
        settled.take(other, named.pop(), replace(entry, place=replace(entry.place, sure=min(entry.place.sure, 0.8))))


def _empty(entry: Entry) -> bool:
    """`tbd`, `-`, `?` are no values; `none` is one where nothing can be the answer (SCHED)."""
    if entry.key in (Field.SPECIAL_ACTIVITIES, Field.RESTARTS) and values.is_none_word(entry.value):
        return False
    return values.is_placeholder(entry.value)


def _settle(kind: Field, read: Read, entries: list[Entry], settled: Settled) -> None:
    results = [(entry, _value(kind, read, entry.value)) for entry in entries]
    unread = [entry for entry, value in results if value is None and not _names_a_place(kind, entry)]
    results = [(entry, value) for entry, value in results if value is not None or entry in unread]
    if not results:
        return
    if unread:
        settled.ask(kind, _REASONS.get(kind, "answer_unclear"), unread)
        return
    different = list(dict.fromkeys(_comparable(value) for _, value in results))
    if len(different) > 1 and kind in _UNITED:
        settled.take(kind, tuple(dict.fromkeys(x for _, v in results if isinstance(v, tuple) for x in v)), entries[0])
    elif len(different) > 1:
        settled.ask(kind, "conflict", entries)
    else:
        _take(kind, results[0][1], entries[0], settled)


def _value(kind: Field, read: Read, text: str) -> object | None:
    """What a field's words say: of boxes the ticked one, of `no -> yes` what stands behind the arrow."""
    text = ticked(text)
    old, arrow, new = text.partition(_arrow_in(text)) if kind in _MOVED else (text, "", "")
    moved = read(new) if arrow and read(old) is not None else None
    return read(text) if moved is None else moved


def _arrow_in(text: str) -> str:
    """The one arrow of a text; a line's end, which no value has within, where there is none or several."""
    arrows = _ARROW.findall(text)
    return arrows[0] if len(arrows) == 1 else "\0"


def _names_a_place(kind: Field, entry: Entry) -> bool:
    """`System: Produktion`: no product, and none that is unclear."""
    return kind is Field.PRODUCT and bool(values.known_environments(entry.value))


def _take(kind: Field, value: object, entry: Entry, settled: Settled) -> None:
    """One value that all agree on; two environments or products become two deployments later (INST-8)."""
    if kind is Field.ENVIRONMENT and isinstance(value, tuple):
        settled.several_environments = value if len(value) > 1 else ()
        value = value[0]
    if kind is Field.PRODUCT and isinstance(value, tuple):
        settled.several_products = value if len(value) > 1 else ()
        value = value[0]
    settled.take(kind, value, entry)
    if kind is Field.DB_MIGRATE and value is True:
        inside = values.without_parentheses(entry.value)[1]
        named = values.cartridges(", ".join(inside)) or _listed_after_yes(entry.value)
        if named:
            settled.take(Field.CARTRIDGES, named, entry)


def _listed_after_yes(text: str) -> tuple[str, ...]:
    """`yes: app_a, app_b`: names that follow the yes, recognised by their underscores."""
    return tuple(name for name in values.cartridges(text.replace(":", ",")) if "_" in name)


def _settle_when(entries: list[Entry], clock: Clock, settled: Settled) -> None:
    if any(is_asap(entry.value) for entry in entries):
        settled.asap = True
        settled.found.append(Found(Field.WHEN, entries[0].value, entries[0].place))
        return
    read = [(entry, clock.read(entry.value)) for entry in entries[:_MOST_MOMENTS]]
    moments = [(entry, moment) for entry, moment in read if moment is not None]
    if entries and not moments:
        settled.ask(Field.WHEN, "unreadable", entries)
    elif any(not same_moment(moments[0][1], moment) for _, moment in moments[1:]):
        settled.ask(Field.WHEN, "conflict", [entry for entry, _ in moments])
    elif moments:
        take_moment(*_best(moments), settled)


def _best(moments: list[tuple[Entry, WrittenMoment]]) -> tuple[Entry, WrittenMoment]:
    return next((pair for pair in moments if pair[1].status is MomentStatus.EXACT), moments[0])


def take_moment(entry: Entry, moment: WrittenMoment, settled: Settled) -> None:
    """A moment, with the question it leaves open where it is not exact."""
    settled.take(Field.WHEN, moment, entry)
    if moment.status is not MomentStatus.EXACT:
        settled.ask(Field.WHEN, moment.reason or moment.status.value, [entry])


def _comparable(value: object) -> object:
    if isinstance(value, OwnValue):
        told = (value.yes, value.day, value.number)
        return told if any(part is not None for part in told) else value.text.strip().casefold()
    return value.strip().casefold() if isinstance(value, str) else value


def _some(read: Callable[[str], tuple[object, ...]]) -> Read:
    return lambda text: read(text) or None


def _special(text: str) -> str:
    return "none" if values.is_none_word(text) else text


def _lines(text: str) -> tuple[str, ...] | None:
    lines = text.split("\n") if "\n" in text else text.replace(";", ",").split(",")
    return tuple(dict.fromkeys(values.bare(line) for line in lines if values.bare(line))) or None


def _mailing_list(text: str) -> tuple[str, ...] | None:
    """Addresses; `all in Cc` is an answer without addresses of its own."""
    named = values.addresses(text)
    return named if named or lexicon().scan(text).has("copied") else None


def _attendants(text: str) -> tuple[str, ...] | None:
    return values.addresses(text) or _lines(text)


_REASONS = {Field.CURRENT_VERSION: "not_a_version", Field.TARGET_VERSION: "not_a_version"}
_UNITED = (Field.MAILING_LIST, Field.TICKETS, Field.COMPONENTS, Field.ATTENDANT, Field.CARTRIDGES, Field.TESTED_ON)
READERS: dict[Field, Read] = {
    Field.TYPE: values.deployment_type,
    Field.PRODUCT: _some(values.products),
    Field.ENVIRONMENT: _some(values.environments_meant),
    Field.CURRENT_VERSION: values.version,
    Field.TARGET_VERSION: values.version,
    Field.DEPLOY_APP_TIER: values.yes_no,
    Field.DEPLOY_WEB_TIER: values.yes_no,
    Field.INVALIDATE_PAGE_CACHE: values.yes_no,
    Field.DB_MIGRATE: values.yes_no,
    Field.CARTRIDGES: _some(values.cartridges),
    Field.RELEASE_NOTES: str.strip,
    Field.DESCRIPTION: str.strip,
    Field.SPECIAL_ACTIVITIES: _special,
    Field.COMPONENTS: _some(values.components),
    Field.TICKETS: _lines,
    Field.RESTARTS: str.strip,
    Field.DURATION: values.duration,
    Field.TEST_WINDOW: values.duration,
    Field.VALIDATED: str.strip,
    Field.ROLLBACK: str.strip,
    Field.ARTIFACT: str.strip,
    Field.ATTENDANT: _attendants,
    Field.MAILING_LIST: _mailing_list,
    Field.TESTED_ON: _some(values.environments_said_yes),
}

Names = Callable[[str], tuple[object, ...]]
_CROSSED: tuple[tuple[Field, Field, Names], ...] = (
    (Field.PRODUCT, Field.ENVIRONMENT, values.known_environments),
    (Field.ENVIRONMENT, Field.PRODUCT, values.products),
    (Field.TYPE, Field.ENVIRONMENT, values.known_environments),
    (Field.TYPE, Field.PRODUCT, values.products),
    (Field.TYPE, Field.TARGET_VERSION, versions_named),
)

_OPTIONS = {
    Field.DEPLOY_APP_TIER: "deploy_app_tier",
    Field.DEPLOY_WEB_TIER: "deploy_web_tier",
    Field.INVALIDATE_PAGE_CACHE: "invalidate_page_cache",
    Field.DB_MIGRATE: "db_migrate",
    Field.CARTRIDGES: "cartridges",
}
_NAMES = {Field.ATTENDANT: "attendants"}


def deployment_of(settled: Settled) -> Deployment:
    """The deployment that the settled values make."""
    options = {name: settled.said[kind] for kind, name in _OPTIONS.items() if kind.value in settled.said}
    plain = {
        _NAMES.get(kind, kind.value): settled.said[kind.value]
        for kind in Field
        if kind.value in settled.said and kind not in _OPTIONS
    }
    own = tuple(value for value in settled.said.values() if isinstance(value, OwnValue))
    return replace(Deployment(own=own), options=replace(Options(), **options), **plain)  # type: ignore[arg-type]
