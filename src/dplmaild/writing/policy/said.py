"""What has to be said, until when, and what becomes of it, as sections."""

from collections.abc import Iterator

from dplmaild.deployment.profile import InstructionPolicy, Profile, Reminder, Requirement
from dplmaild.writing.moments import duration_in_words
from dplmaild.writing.policy.scope import scope_in_words
from dplmaild.writing.policy.section import Section, Table
from dplmaild.writing.wording import Wording


def request(profile: Profile, wording: Wording) -> Section:
    """What a request has to name."""
    return Section(wording.say("policy.title.request"), (), _fields(profile.schedule_fields, wording))


def instructions(profile: Profile, wording: Wording) -> Section:
    """What instructions have to say, and by when."""
    lines = (
        tuple(_deadline(profile.instructions, wording))
        if profile.instructions
        else (wording.say("policy.instructions.none"),)
    )
    table = _fields(profile.instruction_fields, wording) if profile.instruction_fields else None
    return Section(wording.say("policy.title.instructions"), lines, table)


def _fields(requirements: tuple[Requirement, ...], wording: Wording) -> Table:
    rows = tuple(
        (
            wording.label(each.field),
            scope_in_words(each, wording),
            wording.say(f"policy.condition.{each.condition.value}"),
            wording.term(each.owed_by),
        )
        for each in requirements
    )
    return Table(tuple(wording.say(f"policy.head.{name}") for name in ("field", "what", "when", "owed_by")), rows)


def _deadline(policy: InstructionPolicy, wording: Wording) -> Iterator[str]:
    due = policy.due
    at = f"{due.at:%H:%M}" if due.at else None
    yield wording.say("policy.instructions.due", days=due.working_days_before, at=at)
    yield wording.say(
        "policy.instructions.bounds",
        least=duration_in_words(policy.at_least_after_confirmation),
        latest=duration_in_words(policy.before_start),
    )
    yield wording.say("policy.instructions.binding", span=duration_in_words(policy.binding_after))
    if policy.reminders:
        ahead = ", ".join(_reminder(each, wording) for each in policy.reminders)
        yield wording.say("policy.instructions.reminders", ahead=ahead, after=duration_in_words(policy.reminders_after))
    yield wording.say(f"policy.instructions.{'cancelled' if policy.cancels_late else 'recorded'}")


def _reminder(reminder: Reminder, wording: Wording) -> str:
    if reminder.working_hours is not None:
        return wording.say("policy.instructions.hours_ahead", hours=duration_in_words(reminder.working_hours))
    return wording.say("policy.instructions.days_ahead", days=reminder.working_days)


def own_fields(profile: Profile, wording: Wording) -> Section | None:
    """What this process asks for and no other does."""
    if not profile.fields:
        return None
    rows = tuple(
        (wording.label(each.name), each.name.value, wording.say(f"policy.kind.{each.kind.value}"))
        for each in profile.fields
    )
    heads = tuple(wording.say(f"policy.head.{name}") for name in ("field", "name", "answer"))
    return Section(wording.say("policy.title.own_fields"), (), Table(heads, rows))


def slots(profile: Profile, wording: Wording) -> Section:
    """The tests, and how slots are chosen, offered and held."""
    policy, tests = profile.slots, profile.tests
    near, late = profile.watch.ready_before, profile.watch.late_after
    lines = [
        wording.say("policy.tests", least=duration_in_words(tests.least), limit=duration_in_words(tests.limit)),
        wording.say("policy.watch", before=duration_in_words(near), after=duration_in_words(late)),
        wording.say("policy.slots.offered", count=policy.offered, grid=duration_in_words(policy.grid)),
        wording.say("policy.slots.horizon", days=policy.horizon_days),
        wording.say("policy.slots.held", days=policy.held_working_days),
        wording.say("policy.slots.at_once", count=policy.customer_at_once),
    ]
    if early := profile.watch.start_before:
        lines.insert(2, wording.say("policy.start_early", before=duration_in_words(early)))
    lines += [wording.say("policy.slots.shared", environments=", ".join(group)) for group in policy.shared]
    if profile.asap_offers:
        types = ", ".join(wording.word("type", each) for each in profile.asap_offers)
        lines.append(wording.say("policy.slots.asap", types=types))
    return Section(wording.say("policy.title.slots"), tuple(lines))
