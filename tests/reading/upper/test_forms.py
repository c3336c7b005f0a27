"""Forms as people fill them in: what each line adds to a deployment, and what only looks as if it did."""

import pytest

from dplmaild.deployment.terms import Deployment
from reading.upper.mails import opened

REQUEST = "Type of deployment: code\nEnvironment: PRD\nDate and time: 12 January 2027 10:00\n"
ASKED = "type code | env PRD | when 01-12T09:00"
INSTRUCTIONS = (
    "Deployment instructions\n\nType: code\nEnvironment: PRD\nCurrent version: 11.0.1\nTarget version: 11.0.2\n"
)
TOLD = "type code | env PRD | current 11.0.1 | target 11.0.2"


def said(one: Deployment) -> str:
    """A deployment in one line; options as y, n or - for app tier, web tier, page cache, DBMigrate."""
    opts = one.options
    switches = (opts.deploy_app_tier, opts.deploy_web_tier, opts.invalidate_page_cache, opts.db_migrate)
    when = one.when and (one.when.utc.strftime("%m-%dT%H:%M") if one.when.utc else one.when.status.value)
    told = {
        "type": one.type and one.type.value,
        "product": one.product and one.product.value,
        "env": one.environment and one.environment.name,
        "when": when,
        "current": one.current_version and one.current_version.text,
        "target": one.target_version and one.target_version.text,
        "special": one.special_activities,
        "options": "".join({True: "y", False: "n", None: "-"}[switch] for switch in switches).replace("----", ""),
        "cartridges": ",".join(opts.cartridges),
        "minutes": one.duration and int(one.duration.total_seconds() / 60),
        "tested": ",".join(environment.name for environment in one.tested_on),
        "list": ",".join(one.mailing_list),
        "attendant": ",".join(one.attendants),
        "what": one.description,
        "notes": one.release_notes,
    }
    return " | ".join(f"{name} {value}" for name, value in told.items() if value)


# A line added to a request: what it adds, and what is asked.
LINES_OF_REQUESTS: list[tuple[str, str, list[str]]] = [
    ("Date of request: 23.11.2026", "", []),
    ("Release date: 10.12.2026", "", []),
    ("Code freeze: 8 January 2027", "", []),
    ("Test date: 12 January 2027 11:00", "", []),
    ("Deadline: 11 January 2027", "", []),
    ("Contact phone: +49 30 5550100", "", []),
    ("Downtime: 30 minutes", "", []),
    ("Expected duration: 2 hours plus 30 minutes tests", " | minutes 120", []),
    ("Target version: 11.0.2 (current 11.0.1)", " | current 11.0.1 | target 11.0.2", []),
    ("Versions (current/target): 11.0.1 / 11.0.2", " | current 11.0.1 | target 11.0.2", []),
    ("Version: 11.0.1 → 11.0.2", " | current 11.0.1 | target 11.0.2", []),
    ("Target version: 11.0.2\nRollback version: 11.0.1", " | target 11.0.2", []),
    ("Fallback version: 11.0.1\nNew version: 11.0.2", " | target 11.0.2", []),
    ("Java version: 17.0.2\nTarget version: 11.0.2", " | target 11.0.2", []),
    ("Tested on: INT, UAT (11.0.2)", " | tested INT,UAT", []),
    ("Tested on: INT yes, UAT no", " | tested INT", []),
    ("Tested on: not yet", "", []),
    ("Tested on UAT: yes", " | tested UAT", []),
    ("Special activities: yes, new sales channel", " | special yes, new sales channel", []),
    ("Special activities: no ICM upgrade, no new channel", " | special no ICM upgrade, no new channel", []),
    ("Special activities: see release notes", " | special see release notes", []),
    ("Special activities: ?", "", []),
]

