"""One deployment's standing in words, for OPS: the answer to `/status`, and its lines in the digest."""

from dataclasses import replace

from dplmaild.deployment.case import AGREED, ENDED
from dplmaild.deployment.status import Precondition, Status, Waiting
from dplmaild.deployment.terms import Field
from dplmaild.deployment.timers import Timer
from dplmaild.writing.clean import one_line
from dplmaild.writing.findings import finding_in_words
from dplmaild.writing.moments import Clock
from dplmaild.writing.stated import thing
from dplmaild.writing.wording import Wording

Section = tuple[str, list[str]]  # a title, and the lines below it


def on_its_clock(zone: str, wording: Wording) -> Wording:
    """The same voice on OPS's wall clock of one deployment alone."""
    return replace(wording, clock=Clock(wording.clock.language, zone, zone))


def place_of(status: Status, wording: Wording) -> str:
    """`DPL-2026-0042, Acme, PRD, ICM 11.0.2`: which deployment it is."""
    what = status.deployment
    environment = what.environment.name if what.environment else ""
    names = (status.reference, one_line(status.customer), environment, thing(what, wording))
    return ", ".join(filter(None, names))


def state_of(status: Status, wording: Wording) -> str:
    """The state in words."""
    return wording.word("state", status.state.name.lower())


def status_in_words(status: Status, wording: Wording) -> Section:
    """Everything of one deployment, on OPS's clock of its own profile."""
    own = on_its_clock(status.zone, wording)
    since = own.clock.day(own.clock.local(status.since).date()) if status.since else None
    title = own.say("ops.status.title", place=place_of(status, own), state=state_of(status, own), since=since)
    lines = (*_slot(status, own), *_open(status, own), *_waits(status, own))
    more = (*ready_in_words(status.ready, own), *_overrides(status, own), *_ahead(status, own))
    return title, [line for line in (*lines, *more) if line]


def unmet_in_words(unmet: tuple[Precondition, ...], wording: Wording) -> list[str]:
    """What keeps a deployment from starting, each with what settles it."""
    return [_precondition(each, wording) for each in unmet]


def timer_in_words(timer: Timer, wording: Wording, *, cancels: bool) -> str:
    """What a timer does when it falls due."""
    return wording.say(f"ops.timer.{timer.kind.name}", cancels=cancels)


def labels(fields: tuple[Field, ...], wording: Wording) -> str:
    """Fields by the names that people know them by."""
    return wording.listed(tuple(wording.label(field) for field in fields))


def waiting_in_words(waiting: Waiting, wording: Wording) -> dict[str, str | None]:
    """The values of a sentence about who is waited for."""
    return {
        "party": wording.say(f"ops.party.{waiting.party.value}"),
        "awaited": wording.say(f"ops.awaited.{waiting.awaited.value}"),
        "who": wording.listed(waiting.who),
        "until": wording.clock.moment(waiting.until) if waiting.until else None,
    }


def _slot(status: Status, wording: Wording) -> tuple[str, ...]:
    clock = wording.clock
    agreed = wording.say("ops.status.slot", slot=clock.window(status.slot)) if status.slot else None
    moving = status.moving_to and wording.say("ops.status.moving", moving_to=clock.window(status.moving_to))
    return (agreed or wording.say("ops.status.no_slot"), moving or "")


def _open(status: Status, wording: Wording) -> tuple[str, ...]:
    """What is missing, and a hold."""
    clock, found = wording.clock, []
    if status.missing:
        deadline = clock.moment(status.deadline) if status.deadline else None
        words = labels(status.missing, wording)
        found.append(wording.say("ops.status.missing", missing=words, deadline=deadline, cancels=status.cancels))
    if status.own_missing:
        found.append(wording.say("ops.status.own_missing", own_missing=labels(status.own_missing, wording)))
    if status.hold is not None:
        until = clock.moment(status.hold_until) if status.hold_until else None
        found.append(wording.say("ops.status.hold", hold=status.hold, hold_until=until))
    return tuple(found)


def _waits(status: Status, wording: Wording) -> tuple[str, ...]:
    if status.state in ENDED:
        return (wording.say("ops.status.nobody"),)
    return tuple(wording.say("ops.status.waits", **waiting_in_words(each, wording)) for each in status.waits)


def ready_in_words(ready: tuple[Precondition, ...], wording: Wording) -> list[str]:
    """Each precondition with its fact; of one that is not met what settles it (PRE)."""
    return [
        wording.say("ops.status.ready", fact=_fact(each, wording))
        if each.met
        else wording.say("ops.status.not_ready", fact=_fact(each, wording), settles=_settles(each, wording))
        for each in ready
    ]


def _precondition(each: Precondition, wording: Wording) -> str:
    return f"{_fact(each, wording)} {_settles(each, wording)}"


def _fact(each: Precondition, wording: Wording) -> str:
    if each.override is not None:
        return wording.say("ops.start.overridden", rule=each.name, by=each.override.by, reason=each.override.reason)
    if each.finding is not None:
        return finding_in_words(each.finding, wording)
    missing = labels(each.missing, wording)
    return wording.say(f"ops.start.{each.name}", met=each.met, missing=missing, text=each.text)


def _settles(each: Precondition, wording: Wording) -> str:
    name = f"ops.settles.{each.name}"
    return wording.say(name if name in wording.phrases.names(name) else "ops.settles.other", rule=each.name)


def _overrides(status: Status, wording: Wording) -> tuple[str, ...]:
    """Rules set aside; those that only let the start through are said there, while it lies ahead."""
    said = {each.name for each in status.ready if each.override} if status.state in AGREED else set()
    return tuple(
        wording.say(
            "ops.status.override",
            rule=each.rule, by=each.by, at=wording.clock.moment(each.at), reason=each.reason,
        )
        for each in status.overrides
        if each.rule not in said
    )  # fmt: skip


def _ahead(status: Status, wording: Wording) -> tuple[str, ...]:
    """What falls due by itself, with its moment (STATE-3)."""
    if not status.ahead:
        return () if status.state in ENDED else (wording.say("ops.status.nothing_due"),)
    return tuple(
        wording.say(
            "ops.status.timer",
            due=wording.clock.moment(timer.due),
            does=timer_in_words(timer, wording, cancels=status.cancels),
        )
        for timer in status.ahead
    )
