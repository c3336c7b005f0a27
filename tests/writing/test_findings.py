"""Findings in words: what the rules really say becomes a sentence in every language."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import datetime

import pytest

from deployment.rules.circumstances import every_finding
from dplmaild.deployment.rules import RULES, Standing
from dplmaild.deployment.terms import Finding, Ruling, Severity
from dplmaild.writing.findings import finding_in_words, hindering, noted
from dplmaild.writing.phrases import LANGUAGES
from writing.build import LETTERS, at, wording


@pytest.fixture(scope="module")
def found() -> tuple[Finding, ...]:
    """Everything that the rules can come to."""
    return every_finding()


def _own_sentence(finding: Finding) -> str | None:
    """Where the sentence of this finding has to stand; None where one sentence does for every rule."""
    if finding.ruling is not Ruling.NOT_CONCERNED:
        return f"findings.{finding.rule}" if finding.broken else f"findings.{finding.ruling.value}.{finding.rule}"
    general = not finding.facts or finding.facts.get("because") in set(Standing)
    return None if general else f"findings.not_concerned.{finding.rule}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_rule_can_find_has_its_sentence_and_no_sentence_waits_in_vain(
    found: tuple[Finding, ...], language: str
) -> None:
    wanted = {name for finding in found if (name := _own_sentence(finding))}
    wanted |= {f"findings.about.{rule.id}" for rule in RULES}
    wanted |= {f"findings.not_concerned.{word}" for word in ("other", "partner_performs", "not_ours", "no_procedure")}
    wanted |= {"findings.kept.own", "findings.open.own"}  # of a profile's own rules: test_own_rules.py
    assert {finding.rule for finding in found} == {rule.id for rule in RULES}
    assert LETTERS.phrases(language).names("findings.") == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_a_whole_sentence_of_facts_that_it_carries(found: tuple[Finding, ...], language: str) -> None:
    said = {finding_in_words(each, wording(language)): each for each in found}
    lists_facts = [words for words, each in said.items() if not words.endswith(f" ({each.rule})")]
    assert lists_facts == []  # as it would where a sentence asked for a fact that is not there
    blemished = [w for w in said if re.search(r"None|\(\)|  |\bTrue\b|\bFalse\b|[{}<>]| [.,;:]|:\.|,,", w)]
    assert blemished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_says_every_fact_that_made_the_difference(found: tuple[Finding, ...], language: str) -> None:
    """Each value that a rule turned on stands in its sentence, in that language's own words."""
    voice = wording(language)
    for finding in found:
        words = finding_in_words(finding, voice)
        for name in _TURNS_ON.get((finding.rule, finding.ruling), ()):
            value = finding.facts[name]
            shown = voice.clock.time(value) if isinstance(value, datetime) and finding.rule == "HOUR-1" else ""
            assert (shown or voice.fact(value)).lower() in words.lower(), (finding, name)


