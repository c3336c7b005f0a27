"""A server that is down or refuses the login is one clear line with the next attempt's time; the rest goes on."""

import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from dplmaild.daemon import MailSource
from dplmaild.wiring import mailbox_of
from promises.desk import MAILDIR_IN, Where, desk_in, smtp_post
from promises.mails import drop, request
from promises.turns import Turns, opened, owed_rows
from servers.imap_server import PASSWORD, ImapServer
from servers.smtpd import SmtpServer, smtpd

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
PATIENCE = 30.0


def _dead_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _until(comes_true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not comes_true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def _states(turns: Turns) -> dict[str, str]:
    return {str(row["kind"]): str(row["state"]) for row in owed_rows(turns)}


def test_letters_wait_for_a_mail_server_that_is_down(tmp_path: Path) -> None:
    settings = desk_in(tmp_path, Where(post=smtp_post(_dead_port())))
    drop(tmp_path, request(sent=NOW), at=NOW)
    turns = opened(settings, NOW)
    with capture_logs() as logs:
        turns.go()
    told = [line for line in logs if line["event"] == "settled" and line["state"] == "owed"]
    assert len(told) == 1
    assert "127.0.0.1" in told[0]["note"]
    assert "(next attempt 08:00:15 UTC)" in told[0]["note"]
    assert _states(turns) == {"letter": "owed", "calendar": "paid", "log row": "paid"}
    turns.close()


def test_letters_wait_for_a_login_that_is_refused_and_go_when_it_is_mended(
    tmp_path: Path, smtp_server: SmtpServer
) -> None:
    with smtpd(login=True) as strict:
        settings = desk_in(tmp_path, Where(post=smtp_post(strict.port)))
        drop(tmp_path, request(sent=NOW), at=NOW)
        turns = opened(settings, NOW)
        turns.go()
        note = str(owed_rows(turns)[0]["note"])
        assert _states(turns) == {"letter": "owed", "calendar": "paid", "log row": "paid"}
        assert "configure user and password" in note
        assert "next attempt" in note
        turns.end()
    mended = opened(desk_in(tmp_path, Where(post=smtp_post(smtp_server.port))), NOW + timedelta(minutes=1))
    mended.recover()
    mended.go()
    assert len(smtp_server.received) == 1
    assert _states(mended)["letter"] == "paid"
    mended.close()


@pytest.mark.parametrize("trouble", ["down", "refuses the login"])
def test_a_mailbox_out_of_reach_does_not_stop_another(
    tmp_path: Path, imap_server: ImapServer, user: str, trouble: str
) -> None:
    port = _dead_port() if trouble == "down" else imap_server.port
    (tmp_path / "password").write_text(PASSWORD if trouble == "down" else "wrong")
    imap = (
        f'[[mailbox]]\nkind = "imap"\nname = "desk"\nhost = "{imap_server.host}"\nport = {port}\nuser = "{user}"\n'
        f'tls = "{imap_server.tls}"\nca_file = "{imap_server.certificates.ca_file}"\n'
        'password = { file = "password" }\n'
    )
    settings = desk_in(tmp_path, Where(mailbox=MAILDIR_IN + imap))
    drop(tmp_path, request(sent=NOW), at=NOW)
    turns = opened(settings, NOW)
    broken = MailSource(mailbox_of(settings.mailbox[1], turns.parts.database), turns.place, 0.1)
    with capture_logs() as logs:
        broken.start()
        turns.mail.start()
        _until(lambda: bool(turns.answered) and bool(broken.health.trouble))
        turns.place.stopping.set()
        broken.close()
        turns.mail.close()
        for source in (broken, turns.mail):
            source.join(PATIENCE)
    told = [line for line in logs if line["event"] == "out of reach"]
    assert [line["source"] for line in told] == ["desk"]
    assert told[0]["next_attempt"] == "2026-11-30T08:00:02+00:00"
    assert imap_server.host in told[0]["why"]
    assert not [line for line in logs if line.get("exc_info")]
    assert [str(answered.outcome) for answered in turns.answered] == ["answered"]
    assert turns.mail.health.trouble == ""
    turns.close()
