"""What became of one message, and its line in the log."""

from dataclasses import dataclass

from dplmaild.deployment.terms import Finding
from dplmaild.desk.hearing import Hearing
from dplmaild.desk.saying import logged, saying
from dplmaild.log import get_logger
from dplmaild.ports import Outcome
from dplmaild.settings import Settings
from dplmaild.store.debts import Debt
from dplmaild.store.inbox import Stored
from dplmaild.writing.letters import Letters

LANGUAGE = "en"  # OPS reads it
log = get_logger()


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one message, for the log, the live table and the mailbox."""

    stored: Stored
    outcome: Outcome
    why: str
    reference: str | None
    hearing: Hearing | None = None
    debts: tuple[Debt, ...] = ()
    findings: tuple[Finding, ...] = ()


def tell(answered: Answered, letters: Letters | None, settings: Settings) -> None:
    """One line in the log, with every rule and, where there are letters to take them from, its words."""
    customer = answered.hearing.customer if answered.hearing else None
    found = logged(answered.findings, saying(letters, settings, customer, LANGUAGE)) if letters else {}
    log.info(
        "decided",
        message=answered.stored.id,
        outcome=answered.outcome.value,
        why=answered.why,
        reference=answered.reference,
        **found,
    )
