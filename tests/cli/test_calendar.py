"""`calendar`: a customer's year on the command line."""

from datetime import date

import pytest
from icalendar import Calendar

from cli.conftest import Shell
from reading.vacations.build import calendar, event

FREEZES = """
[[freezes]]
week_of = "Black Friday"
reason = "Black Friday"
except_types = ["hotfix"]
"""


def frozen(shell: Shell) -> Shell:
    """The customer has a freeze every year."""
    with shell.folder.customer.open("a") as file:
        file.write(FREEZES)
    return shell


def test_the_year_is_told_month_by_month(shell: Shell) -> None:
    lines = frozen(shell).run("calendar", "acme", "2027").output.splitlines()
    assert lines[0].startswith("Acme, 2027: profile caas, days and hours in Europe/Berlin, 09:00-17:00; holidays ")
    assert "  Monday to Thursday: full, code, hotfix" in lines
    assert "  Mon 22 Nov to Sun 28 Nov closed: freeze, Black Friday, not for hotfix (DAY-6)" in lines
    assert "  Fri 01 Jan               closed: OPS, customer: New Year's Day" in lines
    assert sum(line.startswith(("January:", "December:")) for line in lines) == 2


def test_json_holds_every_day_with_its_reasons(shell: Shell) -> None:
    whole = frozen(shell).json("calendar", "acme", "2028")
    days = {day["day"]: day for day in whole["days"]}
    assert (len(days), whole["zone"], whole["profile"]) == (366, "Europe/Berlin", "caas")
    assert days["2028-04-17"]["closed"] == [
        {"side": "ops", "reason": "Easter Monday"},
        {"side": "customer", "reason": "Easter Monday"},
    ]
    friday = days["2028-11-24"]  # Black Friday
    assert friday["open"] == {"full": "closed", "code": "closed", "hotfix": "open"}
    assert [each["rule"] for each in friday["hindrances"]] == ["DAY-1", "DAY-2", "DAY-6"]
    assert friday["freezes"] == [{"reason": "Black Friday", "soft": False, "first": "2028-11-20", "last": "2028-11-26"}]
    assert days["2028-04-18"]["hours"] == {"since": "2028-04-18T09:00:00+02:00", "until": "2028-04-18T17:00:00+02:00"}
    assert days["2028-12-25"]["hours"] is None


def test_names_come_in_one_language_whatever_the_customers_is(shell: Shell) -> None:
    shell.folder.spoil("customer", 'zone = "Europe/Berlin"', 'zone = "Europe/Berlin"\nlanguage = "de"')
    assert "New Year's Day" in shell.run("calendar", "acme", "2027").output


def test_a_calendar_file_is_written(shell: Shell) -> None:
    path = shell.folder.path / "year.ics"
    result = frozen(shell).run("calendar", "acme", "2027", "--ics", str(path))
    assert result.exit_code == 0
    events = {str(e["SUMMARY"]): e for e in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}
    freeze = events["closed: freeze, Black Friday, not for hotfix (DAY-6)"]
    assert (freeze.decoded("DTSTART"), freeze.decoded("DTEND")) == (date(2027, 11, 22), date(2027, 11, 29))


def test_a_calendar_file_on_standard_output_stands_alone(shell: Shell) -> None:
    output = shell.run("calendar", "acme", "2027", "--ics", "-").output
    assert output.startswith("BEGIN:VCALENDAR")
    assert output.rstrip().endswith("END:VCALENDAR")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["acne", "2027"], "there are acme", id="a customer that does not exist"),
        pytest.param(["acme", "next"], "not a valid", id="no year"),
        pytest.param(["acme", "27"], "not in the range", id="a year of two digits"),
        pytest.param(["acme"], "YEAR", id="which year?"),
        pytest.param(["acme", "2027", "--ics", "/nowhere/year.ics"], "No such file", id="a folder that is not there"),
    ],
)
def test_what_is_no_use_is_code_2(shell: Shell, words: list[str], said: str) -> None:
    result = shell.run("calendar", *words)
    assert result.exit_code == 2
    assert said in result.output


def test_a_bad_rule_is_code_3_with_its_place(shell: Shell) -> None:
    frozen(shell).folder.spoil("customer", '"Black Friday"', '"Black Fryday"')
    result = shell.run("calendar", "acme", "2027")
    assert result.exit_code == 3
    assert "acme.toml:26" in result.output
    assert "Black Fryday" in result.output


FED = 'region = "TH", feeds = [ { file = "../team.ics", reason = "team holidays" } ] }'
NEVER = 'region = "TH", feeds = [ { url = "https://calendar.example.org/0123abcd.ics" } ] }'


def test_vacations_out_of_a_file_are_in_the_year(shell: Shell) -> None:
    (shell.folder.path / "team.ics").write_bytes(calendar(event("20270802", "DTEND;VALUE=DATE:20270807")))
    shell.folder.spoil("customer", 'region = "TH" }', FED)
    shell.folder.spoil("customer", '"caas"', '"prod"')
    lines = shell.run("calendar", "acme", "2027").output.splitlines()
    assert "  Mon 02 Aug to Fri 06 Aug closed: vacation, customer: team holidays (DAY-5)" in lines


def test_a_feed_that_nobody_has_read_is_named(shell: Shell) -> None:
    shell.folder.spoil("customer", 'region = "TH" }', NEVER)
    shell.folder.spoil("customer", '"caas"', '"prod"')
    lines = shell.run("calendar", "acme", "2027").output.splitlines()
    assert lines[1] == "  vacations not known, their feed cannot be read: customer: calendar.example.org"
    whole = shell.json("calendar", "acme", "2027")
    assert whole["unread"] == [{"side": "customer", "feed": "calendar.example.org"}]
    assert {day["open"]["any"] for day in whole["days"]} == {"approval", "closed"}


def test_audit_tells_when_each_feed_was_read_and_which_holidays_are_known(shell: Shell) -> None:
    shell.folder.spoil("customer", 'region = "TH" }', NEVER)
    whole = shell.json("audit")
    assert whole["holidays"].startswith("holidays ")
    assert whole["booked_looked_at"] is None
    assert whole["feeds"] == [
        {"name": "calendar.example.org", "of": "acme", "read_at": None, "trouble": None, "since": None}
    ]
    output = shell.run("audit").output
    assert "vacation feed calendar.example.org of acme: never read" in output
    assert "0123abcd" not in output
