"""A good configuration in a folder, which a test then spoils."""

from pathlib import Path

MAIN = """\
customers_folder = "customers"

[desk]
address = "desk@example.org"
authserv_ids = ["mx.example.org"]

[store]
url = "sqlite:///var/dplmaild.db"

[[mailbox]]
kind = "maildir"
name = "inbox"
path = "var/inbox"

[post]
kind = "maildir"
path = "var/sent"

[ops]
address = "ops@example.org"
calendar = { country = "DE", region = "TH" }

[[ops.people]]
address = "manager@example.org"
name = "Morgan"
role = "deployment_manager"

[[ops.people]]
address = "engineer@example.org"
name = "Robin"
"""

CUSTOMER = """\
id = "acme"
name = "Acme"
profile = "caas"
zone = "Europe/Berlin"
products = ["ICM", "PWA", "IOM"]
domains = ["acme.example.com"]
calendar = { country = "DE", region = "TH" }

[[contacts]]
address = "ann@partner.example.com"
name = "Ann"
role = "release_manager"
side = "partner"

[[contacts]]
address = "ben@acme.example.com"
name = "Ben"
role = "attendant"

[[contacts]]
address = "carl@partner.example.com"
name = "Carl"
side = "partner"
"""


class Folder:
    """A configuration on disk: `main` and `customer` are rewritten by replacing words in them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "customers").mkdir()
        self.main = path / "dplmaild.toml"
        self.customer = path / "customers" / "acme.toml"
        self.main.write_text(MAIN, "utf-8")
        self.customer.write_text(CUSTOMER, "utf-8")

    def spoil(self, file: str, old: str, new: str) -> None:
        """Replace the first `old` in `main` or `customer` by `new`; it has to be there."""
        path = self.main if file == "main" else self.customer
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
