"""Whether a mail without a reference of ours asks for a deployment (MSG-1)."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from zoneinfo import ZoneInfo

from dplmaild.deployment.terms import Field, WrittenMoment
from dplmaild.reading import values
from dplmaild.reading.fields import FieldsRead, Sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.lexicon import lexicon
from dplmaild.reading.meaning.announced import gives_notice, refers_to_agreed
from dplmaild.reading.meaning.intents import asks_to_know
from dplmaild.reading.meaning.source import STRONG, Words

_OF_OTHERS = ("not_ask", "strong_not_ask", "gathering", "other_thing", "quoting")
_BESIDES = ("query", "withdraw", "problem")  # beside these a date may be that of something else
_WISHES = ("want", "polite", "proposes", "polite_if")
_NEAR = 5  # words: "thanks for the really quick deployment"
_MANY = 3  # labels that only a deployment's form has
_WHAT = frozenset({Field.TYPE, Field.PRODUCT, Field.ENVIRONMENT, Field.TARGET_VERSION})


def asks(words: Words) -> tuple[bool | None, str]:
    """True: asks plainly; False: asks, but not plainly; None: does not ask."""
    plainly, why = _asks(words)
    if plainly and any(s.scan.has("asks_nothing") for s in words.own):
        return False, "asks for a deployment, and says that it asks for nothing"
    return plainly, why


def _asks(words: Words) -> tuple[bool | None, str]:
    sentences, read = words.asking, words.read
    form = _is_form(read) or _is_dated_form(words)
    if any(s.scan.has("strong_not_ask") for s in sentences) and len(_strong(read)) < _MANY:
        return None, "reads like a newsletter, an invoice, a job or a notice of a machine"
    if not form and not _mentions(sentences, read):
        return None, "no word of a deployment"
    plain = [s for s in sentences if s.asks and not s.scan.has("vague") and (not s.question or s.scan.has("polite"))]
    plain = [s for s in plain if not (_gives_thanks(s) or _refuses(s) or _not_yet(s) or asks_to_know(s))]
    if plain and (any(s.scan.has("ask", "instruct") for s in plain) or _enough(read, plain)):
        return True, f"asks for a deployment: {plain[0].text[:80]!r}"
    if gives_notice(words) or _books(words):
        return True, "a start notice, or a date to be kept for what is named elsewhere"
    if form and (_mentions(sentences, read) or len(_strong(read)) >= _MANY):
        reports = any(s.scan.has("not_ask") for s in sentences)
        return not reports, "the labels of a deployment" + (", in a mail that reports" if reports else "")
    return _unclear(words, plain)


def _evident(words: Words) -> bool | None:
    """A date to come and two of what, where and which version, beside a word of deploying: asked or at least looked at.

    True where the sentence with the date wishes something; False (OPS looks) where it only states; None otherwise.
    """
    dated = [s for s in words.own if spans(s, words.clock) and not s.idle and not (s.question and asks_to_know(s))]
    ahead = any(_to_come(one.when, words) for one in words.read.deployments if one.when)
    ahead = ahead or any(q.field is Field.WHEN and q.reason == "conflict" for q in words.read.questions)
    said = {found.field for found in words.read.found}
    if (
        not ahead
        or len(said & (_WHAT | {Field.COMPONENTS})) < 2
        or refers_to_agreed(words)
        or any(s.scan.has(*_OF_OTHERS) for s in words.asking)
    ):
        return None
    things = [s for s in words.asking if s.scan.has("deploy_word", "deploy_thing")]
    wishes = [s for s in dated if s.scan.has(*_WISHES) and not s.scan.has(*_BESIDES)]
    besides = any(s.scan.has(*_BESIDES) for s in words.asking)
    planned = [s for s in dated if s.scan.has("deploy_thing") and not s.scan.has(*_BESIDES)]
    if planned and any(s.scan.has("confirm_us") and not s.scan.has("query") for s in words.own):
        wishes += planned  # `ICM code deployment to prod, 10 December at 11. Please confirm.`
    if _puts_a_release(wishes, said) and not besides:
        return True
    if not things and not wishes:
        return None
    return bool(things and wishes) and (not besides or any(s.scan.has("deploy_thing") for s in wishes))


def _puts_a_release(wishes: Sequence[Sentence], said: AbstractSet[Field]) -> bool:
    """`11.0.3 is ready. Could you put it on production on Wednesday at ten?`: the word alone is missing."""
    release = bool(said & {Field.TARGET_VERSION, Field.COMPONENTS}) and Field.ENVIRONMENT in said
    puts = [s for s in wishes if s.scan.has("puts") and s.scan.of("environments.")]
    return release and any(not s.scan.has("negation", "vague", "yet") for s in puts)


def _to_come(when: WrittenMoment, words: Words, *, stretches: bool = False) -> bool:
    """Whether a moment lies ahead, or one of those that a start may mean; a stretch may be that of a meeting."""
    meant = (when.utc,) if when.utc else when.candidates if stretches or when.reason != "stretch" else ()
    today = words.clock.said_on.astimezone(ZoneInfo(words.clock.zone)).date()
    a_day = stretches and when.day is not None and when.day > today  # `Date: 14 January`, and no time
    return a_day or any(moment > words.clock.said_on for moment in meant)


def _books(words: Words) -> bool:
    """`Could you reserve Tuesday at ten for us? ICM code deployment, target 11.4.2`: the wish and its object apart."""
    kept = [s for s in words.own if s.books and not s.idle and (not s.question or s.scan.has("polite"))]
    thing = any(s.scan.has("deploy_thing") and not s.scan.has("not_ask") and not _refuses(s) for s in words.asking)
    said = {found.field for found in words.read.found}
    return thing and Field.WHEN in said and len(said & _WHAT) >= 2 and any(spans(s, words.clock) for s in kept)


def _gives_thanks(sentence: Sentence) -> bool:
    """`Thank you for the quick deployment to PRD`: the noun that asks elsewhere is what they thank for."""
    scan = sentence.scan
    asked = [hit for group in ("ask", "deploy_thing") for hit in scan.hits.get(group, ())]
    thanks = scan.hits.get("thanks", ())
    near = any(0 < hit.first - one.last <= _NEAR for hit in asked for one in thanks)
    return near and not scan.has("want", "please")


def _refuses(sentence: Sentence) -> bool:
    """`No deployments in that time, please.`"""
    hits = sentence.scan.hits.get("deploy_thing", ())
    return bool(hits) and all(sentence.negated(hit, 2) for hit in hits)


def _not_yet(sentence: Sentence) -> bool:
    """`Bitte noch nicht auf PRD bringen`."""
    return any(
        sentence.negated(hit, 2) or 0 <= other.last - hit.last <= 1
        for hit in sentence.scan.hits.get("yet", ())
        for other in sentence.scan.hits.get("negation", ())
    )


def _unclear(words: Words, plain: list[Sentence]) -> tuple[bool | None, str]:
    """What asks in words of its own, only as a question or supposition, or plainly but for nothing that was read."""
    evident = _evident(words)
    if evident is not None:
        return evident, "says what is deployed and when, in words of its own"
    supposed = [s for s in words.asking if s.wishes and (s.scan.has("conditional", "quoting", "vague") or s.question)]
    supposed = [s for s in supposed if s.scan.has("polite") or not asks_to_know(s)]
    unclear = plain + supposed
    if unclear:
        return False, f"asks for a deployment only as a question or a supposition: {unclear[0].text[:80]!r}"
    return None, "mentions a deployment but asks for none"


def _strong(read: FieldsRead) -> frozenset[Field]:
    """The labels that only a mail about a deployment has; the desk's own are such."""
    return frozenset(field for field in read.labelled if field in STRONG or field not in Field.shipped)


