"""The rules of a profile as one table."""

from collections.abc import Iterator

from dplmaild.deployment.profile import Ahead, OwnRule, Profile, RuleChoice
from dplmaild.deployment.rules import rules_of
from dplmaild.writing.clean import one_line
from dplmaild.writing.findings import about
from dplmaild.writing.policy.scope import scope_in_words
from dplmaild.writing.policy.section import Section, Table
from dplmaild.writing.wording import Wording


def rules(profile: Profile, wording: Wording) -> Section:
    """What a rule asks, for what, and what breaking it weighs."""
    rows = []
    for rule in rules_of(profile):
        choice = profile.choice(rule.id)
        if choice is not None:
            holds = "; ".join((scope_in_words(choice, wording), *_looks_at(choice, wording)))
            aside = wording.yes_or_no(choice.override)
            asks = about(rule.id, wording)
            if isinstance(choice, OwnRule):
                asks = f"{asks} ({', '.join(_demands(choice, wording))})"
            rows.append((rule.id, asks, holds, _weight(choice, wording), aside, choice.source))
    heads = tuple(wording.say(f"policy.head.{name}") for name in ("rule", "asks", "what", "weight", "aside", "source"))
    return Section(wording.say("policy.title.rules"), (), Table(heads, tuple(rows)))


def _looks_at(choice: RuleChoice, wording: Wording) -> Iterator[str]:
    """Another wall clock, or fewer calendars, than the other rules look at."""
    if choice.zone is not None:
        yield wording.say("policy.rules.zone", zone=choice.zone)
    if choice.sides:
        yield wording.say("policy.rules.sides", sides=", ".join(wording.term(side) for side in choice.sides))


def _weight(choice: RuleChoice, wording: Wording) -> str:
    weight = wording.word("severity", choice.severity)
    if choice.at_start is None or choice.at_start is choice.severity:
        return weight
    return wording.say("policy.rules.at_start", weight=weight, then=wording.word("severity", choice.at_start))


def _demands(rule: OwnRule, wording: Wording) -> Iterator[str]:
    """What the desk's own rule asks of its field."""
    field = wording.label(rule.field)
    if rule.is_yes:
        yield wording.say("policy.demand.is_yes", field=field)
    if rule.one_of:
        yield wording.say("policy.demand.one_of", field=field, texts=", ".join(one_line(text) for text in rule.one_of))
    if rule.at_least is not None:
        yield wording.say("policy.demand.at_least", field=field, least=f"{rule.at_least:g}")
    if rule.at_most is not None:
        yield wording.say("policy.demand.at_most", field=field, most=f"{rule.at_most:g}")
    for name, ahead in (("ahead", rule.ahead), ("not_older", rule.not_older)):
        if ahead is not None:
            yield wording.say(f"policy.demand.{name}", field=field, **_counted(ahead, wording))


def _counted(ahead: Ahead, wording: Wording) -> dict[str, object]:
    return {"days": ahead.days, "counted": wording.word("count", ahead.count)}
