"""Which records are of one patient: those that point there, however far away."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from registry_app.domain.lock import Locked
from registry_app.storage.kinds import KINDS
from registry_app.storage.tables import metadata
from registry_app.storage.trust_tables import access, record_lock

#: SQLite takes so many values at a time.
_MOST: Final = 500
#: Links that tell of another patient, or only lead back.
_ASIDE: Final = frozenset({"matched_to", "rates"})
_OF_TABLE: Final = {kind.table.name: kind.name for kind in KINDS}
_TABLE: Final = {kind.name: kind.table for kind in KINDS}
#: Records that name theirs by its kind, and how each calls the patient.
_LOCKED: Final = {
    Locked.FORM.value: "form",
    Locked.VISIT.value: "visit",
    Locked.PATIENT.value: "subject",
}


def records_of(
    connection: sa.Connection, subject_id: str, kind: str = ""
) -> Mapping[str, Sequence[str]]:
    """The ids of a patient's records by their kind; of that kind alone if it is named.

    Who looked at the patient is left out unless that kind is named: of the entries of
    a patient most would be those.
    """
    found: dict[str, list[str]] = {"subject": [subject_id]}
    waiting = ["subject"]
    while waiting:
        to = waiting.pop()
        for column in _pointing_to(to):
            name = _OF_TABLE[column.table.name]
            if column.table is access and kind != "access":
                continue
            known = set(found.get(name, ()))
            new = [
                one
                for lot in _lots(found[to])
                for one in connection.execute(
                    sa.select(column.table.c.id).where(column.in_(lot))
                ).scalars()
                if one not in known
            ]
            if new:
                found.setdefault(name, []).extend(new)
                waiting.append(name)
    found["record_lock"] = list(_marks(connection, found))
    found["signature"] = list(_signatures(connection, found))
    return {kind: found.get(kind, [])} if kind else found


def _pointing_to(kind: str) -> Iterator[sa.Column[str]]:
    """The columns of records that hold the id of one of these."""
    to = _TABLE[kind]
    for table in metadata.sorted_tables:
        if table.name not in _OF_TABLE:
            continue
        for column in table.c:
            named = column.name not in _ASIDE
            if named and any(key.column.table is to for key in column.foreign_keys):
                yield column


def _marks(
    connection: sa.Connection, found: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    ids = [f"{of}:{one}" for of, kind in _LOCKED.items() for one in found.get(kind, ())]
    for lot in _lots(ids):
        query = sa.select(record_lock.c.id).where(record_lock.c.id.in_(lot))
        yield from connection.execute(query).scalars()


def _signatures(
    connection: sa.Connection, found: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    signature = _TABLE["signature"].c
    for kind in ("form", "visit", "subject", "safety_case"):
        for lot in _lots(found.get(kind, ())):
            query = sa.select(signature.id).where(
                signature.of == kind, signature.of_id.in_(lot)
            )
            yield from connection.execute(query).scalars()


def _lots(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(ids), _MOST):
        yield ids[at : at + _MOST]
