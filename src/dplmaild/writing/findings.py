"""What the rules found, in plain words: what was asked, what is allowed, which holiday was hit (POLICY-2)."""

from datetime import datetime

from jinja2 import TemplateError

from dplmaild.deployment.terms import Finding, Severity
from dplmaild.writing.clean import one_line
from dplmaild.writing.wording import Wording

_HINDERS = (Severity.BLOCKS, Severity.APPROVAL)
_FACTS_SHOWN = 8


def finding_in_words(finding: Finding, wording: Wording) -> str:
    """One sentence with its rule ID at the end; facts a sentence does not know are listed as they are."""
    worded = _worded(finding, wording)
    name = f"findings.{finding.rule}"
    if name in wording.phrases.names(name):
        try:
            return f"{wording.fill(name, worded)} ({finding.rule})"
        except TemplateError:  # the sentence asks for a fact that this finding does not carry
            pass
    shown = ((key, wording.fact(value)) for key, value in finding.facts.items())
    known = [f"{one_line(key.replace('_', ' '))}: {value}" for key, value in shown if value]
    return f"{finding.rule}: {'; '.join(known[:_FACTS_SHOWN]) or wording.say('common.not_kept')}"


def hindering(findings: tuple[Finding, ...], wording: Wording) -> list[str]:
    """The broken rules that stand in the way."""
    return [finding_in_words(each, wording) for each in findings if each.broken and each.severity in _HINDERS]


def noted(findings: tuple[Finding, ...], wording: Wording) -> list[str]:
    """Warnings, and what is good to know: nothing that hinders."""
    return [finding_in_words(each, wording) for each in findings if each.broken and each.severity not in _HINDERS]


def _worded(finding: Finding, wording: Wording) -> dict[str, object]:
    """The facts in words; a yes or no stays one, so that a sentence can turn on it, a moment adds its time of day."""
    worded: dict[str, object] = {}
    for name, value in finding.facts.items():
        worded[name] = value if isinstance(value, bool) else wording.fact(value)
        if isinstance(value, datetime) and value.tzinfo:
            worded[f"{name}_clock"] = wording.clock.time(value)
    return worded
