"""Builders for letters: the shipped templates, and letters that a case says only little about."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import FileSystemLoader

from dplmaild.deployment.owed import Facts, Letter, LetterKind, Trigger
from dplmaild.deployment.terms import PRD, Deployment, DeploymentType, Product, Version, Window
from dplmaild.writing.letters import Letters
from dplmaild.writing.moments import Clock
from dplmaild.writing.phrases import letter_environment
from dplmaild.writing.wording import Wording

TEMPLATES = FileSystemLoader(Path(__file__).parents[2] / "templates")
DESK = "desk@example.com"
LETTERS = Letters(TEMPLATES, reply_to=DESK)
LETTERS_ENV = letter_environment(TEMPLATES)
# Letters about a mail that may be of no deployment, or of several.
OF_NO_DEPLOYMENT = frozenset({LetterKind.TRIAGE, LetterKind.LOOKED_AGAIN, LetterKind.DIGEST, LetterKind.WHICH})
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    """`2027-01-12 10:00` on the wall clock of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def window(start: str, minutes: int = 150, zone: str = "Europe/Berlin") -> Window:
    """A stretch from a wall clock time."""
    return Window(at(start, zone), timedelta(minutes=minutes))


SLOT = window("2027-01-12 10:00")
CODE = Deployment(
    product=Product.ICM, environment=PRD, type=DeploymentType.CODE, target_version=Version("11.0.2"), description="Fix"
)


def facts(**said: Any) -> Facts:
    """A code deployment of ICM to PRD with an agreed slot, but for what is said."""
    usual: dict[str, Any] = {"reference": "DPL-2026-0042", "customer": "Acme", "deployment": CODE, "slot": SLOT}
    return Facts(**(usual | said))


def letter(kind: LetterKind = LetterKind.CONFIRMED, language: str = "en", title: str = "Deploy", **said: Any) -> Letter:
    """A letter of this kind with these facts."""
    return Letter(kind, ("release@example.org",), language, title, facts(**said), Trigger.MAIL)


def text_of(kind: LetterKind, language: str = "en", **said: Any) -> str:
    """The text part of a letter."""
    return LETTERS.render(letter(kind, language, **said)).text


def wording(language: str = "en") -> Wording:
    """The voice of a letter from OPS in Berlin to a customer there."""
    return Wording(LETTERS.phrases(language), Clock(language, "Europe/Berlin", "Europe/Berlin"))
