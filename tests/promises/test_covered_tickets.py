"""Notices on the tickets covered (RUN-6): once each, on the customer's own alone, and OPS knows what is on none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dplmaild.desk.overview import Overview
from dplmaild.desk.view import RecordView
from dplmaild.ports import Comment, Ticket
from dplmaild.store.cases import Cases
from dplmaild.store.daybook import Daybook
from dplmaild.store.debts import Debts
from promises.covering import BEN, LISA, NORA, NOW, Scene, alarms, covered, mailed, order, running, wait
from promises.scenario import TICKET_REQUEST
from promises.turns import message_rows, opened
from servers.zammad import ZammadDouble
from servers.zammad.faults import Kind
from servers.zammad.store import Row


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with ZammadDouble() as double:
        yield Scene(tmp_path, double)


def test_every_notice_stands_once_on_every_ticket_covered_and_on_no_other(scene: Scene) -> None:
    one, two, other = scene.ticket("10042"), scene.ticket("10043", LISA), scene.ticket("10044")
    turns = scene.on(scene.settings(), "#10042, 10043", "mail from Ann of 3 Nov")
    order(turns, "update half way")
    order(turns, "delay 20m slow", minutes=1)
    wait(turns)
    turns.close()
    assert scene.said(one) == scene.said(two) == ["UPDATE", "DELAYED"]
    assert scene.said(other) == []
    assert scene.kinds(one) == [(10, None), (10, None)]
    assert not any(row["internal"] for row in scene.double.articles(one))
    assert alarms(turns) == []


UNKNOWN = "there is no ticket 10042 of Northwind Shop, so this notice stands on none (RUN-6)"


def _foreign(scene: Scene) -> Row:
    return scene.ticket("10042", "eve@beta.example.com")


def _on_record(scene: Scene) -> Row:
    """A partner of both wrote it for the other customer: our record knows whose it is."""
    return scene.ticket("10042", NORA)


def _merged_away(scene: Scene) -> Row:
    """Merged into the other customer's ticket since: the articles would stand there."""
    target = scene.ticket("10050", "eve@beta.example.com")
    scene.double.merge(scene.ticket("10042"), target)
    return target


def _unseen(scene: Scene) -> Row:
    return scene.ticket("10042", group_id=scene.double.add_group("Board").id)


def _absent(scene: Scene) -> Row:
    return scene.ticket("10043")


@pytest.mark.parametrize("made", [_absent, _unseen, _foreign, _on_record, _merged_away])
def test_another_customers_ticket_is_as_one_that_is_not_there(scene: Scene, made: Any) -> None:
    row = made(scene)
    turns = scene.on(scene.settings(), "10042")
    if made is _on_record:
        with turns.parts.database.writing() as connection:
            theirs = replace(running(), reference="DPL-2026-0002", customer="beta", ticket=row["id"])
            Cases(connection).save(theirs, NOW)
    began = turns.clock()
    order(turns, "update half way")
    looked = []
    while covered(turns)[0][1] == "owed":
        looked.append(turns.clock() - began)
        turns.clock.now += timedelta(seconds=15)
        turns.settle()
    seconds = (turns.clock() - began).total_seconds()
    order(turns, "update done soon", minutes=1)
    wait(turns)
    turns.close()
    assert scene.said(row) == []
    assert covered(turns) == [("update on ticket 10042", "set aside"), ("update on ticket 10042", "withheld")]
    assert seconds == 75  # after 15 seconds, and after one minute more
    assert alarms(turns) == [f"update on ticket 10042: {UNKNOWN}"]
    assert mailed(turns) == [(NORA, BEN), (NORA, BEN)]
    assert not any("10042 of" in path.read_text() for path in (scene.folder / "sent").rglob("*") if _to_nora(path))


def _to_nora(path: Path) -> bool:
    return path.is_file() and f"To: {NORA}" in path.read_text()


def test_a_ticket_that_can_be_seen_only_a_moment_later_is_commented_once(scene: Scene) -> None:
    turns = scene.on(scene.settings(), "10042")
    order(turns, "update half way")
    row = scene.ticket("10042")
    wait(turns)
    turns.close()
    assert scene.said(row) == ["UPDATE"]
    assert (covered(turns), alarms(turns)) == ([("update on ticket 10042", "paid")], [])


