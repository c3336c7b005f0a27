"""The glossary of domain.md as types: the words that every room of the house uses."""

from dplmaild.deployment.terms.deployed import Component, Deployment, Options, OwnValue
from dplmaild.deployment.terms.environment import INT, PRD, UAT, Environment
from dplmaild.deployment.terms.finding import Fact, Finding, KeptFact, Ruling
from dplmaild.deployment.terms.moments import NaiveTimeError, Window, WrittenMoment
from dplmaild.deployment.terms.names import DeploymentType, Field, Sla
from dplmaild.deployment.terms.speaker import Speaker
from dplmaild.deployment.terms.version import Version, VersionError
from dplmaild.deployment.terms.words import (
    Management,
    MomentStatus,
    Performer,
    Phase,
    Product,
    Role,
    Severity,
    Side,
    State,
    Trust,
)

__all__ = [
    "INT",
    "PRD",
    "UAT",
    "Component",
    "Deployment",
    "DeploymentType",
    "Environment",
    "Fact",
    "Field",
    "Finding",
    "KeptFact",
    "Management",
    "MomentStatus",
    "NaiveTimeError",
    "Options",
    "OwnValue",
    "Performer",
    "Phase",
    "Product",
    "Role",
    "Ruling",
    "Severity",
    "Side",
    "Sla",
    "Speaker",
    "State",
    "Trust",
    "Version",
    "VersionError",
    "Window",
    "WrittenMoment",
]
