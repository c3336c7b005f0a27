"""Blocks to deployments: the labels of each group settled, sentences filling in what no label said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dplmaild.deployment.said import Found, Question
from dplmaild.deployment.terms import Deployment, Environment, Field, WrittenMoment
from dplmaild.reading import values
from dplmaild.reading.dates import named_in
from dplmaild.reading.dates.glance import may_name_a_day
from dplmaild.reading.fields.entries import Entry, Gathered, Group
from dplmaild.reading.fields.gather import gather
from dplmaild.reading.fields.items import items_of, parts_of, read_items
from dplmaild.reading.fields.moments import Clock, is_asap
from dplmaild.reading.fields.prose import read_prose
from dplmaild.reading.fields.prose_moments import moments_by_environment, moments_said
from dplmaild.reading.fields.sentences import Sentence, sentences
from dplmaild.reading.fields.settle import READERS, Settled, deployment_of, settle, take_moment
from dplmaild.reading.lexicon import SWITCHES, lexicon
from dplmaild.reading.visible import Block

_ASKS = ("ask", "instruct", "withdraw", "reschedule", "none_fits")  # what makes a mail without a label ours
_NAMES = (("types", "prose_types"), ("products",), ("environments", "goes_live"))  # groups of the lexicon
_ENOUGH = 2  # of what is deployed, in a mail that asks for nothing


@dataclass(frozen=True, slots=True)
class FieldsRead:
    """What a text says of deployments: `labelled` are the fields that stood behind a label."""

    deployments: tuple[Deployment, ...] = ()
    found: tuple[Found, ...] = ()
    questions: tuple[Question, ...] = ()
    asap: bool = False
    labelled: frozenset[Field] = frozenset()
    sentences: tuple[Sentence, ...] = ()
    votes: Counter[str] | None = None
    copied: bool = False  # the mailing list is "everybody in Cc"
    skimmed: bool = False  # no label, nothing asked: the sentences were not read for values

    @property
    def fields(self) -> frozenset[Field]:
        """Every field that has a value or a question."""
        asked = {question.field for question in self.questions}
        return frozenset({found.field for found in self.found} | asked)


def read_fields(
    blocks: Sequence[Block], clock: Clock, extra: Sequence[Sentence] = (), *, skim: bool = False
) -> FieldsRead:
    """Read everything; `extra` are sentences from elsewhere (the subject) that fill in what the body leaves open.

    With `skim` only what wants something, or names a day and what is deployed: most mail has no label of ours and does
    neither, and is not read closely.
    """
    gathered = gather(tuple(blocks), lambda key, value: fits(key, value, clock))
    said = sentences(gathered.prose)
    if skim and not gathered.entries and not _worth_a_closer_look((*said, *extra)):
        return FieldsRead(sentences=said, votes=gathered.votes, skimmed=True)
    parts = _deployments(gathered, clock)
    if len(parts) == 1:
        parts = _with_prose(parts[0], said, tuple(extra), clock)
    else:
        _shared_prose(parts, (*said, *extra), clock)
        _share(parts)
    settled = [part for part in parts if part.said or part.questions or part.asap]
    return FieldsRead(
        deployments=tuple(deployment_of(part) for part in settled),
        found=tuple(replace(found, deployment=i) for i, part in enumerate(settled) for found in part.found),
        questions=tuple(
            replace(question, deployment=i) for i, part in enumerate(settled) for question in part.questions
        ),
        asap=any(part.asap for part in settled),
        labelled=_labelled(gathered.entries),
        sentences=said,
        votes=gathered.votes,
        copied=any(e.key == Field.MAILING_LIST and not values.addresses(e.value) for e in gathered.entries),
    )


def _worth_a_closer_look(said: Sequence[Sentence]) -> bool:
    """Whether a mail without a label can be ours at all (`meaning.kinds.judge`)."""
    return any(_asks(one) for one in said) or (
        any(_is_about(one) for one in said)
        and any(may_name_a_day(one.text) for one in said)
        and _named(said) >= _ENOUGH
    )


def _asks(one: Sentence) -> bool:
    return one.scan.has(*_ASKS) or one.composed or one.repeats or one.books


def _is_about(one: Sentence) -> bool:
    """`The release goes to PRD on Tuesday`, `we'd like it on PRD on Tuesday`: asks only with what and when."""
    wishes = one.scan.has("want", "polite") and bool(one.scan.of("environments."))
    return wishes or one.scan.has("deploy_word")


def _named(said: Sequence[Sentence]) -> int:
    """How many may be named of type, product, environment and release number."""
    groups = {group.partition(".")[0] for one in said for group in one.scan.hits}
    kinds = sum(not groups.isdisjoint(kind) for kind in _NAMES)
    return kinds + any(values.versions_in(one.text) for one in said)


def fits(key: str, value: str, clock: Clock) -> bool:
    """Whether a value reads as that field, for labels too short to be trusted alone."""
    if values.is_placeholder(value) or len(value) > 300:
        return False
    if key in ("when", "date", "time"):
        return is_asap(value) or clock.read(value) is not None
    if key == "versions":
        return bool(values.versions_in(value))
    if key in (Field.CURRENT_VERSION, Field.TARGET_VERSION):
        return bool(values.versions_in(value)) and len(value.split()) <= 4
    if key in (Field.SPECIAL_ACTIVITIES, Field.MAILING_LIST, Field.RELEASE_NOTES):
        told = values.is_none_word(value) or bool(values.addresses(value)) or "://" in value
        return told and not lexicon().scan(value).has("in_need")  # `please inform x only if something fails`
    strict = (Field.TYPE, Field.PRODUCT, Field.ENVIRONMENT, Field.DB_MIGRATE, Field.DEPLOY_APP_TIER,
              Field.DEPLOY_WEB_TIER, Field.INVALIDATE_PAGE_CACHE, Field.DURATION, Field.TEST_WINDOW)  # fmt: skip
    return key in strict and len(value.split()) <= 6 and READERS[Field(key)](value) is not None


def _labelled(entries: Sequence[Entry]) -> frozenset[Field]:
    names = {"date": "when", "time": "when", "zone": "when", "versions": "target_version"}
    keys = {names.get(entry.key, entry.key) for entry in entries if not values.is_placeholder(entry.value)}
    return frozenset(Field(key) for key in keys)


def _deployments(gathered: Gathered, clock: Clock) -> list[Settled]:
    """One deployment per group of its own; groups that nothing tells apart are one, so that differences are asked."""
    used = sorted({entry.group for entry in gathered.entries if entry.group})
    shared = [entry for entry in gathered.entries if entry.group == 0]
    own = {number: [entry for entry in gathered.entries if entry.group == number] for number in used}
    if len(used) > 1 and not _told_apart(gathered, own, clock):
        return _split(settle(gathered.entries, clock))
    if not used:
        return _split(settle(shared, clock))
    return [part for number in used for part in _split(_group(gathered.groups[number], shared, own[number], clock))]


def _group(group: Group, shared: list[Entry], own: list[Entry], clock: Clock) -> Settled:
    """A group's own labels, with what is said for all of them where the group is silent."""
    keys = {entry.key for entry in own} | ({"date", "time"} if any(e.key == "when" for e in own) else set())
    keys |= {"when"} if "date" in keys else set()
    settled = settle([*own, *(entry for entry in shared if entry.key not in keys)], clock)
    if group.environment and Field.ENVIRONMENT.value not in settled.said:
        settled.said[Field.ENVIRONMENT.value] = group.environment
    if group.product and Field.PRODUCT.value not in settled.said:
        settled.said[Field.PRODUCT.value] = group.product
    return settled