# A line added to instructions.
LINES_OF_INSTRUCTIONS: list[tuple[str, str, list[str]]] = [
    ("DeployAppTier: yes; DeployWebTier: no; InvalidatePageCache: yes; DBMigrate: no", " | options ynyn", []),
    ("DeployAppTier / DeployWebTier: yes / no", "", []),
    ("DeployAppTier yes, DeployWebTier no, InvalidatePageCache yes, DBMigrate no", " | options ynyn", []),
    ("DBMigrate: only for app_sf_shop", "", ["DBMigrate:answer_unclear"]),
    ("DBMigrate: yes, app_sf_shop and bc_shop", " | options ---y | cartridges app_sf_shop,bc_shop", []),
    ("DBMigrate: yes (all cartridges)", " | options ---y", []),
    ("InvalidatePageCache: yes, after the deployment", " | options --y-", []),
    ("InvalidatePageCache: not before the deployment", "", ["InvalidatePageCache:answer_unclear"]),
    ("DBMigrate: no!!! (code only)", " | options ---n", []),
    ("DBMigrate: nein, diesmal nicht", " | options ---n", []),
    ("DBMigrate: No (was yes last time)", " | options ---n", []),
    ("DeployAppTier: yes?\n", "", ["DeployAppTier:answer_unclear"]),
    ("Mailing list: Nora, Ben", "", ["mailing_list:answer_unclear"]),
    (
        "Mailing list: nora@agency.example.net (release manager), ben@northwind.example.com (attendant)",
        " | list nora@agency.example.net,ben@northwind.example.com",
        [],
    ),
    (
        "Mailing list:\nNora <nora@agency.example.net>\nBen <ben@northwind.example.com>",
        " | list nora@agency.example.net,ben@northwind.example.com",
        [],
    ),
    ("Mailing list: same as last time", "", ["mailing_list:answer_unclear"]),
    ("Attendant: Ben, +49 30 5550101", " | attendant Ben,+49 30 5550101", []),
    ("Release notes: RN-11.0.2.pdf (attached)", " | notes RN-11.0.2.pdf (attached)", []),
    ("Description:\n- fix A\n- fix B\n\nPlease confirm.", " | what fix A\nfix B", []),
]

