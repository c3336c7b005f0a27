"""Secrets and the words of mails: never in logs, tracebacks, error messages or what the commands print."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from attacks.desk import NORA, mail, open_desk, request, stamp, write_desk
from dplmaild.channels.imap.account import ImapAccount
from dplmaild.channels.smtp import SmtpAccount
from dplmaild.channels.zammad import ZammadSettings
from dplmaild.settings import model
from dplmaild.store.database import StoreBusyError
from dplmaild.wiring import SecretError, secret

SECRETS = {"imap": "imap-s3cret", "smtp": "smtp-s3cret", "zammad": "zammad-t0ken", "caldav": "caldav-s3cret"}
WORDS = "the-words-of-a-private-mail"

SERVERS = """
[[mailbox]]
kind = "imap"
name = "away"
host = "127.0.0.1"
port = {port}
tls = "none"
user = "desk"
password = {{ file = "imap" }}
poll_seconds = 0.2
[post]
kind = "smtp"
host = "127.0.0.1"
port = {port}
tls = "none"
user = "desk"
password = {{ file = "smtp" }}
[zammad]
url = "http://127.0.0.1:{port}/"
token = {{ file = "zammad" }}
groups = ["Deployments"]
poll_seconds = 0.2
[calendar]
kind = "caldav"
url = "http://127.0.0.1:{port}/cal/"
user = "desk"
password = {{ file = "caldav" }}
"""


def desk_with_secrets(folder: Path) -> Path:
    """A desk whose servers are all down, and whose secrets lie in files."""
    config = write_desk(folder)
    for name, word in SECRETS.items():
        (folder / name).write_text(f"{word}\n")
        (folder / name).chmod(0o600)
    tables = re.sub(r"\[post\].*?(?=\[log\])", "", config.read_text(), flags=re.DOTALL)
    config.write_text(tables.replace("[log]", SERVERS.format(port=9) + "[log]"))
    return config


def ran(config: Path, *words: str) -> str:
    """Everything that a command prints."""
    command = [sys.executable, "-m", "dplmaild", "-c", str(config), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


def test_a_daemon_whose_servers_are_down_tells_no_secret_and_no_mail(tmp_path: Path) -> None:
    config = desk_with_secrets(tmp_path / "desk")
    inbox = config.parent / "inbox"
    for number in range(3):
        raw = mail(f"{request()}Description: {WORDS}\n{number}", top=stamp(NORA))
        (inbox / f"{number}.eml").write_bytes(raw)
        os.utime(inbox / f"{number}.eml", (1_763_000_000, 1_763_000_000))
    command = [sys.executable, "-m", "dplmaild", "-c", str(config), "run", "--no-live"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        _until_all_are_decided(config.parent, 3)
        shown = Path(f"/proc/{daemon.pid}/cmdline").read_text() + Path(f"/proc/{daemon.pid}/environ").read_text()
    finally:
        daemon.terminate()
        said, _ = daemon.communicate(timeout=60)
    assert "out of reach" in said, "the servers were tried"
    assert "decided" in said, "the mails were read"
    assert [word for word in (*SECRETS.values(), WORDS) if word in said + shown] == []


def _until_all_are_decided(folder: Path, number: int) -> None:
    """Wait until the daemon has read so many mails, and a server has refused a letter."""
    over = time.monotonic() + 45
    while time.monotonic() < over:
        time.sleep(0.2)
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(folder / "state" / "dplmaild.db")) as database:
            (decided,) = database.execute("SELECT count(*) FROM messages WHERE outcome IS NOT NULL").fetchone()
            (refused,) = database.execute("SELECT count(*) FROM owed WHERE note LIKE '%listens%'").fetchone()
            if decided == number and refused:
                return
    raise AssertionError("the daemon never came so far")


@pytest.mark.parametrize(
    "words", [("check", "--json"), ("list", "--json"), ("audit", "--json"), ("check",), ("audit",)]
)
def test_no_command_prints_a_secret(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = ran(desk_with_secrets(tmp_path / "desk"), *words)
    assert "Traceback" not in said
    assert [word for word in SECRETS.values() if word in said] == []


def test_explain_tells_the_mail_to_who_asks_and_no_secret(tmp_path: Path) -> None:
    config = desk_with_secrets(tmp_path / "desk")
    path = tmp_path / "a.eml"
    path.write_bytes(mail(request()))
    said = ran(config, "explain", str(path), "--received", "2026-11-23T09:00:00+01:00", "--json")
    json.loads(said)
    assert [word for word in SECRETS.values() if word in said] == []


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(SmtpAccount(host="127.0.0.1", user="u", password="s3cret"), id="mail server"),
        pytest.param(ImapAccount(name="a", host="127.0.0.1", user="u", password="s3cret"), id="mailbox"),
        pytest.param(ZammadSettings("https://z.example.org/", "s3cret", ("x",)), id="tickets"),
    ],
)
def test_settings_that_are_shown_keep_their_secret(settings: object) -> None:
    assert "s3cret" not in repr(settings)
    assert "s3cret" not in str(settings)


def test_a_secret_that_cannot_be_read_is_named_by_its_file_alone(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="imap") as told:
        secret(model.Secret(file=tmp_path / "imap"))
    assert str(tmp_path) not in str(told.value)


def test_what_the_database_refuses_is_told_without_its_values(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        statement = text("INSERT INTO nowhere VALUES (:words)")
        with pytest.raises(StoreBusyError) as told, desk.house.database.writing() as connection:
            connection.execute(statement, {"words": WORDS})
        chain = f"{told.value!s} {told.value.__cause__!s}"
        assert "nowhere" in chain
        assert WORDS not in chain
