"""When instructions are due, when they are reminded of, and how long an offer is held (INST-3, INST-4, SCHED-8)."""

from datetime import UTC, datetime

from dplmaild.deployment.profile import Due, InstructionPolicy, Profile, Reminder
from dplmaild.deployment.workdays import WorkCalendar


def instruction_deadline(
    start: datetime, confirmed_at: datetime, calendar: WorkCalendar, profile: Profile
) -> datetime | None:
    """INST-3: when instructions are due, in OPS's zone; at that moment they are in time. None: none are asked for."""
    policy = profile.instructions
    if policy is None:
        return None
    usual = _usual(start, policy.due, calendar)
    least = calendar.add_working_hours(confirmed_at, policy.at_least_after_confirmation)
    latest = start.astimezone(UTC) - policy.before_start
    due = min(max(usual, least).astimezone(UTC), latest)
    return due.astimezone(calendar.zone)


def _usual(start: datetime, due: Due, calendar: WorkCalendar) -> datetime:
    """The profile's hour of a working day before the deployment day; as shipped the end of OPS's hours on the last."""
    day = calendar.back_working_days(calendar.day_of(start), due.working_days_before)
    if due.at is not None:
        return calendar.at(day, due.at)
    hours = calendar.ops_hours_on(day)
    # A half day that ends before work begins has no hours: the working day before it has.
    while hours is None:
        day = calendar.back_working_days(day, 1)
        hours = calendar.ops_hours_on(day)
    return hours[1]


def deadline_cancels(deadline: datetime, confirmed_at: datetime, profile: Profile) -> bool:
    """Whether missing this deadline cancels (INST-5); one within the hour after the confirmation never does."""
    policy = profile.instructions
    return policy is not None and policy.cancels_late and is_binding(deadline, confirmed_at, policy)


def is_binding(deadline: datetime, confirmed_at: datetime, policy: InstructionPolicy) -> bool:
    """INST-3: whether the deadline leaves the sender a fair time; otherwise it only reminds OPS."""
    return deadline.astimezone(UTC) - confirmed_at.astimezone(UTC) >= policy.binding_after


def reminders(
    deadline: datetime, confirmed_at: datetime, calendar: WorkCalendar, profile: Profile
) -> tuple[datetime, ...]:
    """INST-4: when to remind before the deadline, earliest first; those too close to the confirmation are dropped."""
    policy = profile.instructions
    if policy is None:
        return ()
    earliest = confirmed_at.astimezone(UTC) + policy.reminders_after
    due = {_reminder(reminder, deadline, calendar) for reminder in policy.reminders}
    return tuple(sorted(moment for moment in due if moment.astimezone(UTC) >= earliest))


def _reminder(reminder: Reminder, deadline: datetime, calendar: WorkCalendar) -> datetime:
    """Working days ahead at the deadline's time of day, or working hours ahead."""
    if reminder.working_hours is not None:
        return calendar.back_working_hours(deadline, reminder.working_hours)
    local = deadline.astimezone(calendar.zone)
    return calendar.at(calendar.back_working_days(local.date(), reminder.working_days or 0), local.time())


def offer_expiry(start: datetime, offered_at: datetime, calendar: WorkCalendar, profile: Profile) -> datetime:
    """SCHED-8: until when an offered slot is held, in OPS's zone.

    Two working days, or its instruction deadline as if confirmed now, or its start, whichever comes first. A
    deadline that would bind nobody (INST-3) does not end an offer either.
    """
    ends = [_held_until(offered_at, calendar, profile).astimezone(UTC), start.astimezone(UTC)]
    deadline = instruction_deadline(start, offered_at, calendar, profile)
    if deadline and profile.instructions and is_binding(deadline, offered_at, profile.instructions):
        ends.append(deadline.astimezone(UTC))
    return min(ends).astimezone(calendar.zone)


def _held_until(offered_at: datetime, calendar: WorkCalendar, profile: Profile) -> datetime:
    """The same time of day some OPS working days later; an offer made on a day off counts from the next opening."""
    local = offered_at.astimezone(calendar.zone)
    day, at = local.date(), local.time()
    if not calendar.ops_working_day(day):
        day, at = calendar.on_working_days(day, 1), profile.hours.since
    return calendar.at(calendar.on_working_days(day, profile.slots.held_working_days), at)
