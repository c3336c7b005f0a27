"""Is it ours, and does it request or instruct (MSG-1)."""

from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dplmaild.deployment.said import Kind, Question
from dplmaild.deployment.terms import Deployment, Field
from dplmaild.reading import values
from dplmaild.reading.fields import FieldsRead, Sentence
from dplmaild.reading.fields.moves import spans
from dplmaild.reading.meaning.hints import Hints
from dplmaild.reading.meaning.intents import asks_to_know
from dplmaild.reading.meaning.source import STRONG, SWITCHES, Words

_REQUESTS = frozenset({Field.WHEN, Field.SPECIAL_ACTIVITIES})
_INSTRUCTS = SWITCHES | {
    Field.CURRENT_VERSION,
    Field.CARTRIDGES,
    Field.RELEASE_NOTES,
    Field.DESCRIPTION,
    Field.MAILING_LIST,
    Field.TICKETS,
    Field.RESTARTS,
    Field.DURATION,
    Field.VALIDATED,
    Field.ROLLBACK,
    Field.ARTIFACT,
}
_NEAR = 5  # words: "thanks for the really quick deployment"
_MANY = 3  # labels that only a deployment's form has
_WHAT = frozenset({Field.TYPE, Field.PRODUCT, Field.ENVIRONMENT, Field.TARGET_VERSION})
_TELLING = STRONG | {Field.WHEN, Field.ENVIRONMENT, Field.PRODUCT, Field.COMPONENTS, Field.CARTRIDGES}


class Judged(NamedTuple):
    """The kind of a mail that opens a conversation, what it does, and why."""

    kind: Kind
    requests: bool = False
    instructs: bool = False
    why: tuple[str, ...] = ()


def judge(words: Words, hints: Hints) -> Judged:
    """MSG-1 for a mail without a reference of ours."""
    if words.read.skimmed:
        return Judged(Kind.UNRELATED, why=("has no label of a deployment and asks for none",))
    told = words.read.fields & _TELLING | ({Field.WHEN} if words.read.asap else set())
    supposed = [s for s in words.asking if s.wishes and s.scan.has("conditional", "quoting") and _names(s)]
    if not told and supposed:
        return Judged(Kind.UNSURE, why=(f"asks for a deployment only as a supposition: {supposed[0].text[:80]!r}",))
    if not told:
        return Judged(Kind.UNRELATED, why=("no field of a deployment was read",))
    asks, why = _asks(words)
    if asks is None:
        return Judged(Kind.UNRELATED, why=(why,))
    if not asks:
        return Judged(Kind.UNSURE, why=(why,))
    requests, instructs = does(words, hints)
    return Judged(_prevailing(words, requests=requests, instructs=instructs), requests, instructs, (why,))


def _asks(words: Words) -> tuple[bool | None, str]:
    """True: asks plainly; False: asks, but not plainly; None: does not ask."""
    sentences, read = words.asking, words.read
    form = _is_form(read) or _is_dated_form(words)
    if any(s.scan.has("strong_not_ask") for s in sentences) and len(_strong(read)) < _MANY:
        return None, "reads like a newsletter, an invoice, a job or a notice of a machine"
    if not form and not _mentions(sentences, read):
        return None, "no word of a deployment"
    plain = [s for s in sentences if s.asks and not s.scan.has("vague") and (not s.question or s.scan.has("polite"))]
    plain = [s for s in plain if not (_gives_thanks(s) or _refuses(s))]
    if plain and (any(s.scan.has("ask", "instruct") for s in plain) or _enough(read, plain)):
        return True, f"asks for a deployment: {plain[0].text[:80]!r}"
    if gives_notice(words):
        return True, "a notice that it is deployed now"
    if form and (_mentions(sentences, read) or len(_strong(read)) >= _MANY):
        reports = any(s.scan.has("not_ask") for s in sentences)
        return not reports, "the labels of a deployment" + (", in a mail that reports" if reports else "")
    return _unclear(sentences, plain)


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


def _unclear(sentences: Sequence[Sentence], plain: list[Sentence]) -> tuple[bool | None, str]:
    """What asks only as a question or supposition, or plainly but for nothing that was read."""
    supposed = [s for s in sentences if s.wishes and (s.scan.has("conditional", "quoting", "vague") or s.question)]
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
    if Field.WHEN not in labelled or len(labelled & _WHAT) < 2:
        return False
    ahead = any(one.when and one.when.utc and one.when.utc > words.clock.said_on for one in read.deployments)
    return ahead and any(s.scan.has("deploy_thing") for s in words.asking)


