"""The configuration: every mistake at once, each with its file and line."""

from pathlib import Path

import pytest

from dplmaild.deployment.terms import Role
from dplmaild.settings import ConfigurationError, Problem, load
from settings.folder import Folder


def problems(folder: Folder) -> list[Problem]:
    """Everything that is wrong."""
    with pytest.raises(ConfigurationError) as caught:
        load(folder.main)
    return caught.value.problems


def test_a_good_configuration_is_one_frozen_object(folder: Folder) -> None:
    settings = load(folder.main)
    assert [c.id for c in settings.customers] == ["acme"]
    assert set(settings.profiles) == {"caas", "prod"}
    assert [p.role for p in settings.ops.people] == [Role.DEPLOYMENT_MANAGER, Role.OPS_ENGINEER]
    with pytest.raises(ValueError, match="frozen"):
        settings.desk.name = "other"


def test_paths_are_relative_to_the_file_they_stand_in(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    settings = load(folder.main)
    assert settings.store.url == f"sqlite:///{folder.path}/var/dplmaild.db"
    assert getattr(settings.mailbox[0], "path", None) == folder.path / "var" / "inbox"
    assert getattr(settings.post, "path", None) == folder.path / "var" / "sent"


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        pytest.param("main", "[desk]\n", "[desk]\ncolour = 1\n", 4, "no such key", id="a key that does not exist"),
        pytest.param("main", "[store]", "[storage]", 7, "no such key", id="a table that does not exist"),
        pytest.param("main", 'address = "desk@example.org"', "address = 5", 4, "string", id="a number for a text"),
        pytest.param("main", '"desk@example.org"', '"desk"', 4, "not a mail address", id="no address"),
        pytest.param("main", '"desk@example.org"', '"a@b.c, d@e.f"', 4, "not a mail address", id="two addresses"),
        pytest.param("main", 'address = "desk@example.org"\n', "", 3, "required", id="the desk has no address"),
        pytest.param("main", '"sqlite:///var/dplmaild.db"', '"mysql://x"', 8, "sqlite", id="a store we do not know"),
        pytest.param("main", "[store]", '[board]\nlisten = "0.0.0.0:80"\n[store]', 8, "no login yet", id="for all"),
        pytest.param("main", "[store]", '[board]\nlisten = "x.org:80"\n[store]', 8, "no login yet", id="by name"),
        pytest.param("main", "[store]", '[board]\nlisten = "[::]:80"\n[store]', 8, "no login yet", id="in IPv6"),
        pytest.param("main", "[store]", '[board]\nlisten = "127.0.0.1"\n[store]', 8, "and a port", id="a board's port"),
        pytest.param("main", "[store]", '[board]\nlisten = "[::1]:0"\n[store]', 8, "and a port", id="a port 0"),
        pytest.param("main", "[store]", "[board]\n[store]", 7, "required", id="a board nowhere"),
        pytest.param(
            "main", "[store]", '[board]\nlisten = "[::1]:80"\nlogin = 1\n[store]', 9, "no such key", id="a board's key"
        ),
        pytest.param("main", 'kind = "maildir"', 'kind = "pop3"', 10, "pop3", id="a mailbox of an unknown kind"),
        pytest.param("main", 'path = "var/inbox"', "", 10, "required", id="a mailbox without its path"),
        pytest.param("main", 'region = "TH"', 'region = "XX"', 21, "XX", id="OPS in a region that does not exist"),
        pytest.param("main", 'country = "DE"', 'country = "ZZ"', 21, "ZZ", id="OPS in no country"),
        pytest.param("main", '"deployment_manager"', '"boss"', 26, "boss", id="a role that does not exist"),
        pytest.param("main", '"engineer@example.org"', '"manager@example.org"', 29, "already", id="an engineer twice"),
        pytest.param("customer", '"Europe/Berlin"', '"Europe/Berln"', 4, "no such time zone", id="a zone misspelt"),
        pytest.param("customer", '"caas"', '"cass"', 3, "no profile 'cass'", id="a profile that does not exist"),
        pytest.param("customer", 'region = "TH"', 'region = "QQ"', 7, "QQ", id="a customer in an unknown region"),
        pytest.param("customer", '"ICM"', '"ICN"', 5, "ICN", id="a product misspelt"),
        pytest.param("customer", 'id = "acme"', 'id = "Acme Inc"', 1, "match", id="an id with blanks"),
        pytest.param("customer", '"ben@acme.example.com"', '"ben"', 16, "not a mail address", id="a contact's address"),
        pytest.param(
            "customer", '"ben@acme.example.com"', '"ann@partner.example.com"', 16, "already", id="a contact twice"
        ),
        pytest.param(
            "customer",
            '"ben@acme.example.com"',
            '"no-reply@acme.example.com"\nalways_informed = true',
            17,
            "nobody reads",
            id="a machine that is always informed",
        ),
        pytest.param(
            "customer",
            'name = "Ben"',
            'name = "Ben"\nalways_informed = "PRD"',
            18,
            "bool",
            id="informed of some only",
        ),
        pytest.param(
            "customer", '"ben@acme.example.com"', '"desk@example.org"', 16, "desk's own", id="the desk as a contact"
        ),
        pytest.param(
            "customer",
            'products = ["ICM", "PWA", "IOM"]',
            "freezes = [{ first = 2027-01-10, last = 2027-01-01 }]",
            5,
            "ends before it begins",
            id="a freeze that ends before it begins",
        ),
        pytest.param(
            "customer",
            'products = ["ICM", "PWA", "IOM"]',
            'freezes = [{ on = "third Adventt Sunday" }]',
            5,
            "third Adventt Sunday",
            id="a freeze by a rule misspelt",
        ),
        pytest.param(
            "customer",
            'region = "TH" }',
            'region = "TH", half_days = [{ on = "31 April", until = "13:00" }] }',
            7,
            "31 April",
            id="a half day that never comes",
        ),
        pytest.param(
            "main",
            'region = "TH" }',
            'region = "TH", closed = [{ from = "1 January", to = "31 December" }] }',
            21,
            "no working day",
            id="closed all year, every year",
        ),
        pytest.param(
            "main",
            'region = "TH" }',
            'region = "TH", closed = [{ from = "Easter Sunday", to = "10 April" }] }',
            21,
            "in some years",
            id="a closing week that turns round",
        ),
        pytest.param(
            "main",
            "[[ops.people]]",
            '[[ops.seasons]]\nweek_of = "Black Fryday"\nper_day = 1\n\n[[ops.people]]',
            24,
            "Black Fryday",
            id="a season by a rule misspelt",
        ),
    ],
)
def test_one_mistake_is_told_with_its_place(
    folder: Folder, file: str, old: str, new: str, line: int, says: str
) -> None:
    folder.spoil(file, old, new)
    found = problems(folder)
    where = folder.main if file == "main" else folder.customer
    assert [(p.file, p.line) for p in found] == [(where, line)]
    assert says.lower() in str(found[0]).lower()


