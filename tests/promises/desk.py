"""A desk's configuration for the tests of the promises, written into a folder as an operator would write it."""

from dataclasses import dataclass
from pathlib import Path

from dplmaild.settings import Settings, load

CUSTOMERS = Path(__file__).parent / "customers"
ADDRESS = "servicedesk@example.org"
OPS = "ops@example.org"
NO_TOKEN = "unused"

_CONFIG = """
customers_folder = "{customers}"

[desk]
name = "Service Desk"
address = "servicedesk@example.org"
instance = "promises"
authserv_ids = ["mx.example.org"]

[store]
url = "{store}"

{mailbox}

{post}

{zammad}

[calendar]
kind = "ics"
path = "deployments.ics"

[log]
folder = "logs"

[ops]
name = "OPS"
address = "ops@example.org"
calendar = {{ country = "DE", region = "TH" }}

[[ops.people]]
address = "manager@example.org"
name = "Morgan"
role = "deployment_manager"

[[ops.people]]
address = "engineer@example.org"
name = "Robin"
role = "ops_engineer"
"""

MAILDIR_IN = '[[mailbox]]\nkind = "maildir"\nname = "inbox"\npath = "inbox"\npoll_seconds = 0.1\n'
MAILDIR_OUT = '[post]\nkind = "maildir"\npath = "sent"\n'


@dataclass(frozen=True, slots=True)
class Where:
    """What a desk of the tests talks to; the defaults need no server."""

    mailbox: str = MAILDIR_IN
    post: str = MAILDIR_OUT
    zammad: str = ""
    store: str = "var/dplmaild.db"  # a file, or the address of a database on a server

    @property
    def url(self) -> str:
        """The database's address."""
        return self.store if "://" in self.store else f"sqlite:///{self.store}"


def smtp_post(port: int) -> str:
    """The table for a mail server on loopback that wants no login."""
    return f'[post]\nkind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n'


def zammad(url: str, settle_seconds: int = 330) -> str:
    """The table for a Zammad double; its token lies in the file `token` beside the configuration."""
    return (
        f'[zammad]\nurl = "{url}"\ntoken = {{ file = "token" }}\ngroups = ["Deployments"]\n'
        f"settle_seconds = {settle_seconds}\npoll_seconds = 0.2\n"
    )


def write_desk(folder: Path, where: Where, token: str = NO_TOKEN) -> Path:
    """Make the folders of a desk and write its configuration; the file's path."""
    for name in ("inbox/new", "inbox/cur", "inbox/tmp", "logs", "var"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "token").write_text(token)
    path = folder / "desk.toml"
    text = _CONFIG.format(
        customers=CUSTOMERS, store=where.url, mailbox=where.mailbox, post=where.post, zammad=where.zammad
    )
    path.write_text(text)
    return path


def desk_in(folder: Path, where: Where | None = None, token: str = NO_TOKEN) -> Settings:
    """The settings of a desk written into a folder."""
    return load(write_desk(folder, where or Where(), token))
