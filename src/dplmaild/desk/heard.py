"""A message as the process hears it: what was said, by whom, when, and in which thread."""

from datetime import datetime, timedelta

from dplmaild.deployment.process import Heard
from dplmaild.desk.hearing import Hearing

LATEST = timedelta(days=60)  # a Date before that is a wrong clock, and no mail that was under way so long


def as_heard(hearing: Hearing, own: frozenset[str], now: datetime, *, alone: bool) -> Heard:
    """What was heard, for the process; `own` are the desk's own addresses."""
    message = hearing.message
    return Heard(
        meaning=hearing.meaning,
        speaker=hearing.speaker,
        arrived=hearing.posted.arrived,
        now=now,
        written=_written(hearing),
        named=hearing.named,
        subject=message.subject,
        message_id=message.message_id,
        references=message.references,
        copied=tuple(m.address for m in (*message.to, *message.cc)),
        ticket=hearing.posted.ticket,
        own=own,
        alone=alone,
    )


def _written(hearing: Hearing) -> datetime | None:
    """The Date of a message, where it is one that a late mail can have: it never counts for a deadline."""
    date, arrived = hearing.message.date, hearing.posted.arrived
    return date if date is not None and arrived - LATEST <= date <= arrived else None
