"""The day of OPS from the record: what is due, who waits for whom, what went wrong. Nothing is written down here."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dplmaild.deployment.case import ENDED, Case
from dplmaild.deployment.owed import Alarm, CoveredComment, Letter, TicketComment, readers_of
from dplmaild.deployment.process.standing import status_of
from dplmaild.deployment.profile import Profile
from dplmaild.deployment.status import Digest, Looked, Status, Undelivered, Unsaid
from dplmaild.deployment.workdays import WorkCalendar, work_calendar
from dplmaild.desk.view import Grounds, View
from dplmaild.log import get_logger
from dplmaild.reading.mime import read_message
from dplmaild.settings import Settings
from dplmaild.store.daybook import Daybook, Kept
from dplmaild.store.debts import Debt, name_of
from dplmaild.writing.letters import Letters

MOST = 25  # lines of one list; the rest is counted
_DAY = timedelta(days=1)
log = get_logger()


def ops_profile(settings: Settings) -> Profile | None:
    """The profile by whose zone and hours OPS's day begins: that of the most customers; None without any customer."""
    ids = [customer.profile for customer in settings.customers]
    return settings.profiles[max(dict.fromkeys(ids), key=ids.count)] if ids else None


def ops_calendar(settings: Settings) -> WorkCalendar | None:
    """OPS's own working days, on the wall clock of its digest."""
    profile, ops = ops_profile(settings), settings.ops
    if profile is None:
        return None
    zone = ops.digest.zone or profile.zone
    own = ops.calendar.in_zone(zone)
    return work_calendar(own, zone, None, own, profile.hours)


class Overview:
    """Puts the day together."""

    def __init__(self, settings: Settings, grounds: Grounds) -> None:
        self._settings = settings
        self._grounds = grounds

    def at(
        self, view: View, now: datetime, unread: Sequence[str] = (), letters: Letters | None = None
    ) -> Digest | None:
        """The day as it stands now; None where there is no record, or nobody whose day it could be.

        `unread`: sources that cannot be read. `letters` word what shadow mode kept back.
        """
        calendar, daybook = ops_calendar(self._settings), view.daybook
        if calendar is None or daybook is None:
            return None
        since = daybook.last() or now - _DAY
        since = since if since < now else now - _DAY  # given by a clock that ran ahead
        today = calendar.day_of(now)
        first = Digest(now, since, calendar.zone.key, today, calendar.on_working_days(today, 1), unread=tuple(unread))
        whole = self._with_cases(first, daybook.cases(now), view)
        return self._with_shadow(_with_trouble(whole, daybook), daybook, letters)

    def _with_cases(self, digest: Digest, cases: tuple[Case, ...], view: View) -> Digest:
        known: list[Status] = []
        unknown: list[str] = []
        for case in cases:
            status = self.status(case, view, digest.at)
            if status is not None:
                known.append(status)
            elif case.state not in ENDED:
                unknown.append(case.reference)
        return replace(_by_day(digest, known), unknown=tuple(unknown))

    def status(self, case: Case, view: View, now: datetime) -> Status | None:
        """How one stands; None for a deployment that cannot be judged: one never hides the others."""
        try:
            customer = self._settings.directory.customer(case.customer)
            return status_of(case, self._grounds.of(customer, (case.deployment,), view, now), now)
        except (KeyError, ValueError):
            log.exception("cannot be judged", reference=case.reference)
            return None

    def _with_shadow(self, digest: Digest, daybook: Daybook, letters: Letters | None) -> Digest:
        """SEE-12: what came in, and what would have been answered."""
        if not self._settings.desk.shadow:
            return digest
        debts, count = daybook.unsaid(digest.since, MOST)
        unsaid = tuple(each for debt in reversed(debts) for each in _unsaid(debt, daybook, letters))
        more = (("unsaid", count - MOST),) if count > MOST else ()
        came_in = daybook.came_in(digest.since)
        return replace(digest, shadow=True, came_in=came_in, unsaid=unsaid, more=(*digest.more, *more))


def _by_day(digest: Digest, known: list[Status]) -> Digest:
    """Every deployment in the list where OPS looks for it."""
    going = [each for each in known if each.state not in ENDED]
    today = [each for each in going if _day_of(each) == digest.today]
    following = [each for each in going if digest.today < (_day_of(each) or digest.today) <= digest.next_day]
    waiting = [each for each in going if each not in today and each not in following and each.calls(digest.at)]
    held = [each for each in going if each.hold is not None]
    overridden = [each for each in known if any(one.at >= digest.since for one in each.overrides)]
    waiting.sort(key=lambda each: _first_moment(each, digest.at))
    lists = {"due_today": today, "due_next": following, "waiting": waiting, "held": held, "overridden": overridden}
    more = tuple((name, len(each) - MOST) for name, each in lists.items() if len(each) > MOST)
    return replace(
        digest,
        due_today=tuple(today[:MOST]),
        due_next=tuple(following[:MOST]),
        waiting=tuple(waiting[:MOST]),
        held=tuple(held[:MOST]),
        overridden=tuple(overridden[:MOST]),
        more=(*digest.more, *more),
    )


def _unsaid(debt: Debt, daybook: Daybook, letters: Letters | None) -> Iterable[Unsaid]:
    letter = _letter_of(debt)
    if letter is None:
        return
    kept = daybook.message(debt.message) if debt.message is not None else None
    answers = f"{_subject(kept)} from {kept.sender}" if kept else ""
    first = letters.render(letter).text.partition("\n")[0] if letters else letter.kind.value.replace("_", " ")
    yield Unsaid(debt.reference, (*letter.to, *letter.cc), first, answers)


def _letter_of(debt: Debt) -> Letter | None:
    """The letter that would have been read; a note beside a letter says the same again."""
    match debt.what:
        case Letter():
            return debt.what
        case Alarm():
            return debt.what.letter
        case TicketComment(as_mail=True):
            return debt.what.letter
        case CoveredComment() as covered:  # on another ticket, where it has other readers
            return replace(covered.letter, to=readers_of(covered))
        case _:
            return None


def _with_trouble(digest: Digest, daybook: Daybook) -> Digest:
    kept, all_kept = daybook.looked(digest.since, MOST)
    debts, all_debts = daybook.undelivered(digest.since, MOST)
    counts = (("looked", all_kept - MOST), ("undelivered", all_debts - MOST))
    return replace(
        digest,
        looked=tuple(Looked(each.number, each.sender, _subject(each), each.reason, each.at) for each in kept),
        undelivered=tuple(_undelivered(debt) for debt in debts),
        more=(*digest.more, *((name, count) for name, count in counts if count > 0)),
    )


def _undelivered(debt: Debt) -> Undelivered:
    to = readers_of(debt.what)
    return Undelivered(debt.id, debt.reference, name_of(debt.what), to, debt.state.value, debt.note, debt.owed_at)


def _subject(kept: Kept) -> str:
    return read_message(kept.raw).subject


def _day_of(status: Status) -> date | None:
    """The day of its slot, on OPS's clock of its own profile."""
    return status.slot.start.astimezone(ZoneInfo(status.zone)).date() if status.slot else None


def _first_moment(status: Status, at: datetime) -> datetime:
    """What is waited for soonest stands first; what has no end stands last."""
    return min((each.until for each in status.calls(at) if each.until), default=at + 400 * _DAY)
