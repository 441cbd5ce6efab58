"""The tables: current values, shaped for reading and for constraints, and the trail.

Portable types only; what only SQLite knows stands in database.py. A *derived* column is
computed when its record is saved, for lists; it is no part of the record's value.
Small columns stand before the large ones, so that a list need not read the sheets.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware UTC out, on every back end. SQLite keeps it without an offset."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: sa.Dialect
    ) -> datetime | None:
        """To UTC; a time without an offset is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without an offset")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self,
        value: datetime | None,
        dialect: sa.Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Always aware."""
        return None if value is None else value.astimezone(UTC)

    def result_processor(
        self, dialect: sa.Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """In one step what SQLite keeps: a check of the trail reads millions."""
        if dialect.name == "sqlite":
            return _utc
        return super().result_processor(dialect, coltype)


def _utc(kept: str | None) -> datetime | None:
    return None if kept is None else datetime.fromisoformat(f"{kept}+00:00")


def canonical(value: object) -> str:
    """Canonical form 1 of a plain value: JSON, keys sorted, no blanks, text as it is.

    Never changed once released: another way of writing is another function, and each
    trail entry names the number of the one that wrote it.
    """
    return _encode(value)


#: The canonical form of an empty mapping.
EMPTY: Final = "{}"


def spliced(texts: Mapping[str, str]) -> str:
    """The canonical form of a mapping whose values are in canonical form already."""
    return f"{{{','.join(f'{_encode(n)}:{texts[n]}' for n in sorted(texts))}}}"


# Plain values are trees; not looking for circles halves the time of a whole sheet.
_encode: Final = json.JSONEncoder(
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,
    sort_keys=True,
    separators=(",", ":"),
).encode


class Document(TypeDecorator[Any]):
    """A mapping: canonical JSON text, and JSONB on PostgreSQL."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """JSONB where there is one."""
        kind: TypeEngine[Any] = JSONB() if dialect.name == "postgresql" else sa.Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """A mapping, or its canonical text; the text is what SQLite keeps."""
        if dialect.name == "postgresql":
            return json.loads(value) if isinstance(value, str) else value
        return value if isinstance(value, str) else canonical(value)

    def process_result_value(
        self,
        value: Any,
        dialect: sa.Dialect,  # noqa: ARG002
    ) -> Any:
        """A mapping again."""
        return json.loads(value) if isinstance(value, str) else value


class Link(TypeDecorator[str]):
    """The `id` of another record; "" is kept as NULL, so that it points nowhere."""

    impl = sa.String(64)
    cache_ok = True

    def process_bind_param(
        self,
        value: str | None,
        dialect: sa.Dialect,  # noqa: ARG002
    ) -> str | None:
        """NULL for nobody."""
        return value or None

    def process_result_value(
        self,
        value: str | None,
        dialect: sa.Dialect,  # noqa: ARG002
    ) -> str:
        """A text again."""
        return value or ""


def id_column() -> sa.Column[str]:
    """The identity of a record."""
    return sa.Column("id", sa.String(64), primary_key=True)


def version_column() -> sa.Column[int]:
    """How often a record was saved."""
    return sa.Column("version", sa.Integer, nullable=False)


def text_column(name: str, length: int) -> sa.Column[str]:
    """A text, "" where there is none."""
    return sa.Column(name, sa.String(length), nullable=False)


registry = sa.Table(
    "registry",
    metadata,
    id_column(),
    version_column(),
    text_column("site", 8),
    text_column("pack", 64),
    sa.Column("training", sa.Boolean, nullable=False),
)

person = sa.Table(
    "person",
    metadata,
    id_column(),
    version_column(),
    text_column("display_name", 200),
    text_column("role", 32),
    sa.Column("retired", sa.Boolean, nullable=False),
    text_column("public_key", 64),
)

subject = sa.Table(
    "subject",
    metadata,
    id_column(),
    version_column(),
    text_column("arm", 16),
    text_column("sex", 16),
    sa.Column("injury_date", sa.Date, nullable=False),
    sa.Column("birth_year", sa.Integer),
    text_column("cause", 16),
    sa.Column("treatment_date", sa.Date),
    text_column("source_code", 200),
    text_column("search", 300),  # derived
    sa.CheckConstraint(
        "treatment_date IS NULL OR treatment_date >= injury_date",
        name="treated_after_injury",
    ),
    sa.Index("ix_subject_injury_date", "injury_date"),
    sa.Index("ix_subject_source_code", "source_code"),
)

identity = sa.Table(
    "identity",
    metadata,
    sa.Column("id", sa.ForeignKey("subject.id"), primary_key=True),
    version_column(),
    text_column("family", 200),
    text_column("given", 200),
    text_column("family_kana", 200),
    text_column("given_kana", 200),
    sa.Column("birth_date", sa.Date),
    text_column("hospital_number", 64),
    text_column("address", 500),
    text_column("kana_key", 400),  # derived
    text_column("number_key", 64),  # derived
    text_column("search", 1000),  # derived
    sa.Index("ix_identity_kana_key", "kana_key"),
    sa.Index("ix_identity_number_key", "number_key"),
    sa.Index("ix_identity_birth_date", "birth_date"),
)

visit = sa.Table(
    "visit",
    metadata,
    id_column(),
    version_column(),
    sa.Column("subject_id", sa.ForeignKey("subject.id"), nullable=False, index=True),
    text_column("code", 64),
    sa.Column("date", sa.Date, nullable=False),
)

form = sa.Table(
    "form",
    metadata,
    id_column(),
    version_column(),
    sa.Column("visit_id", sa.ForeignKey("visit.id"), nullable=False),
    text_column("instrument", 64),
    sa.Column("date", sa.Date, nullable=False),
    text_column("status", 16),
    text_column("ais", 16),  # derived: every possible grade, "B,C"
    text_column("nli", 200),  # derived: every possible level
    sa.Column("nli_order", sa.Integer),  # derived: the most rostral one
    text_column("engine", 32),  # derived: what made the result
    text_column("assessor", 200),
    text_column("blinding", 32),
    sa.Column("prior_deficit", sa.Boolean),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("values", Document, nullable=False),
    sa.Column("how", Document, nullable=False),
    sa.Column("stars", Document, nullable=False),
    sa.Column("own", Document, nullable=False),
    sa.Column("rates", Link, sa.ForeignKey("form.id")),
    sa.Index(
        "ix_form_list",
        "visit_id",
        "instrument",
        "status",
        "date",
        "ais",
        "nli",
        "nli_order",
    ),
    sa.Index("ix_form_status", "status", "date"),
)

#: The trail. `changes` is text and never JSON: the seal is over its bytes.
entry = sa.Table(
    "entry",
    metadata,
    sa.Column("chain", sa.String(8), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", UtcDateTime, nullable=False),
    text_column("actor", 64),
    text_column("workstation", 200),
    text_column("program", 32),
    text_column("engine", 32),
    text_column("kind", 32),
    text_column("record_id", 64),
    sa.Column("version", sa.Integer, nullable=False),
    text_column("reason", 2000),
    text_column("state", 64),
    text_column("head", 64),
    sa.Column("form", sa.Integer, nullable=False),
    sa.Column("changes", sa.Text, nullable=False),
    sa.Index("ix_entry_kind_record_id_seq", "kind", "record_id", "seq"),
    sa.Index("ix_entry_kind_seq", "kind", "seq"),
    sa.Index("ix_entry_actor_seq", "actor", "seq"),
    sa.Index("ix_entry_at", "at"),
)
