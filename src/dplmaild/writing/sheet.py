"""All that a letter's templates may say, as words: they see texts and lists of texts, never the case itself."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dplmaild.deployment.case import AGREED, ENDED, PENDING
from dplmaild.deployment.owed import Affected, Change, Facts, Letter, LetterKind, RefusedDay, Since
from dplmaild.deployment.terms import DeploymentType, Field, Finding, State, Window
from dplmaild.writing.clean import one_line, paragraphs
from dplmaild.writing.digest import digest_in_words, summary_of
from dplmaild.writing.findings import finding_in_words, hindering, noted
from dplmaild.writing.form import form_of
from dplmaild.writing.moments import Clock, duration_in_words
from dplmaild.writing.questions import questions_in_words
from dplmaild.writing.stated import stated, thing
from dplmaild.writing.status import ready_in_words
from dplmaild.writing.transcript import below
from dplmaild.writing.wording import Wording

_SLOTS = 3  # SEE-2: never more
_DAYS = 5
_FINDINGS = 12
_ROWS = 60
_SWITCHES = (Field.DEPLOY_APP_TIER, Field.DEPLOY_WEB_TIER, Field.INVALIDATE_PAGE_CACHE, Field.DB_MIGRATE)
_BACK = (State.TESTING_ROLLBACK, State.ROLLED_BACK)
_OF_NOTICE = (Field.TICKETS, Field.COMPONENTS, Field.RESTARTS, Field.DURATION)

Sheet = dict[str, Any]


def sheet_of(letter: Letter, wording: Wording) -> Sheet:
    """The values of one letter in words; an absent value is None or an empty list."""
    facts = letter.facts
    sheet: Sheet = {
        "kind": letter.kind.value,
        "language": wording.clock.language,
        "title": one_line(letter.title),
        "form": form_of(letter.kind, facts, wording),
        **_names(facts, wording),
        **_moments(facts, wording),
        **_what(facts, wording),
        **_why(facts, wording),
        **_words(facts, wording),
        **_day(facts, wording),
        **_start(facts, wording),
    }
    sheet["deployment"] = wording.fill("common.deployment", sheet)
    asked_type = sheet["requested_type"] or sheet["type"]
    sheet["asked_deployment"] = wording.fill("common.deployment", {**sheet, "type": asked_type})
    return sheet | {"where": _where(letter.kind, sheet, wording)}


def _where(kind: LetterKind, sheet: Sheet, wording: Wording) -> str:
    """What follows the state word in the first line: environment and slot, as far as they are known (SEE-1)."""
    if kind is LetterKind.DIGEST and sheet["day"]:
        return str(sheet["day"])
    asked = wording.fill("common.asked_for", sheet) if sheet["wanted"] else None
    instead = wording.fill("common.instead_of", sheet) if sheet["wanted"] else None
    slot = sheet["slot"]
    when = {LetterKind.OFFERED: instead or slot, LetterKind.ASKED: asked or slot, LetterKind.ADOPT: asked or slot}
    shown = (sheet["environment"], when.get(kind, slot or asked or sheet["was_slot"]))
    return ", ".join(filter(None, shown)) or sheet["reference"] or sheet["customer"] or sheet["title"]


def _names(facts: Facts, wording: Wording) -> Sheet:
    return {
        "reference": facts.reference,
        "customer": one_line(facts.customer),
        "state": wording.word("state", facts.state.name.lower()) if facts.state else None,
        "back": facts.state in _BACK,  # the previous version is there again (RUN-4)
        "possible": wording.word("possible", _stage(facts.state)) if facts.state else None,
        "by": one_line(facts.by),
        "portal": one_line(facts.portal),
        "phone": one_line(facts.phone),
        "taken_from": one_line(facts.taken_from) if facts.taken_from else None,
        "not_added": wording.listed(facts.not_added),
        "also_informed": wording.listed(facts.also_informed),
        "lacks_on_list": ", ".join(wording.word("role", role) for role in facts.lacks_on_list),
    }


def _stage(state: State) -> str:
    """The part of its life a deployment is in, by which a refusal says what is possible now (STATE-1)."""
    if state in PENDING:
        return "pending"
    if state in AGREED:
        return "agreed"
    if state in ENDED:
        return "ended"
    return "testing" if state in {State.TESTING, State.TESTING_ROLLBACK} else "running"


def _moments(facts: Facts, wording: Wording) -> Sheet:
    def window(one: Window | None) -> str | None:
        return wording.clock.window(one) if one else None

    def moment(one: datetime | None) -> str | None:
        return wording.clock.moment(one) if one else None

    return {
        "wanted": window(facts.wanted) or _wanted_words(facts, wording),
        "slot": window(facts.slot),
        "was_slot": window(facts.was_slot),
        "uat_step": window(facts.uat_step),
        "syn_step": window(facts.syn_step),
        "earliest": window(facts.earliest),
        "slots": _slots(facts, wording),
        "slots_until": moment(facts.slots_until),
        "arrived": _ours(wording.clock).moment(facts.arrived) if facts.arrived else None,
        "deadline": moment(facts.deadline),
        "tests_until": moment(facts.tests_until),
        "minutes": duration_in_words(facts.minutes) if facts.minutes is not None else None,
    }


def _slots(facts: Facts, wording: Wording) -> list[tuple[int, str]]:
    """The numbered slots; where they are not all held equally long, each says until when (SCHED-8)."""
    apart = len(set(facts.slot_ends)) > 1
    lines = []
    for number, slot in enumerate(facts.slots[:_SLOTS], 1):
        shown = wording.clock.window(slot)
        until = {"until": wording.clock.moment(facts.slot_ends[number - 1])} if apart else {}
        lines.append((number, f"{shown}, {wording.fill('common.held', until)}" if apart else shown))
    return lines


def _what(facts: Facts, wording: Wording) -> Sheet:
    deployment = facts.deployment
    known = stated(deployment, wording)
    named = {field: value for field, value in known.items() if field not in (Field.ENVIRONMENT, Field.WHEN)}
    kind_of = wording.word("type", deployment.type.value) if deployment.type else None
    if kind_of:
        named[Field.TYPE] = kind_of
    named_thing = thing(deployment, wording)
    notice = known if Field.COMPONENTS in known or not named_thing else {**known, Field.COMPONENTS: named_thing}
    return {
        "environment": deployment.environment.name if deployment.environment else None,
        "type": kind_of,
        "requested_type": wording.word("type", facts.requested_type) if facts.requested_type else None,
        "product": deployment.product.value if deployment.product else None,
        "thing": named_thing,
        "rows": [(wording.label(field), value) for field, value in named.items()],
        "notice": [(wording.label(field), notice[field]) for field in _OF_NOTICE if field in notice],
        "downtime": facts.downtime,
        "no_downtime": not facts.downtime and deployment.type in (DeploymentType.CODE, DeploymentType.HOTFIX),
        "cancels": facts.cancels,
        "at_once": facts.at_once,
        "answer_yes": facts.answer_yes,
        "only_told": facts.only_told,
        "bound": facts.state is State.INSTRUCTED,
        "subject_to_approval": facts.subject_to_approval,
        "something_hidden": facts.something_hidden,
    }


def _why(facts: Facts, wording: Wording) -> Sheet:
    return {
        "hindering": hindering(facts.findings, wording)[:_FINDINGS],
        "noted": noted(_unsaid(facts), wording)[:_FINDINGS],
        "refused_days": [_refused(day, wording) for day in facts.refused_days[:_DAYS]],
        "affected": [_affected(each, wording) for each in facts.affected],
        "syn_left": [_affected(each, wording) for each in facts.syn_left],
        "more_affected": facts.more_affected,
        "since": [_since(each, wording) for each in facts.since[:_FINDINGS]],
        "questions": questions_in_words(facts, wording)[:_FINDINGS],
        "missing": [wording.label(field) for field in facts.missing],
        "conditions": [_condition(rule, wording) for rule in facts.conditions],
        "changes": [_changed(each, wording) for each in facts.changes],
    }


def _changed(change: Change, wording: Wording) -> tuple[str, str, str]:
    """One field of a correction; a switch says yes or no in the letter's language."""
    was, now = (one_line(each) for each in (change.was, change.now))
    if change.field in _SWITCHES:
        was, now = (wording.word("answer", each) for each in (was, now))
    return wording.label(change.field), was, now


