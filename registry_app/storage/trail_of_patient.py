"""Which records are of one patient: those that point there, however far away."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
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
                for one in connection.scalars(
                    sa.select(column.table.c.id).where(column.in_(lot))
                ).all()
                if one not in known
            ]
            if new:
                found.setdefault(name, []).extend(new)
                waiting.append(name)
    found["record_lock"] = list(_marks(connection, found))
    found["signature"] = list(_signatures(connection, found))
    return {kind: found.get(kind, [])} if kind else found


def patients_of(
    connection: sa.Connection, kind: str, ids: Collection[str]
) -> Mapping[str, str]:
    """The patient of each of these records of a kind; who is of none is left out."""
    if kind == "subject":
        return {one: one for one in ids}
    if kind == "record_lock":
        return _of_locked(connection, ids)
    link = _link(kind)
    if link is None:
        return {}
    column, to = link
    found: dict[str, str] = {}
    for lot in _lots(list(ids)):
        query = sa.select(column.table.c.id, column)
        query = query.where(column.table.c.id.in_(lot))
        found.update((row[0], row[1]) for row in connection.execute(query) if row[1])
    above = patients_of(connection, to, set(found.values()))
    return {one: above[up] for one, up in found.items() if up in above}


def _of_locked(connection: sa.Connection, ids: Collection[str]) -> Mapping[str, str]:
    """A lock is called by what it locks."""
    found: dict[str, str] = {}
    for one in ids:
        of, _, of_id = one.partition(":")
        if of in _LOCKED:
            above = patients_of(connection, _LOCKED[of], [of_id])
            found.update((one, patient) for patient in above.values())
    return found


@cache
def _link(kind: str) -> tuple[sa.Column[str], str] | None:
    """The column that leads to the patient on the shortest way, and to which kind."""
    ways = [
        (steps + 1, column.name, column, to)
        for column, to in _links(kind)
        if (steps := _steps(to)) is not None
    ]
    return min(ways)[2:] if ways else None


@cache
def _steps(kind: str) -> int | None:
    """How far a kind of record is from the patient."""
    if kind == "subject":
        return 0
    ways = [_steps(to) for _, to in _links(kind) if to != kind]
    return min((way + 1 for way in ways if way is not None), default=None)


def _links(kind: str) -> Iterator[tuple[sa.Column[str], str]]:
    for column in _TABLE[kind].c if kind in _TABLE else ():
        for key in column.foreign_keys:
            to = _OF_TABLE.get(key.column.table.name)
            if to is not None and column.name not in _ASIDE:
                yield column, to


@cache
def _pointing_to(kind: str) -> tuple[sa.Column[str], ...]:
    """The columns of records that hold the id of one of these."""
    to = _TABLE[kind]
    return tuple(
        column
        for table in metadata.sorted_tables
        if table.name in _OF_TABLE
        for column in table.c
        if column.name not in _ASIDE
        and any(key.column.table is to for key in column.foreign_keys)
    )


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
