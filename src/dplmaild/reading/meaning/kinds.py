"""Is it ours, and does it request or instruct (MSG-1)."""

from collections.abc import Sequence
from typing import NamedTuple

from dplmaild.deployment.said import Kind, Question
from dplmaild.deployment.terms import Deployment, Field
from dplmaild.reading.meaning.announced import INSTRUCTS, announces, refers_to_agreed, wants_a_date
from dplmaild.reading.meaning.asking import asks, names
from dplmaild.reading.meaning.hints import Hints
from dplmaild.reading.meaning.source import STRONG, Words

_REQUESTS = frozenset({Field.WHEN, Field.SPECIAL_ACTIVITIES})
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
    supposed = [s for s in words.asking if s.wishes and s.scan.has("conditional", "quoting") and names(s)]
    if not told and supposed:
        return Judged(Kind.UNSURE, why=(f"asks for a deployment only as a supposition: {supposed[0].text[:80]!r}",))
    if not told:
        return Judged(Kind.UNRELATED, why=("no field of a deployment was read",))
    plainly, why = asks(words)
    if plainly is None:
        return Judged(Kind.UNRELATED, why=(why,))
    if not plainly:
        return Judged(Kind.UNSURE, why=(why,))
    requests, instructs = does(words, hints)
    return Judged(_prevailing(words, requests=requests, instructs=instructs), requests, instructs, (why,))


def does(words: Words, hints: Hints) -> tuple[bool, bool]:
    """Whether the mail requests a date, and whether it instructs."""
    told = words.read.fields
    given = told & INSTRUCTS
    announced = announces(words) and bool(told & (INSTRUCTS | {Field.TARGET_VERSION}))
    instructs = essential(words.read.deployments, hints) or len(given) >= 2 or announced
    asked = told & _REQUESTS
    if refers_to_agreed(words) or (announced and not wants_a_date(words)):
        asked &= words.read.labelled  # the day of an agreed deployment is no wish, unless it stands as one
    return bool(asked) or words.read.asap or not instructs, instructs


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
    return tuple(q for q in questions if not (q.field is Field.WHEN and q.reason in ("no_time", "around")))
