"""What `explain` and `simulate` print of one mail: a documented object, see docs/explain.md. VERSION counts changes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dplmaild.deployment.owed import Alarm, CoveredComment, Letter, Owed, TicketComment
from dplmaild.deployment.process import Decision, Judgement
from dplmaild.deployment.said import Found, Place, Question
from dplmaild.deployment.site import LIBRARY
from dplmaild.deployment.terms import Deployment, Options, Trust, Window, WrittenMoment
from dplmaild.desk.consider import Considered
from dplmaild.desk.saying import Said, in_json

VERSION = 1

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Voice:
    """How things are put into words: a letter as (subject, text), a finding as one sentence."""

    letter: Callable[[Letter], tuple[str, str]]
    finding: Said


def explained(considered: Considered, path: str, voice: Voice) -> Json:
    """The whole answer to one mail, as JSON's own types; every moment is ISO 8601 with its offset."""
    hearing, meaning = considered.hearing, considered.hearing.meaning
    whole = tuple(_decision(d, voice) for d in considered.decisions)
    first: Json = whole[0] if len(whole) == 1 else _strictest(whole, considered)
    return {
        "version": VERSION,
        "kind": "auto_reply" if hearing.automatic else meaning.kind.value,
        "intent": meaning.intent.value if meaning.intent and not hearing.automatic else None,
        "automatic": hearing.automatic is not None,
        "automatic_kind": hearing.automatic.value if hearing.automatic else None,
        "sender": _sender(considered),
        "new_text": meaning.new_text,
        "forwarded_from": meaning.forward.sender if meaning.forward else None,
        "refers_to": meaning.refers_to,
        "source": meaning.source,
        "language": meaning.language,
        "something_hidden": meaning.something_hidden,
        "commands": [f"/{c.verb} {c.rest}".strip() for c in meaning.commands],
        "deployments": [_deployment(d, considered, n, whole) for n, d in enumerate(meaning.deployments)],
        "mailing_list": list(_mailing_list(considered)),
        "missing": first["missing"],
        "ask_back": first["ask_back"],
        "findings": first["findings"],
        "decision": considered.verdict.value,
        "why": considered.why,
        "slots": first["slots"],
        "instruction_deadline": first["instruction_deadline"],
        "letters": [_letter(letter, voice) for letter in letters_of(considered)],
        "covered": [{"ticket": one.number, "kind": one.letter.kind.value} for one in _covered(considered)],
        "holidays": LIBRARY,
        "mail": {
            "path": path,
            "message_id": hearing.message.message_id,
            "received": _moment(hearing.posted.arrived),
        },
    }


def letters_of(considered: Considered) -> tuple[Letter, ...]:
    """Every letter that would be sent, to partners and to OPS."""
    found: list[Letter] = []
    for what in _owed(considered):
        if isinstance(what, Letter):
            found.append(what)
        elif isinstance(what, Alarm | TicketComment):
            found.append(what.letter)
    return tuple(found)


def _covered(considered: Considered) -> tuple[CoveredComment, ...]:
    """The notices that would stand on the tickets covered (RUN-6)."""
    return tuple(what for what in _owed(considered) if isinstance(what, CoveredComment))


def _owed(considered: Considered) -> tuple[Owed, ...]:
    return (*(what for decision in considered.decisions for what in decision.owed), *considered.owed)


def _sender(considered: Considered) -> Json:
    speaker, customer = considered.hearing.speaker, considered.hearing.customer
    known = speaker.trust is not Trust.UNKNOWN
    return {
        "address": speaker.address,
        "name": considered.hearing.message.sender.name,
        "customer": customer.id if customer and known else speaker.customer,
        "role": speaker.role.value if speaker.role else None,
        "trust": speaker.trust.value,
    }


def _mailing_list(considered: Considered) -> Iterable[str]:
    meaning = considered.hearing.meaning
    named = (*meaning.mailing_list, *(a for d in meaning.deployments for a in d.mailing_list))
    return dict.fromkeys(named)


def _decision(decision: Decision, voice: Voice) -> Json:
    judged = decision.judgement
    return {
        "decision": decision.verdict.value,
        "why": decision.why,
        "reference": decision.case.reference if decision.case else None,
        "state": decision.case.state.value if decision.case else None,
        "missing": [f.value for f in judged.missing] if judged else [],
        "ask_back": _asked(judged),
        "findings": [in_json(f, voice.finding) for f in judged.findings] if judged else [],
        "slots": [window_json(s) for s in judged.slots] if judged else [],
        "uat_step": window_json(judged.uat_step) if judged and judged.uat_step else None,
        "syn_step": window_json(judged.syn_step) if judged and judged.syn_step else None,
        "earliest": window_json(judged.earliest) if judged and judged.earliest else None,
        "instruction_deadline": _moment(judged.deadline) if judged else None,
    }


