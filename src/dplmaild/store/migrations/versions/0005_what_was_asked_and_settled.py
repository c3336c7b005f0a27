"""which deployment of several a message means, and what OPS has looked at"""

import sqlalchemy as sa
from alembic import op

from dplmaild.store.tables import Id, LongWords, UtcDateTime, Words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward; what was asked before is answered by a new mail, as it said."""
    op.create_table(
        "questions",
        sa.Column("id", Id, nullable=False),
        sa.Column("message_id", Words(length=250)),
        sa.Column("ticket", sa.BigInteger()),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer()),
        sa.Column("fits", sa.JSON(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime()),
        sa.Column("meant", sa.String(length=20)),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_questions_message_id", "questions", ["message_id"])
    op.create_index("ix_questions_ticket", "questions", ["ticket"])
    op.create_index("ix_questions_message", "questions", ["message"])
    op.create_table(
        "settlements",
        sa.Column("message", Id, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", Words(length=320), nullable=False),
        sa.Column("why", LongWords(), nullable=False),
        sa.PrimaryKeyConstraint("message"),
    )


def downgrade() -> None:
    """There is no way back but the backup."""
    raise RuntimeError("take the backup that was made before the upgrade")
