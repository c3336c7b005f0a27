"""Fields said in sentences: `please deploy 11.0.3 to PRD next Tuesday at ten, no DBMigrate`."""

import re
from collections.abc import Iterator, Sequence

from dplmaild.deployment.terms import DeploymentType, Environment, Field, Product, Version
from dplmaild.reading import values
from dplmaild.reading.fields.entries import Entry
from dplmaild.reading.fields.moments import Clock
from dplmaild.reading.fields.prose_moments import moments_said, settle_said_moments
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.fields.settle import Settled
from dplmaild.reading.fields.versions import two_versions
from dplmaild.reading.lexicon import SWITCHES, Hit

_TO = frozenset(
    {"to", "on", "onto", "in", "into", "auf", "nach", "en", "a", "al", "per", "for", "fur", "para", "ins", "im"}
)
_ARTICLES = frozenset(
    {"the", "our", "der", "die", "das", "dem", "den", "el", "la", "unser", "unsere", "unserem", "entorno", "entorn"}
)
_CUED = frozenset({"version", "release", "v", "tag", "versio", "releases", "icm", "pwa", "iom", "build", "hotfix"})
_NEAR = 3  # words between two that belong together


def read_prose(sentences: Sequence[Sentence], settled: Settled, clock: Clock) -> None:
    """Fill in what no label said. Sentences about the past, about others or about what may be are not read."""
    usable = [sentence for sentence in sentences if not sentence.idle]
    asking = [sentence for sentence in usable if sentence.asks] or usable[:1]
    for read in (_types, _products, _environments, _versions):
        read(asking, usable, settled)
    for tell in (_tested_on, _special, _duration, _restarts):
        tell(usable, settled)
    for sentence in usable:
        _switches(sentence, settled)
    if Field.WHEN.value not in settled.said and not settled.asap and not _asked(settled, Field.WHEN):
        settle_said_moments(moments_said(asking, clock) or moments_said(usable, clock), settled)
        _asap(asking, usable, settled)


def _asked(settled: Settled, kind: Field) -> bool:
    return any(question.field is kind for question in settled.questions)


def _entry(kind: Field, text: str, sentence: Sentence) -> Entry:
    return Entry(kind.value, text.strip(), sentence.place)


def _open(settled: Settled, kind: Field) -> bool:
    return kind.value not in settled.said and not _asked(settled, kind)


def _only(kind: Field, said: dict[object, Entry], settled: Settled) -> None:
    """Take the one value that was said, ask where there are several."""
    if len(said) == 1:
        value, entry = next(iter(said.items()))
        settled.take(kind, value, entry)
    elif said:
        settled.ask(kind, "conflict", list(said.values()))


def _types(asking: Sequence[Sentence], usable: Sequence[Sentence], settled: Settled) -> None:
    if not _open(settled, Field.TYPE):
        return
    for sentences in (asking, usable):
        said: dict[object, Entry] = {}
        for sentence in sentences:
            for kind, hit in _types_said(sentence):
                said.setdefault(kind, _entry(Field.TYPE, sentence.scan.words(hit), sentence))
        if set(said) == {DeploymentType.HOTFIX, DeploymentType.CODE}:
            said.pop(DeploymentType.CODE)
        if said:
            _only(Field.TYPE, said, settled)
            return


def _types_said(sentence: Sentence) -> Iterator[tuple[DeploymentType, Hit]]:
    scan = sentence.scan
    for hit in scan.of("prose_types."):
        if not sentence.negated(hit):
            yield DeploymentType(hit.group.removeprefix("prose_types.")), hit
    deploy = [hit for hit in scan.of("deploy_word") if scan.tokens[hit.first].word not in ("hotfix", "release")]
    for hit in scan.of("types."):
        kind = DeploymentType(hit.group.removeprefix("types."))
        beside = any(min(abs(word.first - hit.last), abs(hit.first - word.last)) <= _NEAR - 1 for word in deploy)
        if beside and kind is not DeploymentType.HOTFIX and not sentence.negated(hit):
            yield kind, hit


