"""The environments by their names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Environment:
    """An environment by its short upper-case name; a customer can declare more than the usual three."""

    name: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name.strip().upper())

    def __str__(self) -> str:
        return self.name


INT = Environment("INT")
UAT = Environment("UAT")
PRD = Environment("PRD")
