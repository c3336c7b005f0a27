"""What the rules found, in plain words: what was asked, what is allowed, which holiday was hit (POLICY-2)."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from jinja2 import TemplateError

from dplmaild.deployment.rules import Standing
from dplmaild.deployment.terms import Fact, Field, Finding, Ruling, Severity
from dplmaild.writing.clean import one_line
from dplmaild.writing.own import TooMuchError
from dplmaild.writing.wording import Wording

_HINDERS = (Severity.BLOCKS, Severity.APPROVAL)
_FACTS_SHOWN = 8
# A sentence that asks for a fact which this finding does not carry, or that reckons wrongly with one.
_UNSAYABLE = (TemplateError, TooMuchError, ArithmeticError, TypeError, ValueError)
_ELSEWHERE: Mapping[Fact, str] = {each.value: each.name.lower() for each in Standing}  # WHO-5: not scheduled by us
# Facts that are words of a group of their own in words.toml.
_GROUPS = {"count": "count", "type": "type", "effective": "type", "requested": "type"}


def finding_in_words(finding: Finding, wording: Wording) -> str:
    """One sentence with its rule ID at the end; facts a sentence does not know are listed as they are."""
    worded = _worded(finding, wording)
    for name in _sentences(finding, wording):
        try:
            return f"{wording.fill(name, worded)} ({finding.rule})"
        except _UNSAYABLE:
            continue
    shown = ((key, wording.fact(value)) for key, value in finding.facts.items())
    known = [f"{one_line(key.replace('_', ' '))}: {value}" for key, value in shown if value]
    return f"{finding.rule}: {'; '.join(known[:_FACTS_SHOWN]) or _bare(finding, wording)}"


def about(rule: str, wording: Wording) -> str:
    """What a rule asks for, in a few words; of a profile's own rule its sentence; its ID where there is neither."""
    for name in (f"findings.about.{rule}", f"findings.{rule}"):
        if name in wording.phrases.names(name):
            return wording.phrases.source(name)
    return one_line(rule)


def hindering(findings: tuple[Finding, ...], wording: Wording) -> list[str]:
    """The broken rules that stand in the way."""
    return [finding_in_words(each, wording) for each in findings if each.broken and each.severity in _HINDERS]


def noted(findings: tuple[Finding, ...], wording: Wording) -> list[str]:
    """Warnings, and what is good to know: nothing that hinders."""
    return [finding_in_words(each, wording) for each in findings if each.broken and each.severity not in _HINDERS]


def _sentences(finding: Finding, wording: Wording) -> Iterator[str]:
    """The names of the sentences that fit, the closest one first."""
    group = "findings" if finding.broken else f"findings.{finding.ruling.value}"
    fitting = [finding.rule]
    if finding.ruling is Ruling.NOT_CONCERNED:
        # Without any fact it was the profile that left the rule out for such a deployment.
        fitting = [_ELSEWHERE.get(finding.facts.get("because"), finding.rule)] if finding.facts else ["other"]
    names = [f"{group}.{name}" for name in fitting]
    if "field" in finding.facts:  # a rule of the profile's own
        names.append(f"{group}.own")
    return (name for name in names if name in wording.phrases.names(name))


def _bare(finding: Finding, wording: Wording) -> str:
    return wording.say("common.not_kept") if finding.broken else wording.word("ruling", finding.ruling.value)


def _worded(finding: Finding, wording: Wording) -> dict[str, object]:
    """The facts in words; a yes or no stays one, so that a sentence can turn on it, a moment adds its time of day."""
    worded: dict[str, object] = {"about": about(finding.rule, wording), "subject": _subject(finding, wording)}
    for name, value in finding.facts.items():
        if name in _GROUPS:
            group = "count_one" if name == "count" and _counted(finding) == 1 else _GROUPS[name]
            worded[name] = wording.word(group, str(value)) if value else ""
            continue
        if name == "field":
            worded["label"] = _label(str(value), wording)
        worded[name] = value if isinstance(value, bool) else wording.fact(value)
        if isinstance(value, datetime) and value.tzinfo:
            worded[f"{name}_clock"] = wording.clock.time(value)
    return worded


def _counted(finding: Finding) -> Fact:
    """How many days or hours its sentence counts: those there are where it is kept, those it takes where not."""
    return finding.facts.get("given" if finding.passed else "required")


def _label(field: str, wording: Wording) -> str:
    """What a field is called; its name where the profile that added it is gone."""
    known = f"labels.{field}" in wording.phrases.names("labels.")
    return wording.label(Field(field)) if known else one_line(field)


def _subject(finding: Finding, wording: Wording) -> str:
    """What is deployed, to begin a sentence with: `A code deployment`, or what a profile calls its own type."""
    type_ = str(finding.facts.get("type") or "any")
    own = f"words.subject.{type_}" not in wording.phrases.names("words.subject.")
    return wording.word("type", type_) if own else wording.word("subject", type_)
