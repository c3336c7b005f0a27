"""Files: what lies in the folders we read and write is not always what it seems, and not everybody may look at ours."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from attacks.desk import NORA, mail, open_desk, request
from dplmaild.channels.maildir import MaildirMailbox
from dplmaild.channels.shrinking import shrunk
from dplmaild.ports import TemporaryError

LONG_AGO = 1_700_000_000


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def settled(path: Path) -> Path:
    """Nobody is writing to it any more."""
    os.utime(path, (LONG_AGO, LONG_AGO), follow_symlinks=False)
    return path


def put(path: Path, content: bytes = b"Subject: x\n\nhello\n") -> None:
    path.write_bytes(content)
    settled(path)


def given(inbox: Path) -> list[bytes]:
    """What a look at the folder gives; trouble with single files left aside."""
    found: list[bytes] = []
    reading = MaildirMailbox("drop", inbox).fetch(None, 50)
    while True:
        try:
            found.append(next(reading).raw)
        except (StopIteration, TemporaryError):
            return found


def to_a_secret(inbox: Path) -> None:
    (inbox.parent / "secret").write_bytes(b"hunter2")
    settled(_linked(inbox / "a.eml", inbox.parent / "secret"))


def to_the_secret_through_a_folder(inbox: Path) -> None:
    (inbox.parent / "secrets").mkdir()
    (inbox.parent / "secrets" / "a.eml").write_bytes(b"hunter2")
    settled(_linked(inbox / "new.eml", inbox.parent / "secrets"))


def to_an_endless_device(inbox: Path) -> None:
    settled(_linked(inbox / "a.eml", Path("/dev/zero")))


def to_itself(inbox: Path) -> None:
    settled(_linked(inbox / "a.eml", inbox / "a.eml"))


def to_nowhere(inbox: Path) -> None:
    settled(_linked(inbox / "a.eml", inbox / "nothing"))


def a_pipe(inbox: Path) -> None:
    os.mkfifo(inbox / "a.eml")
    settled(inbox / "a.eml")


def a_folder(inbox: Path) -> None:
    (inbox / "a.eml").mkdir()
    settled(inbox / "a.eml")


def _linked(path: Path, target: Path) -> Path:
    path.symlink_to(target)
    return path


@pytest.mark.parametrize(
    "trap",
    [
        pytest.param(to_a_secret, id="a link to a secret"),
        pytest.param(to_the_secret_through_a_folder, id="a link to a folder"),
        pytest.param(to_an_endless_device, id="a link to an endless device"),
        pytest.param(to_itself, id="a link to itself"),
        pytest.param(to_nowhere, id="a link to nowhere"),
        pytest.param(a_pipe, id="a pipe that nobody writes to"),
        pytest.param(a_folder, id="a folder"),
    ],
)
def test_what_is_no_file_is_not_read_and_hinders_no_other(inbox: Path, trap: Callable[[Path], None]) -> None:
    trap(inbox)
    put(inbox / "honest.eml")
    assert given(inbox) == [b"Subject: x\n\nhello\n"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(b"x..\\..\\y.eml", id="dots and backslashes"),
        pytest.param(b"a\nb.eml", id="a line end"),
        pytest.param(b"bad\xff\xfe.eml", id="no text"),
        pytest.param(b"z" * 250 + b".eml", id="255 bytes"),
        pytest.param(b"$(reboot);'\".eml", id="words of a shell"),
        pytest.param(b"99999999999.x.eml", id="a name that begins with a late second"),
    ],
)
def test_a_strange_name_is_kept_and_given_once(tmp_path: Path, name: bytes) -> None:
    with open_desk(tmp_path / "desk") as desk:
        put(Path(os.fsdecode(os.path.join(os.fsencode(desk.folder / "inbox"), name))), mail(request()))  # noqa: PTH118
        mailbox = MaildirMailbox("inbox", desk.folder / "inbox")
        (arrival,) = mailbox.fetch(None, 10)
        (answered,) = desk.house.reception.receive((arrival,), None, arrival.arrived)
        assert (answered.outcome.value, list(mailbox.fetch(None, 10))) == ("answered", [])


@pytest.mark.parametrize("second", [-(2**33), 2**33, 2**62], ids=["before 1970", "after 2038", "after all dates"])
def test_a_file_of_any_age_is_read(inbox: Path, second: int) -> None:
    put(inbox / "a.eml")
    try:
        os.utime(inbox / "a.eml", (second, second))
    except (OverflowError, OSError):
        pytest.skip("this file system knows no such time")
    (arrival,) = MaildirMailbox("drop", inbox, clock=lambda: float(LONG_AGO)).fetch(None, 10)
    assert arrival.arrived.utcoffset() is not None


class Growing:
    """A file to which somebody writes as fast as we read."""

    def __init__(self) -> None:
        self.given = 0

    def readline(self, size: int) -> bytes:
        """One more line, always."""
        self.given += size
        return b"x" * (size - 1) + b"\n" if size > 0 else b""


def test_of_a_file_that_grows_no_more_is_read_than_it_had() -> None:
    growing = Growing()
    shrunk(growing, 1000, 5_000_000)  # type: ignore[arg-type]
    assert growing.given <= 5_000_000 + 64 * 1024


def test_what_is_ours_is_for_our_eyes(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with open_desk(tmp_path / "desk") as desk:
            desk.receive(mail(request()))
            state, sent = desk.folder / "state", desk.folder / "sent"
            private = [*state.iterdir(), *(sent / "new").iterdir()]
            assert desk.letters(NORA)
            assert [p.name for p in private if others_may(p)] == []
            assert [p.name for p in (state, sent, sent / "new") if others_may(p)] == []
    finally:
        os.umask(before)


def others_may(path: Path) -> bool:
    """Whether everybody on this machine may look into it."""
    return bool(path.stat().st_mode & stat.S_IRWXO)
