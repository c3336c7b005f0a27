"""What a rule is, and the two ways in which it speaks."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from dplmaild.deployment.profile import RuleChoice
from dplmaild.deployment.rules.ground import Asked, Ground, what_of
from dplmaild.deployment.terms import Fact, Finding, Severity


class About(Enum):
    """What a rule looks at; slots are chosen by DAY and TIME alone (SCHED-3)."""

    WHO = auto()  # whether it is ours at all
    WORDS = auto()  # what was said
    RELEASE = auto()  # what only the instructions can show
    DAY = auto()  # the day of the start
    TIME = auto()  # the time of day too


class Said(Enum):
    """Verdicts besides kept and broken."""

    OPEN = auto()  # cannot be judged yet
    NOT_CONCERNED = auto()  # the rule does not apply here


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule found, before the profile weighs it; `severity` only where the rule itself tells two weights."""

    kept: bool | Said
    facts: dict[str, Fact]
    severity: Severity | None = None


def kept(passed: bool, severity: Severity | None = None, /, **facts: Fact) -> Verdict:
    """The rule is kept or broken, and these facts show it."""
    return Verdict(passed, facts, severity)


def open_(**facts: Fact) -> Verdict:
    """The rule cannot be judged yet."""
    return Verdict(Said.OPEN, facts)


def not_concerned(**facts: Fact) -> Verdict:
    """The rule has nothing to say here."""
    return Verdict(Said.NOT_CONCERNED, facts)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: the ID, what it looks at, and the function that judges."""

    id: str
    about: About
    judge: Callable[[Asked, Ground], Verdict]
    dear: bool = False  # looks for another step's slot: in a search it is judged last

    def concerns(self, asked: Asked, ground: Ground) -> bool:
        """Whether the profile keeps this rule for such a deployment, at whatever time."""
        choice = ground.profile.choice(self.id)
        return choice is not None and choice.covers(what_of(asked, ground))

    def finding(self, asked: Asked, ground: Ground) -> Finding:
        """What the rule says of this deployment, weighed as the profile weighs it."""
        if self.concerns(asked, ground):
            return self.weighed(asked, ground)
        return Finding(self.id, applies=False, passed=None, severity=self._choice(ground).severity, facts={})

    def weighed(self, asked: Asked, ground: Ground) -> Finding:
        """What the rule says of a deployment that it concerns."""
        choice = self._choice(ground)
        verdict = self.judge(asked, ground.seen_by(choice))
        applies = verdict.kept is not Said.NOT_CONCERNED
        passed = verdict.kept if isinstance(verdict.kept, bool) else None
        weight = verdict.severity or _weight(choice, asked)
        return Finding(self.id, applies, passed, weight, verdict.facts)

    def silent(self, ground: Ground, because: str) -> Finding:
        """What the rule says of a deployment that is not scheduled by us: nothing (WHO-5)."""
        return Finding(self.id, False, None, self._choice(ground).severity, {"because": because})

    def _choice(self, ground: Ground) -> RuleChoice:
        """What the profile says of this rule; KeyError where it does not keep it."""
        choice = ground.profile.choice(self.id)
        if choice is None:
            raise KeyError(self.id)
        return choice


def _weight(choice: RuleChoice, asked: Asked) -> Severity:
    return (choice.at_start or choice.severity) if asked.starting else choice.severity
