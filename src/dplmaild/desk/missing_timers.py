"""Timers that a deployment lacks since the program, a profile or a calendar knows of others (STATE-3).

A case gets its timers with each event. One that was agreed before an upgrade would have the new ones only after its
next event, which may be its start: at the start of the daemon they are set for all that goes on. Done twice it does
nothing.
"""

from datetime import datetime

from dplmaild.deployment.case import Case
from dplmaild.deployment.process.timing import timers_of
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.timers import Timer
from dplmaild.log import get_logger
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database
from dplmaild.store.timers import Timers

_NAMED = 20  # deployments in the line of the log
log = get_logger()


def set_missing_timers(database: Database, settings: Settings, now: datetime) -> int:
    """Set every timer that is missing; how many there were. Raises StoreBusyError when it cannot be done now."""
    grounds: dict[str, Ground] = {}
    with database.reading() as connection:
        timers = Timers(connection)
        lacking = [
            case.reference
            for case in Cases(connection).going()
            if timers.missing(case.reference, _wanted(case, settings, grounds), now)
        ]
    if not lacking:
        return 0
    count = 0
    with database.writing() as connection:
        cases, timers = Cases(connection), Timers(connection)
        for case in (case for reference in lacking if (case := cases.load(reference)) is not None):
            # Looked at once more: somebody else may have acted meanwhile.
            missing = timers.missing(case.reference, _wanted(case, settings, grounds), now)
            timers.add(case.reference, missing)
            count += len(missing)
    log.info("timers set that were missing", count=count, references=lacking[:_NAMED])
    return count


def _wanted(case: Case, settings: Settings, grounds: dict[str, Ground]) -> tuple[Timer, ...]:
    """None for a deployment that cannot be judged: one never hides the others."""
    try:
        if case.customer not in grounds:
            grounds[case.customer] = settings.ground(settings.directory.customer(case.customer))
        return timers_of(case, grounds[case.customer])
    except (KeyError, ValueError):
        log.exception("its timers cannot be looked at", reference=case.reference)
        return ()
