"""A meaning in the words of a corpus."""

from typing import Any

from dplmaild.deployment.said import Choice, Meaning
from dplmaild.deployment.terms import Deployment, WrittenMoment

Expected = dict[str, Any]
_ABOUT = frozenset({"says", "hints", "layout", "program"})  # about the mail, not of its reading


def shown(meaning: Meaning, expected: Expected) -> Expected:
    """A meaning as far as the expectation speaks of it."""
    everything: Expected = {
        "kind": meaning.kind.value,
        "intent": meaning.intent and meaning.intent.value,
        "automatic": meaning.automatic and meaning.automatic.value,
        "requests": meaning.requests,
        "instructs": meaning.instructs,
        "language": meaning.language,
        "asap": meaning.asap,
        "deployments": [deployment_shown(one) for one in meaning.deployments],
        "questions": [[q.field.value, q.reason] for q in meaning.questions],
        "choice": _choice(meaning.choice),
        "commands": [[c.verb, c.rest] for c in meaning.commands],
        "mailing_list": list(meaning.mailing_list),
        "refers_to": meaning.refers_to,
        "forward": meaning.forward and {"sender": meaning.forward.sender, "adopted": meaning.forward.adopted},
        "source": meaning.source,
        "hidden": meaning.something_hidden,
    }
    return {key: value for key, value in everything.items() if key in expected}


def wanted(expected: Expected) -> Expected:
    """The expectation in a form that compares: deployments without empty keys."""
    kept = {key: value for key, value in expected.items() if key not in _ABOUT}
    if "deployments" in kept:
        kept["deployments"] = [{k: v for k, v in one.items() if v is not None} for one in kept["deployments"]]
    return kept


def deployment_shown(one: Deployment) -> Expected:
    """What is said of one deployment, without what is not."""
    options = {
        "DeployAppTier": one.options.deploy_app_tier,
        "DeployWebTier": one.options.deploy_web_tier,
        "InvalidatePageCache": one.options.invalidate_page_cache,
        "DBMigrate": one.options.db_migrate,
        "cartridges": list(one.options.cartridges) or None,
    }
    plain = {
        "type": one.type and one.type.value,
        "product": one.product and one.product.value,
        "environment": one.environment and one.environment.name,
        "when": _moment(one.when),
        "current_version": one.current_version and one.current_version.text,
        "target_version": one.target_version and one.target_version.text,
        "options": {key: value for key, value in options.items() if value is not None},
        "release_notes": one.release_notes,
        "description": one.description,
        "special_activities": one.special_activities,
        "components": [f"{c.name} {c.version}" if c.version else c.name for c in one.components],
        "tickets": list(one.tickets),
        "restarts": one.restarts,
        "duration_minutes": one.duration and one.duration.total_seconds() / 60,
        "validated": one.validated,
        "rollback": one.rollback,
        "artifact": one.artifact,
        "attendants": list(one.attendants),
        "mailing_list": list(one.mailing_list),
        "tested_on": [environment.name for environment in one.tested_on],
    }
    return {key: value for key, value in plain.items() if value not in (None, [], {})}


def _choice(choice: Choice | None) -> Expected | None:
    if choice is None:
        return None
    return {"number": choice.number} if choice.number is not None else {"when": _moment(choice.when)}


def _moment(moment: WrittenMoment | None) -> Expected | None:
    if moment is None:
        return None
    return {"status": moment.status.value} | ({"utc": moment.utc.isoformat()} if moment.utc else {})
