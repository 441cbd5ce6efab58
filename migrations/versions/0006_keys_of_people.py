"""The public keys of people, and what their keys have made of what they signed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    again(
        "person",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("display_name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        public_key=64,
    )
    op.drop_index("ix_signature_of_of_id", table_name="signature")
    again(
        "signature",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("of", sa.String(length=32), nullable=False),
        sa.Column("of_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("meaning", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        public_key=64,
        signed=128,
    )
    op.create_index("ix_signature_of_of_id", "signature", ["of", "of_id"], unique=False)


def again(name: str, *columns: sa.Column, **texts: int) -> None:
    """Make a table again: a column that must say something takes no default."""
    kept = ", ".join(f'"{column.name}"' for column in columns)
    new = [
        sa.Column(text, sa.String(most), nullable=False) for text, most in texts.items()
    ]
    op.execute(f"CREATE TABLE {name}_kept AS SELECT * FROM {name}")
    op.drop_table(name)
    op.create_table(
        name, *columns, *new, sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
    )
    named = ", ".join(texts)
    nothing = ", ".join("''" for _ in texts)
    from_kept = f"SELECT {kept}, {nothing} FROM {name}_kept"
    op.execute(f"INSERT INTO {name} ({kept}, {named}) {from_kept}")
    op.drop_table(f"{name}_kept")
