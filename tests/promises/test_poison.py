"""P13: one bad mail never stops the others, whatever it does; after three attempts it is set aside whole."""

import faulthandler
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from dplmaild.cli import main
from dplmaild.deployment.case import Case
from dplmaild.desk import Desk
from dplmaild.desk.hearing import Hearing, Listener, Posted
from dplmaild.desk.view import View
from dplmaild.settings import Settings
from promises.desk import desk_in
from promises.mails import drop, request
from promises.turns import Turns, message_rows, opened, owed_rows

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
MARK = b"X-Poison: yes"
POISON = MARK + b"\r\n" + request("poison", sent=NOW)
GOOD = request("good", sent=NOW)
Deed = Callable[[], None]


class PoisonedListener(Listener):
    """Does something bad when it hears a marked mail."""

    def __init__(self, settings: Settings, deed: Deed) -> None:
        super().__init__(settings)
        self._deed = deed

    def hear(self, posted: Posted, view: View, about: Case | None = None) -> Hearing:
        """See Listener."""
        if posted.raw.startswith(MARK):
            self._deed()
        return super().hear(posted, view, about)


def _desk(settings: Settings, deed: Deed) -> Desk:
    desk = Desk(settings)
    desk.listener = PoisonedListener(settings, deed)
    return desk


def _raise() -> None:
    raise ValueError("something in this mail")


def _recurse() -> None:
    _recurse()


def _loop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)  # stands for a loop: the watchdog finds nobody who answers
    while True:
        pass


def _eat() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, hard))
    try:
        eaten = bytearray(3_000_000_000)
        eaten.clear()
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _outcomes(turns: Turns) -> dict[str, str | None]:
    return {("poison" if row["raw"].startswith(MARK) else "good"): row["outcome"] for row in message_rows(turns)}


def _after_three(settings: Settings, deed: Deed) -> Turns:
    turns = opened(settings, NOW, desk=_desk(settings, deed))
    turns.go()
    for _ in range(2):  # the daemon tries again in its turns
        turns.catch_up()
    return turns


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(_raise, id="raises"),
        pytest.param(_recurse, id="recurses without end"),
        pytest.param(_eat, id="eats memory until none is given"),
    ],
)
def test_a_mail_that_raises_is_set_aside_and_the_others_are_answered(tmp_path: Path, deed: Deed) -> None:
    settings = desk_in(tmp_path)
    drop(tmp_path, POISON, GOOD, at=NOW)
    turns = opened(settings, NOW, desk=_desk(settings, deed))
    turns.go()
    assert _outcomes(turns) == {"poison": None, "good": "answered"}  # waits for another attempt
    turns.close()
    turns = _after_three(settings, deed)
    (bad,) = (row for row in message_rows(turns) if row["raw"].startswith(MARK))
    assert (bad["outcome"], bad["attempts"], bad["raw"]) == ("quarantined", 3, POISON)
    told = [row for row in owed_rows(turns) if row["message"] == bad["id"]]
    assert [(row["name"], row["state"]) for row in told] == [("triage", "paid")]
    assert "dplmaild replay" in told[0]["body"]["facts"]["text"]
    turns.catch_up()
    assert [row for row in owed_rows(turns) if row["message"] == bad["id"]] == told, "told once"
    turns.close()


def test_a_mail_that_raised_once_is_answered_the_next_time(tmp_path: Path) -> None:
    settings = desk_in(tmp_path)
    drop(tmp_path, POISON, at=NOW)
    turns = opened(settings, NOW, desk=_desk(settings, _raise))
    turns.go()
    turns.reception.follow(Desk(settings))
    turns.catch_up()
    assert _outcomes(turns) == {"poison": "answered"}
    turns.close()


def test_what_was_set_aside_can_be_replayed(tmp_path: Path) -> None:
    settings = desk_in(tmp_path)
    drop(tmp_path, POISON, at=NOW)
    turns = _after_three(settings, _raise)
    assert _outcomes(turns) == {"poison": "quarantined"}
    turns.reception.follow(Desk(settings))  # the fault is mended
    said = CliRunner().invoke(main, ["--config", str(tmp_path / "desk.toml"), "replay", "1"])
    assert said.exit_code == 0, said.output
    turns.catch_up()
    assert _outcomes(turns) == {"poison": "answered"}
    turns.close()


def _live(settings: Settings, deed: Deed) -> int:
    """One life of the daemon in a process of its own; what ended it, as waitpid says."""
    pid = os.fork()
    if pid == 0:
        faulthandler.disable()
        try:
            turns = opened(settings, NOW, desk=_desk(settings, deed))
            turns.recover()
            turns.go()
            turns.end()
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, os.WUNTRACED)
    if os.WIFSTOPPED(status):  # it answers no more: the service manager kills it
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    return status


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does when memory has run out


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(_die, id="is killed by the kernel"),
        pytest.param(os.abort, id="falls into a fault of a library"),
        pytest.param(_loop, id="loops and is killed by the watchdog"),
    ],
)
def test_a_mail_that_kills_the_daemon_is_set_aside_after_three_attempts(tmp_path: Path, deed: Deed) -> None:
    settings = desk_in(tmp_path)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    drop(tmp_path, POISON, GOOD, at=NOW)
    lives = [os.WIFSIGNALED(_live(settings, deed)) for _ in range(6)]
    # Once unawares, three counted times, and then it lives.
    assert lives == [True, True, True, True, False, False]
    turns = opened(settings, NOW)
    assert _outcomes(turns) == {"poison": "quarantined", "good": "answered"}
    letters = [row for row in owed_rows(turns) if row["kind"] == "letter"]
    assert sorted(row["name"] for row in letters) == ["confirmed", "triage"]
    assert {row["state"] for row in letters} == {"paid"}
    assert [row["raw"] for row in message_rows(turns) if row["outcome"] == "quarantined"] == [POISON]
    turns.close()


def test_care_ends_when_everything_has_been_read(tmp_path: Path) -> None:
    settings = desk_in(tmp_path)
    opened(settings, NOW).close()  # an unclean end
    drop(tmp_path, GOOD, at=NOW)
    turns = opened(settings, NOW)
    cared = [turns.mail.careful]
    turns.go()
    cared.append(turns.mail.careful)
    turns.close()
    assert cared == [True, False]


def test_a_clean_end_needs_no_care(tmp_path: Path) -> None:
    settings = desk_in(tmp_path)
    opened(settings, NOW).end()
    turns = opened(settings, NOW)
    assert not turns.mail.careful
    turns.end()


def test_a_file_that_cannot_be_read_does_not_hold_up_the_mail_before_it(tmp_path: Path) -> None:
    settings = desk_in(tmp_path)
    drop(tmp_path, GOOD, at=NOW)
    (tmp_path / "inbox" / "new" / f"{int(NOW.timestamp()) + 1}.M9.mx").symlink_to(tmp_path / "inbox")
    turns = opened(settings, NOW)
    with suppress(Exception):
        turns.go()
    assert _outcomes(turns) == {"good": "answered"}
    turns.close()