# Whole forms: subject, words, deployments, questions.
FORMS: list[tuple[str, str, str, list[str]]] = [
    (
        "Deployment request",
        "Type: code\nEnvironment: PRD\nDate: 12.01.2027\nTime: 2 h",
        "type code | env PRD | when ambiguous",
        ["when:half_of_day"],
    ),
    (
        "Deployment request",
        "Type of deployment: PWA\nEnvironment: PRD\nDate and time: 12 January 2027 10:00",
        "product PWA | env PRD | when 01-12T09:00",
        ["type:answer_unclear"],
    ),
    (
        "Deployment request",
        "Type of deployment: ICM code\nEnvironment: PRD live\nDate and time: 12 January 2027 10:00",
        "type code | product ICM | env PRD | when 01-12T09:00",
        [],
    ),
    (
        "Deployment request",
        ("Deployment instructions\n\nType: code\nEnvironment: PRD\nCurrent version: 11.0.1\nTarget version: 11.0.x\n"),
        "type code | env PRD | current 11.0.1",
        ["target_version:not_a_version"],
    ),
    (
        "Deployment request",
        ("Deployment instructions\n\nType: code\nEnvironment: PRD\nCurrent version: 11.0.1\nTarget version: latest\n"),
        "type code | env PRD | current 11.0.1",
        ["target_version:not_a_version"],
    ),
    (
        "Deployment request",
        (
            "Deployment instructions\n\nType: code\n"
            "Environment: PRD\nCurrent version: 11.0.1\nTarget version: 11.0.2 or 11.0.3\n"
        ),
        "type code | env PRD | current 11.0.1",
        ["target_version:not_a_version"],
    ),
    (
        "Deployment request",
        ("Deployment instructions\n\nType: code\nEnvironment: PRD\nCurrent version: unknown\nTarget version: 11.0.2\n"),
        "type code | env PRD | target 11.0.2",
        [],
    ),
    (
        "Deploymentanfrage",
        (
            "Umgebung: Produktion\nArt: Code\nWunschtermin: Di, 12.1.27, 10 Uhr\n"
            "Besonderes: -\nVersion alt: 11.0.1\nVersion neu: 11.0.2"
        ),
        "type code | env PRD | when 01-12T09:00 | current 11.0.1 | target 11.0.2 | special none",
        [],
    ),
    (
        "Solicitud de despliegue",
        (
            "Entorno: producción\nTipo: código\nFecha: martes 12/01/2027\n"
            "Hora: 10:00 h\nVersión actual: 11.0.1\nVersión nueva: 11.0.2\nActividades especiales: ninguna prevista"
        ),
        "type code | env PRD | when 01-12T09:00 | current 11.0.1 | target 11.0.2 | special none",
        [],
    ),
    (
        "Sol·licitud de desplegament",
        (
            "Entorn: producció\nTipus: codi\nData: dimarts 12/01/2027\n"
            "Hora: 10:00 h\nVersió actual: 11.0.1\nVersió nova: 11.0.2\nActivitats especials: cap"
        ),
        "type code | env PRD | when 01-12T09:00 | current 11.0.1 | target 11.0.2 | special none",
        [],
    ),
    (
        "Deployment request",
        "Deployment instructions\n\nType: code\nEnvironment: PRD\nCurrent version: 11.0.1\nTarget version: 1_.0.3\n",
        "type code | env PRD | current 11.0.1",
        ["target_version:not_a_version"],
    ),
    (
        "Deployment request",
        "Deployment instructions\n\nType: code\nCurrent version: 11.0.1-rc_1\nTarget version: 11.0.2_1\n",
        "type code | current 11.0.1-rc_1 | target 11.0.2_1",
        [],
    ),
    (
        "Deploymentanfrage",
        "Typ\tcode\nUmgebung\tPRD\nEmpfänger\tnora@agency.example.net\nSondertätigkeiten\tPreise für Österreich\n",
        "type code | env PRD | special Preise für Österreich | list nora@agency.example.net",
        [],
    ),
    (
        "Deployment request",
        "| Type | code |\n| Environment | PRD |\n| Special activities | new prices |\n| Product | shop |\n",
        "type code | env PRD | special new prices",
        ["product:answer_unclear"],
    ),
    (
        "Deployment request",
        "Env = PRD\ntype = hotfix\nfrom = 11.0.1\nto = 11.0.2\nwhen = 2026-11-25T10:00+01:00",
        "type hotfix | env PRD | when 11-25T09:00 | current 11.0.1 | target 11.0.2",
        [],
    ),
    (
        "Deployment request",
        "*Type:* code\n*Environment:* PRD\n*Desired date & time:* 12 Jan 2027, 10h\n*Special activities:* none",
        "type code | env PRD | when 01-12T09:00 | special none",
        [],
    ),
    (
        "Deployment request",
        "Type : code\nEnvironment : PRD\nDesired date and time :12/01/2027 at 10.00\nSpecial activities :none",
        "type code | env PRD | when ambiguous | special none",
        ["when:day_month_order"],
    ),
    (
        "Deployment request",
        (
            "TYPE OF DEPLOYMENT: CODE\nENVIRONMENT: PRD\n"
            "DESIRED DATE AND TIME: TUESDAY 12 JANUARY 2027 10:00\nEXPECTED SPECIAL ACTIVITIES: NONE"
        ),
        "type code | env PRD | when 01-12T09:00 | special none",
        [],
    ),
    (
        "Deployment request",
        (
            "Type of deployment.......: code\n"
            "Environment..............: PRD\nDate and time............: 12 January 2027 10:00"
        ),
        "type code | env PRD | when 01-12T09:00",
        [],
    ),
    (
        "Deployment request",
        (
            "Please deploy:\nEnvironment: UAT\nType: full\nDate and time: 12 January 2027 10:00\n"
            "\nEnvironment: PRD\nType: full\nDate and time: 14 January 2027 10:00"
        ),
        "type full | env UAT | when 01-12T09:00 || type full | env PRD | when 01-14T09:00",
        [],
    ),
    (
        "Deployment request",
        "Environments: UAT and PRD\nType: full\nDates: UAT 12 January 2027 10:00, PRD 14 January 2027 10:00\n",
        "type full | env UAT || type full | env PRD",
        [],
    ),
]


def check(words: str, subject: str, wanted: str, asked: list[str]) -> None:
    meaning = opened(words, subject)
    assert " || ".join(map(said, meaning.deployments)) == wanted
    assert sorted(f"{question.field.value}:{question.reason}" for question in meaning.questions) == asked


@pytest.mark.parametrize(("line", "adds", "asked"), LINES_OF_REQUESTS, ids=[row[0] for row in LINES_OF_REQUESTS])
def test_a_line_of_a_request_adds_what_it_says(line: str, adds: str, asked: list[str]) -> None:
    check(REQUEST + line, "Deployment request", ASKED + adds, asked)


@pytest.mark.parametrize(
    ("line", "adds", "asked"), LINES_OF_INSTRUCTIONS, ids=[row[0] for row in LINES_OF_INSTRUCTIONS]
)
def test_a_line_of_instructions_adds_what_it_says(line: str, adds: str, asked: list[str]) -> None:
    check(INSTRUCTIONS + line, "Deployment request", TOLD + adds, asked)


@pytest.mark.parametrize(("subject", "words", "wanted", "asked"), FORMS, ids=[row[1][:40] for row in FORMS])
def test_a_whole_form_is_read(subject: str, words: str, wanted: str, asked: list[str]) -> None:
    check(words, subject, wanted, asked)