def test_one_bad_number_keeps_no_other_ticket_waiting(scene: Scene) -> None:
    good = scene.ticket("10043")
    turns = scene.on(scene.settings(), "10042", "10043")
    order(turns, "update half way")
    turns.close()
    assert scene.said(good) == ["UPDATE"]


def test_the_ticket_of_the_conversation_named_as_covered_has_one_comment(scene: Scene) -> None:
    own = scene.ticket("10042", NORA)
    turns = scene.on(scene.settings(), "10042", "Ticket#10042", ticket=own["id"])
    order(turns, "update half way")
    order(turns, "update half way", minutes=1)
    wait(turns)
    turns.close()
    assert scene.said(own) == ["UPDATE", "UPDATE"]


def test_two_numbers_that_were_merged_into_one_ticket_leave_one_comment(scene: Scene) -> None:
    one, two = scene.ticket("10042"), scene.ticket("10043")
    scene.double.merge(one, two)
    turns = scene.on(scene.settings(), "10042", "10043")
    order(turns, "update half way")
    wait(turns)
    turns.close()
    assert scene.said(two) == ["UPDATE"]


def test_a_right_that_we_lack_is_told_once(scene: Scene) -> None:
    support = scene.double.add_group("Support")
    scene.double.bot.groups[support.id] = {"read"}
    row = scene.ticket("10042", group_id=support.id)
    turns = scene.on(scene.settings(), "10042")
    for text in ("a", "b", "c"):
        order(turns, f"update {text}", minutes=1)
    wait(turns)
    turns.close()
    assert scene.said(row) == []
    assert [state for _, state in covered(turns)] == ["set aside", "withheld", "withheld"]
    (told,) = alarms(turns)
    assert "10042" in told
    assert "403" in told


@pytest.mark.parametrize(
    "kind", [Kind.BAD_GATEWAY_AFTER, Kind.RESET_AFTER, Kind.PAGE_AFTER, Kind.ERROR_BEFORE, Kind.UNAVAILABLE]
)
@pytest.mark.parametrize("strikes", [0, 1])
def test_what_was_written_and_not_acknowledged_is_written_once(scene: Scene, kind: Kind, strikes: int) -> None:
    one, two = scene.ticket("10042"), scene.ticket("10043")
    scene.double.fault(kind, skip=strikes)
    turns = scene.on(scene.settings(), "10042", "10043")
    order(turns, "update half way")
    wait(turns)
    turns.close()
    assert scene.said(one) == scene.said(two) == ["UPDATE"]


class Killed(BaseException):
    """The process dies here."""


class Deadly:
    """Dies before or after the write of the nth comment."""

    def __init__(self, inner: Any, at: int, *, after: bool) -> None:
        self._inner, self._left, self._after = inner, at, after

    def named(self, number: str) -> Ticket | None:
        found: Ticket | None = self._inner.named(number)
        return found

    def comment(self, comment: Comment) -> int:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise Killed
        article: int = self._inner.comment(comment)
        if self._left == 0:
            raise Killed
        return article


