"""LEAD: how much notice a deployment needs. LEAD-1 stands in `block`, for it knows the UAT step as well."""

from datetime import UTC, datetime, timedelta

from dplmaild.deployment.profile import Count, Lead
from dplmaild.deployment.rules.ground import Asked, Ground
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, open_
from dplmaild.deployment.terms import Severity
from dplmaild.deployment.workdays import WorkCalendar


def notice(asked: Asked, ground: Ground) -> Verdict:
    """The notice given from the arrival to the deployment day against what the profile wants for this type."""
    type_ = asked.effective.type
    policy = ground.profile.policy(type_)
    if asked.window is None or policy is None or policy.lead is None:
        return open_()
    lead, start = policy.lead, asked.window.start
    given = counted(asked.arrived, start, lead, ground.calendar)
    enough, advised = given >= lead.at_least, lead.recommended is None or given >= lead.recommended
    return kept(
        enough and advised,
        Severity.WARNS if enough and not advised else None,
        arrived=ground.calendar.day_of(asked.arrived),
        day=ground.calendar.day_of(start),
        given=given,
        required=lead.at_least,
        recommended=lead.recommended,
        count=lead.count.value,
        type=type_.value if type_ else None,
    )


def counted(arrived: datetime, start: datetime, lead: Lead, calendar: WorkCalendar) -> int:
    """Days or whole hours of notice, as the profile counts them; below zero when the start lies before."""
    since, until = calendar.day_of(arrived), calendar.day_of(start)
    if lead.count is Count.HOURS:
        return (start.astimezone(UTC) - arrived.astimezone(UTC)) // timedelta(hours=1)
    if lead.count is Count.CALENDAR:
        return (until - since).days
    # More than is wanted need not be counted: a start ten years away stays cheap.
    return calendar.ops_working_days_between(since, until, 3 * max(lead.at_least, lead.recommended or 0) + 60)


def code_notice(asked: Asked, ground: Ground) -> Verdict:
    """LEAD-2: code needs at least three calendar days (caas 3.4)."""
    return notice(asked, ground)


def hotfix_notice(asked: Asked, ground: Ground) -> Verdict:
    """LEAD-3: a hotfix is possible on the same or next day, and later as well (caas 3.4)."""
    return notice(asked, ground)


def lies_ahead(asked: Asked, ground: Ground) -> Verdict:
    """LEAD-4: a start lies ahead, at least one hour after the arrival (derived)."""
    if asked.window is None:
        return open_()
    start, least = asked.window.start.astimezone(UTC), ground.profile.minimum_notice
    earliest = asked.arrived.astimezone(UTC) + least
    # At the start itself it need not lie ahead any more.
    past = not asked.starting and start <= asked.now.astimezone(UTC)
    zone = ground.calendar.zone
    return kept(
        start >= earliest and not past,
        start=asked.window.start,
        arrived=asked.arrived.astimezone(zone),
        earliest=earliest.astimezone(zone),
        at_least=least,
        past=past,
    )


LIES_AHEAD = Rule("LEAD-4", About.TIME, lies_ahead)
LEAD = (Rule("LEAD-2", About.DAY, code_notice), Rule("LEAD-3", About.DAY, hotfix_notice), LIES_AHEAD)
