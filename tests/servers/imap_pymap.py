"""pymap on loopback, for machines on which no Dovecot is installed. It knows STARTTLS only, and no tokens."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pysasl.hashing import BuiltinHash

from servers.certificates import certificates
from servers.imap_server import PASSWORD, ImapServer


@contextmanager
def pymap() -> Iterator[ImapServer]:
    """A server with users u001 to u400, each with an empty mailbox."""
    base = Path(tempfile.mkdtemp(prefix="pymap-"))
    made = certificates(base / "tls")
    users = [f"u{n:03d}" for n in range(1, 401)]
    hashed = BuiltinHash(rounds=1000).hash(PASSWORD)
    (base / "pymap-etc-passwd").write_text("".join(f"{user}:x:1000:1000::{user}:\n" for user in users))
    (base / "pymap-etc-shadow").write_text("".join(f"{user}:{hashed}:::::::\n" for user in users))
    (base / "pymap-etc-group").write_text("")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
    command = [sys.executable, "-c", "from pymap.main import main; main()", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--cert", str(made.cert_file), "--key", str(made.key_file), "maildir", str(base)]
    with (base / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _until_listening(port, process, base / "log")
        yield ImapServer("pymap", "127.0.0.1", port, 0, made, users, tokens=False)
    finally:
        process.terminate()
        process.wait(timeout=10)
        shutil.rmtree(base, ignore_errors=True)


def _until_listening(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"pymap did not start: {log.read_text()}")
