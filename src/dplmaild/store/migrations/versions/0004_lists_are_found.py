"""open deployments, what happened on a day and what is not shown yet are found without a look at all there is"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    # With the state in it: of two indexes on two columns each, SQLite took the one that names no version.
    op.drop_index("ix_cases_ran", "cases")
    op.create_index("ix_cases_ran", "cases", ["customer", "version", "state"])
    op.create_index("ix_messages_decided", "messages", ["decided_at", "outcome"])
    op.create_index("ix_cases_state", "cases", ["state", "changed_at"])
    op.create_index("ix_cases_starts", "cases", ["starts_at"])
    still_open = sa.text("state NOT IN ('aborted', 'cancelled', 'declined', 'failed', 'rolled back', 'succeeded')")
    op.create_index("ix_cases_open", "cases", ["starts_at", "state"], sqlite_where=still_open)
    op.create_index("ix_messages_unshown", "messages", ["account", "shown", "id"])


def downgrade() -> None:
    """There is no way back but the backup."""
    raise RuntimeError("take the backup that was made before the upgrade")
