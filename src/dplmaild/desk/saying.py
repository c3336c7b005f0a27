"""Findings in words, the same for the command line and the log (POLICY-2)."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from dplmaild.deployment.customer import Customer
from dplmaild.deployment.terms import Finding, Ruling
from dplmaild.settings import Settings
from dplmaild.writing.findings import finding_in_words
from dplmaild.writing.letters import Letters

Said = Callable[[Finding], str]


def saying(letters: Letters, settings: Settings, customer: Customer | None, language: str) -> Said:
    """How findings are said, on OPS's wall clock and on the customer's; in UTC where nobody is known."""
    profile = settings.profiles.get(customer.profile) if customer else None
    zones = (profile.zone, customer.zone) if profile and customer else ("UTC", "UTC")
    wording = letters.wording(language, *zones)
    return lambda finding: finding_in_words(finding, wording)


def in_json(finding: Finding, said: Said) -> dict[str, Any]:
    """A finding as JSON's own types; see docs/explain.md."""
    return {
        "rule": finding.rule,
        "ruling": finding.ruling.value,
        "applies": finding.applies,
        "passed": finding.passed,
        "severity": finding.severity.value,
        "facts": {name: plain(value) for name, value in finding.facts.items()},
        "words": said(finding),
    }


def logged(findings: Sequence[Finding], said: Said) -> dict[str, Any]:
    """Findings as fields of a log line: what is broken in full, of the others the rules alone."""
    if not findings:
        return {}
    rules = {ruling.value: [f.rule for f in findings if f.ruling is ruling] for ruling in Ruling}
    return {**rules, Ruling.BROKEN.value: [in_json(f, said) for f in findings if f.broken]}


def plain(value: object) -> Any:
    """A fact in JSON's own types: moments and days as ISO 8601, spans in minutes."""
    match value:
        case date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds() / 60
        case tuple():
            return [plain(each) for each in value]
        case _:
            return value
