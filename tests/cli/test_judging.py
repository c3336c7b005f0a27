"""`explain` and `simulate`: arrivals, mailboxes of every kind, and nothing written (SEE-11)."""

import mailbox
import os
from pathlib import Path

import pytest

from cli.conftest import Shell
from desk.build import INSTRUCTIONS, REQUEST, Mail

FRIDAY = Mail(REQUEST.replace("Tuesday, 15", "Friday, 18"))
HOPS = (
    b"Received: from a.example.com by mx.example.org; Mon, 23 Nov 2026 09:00:00 +0100\r\n"
    b"Received: from b.example.com by a.example.com; Sun, 22 Nov 2026 09:00:00 +0100\r\n"
)


def travelled(mail: Mail) -> bytes:
    """A mail with the hops it came by, below what our border server wrote on top."""
    return mail.bytes.replace(b"From:", HOPS + b"From:", 1)


WHEN = "2026-11-23T08:00:00Z"


@pytest.mark.parametrize(
    ("words", "received"),
    [
        pytest.param(["--received", "2026-11-24T10:00:00+01:00"], "2026-11-24T10:00:00+01:00", id="as said"),
        pytest.param(["--received", "2026-11-24T09:00:00Z"], "2026-11-24T09:00:00+00:00", id="in UTC"),
        pytest.param([], "2026-11-23T09:00:00+01:00", id="by the top Received header"),
    ],
)
def test_when_a_mail_arrived(shell: Shell, words: list[str], received: str) -> None:
    path = shell.mail("a.eml", travelled(Mail(REQUEST)))
    assert shell.json("explain", path, *words)["mail"]["received"] == received


def test_without_any_header_the_files_time_counts(shell: Shell) -> None:
    path = shell.mail("a.eml", Mail(REQUEST).bytes)
    os.utime(path, (1795420800, 1795420800))
    assert shell.json("explain", path)["mail"]["received"] == "2026-11-23T08:00:00+00:00"


@pytest.mark.parametrize(
    "moment",
    ["2026-11-23T09:00:00", "2026-11-23", "tomorrow", "09:00", "2026-13-01T09:00:00Z", ""],
)
def test_a_moment_without_a_zone_is_a_usage_error(shell: Shell, moment: str) -> None:
    path = shell.mail("a.eml", Mail(REQUEST).bytes)
    result = shell.run("explain", path, "--received", moment)
    assert result.exit_code == 2
    assert "--received" in result.output


@pytest.mark.parametrize(
    ("mail", "decision"),
    [
        pytest.param(Mail(REQUEST), "confirm", id="a good request"),
        pytest.param(FRIDAY, "other_slot", id="a Friday"),
        pytest.param(Mail(REQUEST, stamped="fail"), "triage", id="a forged sender"),
        pytest.param(Mail("Summer offers."), "no_action", id="a newsletter"),
        pytest.param(Mail(INSTRUCTIONS), "record", id="instructions"),
    ],
)
def test_explain_decides_and_writes_nothing(shell: Shell, mail: Mail, decision: str) -> None:
    path = shell.mail("a.eml", mail.bytes)
    before = sorted(shell.folder.path.rglob("*"))
    assert shell.json("explain", path, "--received", WHEN)["decision"] == decision
    assert f"decision: {decision}" in shell.run("explain", path, "--received", WHEN).output
    assert sorted(shell.folder.path.rglob("*")) == before


def simulated(shell: Shell, source: str, *words: str) -> list[str]:
    """The decisions about every mail."""
    return [answer["decision"] for answer in shell.json("simulate", source, *words)]


def test_simulate_reads_a_folder_a_maildir_and_an_mbox_alike(shell: Shell, tmp_path: Path) -> None:
    mails = [("1", travelled(Mail(REQUEST))), ("2", travelled(FRIDAY))]
    box, maildir = mailbox.mbox(str(tmp_path / "all.mbox")), tmp_path / "Maildir"
    for kind in ("new", "cur", "tmp"):
        (maildir / kind).mkdir(parents=True)
    for name, raw in mails:
        box.add(raw)
        (maildir / "new" / name).write_bytes(raw)
    box.close()
    folder = shell.many([*mails])
    shell.mail("mails/readme.txt", b"no mail")
    expected = ["confirm", "other_slot"]
    assert [simulated(shell, str(s)) for s in (folder, maildir, tmp_path / "all.mbox")] == [expected] * 3
    assert shell.run("simulate", folder).exit_code == 0


def test_simulate_judges_alone_unless_the_mails_build_on_each_other(shell: Shell) -> None:
    second = Mail(REQUEST.replace("ICM", "PWA"), number=2)
    folder = shell.many([("1", travelled(Mail(REQUEST))), ("2", travelled(second))])
    assert simulated(shell, folder) == ["confirm", "confirm"]
    assert simulated(shell, folder, "--stateful") == ["confirm", "other_slot"]


def test_simulate_of_nothing_is_an_empty_list(shell: Shell) -> None:
    (shell.folder.path / "mails").mkdir()
    assert simulated(shell, str(shell.folder.path / "mails")) == []


def test_a_mail_that_is_no_mail_stops_nothing(shell: Shell) -> None:
    folder = shell.many([("1", b"\x00\xff" * 3000), ("2", b""), ("3", travelled(Mail(REQUEST)))])
    assert simulated(shell, folder) == ["no_action", "no_action", "confirm"]