def _enough(read: FieldsRead, plain: Sequence[Sentence]) -> bool:
    """Whether the fields bear out an asking that no phrase of ours foresees; one for `the same again` says what."""
    said = {found.field for found in read.found}
    dated = Field.WHEN in said or read.asap
    return len(said & _WHAT) >= 2 or (dated and any(s.composed for s in plain))


def _names(sentence: Sentence) -> bool:
    """Whether a sentence names a version, an environment or a type."""
    scan = sentence.scan
    return bool(values.versions_in(sentence.text) or scan.of("environments.") or scan.of("prose_types."))


def _mentions(sentences: Sequence[Sentence], read: FieldsRead) -> bool:
    """Whether a word of deployments, a product or an environment's code stands anywhere."""
    return any(s.scan.has("deploy_word") or s.scan.of("products.") for s in sentences) or bool(
        read.fields & {Field.ENVIRONMENT, Field.PRODUCT}
    )


def does(words: Words, hints: Hints) -> tuple[bool, bool]:
    """Whether the mail requests a date, and whether it instructs."""
    told = words.read.fields
    given = told & _INSTRUCTS
    announced = announces(words) and bool(told & (_INSTRUCTS | {Field.TARGET_VERSION}))
    instructs = essential(words.read.deployments, hints) or len(given) >= 2 or announced
    asked = told & _REQUESTS
    if refers_to_agreed(words) or (announced and not _wants_a_date(words)):
        asked &= words.read.labelled  # the day of an agreed deployment is no wish, unless it stands as one
    return bool(asked) or words.read.asap or not instructs, instructs


def announces(words: Words) -> bool:
    """Whether the mail calls itself instructions, the bare word counting above a form of them, or is a start notice."""
    whole = len(words.read.labelled & _INSTRUCTS) >= _MANY
    return any(_names_itself(s, whole=whole) for s in words.asking) or gives_notice(words)


def _names_itself(sentence: Sentence, *, whole: bool) -> bool:
    named = sentence.scan.has("instruct") or (
        whole
        and not sentence.idle
        and any(not sentence.negated(hit) for hit in sentence.scan.hits.get("instructions", ()))
    )
    return named and not sentence.scan.has("promise") and not sentence.question


def gives_notice(words: Words) -> bool:
    """RUN-1 in a team's own words: `today we deploy to PRD`, with tickets or components listed, and no later day."""
    if not words.read.labelled & {Field.TICKETS, Field.COMPONENTS}:
        return False
    said = [s for s in words.own if s.scan.has("notice") and not s.idle and not s.question]
    today = words.clock.said_on.astimezone(ZoneInfo(words.clock.zone)).date()
    days = {moment.day for s in words.own for _, _, moment in spans(s, words.clock)}
    return bool(said) and days <= {None, today}


def _wants_a_date(words: Words) -> bool:
    """Whether a sentence beside the instructions asks for a day: `We want to deploy on Tuesday. Instructions below.`"""
    return any(
        s.wishes and not s.idle and not s.scan.has("instruct", "instructions", "notice") and spans(s, words.clock)
        for s in words.asking
    )


def refers_to_agreed(words: Words) -> bool:
    """Whether it speaks of a date that was agreed before."""
    return any(s.scan.has("agreed") and not s.idle for s in words.asking)


def essential(deployments: Sequence[Deployment], hints: Hints) -> bool:
    """Whether the heart of instructions stands: a target, and how or what for."""
    return bool(deployments) and all(_essential(one, hints) for one in deployments)


def _essential(one: Deployment, hints: Hints) -> bool:
    switches = (
        one.options.deploy_app_tier,
        one.options.deploy_web_tier,
        one.options.invalidate_page_cache,
        one.options.db_migrate,
    )
    said = any(switch is not None for switch in switches) or bool(one.release_notes or one.description)
    target = one.target_version is not None
    if hints.components_free or one.components:
        target = target or any(component.version for component in one.components)
        said = said or bool(
            one.tickets or one.restarts or one.duration or one.validated or one.rollback or one.artifact
        )
    return target and said


def _prevailing(words: Words, *, requests: bool, instructs: bool) -> Kind:
    """Who asks for a date requests, whatever else the mail brings along, unless it calls itself instructions."""
    if instructs and (not requests or announces(words) or refers_to_agreed(words)):
        return Kind.INSTRUCTIONS
    return Kind.SCHEDULE_REQUEST


def without_bare_days(questions: Sequence[Question]) -> tuple[Question, ...]:
    """`Instructions for the deployment on Tuesday`: the day names the deployment, and its hour is known."""
    return tuple(q for q in questions if not (q.field is Field.WHEN and q.reason == "no_time"))
