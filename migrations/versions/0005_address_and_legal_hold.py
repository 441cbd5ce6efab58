"""Where somebody lives, and legal holds: the use record of a product asks for both."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

#: The columns of `identity` as they were.
KEPT = (
    "id, version, family, given, family_kana, given_kana, birth_date, "
    "hospital_number, kana_key, number_key, search"
)


def upgrade() -> None:
    addresses()
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["subject.id"],
            name=op.f("fk_legal_hold_subject_id_subject"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(
        op.f("ix_legal_hold_subject_id"), "legal_hold", ["subject_id"], unique=False
    )


def addresses() -> None:
    """The table is made again: a column that must say something takes no default."""
    for index in ("birth_date", "kana_key", "number_key"):
        op.drop_index(f"ix_identity_{index}", table_name="identity")
    op.execute("CREATE TABLE identity_kept AS SELECT * FROM identity")
    op.drop_table("identity")
    op.create_table(
        "identity",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("given", sa.String(length=200), nullable=False),
        sa.Column("family_kana", sa.String(length=200), nullable=False),
        sa.Column("given_kana", sa.String(length=200), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("hospital_number", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("kana_key", sa.String(length=400), nullable=False),
        sa.Column("number_key", sa.String(length=64), nullable=False),
        sa.Column("search", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name=op.f("fk_identity_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
    )
    for index in ("birth_date", "kana_key", "number_key"):
        op.create_index(f"ix_identity_{index}", "identity", [index], unique=False)
    op.execute(
        f"INSERT INTO identity ({KEPT}, address) SELECT {KEPT}, '' FROM identity_kept"
    )
    op.drop_table("identity_kept")
