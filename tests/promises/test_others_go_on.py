"""One outcome, timer or article that fails is passed over; the next has its turn (P1, P13, STATE-3)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from dplmaild.deployment.timers import TimerKind
from dplmaild.desk.reception import TIMER_PAUSE
from dplmaild.ports import Arrival, Identity, Outcome, PermanentError, Position, TemporaryError
from dplmaild.store.cases import Cases
from dplmaild.store.inbox import Inbox
from dplmaild.store.timers import Timers
from promises.desk import Where, desk_in, zammad
from promises.mails import drop, request
from promises.scenario import TICKET_REQUEST
from promises.turns import Turns, message_rows, opened
from servers.zammad import ZammadDouble

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


class PickyMailbox:
    """Hands over these mails, and has its own mind about what may be shown."""

    account = "picky"

    def __init__(self, *raws: bytes, trouble: dict[str, Exception] | None = None) -> None:
        self._raws = raws
        self._trouble = trouble or {}
        self.shown: list[str] = []

    def fetch(self, after: Position | None, limit: int) -> Iterator[Arrival]:
        """See Mailbox."""
        first = int(after.uid) if after else 0
        for uid, raw in list(enumerate(self._raws, start=1))[first : first + limit]:
            yield Arrival(Identity(self.account, "INBOX", 1, str(uid)), NOW, raw, len(raw))

    def wait(self, seconds: float) -> bool:
        """See Mailbox."""
        return False

    def show(self, identity: Identity, outcome: Outcome) -> None:
        """See Mailbox."""
        if identity.uid in self._trouble:
            raise self._trouble[identity.uid]
        self.shown.append(identity.uid)

    def show_all(self, identities: Sequence[Identity], outcome: Outcome) -> None:
        """See Mailbox; trouble with one is trouble with the whole group."""
        for identity in identities:
            if identity.uid in self._trouble:
                raise self._trouble[identity.uid]
        self.shown.extend(identity.uid for identity in identities)

    def close(self) -> None:
        """See Mailbox."""


def _requests(*days: str) -> list[bytes]:
    when = b"Thursday, 2026-12-10"
    return [request(day, sent=NOW).replace(when, day.encode()) for day in days]


THREE = _requests("Tuesday, 2026-12-15", "Wednesday, 2026-12-16", "Thursday, 2026-12-17")


def test_an_outcome_that_is_refused_for_good_is_told_and_passed_over(tmp_path: Path) -> None:
    picky = PickyMailbox(*THREE, trouble={"1": PermanentError("no such folder may be made")})
    turns = opened(desk_in(tmp_path), NOW, mailbox=picky, shows=True)
    with capture_logs() as logs:
        turns.go()
    turns.close()
    assert picky.shown == ["2", "3"]
    assert [(line["uid"], line["why"]) for line in logs if line["event"] == "outcome not shown"] == [
        ("1", "no such folder may be made")
    ]


def test_a_group_that_met_a_broken_line_is_shown_again_whole(tmp_path: Path) -> None:
    broken = PickyMailbox(*THREE, trouble={"3": TemporaryError("the line broke")})
    turns = opened(desk_in(tmp_path), NOW, mailbox=broken, shows=True)
    with pytest.raises(TemporaryError):
        turns.go()
    with turns.parts.database.reading() as connection:
        left = [identity.uid for _, identity, _ in Inbox(connection).unshown(10, "picky")]
    turns.close()
    assert (broken.shown, left) == ([], ["1", "2", "3"])


def test_outcomes_of_a_mailbox_that_shows_none_do_not_stand_before_those_of_another(tmp_path: Path) -> None:
    settings = desk_in(tmp_path)
    drop(tmp_path, *THREE, at=NOW)
    opened(settings, NOW).go()
    turns = opened(settings, NOW)
    with turns.parts.database.writing() as connection:
        kept = Inbox(connection).keep(Arrival(Identity("other", "INBOX", 1, "1"), NOW, b"x", 1))
        assert kept is not None
        Inbox(connection).decided(kept.id, Outcome.ASKED, "", NOW)
        found = [identity.account for _, identity, _ in Inbox(connection).unshown(1, "other")]
    turns.close()
    assert found == ["other"]


def _reminded(turns: Turns) -> set[str]:
    with turns.parts.database.reading() as connection:
        return {
            reference
            for reference in ("DPL-2026-0001", "DPL-2026-0002", "DPL-2026-0003")
            for timer, fired, note in Timers(connection).of(reference)
            if timer.kind is TimerKind.REMINDER and fired and note == "reminded of the instructions"
        }


def test_a_timer_that_fails_is_put_off_and_the_others_fire(tmp_path: Path) -> None:
    turns = opened(desk_in(tmp_path), NOW, mailbox=PickyMailbox(*THREE))
    turns.go()
    with turns.parts.database.writing() as connection:  # its customer was taken out of the configuration
        case = Cases(connection).load("DPL-2026-0001")
        assert case is not None
        Cases(connection).save(replace(case, customer="gone"), NOW)
    turns.clock.now = datetime(2026, 12, 14, 16, 30, tzinfo=UTC)  # behind a reminder of each, before later deadlines
    with capture_logs() as logs:
        turns.fire()
        turns.clock.now += TIMER_PAUSE / 2
        turns.fire()
    assert _reminded(turns) == {"DPL-2026-0002", "DPL-2026-0003"}
    failed = [line["reference"] for line in logs if line["event"] == "timer failed"]
    assert set(failed) == {"DPL-2026-0001"}
    before = len(failed)
    turns.clock.now += TIMER_PAUSE
    with capture_logs() as logs:
        turns.fire()
    assert len([line for line in logs if line["event"] == "timer failed"]) == before, "tried again, once each"
    turns.close()


def test_after_an_unclean_end_an_article_is_counted_before_it_is_read(tmp_path: Path) -> None:
    with ZammadDouble() as desk:
        nora = desk.add_user("nora@agency.example.net", "Nora", "Release")
        ticket = desk.add_ticket("Release 11.0.3", customer_id=nora.id)
        row = desk.add_article(ticket, nora, body=TICKET_REQUEST)
        desk.store.tables.articles[row["id"]]["created_at"] = NOW
        desk.store.tables.tickets[ticket["id"]]["updated_at"] = NOW
        settings = desk_in(tmp_path, Where(zammad=zammad(desk.url)), desk.token)
        opened(settings, NOW).close()
        turns = opened(settings, NOW + timedelta(minutes=1))
        commits = turns.parts.database.commits
        assert turns.tickets is not None
        turns.tickets.turn()
        (kept,) = message_rows(turns)
        turns.close()
    assert (kept["outcome"], kept["attempts"]) == ("answered", 1)
    assert turns.parts.database.commits - commits == 4  # kept, counted, decided; and how far it has been read
