"""A desk in a folder: two configurations, their customers, and mails so plain that reading is no question."""

from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from dplmaild.cli.judging import Judge
from dplmaild.deployment.process import Decision
from dplmaild.desk import Desk as DeskOfOne
from dplmaild.desk import Posted
from dplmaild.desk.view import NothingOnRecord
from dplmaild.settings import Settings, load

BERLIN, MADRID = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Madrid")
MONDAY = "2026-11-23 09:00"  # when a mail arrives unless its case says otherwise

_DESK = """
customers_folder = "customers"
[desk]
address = "servicedesk@example.org"
instance = "explained"
authserv_ids = ["mx.example.org"]
[store]
url = "sqlite:///never-written.db"
[[mailbox]]
kind = "maildir"
name = "inbox"
path = "inbox"
[post]
kind = "maildir"
path = "sent"
[log]
folder = "logs"
[ops]
address = "ops@example.org"
at_once = 2
per_day = 3
calendar = {calendar}
[[ops.people]]
address = "manager@example.org"
role = "deployment_manager"
"""

_ERFURT = (
    '{ country = "DE", region = "TH",'
    " half_days = [ { day = 2026-12-24, until = 12:00:00 }, { day = 2026-12-31, until = 12:00:00 } ],"
    ' closed = [ { first = 2027-07-26, last = 2027-07-30, reason = "company closing" } ] }'
)
_BARCELONA = (
    '{ country = "ES", region = "Barcelona",'
    ' vacations = [ { first = 2027-08-09, last = 2027-08-13, reason = "summer" } ] }'
)

_CUSTOMER = """
id = "{name}"
name = "{name}"
profile = "{profile}"
{lines}
[[contacts]]
address = "rm@{name}.example.com"
role = "release_manager"
[[contacts]]
address = "tests@{name}.example.com"
role = "{second}"
"""

_THURINGIA = {
    "zone": '"Europe/Berlin"',
    "language": '"en"',
    "products": '["ICM", "PWA", "IOM"]',
    "calendar": '{ country = "DE", region = "TH" }',
}
_CATALONIA = {"zone": '"Europe/Madrid"', "language": '"en"', "calendar": '{ country = "ES", region = "CT" }'}

# What sets each customer apart from a live standard one of ours in Thuringia without a partner elsewhere.
CAAS: dict[str, dict[str, str]] = {
    "standard": {},
    "second": {},
    "third": {},
    "fourth": {},
    "only-icm": {"products": '["ICM"]'},
    "premium": {"sla": '"premium"', "shop_hours": "{ since = 08:00:00, until = 20:00:00 }"},
    "setup": {"phase": '"setup"'},
    "apart": {"management": '"partner"'},
    "delegated": {"management": '"delegated"'},
    "catalan-partner": {"partner_calendar": '{ country = "ES", region = "CT" }'},
    "barcelona-partner": {"partner_calendar": '{ country = "ES", region = "Barcelona" }'},
    "madrid-partner": {"partner_calendar": '{ country = "ES", region = "MD" }'},
    "bavarian-partner": {"partner_calendar": '{ country = "DE", region = "BY" }'},
    "berliner": {"calendar": '{ country = "DE", region = "BE" }'},
    "londoner": {"zone": '"Europe/London"'},
    "uat-productive": {"productive": '["PRD", "UAT"]'},
    "test-productive": {"productive": '["PRD", "TEST"]'},
    "unattended": {},
    "code-by-manager": {"approval": '["code"]'},
    "deutsch": {"language": '"de"'},
    "espanol": {"language": '"es"', "partner_calendar": '{ country = "ES", region = "CT" }'},
    "catala": {"language": '"ca"', "partner_calendar": '{ country = "ES", region = "CT" }'},
    "closing": {
        "calendar": '{ country = "DE", region = "TH", closed = [ { first = 2026-12-24, last = 2026-12-29,'
        ' reason = "Christmas closing" } ], vacations = [ { first = 2027-02-01, last = 2027-02-05 } ] }'
    },
    "frozen": {
        "freezes": '[ { first = 2027-01-11, last = 2027-01-15, reason = "stocktaking" },'
        ' { first = 2027-01-18, last = 2027-01-22, reason = "winter sale", soft = true },'
        ' { first = 2027-02-08, last = 2027-02-12, reason = "UAT in use", environments = ["UAT"] } ]'
    },
}
PROD: dict[str, dict[str, str]] = {
    "riera": {
        "productive": '["PRD", "TEST"]',
        "calendar": '{ country = "ES", region = "CT", vacations = [ { first = 2026-12-24, last = 2027-01-06,'
        ' reason = "Christmas" } ] }',
    },
    "plain": {},
    "madrilena": {"calendar": '{ country = "ES", region = "MD" }'},
    "prod-apart": {"management": '"partner"'},
    "prod-soft": {"freezes": '[ { first = 2027-02-08, last = 2027-02-12, reason = "carnival", soft = true } ]'},
    "prod-espanol": {"language": '"es"'},
}


