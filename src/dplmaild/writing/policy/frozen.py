"""The days on which nothing is deployed, in a few words each (DAY-6)."""

from collections.abc import Iterable, Iterator

from dplmaild.deployment.periods import Freeze
from dplmaild.deployment.profile import Profile, Scope
from dplmaild.deployment.recurring.words import WEEKDAYS
from dplmaild.writing.clean import one_line
from dplmaild.writing.policy.scope import scope_in_words
from dplmaild.writing.policy.section import Section
from dplmaild.writing.wording import Wording


def freezes(profile: Profile, wording: Wording) -> Section | None:
    """Those of a profile; None where it has none."""
    lines = tuple(freezes_in_words(profile.freezes, wording))
    return Section(wording.say("policy.title.freezes"), lines) if lines else None


def freezes_in_words(each: Iterable[Freeze], wording: Wording) -> Iterator[str]:
    """One line a freeze: why, when, for what, and whether the manager can allow it."""
    for freeze in each:
        scope = Scope(
            types=freeze.types,
            except_types=freeze.except_types,
            products=freeze.products,
            environments=tuple(name.upper() for name in freeze.environments),
        )
        yield wording.say(
            "policy.freeze.line",
            reason=one_line(freeze.reason) or wording.say("policy.freeze.unnamed"),
            when=", ".join(_when(freeze, wording)),
            what=scope_in_words(scope, wording),
            soft=freeze.soft,
        )


def _when(freeze: Freeze, wording: Wording) -> Iterator[str]:
    """Dates in words; a rule as the configuration has it (docs/calendars.md)."""
    first, last = freeze.day or freeze.first, freeze.day or freeze.last
    if first and last:
        one_day = first == last
        yield (
            wording.clock.day(first)
            if one_day
            else _stretch(wording.clock.day(first), wording.clock.day(last), wording)
        )
    elif freeze.week_of is not None:
        yield wording.say("policy.freeze.week_of", rule=str(freeze.week_of))
    elif freeze.from_ is not None:
        yield _stretch(str(freeze.from_), str(freeze.to), wording)
    else:
        yield str(freeze.on)
    if freeze.weekdays:
        names = {number: name for name, number in WEEKDAYS.items()}
        yield wording.say("policy.freeze.weekdays", days=", ".join(wording.term(names[day]) for day in freeze.weekdays))
    if freeze.since is not None:
        yield wording.say("policy.freeze.since", year=freeze.since)
    if freeze.years:
        yield wording.say("policy.freeze.years", years=", ".join(str(year) for year in freeze.years))


def _stretch(first: str, last: str, wording: Wording) -> str:
    return wording.say("policy.freeze.stretch", first=first, last=last)
