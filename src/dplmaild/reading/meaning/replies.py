"""What a message within a running case says."""

from collections.abc import Sequence
from dataclasses import dataclass

from dplmaild.deployment.said import Choice, Intent, Kind, Question
from dplmaild.deployment.terms import Field
from dplmaild.reading.dates.glance import may_name_a_day
from dplmaild.reading.fields import Sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.meaning.announced import INSTRUCTS, announces, refers_to_agreed
from dplmaild.reading.meaning.choice import Chosen, chosen
from dplmaild.reading.meaning.hints import Hints
from dplmaild.reading.meaning.intents import Wishes, settled_intent, wishes
from dplmaild.reading.meaning.kinds import does, essential
from dplmaild.reading.meaning.new_dates import names_a_new_day, proposes
from dplmaild.reading.meaning.slot_numbers import names_a_slot, says_otherwise
from dplmaild.reading.meaning.source import SWITCHES, Words
from dplmaild.reading.meaning.state_asked import asks_how_it_stands

_MANY = 3  # fields of instructions in one mail
_FEW = 4  # words beside the date in an answer that is nothing but a date
_NEAR = 16  # characters from a `but` to the day it names
_REPLACEABLE = SWITCHES | {Field.WHEN, Field.CURRENT_VERSION, Field.TARGET_VERSION}
_TOLD_APART = ("environments.", "prose_types.", "products.")
_VERDICTS = frozenset({Intent.SUCCESS_CONFIRMED, Intent.ROLLBACK_REQUESTED, Intent.ISSUE_NO_ROLLBACK, Intent.DELAY})


@dataclass(frozen=True, slots=True)
class Answered:
    """The kind and intent of a reply; `keeps_fields` says whether what was read of fields counts."""

    kind: Kind
    intent: Intent | None = None
    choice: Choice | None = None
    questions: tuple[Question, ...] = ()
    keeps_fields: bool = False
    requests: bool = False
    instructs: bool = False
    why: str = ""


def answered(words: Words, hints: Hints) -> Answered:
    """Read a message of a case that is known by its thread or by our reference."""
    if asks_how_it_stands(words, hints, [s for s in words.own if _courtesy(s)]):
        return Answered(Kind.REPLY, Intent.STATE_ASKED, why="asks how it stands, and nothing else")
    said = wishes(words.own)
    if hints.expecting.offered and not hints.expecting.verdict:  # nothing was deployed: "2 does not work" is no fault
        said = Wishes(tuple(wish for wish in said.said if wish.intent not in _VERDICTS), said.supposed)
    intent = settled_intent(said)
    if intent is Intent.WITHDRAWAL and hints.expecting.offered and _refuses_slots(words):
        return Answered(Kind.UNSURE, why="refuses slots by their numbers; whether the deployment is meant is not said")
    return _doubted(intent, said, words) or _understood(intent, words, hints, said)


def _refuses_slots(words: Words) -> bool:
    """`Please cancel 2 and 3`, while slots are offered."""
    return any(names_a_slot(s, words.clock) for s in words.own if s.scan.has("withdraw"))


def _understood(intent: Intent | None, words: Words, hints: Hints, said: Wishes) -> Answered:
    """What is said plainly: a wish, another date, a slot, fields."""
    pick = chosen(words.own, words.clock, expecting=hints.expecting)
    counts = _fields_count(words, hints)
    if intent and not (counts and _only_mentioned(intent, words, hints)):
        return _wanted(intent, words, hints, said)
    if moved := _moved(words, hints, said, counts=counts):
        return moved
    if pick and not (counts and words.read.labelled):
        return _picked(pick, hints)
    if hints.expecting.agreed and not said.said and _takes_the_step(words):
        return Answered(Kind.REPLY, Intent.ACCEPT_SLOT, keeps_fields=True, why="takes a step that was proposed")
    return _filled_in(words, hints) if counts else _little(words.own, hints, said)