@pytest.mark.parametrize("after", [False, True], ids=["before the write", "after the write"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_death_in_between_leaves_one_comment_on_each(scene: Scene, at: int, after: bool) -> None:
    own, one, two = scene.ticket("10041", NORA), scene.ticket("10042"), scene.ticket("10043")
    settings = scene.settings()
    turns = scene.on(settings, "10042", "10043", "10041", ticket=own["id"])
    object.__setattr__(turns.parts.channels, "tickets", Deadly(turns.parts.channels.tickets, at, after=after))
    with pytest.raises(Killed):
        order(turns, "update half way")
    turns.close()
    again = opened(settings, NOW + timedelta(minutes=1))
    again.recover()
    wait(again)
    again.close()
    assert scene.said(own) == scene.said(one) == scene.said(two) == ["UPDATE"]


def test_where_zammad_writes_the_tickets_customer_is_mailed_once_and_not_by_us(scene: Scene) -> None:
    lisas, bens = scene.ticket("10042", LISA), scene.ticket("10043", BEN)
    turns = scene.on(scene.settings(sends=True), "10042", "10043")
    order(turns, "update half way")
    turns.close()
    assert scene.kinds(lisas) == [(1, LISA)]  # no letter of ours reaches Lisa
    assert scene.kinds(bens) == [(10, None)]  # ours reaches Ben
    assert mailed(turns) == [(NORA, BEN)]


def test_zammad_is_never_made_to_write_to_a_machine(scene: Scene) -> None:
    scene.people["robot"] = scene.double.add_user("no-reply@northwind.example.com")
    row = scene.ticket("10042", "robot")
    turns = scene.on(scene.settings(sends=True), "10042")
    order(turns, "update half way")
    turns.close()
    assert scene.kinds(row) == [(10, None)]


@pytest.mark.parametrize("sends", [False, True])
def test_a_closed_ticket_gets_a_note_and_stays_closed(scene: Scene, sends: bool) -> None:
    row = scene.ticket("10042", LISA, state_id=4)
    turns = scene.on(scene.settings(sends=sends), "10042")
    order(turns, "update half way")
    scene.double.deliver_mails(fails=True)
    turns.close()
    assert scene.kinds(row) == [(10, None)]
    assert scene.double.store.ticket(row["id"])["state_id"] == 4


def test_in_shadow_nothing_is_looked_up_and_nothing_written(scene: Scene) -> None:
    row = scene.ticket("10042")
    turns = scene.on(scene.settings(shadow=True), "10042")
    order(turns, "update half way")
    wait(turns)
    with turns.parts.database.reading() as connection:
        view = RecordView(Cases(connection), Debts(connection), Daybook(connection))
        overview = Overview(turns.warm.settings, turns.warm.desk.grounds)
        digest = overview.at(view, turns.clock(), letters=turns.warm.letters)
    turns.close()
    assert (scene.said(row), scene.double.seen) == ([], [])
    assert covered(turns) == [("update on ticket 10042", "withheld")]
    assert digest is not None
    unsaid = [each for each in digest.unsaid if each.to == ("ticket 10042",)]
    assert [(each.reference, each.first_line.partition(":")[0]) for each in unsaid] == [("DPL-2026-0001", "UPDATE")]


def test_what_was_owed_before_shadow_mode_stays_in_the_house(scene: Scene) -> None:
    turns = scene.on(scene.settings(), "10042")
    order(turns, "update half way")  # not found yet
    turns.delivery.follow(scene.settings(shadow=True))
    row = scene.ticket("10042")
    wait(turns)
    turns.close()
    assert scene.said(row) == []
    assert covered(turns) == [("update on ticket 10042", "withheld")]


def test_a_notice_on_an_old_ticket_brings_none_of_its_old_articles_in(scene: Scene) -> None:
    row = scene.ticket("10042", NORA)
    old = scene.double.add_article(row, scene.people[NORA], body=TICKET_REQUEST)
    scene.double.store.tables.articles[old["id"]]["created_at"] = NOW - timedelta(days=90)
    scene.double.store.tables.tickets[row["id"]]["updated_at"] = NOW - timedelta(days=90)
    turns = scene.on(scene.settings(), "10042")
    scene.double.store.clock = turns.clock
    turns.go()
    order(turns, "update half way")
    turns.clock.now += timedelta(minutes=1)
    turns.go()
    assert [kept["account"] for kept in message_rows(turns)] == []
    new = scene.double.add_article(scene.double.store.ticket(row["id"]), scene.people[NORA], body=TICKET_REQUEST)
    turns.clock.now += timedelta(minutes=1)
    turns.go()
    turns.close()
    assert [kept["uid"] for kept in message_rows(turns)] == [str(new["id"])]
    assert scene.said(row)[0] == "UPDATE"


@pytest.mark.parametrize("strikes", range(6))
@pytest.mark.parametrize("kind", [Kind.UNAVAILABLE, Kind.RESET_AFTER])
def test_the_mail_of_the_conversations_ticket_goes_out_though_it_is_covered_and_zammad_was_away(
    scene: Scene, kind: Kind, strikes: int
) -> None:
    own = scene.ticket("10042", NORA)
    scene.double.fault(kind, skip=strikes)
    turns = scene.on(scene.settings(sends=True), "10042", ticket=own["id"])
    order(turns, "update half way")
    wait(turns)
    turns.close()
    assert scene.kinds(own) == [(1, NORA)]
    assert mailed(turns) == [(BEN,)]