def _asked(judged: Judgement | None) -> list[Json]:
    """Everything that is asked back, with the reason: missing, or why what stands there cannot be taken."""
    if judged is None:
        return []
    missing: list[Json] = [{"field": f.value, "reason": "missing", "quotes": []} for f in judged.missing]
    return missing + [_question(q) for q in judged.questions]


def _strictest(whole: tuple[Json, ...], considered: Considered) -> Json:
    """The top level of a mail with several deployments, or with none: that of its strictest decision."""
    empty: Json = {
        "missing": [],
        "ask_back": _unjudged(considered),
        "findings": [],
        "slots": [],
        "instruction_deadline": None,
    }
    return next((w for w in whole if w["decision"] == considered.verdict.value), empty)


def _unjudged(considered: Considered) -> list[Json]:
    return [_question(q) for q in considered.hearing.meaning.questions]


def _deployment(deployment: Deployment, considered: Considered, number: int, whole: tuple[Json, ...]) -> Json:
    decisions = considered.decisions
    judged = decisions[number].judgement if number < len(decisions) else None
    effective = judged.asked.effective if judged else None
    settled = effective.type if effective else deployment.type
    found = [f for f in considered.hearing.meaning.found if f.deployment == number]
    return {
        "product": deployment.product.value if deployment.product else None,
        "effective_product": effective.product.value if effective and effective.product else None,
        "environment": deployment.environment.name if deployment.environment else None,
        "effective_environment": effective.environment.name if effective else None,
        "type": deployment.type.value if deployment.type else None,
        "effective_type": settled.value if settled else None,
        "when": _when(deployment.when),
        "duration_minutes": _minutes(deployment.duration),
        "test_window_minutes": _minutes(deployment.test_window),
        "current_version": str(deployment.current_version) if deployment.current_version else None,
        "target_version": str(deployment.target_version) if deployment.target_version else None,
        "options": _options(deployment.options),
        "release_notes": deployment.release_notes,
        "description": deployment.description,
        "special_activities": deployment.special_activities,
        "components": [{"name": c.name, "version": c.version} for c in deployment.components],
        "tickets": list(deployment.tickets),
        "restarts": deployment.restarts,
        "validated": deployment.validated,
        "rollback": deployment.rollback,
        "artifact": deployment.artifact,
        "attendants": list(deployment.attendants),
        "tested_on": [e.name for e in deployment.tested_on],
        "own": {value.field.value: value.text for value in deployment.own},
        "window": window_json(judged.asked.window) if judged and judged.asked.window else None,
        "found": [_found(f) for f in found],
        **({k: whole[number][k] for k in _PER_DEPLOYMENT} if number < len(whole) else {}),
    }


def _options(options: Options) -> Json:
    return {
        "DeployAppTier": options.deploy_app_tier,
        "DeployWebTier": options.deploy_web_tier,
        "InvalidatePageCache": options.invalidate_page_cache,
        "DBMigrate": options.db_migrate,
        "cartridges": list(options.cartridges),
    }


_PER_DEPLOYMENT = (
    "decision", "why", "missing", "ask_back", "findings", "slots", "uat_step", "syn_step", "earliest",
    "instruction_deadline",
)  # fmt: skip


def _when(when: WrittenMoment | None) -> Json | None:
    if when is None:
        return None
    return {
        "text": when.text,
        "local": when.local.isoformat() if when.local else (when.day.isoformat() if when.day else None),
        "zone_text": when.zone_text,
        "zone": when.zone,
        "utc": _moment(when.utc),
        "status": when.status.value,
        "reason": when.reason,
        "candidates": [_moment(c) for c in when.candidates],
    }


def _question(question: Question) -> Json:
    return {"field": question.field.value, "reason": question.reason, "quotes": list(question.quotes)}


def _found(found: Found) -> Json:
    place: Place = found.place
    where = {"part": place.part, "line": place.line, "cell": place.cell, "label": place.label, "sure": place.sure}
    return {"field": found.field.value, "text": found.text, **where}


def window_json(window: Window | None) -> Json | None:
    """Start and end, each with its offset."""
    return {"start": _moment(window.start), "end": _moment(window.end)} if window else None


def _letter(letter: Letter, voice: Voice) -> Json:
    subject, text = voice.letter(letter)
    return {"kind": letter.kind.value, "to": list(letter.to), "cc": list(letter.cc), "subject": subject, "text": text}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _minutes(span: timedelta | None) -> float | None:
    return span.total_seconds() / 60 if span is not None else None
