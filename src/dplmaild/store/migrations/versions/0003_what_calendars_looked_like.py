"""what calendars and profiles looked like when booked deployments were last looked at"""

import sqlalchemy as sa
from alembic import op

from dplmaild.store.tables import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward; the first look afterwards has nothing to compare with."""
    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("mark", sa.String(length=120), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """There is no way back but the backup."""
    raise RuntimeError("take the backup that was made before the upgrade")