def _told_apart(gathered: Gathered, own: dict[int, list[Entry]], clock: Clock) -> bool:
    """Whether every group names another environment, product or type-and-day than the rest."""
    seen = set()
    for number, entries in own.items():
        settled = _group(gathered.groups[number], [], entries, clock)
        seen.add((settled.said.get("environment"), settled.said.get("product")))
    return len(seen) == len(own) and (None, None) not in seen


def _split(settled: Settled) -> list[Settled]:
    """INST-8: what names two environments is two deployments; two products likewise where no version stands."""
    if settled.several_environments:
        return [_varied(settled, Field.ENVIRONMENT, name) for name in settled.several_environments]
    if settled.several_products and Field.TARGET_VERSION.value not in settled.said:
        return [_varied(settled, Field.PRODUCT, name) for name in settled.several_products]
    if settled.several_products:
        settled.said.pop(Field.PRODUCT.value)
        settled.ask(
            Field.PRODUCT,
            "ambiguous",
            [Entry("product", f.text, f.place) for f in settled.found if f.field is Field.PRODUCT],
        )
        settled.found[:] = [found for found in settled.found if found.field is not Field.PRODUCT]
    return [settled]


def _varied(settled: Settled, kind: Field, value: object) -> Settled:
    return Settled({**settled.said, kind.value: value}, list(settled.found), list(settled.questions), settled.asap)


