"""The tables. The database is the record; workbook, calendar and tickets are renderings of it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from dplmaild.ports import DplmaildError


class NaiveStoreError(DplmaildError):
    """A moment without a zone was about to be stored."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC: SQLite gives naive ones back."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC without a zone, as the column keeps it."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveStoreError(f"{value!r} has no zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Back to an aware moment."""
        return None if value is None else value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Words of strangers: what no database takes (NUL, half of a surrogate pair) becomes a question mark."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """As the column can keep it."""
        return None if value is None else value.replace("\0", "?").encode("utf-8", "replace").decode("utf-8")


class LongWords(Words):
    """Likewise, of any length."""

    impl = Text
    cache_ok = True


# Written out, for an index of few rows is only used where a question repeats its condition word by word. PostgreSQL
# knows how many rows are open, and gets a whole index: to name it here would load its dialect on every desk.
STILL_OPEN = "state NOT IN ('aborted', 'cancelled', 'declined', 'failed', 'rolled back', 'succeeded')"

Id = BigInteger().with_variant(Integer, "sqlite")
metadata = MetaData()

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", String(8), nullable=False),  # mail or ticket
    Column("account", String(120), nullable=False),
    Column("folder", String(250), nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", String(250), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("message_id", Words(998)),
    Column("content_key", String(64)),
    Column("sender", Words(320)),
    Column("arrived", UtcDateTime, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("left_out", JSON, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("ticket", BigInteger),
    Column("attempts", Integer, nullable=False, default=0),
    Column("outcome", String(16)),  # empty: waiting to be decided
    Column("reason", LongWords, nullable=False, default=""),
    Column("reference", String(20)),
    Column("decided_at", UtcDateTime),
    Column("shown", Integer, nullable=False, default=0),  # the outcome is shown in the mailbox
    UniqueConstraint("account", "folder", "uidvalidity", "uid", name="uq_message_identity"),
    Index("ix_messages_hash", "hash"),
    Index("ix_messages_content", "content_key"),
    Index("ix_messages_waiting", "outcome", "id"),
    Index("ix_messages_sender", "sender", "decided_at"),
    Index("ix_messages_reference", "reference"),
    Index("ix_messages_decided", "decided_at", "outcome"),
    Index("ix_messages_unshown", "account", "shown", "id"),
)

cases = Table(
    "cases",
    metadata,
    Column("reference", String(20), primary_key=True),
    Column("customer", String(60), nullable=False),
    Column("state", String(20), nullable=False),
    Column("starts_at", UtcDateTime),
    Column("ticket", BigInteger),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("body", JSON, nullable=False),
    Column("version", String(120)),  # the target version in lower case, without a leading v
    Index("ix_cases_customer", "customer", "state", "starts_at"),
    Index("ix_cases_ran", "customer", "version", "state"),
    Index("ix_cases_ticket", "ticket"),
    Index("ix_cases_state", "state", "changed_at"),
    Index("ix_cases_starts", "starts_at"),
    Index("ix_cases_open", "starts_at", "state", sqlite_where=text(STILL_OPEN)),
)

bookings = Table(
    "bookings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("reference", String(20), nullable=False),
    Column("customer", String(60), nullable=False),
    Column("environment", String(40), nullable=False),
    Column("product", String(20)),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("tentative", Integer, nullable=False),
    Index("ix_bookings_reference", "reference"),
    Index("ix_bookings_ends", "ends_at"),
)

threads = Table(
    "threads",
    metadata,
    Column("message_id", Words(998), primary_key=True),
    Column("reference", String(20), nullable=False),
    Index("ix_threads_reference", "reference"),
)

history = Table(
    "history",
    metadata,
    Column("id", Id, primary_key=True),
    Column("reference", String(20)),
    Column("at", UtcDateTime, nullable=False),
    Column("who", Words(320), nullable=False),
    Column("cause", Words(120), nullable=False),  # message 17, command, timer
    Column("was", String(20)),
    Column("became", String(20)),
    Column("why", JSON, nullable=False),
    Index("ix_history_reference", "reference", "id"),
)

owed = Table(
    "owed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("reference", String(20)),
    Column("message", BigInteger),  # the message it answers
    Column("kind", String(16), nullable=False),  # letter, comment, calendar, log row, alarm
    Column("name", String(40), nullable=False),  # the letter's kind, for people
    Column("body", JSON, nullable=False),
    Column("message_id", String(250)),  # fixed when it is owed, equal in every attempt
    Column("owed_at", UtcDateTime, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("state", String(12), nullable=False),  # owed, sending, in doubt, paid, set aside, withheld
    Column("claimed_until", UtcDateTime),
    Column("owner", String(60)),
    Column("attempts", Integer, nullable=False, default=0),
    Column("doubts", Integer, nullable=False, default=0),
    Column("settled_at", UtcDateTime),
    Column("note", LongWords, nullable=False, default=""),
    Column("sender", Words(320)),  # whom it answers, for the limits of talk (P12)
    Index("ix_owed_due", "state", "due"),
    Index("ix_owed_reference", "reference", "id"),
    Index("ix_owed_sender", "sender", "owed_at"),
)

timers = Table(
    "timers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("reference", String(20), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("fired_at", UtcDateTime),
    Column("note", Words(250), nullable=False, default=""),
    UniqueConstraint("reference", "kind", "due", name="uq_timer"),
    Index("ix_timers_due", "fired_at", "due"),
)

questions = Table(
    "questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("message_id", Words(250)),  # of the letter that asks; none where only a ticket's comment does
    Column("ticket", BigInteger),
    Column("message", BigInteger, nullable=False),  # that fits more than one deployment
    Column("part", Integer),  # which of its deployments is asked about; empty: the whole message
    Column("fits", JSON, nullable=False),  # the references, in the order of their numbers
    Column("asked_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("meant", String(20)),  # the reference that was named
    Index("ix_questions_message_id", "message_id"),
    Index("ix_questions_ticket", "ticket"),
    Index("ix_questions_message", "message"),
)

settlements = Table(
    "settlements",
    metadata,
    Column("message", Id, primary_key=True, autoincrement=False),  # one that was put before OPS, or quarantined
    Column("at", UtcDateTime, nullable=False),
    Column("who", Words(320), nullable=False),
    Column("why", LongWords, nullable=False),
)

positions = Table(
    "positions",
    metadata,
    Column("account", String(120), primary_key=True),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", String(250), nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(120), primary_key=True),  # holidays, ops, profile caas, customer acme
    Column("mark", String(120), nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

# Alembic's own table, of the shape that Alembic gives it; apart, so that no migration is ever written for it.
stamps = MetaData()
STAMP = Table(
    "alembic_version",
    stamps,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
