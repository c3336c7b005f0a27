"""A whole policy on one page, to be checked on paper (POLICY-2)."""

from collections.abc import Iterator

from dplmaild.deployment.customer import Customer, Ops
from dplmaild.deployment.periods import CalendarSource
from dplmaild.deployment.profile import Act, Profile
from dplmaild.deployment.terms import Role
from dplmaild.writing.clean import one_line
from dplmaild.writing.policy.demanded import rules
from dplmaild.writing.policy.frozen import freezes, freezes_in_words
from dplmaild.writing.policy.kinds import freedoms, ground_rules, hours_in_words, performers, types
from dplmaild.writing.policy.said import instructions, own_fields, request, slots
from dplmaild.writing.policy.section import Section, Table
from dplmaild.writing.wording import Wording


def policy_page(profile: Profile, wording: Wording) -> tuple[Section, ...]:
    """Every section of a profile, in the order in which a deployment meets it."""
    sections = (
        ground_rules(profile, wording),
        types(profile, wording),
        performers(profile, wording),
        freedoms(profile, wording),
        request(profile, wording),
        instructions(profile, wording),
        own_fields(profile, wording),
        slots(profile, wording),
        freezes(profile, wording),
        rules(profile, wording),
        _may(profile, wording),
    )
    return tuple(section for section in sections if section is not None)


def customer_section(customer: Customer, ops: Ops, wording: Wording) -> Section:
    """What is a customer's own: its level, its clock, its calendars, and what it does otherwise than its profile."""
    return Section(f"{one_line(customer.name)} ({customer.id})", tuple(_of_customer(customer, ops, wording)))


def _may(profile: Profile, wording: Wording) -> Section:
    roles = [role for role in Role if any(role in row for row in profile.may.values())]
    rows = tuple(
        (wording.say(f"policy.act.{act.value}"), *(_cell(profile, role, act, wording) for role in roles)) for act in Act
    )
    heads = (wording.say("policy.head.act"), *(wording.word("role", role) for role in roles))
    return Section(wording.say("policy.title.may"), (), Table(heads, rows))


def _cell(profile: Profile, role: Role, act: Act, wording: Wording) -> str:
    return wording.say(f"policy.may.{profile.may_do(role, act).name.lower()}")


def _of_customer(customer: Customer, ops: Ops, wording: Wording) -> Iterator[str]:
    yield wording.say(
        "policy.customer.standing",
        sla=customer.sla,
        phase=wording.say(f"policy.customer.{customer.phase.value}"),
        management=wording.say(f"policy.customer.by_{customer.management.value}"),
    )
    yield wording.say("policy.customer.zone", zone=customer.zone)
    yield wording.say("policy.customer.productive", environments=", ".join(customer.productive))
    if customer.products:
        yield wording.say("policy.customer.products", products=", ".join(customer.products))
    calendars = (("ops", ops.calendar), ("partner", customer.partner_calendar), ("customer", customer.calendar))
    places = [f"{wording.term(side)} {_place(source)}" for side, source in calendars if source is not None]
    yield wording.say("policy.customer.calendars", places=", ".join(places))
    if customer.shop_hours is not None:
        yield wording.say("policy.customer.shop", hours=hours_in_words(customer.shop_hours))
    if customer.syn:
        yield wording.say("policy.customer.syn")
    for whose, theirs in (("freeze", customer.freezes), ("freeze_of_ops", ops.freezes)):
        yield from (wording.say(f"policy.customer.{whose}", freeze=line) for line in freezes_in_words(theirs, wording))
    if customer.approval is not None:
        types = ", ".join(wording.word("type", each) for each in customer.approval)
        yield wording.say("policy.customer.approval", types=types)
    for choice in customer.profiles:
        parts = ", ".join((*choice.products, *choice.environments))
        yield wording.say("policy.customer.part", parts=parts, profile=choice.profile)


def _place(source: CalendarSource) -> str:
    return f"{source.country} {source.region}" if source.region else source.country
