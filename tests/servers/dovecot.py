"""A private Dovecot on loopback: own configuration, own users, own folder; runs as root and as anybody else."""

import base64
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers.certificates import certificates
from servers.imap_server import ImapServer

TOKEN_KEY = b"a key for tokens of tests only, 32+ bytes"

_CONFIG = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{base}/tls/cert.pem
ssl_key = <{base}/tls/key.pem
disable_plaintext_auth = {secure_only}
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
auth_cache_size = 0
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
mailbox_list_index = no
{rights}
{capability}
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {base}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {base}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/mail/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  service_count = 0
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap {{
  client_limit = 1
  process_limit = 200
}}
service stats {{
  chroot =
}}
"""

_OAUTH2 = """
introspection_mode = local
username_attribute = sub
local_validation_key_dict = fs:posix:prefix={base}/keys/
"""


def installed() -> bool:
    """Whether this machine has a Dovecot of our time."""
    return shutil.which("dovecot") is not None or Path("/usr/sbin/dovecot").exists()


@contextmanager
def dovecot(*, capability: str | None = None) -> Iterator[ImapServer]:
    """A server with users u001 to u400, each with an empty mailbox; `capability` replaces what it says it can."""
    # Not pytest's own folder: its parents are closed to the other user that mail belongs to when we are root.
    base = Path(tempfile.mkdtemp(prefix="dovecot-"))
    server = _configured(base, capability)
    binary = shutil.which("dovecot") or "/usr/sbin/dovecot"
    process = subprocess.Popen([binary, "-F", "-c", str(base / "dovecot.conf")], stderr=subprocess.PIPE)
    try:
        _until_answers(server, process, base)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stderr is not None:
            process.stderr.close()
        shutil.rmtree(base, ignore_errors=True)


def _configured(base: Path, capability: str | None) -> ImapServer:
    base.chmod(0o755)
    made = certificates(base / "tls")
    uid, gid, rights = _owner()
    for folder in ("run", "state", "mail"):
        (base / folder).mkdir(mode=0o755)
    os.chown(base / "mail", uid, gid)
    users = [f"u{n:03d}" for n in range(1, 401)]
    (base / "users").write_text("".join(f"{user}:{{PLAIN}}secret\n" for user in users))
    (base / "users").chmod(0o644)
    (base / "oauth2.conf").write_text(_OAUTH2.format(base=base))
    key = base / "keys" / "default" / "HS256"
    key.mkdir(parents=True)
    (key / "default").write_bytes(base64.b64encode(TOKEN_KEY))
    server = ImapServer("Dovecot", "127.0.0.1", _free_port(), _free_port(), made, users, moves=capability is None)
    told = f"imap_capability = {capability}" if capability else ""
    (base / "dovecot.conf").write_text(
        _CONFIG.format(
            base=base, uid=uid, gid=gid, rights=rights, imap=server.plain_port, imaps=server.tls_port, capability=told,
            secure_only="no",
        )
    )  # fmt: skip
    return server


def _owner() -> tuple[int, int, str]:
    """Whose mail it is: ourselves, or, as root, nobody, since Dovecot gives root no mail."""
    if os.getuid() != 0:
        me, mine = pwd.getpwuid(os.getuid()), grp.getgrgid(os.getgid()).gr_name
        rights = f"default_internal_user = {me.pw_name}\ndefault_login_user = {me.pw_name}\n"
        rights += f"default_internal_group = {mine}\nfirst_valid_uid = 1\n"
        return me.pw_uid, me.pw_gid, rights
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid, "first_valid_uid = 1\nfirst_valid_gid = 1\n"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _until_answers(server: ImapServer, process: "subprocess.Popen[bytes]", base: Path) -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        try:
            with socket.create_connection((server.host, server.plain_port), timeout=5) as greeted:
                if greeted.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.05)
    log = base / "dovecot.log"
    said = process.stderr.read().decode() if process.poll() is not None and process.stderr else ""
    raise RuntimeError(f"Dovecot did not start: {said}{log.read_text() if log.exists() else ''}")


def version() -> str:
    """The installed version, as Dovecot says it."""
    binary = shutil.which("dovecot") or "/usr/sbin/dovecot"
    return subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
