"""An answer to "which one?": a reference, the number of a line, or words that fit one of the deployments alone.

Only what is surely such an answer and nothing else; the rest is asked once more, never guessed.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from dplmaild.deployment.terms import Field
from dplmaild.reading.fields import Sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.meaning.choice import chosen, number_of
from dplmaild.reading.meaning.hints import Candidate, Hints
from dplmaild.reading.meaning.intents import begins_with_if
from dplmaild.reading.meaning.source import Words
from dplmaild.reading.values import versions_in

_REFERENCE = re.compile(r"(?<![\w-])DPL-(?:19|20)\d\d-\d{4,9}(?![\w-])", re.IGNORECASE)
_DIGIT = re.compile(r"[1-9]")
_LONGEST = 25  # words
_NAMING = frozenset(
    {Field.ENVIRONMENT, Field.PRODUCT, Field.TYPE, Field.WHEN, Field.TARGET_VERSION, Field.COMPONENTS}
)  # what tells deployments apart; any other field is more than an answer
_WANTS = ("withdraw", "reschedule", "keep_date", "delay", "rollback", "problem", "none_fits", "query", "promise")
_REPORTS = ("success", "problem", "no_problem", "tested")  # how it went is no answer
_ASKS = ("ask", "instruct")  # beside a reference they only say what the reference is for

_TOLD_APART = ("environments.", "products.", "prose_types.", "ordinals.")
_NAME = 3  # words of a person's name

Fits = frozenset[int]  # the places of the deployments that a word fits


def which_one(words: Words, hints: Hints) -> int | None:
    """The place, from 0, of the one deployment that an answer names; None where it is not surely one."""
    asked = hints.expecting.which
    if not words.own or words.forward or words.read.fields - _NAMING or words.read.labelled:
        return None
    if sum(len(s.scan.tokens) for s in words.own) > _LONGEST:
        return None
    text = " ".join(s.text for s in words.own)
    references = {match[0].upper() for match in _REFERENCE.finditer(text)}
    if _says_more(words.own, plainly=bool(references)):
        return None
    marks = [frozenset(i for i, one in enumerate(asked) if one.reference in references)] if references else []
    numbers = _by_number(words, hints)
    if not numbers and any(s.scan.has("negation") for s in words.own):
        return None  # `not the UAT one`
    if not all(_only_names(s, words, picks=bool(numbers)) or _only_greets(s, words) for s in words.own):
        return None  # `UAT is done`, `I am back on Thursday`, `first of all`
    marks += numbers
    marks += [fits for s in words.own for fits in _marks(s, words, hints)]
    left = frozenset(range(len(asked))).intersection(*marks) if marks else frozenset()
    return next(iter(left)) if len(left) == 1 and len(references) < 2 else None


def _says_more(own: Sequence[Sentence], *, plainly: bool) -> bool:
    """Whether something is asked, supposed or wanted besides."""
    if any(
        s.question or s.conditional or begins_with_if(s) or s.scan.has("quoting", "vague", *_WANTS, *_REPORTS)
        for s in own
    ):
        return True
    return not plainly and any(s.scan.has(*_ASKS) for s in own)


def _only_names(sentence: Sentence, words: Words, *, picks: bool) -> bool:
    """Whether a sentence says nothing beside what it names: no word that could make it a report or an aside.

    `picks`: with a number or a day of the letter, words of accepting are none: `2 is fine`.
    """
    lists, scan = lexicon().lists, sentence.scan
    known = lists["beside_a_name"] | lists["line_word"]
    said = [hit for group in (*_TOLD_APART, "please", *(("accept",) if picks else ())) for hit in scan.of(group)]
    said += [hit for hit in scan.of("assent") if picks or hit.first == 0]  # `Ok, UAT`, and not `UAT is ok`
    said += [hit for hit in scan.of("thanks") if hit.first == 0 or hit.last == len(scan.tokens) - 1]
    places = [*map(scan.span, said), *_dated(sentence, words), *(m.span() for m in _REFERENCE.finditer(sentence.text))]
    return all(
        token.word in known
        or any(sign.isdigit() for sign in token.word)
        or any(start <= token.start < end for start, end in places)
        for token in scan.tokens
    )


def _only_greets(sentence: Sentence, words: Words) -> bool:
    """A greeting, thanks, or a name below them; nothing in it could name one."""
    scan = sentence.scan
    if any(scan.of(group) for group in _TOLD_APART) or _dated(sentence, words) or any(map(str.isdigit, sentence.text)):
        return False
    greets = any(hit.first == 0 for group in ("greeting", "thanks") for hit in scan.of(group))
    return greets or (len(scan.tokens) <= _NAME and sentence.text.istitle())


def _dated(sentence: Sentence, words: Words) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _ in spans(sentence, words.clock)]


def _by_number(words: Words, hints: Hints) -> list[Fits]:
    """The line that a number or an ordinal names: `2`, `I mean the second one`."""
    pick = chosen(words.own, words.clock, expecting=hints.expecting)
    number = pick.choice.number if pick and pick.choice else None
    if number is not None:
        return [frozenset({number - 1})]
    if pick is not None:
        return [frozenset()]  # several, or a date of none of them
    named = {number for s in words.own for number in _lines(s)}
    named |= {int(hit.group.removeprefix("ordinals.")) for s in words.own for hit in s.scan.of("ordinals.")}
    negated = any(s.scan.has("negation") for s in words.own)
    return [frozenset(number - 1 for number in named)] if named and not negated else []


def _lines(sentence: Sentence) -> Iterator[int]:
    """`Line 2`, `Zeile 2.`, and no release `2.1`."""
    known, tokens = lexicon().lists["line_word"], sentence.scan.tokens
    for word, number, behind in zip_longest(tokens, tokens[1:], tokens[2:]):
        if number is None or word.word not in known or not _DIGIT.fullmatch(number.word):
            continue
        between = sentence.text[number.end : behind.start] if behind else ""
        if between != ".":
            yield int(number.word)


def _marks(sentence: Sentence, words: Words, hints: Hints) -> Iterator[Fits]:
    """What each word that tells deployments apart fits; two of one kind that differ fit none together."""
    asked = hints.expecting.which
    for prefix, of in zip(_TOLD_APART, (_environment, _product, _type), strict=False):
        for hit in sentence.scan.of(prefix):
            yield frozenset(i for i, one in enumerate(asked) if of(one) == hit.group.removeprefix(prefix))
    for version in versions_in(sentence.text):
        yield frozenset(i for i, one in enumerate(asked) if _version(one) == version.lower().removeprefix("v"))
    starts = hints.expecting.starts
    for _, _, moment in spans(sentence, words.clock) if starts else ():
        number = number_of(moment, hints.expecting, words.clock)
        yield frozenset({number - 1}) if number else frozenset()


def _environment(one: Candidate) -> str:
    return one.deployment.environment.name if one.deployment.environment else ""


def _product(one: Candidate) -> str:
    return one.deployment.product.value if one.deployment.product else ""


def _type(one: Candidate) -> str:
    return one.deployment.type.value if one.deployment.type else ""


def _version(one: Candidate) -> str:
    return one.deployment.target_version.text.lower().removeprefix("v") if one.deployment.target_version else ""
