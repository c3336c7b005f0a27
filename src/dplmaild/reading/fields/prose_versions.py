"""Release numbers in sentences, and which of the two each is."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from dplmaild.deployment.terms import Field, Version
from dplmaild.reading import values
from dplmaild.reading.fields.entries import Entry
from dplmaild.reading.fields.moments import Clock
from dplmaild.reading.fields.prose_taking import NEAR, entry_of, is_open, replaced, take_the_only
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.fields.settle import Settled
from dplmaild.reading.fields.versions import replaced_version, two_versions
from dplmaild.reading.lexicon import Hit, lexicon

_ARTICLES = frozenset({"", "die", "der", "la", "el", "the", "v", "version"})
_CUED = frozenset({"version", "release", "v", "tag", "versio", "releases", "icm", "pwa", "iom", "build", "hotfix"})


def versions(asking: Sequence[Sentence], usable: Sequence[Sentence], settled: Settled, clock: Clock) -> None:
    targets: dict[object, Entry] = {}
    current: dict[object, Entry] = {}
    passed: dict[object, Entry] = {}
    called = set[object]()
    for sentence in usable:
        if _only_asks(sentence):
            continue
        two = two_versions(sentence.text)
        if two and is_open(settled, Field.TARGET_VERSION) and is_open(settled, Field.CURRENT_VERSION):
            settled.take(Field.CURRENT_VERSION, Version(two[0]), entry_of(Field.CURRENT_VERSION, two[0], sentence))
            settled.take(Field.TARGET_VERSION, Version(two[1]), entry_of(Field.TARGET_VERSION, two[1], sentence))
            return
        numbers = list(_numbers(sentence, clock))
        now = replaced_version(sentence.text)
        if now and now not in current:
            current[now] = entry_of(Field.CURRENT_VERSION, now.text, sentence)
            numbers = [(text, role) for text, role in numbers if text != now.text]
        # `Where I put target version 11.0.3 I meant 11.0.4`: what stands beside a named target may be meant instead.
        named = any(role == "target_version" for _, role in numbers)
        numbers = _of_the_running_one(sentence, _with_the_one_to_come(sentence, numbers))
        for text, role in numbers:
            entry = entry_of(Field.TARGET_VERSION, text, sentence)
            if role == "current_version":
                current[Version(text)] = entry
            elif role or named or sentence in asking or (_tells_of(sentence) and not _is_current_alone(numbers)):
                targets[Version(text)] = entry
                called |= {Version(text)} if role else set()
            elif sentence.scan.has("tested") and not sentence.scan.has("negation"):
                passed[Version(text)] = entry
    if is_open(settled, Field.CURRENT_VERSION):
        take_the_only(Field.CURRENT_VERSION, current, settled)
    targets = targets or passed  # `11.0.3 has passed UAT. Could it go to production on Tuesday?`
    if is_open(settled, Field.TARGET_VERSION):
        take_the_only(Field.TARGET_VERSION, targets, settled)
    else:
        _contradicted(targets, called, asking, settled)


def _only_asks(sentence: Sentence) -> bool:
    """`Is the target version 11.0.3 correct?`: who asks that has not said it."""
    return sentence.question and not sentence.asks and not sentence.scan.has("want", "polite", "proposes", "polite_if")


def _with_the_one_to_come(sentence: Sentence, numbers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """`Current is 11.6.4, we go to 11.7.0`: a `to` before the one beside the running version says what it is."""
    if len(numbers) != 2 or not _is_current_alone(numbers):
        return numbers
    towards = [sentence.scan.span(hit)[1] for hit in sentence.scan.hits.get("to_word", ())]
    placed = values.versions_placed(sentence.text)
    return [
        (text, role or ("target_version" if _right_behind(placed.get(text, 0), towards, sentence) else ""))
        for text, role in numbers
    ]


def _of_the_running_one(sentence: Sentence, numbers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """`The current version is not 3.4.2 but 3.4.3`: the one that stays is the running one, and no target."""
    roles = {hit.group.removeprefix("role.") for hit in sentence.scan.of("role.")}
    alone = len(numbers) == 1 and not numbers[0][1] and not sentence.asks
    return [(numbers[0][0], "current_version")] if alone and roles == {"current_version"} else numbers


def _right_behind(start: int, ends: Sequence[int], sentence: Sentence) -> bool:
    """Whether nothing but an article stands between one of these places and a number."""
    return any(0 <= start - end <= 6 and sentence.text[end:start].strip().lower() in _ARTICLES for end in ends)


def _tells_of(sentence: Sentence) -> bool:
    """`11.0.4 is ready`, `11.0.13 is the right one`: what is to be deployed, said without asking for it."""
    return sentence.scan.has("correct") or (sentence.scan.has("ready") and not sentence.scan.has("yet"))


def _contradicted(
    targets: Mapping[object, Entry], called: Collection[object], asking: Sequence[Sentence], settled: Settled
) -> None:
    """`Please deploy 11.0.4 as in the table`, and the table says 11.0.3: asked, both quoted (MSG-7).

    `called` are those that a sentence itself calls the target.
    """
    known = {settled.said.get(field.value) for field in (Field.TARGET_VERSION, Field.CURRENT_VERSION)}
    places = {sentence.place for sentence in asking if sentence.asks}
    others = [
        entry
        for version, entry in targets.items()
        if version not in known and (entry.place in places or version in called)
    ]
    if others and settled.said.get(Field.TARGET_VERSION.value) is not None:
        said = [
            Entry("target_version", found.text, found.place)
            for found in settled.found
            if found.field is Field.TARGET_VERSION
        ]
        del settled.said[Field.TARGET_VERSION.value]
        settled.ask(Field.TARGET_VERSION, "conflict", [*said, *others])


def _numbers(sentence: Sentence, clock: Clock) -> Iterator[tuple[str, str]]:
    """Release numbers of a sentence that count, each with its role: current_version, target_version, or "" unsaid."""
    scan = sentence.scan
    for text, start in values.versions_placed(sentence.text).items():
        dated = any(first <= start < last for first, last, _ in clock.moments_in(sentence.text))
        if text.count(".") == 1 and dated:
            continue  # `von Dienstag, 1.12.`
        index = next((i for i, token in enumerate(scan.tokens) if token.end > start), len(scan.tokens) - 1)
        before = scan.tokens[index - 1].word if index else ""
        if (
            sentence.text[start - 1 : start] == "#"
            or _joined_to(sentence, index, start) in lexicon().lists["numbered_thing"]
        ):
            continue  # `ticket #11.0.7`, `IP 10.1.2.3`
        role = _role(sentence, index)
        cued = role or before in _CUED or scan.tokens[index].word.startswith("v")
        if ((text.count(".") >= 2 and not dated) or cued) and not replaced(sentence, index):
            yield text, role


def _joined_to(sentence: Sentence, index: int, start: int) -> str:
    """The word before a number at `start`; `no.` between them is none, and a comma or a colon parts them."""
    signs = lexicon().lists["number_sign"]
    named = next((t for t in reversed(sentence.scan.tokens[max(0, index - 2) : index]) if t.word not in signs), None)
    if named is None or any(mark in sentence.text[named.end : start] for mark in ",;:()"):
        return ""
    return named.word


def _is_current_alone(numbers: Sequence[tuple[str, str]]) -> bool:
    """`The current version is 7.2.1, not 7.2.0`: what stands beside the running version is no target by itself."""
    roles = {role for _, role in numbers}
    return "current_version" in roles and "target_version" not in roles


def _role(sentence: Sentence, index: int) -> str:
    """What the words right before a number say it is."""
    roles = [hit for hit in sentence.scan.of("role.") if 0 < index - hit.last <= NEAR or _told_of(sentence, hit, index)]
    if roles:
        return max(roles, key=lambda hit: (hit.last, hit.first - hit.last)).group.removeprefix("role.")
    if any(0 < index - hit.last <= NEAR - 1 for hit in sentence.scan.hits.get("target_word", ())):
        return "target_version"
    leads = [hit for hit in sentence.scan.of("from_word") if hit.group == "from_word" and 0 < index - hit.last <= 2]
    if not leads:
        return ""
    vague = lexicon().lists["of_a_version"]  # `from` and `of` alike: of one version alone they say nothing
    sure = any(sentence.scan.tokens[hit.first].word not in vague for hit in leads)
    return "current_version" if sure or len(values.versions_in(sentence.text)) > 1 else ""


def _told_of(sentence: Sentence, hit: Hit, index: int) -> bool:
    """`The target version should rather be 11.0.4`: a copula between the words and the first number behind them."""
    tokens = sentence.scan.tokens[hit.last + 1 : index]
    copula = any(h.group == "copula" and hit.last < h.first < index for h in sentence.scan.of("copula"))
    return copula and len(tokens) <= 2 * NEAR and not any(token.word.isdigit() for token in tokens)
