"""A letter to OPS about something that is no deployment's: a feed, a clock."""

from datetime import datetime

from dplmaild.deployment.owed import Alarm, Facts, Letter, LetterKind, Trigger
from dplmaild.deployment.process.letters import OPS_LANGUAGE
from dplmaild.desk.recording import Books, Cause
from dplmaild.settings import Settings
from dplmaild.store.database import Database


def tell_ops(database: Database, settings: Settings, about: str, text: str, seed: str, now: datetime) -> None:
    """Owe OPS one letter; `about` is its subject, `seed` makes its Message-ID its own."""
    with database.writing() as connection:
        said = Letter(LetterKind.ALARM, (settings.ops.address,), OPS_LANGUAGE, about, Facts(text=text), Trigger.TIMER)
        Books(connection, settings, None).owe((Alarm(said),), None, Cause("dplmaild", about.lower(), seed), now)
