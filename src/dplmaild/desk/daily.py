"""The digest as a letter: once on every working day of OPS, at its opening; late rather than never (STATE-3)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from dplmaild.deployment.customer import DigestPolicy
from dplmaild.deployment.owed import Alarm, Facts, Letter, LetterKind, Trigger
from dplmaild.deployment.process.letters import OPS_LANGUAGE
from dplmaild.deployment.status import Digest
from dplmaild.deployment.workdays import ONE_DAY, WorkCalendar
from dplmaild.desk.consider import Desk
from dplmaild.desk.overview import ops_calendar
from dplmaild.desk.recording import Books, Cause
from dplmaild.desk.view import RecordView
from dplmaild.log import get_logger
from dplmaild.ports import TemporaryError
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases
from dplmaild.store.database import Database
from dplmaild.store.daybook import Daybook
from dplmaild.store.debts import Claim, Debt
from dplmaild.writing.letters import Letters
from dplmaild.writing.moments import day_in_words

PATIENCE = timedelta(minutes=10)  # how long mail that is still unread may hold it back
_LONGEST_BREAK = 40  # days without a working day of OPS
log = get_logger()


def last_opening(calendar: WorkCalendar, policy: DigestPolicy, now: datetime) -> tuple[date, datetime] | None:
    """The last working day of OPS whose digest is due by now, with the moment at which it became due.

    On OPS's wall clock: an hour that the clock jumps over is due as it would have come, of a doubled one the first
    counts. None where there was no working day for long.
    """
    day = calendar.day_of(now)
    for _ in range(_LONGEST_BREAK):
        due = calendar.at(day, policy.at or calendar.hours.since)
        if calendar.ops_working_day(day) and due.timestamp() <= now.timestamp():
            return day, due
        day -= ONE_DAY
    return None


class DailyDigest:
    """Gives the digest of each day once; the day is on record, so neither a restart nor a clock gives it again."""

    def __init__(self, database: Database, desk: Callable[[], Desk], owner: str, letters: Letters | None) -> None:
        self._database = database
        self._desk = desk
        self._owner = owner
        self._letters = letters
        self._given: date | None = None  # spares a look at the record
        self._due_since: datetime | None = None  # since when it waits for mail to be read
        self._put_off: datetime | None = None  # when it failed; it is left alone for a while
        self._known: tuple[Settings, WorkCalendar | None] | None = None  # made anew with another configuration

    def turn(self, now: datetime, read_until: datetime, unread: Sequence[str] = ()) -> tuple[Debt, ...]:
        """The letter, where one is due and not given yet.

        `read_until`: up to when all mail has been read, for which it waits a while; `unread`: what cannot be read.
        """
        opening = self._opening(now)
        if opening is None or opening[0] == self._given or self._waits(now, read_until < opening[1]):
            return ()
        try:
            debts = self._give(opening[0], now, self._drawn_up(opening[0], now, unread))
        except TemporaryError:
            raise
        except Exception:  # it never stops the timers beside it
            log.exception("digest failed")
            self._put_off = now
            return ()
        self._given, self._due_since = opening[0], None
        return debts

    def _opening(self, now: datetime) -> tuple[date, datetime] | None:
        settings = self._desk().settings
        if not settings.ops.digest.on or (self._put_off is not None and abs(self._put_off - now) < PATIENCE):
            return None
        if self._known is None or self._known[0] is not settings:
            self._known = settings, ops_calendar(settings)
        calendar = self._known[1]
        return last_opening(calendar, settings.ops.digest, now) if calendar else None

    def _waits(self, now: datetime, behind: bool) -> bool:
        if not behind:
            return False
        since = self._due_since
        if since is None or since > now:
            self._due_since = since = now
        return now - since < PATIENCE

    def _drawn_up(self, day: date, now: datetime, unread: Sequence[str]) -> Digest | None:
        """The digest of a day, while nobody is kept waiting; None where none is wanted.

        On the very first start nothing was missed: the first digest is that of the next opening.
        """
        desk = self._desk()
        with self._database.reading() as connection:
            daybook, cases = Daybook(connection), Cases(connection)
            if daybook.last() is None or daybook.was_given(day):
                return None
            digest = desk.overview.at(RecordView(cases, daybook=daybook), now, unread, self._letters)
        wanted = digest is not None and (digest.says_something or desk.settings.ops.digest.when_empty)
        return digest if wanted else None

    def _give(self, day: date, now: datetime, digest: Digest | None) -> tuple[Debt, ...]:
        """Note that the day has had its digest, and owe it, unless somebody else was faster."""
        settings = self._desk().settings
        with self._database.writing() as connection:
            books = Books(connection, settings, Claim.by(self._owner, now))
            if not books.daybook.give(day, now) or digest is None:
                return ()
            cause = Cause("dplmaild", "digest", f"digest/{day.isoformat()}")
            return books.owe((_letter(settings, digest),), None, cause, now)


def _letter(settings: Settings, digest: Digest) -> Alarm:
    facts = Facts(digest=digest, ops_zone=digest.zone, zone=digest.zone)
    to, title = (settings.ops.address,), f"Digest, {day_in_words(digest.today, OPS_LANGUAGE)}"
    return Alarm(Letter(LetterKind.DIGEST, to, OPS_LANGUAGE, title, facts, Trigger.TIMER))
