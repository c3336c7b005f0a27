"""Yes and no to a switch in a sentence: `no DBMigrate`, `DeployWebTier is not needed`, `invalidate the page cache`."""

import re
from collections import Counter
from collections.abc import Sequence

from dplmaild.deployment.terms import Field
from dplmaild.reading.fields.prose_taking import NEAR, entry_of, is_open
from dplmaild.reading.fields.sentences import Sentence
from dplmaild.reading.fields.settle import Settled
from dplmaild.reading.lexicon import Hit, lexicon

_CARTRIDGE = re.compile(r"(?<![\w@.])[a-z][a-z0-9]{0,30}(?:_[a-z0-9]{1,40}){1,6}(?![\w@])")
_FAR = 6  # words from a `not` to the verb it denies: `do not need to deploy the web tier`
_JOINS = re.compile(
    r"^\s{0,5}(?:[,/&+]|and|und|sowie|y|i)\s{1,5}(?:(?:the|den|die|das|la|el|les|els)\s{1,5})?", re.IGNORECASE
)


def switches(sentence: Sentence, settled: Settled) -> None:
    """Take what a sentence says of each switch; a question or a `maybe` says nothing."""
    scan = sentence.scan
    if sentence.question or scan.has("unclear"):
        return
    before: tuple[Hit, bool] | None = None  # the switch in front, and what was said before it
    for hit, shared in _by_name_first(sentence):
        answer, behind = _before(sentence, hit), _behind(sentence, hit)
        if shared and answer is False:
            continue  # `not all tiers` says not which
        if answer is None and behind is None and before and _joins(sentence, before, hit):
            answer = before[1]  # `deploy app tier and web tier`
        before = (hit, answer) if answer is not None else None
        said = answer if answer is False else _first_said(behind, answer)
        key = Field(hit.group.removeprefix("switch."))
        if said is not None and is_open(settled, key):
            settled.take(key, said, entry_of(key, sentence.text, sentence))
            if key is Field.DB_MIGRATE and said and is_open(settled, Field.CARTRIDGES):
                _cartridges(sentence, hit, settled)


def _by_name_first(sentence: Sentence) -> list[tuple[Hit, bool]]:
    """The switches of a sentence, and whether their words name two of them: `all tiers except the web tier`."""
    hits = sentence.scan.of("switch.")
    places = Counter(hit[1:] for hit in hits)
    alone = [hit for hit in hits if places[hit[1:]] == 1]
    within = [hit for hit in alone if any(_is_within(hit, place) for place, count in places.items() if count > 1)]
    named = [(hit, False) for hit in alone if hit not in within]
    return named + [(hit, True) for hit in hits if places[hit[1:]] > 1]


def _is_within(hit: Hit, place: tuple[int, int]) -> bool:
    """`web tier` in `app and web tier`."""
    return place[0] <= hit.first and hit.last <= place[1]


def _joins(sentence: Sentence, before: tuple[Hit, bool], hit: Hit) -> bool:
    """Whether nothing but `and` stands between two switches; a comma hands on no `no`: `no web tier, app tier only`."""
    scan, (first, yes) = sentence.scan, before
    between = scan.text[scan.span(first)[1] : scan.span(hit)[0]]
    return _JOINS.fullmatch(between) is not None and (yes or between.strip() != ",")


def _cartridges(sentence: Sentence, hit: Hit, settled: Settled) -> None:
    """`Run DBMigrate for app_a and bc_b`: names behind it, known by their underscores."""
    start, end = sentence.scan.span(hit)[1], len(sentence.text)
    named = tuple(dict.fromkeys(_CARTRIDGE.findall(sentence.text[start:end])))
    if named:
        settled.take(Field.CARTRIDGES, named, entry_of(Field.CARTRIDGES, sentence.text, sentence))


def _first_said(behind: "bool | str | None", before: bool | None) -> bool | None:
    """What stands behind a switch wins; where it says both, nothing is said."""
    if behind == "both":
        return None
    return behind if isinstance(behind, bool) else before


def _clause(sentence: Sentence, hit: Hit) -> tuple[int, int]:
    """The clause of a switch; a colon right behind it ends none."""
    start, end = sentence.scan.span(hit)
    return sentence.clause(start, end + 1 if sentence.text[end : end + 1] == ":" else end)


def _inside(sentence: Sentence, clause: tuple[int, int], group: str) -> list[Hit]:
    hits = (hit for hit in sentence.scan.hits.get(group, ()))
    return [hit for hit in hits if clause[0] <= sentence.scan.span(hit)[0] < clause[1]]


def _before(sentence: Sentence, hit: Hit) -> bool | None:
    """`no` or `without` before it, or a verb like `invalidate` that nothing denies."""
    clause = _clause(sentence, hit)
    if any(0 < hit.first - one.last <= NEAR - 1 for one in _inside(sentence, clause, "without")):
        return False
    verbs = [one for one in _inside(sentence, clause, "with_word") if 0 < hit.first - one.last <= NEAR - 1]
    if not verbs:
        return None
    return not any(sentence.negated(one, _FAR) for one in verbs)


def _behind(sentence: Sentence, hit: Hit) -> "bool | str | None":
    """The nearest answer behind it in its clause; `both` for `yes/no`."""
    clause = _clause(sentence, hit)
    answers = [
        (apart, -one.last, one, yes)
        for group, yes in (("not_needed", False), ("needed", True))
        for one in _inside(sentence, clause, group)
        if 0 < (apart := _apart(sentence, hit, one)) <= NEAR
    ]
    if not answers:
        return None
    _, _, nearest, yes = min(answers, key=lambda each: each[:2])
    others: Sequence[Hit] = [one for _, _, one, other in answers if other is not yes and one.first > nearest.last]
    return "both" if any(one.first == nearest.last + 1 for one in others) else yes


def _apart(sentence: Sentence, hit: Hit, answer: Hit) -> int:
    """Words from a switch to an answer behind it; `bitte doch auf` are none."""
    between = sentence.scan.tokens[hit.last + 1 : answer.first]
    if answer.first <= hit.last:
        return 0
    return 1 + sum(1 for token in between if token.word not in lexicon().lists["set_to"])