def test_who_is_always_informed_leaves_room_for_those_whom_a_mail_names(folder: Folder) -> None:
    many = "".join(f'[[contacts]]\naddress = "p{n}@acme.example.com"\nalways_informed = true\n' for n in range(13))
    folder.spoil("customer", '[[contacts]]\naddress = "ann', f'{many}[[contacts]]\naddress = "ann')
    (told,) = problems(folder)
    assert "more than 12" in str(told)
    folder.spoil("customer", "always_informed = true", "always_informed = false")
    load(folder.main)


def test_all_mistakes_are_told_at_once(folder: Folder) -> None:
    folder.spoil("main", '"desk@example.org"', '"desk"')
    folder.spoil("main", 'region = "TH"', 'region = "XX"')
    folder.spoil("customer", '"caas"', '"cass"')
    folder.spoil("customer", '"ICM"', '"ICN"')
    second = folder.path / "customers" / "broken.toml"
    second.write_text("id = \n", "utf-8")
    said = "\n".join(str(p) for p in problems(folder))
    for place in ("dplmaild.toml:4", "dplmaild.toml:21", "acme.toml:5", "broken.toml:1"):
        assert place in said


@pytest.mark.parametrize(
    ("secret", "says"),
    [
        pytest.param('{ file = "a", credential = "b" }', "either file or credential", id="given twice"),
        pytest.param("{ }", "either file or credential", id="not given"),
        pytest.param('"hunter2"', "valid", id="written into the configuration"),
    ],
)
def test_secrets_come_from_one_place(folder: Folder, secret: str, says: str) -> None:
    imap = f'kind = "imap"\nhost = "imap.example.org"\nuser = "desk"\npassword = {secret}'
    folder.spoil("main", 'kind = "maildir"', imap)
    folder.spoil("main", 'path = "var/inbox"', "")
    said = "\n".join(str(p) for p in problems(folder))
    assert says in said
    assert "hunter2" not in said


