"""What a signature under a record is over: the state of all that belongs to it.

A form, a case with its events, a cut: that is what the screen shows as one. The hash is
over the kinds, identities and states of these records, as their newest trail entries
have them; so it is of the recorded values alone, and neither a newer pack nor a newer
program changes it.
"""

from collections.abc import Collection, Iterable
from typing import Final, TypeAlias

import sqlalchemy as sa

from registry_app.domain.signature import Signable
from registry_app.storage import plan_tables, safety_tables, tables, trail
from registry_app.storage.report_tables import signature
from registry_app.storage.tables import canonical, entry

#: Records of a patient: those that bear the case ID, and those that name it.
_ITSELF: Final = ("subject", "identity", "course", "indication", "follow_up")
_NAMING: Final = {
    "visit": tables.visit,
    "consent": plan_tables.consent,
    "kit": plan_tables.kit,
    "contact": plan_tables.contact,
    "deviation": plan_tables.deviation,
}

Member = tuple[str, str]
Which: TypeAlias = "sa.ColumnElement[bool]"


def members(connection: sa.Connection, of: Signable, of_id: str) -> tuple[Member, ...]:
    """Kind and id of every record that is signed with it, itself included."""
    return tuple(sorted(_members(connection, of, of_id)))


def _members(connection: sa.Connection, of: Signable, of_id: str) -> Iterable[Member]:
    match of:
        case Signable.FORM | Signable.CUT:
            yield of.value, of_id
        case Signable.VISIT:
            yield "visit", of_id
            yield from _naming(connection, "form", tables.form.c.visit_id, of_id)
        case Signable.SAFETY_CASE:
            yield "safety_case", of_id
            for kind, table in (
                ("event", safety_tables.event),
                ("letter", safety_tables.letter),
            ):
                yield from _naming(connection, kind, table.c.case_id, of_id)
        case Signable.PATIENT:
            for kind in _ITSELF:
                yield kind, of_id
            for kind, table in _NAMING.items():
                yield from _naming(connection, kind, table.c.subject_id, of_id)
            own = sa.select(tables.visit.c.id).where(tables.visit.c.subject_id == of_id)
            forms = sa.select(tables.form.c.id).where(tables.form.c.visit_id.in_(own))
            for one in connection.execute(forms).scalars():
                yield "form", one


def _naming(
    connection: sa.Connection, kind: str, column: sa.Column[str], of_id: str
) -> Iterable[Member]:
    query = sa.select(column.table.c.id).where(column == of_id)
    for one in connection.execute(query).scalars():
        yield kind, one


def content(connection: sa.Connection, of: tuple[Member, ...]) -> tuple[str, int]:
    """The hash of these records' states, and the newest entry among them.

    SHA-256 over the canonical form of ``[[kind, id, state], …]`` in the order of kind
    and id; of a single record its own state.
    """
    newest = (
        sa.select(sa.func.max(entry.c.seq))
        .where(
            entry.c.kind.in_({kind for kind, _ in of}),
            entry.c.record_id.in_({one for _, one in of}),
        )
        .group_by(entry.c.kind, entry.c.record_id)
    )
    query = sa.select(
        entry.c.kind, entry.c.record_id, entry.c.state, entry.c.seq
    ).where(entry.c.chain == trail.CHAIN, entry.c.seq.in_(newest))
    wanted = set(of)
    found = sorted(
        (row.kind, row.record_id, row.state, row.seq)
        for row in connection.execute(query)
        if (row.kind, row.record_id) in wanted
    )
    last = max((seq for *_, seq in found), default=0)
    if len(of) == 1 and found:
        return found[0][2], last
    return trail.sha256(canonical([list(row[:3]) for row in found])), last


def given_at(connection: sa.Connection, signatures: Collection[str]) -> dict[str, int]:
    """The entry with which each signature was given."""
    query = sa.select(entry.c.record_id, entry.c.seq).where(
        entry.c.kind == "signature", entry.c.record_id.in_(signatures)
    )
    return {row.record_id: row.seq for row in connection.execute(query)}


def changes(connection: sa.Connection, of: tuple[Member, ...], after: int) -> list[int]:
    """The numbers of the entries of these records after an entry, in their order."""
    by_kind: dict[str, list[str]] = {}
    for kind, record_id in of:
        by_kind.setdefault(kind, []).append(record_id)
    found: list[int] = []
    for kind, ids in by_kind.items():  # that is how the index finds them
        query = sa.select(entry.c.seq).where(
            entry.c.kind == kind, entry.c.record_id.in_(ids), entry.c.seq > after
        )
        found += connection.execute(query).scalars()
    return sorted(found)


def changed_since(connection: sa.Connection) -> dict[Member, int]:
    """What was changed since its newest signature of some meaning; its newest entry.

    The newest change first. What was moved elsewhere since is not among them.
    """
    given = entry.alias("given")
    last = (
        sa.select(
            signature.c.of,
            signature.c.of_id,
            sa.func.max(given.c.seq).label("seq"),
        )
        .join(
            given,
            sa.and_(given.c.kind == "signature", given.c.record_id == signature.c.id),
        )
        .where(signature.c.of.in_([one.value for one in Signable]))
        .group_by(signature.c.of, signature.c.of_id, signature.c.meaning)
        .subquery()
    )
    newest = sa.case(
        *((last.c.of == of.value, _newest(of, last.c.of_id)) for of in Signable)
    )
    query = (
        sa.select(last.c.of, last.c.of_id, newest.label("changed"))
        .where(newest > last.c.seq)
        .order_by(sa.desc("changed"))
    )
    return {(row.of, row.of_id): row.changed for row in connection.execute(query)}


def _one_of(column: sa.Column[str], of_id: sa.ColumnElement[str]) -> Which:
    """Whether an entry is of one of the records that name another one."""
    return entry.c.record_id.in_(sa.select(column.table.c.id).where(column == of_id))


def _newest(of: Signable, of_id: sa.ColumnElement[str]) -> sa.ColumnElement[int]:
    """The newest entry of all that is signed with a record."""
    own_visits = sa.select(tables.visit.c.id).where(tables.visit.c.subject_id == of_id)
    asked: list[tuple[str, Which]] = [(of.value, entry.c.record_id == of_id)]
    if of is Signable.VISIT:
        asked.append(("form", _one_of(tables.form.c.visit_id, of_id)))
    elif of is Signable.SAFETY_CASE:
        asked.append(("event", _one_of(safety_tables.event.c.case_id, of_id)))
        asked.append(("letter", _one_of(safety_tables.letter.c.case_id, of_id)))
    elif of is Signable.PATIENT:
        asked += [(kind, entry.c.record_id == of_id) for kind in _ITSELF[1:]]
        for kind, table in _NAMING.items():
            asked.append((kind, _one_of(table.c.subject_id, of_id)))
        forms = sa.select(tables.form.c.id).where(
            tables.form.c.visit_id.in_(own_visits)
        )
        asked.append(("form", entry.c.record_id.in_(forms)))
    each = [
        sa.func.coalesce(
            sa.select(sa.func.max(entry.c.seq))
            .where(entry.c.kind == kind, which)
            .scalar_subquery(),
            0,
        )
        for kind, which in asked
    ]
    return each[0] if len(each) == 1 else sa.func.max(*each)
