"""The desk's own rules: one demand on one own field each, as its profile writes them (POLICY-1)."""

from dplmaild.deployment.profile import Ahead, Count, OwnRule
from dplmaild.deployment.rules.ground import Asked, Ground
from dplmaild.deployment.rules.rule import About, Rule, Verdict, kept, open_
from dplmaild.deployment.terms import Fact, OwnValue


def own_rule(written: OwnRule) -> Rule:
    """A line for the table from a rule of a profile. One over a day shapes the slots; the others show later."""
    demand = written.ahead or written.not_older
    about = About.DAY if demand else About.RELEASE

    def judge(asked: Asked, ground: Ground) -> Verdict:
        said = asked.deployment.own_value(written.field)
        facts: dict[str, Fact] = {"field": written.field.value, "stated": said.text or None}
        if demand is not None:
            return _day(demand, said, asked, ground, facts, before=demand is written.ahead)
        if not said.text:  # as with the PRE rules: only the instructions have to show it
            return kept(False, None, **facts) if asked.instructed or asked.starting else open_(**facts)
        return kept(_met(written, said), None, **facts)

    return Rule(written.id, about, judge)


def _met(written: OwnRule, said: OwnValue) -> bool:
    if written.is_yes:
        return said.yes is True
    if written.one_of:
        return said.text.strip().casefold() in {text.casefold() for text in written.one_of}
    number = said.number
    return (
        number is not None
        and (written.at_least is None or number >= written.at_least)
        and (written.at_most is None or number <= written.at_most)
    )


def _day(
    demand: Ahead, said: OwnValue, asked: Asked, ground: Ground, facts: dict[str, Fact], *, before: bool
) -> Verdict:
    """A day against the deployment day, in OPS's zone: so far `before` it at least, or not older than that."""
    if said.day is None or asked.window is None:
        return open_(**facts)
    day, calendar = ground.calendar.day_of(asked.window.start), ground.calendar
    working = demand.count is Count.WORKING
    given = calendar.ops_working_days_between(said.day, day) if working else (day - said.day).days
    met = given >= demand.days if before else 0 <= given <= demand.days
    counted: dict[str, Fact] = {"given": given, "required": demand.days, "count": demand.count.value}
    return kept(met, None, **facts, stated_day=said.day, day=day, **counted)