def _is_form(read: FieldsRead) -> bool:
    """Whether labels of a deployment stand there with values that fit: `Type: Bug` is no type of a deployment."""
    understood = _strong(read) & {found.field for found in read.found}
    return len(understood) >= 2 and bool(understood - {Field.CURRENT_VERSION, Field.TARGET_VERSION})


def _is_dated_form(words: Words) -> bool:
    """`Environment: PRD`, `Version: 11.0.3` and a date to come, below or above a word of deploying."""
    read = words.read
    labelled = read.labelled & {found.field for found in read.found}
    if Field.WHEN not in labelled or len(labelled & (_WHAT | {Field.COMPONENTS})) < 2:
        return False
    ahead = any(_to_come(one.when, words, stretches=True) for one in read.deployments if one.when)
    told = (found.text for found in read.found if found.field is Field.TYPE)
    return ahead and (
        any(s.scan.has("deploy_thing") for s in words.asking)
        or any(lexicon().scan(t).has("deploy_thing") for t in told)
    )


def _enough(read: FieldsRead, plain: Sequence[Sentence]) -> bool:
    """Whether the fields bear out an asking that no phrase of ours foresees; one for `the same again` says what."""
    said = {found.field for found in read.found}
    dated = Field.WHEN in said or read.asap
    another = any(question.field is Field.TYPE for question in read.questions)  # `Type: maven` is no deployment's
    return (len(said & _WHAT) >= 2 and not another) or (dated and any(s.composed for s in plain))


def names(sentence: Sentence) -> bool:
    """Whether a sentence names a version, an environment or a type."""
    scan = sentence.scan
    return bool(values.versions_in(sentence.text) or scan.of("environments.") or scan.of("prose_types."))


def _mentions(sentences: Sequence[Sentence], read: FieldsRead) -> bool:
    """Whether a word of deployments, a product or an environment's code stands anywhere."""
    return any(s.scan.has("deploy_word") or s.scan.of("products.") for s in sentences) or bool(
        read.fields & {Field.ENVIRONMENT, Field.PRODUCT}
    )