def _words(facts: Facts, wording: Wording) -> Sheet:
    return {
        "text": list(paragraphs(facts.text)),
        "transcript": [(one_line(each.line), each.done, one_line(each.answer)) for each in facts.transcript[:_ROWS]],
        "below": [below(each, wording) for each in facts.transcript[:_ROWS]],
        "triage": [(one_line(label), one_line(text)) for label, text in facts.triage[:_ROWS]],
    }


def _start(facts: Facts, wording: Wording) -> Sheet:
    """What a start has and lacks, each with its fact; `unready` where it would be refused."""
    ready = facts.ready
    return {"ready": ready_in_words(ready, wording), "unready": any(each.blocks and not each.met for each in ready)}


def _day(facts: Facts, wording: Wording) -> Sheet:
    """The digest: its day, one sentence, and its sections."""
    digest = facts.digest
    if digest is None:
        return {"day": None, "summary": None, "sections": []}
    day = wording.clock.day(digest.today)
    return {"day": day, "summary": summary_of(digest, wording), "sections": digest_in_words(digest, wording)}


def _refused(refused: RefusedDay, wording: Wording) -> tuple[str, list[str]]:
    day = refused.day.astimezone(ZoneInfo(wording.clock.zone)).date()
    return wording.clock.day(day), [finding_in_words(each, wording) for each in refused.findings]


def _since(since: Since, wording: Wording) -> str:
    names = {"name": one_line(since.name), "before": one_line(since.before)}
    return wording.fill(f"letters.looked_again.since_{since.what.value}", names)


def _affected(affected: Affected, wording: Wording) -> tuple[str, list[str]]:
    """A booked deployment by its reference, and what it breaks now; days and hours are those of its own profile."""
    own = replace(wording, clock=Clock(wording.clock.language, affected.zone, affected.zone))
    what = affected.deployment
    place = what.environment.name if what.environment else ""
    slot = own.clock.window(affected.slot) if affected.slot else ""
    names = (affected.reference, one_line(affected.customer), place, thing(what, own) or "", slot)
    return ", ".join(filter(None, names)), [finding_in_words(each, own) for each in affected.findings]


def _wanted_words(facts: Facts, wording: Wording) -> str | None:
    """The date asked for where no window is known: the moment in full (SEE-1), and as written where it is unclear."""
    when = facts.deployment.when
    if when is None:
        return None
    return wording.clock.moment(when.utc) if when.utc else one_line(when.text)


def _ours(clock: Clock) -> Clock:
    """OPS's clock alone: in it arrivals are judged (POLICY-3)."""
    return Clock(clock.language, clock.zone, clock.zone)


def _condition(rule: str, wording: Wording) -> str:
    """What only the instructions can show (SCHED-3)."""
    name = f"common.condition.{rule}"
    return wording.say(name) if name in wording.phrases.names(name) else one_line(rule)


def _unsaid(facts: Facts) -> tuple[Finding, ...]:
    """The findings without TYPE-1 where a sentence of its own says what was corrected."""
    return tuple(each for each in facts.findings if not (facts.requested_type and each.rule == "TYPE-1"))
