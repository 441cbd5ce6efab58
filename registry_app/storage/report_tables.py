"""The tables of reports: what they are made from, say and prove, and their files.

`report_file` alone holds no record. A file is kept under the SHA-256 of its bytes,
which the record of its report names, and is never changed nor removed (append_only.py).
"""

import sqlalchemy as sa

from registry_app.storage.tables import (
    Document,
    Link,
    UtcDateTime,
    id_column,
    metadata,
    text_column,
    version_column,
)

report = sa.Table(
    "report",
    metadata,
    id_column(),
    version_column(),
    text_column("kind", 64),
    sa.Column("subject_id", Link, sa.ForeignKey("subject.id"), index=True),
    sa.Column("about", Link, sa.ForeignKey("safety_case.id"), index=True),
    sa.Column("cut_seq", sa.Integer, nullable=False),
    text_column("cut_head", 64),
    text_column("digest", 64),
    text_column("sha256", 64),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Column("options", Document, nullable=False),
)

#: Its report may be saved after it, in the same transaction.
report_file = sa.Table(
    "report_file",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column(
        "report",
        sa.String(64),
        sa.ForeignKey("report.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
        index=True,
    ),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

data_cut = sa.Table(
    "data_cut",
    metadata,
    id_column(),
    version_column(),
    sa.Column("seq", sa.Integer, nullable=False),
    text_column("head", 64),
    sa.Column("on", sa.Date, nullable=False),
    text_column("pack", 64),
    sa.Column("pack_version", sa.Integer, nullable=False),
    text_column("engine", 32),
    text_column("program", 32),
    text_column("frozen_by", 64),
    sa.Column("frozen_at", UtcDateTime, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
)

signature = sa.Table(
    "signature",
    metadata,
    id_column(),
    version_column(),
    text_column("of", 32),
    text_column("of_id", 64),
    text_column("state", 64),
    text_column("meaning", 16),
    text_column("person", 64),
    text_column("name", 200),
    text_column("role", 32),
    sa.Column("at", UtcDateTime, nullable=False),
    text_column("public_key", 64),
    text_column("signed", 128),
    sa.Index("ix_signature_of_of_id", "of", "of_id"),
)

report_text = sa.Table(
    "report_text",
    metadata,
    id_column(),
    version_column(),
    text_column("cut", 64),
    text_column("kind", 64),
    text_column("slot", 32),
    sa.Column("ja", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Index("ix_report_text_cut_kind", "cut", "kind"),
)

transmittal = sa.Table(
    "transmittal",
    metadata,
    id_column(),
    version_column(),
    sa.Column(
        "report", sa.String(64), sa.ForeignKey("report.id"), nullable=False, index=True
    ),
    text_column("sha256", 64),
    text_column("recipient", 300),
    text_column("way", 64),
    sa.Column("sent_on", sa.Date, nullable=False),
    text_column("sent_by", 200),
    text_column("receipt", 200),
    sa.Column("receipt_on", sa.Date),
    text_column("duty", 64),
    sa.Column("note", sa.Text, nullable=False),
)

evaluation = sa.Table(
    "evaluation",
    metadata,
    id_column(),
    version_column(),
    text_column("label", 200),
    sa.Column("effective_on", sa.Date, nullable=False),
    text_column("approved_by", 200),
    sa.Column("locked_on", sa.Date),
    text_column("locked_by", 64),
    sa.Column("data_seen", sa.Boolean, nullable=False),
    sa.Column("definitions", Document, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
)

publication = sa.Table(
    "publication",
    metadata,
    id_column(),
    version_column(),
    text_column("kind", 16),
    text_column("title", 500),
    text_column("number", 64),
    sa.Column("registered_on", sa.Date),
    sa.Column("ended_on", sa.Date),
    sa.Column("results_on", sa.Date),
    text_column("results_where", 500),
    text_column("doi", 200),
    text_column("funder", 500),
    sa.Column("conflicts", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)
