"""cases are found by customer and target version: what ran where before"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_cases = sa.table(
    "cases", sa.column("reference", sa.String), sa.column("version", sa.String), sa.column("body", sa.JSON)
)


def upgrade() -> None:
    """Bring the tables forward; the version of every case is in its body."""
    op.add_column("cases", sa.Column("version", sa.String(length=120), nullable=True))
    op.create_index("ix_cases_ran", "cases", ["customer", "version"])
    connection = op.get_bind()
    for reference, body in connection.execute(sa.select(_cases.c.reference, _cases.c.body)).all():
        text = ((body.get("deployment") or {}).get("target_version") or {}).get("text")
        if text:
            version = text.lower().removeprefix("v")[:120]
            connection.execute(sa.update(_cases).where(_cases.c.reference == reference).values(version=version))
