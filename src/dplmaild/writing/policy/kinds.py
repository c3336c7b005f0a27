"""What a profile settles for types of deployment, environments and performers, as sections."""

from collections.abc import Iterator

from dplmaild.deployment.configured import Hours
from dplmaild.deployment.profile import BlockPolicy, Lead, Opening, Profile, TypePolicy
from dplmaild.writing.moments import duration_in_words
from dplmaild.writing.policy.scope import scope_in_words
from dplmaild.writing.policy.section import Section, Table
from dplmaild.writing.wording import Wording


def ground_rules(profile: Profile, wording: Wording) -> Section:
    """The clock, the hours, and what is taken for granted where a mail does not say it."""
    return Section(f"{profile.title} ({profile.id})", tuple(_taken_for_granted(profile, wording)))


def _taken_for_granted(profile: Profile, wording: Wording) -> Iterator[str]:
    yield wording.say("policy.ground.clock", zone=profile.zone, hours=hours_in_words(profile.hours))
    if profile.extends:
        yield wording.say("policy.ground.extends", profile=profile.extends)
    yield wording.say("policy.ground.default", environment=profile.default_environment)
    yield wording.say("policy.ground.productive", environment=profile.productive_is)
    if profile.performs:
        yield wording.say("policy.ground.no_cell", environment=profile.no_cell_is)
    yield wording.say(f"policy.ground.{profile.stated_duration.name.lower()}")
    yield wording.say("policy.ground.ahead", least=duration_in_words(profile.minimum_notice))
    yield wording.say("policy.ground.levels", slas=", ".join(profile.slas))
    if profile.environments:
        yield wording.say("policy.ground.environments", environments=", ".join(profile.environments))
    if profile.proved_on:
        yield wording.say("policy.ground.proved_on", environments=", ".join(profile.proved_on))


def types(profile: Profile, wording: Wording) -> Section:
    """One row per type: how long, when, with how much notice."""
    heads = ("type", "length", "weekdays", "hours", "notice", "downtime", "manager")
    policies = list(profile.types.items()) if profile.types_matter else []
    rows = [(_type(name, wording), policy) for name, policy in policies]
    if profile.any_type is not None and not profile.types_matter:
        rows = [(wording.say("policy.types.any"), profile.any_type)]
    lines = () if profile.types_matter else (wording.say("policy.types.no_matter"),)
    settled = tuple(
        wording.say(
            "policy.types.settled",
            product=each.product,
            type=_type(each.type, wording),
            unless=", ".join(_type(name, wording) for name in each.unless),
        )
        for each in profile.product_types
    )
    table = Table(_heads(heads, wording), tuple(_row(name, policy, wording) for name, policy in rows))
    return Section(wording.say("policy.title.types"), lines + settled, table)


def _row(name: str, policy: TypePolicy, wording: Wording) -> tuple[str, ...]:
    downtime = "-" if policy.downtime is None else wording.yes_or_no(policy.downtime)
    return (
        name,
        duration_in_words(policy.duration),
        ", ".join(wording.term(day) for day in policy.weekdays),
        ", ".join(_opening(each, wording) for each in policy.openings) or wording.say("policy.types.business_hours"),
        notice_in_words(policy.lead, wording),
        downtime,
        wording.yes_or_no(policy.approval),
    )


def notice_in_words(lead: Lead | None, wording: Wording) -> str:
    """`at least 7 calendar days, better 14`."""
    if lead is None:
        return wording.say("policy.types.no_notice")
    counted = wording.word("count", lead.count)
    return wording.say("policy.types.notice", least=lead.at_least, counted=counted, better=lead.recommended)


def _opening(opening: Opening, wording: Wording) -> str:
    days = ", ".join(wording.term(day) for day in opening.weekdays)
    return f"{days} {opening.since:%H:%M}-{opening.until:%H:%M}".strip()


def performers(profile: Profile, wording: Wording) -> Section | None:
    """The responsibility matrix, where there is one."""
    if not profile.performs:
        return None
    rows = tuple((scope_in_words(cell, wording), wording.word("performer", cell.by)) for cell in profile.performs)
    note = (wording.say("policy.performs.to_be_confirmed"),) if profile.performs_to_be_confirmed else ()
    lines = (wording.say("policy.performs.first"), *note)
    return Section(wording.say("policy.title.performs"), lines, Table(_heads(("what", "who"), wording), rows))


def freedoms(profile: Profile, wording: Wording) -> Section | None:
    """What is free of business hours, and the steps of a block."""
    lines = [
        wording.say("policy.unbound", what=scope_in_words(each, wording), hours=hours_in_words(each.hours))
        for each in profile.unbound
    ]
    if profile.block is not None:
        lines.extend(_block(profile.block, profile, wording))
    return Section(wording.say("policy.title.apart"), tuple(lines)) if lines else None


def _block(block: BlockPolicy, profile: Profile, wording: Wording) -> Iterator[str]:
    steps = {"step": block.step, "last": block.last}
    what, between = scope_in_words(block.scope, wording), block.working_days_between
    yield wording.say("policy.block", what=what, between=between, days=block.at_most_days, **steps)
    if block.syn is not None:
        policy = profile.policy(block.syn.type) if block.syn.type else None
        duration = duration_in_words(policy.duration if policy else block.syn.duration)
        yield wording.say("policy.syn", duration=duration, days=block.syn.working_days_between, **steps)


def hours_in_words(hours: Hours) -> str:
    """`09:00-17:00`."""
    return f"{hours.since:%H:%M}-{hours.until:%H:%M}"


def _type(name: str, wording: Wording) -> str:
    return wording.word("type", name)


def _heads(names: tuple[str, ...], wording: Wording) -> tuple[str, ...]:
    return tuple(wording.say(f"policy.head.{name}") for name in names)