@dataclass(frozen=True, slots=True)
class Mail:
    """One request as `Label: value` lines. `arrived` is on OPS's wall clock unless it carries an offset."""

    of: str
    lines: dict[str, str] = field(hash=False)
    arrived: str = MONDAY
    subject: str = "Deployment request"

    def __bytes__(self) -> bytes:
        mail = EmailMessage()
        host = f"{self.of}.example.com"
        mail["Authentication-Results"] = f"mx.example.org; dmarc=pass header.from={host}"
        mail["From"], mail["To"], mail["Subject"] = f"rm@{host}", "servicedesk@example.org", self.subject
        mail["Message-ID"] = f"<{crc32(repr((self.arrived, self.lines)).encode())}@{host}>"
        said = "\n".join(f"{label}: {value}" for label, value in self.lines.items())
        mail.set_content(f"Please deploy as follows.\n\n{said}\n")
        return mail.as_bytes()


LABELS = {
    "type": "Type of deployment",
    "product": "Product",
    "env": "Environment",
    "at": "Desired date and time",
    "special": "Expected special activities",
    "current": "Current version",
    "target": "Target version",
    "app": "DeployAppTier",
    "web": "DeployWebTier",
    "cache": "InvalidatePageCache",
    "db": "DBMigrate",
    "cartridges": "Cartridges",
    "notes": "Custom release notes",
    "description": "Short description",
    "list": "Deployment mailing list",
    "tested": "Tested on",
    "duration": "Estimated duration",
    "tests": "Test window",
    "components": "Components",
    "tickets": "Tickets covered",
    "validated": "Validated",
    "rollback": "Rollback",
    "restarts": "Restarts needed",
    "artifact": "Released artifact",
}


def mail(of: str = "standard", arrived: str = MONDAY, **said: str | None) -> Mail:
    """A mail that says these fields and nothing else; None leaves a line out."""
    return Mail(of, {LABELS[name]: value for name, value in said.items() if value is not None}, arrived)


def _asks(type_: str, at: str | None, said: dict[str, Any]) -> Mail:
    of, arrived = said.pop("of", "standard"), said.pop("arrived", MONDAY)
    return mail(of, arrived, **{"type": type_, "product": "ICM", "at": at, "special": "none", **said})


def full(at: str | None, **said: Any) -> Mail:
    """A full ICM deployment is asked for; an environment is named only where the case says so."""
    return _asks("full", at, said)


def code(at: str | None, **said: Any) -> Mail:
    """A code deployment of ICM is asked for."""
    return _asks("code", at, said)


def hotfix(at: str | None, **said: Any) -> Mail:
    """A hotfix of ICM is asked for."""
    return _asks("hotfix", at, said)


def prod(at: str | None, **said: Any) -> Mail:
    """A deployment under `prod`, of a customer without anything special unless one is named."""
    of, arrived = said.pop("of", "plain"), said.pop("arrived", MONDAY)
    return mail(of, arrived, **{"at": at, **said})


class Desk:
    """Both configurations, and what `explain` answers."""

    def __init__(self, folder: Path) -> None:
        self.caas = _settings(folder / "caas", "caas", _ERFURT, _THURINGIA, CAAS)
        self.prod = _settings(folder / "prod", "prod", _BARCELONA, _CATALONIA, PROD)
        self._judges = {id(s): Judge(s) for s in (self.caas, self.prod)}

    def explain(self, asked: Mail) -> dict[str, Any]:
        """The object that `dplmaild explain --json` prints for this mail alone."""
        return self._judges[id(self.settings(asked))](bytes(asked), asked.of, arrival(asked), 0.0)

    def decided(self, asked: Mail) -> Decision:
        """The decision itself, with its case and timers."""
        moment = arrival(asked)
        settled = DeskOfOne(self.settings(asked)).consider(Posted(bytes(asked), moment), NothingOnRecord(), moment)
        return settled.decisions[0]

    def simulate(self, *asked: Mail) -> list[dict[str, Any]]:
        """What `dplmaild simulate --stateful` prints for these mails in this order."""
        judge = Judge(self.settings(asked[0]), stateful=True)
        return [judge(bytes(one), one.of, arrival(one), 0.0) for one in asked]

    def settings(self, asked: Mail) -> Settings:
        """The configuration that knows this mail's customer."""
        return self.prod if asked.of in PROD else self.caas


def arrival(asked: Mail) -> datetime:
    """When the mail arrived."""
    moment = datetime.fromisoformat(asked.arrived)
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=ops_zone(asked))


def ops_zone(asked: Mail) -> ZoneInfo:
    """The zone in which OPS judges this customer's days."""
    return MADRID if asked.of in PROD else BERLIN


def _settings(
    folder: Path, profile: str, calendar: str, common: dict[str, str], customers: dict[str, dict[str, str]]
) -> Settings:
    (folder / "customers").mkdir(parents=True)
    for name, own in customers.items():
        lines = "\n".join(f"{key} = {value}" for key, value in {**common, **own}.items())
        text = _CUSTOMER.format(
            name=name, profile=profile, lines=lines, second="contact" if name == "unattended" else "attendant"
        )
        (folder / "customers" / f"{name}.toml").write_text(text, "utf-8")
    (folder / "dplmaild.toml").write_text(_DESK.format(calendar=calendar), "utf-8")
    return load(folder / "dplmaild.toml")
