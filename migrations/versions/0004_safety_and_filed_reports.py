"""Safety, data cuts, signatures and filed reports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

document = sa.Text().with_variant(postgresql.JSONB(), "postgresql")
#: Nobody changes or removes a report that was filed.
SQLITE = tuple(
    f"CREATE TRIGGER report_file_no_{verb.lower()} BEFORE {verb} ON report_file "
    "BEGIN SELECT RAISE(ABORT, 'reports that were filed stay as they are'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    "CREATE FUNCTION report_file_stays() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'reports that were filed stay as they are'; END $$",
    "CREATE TRIGGER report_file_stays BEFORE UPDATE OR DELETE OR TRUNCATE "
    "ON report_file FOR EACH STATEMENT EXECUTE FUNCTION report_file_stays()",
)


def upgrade() -> None:
    op.create_table(
        "data_cut",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("pack_version", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(length=32), nullable=False),
        sa.Column("program", sa.String(length=32), nullable=False),
        sa.Column("frozen_by", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_cut")),
    )
    op.create_table(
        "evaluation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("locked_on", sa.Date(), nullable=True),
        sa.Column("locked_by", sa.String(length=64), nullable=False),
        sa.Column("data_seen", sa.Boolean(), nullable=False),
        sa.Column("definitions", document, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("results_on", sa.Date(), nullable=True),
        sa.Column("results_where", sa.String(length=500), nullable=False),
        sa.Column("doi", sa.String(length=200), nullable=False),
        sa.Column("funder", sa.String(length=500), nullable=False),
        sa.Column("conflicts", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_table(
        "report_text",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cut", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.String(length=32), nullable=False),
        sa.Column("ja", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_text")),
    )
    op.create_index(
        "ix_report_text_cut_kind", "report_text", ["cut", "kind"], unique=False
    )
    op.create_table(
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    op.create_index("ix_signature_of_of_id", "signature", ["of", "of_id"], unique=False)
    op.create_table(
        "safety_case",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=True),
        sa.Column("signal", sa.String(length=200), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=True),
        sa.Column("special", sa.String(length=64), nullable=False),
        sa.Column("hospital_aware", sa.Date(), nullable=True),
        sa.Column("reporter", sa.String(length=300), nullable=False),
        sa.Column("chosen_class", sa.String(length=64), nullable=False),
        sa.Column("chosen_why", sa.Text(), nullable=False),
        sa.Column("reportable", sa.Boolean(), nullable=False),
        sa.Column("closed_why", sa.Text(), nullable=False),
        sa.Column("versions", document, nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("concomitant", sa.Text(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("reporter_comment", sa.Text(), nullable=False),
        sa.Column("holder_comment", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["subject.id"],
            name=op.f("fk_safety_case_subject_id_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["form.id"], name=op.f("fk_safety_case_form_id_form")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_case")),
    )
    op.create_index(
        op.f("ix_safety_case_form_id"), "safety_case", ["form_id"], unique=False
    )
    op.create_index("ix_safety_case_state", "safety_case", ["state"], unique=False)
    op.create_index(
        op.f("ix_safety_case_subject_id"), "safety_case", ["subject_id"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=True),
        sa.Column("onset", sa.Date(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("expected", sa.String(length=16), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("expected_why", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Boolean(), nullable=False),
        sa.Column("infection", sa.Boolean(), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("special", sa.String(length=64), nullable=False),
        sa.Column("treatment", sa.Text(), nullable=False),
        sa.Column("coded", document, nullable=False),
        sa.Column("serious", document, nullable=False),
        sa.Column("by_reporter", document, nullable=False),
        sa.Column("by_holder", document, nullable=False),
        sa.Column("tests", document, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["safety_case.id"], name=op.f("fk_event_case_id_safety_case")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_event_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_case_id"), "event", ["case_id"], unique=False)
    op.create_index(op.f("ix_event_subject_id"), "event", ["subject_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("incoming", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("receipt", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["safety_case.id"], name=op.f("fk_letter_case_id_safety_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index(op.f("ix_letter_case_id"), "letter", ["case_id"], unique=False)
    reports_about_safety_cases()
    with op.batch_alter_table("form") as form:
        form.add_column(sa.Column("rates", sa.String(length=64), nullable=True))
        form.create_foreign_key(op.f("fk_form_rates_form"), "form", ["rates"], ["id"])
    op.create_table(
        "report_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("report", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
            name=op.f("fk_report_file_report_report"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_report_file")),
    )
    op.create_index(
        op.f("ix_report_file_report"), "report_file", ["report"], unique=False
    )
    op.create_table(
        "transmittal",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=300), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.String(length=200), nullable=False),
        sa.Column("receipt", sa.String(length=200), nullable=False),
        sa.Column("receipt_on", sa.Date(), nullable=True),
        sa.Column("duty", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_transmittal_report_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transmittal")),
    )
    op.create_index(
        op.f("ix_transmittal_report"), "transmittal", ["report"], unique=False
    )
    for statement in (
        POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE
    ):
        op.execute(statement)


def reports_about_safety_cases() -> None:
    """A report may be about a safety case: its table is made again around that."""
    op.drop_index(op.f("ix_report_subject_id"), table_name="report")
    op.execute("CREATE TABLE report_kept AS SELECT * FROM report")
    op.drop_table("report")
    op.create_table(
        "report",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=True),
        sa.Column("about", sa.String(length=64), nullable=True),
        sa.Column("cut_seq", sa.Integer(), nullable=False),
        sa.Column("cut_head", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("options", document, nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_report_subject_id_subject")
        ),
        sa.ForeignKeyConstraint(
            ["about"], ["safety_case.id"], name=op.f("fk_report_about_safety_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(
        op.f("ix_report_subject_id"), "report", ["subject_id"], unique=False
    )
    op.create_index(op.f("ix_report_about"), "report", ["about"], unique=False)
    kept = (
        "id, version, kind, subject_id, cut_seq, cut_head, sha256, size, made_at, "
        "options"
    )
    op.execute(
        f"INSERT INTO report ({kept}, digest) SELECT {kept}, '' FROM report_kept"
    )
    op.drop_table("report_kept")