def test_an_id_used_twice_names_both_files(folder: Folder) -> None:
    other = folder.path / "customers" / "second.toml"
    other.write_text(folder.customer.read_text("utf-8"), "utf-8")
    (problem,) = problems(folder)
    assert (problem.file, problem.line) == (other, 1)
    assert "acme.toml" in problem.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"[desk\n", "valid TOML", id="invalid TOML"),
        pytest.param(b"\xff\xfe", "cannot be read", id="not UTF-8"),
        pytest.param(b"", "desk", id="an empty file"),
        pytest.param(b"desk = 5\nops = 5\npost = 5\n", "desk", id="values in place of tables"),
        pytest.param(b'customers_folder = 5\n[desk]\naddress = "a@example.org"\n', "customers_folder", id="no path"),
        pytest.param(b"mailbox = 5\n", "mailbox", id="a number in place of mailboxes"),
        pytest.param(b"a = 1\na = 2\n", "valid TOML", id="a key twice"),
    ],
)
def test_what_is_no_configuration_is_told_without_a_traceback(folder: Folder, content: bytes, says: str) -> None:
    folder.main.write_bytes(content)
    assert any(says in str(p) for p in problems(folder))


def test_a_missing_file_and_folder_are_told(folder: Folder, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no such file"):
        load(tmp_path / "none.toml")
    folder.spoil("main", '"customers"', '"nobody"')
    assert any("no such folder" in p.text for p in problems(folder))


def test_a_desk_that_reads_nothing_is_told(folder: Folder) -> None:
    text = folder.main.read_text("utf-8")
    start, end = text.index("[[mailbox]]"), text.index("[post]")
    folder.main.write_text(text[:start] + text[end:], "utf-8")
    assert any("nothing is read" in p.text for p in problems(folder))


def test_two_mailboxes_of_one_name_are_told(folder: Folder) -> None:
    folder.spoil("main", "[post]", '[[mailbox]]\nkind = "maildir"\nname = "inbox"\npath = "other"\n\n[post]')
    (problem,) = problems(folder)
    assert "inbox" in problem.text


PROFILE = """\
id = "third"
title = "A third one"
zone = "Europe/Paris"
hours = { since = 09:00:00, until = 17:00:00 }
types_matter = false
any_type = { duration = "1h", weekdays = ["monday"] }
rules = { "DAY-1" = { severity = "blocks" } }
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param("", "", None, id="a good profile of one's own"),
        pytest.param("09:00:00", "18:00:00", "since must lie before until", id="hours the wrong way round"),
        pytest.param(
            'any_type = { duration = "1h", weekdays = ["monday"] }\n', "", "any_type", id="no duration at all"
        ),
        pytest.param("types_matter = false", "types_matter = true", "at least one", id="types without policies"),
        pytest.param('"DAY-1"', '"DAY-99"', "no rule DAY-99", id="a rule that does not exist"),
        pytest.param('"1h"', '"one hour"', "span of time", id="a duration in words"),
        pytest.param('"monday"', '"mon"', "mon", id="no weekday"),
    ],
)
def test_profiles_of_ones_own(folder: Folder, old: str, new: str, says: str | None) -> None:
    own = folder.path / "profiles"
    own.mkdir()
    (own / "third.toml").write_text(PROFILE.replace(old, new, 1) if old else PROFILE, "utf-8")
    folder.spoil(
        "main", 'customers_folder = "customers"', 'customers_folder = "customers"\nprofiles_folder = "profiles"'
    )
    if says is None:
        assert "third" in load(folder.main).profiles
    else:
        assert any(says in p.text and p.file == own / "third.toml" for p in problems(folder))


def test_a_profiles_folder_that_is_not_there_is_told(folder: Folder) -> None:
    folder.spoil("main", 'customers_folder = "customers"', 'customers_folder = "customers"\nprofiles_folder = "none"')
    assert any("no such folder" in p.text for p in problems(folder))


@pytest.mark.parametrize("name", ["dplmaild.toml", "demo.toml"])
def test_the_configurations_that_ship_are_good(name: str) -> None:
    assert load(Path(__file__).parents[2] / "config" / name).customers


@pytest.mark.parametrize(
    ("listen", "place"),
    [
        ("127.0.0.1:8025", ("127.0.0.1", 8025)),
        ("127.1.2.3:65535", ("127.1.2.3", 65535)),
        ("localhost:80", ("127.0.0.1", 80)),
        ("[::1]:8025", ("::1", 8025)),
    ],
)
def test_a_board_listens_on_this_machine(listen: str, place: tuple[str, int], folder: Folder) -> None:
    assert load(folder.main).board is None
    folder.spoil("main", "[store]", f'[board]\nlisten = "{listen}"\n[store]')
    board = load(folder.main).board
    assert board is not None
    assert board.place == place
