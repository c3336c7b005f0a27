"""Vacations in a local file: refused at start where it cannot be used, read again while the daemon runs."""

from pathlib import Path

import pytest

from deployment.rules.build import PROD, asked, finding, ground, wanted
from dplmaild.deployment.terms import Severity
from dplmaild.settings import ConfigurationError, load
from feeds.build import AUGUST, IN_AUGUST, IN_MAY, MAY, URL, Desk
from settings.folder import Folder

BY_FILE = '{ file = "../team.ics" }'


def desk_of(path: Path, content: bytes = AUGUST) -> Desk:
    """A customer whose vacations lie in a file, relative to the customer's own."""
    (path / "team.ics").write_bytes(content)
    return Desk(path, BY_FILE)


def test_a_file_is_in_force_at_once(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    assert (desk.vacations, desk.calendar.unread) == (IN_AUGUST, ())


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.turn()
    (tmp_path / "team.ics").write_bytes(MAY)
    assert desk.turn(1).changed
    assert desk.vacations == IN_MAY


def test_a_file_that_breaks_leaves_the_last_good_one_in_force(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.turn()
    (tmp_path / "team.ics").write_bytes(b"half a cal")
    assert not desk.turn(1).changed
    (told,) = desk.turn(2).troubles
    assert "it is no calendar: it begins with 'half a cal'" in str(told)
    assert (desk.vacations, desk.calendar.unread) == (IN_AUGUST, ())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "team.ics: cannot be read: No such file", id="not there"),
        pytest.param(b"Kim: August", "it is no calendar: it begins with 'Kim: August'", id="no calendar"),
        pytest.param(AUGUST[:-10], "cut off", id="cut off"),
        pytest.param(
            AUGUST.replace(b"DTSTART;VALUE=DATE:20270802", b"DTSTART;TZID=Mars/Phobos:20270802T090000"),
            "the event 'Vacation': the zone 'Mars/Phobos' is not known",
            id="a zone not of this world",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_place_and_reason(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    folder = Folder(tmp_path)
    folder.spoil("customer", 'region = "TH" }', f'region = "TH", feeds = [ {BY_FILE} ] }}')
    if content is not None:
        (tmp_path / "team.ics").write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        load(folder.main)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.key) == (folder.customer, 7, "calendar.feeds.0.file")
    assert said in problem.text


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        pytest.param("{ }", "give file, url or url_file", id="from nowhere"),
        pytest.param(f'{{ url = "{URL}", file = "x.ics" }}', "give file, url or url_file", id="from two places"),
        pytest.param('{ url = "http://calendar.example.org/x.ics" }', "plain http", id="in the clear"),
        pytest.param('{ url = "file:///etc/passwd" }', "no address of a calendar", id="a file as an address"),
        pytest.param('{ url = "webcal://calendar.example.org/x.ics" }', "no address of a calendar", id="webcal"),
    ],
)
def test_a_feed_that_cannot_be_meant(tmp_path: Path, feed: str, said: str) -> None:
    folder = Folder(tmp_path)
    folder.spoil("customer", 'region = "TH" }', f'region = "TH", feeds = [ {feed} ] }}')
    with pytest.raises(ConfigurationError, match=said):
        load(folder.main)


def test_ops_has_to_say_on_which_wall_clock_its_feed_is_read(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.spoil("main", 'region = "TH" }', f'region = "TH", feeds = [ {{ url = "{URL}" }} ] }}')
    with pytest.raises(
        ConfigurationError, match=r"dplmaild\.toml:21: ops\.calendar\.feeds\.0: say on which wall clock"
    ):
        load(folder.main)


def test_a_vacation_out_of_a_feed_breaks_day_5(tmp_path: Path) -> None:
    on = ground(PROD, desk_of(tmp_path).settings().customers[0])
    found = finding("DAY-5", asked(wanted(None, "2027-08-04 10:00"), on), on)
    assert (found.broken, found.severity, found.facts["inside"]) == (True, Severity.BLOCKS, ("customer: vacation",))


def test_where_nobody_knows_the_vacations_the_manager_decides(tmp_path: Path) -> None:
    on = ground(PROD, Desk(tmp_path, f'{{ url = "{URL}", name = "team calendar" }}').settings().customers[0])
    found = finding("DAY-5", asked(wanted(None, "2027-08-04 10:00"), on), on)
    assert (found.broken, found.severity, found.facts["unread"]) == (
        True,
        Severity.APPROVAL,
        ("customer: team calendar",),
    )