def _products(asking: Sequence[Sentence], usable: Sequence[Sentence], settled: Settled) -> None:
    if not _open(settled, Field.PRODUCT):
        return
    for sentence in (*asking, *usable):
        hits = [hit for hit in sentence.scan.of("products.") if not sentence.negated(hit)]
        named = tuple(dict.fromkeys(Product(hit.group.removeprefix("products.")) for hit in hits))
        if named:
            settled.take(Field.PRODUCT, named[0], _entry(Field.PRODUCT, sentence.scan.words(hits[0]), sentence))
            settled.several_products = named if len(named) > 1 else ()
            return


def _environments(asking: Sequence[Sentence], usable: Sequence[Sentence], settled: Settled) -> None:
    if not _open(settled, Field.ENVIRONMENT):
        return
    for sentences in (asking, usable):
        said = {env: _entry(Field.ENVIRONMENT, words, s) for s in sentences for env, words in _places(s)}
        if said:
            settled.several_environments = tuple(said) if len(said) > 1 else ()
            settled.take(Field.ENVIRONMENT, *next(iter(said.items())))
            return


def _places(sentence: Sentence) -> Iterator[tuple[Environment, str]]:
    """Environments written as a code (PRD) or after a preposition (to production); not those of tests before."""
    scan, reach = sentence.scan, -1
    earlier = {index for hit in _tested_hits(sentence) for index in range(hit.first, hit.last + 1)}
    for hit in scan.of("environments."):
        words = scan.words(hit)
        before = [token.word for token in scan.tokens[max(0, hit.first - 2) : hit.first] if token.word not in _ARTICLES]
        code = words.isupper() and len(words) <= 6
        if hit.first > reach and hit.first not in earlier and (code or (before and before[-1] in _TO)):
            reach = hit.last
            if not sentence.negated(hit, 2) and not _replaced(sentence, hit.first):
                yield Environment(hit.group.removeprefix("environments.")), words


def _replaced(sentence: Sentence, index: int) -> bool:
    """Whether `instead of` or `as on` stands right before a word."""
    return any(hit.group == "instead" and 0 < index - hit.last <= 2 for hit in sentence.scan.of("instead"))


def _tested_hits(sentence: Sentence) -> Iterator[Hit]:
    """The environments that a sentence says a version was tested on: up to the next ones joined by `and`."""
    scan = sentence.scan
    for tested in scan.of("tested"):
        if tested.group != "tested" or sentence.negated(tested):
            continue
        end = tested.last
        for hit in scan.of("environments."):
            if tested.first <= hit.first and hit.first - end <= _NEAR:
                end = max(end, hit.last)
                yield hit


def _tested_on(usable: Sequence[Sentence], settled: Settled) -> None:
    if not _open(settled, Field.TESTED_ON):
        return
    for sentence in usable:
        hits = (
            []
            if sentence.question or ("ask" in sentence.scan.hits and not _past(sentence))
            else list(_tested_hits(sentence))
        )
        named = tuple(dict.fromkeys(Environment(hit.group.removeprefix("environments.")) for hit in hits))
        if named:
            settled.take(Field.TESTED_ON, named, _entry(Field.TESTED_ON, sentence.text, sentence))
            return


def _past(sentence: Sentence) -> bool:
    """Whether an asking sentence also tells of tests: `tested`, `runs`, `already` and the like."""
    return any(len(sentence.scan.tokens[hit.first].word) > 3 for hit in sentence.scan.of("tested"))


def _versions(asking: Sequence[Sentence], usable: Sequence[Sentence], settled: Settled) -> None:
    targets: dict[object, Entry] = {}
    current: dict[object, Entry] = {}
    for sentence in usable:
        two = two_versions(sentence.text)
        if two and _open(settled, Field.TARGET_VERSION) and _open(settled, Field.CURRENT_VERSION):
            settled.take(Field.CURRENT_VERSION, Version(two[0]), _entry(Field.CURRENT_VERSION, two[0], sentence))
            settled.take(Field.TARGET_VERSION, Version(two[1]), _entry(Field.TARGET_VERSION, two[1], sentence))
            return
        for text, role in _numbers(sentence):
            entry = _entry(Field.TARGET_VERSION, text, sentence)
            if role == "current_version":
                current[Version(text)] = entry
            elif role or sentence in asking:
                targets[Version(text)] = entry
    if _open(settled, Field.CURRENT_VERSION):
        _only(Field.CURRENT_VERSION, current, settled)
    if _open(settled, Field.TARGET_VERSION):
        _only(Field.TARGET_VERSION, targets, settled)


