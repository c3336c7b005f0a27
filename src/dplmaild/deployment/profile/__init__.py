"""A policy profile: one organisation's process as data (POLICY-1). What is not said here is not a rule there.

`model` is the whole, `parts` and `scope` what it is made of, `own` what it adds to the glossary, `contradictions`
what cannot both be meant, `extending` how one profile is written on another.
"""

from dplmaild.deployment.profile.extending import Tables, merged
from dplmaild.deployment.profile.model import Profile
from dplmaild.deployment.profile.own import Ahead, Kind, OwnField, OwnRule
from dplmaild.deployment.profile.parts import (
    Act,
    BlockPolicy,
    Due,
    InstructionPolicy,
    Lead,
    May,
    ProductType,
    Reminder,
    SlotPolicy,
    StatedDuration,
    TestPolicy,
    TypePolicy,
    WatchPolicy,
)
from dplmaild.deployment.profile.scope import Cell, Condition, Opening, Requirement, RuleChoice, Scope, Unbound, What
from dplmaild.deployment.profile.spans import WEEK, Count, Span, Weekday, weekday_of
from dplmaild.deployment.profile.vocabulary import disagreements, letter_words, read_words

__all__ = [
    "WEEK",
    "Act",
    "Ahead",
    "BlockPolicy",
    "Cell",
    "Condition",
    "Count",
    "Due",
    "InstructionPolicy",
    "Kind",
    "Lead",
    "May",
    "Opening",
    "OwnField",
    "OwnRule",
    "ProductType",
    "Profile",
    "Reminder",
    "Requirement",
    "RuleChoice",
    "Scope",
    "SlotPolicy",
    "Span",
    "StatedDuration",
    "Tables",
    "TestPolicy",
    "TypePolicy",
    "Unbound",
    "WatchPolicy",
    "Weekday",
    "What",
    "disagreements",
    "letter_words",
    "merged",
    "read_words",
    "weekday_of",
]  # fmt: skip
