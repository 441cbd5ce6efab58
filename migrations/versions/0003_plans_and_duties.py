"""Packs, plans and duties: what is recorded under a plan, and the plan for lists."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

document = sa.Text().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    reports_of_no_case()
    op.create_index("ix_form_status", "form", ["status", "date"], unique=False)
    op.create_table(
        "pack_in_use",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("pack_version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_in_use")),
    )
    op.create_table(
        "regime_entry",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regime_entry")),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("values", document, nullable=False),
        sa.Column("confirmed_by", sa.String(length=64), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signer", sa.String(length=16), nullable=False),
        sa.Column("relation", sa.String(length=200), nullable=False),
        sa.Column("explained_by", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawal_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_consent_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        op.f("ix_consent_subject_id"), "consent", ["subject_id"], unique=False
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_contact_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(
        op.f("ix_contact_subject_id"), "contact", ["subject_id"], unique=False
    )
    op.create_table(
        "course",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("dates", document, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("matching", document, nullable=False),
        sa.Column("matched_to", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name=op.f("fk_course_id_subject")
        ),
        sa.ForeignKeyConstraint(
            ["matched_to"], ["subject.id"], name=op.f("fk_course_matched_to_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("last_known_alive", sa.Date(), nullable=True),
        sa.Column("transferred_to", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name=op.f("fk_follow_up_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    op.create_table(
        "indication",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("pack_version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("facts", document, nullable=False),
        sa.Column("verdicts", document, nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name=op.f("fk_indication_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indication")),
    )
    op.create_table(
        "kit",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=True),
        sa.Column("manufacture", sa.String(length=16), nullable=False),
        sa.Column("lot", sa.String(length=64), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("not_given_on", sa.Date(), nullable=True),
        sa.Column("not_given", sa.Text(), nullable=False),
        sa.Column("route", sa.String(length=64), nullable=False),
        sa.Column("operator", sa.String(length=200), nullable=False),
        sa.Column("amounts", document, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.UniqueConstraint("number", name=op.f("uq_kit_number")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_kit_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit")),
    )
    op.create_index("ix_kit_lot", "kit", ["lot"], unique=False)
    op.create_index(op.f("ix_kit_subject_id"), "kit", ["subject_id"], unique=False)
    op.create_table(
        "occurrence",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=True),
        sa.Column("hospital_aware", sa.Date(), nullable=True),
        sa.Column("holder_aware", sa.Date(), nullable=True),
        sa.Column("follow_ups", document, nullable=False),
        sa.Column("reportable", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["subject.id"],
            name=op.f("fk_occurrence_subject_id_subject"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
    )
    op.create_index(
        op.f("ix_occurrence_subject_id"), "occurrence", ["subject_id"], unique=False
    )
    op.create_table(
        "planned",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("trigger", sa.Date(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("alarm", sa.Date(), nullable=True),
        sa.Column("target", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("period_first", sa.Date(), nullable=True),
        sa.Column("period_last", sa.Date(), nullable=True),
        sa.Column("done", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("receipt", sa.String(length=200), nullable=False),
        sa.Column("not_applicable", sa.Text(), nullable=False),
        sa.Column("not_applicable_on", sa.Date(), nullable=True),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_planned_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_planned")),
    )
    op.create_index("ix_planned_done", "planned", ["done"], unique=False)
    op.create_index(
        "ix_planned_open_last",
        "planned",
        ["open", "last", "key", "opens"],
        unique=False,
    )
    op.create_index(
        "ix_planned_open_opens",
        "planned",
        ["open", "opens", "last", "key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_planned_subject_id"), "planned", ["subject_id"], unique=False
    )
    op.create_table(
        "settled",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=True),
        sa.Column("name_ja", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.Column("owner", sa.String(length=16), nullable=False),
        sa.Column("trigger", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("receipt", sa.String(length=200), nullable=False),
        sa.Column("not_applicable", sa.Text(), nullable=False),
        sa.Column("not_applicable_on", sa.Date(), nullable=True),
        sa.Column("otherwise", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_settled_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled")),
    )
    op.create_index(
        op.f("ix_settled_subject_id"), "settled", ["subject_id"], unique=False
    )
    op.create_table(
        "deviation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_deviation_subject_id_subject")
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["form.id"], name=op.f("fk_deviation_form_id_form")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deviation")),
    )
    op.create_index(
        op.f("ix_deviation_subject_id"), "deviation", ["subject_id"], unique=False
    )


def reports_of_no_case() -> None:
    """A report may be about the registry: its table is made again without NOT NULL."""
    op.drop_index(op.f("ix_report_subject_id"), table_name="report")
    op.execute("CREATE TABLE report_kept AS SELECT * FROM report")
    op.drop_table("report")
    op.create_table(
        "report",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=True),
        sa.Column("cut_seq", sa.Integer(), nullable=False),
        sa.Column("cut_head", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("options", document, nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_report_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(
        op.f("ix_report_subject_id"), "report", ["subject_id"], unique=False
    )
    op.execute("INSERT INTO report SELECT * FROM report_kept")
    op.drop_table("report_kept")
