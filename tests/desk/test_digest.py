"""The digest: once on every working day of OPS, late rather than never; and what stands in it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desk.build import ANN, DAY, ENGINEER, HOUR, MANAGER, NOW, REQUEST, Mail, Running, settings_in
from dplmaild.deployment.owed import Alarm, Letter, LetterKind
from dplmaild.deployment.status import Digest
from dplmaild.desk import DailyDigest
from dplmaild.desk.view import RecordView
from dplmaild.settings import Settings, load
from dplmaild.store.cases import Cases
from dplmaild.store.daybook import Daybook

TAG = "Re: Next release [DPL-2026-0001]"
# 09:00 in Berlin is 08:00 UTC in winter; NOW is Monday 23 November 2026, 08:00 UTC.
FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def daily(running: Running) -> DailyDigest:
    """A daemon's own, freshly started."""
    return DailyDigest(running.database, lambda: running.desk, "test", None)


def given(running: Running, now: datetime, *, by: DailyDigest | None = None) -> list[Letter]:
    """The digests that one turn brings."""
    debts = (by or daily(running)).turn(now, now)
    return [debt.what.letter for debt in debts if isinstance(debt.what, Alarm)]


def begun(running: Running, at: datetime = FRIDAY) -> None:
    """A desk that has run before: its first start is over."""
    assert given(running, at) == []


def day(running: Running, now: datetime) -> Digest:
    """How the day stands."""
    with running.database.reading() as connection:
        found = running.desk.overview.at(RecordView(Cases(connection), daybook=Daybook(connection)), now)
    assert found is not None
    return found


def test_it_comes_at_the_opening_and_not_before(running: Running) -> None:
    begun(running)
    assert given(running, NOW - timedelta(seconds=1)) == []
    (letter,) = given(running, NOW)
    assert (letter.kind, letter.to) == (LetterKind.DIGEST, ("ops@example.org",))
    assert letter.facts.digest is not None
    assert letter.facts.digest.today == date(2026, 11, 23)


def test_the_first_start_of_all_has_missed_nothing(running: Running) -> None:
    assert given(running, NOW + HOUR) == []
    assert given(running, NOW + 2 * HOUR) == []
    assert len(given(running, NOW + DAY)) == 1


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(timedelta(seconds=1), id="a moment later"),
        pytest.param(8 * HOUR, id="in the evening"),
        pytest.param(-HOUR, id="the clock was set back by an hour"),
        pytest.param(23 * HOUR, id="just before the next one"),
    ],
)
def test_it_comes_once_a_day_whatever_restarts_or_clocks_do(running: Running, later: timedelta) -> None:
    begun(running)
    keeps = daily(running)
    assert len(given(running, NOW, by=keeps)) == 1
    assert given(running, NOW + later, by=keeps) == []
    assert given(running, NOW + later) == []  # a restart


def test_after_a_downtime_it_comes_late_and_once(running: Running) -> None:
    begun(running)
    assert len(given(running, NOW + 5 * HOUR)) == 1  # down over the opening
    assert len(given(running, NOW + 3 * DAY + HOUR)) == 1  # down for two whole days: one letter, not three


def test_none_on_days_off(running: Running) -> None:
    begun(running)
    saturday = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    assert given(running, saturday) == []
    assert given(running, saturday + DAY) == []
    christmas = datetime(2026, 12, 25, 10, 0, tzinfo=UTC)  # a Friday; Thursday's comes late, Friday has none
    (late,) = given(running, christmas - DAY)
    assert late.facts.digest is not None
    assert given(running, christmas) == []
    assert len(given(running, datetime(2026, 12, 28, 8, 0, tzinfo=UTC))) == 1


def test_a_clock_that_ran_ahead_hides_no_later_day(running: Running) -> None:
    begun(running)
    ahead = NOW + timedelta(days=30)
    assert len(given(running, ahead)) == 1
    (letter,) = given(running, NOW + DAY)
    assert letter.facts.digest is not None
    assert letter.facts.digest.since == NOW  # not that of the day which has not come


