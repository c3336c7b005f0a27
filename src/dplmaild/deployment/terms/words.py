"""The closed sets of the glossary."""

from enum import StrEnum


class Product(StrEnum):
    """What is deployed in the `caas` process; `prod` names free components instead."""

    ICM = "ICM"  # the shop
    PWA = "PWA"  # the storefront
    IOM = "IOM"  # order management


class Phase(StrEnum):
    """Before or after go-live (WHO-2)."""

    SETUP = "setup"
    LIVE = "live"


class Management(StrEnum):
    """Who runs the customer's systems (WHO-3)."""

    OPS = "ops"  # ours
    DELEGATED = "delegated"  # a partner's, who delegates the operation to us
    PARTNER = "partner"  # a partner's alone: not ours


class Side(StrEnum):
    """Whose people somebody belongs to."""

    OPS = "ops"
    PARTNER = "partner"
    CUSTOMER = "customer"


class Role(StrEnum):
    """What somebody may do (domain.md section 7)."""

    RELEASE_MANAGER = "release_manager"
    ATTENDANT = "attendant"
    CONTACT = "contact"  # any other known contact of customer or partner
    PROJECT_MANAGER = "project_manager"
    OPS_ENGINEER = "ops_engineer"
    DEPLOYMENT_MANAGER = "deployment_manager"


class Trust(StrEnum):
    """How far a sender is believed (MSG-5)."""

    OK = "ok"  # in the directory and vouched for
    UNKNOWN = "unknown"  # not in the directory
    UNVERIFIED = "unverified"  # in the directory, but nobody vouches
    SPOOFED = "spoofed"  # our border server says the sender is not who the mail claims


class Performer(StrEnum):
    """Who performs a deployment (WHO-1)."""

    OPS = "ops"
    PARTNER = "partner"


class Severity(StrEnum):
    """What a broken rule means for the request."""

    BLOCKS = "blocks"
    APPROVAL = "approval"
    WARNS = "warns"
    INFORMS = "informs"


class State(StrEnum):
    """The states of a deployment (domain.md section 5)."""

    REQUESTED = "requested"
    INCOMPLETE = "incomplete"
    PROPOSED = "proposed"
    AWAITING_APPROVAL = "awaiting approval"
    EXPIRED = "expired"
    SCHEDULED = "scheduled"
    INSTRUCTED = "instructed"
    IN_PROGRESS = "in progress"
    TESTING = "testing"
    SUCCEEDED = "succeeded"
    ROLLING_BACK = "rolling back"
    TESTING_ROLLBACK = "testing rollback"
    ROLLED_BACK = "rolled back"
    FAILED = "failed"
    ABORTED = "aborted"
    CANCELLED = "cancelled"
    DECLINED = "declined"


class MomentStatus(StrEnum):
    """What a written moment turned out to be (POLICY-3)."""

    EXACT = "exact"
    AMBIGUOUS = "ambiguous"  # two or more readings, or one that contradicts itself
    NONEXISTENT = "nonexistent"  # falls into the gap of a DST change
    RANGE = "range"  # a day without a time, or a stretch