def _moved(words: Words, hints: Hints, said: Wishes, *, counts: bool) -> Answered | None:
    """Another date without a word of moving: put as a question, or plainly instead of the old one."""
    if not said.intents - _VERDICTS and proposes(words, hints):
        return Answered(Kind.REPLY, Intent.RESCHEDULE, keeps_fields=True, why="asks whether another date is possible")
    if counts and names_a_new_day(words, hints):
        return Answered(Kind.REPLY, Intent.RESCHEDULE, keeps_fields=True, why="names another date and nothing else")
    return None


def _takes_the_step(words: Words) -> bool:
    """`Yes, UAT as proposed`: an environment, words of agreeing or asking, and no field of anything else."""
    if words.read.fields != {Field.ENVIRONMENT} or words.read.labelled:
        return False
    plain = [s for s in words.own if not s.question and not s.scan.has("negation", "contrast", "correct")]
    return len(plain) == len(words.own) and any(s.scan.has("accept", "assent", "proposed") or s.asks for s in plain)


def _only_refuses_a_day(own: Sequence[Sentence]) -> bool:
    """`Please don't deploy on Friday`: a day is refused, which need not be the whole deployment."""
    return all(s.scan.has("dont_deploy") for s in own if s.scan.has("withdraw"))


def _not_at_a_time(words: Words) -> bool:
    """`The newsletter goes out on Tuesday, please do not deploy then`: a time is refused, not the deployment."""
    refused = [s for s in words.own if s.scan.has("withdraw")]
    timed = any(s.scan.has("some_time") or may_name_a_day(s.text, by_moving=False) for s in refused)
    return timed and _only_refuses_a_day(words.own)


def _doubted(intent: Intent | None, said: Wishes, words: Words) -> Answered | None:
    """What is said, but not clearly enough to act on it."""
    dated = bool(words.read.fields & {Field.WHEN})
    if intent is Intent.WITHDRAWAL and not dated and _not_at_a_time(words):
        return Answered(
            Kind.UNSURE, why="says when nothing may be deployed; whether the deployment is meant is not said"
        )
    if intent is Intent.WITHDRAWAL and dated and _only_refuses_a_day(words.own):
        return _another_day(words)
    if intent is Intent.WITHDRAWAL and _names_another(words):
        return Answered(Kind.UNSURE, why="withdraws one and names another")
    if said.intents == {Intent.WITHDRAWAL, Intent.RESCHEDULE} and not dated:
        return Answered(Kind.UNSURE, why="withdraws and moves, but names no other date")
    if said.said and intent is None:
        return Answered(Kind.UNSURE, why="says things that exclude each other")
    return None


def _names_another(words: Words) -> bool:
    """Whether beside what is withdrawn another place, product, type or day is named."""
    return _days_named(words) > 1 or _names_two(words.own) or any(_rather_on(s, words) for s in words.own)


def _rather_on(sentence: Sentence, words: Words) -> bool:
    """`We no longer need it on Tuesday but on Wednesday`: a day behind the `but`."""
    rather = [sentence.scan.span(hit)[1] for g in ("contrast", "in_place") for hit in sentence.scan.hits.get(g, ())]
    days = [start for start, _, _ in spans(sentence, words.clock)] if rather and sentence.scan.has("withdraw") else []
    return any(0 <= day - end <= _NEAR for day in days for end in rather)


def _names_two(own: Sequence[Sentence]) -> bool:
    """`We withdraw UAT, PRD stays`: which of the two is meant is not for us to guess."""
    named = {hit.group for s in own for kind in _TOLD_APART for hit in s.scan.of(kind)}
    return any(sum(group.startswith(kind) for group in named) > 1 for kind in _TOLD_APART)


def _days_named(words: Words) -> int:
    """How many different moments the author's own sentences name."""
    return len({(m.day, m.utc, m.candidates) for s in words.own for _, _, m in spans(s, words.clock)})


