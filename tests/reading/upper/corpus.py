"""The corpus: every mail of `tests/corpus` beside what a careful colleague reads in it.

NAME.json names only what matters; of deployments everything that is not named must be absent. `received` is 2026-11-23
08:00 UTC unless it says otherwise.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dplmaild.deployment.said import Choice, Meaning
from dplmaild.deployment.terms import Deployment, WrittenMoment
from dplmaild.reading import Expecting, Hints, read

FOLDER = Path(__file__).parents[2] / "corpus"
RECEIVED = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
Expected = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One mail with its expected reading."""

    name: str
    raw: bytes
    expected: Expected

    @property
    def hints(self) -> Hints:
        """What the reader is told about this mail."""
        told = dict(self.expected.get("hints", {}))
        waits = dict(told.pop("expecting", {}))
        starts = tuple(datetime.fromisoformat(start) for start in waits.pop("starts", ()))
        expecting = Expecting(starts=starts, **waits)
        return Hints(received=RECEIVED, own_addresses=frozenset({"desk@example.org"}), expecting=expecting, **told)

    def read(self) -> Meaning:
        """What our reader makes of it."""
        return read(self.raw, self.hints)


def cases() -> Iterator[Case]:
    """Every mail of the corpus by name."""
    for path in sorted(FOLDER.glob("*.eml")):
        yield Case(path.stem, path.read_bytes(), json.loads(path.with_suffix(".json").read_text("utf-8")))


def shown(meaning: Meaning, expected: Expected) -> Expected:
    """A meaning in the corpus' words, as far as the expectation speaks of it."""
    everything: Expected = {
        "kind": meaning.kind.value,
        "intent": meaning.intent and meaning.intent.value,
        "automatic": meaning.automatic and meaning.automatic.value,
        "requests": meaning.requests,
        "instructs": meaning.instructs,
        "language": meaning.language,
        "asap": meaning.asap,
        "deployments": [_deployment(one) for one in meaning.deployments],
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
    """The expectation in a form that compares: deployments without empty keys, moments as far as named."""
    kept = {key: value for key, value in expected.items() if key not in ("says", "hints")}
    if "deployments" in kept:
        kept["deployments"] = [{k: v for k, v in one.items() if v is not None} for one in kept["deployments"]]
    return kept


def _choice(choice: Choice | None) -> Expected | None:
    if choice is None:
        return None
    return {"number": choice.number} if choice.number is not None else {"when": _moment(choice.when)}


def _moment(moment: WrittenMoment | None) -> Expected | None:
    if moment is None:
        return None
    return {"status": moment.status.value} | ({"utc": moment.utc.isoformat()} if moment.utc else {})


def _deployment(one: Deployment) -> Expected:
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
