"""The board in a whole daemon: switched on by the configuration, and never a reason for the desk to stop."""

import http.client
import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from board.shown import answers, free_port, wait_for
from cli.conftest import Shell
from daemon.service import CONFIG, configured, started
from desk.build import REQUEST, Mail
from dplmaild.board import lacking
from settings.folder import Folder

NORA = "nora@agency.example.net"
# A program in which the web server is not installed, as far as it can see.
BARE = "import sys; sys.modules['uvicorn'] = None; from dplmaild.__main__ import main; sys.exit(main())"


def with_board(folder: Path, port: int) -> Path:
    """A desk's files with a board."""
    return configured(folder, f'{CONFIG}\n[board]\nlisten = "127.0.0.1:{port}"\n')


def page(port: int, path: str) -> tuple[int, str]:
    """What the board answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_a_daemon_shows_what_it_has_decided_and_leaves_with_its_board(tmp_path: Path) -> None:
    port = free_port()
    with_board(tmp_path, port)
    with started(tmp_path) as service:
        service.said("READY=1")
        service.event("board shown")
        service.receive("one", Mail(REQUEST, sender=NORA, subject="<i>Release</i>").bytes)
        (decided,) = service.decided(1)
        status, text = page(port, f"/deployments/{decided['reference']}")
        assert status == 200
        assert "&lt;i&gt;Release&lt;/i&gt;" in text
        for nonsense in (
            b"\x16\x03\x01\x02\x00",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", port)) as line:
                line.sendall(nonsense)
                line.shutdown(socket.SHUT_WR)
                line.recv(1000)
        known = {event["event"] for event in service.events()}  # each line is one of ours
        assert known <= {"started", "board shown", "decided", "settled", "looked again at what is booked"}
        status, text = page(port, "/health")
        assert (status, json.loads(text)["sources"][0]["name"]) == (200, "inbox")
        assert json.loads(text)["sources"][0]["trouble"] is None
        service.signal(signal.SIGTERM)
        assert service.process.wait(20) == 0
        assert service.event("stopped")
    assert not answers(port)


def test_without_a_board_nobody_listens(tmp_path: Path) -> None:
    configured(tmp_path)
    with started(tmp_path) as service:
        service.said("READY=1")
        assert listeners(service.process.pid) == set()


def test_with_a_board_one_port_is_listened_at(tmp_path: Path) -> None:
    port = free_port()
    with_board(tmp_path, port)
    with started(tmp_path) as service:
        service.event("board shown")
        assert listeners(service.process.pid) == {f"0100007F:{port:04X}"}


def test_a_port_that_is_taken_keeps_no_mail_waiting(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with_board(tmp_path, port)
        with started(tmp_path) as service:
            service.receive("one", Mail(REQUEST, sender=NORA).bytes)
            assert len(service.decided(1)) == 1
            assert f"127.0.0.1:{port} cannot be listened at" in service.event("board not shown")["why"]
            wait_for(service.sent)


def test_missing_libraries_are_named_by_check_with_what_to_do(tmp_path: Path) -> None:
    config = with_board(tmp_path, 8025)
    command = [sys.executable, "-c", BARE, "-c", str(config), "check"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    assert f"{config}:" in ended.stderr
    assert "the board needs uvicorn: install it with pip install 'dplmaild[board]'" in ended.stderr


def test_missing_libraries_keep_no_mail_waiting(tmp_path: Path) -> None:
    config = with_board(tmp_path, free_port())
    log = tmp_path / "log"
    with log.open("wb") as stream:
        command = [sys.executable, "-c", BARE, "-c", str(config), "run", "--no-live"]
        process = subprocess.Popen(command, stderr=stream, stdout=stream)
        try:
            (tmp_path / "inbox" / ".one").write_bytes(Mail(REQUEST, sender=NORA).bytes)
            (tmp_path / "inbox" / ".one").rename(tmp_path / "inbox" / "one.eml")
            wait_for(lambda: list((tmp_path / "sent" / "new").glob("*")))
        finally:
            process.kill()
            process.wait()
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    (line,) = [line for line in lines if line["event"] == "board not shown"]
    assert "pip install 'dplmaild[board]'" in line["why"]


def test_a_good_board_is_good_to_check(tmp_path: Path) -> None:
    shell = Shell(Folder(tmp_path))
    shell.folder.spoil("main", "[store]", '[board]\nlisten = "127.0.0.1:8025"\n[store]')
    assert shell.json("check")["problems"] == 0
    assert lacking() == ""


@pytest.mark.parametrize("gone", ["starlette", "uvicorn"])
def test_what_is_lacking_is_seen_without_loading_it(gone: str) -> None:
    code = (
        f"import sys; sys.modules[{gone!r}] = None; from dplmaild.board import lacking;"
        f"sys.exit({gone!r} not in lacking() or 'anyio' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def listeners(pid: int) -> set[str]:
    """Where a process listens, as the kernel writes it."""
    own = {link.readlink().name for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            parts = line.split()
            if parts[3] == "0A" and f"socket:[{parts[9]}]" in own:
                found.add(parts[1])
    return found
