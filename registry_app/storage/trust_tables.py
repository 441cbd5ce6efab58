"""The tables of what makes a record trusted: locks, seals, access log, backups."""

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


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _at(name: str = "at") -> sa.Column[object]:
    return sa.Column(name, UtcDateTime, nullable=False)


def _subject() -> sa.Column[str]:
    return sa.Column("subject_id", Link, sa.ForeignKey("subject.id"), index=True)


access = sa.Table(
    "access",
    metadata,
    id_column(),
    version_column(),
    text_column("person", 64),
    _at(),
    text_column("act", 16),
    text_column("what", 300),
    sa.Column("subject_id", Link, sa.ForeignKey("subject.id")),
    sa.Column("count", sa.Integer),
    text_column("purpose", 500),
    text_column("basis", 500),
    text_column("recipient", 300),
    sa.Column("fields", sa.Text, nullable=False),
    text_column("consent", 300),
    sa.Index("ix_access_at", "at"),
    sa.Index("ix_access_person_at", "person", "at"),
    sa.Index("ix_access_act_at", "act", "at"),
    sa.Index("ix_access_subject_id_at", "subject_id", "at"),
)

record_lock = sa.Table(
    "record_lock",
    metadata,
    id_column(),
    version_column(),
    text_column("of", 16),
    text_column("of_id", 64),
    sa.Column("shut", sa.Boolean, nullable=False),
    text_column("person", 64),
    _at(),
)

source_check = sa.Table(
    "source_check",
    metadata,
    id_column(),
    version_column(),
    sa.Column("form_id", sa.ForeignKey("form.id"), nullable=False, index=True),
    text_column("item", 64),
    _number("form_version"),
    text_column("person", 64),
    _at(),
    sa.Column("withdrawn", sa.Boolean, nullable=False),
)

trail_seal = sa.Table(
    "trail_seal",
    metadata,
    id_column(),
    version_column(),
    text_column("person", 64),
    _number("seq"),
    text_column("head", 64),
    _at(),
    text_column("public_key", 64),
    text_column("signed", 128),
    sa.Index("ix_trail_seal_seq", "seq"),
)

blind_assignment = sa.Table(
    "blind_assignment",
    metadata,
    id_column(),
    version_column(),
    text_column("person", 64),
    _subject(),
    sa.Column("to", Document, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
)

unblinding = sa.Table(
    "unblinding",
    metadata,
    id_column(),
    version_column(),
    sa.Column("subject_id", sa.ForeignKey("subject.id"), nullable=False, index=True),
    text_column("person", 64),
    text_column("how", 16),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("what", Document, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("assessed", sa.Text, nullable=False),
)

policy = sa.Table(
    "policy",
    metadata,
    id_column(),
    version_column(),
    _number("idle_minutes"),
    _number("tries"),
    text_column("second_factor", 16),
    _number("backup_hours"),
    sa.Column("backup_on_close", sa.Boolean, nullable=False),
    _number("backup_generations"),
    text_column("backup_place", 1000),
    text_column("second_place", 1000),
    _number("detached_days"),
    _number("drill_days"),
)

backup = sa.Table(
    "backup",
    metadata,
    id_column(),
    version_column(),
    text_column("file", 1000),
    text_column("place", 16),
    text_column("occasion", 16),
    text_column("sha256", 64),
    _number("size"),
    _number("seq"),
    text_column("head", 64),
    _at(),
    sa.Index("ix_backup_at", "at"),
)

drill = sa.Table(
    "drill",
    metadata,
    id_column(),
    version_column(),
    text_column("backup", 64),
    text_column("person", 64),
    _at(),
    _number("seq"),
    text_column("head", 64),
    _number("entries"),
    _number("records"),
    text_column("problem", 64),
    text_column("digest", 64),
    sa.Index("ix_drill_at", "at"),
)

restored = sa.Table(
    "restored",
    metadata,
    id_column(),
    version_column(),
    text_column("file", 1000),
    text_column("sha256", 64),
    _number("seq"),
    text_column("head", 64),
    _at(),
    sa.Column("settled", sa.Boolean, nullable=False),
)

sign_in_trouble = sa.Table(
    "sign_in_trouble",
    metadata,
    id_column(),
    version_column(),
    text_column("user", 64),
    _number("count"),
    _at(),
)

clock_jump = sa.Table(
    "clock_jump",
    metadata,
    id_column(),
    version_column(),
    _at("before"),
    _at("after"),
    text_column("workstation", 200),
)

key_event = sa.Table(
    "key_event",
    metadata,
    id_column(),
    version_column(),
    text_column("deed", 32),
    text_column("person", 64),
)

kept_draft = sa.Table(
    "kept_draft",
    metadata,
    id_column(),
    version_column(),
    text_column("person", 64),
    text_column("place", 64),
    text_column("about", 64),
    _subject(),
    sa.Column("values", Document, nullable=False),
    _at(),
    text_column("fate", 16),
    sa.Index("ix_kept_draft_person_fate", "person", "fate"),
)
