"""Shadow mode: everything is read and decided, and nothing leaves but the digest to OPS (SEE-12)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from daemon.house import House, World
from desk.build import ANN, ENGINEER, INSTRUCTIONS, MANAGER, NOW, REQUEST, Mail, settings_in
from dplmaild.deployment.terms import State
from dplmaild.ports import Arrival, Identity
from dplmaild.settings import Settings
from dplmaild.store.cases import Cases
from dplmaild.store.inbox import Inbox

HOUR = timedelta(hours=1)
OPENING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # 09:00 in Berlin, the day after NOW
TAG = "Re: Next release [DPL-2026-0001]"


def shadow(settings: Settings, on: bool) -> Settings:
    """The same desk with shadow mode on or off."""
    return settings.model_copy(update={"desk": settings.desk.model_copy(update={"shadow": on})})


@pytest.fixture
def world() -> World:
    """Everything outside."""
    return World()


@pytest.fixture
def house(tmp_path: Path, world: World) -> Iterator[House]:
    """A desk in shadow mode that has had its first morning."""
    one = House(shadow(settings_in(tmp_path), True), tmp_path, world)
    one.turn(NOW)
    yield one
    one.database.close()


def a_busy_day(house: House, world: World) -> None:
    """A request and its instructions, a ticket, a forgery, commands, a stranger, and a deadline that passes."""
    world.mails += [
        Mail(REQUEST).bytes,
        Mail(INSTRUCTIONS, subject="Instructions", number=2).bytes,
        Mail(REQUEST.replace("15 December", "16 December"), stamped="fail", subject="forged", number=3).bytes,
        Mail("/override PRE-2 seen\n/status", sender=MANAGER, subject=TAG, number=4).bytes,
        Mail("Lunch at noon?", subject="lunch", number=5).bytes,
        Mail("/status", sender=ENGINEER, subject="how are we?", number=6).bytes,
    ]
    house.turn(NOW)
    raw = Mail(REQUEST.replace("Tuesday, 15", "Wednesday, 16"), subject="By ticket", number=7).bytes
    arrival = Arrival(Identity("tickets", "articles", 0, "1"), NOW, raw, len(raw))
    answered = house.reception.receive_ticket(arrival, 17, "ticket", NOW)
    assert answered is not None
    house.pay(*answered.debts)
    house.turn(NOW + HOUR)


def test_nothing_leaves_but_everything_is_decided(house: House, world: World) -> None:
    a_busy_day(house, world)
    assert house.state() is State.INSTRUCTED
    house.turn(datetime(2026, 12, 16, 7, 0, tzinfo=UTC))  # past reminders and the deadline of the second one
    with house.database.reading() as connection:
        second = Cases(connection).load("DPL-2026-0002")
        assert Inbox(connection).unshown(10) == ()  # nor is a mark left for the day on which shadow mode ends
    assert second is not None
    assert second.state is State.CANCELLED
    assert world.touched == []
    assert {to for to, _ in world.sent} <= {("ops@example.org",)}
    assert all("DIGEST" in _text(raw) for _, raw in world.sent)


def _text(raw: bytes) -> str:
    """The text part."""
    part = message_from_bytes(raw, policy=default).get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_the_digest_shows_what_came_in_and_what_would_have_been_said(house: House, world: World) -> None:
    a_busy_day(house, world)
    house.turn(OPENING)
    ((to, raw),) = world.sent
    text = _text(raw)
    assert to == ("ops@example.org",)
    assert "1 left alone" in text
    assert f"Next release from {ANN} -> to {ANN}" in text
    assert "CONFIRMED: PRD, Tuesday 15 December 2026, 10:00-12:30 CET (UTC+01:00)" in text
    assert "INSTRUCTIONS COMPLETE AND BINDING: PRD" in text
    assert "forged, from ann@partner.example.com" in text


def test_a_day_in_shadow_is_told_once(house: House, world: World) -> None:
    a_busy_day(house, world)
    house.turn(OPENING)
    house.turn(OPENING + 24 * HOUR)
    assert "CONFIRMED: PRD" not in _text(world.sent[1][1])


def test_what_was_owed_before_shadow_mode_stays_in_the_house(house: House, world: World) -> None:
    live = shadow(house.reception.desk.settings, False)
    house.follow(live)
    world.mails.append(Mail(REQUEST).bytes)
    house.mail.answered = lambda _: None  # decided, and not paid yet
    assert house.mail.turn()
    world.touched.clear()  # the mark that it was answered
    house.follow(shadow(live, True))
    house.turn(NOW + timedelta(minutes=20))  # its claim has run out
    assert house.delivery.recover(NOW + HOUR)
    house.turn(NOW + 2 * HOUR)
    assert (world.sent, world.touched) == ([], [])


def test_without_shadow_mode_the_same_day_leaves_its_traces(house: House, world: World) -> None:
    house.follow(shadow(house.reception.desk.settings, False))
    a_busy_day(house, world)
    kinds = {touched.split()[0] for touched in world.touched}
    assert kinds == {"ticket", "calendar", "log", "mark"}
    assert {to for to, _ in world.sent} > {("ops@example.org",)}
