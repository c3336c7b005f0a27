"""`slots`: the next free ones, the reasons of the nearest other days, and everything on record."""

from cli.conftest import Shell

RECEIVED = ("--received", "2026-11-23T08:00:00Z")


def starts(shell: Shell, *words: str) -> list[str]:
    return [slot["start"] for slot in shell.json("slots", "acme", *RECEIVED, *words)["slots"]]


def test_the_next_ones_under_all_rules(shell: Shell) -> None:
    # Code: three calendar days from Monday on, Monday to Thursday, and everybody at work the day after.
    assert starts(shell, "--type", "code", "--product", "ICM") == [
        "2026-11-26T09:00:00+01:00", "2026-11-30T09:00:00+01:00", "2026-12-01T09:00:00+01:00"
    ]  # fmt: skip


def test_from_a_wish_on_and_as_many_as_wanted(shell: Shell) -> None:
    found = starts(shell, "--type", "code", "--product", "ICM", "--from", "2026-12-17T13:30:00+01:00", "--count", "4")
    assert found == [f"2026-12-{day}T13:30:00+01:00" for day in ("17", "21", "22", "23")]


def test_the_reasons_of_the_nearest_days(shell: Shell) -> None:
    answer = shell.json("slots", "acme", *RECEIVED, "--type", "full", "--product", "ICM")
    first = answer["refused_days"][0]
    assert first["day"] == "2026-11-23"
    assert "LEAD-1" in {finding["rule"] for finding in first["findings"]}
    shown = shell.run("slots", "acme", *RECEIVED, "--type", "full", "--product", "ICM").output
    assert "not on Monday 23 November 2026:" in shown
    assert "(LEAD-1)" in shown


def test_what_another_has_reserved_is_not_free(shell: Shell) -> None:
    shell.folder.spoil("main", "[ops]", "[ops]\nat_once = 1")
    other = shell.folder.customer.read_text("utf-8").replace("acme", "other").replace("Acme", "Other")
    held = 'rule = "FREQ=WEEKLY;BYDAY=TH"\nfirst = 2026-01-01\nat = 09:00:00\ntype = "code"\n'
    other += f'\n[[reservations]]\nid = "thursdays"\n{held}'
    shell.mail("customers/other.toml", other.encode())
    assert starts(shell, "--type", "code", "--product", "ICM")[0] == "2026-11-26T11:30:00+01:00"


def test_what_needs_no_slot(shell: Shell) -> None:
    assert shell.json("slots", "acme", "--type", "code", "--product", "ICM", "--environment", "INT") == {
        "standing": "partner performs", "slots": [], "refused_days": []
    }  # fmt: skip


def test_who_and_what_there_is(shell: Shell) -> None:
    for words, says in (
        (("nobody",), "there is no customer nobody; there are acme"),
        (("acme", "--type", "big"), "--type is one of full, code, hotfix"),
        (("acme",), "--type is one of full, code, hotfix"),
        (("acme", "--type", "code", "--from", "tomorrow"), "no ISO 8601 moment"),
    ):
        result = shell.run("slots", *words)
        assert result.exit_code == 2
        assert says in result.output
