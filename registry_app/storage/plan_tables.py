"""The tables of what is recorded under a plan, and of the plan itself.

Current values, as in tables.py. `planned` alone is derived as a whole: it is in no
trail entry and can be filled again at any time (storage/planned.py).
"""

from typing import Any

import sqlalchemy as sa

from registry_app.storage.tables import (
    Document,
    Link,
    id_column,
    metadata,
    text_column,
    version_column,
)


def _link(name: str, to: str, *, index: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Link, sa.ForeignKey(to), index=index)


def _of_subject() -> sa.Column[Any]:
    return sa.Column(
        "subject_id",
        sa.String(64),
        sa.ForeignKey("subject.id"),
        nullable=False,
        index=True,
    )


def _is_subject() -> sa.Column[Any]:
    return sa.Column("id", sa.String(64), sa.ForeignKey("subject.id"), primary_key=True)


def _day(name: str, *, known: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date, nullable=not known)


def _document(name: str) -> sa.Column[Any]:
    return sa.Column(name, Document, nullable=False)


def _words(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False)


course = sa.Table(
    "course",
    metadata,
    _is_subject(),
    version_column(),
    _document("dates"),
    text_column("source", 200),
    _document("matching"),
    _link("matched_to", "subject.id"),
)

indication = sa.Table(
    "indication",
    metadata,
    _is_subject(),
    version_column(),
    text_column("pack", 64),
    sa.Column("pack_version", sa.Integer, nullable=False),
    _day("day", known=True),
    _document("facts"),
    _document("verdicts"),
)

follow_up = sa.Table(
    "follow_up",
    metadata,
    _is_subject(),
    version_column(),
    sa.Column("reason", sa.String(32)),
    _day("ended_on"),
    _day("last_known_alive"),
    text_column("transferred_to", 200),
    _words("note"),
)

contact = sa.Table(
    "contact",
    metadata,
    id_column(),
    version_column(),
    _of_subject(),
    _day("on", known=True),
    text_column("way", 32),
    text_column("outcome", 32),
    text_column("by", 200),
    _day("again_on"),
    _words("note"),
)

deviation = sa.Table(
    "deviation",
    metadata,
    id_column(),
    version_column(),
    _of_subject(),
    text_column("kind", 32),
    text_column("rule", 64),
    _day("on", known=True),
    _words("reason"),
    _words("found"),
    _link("form_id", "form.id"),
)

consent = sa.Table(
    "consent",
    metadata,
    id_column(),
    version_column(),
    _of_subject(),
    text_column("scope", 32),
    text_column("document", 200),
    _day("signed_on", known=True),
    text_column("signer", 16),
    text_column("relation", 200),
    text_column("explained_by", 200),
    _day("withdrawn_on"),
    _words("withdrawal_note"),
)

legal_hold = sa.Table(
    "legal_hold",
    metadata,
    id_column(),
    version_column(),
    _of_subject(),
    _day("set_on", known=True),
    _words("why"),
    _day("lifted_on"),
    _words("lifted_why"),
)

kit = sa.Table(
    "kit",
    metadata,
    id_column(),
    version_column(),
    text_column("number", 64),
    _day("ordered_on", known=True),
    _link("subject_id", "subject.id", index=True),
    text_column("manufacture", 16),
    text_column("lot", 64),
    _day("given_on"),
    _day("not_given_on"),
    _words("not_given"),
    text_column("route", 64),
    text_column("operator", 200),
    _document("amounts"),
    _words("note"),
    sa.UniqueConstraint("number"),
    sa.Index("ix_kit_lot", "lot"),
)

pack_in_use = sa.Table(
    "pack_in_use",
    metadata,
    id_column(),
    version_column(),
    text_column("pack", 64),
    sa.Column("pack_version", sa.Integer, nullable=False),
    text_column("sha256", 64),
    _words("content"),
)

setting = sa.Table(
    "setting",
    metadata,
    id_column(),
    version_column(),
    _document("values"),
    text_column("confirmed_by", 64),
    _day("confirmed_on"),
    _words("evidence"),
)

regime_entry = sa.Table(
    "regime_entry",
    metadata,
    id_column(),
    version_column(),
    text_column("state", 64),
    _day("on", known=True),
    _words("evidence"),
    sa.Column("years", sa.Integer, nullable=False),
)

occurrence = sa.Table(
    "occurrence",
    metadata,
    id_column(),
    version_column(),
    text_column("event", 64),
    text_column("name", 200),
    _link("subject_id", "subject.id", index=True),
    _day("hospital_aware"),
    _day("holder_aware"),
    _document("follow_ups"),
    sa.Column("reportable", sa.Boolean, nullable=False),
    _words("note"),
)

settled = sa.Table(
    "settled",
    metadata,
    id_column(),
    version_column(),
    text_column("rule", 64),
    _link("subject_id", "subject.id", index=True),
    text_column("name_ja", 300),
    text_column("name_en", 300),
    text_column("owner", 16),
    _day("trigger"),
    _day("due"),
    _day("done_on"),
    _words("evidence"),
    text_column("receipt", 200),
    _words("not_applicable"),
    _day("not_applicable_on"),
    sa.Column("otherwise", sa.Boolean, nullable=False),
    _words("note"),
)

#: The duties of every subject. `part`: the key without the case. `open`: neither done,
#: nor not applicable, nor ended. `last`: the day that alarms. Texts that are the same
#: for every case are not here: they come from the pack.
planned = sa.Table(
    "planned",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    _of_subject(),
    text_column("part", 64),
    sa.Column("open", sa.Boolean, nullable=False),
    _day("trigger", known=True),
    _day("opens", known=True),
    _day("due"),
    _day("alarm"),
    _day("target"),
    _day("last"),
    _day("period_first"),
    _day("period_last"),
    _day("done"),
    _words("evidence"),
    text_column("receipt", 200),
    _words("not_applicable"),
    _day("not_applicable_on"),
    _words("ended"),
    text_column("form_id", 64),
    sa.Index("ix_planned_open_last", "open", "last", "key", "opens"),
    sa.Index("ix_planned_open_opens", "open", "opens", "last", "key"),
    sa.Index("ix_planned_done", "done"),
)
