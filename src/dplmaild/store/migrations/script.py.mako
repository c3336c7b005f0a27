"""${message}"""

import sqlalchemy as sa
from alembic import op

from dplmaild.store.tables import UtcDateTime

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """There is no way back but the backup."""
    raise RuntimeError("take the backup that was made before the upgrade")