def _another_day(words: Words) -> Answered:
    named = any(one.when is not None and one.when.utc is not None for one in words.read.deployments)
    other = any(s.scan.has("contrast", "instead", "want", "reschedule") or s.asks for s in words.own)
    if named and other:
        return Answered(Kind.REPLY, Intent.RESCHEDULE, keeps_fields=True, why="refuses a day and names another")
    return Answered(Kind.UNSURE, why="refuses a day; whether the deployment is meant is not said")


def _only_mentioned(intent: Intent, words: Words, hints: Hints) -> bool:
    """A problem told beside filled-in fields is their explanation, unless the tests are what we wait for."""
    return (
        intent in _VERDICTS
        and not hints.expecting.verdict
        and bool(words.read.labelled or intent is Intent.ISSUE_NO_ROLLBACK or Field.WHEN in words.read.fields)
    )


def _fields_count(words: Words, hints: Hints) -> bool:
    """Whether fields were answered: by label, or in prose that corrects, asks, or answers our form."""
    if words.read.labelled:
        return True
    if not words.read.fields and not words.read.asap:
        return False
    if words.read.fields == {Field.WHEN} and refers_to_agreed(words):
        return False  # `the deployment on 1 December stays as planned`
    exact = any(one.when and one.when.utc for one in words.read.deployments)
    if hints.expecting.offered and words.read.fields == {Field.WHEN} and not exact and not words.read.labelled:
        return False  # `Wednesday, but at three`, of the Wednesday that was offered
    plain = [
        s
        for s in words.own
        if not s.idle and not s.scan.has("promise") and not (s.question and not s.scan.has("polite"))
    ]
    corrects = any(s.asks or s.scan.has("correct", "add_people") for s in plain)
    corrects = corrects or (bool(words.read.fields & SWITCHES) and not hints.expecting.verdict)
    if (
        words.read.fields & _REPLACEABLE and not hints.expecting.verdict
    ):  # "works on UAT but not on PRD" corrects nothing
        corrects = corrects or any(s.scan.has("instead", "contrast", "in_place") for s in plain)
    return corrects or (hints.expecting.form and any(_answers(s, words) for s in plain))


def _answers(sentence: Sentence, words: Words) -> bool:
    """Whether a sentence may answer our form: a date alone must be nearly all it says (not `see you on Tuesday`)."""
    if not words.read.fields <= {Field.WHEN}:
        return True
    dates = [(start, end) for start, end, _ in spans(sentence, words.clock)]
    beside = [t for t in sentence.scan.tokens if not any(start <= t.start < end for start, end in dates)]
    return bool(dates) and len(beside) <= _FEW and not sentence.scan.has("thanks", "promise")


def _wanted(intent: Intent, words: Words, hints: Hints, said: Wishes) -> Answered:
    pick = chosen(words.own, words.clock, expecting=hints.expecting) if intent is Intent.RESCHEDULE else None
    if pick and pick.choice and pick.choice.number and hints.expecting.offered and not words.read.fields:
        return _picked(pick, hints)
    if said.supposed and intent is not Intent.ISSUE_NO_ROLLBACK:
        return Answered(Kind.UNSURE, why="an order beside a question or supposition")
    keeps = intent is Intent.RESCHEDULE
    return Answered(Kind.REPLY, intent, keeps_fields=keeps, why=f"says so: {said.said[0].sentence.text[:80]!r}")


def _picked(pick: Chosen, hints: Hints) -> Answered:
    offered = hints.expecting.offered
    if pick.several:
        asked = (Question(Field.WHEN, "ambiguous", pick.several),)
        return Answered(Kind.REPLY, Intent.ACCEPT_SLOT, questions=asked, why="names several slots")
    number = pick.choice.number if pick.choice else None
    if number and ((offered and number > offered) or number > 9):
        asked = (Question(Field.WHEN, "answer_unclear", (str(number),)),)
        return Answered(Kind.UNSURE, questions=asked, why=f"slot {number} was not offered")
    return Answered(Kind.REPLY, Intent.ACCEPT_SLOT, pick.choice, why="takes a slot")


