"""What a case expects, worked out by hand from domain.md, in the words of a pocket diary."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from deployment.explained.desk import Desk, Mail, ops_zone


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer. Times are on OPS's wall clock; `broken` are all broken rules of any weight (POLICY-5)."""

    decision: str
    broken: frozenset[str] = frozenset()
    slots: tuple[str, ...] = ()
    deadline: str | None = None
    uat: str | None = None
    missing: tuple[str, ...] = ()
    ask_back: frozenset[str] = frozenset()  # every field that is asked for, missing or not clear
    earliest: str | None = None
    by: str = "ops"


def _of(decision: str, broken: str, more: dict[str, Any]) -> Answer:
    return Answer(decision, frozenset(broken.split()), **more)


def confirmed(deadline: str, broken: str = "", **more: Any) -> Answer:
    """The slot is agreed, its instructions are due at this moment; broken may be what only warns or informs."""
    return _of("confirm", broken, {"deadline": deadline, **more})


def before_manager(broken: str = "", **more: Any) -> Answer:
    """It passes and waits for the deployment manager: no deadline yet (INST-3)."""
    return _of("approval", broken, more)


def other(broken: str, *slots: str, **more: Any) -> Answer:
    """Refused for these rules; these windows are offered instead."""
    return _of("other_slot", broken, {"slots": slots, **more})


def asked_back(*unclear: str, missing: str = "", broken: str = "", **more: Any) -> Answer:
    """These fields are asked for in one reply, because they are not clear or missing."""
    lacking = tuple(missing.split())
    return _of("ask_back", broken, {"missing": lacking, "ask_back": frozenset({*unclear, *lacking}), **more})


def by_partner(broken: str = "WHO-1") -> Answer:
    """The partner performs it: no slot, no question (WHO-5)."""
    return _of("partner_performs", broken, {"by": "partner"})


def seen(desk: Desk, asked: Mail) -> Answer:
    """The answer that the desk gives."""
    return answer_in(desk.explain(asked), ops_zone(asked))


def answer_in(said: dict[str, Any], zone: ZoneInfo) -> Answer:
    """The answer in what `explain` printed; of a mail with several deployments that of the first."""
    one = said["deployments"][0] if said["deployments"] else {}
    return Answer(
        decision=said["decision"],
        broken=frozenset(f["rule"] for f in said["findings"] if f["applies"] and f["passed"] is False),
        slots=tuple(window(slot, zone) for slot in said["slots"]),
        deadline=_wall(said["instruction_deadline"], zone),
        uat=_maybe(one.get("uat_step"), zone),
        missing=tuple(said["missing"]),
        ask_back=frozenset(q["field"] for q in said["ask_back"]),
        earliest=_maybe(one.get("earliest"), zone),
        by="partner" if said["decision"] == "partner_performs" else "ops",
    )


def _maybe(slot: dict[str, str] | None, zone: ZoneInfo) -> str | None:
    return window(slot, zone) if slot else None


def window(slot: dict[str, str], zone: ZoneInfo) -> str:
    """`2026-12-07 10:00-12:30`; the end's day stands there too where it is another one."""
    start, end = _wall(slot["start"], zone), _wall(slot["end"], zone)
    return f"{start}-{end[11:] if end[:10] == start[:10] else end}"


def _wall(moment: str | None, zone: ZoneInfo) -> Any:
    """The wall clock as written, after a look that it is the zone's own."""
    if moment is None:
        return None
    written = datetime.fromisoformat(moment)
    assert written.utcoffset() == written.astimezone(zone).utcoffset(), f"{moment} is not on the clock of {zone}"
    return f"{written:%Y-%m-%d %H:%M}"


def at(clock: str, *days: str) -> tuple[str, ...]:
    """The same wall clock window on several days."""
    return tuple(f"{day} {clock}" for day in days)
