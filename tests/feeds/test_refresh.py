"""Feeds read again: what is kept, what is told, and that the last good one stays."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dplmaild.feeds import Refresher
from dplmaild.ports import TemporaryError
from feeds.build import AUGUST, HOUR, IN_AUGUST, IN_MAY, MAY, NOW, URL, Desk

BY_URL = f'{{ url = "{URL}", reason = "team holidays" }}'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A customer with a feed on a web server."""
    return Desk(tmp_path, BY_URL)


def test_before_it_was_read_its_vacations_are_not_known(desk: Desk) -> None:
    assert (desk.vacations, desk.calendar.unread) == ([], ("calendar.example.org",))


def test_what_it_says_is_in_force_under_the_desks_own_words(desk: Desk) -> None:
    assert desk.turn().changed
    assert (desk.vacations, desk.calendar.unread) == (IN_AUGUST, ())
    assert {period.reason for period in desk.calendar.fed} == {"team holidays"}


def test_it_is_asked_again_when_an_hour_is_over(desk: Desk) -> None:
    for hours in (0.0, 0.5, 1.0, 1.5):
        desk.turn(hours)
    assert desk.door.asked == [(URL, None), (URL, '"1"')]


def test_other_days_are_a_change_and_the_same_ones_are_none(desk: Desk) -> None:
    desk.turn()
    assert not desk.turn(1).changed
    desk.door.answer = None
    assert not desk.turn(2).changed
    desk.door.answer = MAY
    assert desk.turn(3).changed
    assert desk.vacations == IN_MAY


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(TemporaryError("calendar.example.org: no answer in time"), id="out of reach"),
        pytest.param(b"<!DOCTYPE html>", id="a login page"),
        pytest.param(AUGUST[:-10], id="cut off"),
        pytest.param(AUGUST.replace(b"20270802", b"20270832"), id="a day that does not exist"),
        pytest.param(AUGUST.replace(b"SUMMARY", b"RRULE:FREQ=SECONDLY\r\nSUMMARY"), id="every second"),
    ],
)
def test_the_last_good_one_stays_in_force(desk: Desk, answer: bytes | TemporaryError) -> None:
    desk.turn()
    desk.door.answer = answer
    assert not desk.turn(1).changed
    assert (desk.vacations, desk.calendar.unread) == (IN_AUGUST, ())


def test_a_blip_is_not_told_and_what_lasts_is_told_once_and_when_it_is_over(desk: Desk) -> None:
    desk.turn()
    desk.door.answer = TemporaryError("calendar.example.org: no answer in time")
    assert desk.turn(1).troubles == ()
    (told,) = desk.turn(2).troubles
    assert str(told) == (
        "the vacation feed 'calendar.example.org' of acme cannot be read since 2026-11-23 09:00 UTC:"
        " calendar.example.org: no answer in time; the vacations read on 2026-11-23 08:00 UTC stay in force"
    )
    desk.refresher.told(told)
    assert desk.turn(3).troubles == ()
    desk.door.answer = AUGUST
    (over,) = desk.turn(4).troubles
    assert "can be read again; it could not since 2026-11-23 09:00 UTC" in str(over)
    desk.refresher.told(over)
    assert desk.turn(5).troubles == ()


def test_what_could_not_be_told_is_told_at_the_next_look(desk: Desk) -> None:
    desk.door.answer = TemporaryError("calendar.example.org: no answer in time")
    assert len(desk.turn().troubles) == 1
    assert len(desk.turn(1).troubles) == 1


def test_a_feed_that_could_never_be_read_is_told_at_once(desk: Desk) -> None:
    desk.door.answer = TemporaryError("calendar.example.org: no answer in time")
    (told,) = desk.turn().troubles
    assert "its vacations are not known" in str(told)
    assert desk.calendar.unread == ("calendar.example.org",)


def test_after_a_restart_the_last_good_one_is_known_without_asking(desk: Desk) -> None:
    desk.turn()
    desk.door.answer = TemporaryError("calendar.example.org: no answer in time")
    again = Refresher(desk.shelf, lambda: desk.door, HOUR)
    assert not again.turn(desk.declared, NOW + HOUR).changed
    assert desk.vacations == IN_AUGUST


def test_a_copy_that_cannot_be_understood_is_read_again(desk: Desk) -> None:
    desk.turn()
    (path,) = (desk.folder.path / "var" / "dplmaild.feeds").iterdir()
    path.write_text("{", "utf-8")
    assert desk.calendar.unread == ("calendar.example.org",)
    assert Refresher(desk.shelf, lambda: desk.door, HOUR).turn(desk.declared, NOW).changed
    assert desk.vacations == IN_AUGUST


def test_a_new_year_brings_new_days_of_what_comes_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path, BY_URL)
    desk.door.answer = AUGUST.replace(b"SUMMARY", b"RRULE:FREQ=YEARLY\r\nSUMMARY")
    desk.turn()
    last = desk.vacations[-1]
    desk.refresher.turn(desk.declared, datetime(2027, 1, 2, tzinfo=UTC))
    assert desk.door.asked[-1] == (URL, None)  # the whole of it, though it has not changed
    assert (last[0], desk.vacations[-1][0]) == (datetime(2030, 8, 2).date(), datetime(2031, 8, 2).date())  # noqa: DTZ001


def test_a_private_address_lies_in_a_file_and_is_in_no_message(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "feed").write_text(f"{URL}\n", "utf-8")
    desk = Desk(tmp_path, '{ name = "team", url_file = "../secrets/feed" }')
    desk.turn()
    assert (desk.door.asked, desk.vacations) == ([(URL, None)], IN_AUGUST)
    (tmp_path / "secrets" / "feed").write_text("http://calendar.example.org/0123abcd.ics", "utf-8")
    desk.turn(1)
    (told,) = desk.turn(2).troubles
    assert "plain http" in str(told)
    assert "0123abcd" not in str(told)


def test_nothing_private_is_kept_beside_the_database(desk: Desk) -> None:
    desk.turn()
    (path,) = (desk.folder.path / "var" / "dplmaild.feeds").iterdir()
    assert "0123abcd" not in path.name + path.read_text("utf-8")
    assert "Vacation" not in path.read_text("utf-8")
