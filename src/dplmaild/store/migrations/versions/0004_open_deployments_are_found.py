"""the deployments that are open, and those of a day, are found without a look at all of them"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_index("ix_cases_state", "cases", ["state", "changed_at"])
    op.create_index("ix_cases_starts", "cases", ["starts_at"])


def downgrade() -> None:
    """There is no way back but the backup."""
    raise RuntimeError("take the backup that was made before the upgrade")
