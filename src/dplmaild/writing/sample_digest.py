"""A digest as it could be, for `check_all` and the gallery."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dplmaild.deployment.status import (
    Awaited,
    Digest,
    Looked,
    Override,
    Party,
    Precondition,
    Status,
    Undelivered,
    Unsaid,
    Waiting,
)
from dplmaild.deployment.terms import Deployment, Field, Finding, Severity, State, Window
from dplmaild.deployment.timers import Timer, TimerKind

_BERLIN = ZoneInfo("Europe/Berlin")
_NOW = datetime(2027, 1, 12, 9, 0, tzinfo=_BERLIN)
_SEEN = Override("PRE-2", "Seen on UAT with Robin.", "Morgan", datetime(2027, 1, 11, 15, 30, tzinfo=UTC))
_NOT_PROVED = Finding(
    "PRE-2",
    applies=True,
    passed=False,
    severity=Severity.BLOCKS,
    facts={"version": "11.0.2", "on_record": (), "stated": (), "missing": ("INT", "UAT")},
)


def sample_status(deployment: Deployment, slot: Window) -> Status:
    """An instructed deployment whose start is near: one rule is set aside, one is not settled."""
    return Status(
        reference="DPL-2026-0042",
        customer="Blue Shop",
        state=State.INSTRUCTED,
        deployment=deployment,
        zone="Europe/Berlin",
        slot=slot,
        since=datetime(2027, 1, 8, 10, 0, tzinfo=UTC),
        waits=(Waiting(Party.OPS, Awaited.START, until=slot.start),),
        ahead=(Timer(TimerKind.TESTS_OVER, slot.end),),
        overrides=(_SEEN,),
        ready=(
            Precondition("instructions", met=True, blocks=False),
            Precondition("PRE-2", met=True, blocks=True, finding=_NOT_PROVED, override=_SEEN),
            Precondition("PRE-5", met=False, blocks=True, finding=replace(_NOT_PROVED, rule="PRE-5", facts={})),
        ),
    )


def sample_digest(deployment: Deployment, slot: Window) -> Digest:
    """A morning on which something stands in every section."""
    today = sample_status(deployment, slot)
    lacks = replace(
        today,
        reference="DPL-2026-0043",
        state=State.SCHEDULED,
        slot=Window(slot.start + timedelta(days=1), slot.length),
        deadline=datetime(2027, 1, 12, 17, 0, tzinfo=_BERLIN),
        cancels=True,
        missing=(Field.RELEASE_NOTES,),
        waits=(Waiting(Party.PARTNER, Awaited.INSTRUCTIONS, ("release@example.org",), _NOW.replace(hour=17)),),
        overrides=(),
        ready=(),
    )
    held = replace(lacks, reference="DPL-2026-0044", hold="The shop is moving.", deadline=None, waits=())
    manager = Waiting(Party.MANAGER, Awaited.APPROVAL, ("manager@example.org",))
    asks = replace(lacks, reference="DPL-2026-0045", state=State.AWAITING_APPROVAL, missing=(), waits=(manager,))
    return Digest(
        at=_NOW,
        since=datetime(2027, 1, 11, 9, 0, tzinfo=_BERLIN),
        zone="Europe/Berlin",
        today=date(2027, 1, 12),
        next_day=date(2027, 1, 13),
        due_today=(today,),
        due_next=(lacks,),
        waiting=(asks,),
        held=(held,),
        overridden=(today,),
        looked=(Looked(17, "stranger@example.net", "Update the shop", "the sender is unknown", _NOW),),
        undelivered=(
            Undelivered(4, "DPL-2026-0042", "started", ("a@example.org",), "in doubt", "it may have been sent", _NOW),
        ),
        unread=("servicedesk: the login was refused",),
        unknown=("DPL-2025-0007",),
        came_in=(("answered", 3), ("left alone", 41)),
        unsaid=(Unsaid("DPL-2026-0046", ("release@example.org",), "CONFIRMED: PRD, Tuesday", "Next release"),),
        shadow=True,
        more=(("waiting", 2),),
    )
