"""The revision of the tables in a file."""

from typing import Final

import sqlalchemy as sa

#: Every revision of migrations/versions, oldest first; a test compares.
REVISIONS: Final = ("0001",)
HEAD: Final = REVISIONS[-1]

#: As Alembic itself makes it.
version_table: Final = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
