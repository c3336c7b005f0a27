"""What a reply wants: withdrawal, another date, the verdict on the tests, more time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dplmaild.deployment.said import Intent
from dplmaild.reading.fields import Sentence
from dplmaild.reading.lexicon import SWITCHES, Hit

_PLAIN = {
    "withdraw": Intent.WITHDRAWAL,
    "reschedule": Intent.RESCHEDULE,
    "none_fits": Intent.RESCHEDULE,
    "keep_date": Intent.KEEP_DATE,
    "delay": Intent.DELAY,
}


_SWITCHES = tuple(f"switch.{name}" for name in SWITCHES)
_OF_DATES = ("withdraw", "reschedule")  # what people do to meetings as well
_IF = frozenset({"if", "falls", "wenn", "sofern", "unless", "si"})
_YES = "sí"  # folded, it is the `si` that means `if`
_OPENS = 1  # words before it: `until when`, `bis wann`
_CURT = 2  # words: `Rollback!`
_FAR = 5  # words between a `not` and the rollback it refuses


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing a sentence wants."""

    intent: Intent
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything a reply wants, and whether something in it only asks or supposes."""

    said: tuple[Wish, ...]
    supposed: bool = False

    @property
    def intents(self) -> frozenset[Intent]:
        """The different things wanted."""
        return frozenset(wish.intent for wish in self.said)


def wishes(sentences: Sequence[Sentence]) -> Wishes:
    """What the new sentences want. Questions and conditions are no orders, polite requests are."""
    said: list[Wish] = []
    supposed = False
    for sentence in sentences:
        wanted = tuple(_wanted(sentence))
        if wanted and (_supposes(sentence) or (sentence.question and not _polite(sentence))):
            only_problem = {wish.intent for wish in wanted} == {Intent.ISSUE_NO_ROLLBACK} and not _supposes(sentence)
            said += wanted if only_problem else ()
            supposed = supposed or not only_problem
        else:
            said += wanted
    return Wishes(tuple(said), supposed)


def _supposes(sentence: Sentence) -> bool:
    supposes = sentence.scan.has("quoting", "vague") or sentence.conditional or begins_with_if(sentence)
    supposes = supposes or (sentence.scan.has("rollback", "withdraw") and _holds_an_if(sentence))
    return supposes or _not_yet(sentence) or _half_said(sentence)


def begins_with_if(sentence: Sentence) -> bool:
    """`If the customer agrees we take slot 2`, and not `Sí, nos va bien`."""
    tokens = sentence.scan.tokens
    first = sentence.text[tokens[0].start : tokens[0].end].casefold() if tokens else ""
    please = any(hit.first == 0 for hit in sentence.scan.hits.get("please", ()))  # `si us plau`
    return bool(tokens) and tokens[0].word in _IF and first != _YES and not please


def _holds_an_if(sentence: Sentence) -> bool:
    """`Please roll back if Ben doesn't confirm`: what cannot be undone must be meant; `if possible` is only polite."""
    polite = [hit for group in ("polite_if", "please") for hit in sentence.scan.hits.get(group, ())]
    said = [(i, token) for i, token in enumerate(sentence.scan.tokens) if token.word in _IF]
    return any(
        sentence.text[token.start : token.end].casefold() != _YES
        and not any(hit.first <= i <= hit.last for hit in polite)
        for i, token in said
    )


def _half_said(sentence: Sentence) -> bool:
    """`So far all good`, `half of the tests passed`, `tests ok, but ...`: no verdict that could be taken for one."""
    scan = sentence.scan
    success = scan.has("success") and not scan.has("delay")
    talks = any(_is_noun(hit, sentence) for hit in _hits(sentence, "rollback")) and not _demands(sentence)
    doubted = scan.has("partly", "contrast", "confirm_us") or _denies_besides(sentence)
    return (success and doubted and not scan.has("problem")) or (talks and not scan.has("no_rollback"))


def _denies_besides(sentence: Sentence) -> bool:
    """`The deployment is fine, payment isn't`: a `not` that belongs to no word of success."""
    fine = [hit for group in ("success", "no_problem", "no_rollback") for hit in _hits(sentence, group)]
    ahead = min((hit.first for hit in fine), default=0)
    return any(
        not any(one.first <= hit.first <= one.last for one in fine) and hit.first > ahead
        for hit in _hits(sentence, "negation")
    )


def _is_noun(hit: Hit, sentence: Sentence) -> bool:
    """The bare word `rollback`, which may be talked about without being wanted."""
    return hit.first == hit.last and sentence.scan.tokens[hit.first].word == "rollback"


def _demands(sentence: Sentence) -> bool:
    """Whether something in it demands or refuses what it names, or it says nothing else."""
    scan = sentence.scan
    return scan.has("demand", "negation", "problem") or len(scan.tokens) <= _CURT


def _not_yet(sentence: Sentence) -> bool:
    """`Please don't roll back yet`, `we can't confirm success yet`: nothing is decided."""
    scan = sentence.scan
    open_still = scan.has("rollback", "no_rollback", "success") and not scan.has("delay")
    return scan.has("yet") and open_still and scan.has("negation")


def _polite(sentence: Sentence) -> bool:
    """`Can we move it to Thursday?` is a request; `until when can we move it?` is not, nor `can we still cancel it?`"""
    asks_us = sentence.scan.has("you", "please") or not sentence.scan.has("withdraw")
    return sentence.scan.has("polite") and asks_us and not asks_to_know(sentence)


def asks_to_know(sentence: Sentence) -> bool:
    """Whether a word like `when` opens the question."""
    asked = sentence.scan.hits.get("question_word", ())
    return sentence.question and any(hit.first <= _OPENS for hit in asked)


def _wanted(sentence: Sentence) -> Iterator[Wish]:
    for group, intent in _PLAIN.items():
        if any(_counts(hit, group, sentence) for hit in _hits(sentence, group)):
            yield Wish(intent, sentence)
    yield from _verdict(sentence)


def _hits(sentence: Sentence, group: str) -> list[Hit]:
    return [hit for hit in sentence.scan.of(group) if hit.group == group]


def _counts(hit: Hit, group: str, sentence: Sentence) -> bool:
    """`Please don't cancel` is no withdrawal; a phrase that itself holds the `not` (`do not deploy`) is one."""
    if group == "none_fits":
        return True
    if group == "reschedule" and any(_inside(hit, [kept]) for kept in _hits(sentence, "keep_date")):
        return False  # `no change of date`
    return not sentence.negated(hit) and not (group in _OF_DATES and _of_others(sentence, hit))


def _of_others(sentence: Sentence, hit: Hit) -> bool:
    """`Please cancel my meeting invitation` is none of ours; `DBMigrate bitte nicht durchführen` ends nothing."""
    clause = sentence.clause(*sentence.scan.span(hit))
    meeting = sentence.says(clause, "gathering") or (
        sentence.scan.has("gathering") and not sentence.scan.has("deploy_thing")
    )
    if hit.group == "withdraw" and sentence.says(clause, *_SWITCHES):
        return True
    return meeting and not sentence.says(clause, "deploy_thing")


def _verdict(sentence: Sentence) -> Iterator[Wish]:
    """Tests fine, a problem, a rollback wanted or refused."""
    scan = sentence.scan
    no_rollback = _hits(sentence, "no_rollback")
    rollback = [hit for hit in _hits(sentence, "rollback") if not _inside(hit, no_rollback)]
    wanted = [hit for hit in rollback if not sentence.negated(hit, _FAR) and not sentence.not_needed(hit)]
    unwanted = bool(no_rollback) or len(wanted) < len(rollback)
    if wanted and not (sentence.question and not _polite(sentence)) and not no_rollback:
        yield Wish(Intent.ROLLBACK_REQUESTED, sentence)
    fine = _hits(sentence, "no_problem")
    problem = [
        hit for hit in _hits(sentence, "problem") if not _inside(hit, fine) and not _negated_problem(hit, sentence)
    ]
    success = [hit for hit in _hits(sentence, "success") if not _inside(hit, problem)]
    good = [hit for hit in success if not sentence.negated(hit)]
    if problem or (success and not good) or (unwanted and not good):
        yield Wish(Intent.ISSUE_NO_ROLLBACK, sentence)
    if good and not scan.has("delay"):
        yield Wish(Intent.SUCCESS_CONFIRMED, sentence)


def _negated_problem(hit: Hit, sentence: Sentence) -> bool:
    """`No further errors`: but `does not work` holds its own negation."""
    return sentence.negated(hit, 2)


def _inside(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(other.first <= hit.first and hit.last <= other.last and other[1:] != hit[1:] for other in others) or any(
        other[1:] == hit[1:] for other in others
    )


def settled_intent(found: Wishes) -> Intent | None:
    """The one intent that stands when several were said; None where they exclude each other."""
    intents = found.intents
    if len(intents) == 1:
        return next(iter(intents))
    for pair, winner in _TOGETHER.items():
        if intents == pair:
            return winner
    if Intent.ROLLBACK_REQUESTED in intents and not intents & {Intent.SUCCESS_CONFIRMED, Intent.WITHDRAWAL}:
        return Intent.ROLLBACK_REQUESTED
    return None


_TOGETHER = {
    frozenset({Intent.WITHDRAWAL, Intent.RESCHEDULE}): Intent.RESCHEDULE,  # "we withdraw Tuesday, move it to Thursday"
    frozenset({Intent.ISSUE_NO_ROLLBACK, Intent.DELAY}): Intent.DELAY,  # "a small problem, we need 20 minutes more"
    frozenset({Intent.RESCHEDULE, Intent.DELAY}): Intent.RESCHEDULE,
    frozenset({Intent.ISSUE_NO_ROLLBACK, Intent.WITHDRAWAL}): Intent.WITHDRAWAL,  # the problem is the reason
    frozenset({Intent.ISSUE_NO_ROLLBACK, Intent.RESCHEDULE}): Intent.RESCHEDULE,
    frozenset({Intent.ROLLBACK_REQUESTED, Intent.ISSUE_NO_ROLLBACK}): Intent.ROLLBACK_REQUESTED,
}
