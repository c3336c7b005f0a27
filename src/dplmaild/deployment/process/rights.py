"""Who may do what to a case (domain.md section 7); the table itself is the profile's."""

from dplmaild.deployment.process.decision import Heard
from dplmaild.deployment.profile import Act, May
from dplmaild.deployment.rules import Ground
from dplmaild.deployment.said import Intent
from dplmaild.deployment.terms import Role

REPORTS = frozenset(
    {Intent.SUCCESS_CONFIRMED, Intent.ROLLBACK_REQUESTED, Intent.ISSUE_NO_ROLLBACK, Intent.DELAY}
)  # what an attendant may say after a deployment
ALLOWED = frozenset({May.YES, May.FOR_CUSTOMER})


def role_of(heard: Heard, ground: Ground) -> Role | None:
    """What the sender is for this customer: a release manager here can be a contact there."""
    contact = ground.customer.contact(heard.speaker.address)
    return contact.role if contact else heard.speaker.role


def right_of(heard: Heard, ground: Ground, act: Act) -> May:
    """How far the sender may go; a forward nobody adopted is a draft whoever sent it (MSG-10)."""
    may = ground.profile.may_do(role_of(heard, ground), act)
    return May.DRAFT if may in ALLOWED and bare_forward(heard) else may


def bare_forward(heard: Heard) -> bool:
    """Whether the words are somebody else's, and the one who passed them on did not make them his own."""
    return heard.meaning.forward is not None and not heard.meaning.forward.adopted


def may(heard: Heard, ground: Ground, act: Act) -> bool:
    """Whether what the sender says counts at once."""
    return right_of(heard, ground, act) in ALLOWED
