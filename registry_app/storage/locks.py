"""Locks, enforced below the services: what is locked takes no change and no repeat.

Not under any lock are the safety cases, their events and letters, occurrences, settled
duties, legal holds, the end of a follow-up and unblindings: a clock of the law that
begins with them does not wait until somebody opens a lock. Nor is what is written about
the records: access, seals, signatures, source checks, backups, drafts of dialogs.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from registry_app.domain.lock import Locked, lock_id
from registry_app.storage.prepared import Prepared
from registry_app.storage.report_tables import data_cut
from registry_app.storage.tables import visit
from registry_app.storage.trust_tables import record_lock

Values = Mapping[str, Any]

#: Records of a patient that bear the case ID as their own.
_ITSELF: Final = frozenset({"subject", "identity", "course", "indication"})
#: Records that name the patient; a kit that is nobody's yet is under no lock.
_OF_SUBJECT: Final = frozenset({"visit", "consent", "kit", "contact", "deviation"})
#: After every cut there is: no cut locks what has no day.
_NO_DAY: Final = date(9999, 12, 31)


def _asked(name: str) -> sa.BindParameter[str]:
    return sa.bindparam(name, type_=sa.String())


def _prefix(of: Locked) -> sa.ColumnClause[str]:
    return sa.literal_column(f"'{lock_id(of, '')}'", sa.String)


_PATIENT_OF_VISIT: Final = (
    sa.select(_prefix(Locked.PATIENT) + sa.type_coerce(visit.c.subject_id, sa.String))
    .where(visit.c.id == _asked("visit"))
    .scalar_subquery()
)
_SHUT: Final = Prepared(
    sa.union_all(
        sa.select(record_lock.c.id).where(
            record_lock.c.shut,
            sa.or_(
                record_lock.c.id == _prefix(Locked.REGISTRY),
                *(
                    record_lock.c.id == _prefix(of) + _asked(of)
                    for of in (Locked.PATIENT, Locked.VISIT, Locked.FORM)
                ),
                record_lock.c.id == _PATIENT_OF_VISIT,
            ),
        ),
        sa.select(record_lock.c.id)
        .where(record_lock.c.id == _prefix(Locked.CUT) + data_cut.c.id)
        .where(record_lock.c.shut, data_cut.c.on >= sa.bindparam("day", type_=sa.Date)),
    ),
    record_lock.c.id,
)


def shut(
    connection: sa.Connection, kind: str, record_id: str, before: Values, after: Values
) -> str | None:
    """The id of a lock that forbids to save this; None: none does.

    `before`, `after`: the plain values; `before` is empty for a new record.
    """
    for said in (before, after):
        if said and (found := _shut(connection, kind, record_id, said)):
            return found
    return None


def _shut(
    connection: sa.Connection, kind: str, record_id: str, said: Values
) -> str | None:
    asked = {"patient": "", "visit": "", "form": "", "day": _NO_DAY}
    if kind in _ITSELF:
        asked["patient"] = record_id
    elif kind in _OF_SUBJECT and said.get("subject_id"):
        asked["patient"] = said["subject_id"]
        if kind == "visit":
            asked |= {"visit": record_id, "day": date.fromisoformat(said["date"])}
    elif kind == "form":
        day = date.fromisoformat(said["date"])
        asked |= {"form": record_id, "visit": said["visit_id"], "day": day}
    else:
        return None
    found = _SHUT.first(connection, asked)
    return str(found["id"]) if found else None
