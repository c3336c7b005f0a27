"""Builders for the store: a message, a case, a debt, with what a test does not talk about filled in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from dplmaild.deployment.case import Case
from dplmaild.deployment.owed import Facts, Letter, LetterKind, Trigger
from dplmaild.deployment.terms import PRD, Deployment, DeploymentType, Product, State, Version, Window
from dplmaild.ports import Arrival, Identity
from dplmaild.store.debts import Claim, NewDebt

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SLOT = Window(datetime(2026, 12, 1, 9, 0, tzinfo=UTC), timedelta(hours=2))


def arrival(uid: str = "1", raw: bytes = b"Subject: hello\r\n\r\nwords", **said: Any) -> Arrival:
    """A mail in the inbox of account `desk`."""
    identity = Identity(said.pop("account", "desk"), said.pop("folder", "INBOX"), said.pop("uidvalidity", 7), uid)
    return Arrival(identity, said.pop("arrived", NOW), raw, len(raw), **said)


def case(reference: str = "DPL-2026-0001", state: State = State.SCHEDULED, **said: Any) -> Case:
    """A code deployment of ICM for customer acme."""
    what = Deployment(product=Product.ICM, environment=PRD, type=DeploymentType.CODE, target_version=Version("11.0.2"))
    usual: dict[str, Any] = {
        "customer": "acme",
        "deployment": what,
        "requested_by": "ann@example.com",
        "language": "en",
        "subject": "Deploy",
        "slot": SLOT,
    }
    return Case(reference=reference, state=state, **(usual | said))


def letter(reference: str = "DPL-2026-0001") -> Letter:
    """A confirmation to Ann."""
    facts = Facts(reference=reference, slot=SLOT, deadline=NOW + HOUR)
    return Letter(LetterKind.CONFIRMED, ("ann@example.com",), "en", "Deploy", facts, Trigger.MAIL)


def debt(message_id: str = "<1@example.org>", **said: Any) -> NewDebt:
    """A letter that is owed because of message 1."""
    usual: dict[str, Any] = {"what": letter(), "reference": "DPL-2026-0001", "message": 1, "message_id": message_id}
    return NewDebt(**(usual | said))


def claim(owner: str = "worker", minutes: int = 10) -> Claim:
    """A claim that lasts some minutes from now on."""
    return Claim(owner, NOW + timedelta(minutes=minutes))