def _with_prose(
    settled: Settled, said: tuple[Sentence, ...], extra: tuple[Sentence, ...], clock: Clock
) -> list[Settled]:
    parted = parts_of(said, clock)
    items = items_of(parted, settled, clock)
    if items:
        return read_items(items, parted, settled, clock)
    for sentence in said:
        each = moments_by_environment(sentence, clock) if sentence.asks and "when" not in settled.said else ()
        if each and "environment" not in settled.said:
            read_prose([other for other in said if other is not sentence], settled, clock)
            return [_placed(settled, sentence, environment, pair, clock) for environment, pair in each]
    read_prose(said, settled, clock)
    _doubt_one_time_for_two(settled, said, clock)
    _compare(settled, extra, clock)
    read_prose(extra, settled, clock)
    return _split(settled)


def _doubt_one_time_for_two(settled: Settled, said: Sequence[Sentence], clock: Clock) -> None:
    """`ICM at 10:00, then PWA at 12:00`: two of them and two times, of which one moment was made."""
    if not (settled.several_products or settled.several_environments) or Field.WHEN.value not in settled.said:
        return
    stood = next((found for found in settled.found if found.field is Field.WHEN), None)
    beside = [one for one in said if stood and stood.text in one.text]
    if any(len(set(_times(one, clock))) > 1 for one in beside):
        _forget_when(settled)
        settled.ask(Field.WHEN, "conflict", [Entry(Field.WHEN.value, one.text, one.place) for one in beside])


def _times(one: Sentence, clock: Clock) -> tuple[int, ...]:
    return named_in(one.text, said_on=clock.said_on, zone=clock.zone).minutes


def _forget_when(settled: Settled) -> None:
    settled.said.pop(Field.WHEN.value)
    settled.found[:] = [found for found in settled.found if found.field is not Field.WHEN]
    settled.questions[:] = [question for question in settled.questions if question.field is not Field.WHEN]


def _compare(settled: Settled, subject: tuple[Sentence, ...], clock: Clock) -> None:
    """A day written in the subject that is not the day of the body is asked back."""
    stands = settled.said.get(Field.WHEN.value)
    if not isinstance(stands, WrittenMoment) or stands.day is None:
        return
    written = [pair for pair in moments_said(subject, clock) if any(char.isdigit() for char in pair[1].text)]
    others = [entry for entry, moment in written if moment.day is not None and moment.day != stands.day]
    if others:
        mine = [Entry("when", found.text, found.place) for found in settled.found if found.field is Field.WHEN]
        _forget_when(settled)
        settled.ask(Field.WHEN, "conflict", [*mine, *others])


def _shared_prose(parts: list[Settled], said: tuple[Sentence, ...], clock: Clock) -> None:
    """What sentences say of several deployments at once: everything but the moment, where none has it."""
    common = Settled()
    read_prose(said, common, clock)
    placed = () if common.several_environments else (Field.ENVIRONMENT,)  # two blocks of products, one place
    for kind in (*_SHARED, *placed, *SWITCHES):
        name = Field(kind).value
        if name in common.said and not any(name in part.said for part in parts):
            for part in parts:
                part.said[name] = common.said[name]
                part.found += [found for found in common.found if found.field == name]


def _share(parts: list[Settled]) -> None:
    """The people named in one block are those of every block."""
    for kind in (Field.MAILING_LIST, Field.ATTENDANT):
        having = [part for part in parts if kind.value in part.said]
        if len(having) == 1:
            for part in parts:
                part.said.setdefault(kind.value, having[0].said[kind.value])


_SHARED = (Field.TYPE, Field.PRODUCT, Field.CURRENT_VERSION, Field.TARGET_VERSION, Field.SPECIAL_ACTIVITIES)


def _placed(
    settled: Settled, sentence: Sentence, environment: Environment, pair: tuple[Entry, object], clock: Clock
) -> Settled:
    part = _varied(settled, Field.ENVIRONMENT, environment)
    take_moment(*pair, part)  # type: ignore[arg-type]
    read_prose([sentence], part, clock)
    part.several_environments = ()
    return part