_DAYS_COUNTED = ("arrived", "day", "given", "required")
_TURNS_ON: dict[tuple[str, Ruling], tuple[str, ...]] = {
    ("LEAD-2", Ruling.KEPT): _DAYS_COUNTED,
    ("DAY-1", Ruling.KEPT): ("day", "allowed"),
    ("DAY-1", Ruling.BROKEN): ("day", "allowed"),
    ("DAY-2", Ruling.BROKEN): ("next_day", "closed"),
    ("DAY-2", Ruling.KEPT): ("next_day",),
    ("DAY-3", Ruling.BROKEN): ("day", "closed"),
    ("DAY-4", Ruling.BROKEN): ("next_day", "closed"),
    ("DAY-6", Ruling.BROKEN): ("day", "freezes", "until"),
    ("HOUR-1", Ruling.KEPT): ("start", "end", "since", "until"),
    ("LEAD-4", Ruling.KEPT): ("arrived", "earliest", "start"),
    ("SCHED-7", Ruling.KEPT): ("at_once", "at_once_limit", "that_day", "per_day_limit"),
    ("TEST-1", Ruling.KEPT): ("tests", "limit"),
    ("TEST-1", Ruling.BROKEN): ("tests", "limit"),
    ("TYPE-5", Ruling.KEPT): ("current", "target"),
    ("TYPE-3", Ruling.BROKEN): ("current", "target"),
    ("PRE-1", Ruling.BROKEN): ("missing",),
    ("WHO-4", Ruling.BROKEN): ("environment", "productive"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_kept_broken_and_open_never_read_alike(found: tuple[Finding, ...], language: str) -> None:
    rulings: defaultdict[str, set[Ruling]] = defaultdict(set)
    for finding in found:
        rulings[finding_in_words(finding, wording(language))].add(finding.ruling)
    assert [words for words, said in rulings.items() if len(said) > 1] == []


def of(rule: str, **facts: object) -> Finding:
    """A broken finding with these facts."""
    return Finding(rule, applies=True, passed=False, severity=Severity.BLOCKS, facts=facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        pytest.param(
            of("DAY-2", next_day=at("2027-01-06").date(), closed=("customer: Epiphany", "ops: Company day")),
            "Everybody has to be at work on the day after, and Wednesday 6 January 2027 is a day off "
            "(customer: Epiphany, OPS: Company day). (DAY-2)",
            id="the holiday that was hit, and whose",
        ),
        pytest.param(
            of("HOUR-1", start=at("2027-01-05 16:00"), end=at("2027-01-05 18:30"), since=at("2027-01-05 09:00"),
               until=at("2027-01-05 17:00")),
            "The whole window, tests included, has to lie inside business hours, 09:00-17:00 on that day; "
            "asked for was 16:00-18:30. (HOUR-1)",
            id="hours by the clock",
        ),
        pytest.param(
            of("DAY-1", day=at("2027-01-08").date(), weekday="friday", allowed=("monday", "tuesday")),
            "Friday 8 January 2027 is not possible; it can only start on Monday, Tuesday. (DAY-1)",
            id="weekdays in words",
        ),
        pytest.param(
            Finding("HOUR-1", False, None, Severity.BLOCKS, {"because": "HOUR-2"}),
            "It is free of business hours (HOUR-2). (HOUR-1)",
            id="another rule frees it",
        ),
        pytest.param(
            Finding("HOUR-1", False, None, Severity.BLOCKS, {"because": "partner performs"}),
            "The whole window lies inside business hours: not looked at, because the partner performs the deployment."
            " (HOUR-1)",
            id="not scheduled by us",
        ),
        pytest.param(
            Finding("NEW-7", False, None, Severity.BLOCKS, {}),
            "NEW-7: this does not hold for such a deployment. (NEW-7)",
            id="a rule without words that the profile keeps for others",
        ),
        pytest.param(replace(of("NEW-7"), passed=True), "NEW-7: kept", id="kept, without words or facts"),
        pytest.param(replace(of("NEW-7", x="y"), passed=None), "NEW-7: x: y", id="open, without words"),
        pytest.param(of("NEW-7", some_fact="x", other=3, no=None), "NEW-7: some fact: x; other: 3", id="unknown rule"),
        pytest.param(of("DAY-1", other="x"), "DAY-1: other: x", id="a known rule with other facts"),
        pytest.param(of("NEW-7"), "NEW-7: this rule is not kept", id="no facts at all"),
    ],
)  # fmt: skip
def test_sentences(found: Finding, sentence: str) -> None:
    assert finding_in_words(found, wording()) == sentence


def test_weekdays_and_days_are_in_the_letters_language() -> None:
    words = finding_in_words(
        of("DAY-1", day=at("2027-01-08").date(), weekday="friday", allowed=("monday",)), wording("es")
    )
    assert words == "El viernes 8 de enero de 2027 no es posible; solo se empieza en: lunes. (DAY-1)"


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "1 calendar day;", "3 calendar days;"),
        ("de", "1 Kalendertag Vorlauf", "3 Kalendertage Vorlauf"),
        ("es", "1 día natural de", "3 días naturales de"),
        ("ca", "1 dia natural d'", "3 dies naturals d'"),
    ],
)
def test_one_day_is_no_days(language: str, one: str, many: str) -> None:
    facts = {"arrived": at("2027-01-11").date(), "day": at("2027-01-11").date(), "given": 0, "recommended": None,
             "count": "calendar", "type": "code"}  # fmt: skip
    for required, words in ((1, one), (3, many)):
        assert words in finding_in_words(of("LEAD-2", required=required, **facts), wording(language))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "1 working day of"), ("de", "1 gemeinsamen Arbeitstag vor"), ("es", "1 día laborable de"),
     ("ca", "1 dia laborable de")],
)  # fmt: skip
def test_one_working_day_is_no_days(language: str, words: str) -> None:
    found = of("LEAD-1", given=9, required=7, count="calendar", arrived=at("2027-01-11").date(), recommended=None,
               day=at("2027-01-20").date(), step="UAT", step_day=at("2027-01-20").date(), step_fits=False,
               working_days_between=1, type="full")  # fmt: skip
    assert words in finding_in_words(found, wording(language))


def test_a_kept_rule_is_not_mentioned() -> None:
    kept = replace(of("DAY-3"), passed=True)
    open_ = replace(of("DAY-3"), passed=None)
    assert hindering((kept, open_), wording()) == []
    assert noted((kept, open_), wording()) == []


@pytest.mark.parametrize(
    ("severity", "hinders"),
    [(Severity.BLOCKS, True), (Severity.APPROVAL, True), (Severity.WARNS, False), (Severity.INFORMS, False)],
)
def test_what_hinders_stands_apart_from_what_is_only_noted(severity: Severity, hinders: bool) -> None:
    found = (replace(of("NEW-7"), severity=severity),)
    assert bool(hindering(found, wording())) is hinders
    assert bool(noted(found, wording())) is not hinders