def _filled_in(words: Words, hints: Hints) -> Answered:
    requests, instructs = does(words, hints)
    whole = _sets_out(words, hints)
    given = bool(
        words.read.fields - {Field.TYPE, Field.WHEN, Field.SPECIAL_ACTIVITIES, Field.ENVIRONMENT, Field.PRODUCT}
    )
    if whole and not words.answers:
        return Answered(Kind.INSTRUCTIONS, None, None, (), True, requests, True, "instructions within the case")
    return Answered(
        Kind.REPLY, Intent.CORRECTION, None, (), True, False, instructs or given, "answers or corrects fields"
    )


def _sets_out(words: Words, hints: Hints) -> bool:
    """Whether it calls itself instructions, or tells so much, unasked and without a word of correcting, that it is."""
    if essential(words.read.deployments, hints) and announces(words):
        return True
    told = words.read.fields & (INSTRUCTS | {Field.TARGET_VERSION, Field.COMPONENTS})
    corrects = any(s.scan.has("correct", "in_place") for s in words.own)
    return len(told) >= _MANY and not corrects and not hints.expecting.form


def _little(own: Sequence[Sentence], hints: Hints, said: Wishes) -> Answered:
    """Short words: yes, thanks, a question, something we do not understand."""
    idle = any(s.conditional or s.scan.has("quoting") or s.question for s in own)
    if said.supposed or idle:
        return Answered(Kind.UNSURE, why="a question or a supposition, no order")
    agrees = any(_agrees(s) for s in own) and not any(s.scan.has("problem", "none_fits") for s in own)
    if agrees and hints.expecting.verdict and all(_courtesy(s) for s in own):
        return Answered(Kind.REPLY, Intent.SUCCESS_CONFIRMED, why="agrees while the tests are awaited")
    if agrees and hints.expecting.offered == 1:
        return Answered(Kind.REPLY, Intent.ACCEPT_SLOT, Choice(number=1), why="agrees to the one slot offered")
    if agrees and hints.expecting.offered > 1:
        asked = (Question(Field.WHEN, "ambiguous", tuple(s.text for s in own if s.scan.has("assent", "accept"))[:1]),)
        return Answered(Kind.REPLY, Intent.ACCEPT_SLOT, questions=asked, why="agrees, but not to which slot")
    if own and all(_courtesy(s) or _promises(s) for s in own):
        return Answered(Kind.REPLY, why="only thanks, or word that more will follow")
    return Answered(Kind.UNSURE, why="within a case of ours, but not understood")


def _agrees(sentence: Sentence) -> bool:
    """Whether it says yes, and no `not` stands anywhere near: `klappt` does, `klappt nicht` does not."""
    scan = sentence.scan
    return scan.has("assent", "accept") and not scan.has("negation", "contrast") and not says_otherwise(sentence)


def _promises(sentence: Sentence) -> bool:
    """`I will get back to you`: nothing to be done now; not so where something is refused besides."""
    refuses = sentence.scan.has("withdraw", "reschedule", "rollback", "problem", "none_fits", "negation")
    return sentence.scan.has("promise") and not refuses


def _courtesy(sentence: Sentence) -> bool:
    """Whether a sentence is nothing but thanks, greetings and assent."""
    scan = sentence.scan
    if scan.has("negation") and not scan.has("no_problem"):
        return False  # `No.`, `passt nicht`
    hits = [hit for name in ("thanks", "greeting", "assent") for hit in scan.of(name) if hit.group == name]
    polite = {index for hit in hits for index in range(hit.first, hit.last + 1)}
    named = len(scan.tokens) <= 3 and sentence.text.istitle()  # a name below a greeting
    return named or len(polite) * 2 >= len(scan.tokens)