@pytest.mark.parametrize(
    ("at", "due"),
    [
        pytest.param("02:30:00", datetime(2027, 3, 30, 0, 30, tzinfo=UTC), id="early, in summer"),
        pytest.param("09:00:00", datetime(2027, 3, 30, 7, 0, tzinfo=UTC), id="after the change in spring"),
        pytest.param("09:00:00", datetime(2026, 10, 26, 8, 0, tzinfo=UTC), id="and after that in autumn"),
    ],
)
def test_it_keeps_to_the_wall_clock(tmp_path: Path, at: str, due: datetime) -> None:
    running = Running(configured(tmp_path, f"digest = {{ at = {at} }}"), tmp_path)
    begun(running, due - 2 * DAY)
    assert given(running, due - timedelta(seconds=1)) == []
    assert len(given(running, due)) == 1
    running.database.close()


@pytest.mark.parametrize(
    ("at", "due"),
    [
        pytest.param("02:30:00", datetime(2027, 3, 28, 1, 30, tzinfo=UTC), id="in the hour that does not exist"),
        pytest.param("02:30:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), id="in the hour that comes twice"),
    ],
)
def test_a_night_with_a_change_of_clocks_has_one(tmp_path: Path, at: str, due: datetime) -> None:
    """Both nights are Sundays, so this OPS works where Sunday is a working day."""
    settings = configured(tmp_path, f"digest = {{ at = {at} }}", country="SA")
    running = Running(settings, tmp_path)
    begun(running, due - 12 * HOUR)
    assert given(running, due - timedelta(minutes=1)) == []
    assert [len(given(running, due + n * HOUR / 2)) for n in range(6)] == [1, 0, 0, 0, 0, 0]
    running.database.close()


def configured(folder: Path, digest: str, country: str = "DE") -> Settings:
    """A desk whose OPS has its digest otherwise."""
    settings_in(folder)
    main = folder / "dplmaild.toml"
    text = main.read_text("utf-8")
    old = 'calendar = { country = "DE", region = "TH" }'
    assert old in text
    main.write_text(text.replace(old, f'calendar = {{ country = "{country}" }}\n{digest}'), "utf-8")
    return load(main)


def test_it_can_be_switched_off(tmp_path: Path) -> None:
    running = Running(configured(tmp_path, "digest = { on = false }"), tmp_path)
    begun(running)
    assert given(running, NOW) == []
    running.database.close()


def test_on_an_empty_day_it_says_so_unless_that_is_not_wanted(running: Running, tmp_path: Path) -> None:
    begun(running)
    (letter,) = given(running, NOW)
    assert letter.facts.digest is not None
    assert not letter.facts.digest.says_something
    other = tmp_path / "other"
    other.mkdir()
    quiet = Running(configured(other, "digest = { when_empty = false }"), other)
    begun(quiet)
    assert given(quiet, NOW) == []
    quiet.receive(Mail(REQUEST), NOW + HOUR)
    assert len(given(quiet, NOW + DAY)) == 1
    quiet.database.close()


def test_it_waits_a_while_for_mail_that_is_unread(running: Running) -> None:
    begun(running)
    keeps = daily(running)
    assert keeps.turn(NOW, FRIDAY) == ()
    assert keeps.turn(NOW + timedelta(minutes=9), FRIDAY) == ()
    assert len(keeps.turn(NOW + timedelta(minutes=10), FRIDAY, ("inbox: out of reach",))) == 1


def test_it_tells_what_cannot_be_read(running: Running) -> None:
    begun(running)
    (debt,) = daily(running).turn(NOW + HOUR, NOW + HOUR, ("inbox: the login was refused",))
    assert isinstance(debt.what, Alarm)
    digest = debt.what.letter.facts.digest
    assert digest is not None
    assert digest.unread == ("inbox: the login was refused",)


def test_what_lacks_instructions_waits_for_the_partner_since_it_was_agreed(running: Running) -> None:
    running.receive(Mail(REQUEST))
    digest = day(running, NOW + DAY)
    (status,) = digest.waiting
    assert (status.reference, status.since) == ("DPL-2026-0001", NOW)
    assert digest.due_today == digest.due_next == ()
    running.receive(Mail("/note nothing new", sender=MANAGER, subject=TAG, number=5), NOW + 2 * HOUR)
    assert day(running, NOW + DAY).waiting[0].since == NOW  # a note is no change


@pytest.mark.parametrize(
    ("now", "where"),
    [
        pytest.param(datetime(2026, 12, 11, 9, 0, tzinfo=UTC), "waiting", id="on Friday"),
        pytest.param(datetime(2026, 12, 14, 9, 0, tzinfo=UTC), "due_next", id="on Monday"),
        pytest.param(datetime(2026, 12, 15, 8, 0, tzinfo=UTC), "due_today", id="on the day"),
    ],
)
def test_a_deployment_stands_in_one_list(running: Running, now: datetime, where: str) -> None:
    running.receive(Mail(REQUEST))
    digest = day(running, now)
    lists = {"due_today": digest.due_today, "due_next": digest.due_next, "waiting": digest.waiting}
    assert {name: [s.reference for s in each] for name, each in lists.items() if each} == {where: ["DPL-2026-0001"]}


def test_holds_overrides_and_messages_for_a_look(running: Running) -> None:
    begun(running)
    running.receive(Mail(REQUEST), NOW - 2 * HOUR)
    commands = "/override DAY-2 the customer knows\n/hold campaign until 2026-12-10 09:00"
    running.receive(Mail(commands, sender=MANAGER, subject=TAG, number=2), NOW - HOUR)
    running.receive(Mail(REQUEST, sender=ANN, stamped="fail", subject="forged", number=3), NOW - HOUR)
    digest = day(running, NOW)
    assert [(s.reference, s.hold) for s in digest.held] == [("DPL-2026-0001", "campaign")]
    assert [o.reason for s in digest.overridden for o in s.overrides] == ["the customer knows"]
    assert [(m.sender, m.subject) for m in digest.looked] == [(ANN, "forged")]
    assert len(given(running, NOW)) == 1
    later = day(running, NOW + DAY)  # told once; a hold stands until it ends
    assert (later.looked, later.overridden, len(later.held)) == ((), (), 1)


def test_a_deployment_whose_customer_is_gone_is_named_and_hides_no_other(running: Running) -> None:
    running.receive(Mail(REQUEST))
    running.receive(Mail(REQUEST, sender="olga@other.example.com", number=2))
    running.desk.settings = running.desk.settings.model_copy(
        update={"customers": tuple(c for c in running.desk.settings.customers if c.id == "acme")}
    )
    desk = type(running.desk)(running.desk.settings)
    with running.database.reading() as connection:
        digest = desk.overview.at(RecordView(Cases(connection), daybook=Daybook(connection)), NOW + DAY)
    assert digest is not None
    assert (digest.unknown, [s.reference for s in digest.waiting]) == (("DPL-2026-0002",), ["DPL-2026-0001"])


def test_long_lists_are_cut_and_counted(running: Running) -> None:
    begun(running)
    for number in range(30):
        running.receive(Mail(f"please deploy 11.0.{number} to PRD", stamped="fail", number=100 + number), NOW - HOUR)
    digest = day(running, NOW)
    assert (len(digest.looked), dict(digest.more)) == (25, {"looked": 5})


def test_an_engineer_who_asks_for_the_status_without_a_reference_gets_the_day(running: Running) -> None:
    running.receive(Mail(REQUEST))
    answered = running.receive(Mail("/status", sender=ENGINEER, subject="how are we?", number=4), NOW + HOUR)
    (debt,) = answered.debts
    assert isinstance(debt.what, Letter)
    assert debt.what.to == (ENGINEER,)
    (result,) = debt.what.facts.transcript
    assert (result.line, result.done, result.digest) == ("/status", True, day(running, NOW + HOUR))
    assert answered.reference is None