def _numbers(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Release numbers of a sentence that count, each with its role: current_version, target_version, or "" unsaid."""
    scan = sentence.scan
    for text in values.versions_in(sentence.text):
        start = _offset(sentence.text, text)
        index = next((i for i, token in enumerate(scan.tokens) if token.end > start), len(scan.tokens) - 1)
        before = scan.tokens[index - 1].word if index else ""
        role = _role(sentence, index)
        cued = role or before in _CUED or scan.tokens[index].word.startswith("v")
        if (text.count(".") >= 2 or cued) and not _replaced(sentence, index):
            yield text, role


def _role(sentence: Sentence, index: int) -> str:
    """What the words right before a number say it is."""
    roles = [hit for hit in sentence.scan.of("role.") if 0 < index - hit.last <= _NEAR]
    if roles:
        return max(roles, key=lambda hit: (hit.last, hit.first - hit.last)).group.removeprefix("role.")
    leads = any(hit.group == "from_word" and 0 < index - hit.last <= 2 for hit in sentence.scan.of("from_word"))
    return "current_version" if leads else ""


def _offset(text: str, version: str) -> int:
    match = re.search(r"\s?".join(re.escape(char) for char in version), text)
    return match.start() if match else 0


def _switches(sentence: Sentence, settled: Settled) -> None:
    """`no DBMigrate`, `DeployWebTier is not needed`, `with page cache invalidation`."""
    scan = sentence.scan
    for key in SWITCHES:
        for hit in scan.of(f"switch.{key}"):
            answer = _switched(sentence, hit)
            if answer is not None and _open(settled, Field(key)):
                settled.take(Field(key), answer, _entry(Field(key), sentence.text, sentence))


def _switched(sentence: Sentence, hit: Hit) -> bool | None:
    scan = sentence.scan
    after = {
        g: [o for o in scan.of(g) if o.group == g and 0 < o.first - hit.last <= _NEAR] for g in ("not_needed", "needed")
    }
    before = {
        g: [o for o in scan.of(g) if o.group == g and 0 < hit.first - o.last <= 2] for g in ("without", "with_word")
    }
    if sentence.question or scan.has("unclear"):
        return None
    needed = [hit for hit in after["needed"] if not any(hit.first >= no.first for no in after["not_needed"])]
    if after["not_needed"] and needed:  # "AppTier/WebTier: yes/no"
        return None
    if after["not_needed"] or before["without"]:
        return False
    return True if after["needed"] or before["with_word"] else None


def _special(usable: Sequence[Sentence], settled: Settled) -> None:
    said = next((sentence for sentence in usable if sentence.scan.has("no_special")), None)
    if said and _open(settled, Field.SPECIAL_ACTIVITIES):
        settled.take(Field.SPECIAL_ACTIVITIES, "none", _entry(Field.SPECIAL_ACTIVITIES, said.text, said))


def _duration(usable: Sequence[Sentence], settled: Settled) -> None:
    for sentence in usable:
        for hit in sentence.scan.of("duration"):
            length = values.duration(sentence.text[sentence.scan.span(hit)[1] :])
            if hit.group == "duration" and length and _open(settled, Field.DURATION):
                settled.take(Field.DURATION, length, _entry(Field.DURATION, sentence.text, sentence))


def _restarts(usable: Sequence[Sentence], settled: Settled) -> None:
    said = next((sentence for sentence in usable if sentence.scan.has("restarts") and not sentence.question), None)
    if said and _open(settled, Field.RESTARTS):
        none = any(
            said.negated(hit, 2) or (hit.first < 1 and said.scan.tokens[0].word == "no")
            for hit in said.scan.of("restarts")
        )
        settled.take(Field.RESTARTS, "none" if none else said.text, _entry(Field.RESTARTS, said.text, said))


def _asap(asking: Sequence[Sentence], usable: Sequence[Sentence], settled: Settled) -> None:
    said = next((sentence for sentence in (*asking, *usable) if sentence.scan.has("asap")), None)
    if said and Field.WHEN.value not in settled.said and not _asked(settled, Field.WHEN):
        settled.asap = True
