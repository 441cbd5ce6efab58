"""The duties of every subject, kept for the lists (docs/decisions/0006).

Derived: the rows of a subject are thrown away and written again; no trail entry names
them. A row holds what differs between cases; what all cases share comes from the
*template* of its `part`, which is the duty's key without the case.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_app.domain.message import Message, Told
from registry_app.domain.plan.duty import Duty
from registry_app.storage.plan_tables import (
    pack_in_use,
    planned,
    regime_entry,
    setting,
)
from registry_app.storage.prepared import Prepared
from registry_app.storage.tables import canonical, subject, visit
from registry_app.storage.work import Work

_INSERT: Final = Prepared(planned.insert())
_REMOVE: Final = Prepared(
    planned.delete().where(planned.c.subject_id == sa.bindparam("case"))
)
#: The fields of a duty that a row keeps as they are.
_KEPT: Final = (
    "key",
    "subject_id",
    "trigger",
    "opens",
    "due",
    "alarm",
    "target",
    "done",
    "evidence",
    "receipt",
    "not_applicable",
    "not_applicable_on",
    "form_id",
)


def put(work: Work, subject_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write all rows of one subject in place of those that are there."""
    _REMOVE.run(work.connection, {"case": subject_id})
    _INSERT.run_many(work.connection, rows)
    work.wrote = True


def part_of(duty: Duty) -> str:
    """The key without the case."""
    return duty.key.removesuffix(f":{duty.subject_id}")


def like(duty: Duty, template: Duty) -> bool:
    """Whether a row and the template say all of a duty."""
    kept = {name: getattr(duty, name) for name in (*_KEPT, "period", "ended")}
    return replace(template, **kept) == duty


def row(part: str, duty: Duty) -> dict[str, Any]:
    """The row of a duty, all its columns."""
    first, last = duty.period or (None, None)
    settled = duty.done is not None or duty.not_applicable or duty.ended is not None
    return {
        **{name: getattr(duty, name) for name in _KEPT},
        "part": part,
        "open": not settled,
        "last": duty.last_day,
        "period_first": first,
        "period_last": last,
        "ended": "" if duty.ended is None else canonical(_plain(duty.ended)),
    }


def duty(found: Mapping[Any, Any], template: Duty) -> Duty:
    """The duty of a row."""
    kept = {name: found[name] for name in _KEPT}
    first, last = found["period_first"], found["period_last"]
    return replace(
        template,
        **kept,
        period=None if first is None else (first, last),
        ended=_said(json.loads(found["ended"])) if found["ended"] else None,
    )


def _plain(value: object) -> Any:
    """A message in values that JSON knows."""
    if isinstance(value, Message):
        params = {name: _plain(inner) for name, inner in value.params.items()}
        return {"key": value.key, "params": params}
    if isinstance(value, Told):
        return {"ja": value.ja, "en": value.en}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _said(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "key" in value:
        params = {name: _said(inner) for name, inner in value["params"].items()}
        return Message(value["key"], params)
    if "ja" in value:
        return Told(value["ja"], value["en"])
    return date.fromisoformat(value["day"])


def of_subject(connection: sa.Connection, subject_id: str) -> list[dict[str, Any]]:
    """All rows of one case, by key."""
    query = sa.select(planned).where(planned.c.subject_id == subject_id)
    found = connection.execute(query.order_by(planned.c.key)).mappings()
    return [dict(one) for one in found]


def all_subjects(connection: sa.Connection) -> list[str]:
    """Every case ID there is, in order."""
    return list(connection.scalars(sa.select(subject.c.id).order_by(subject.c.id)))


def strangers(connection: sa.Connection) -> list[str]:
    """The case IDs of rows whose case there is not."""
    known = sa.select(subject.c.id)
    query = sa.select(planned.c.subject_id).where(planned.c.subject_id.not_in(known))
    return list(connection.scalars(query.distinct()))


def subjects_of(connection: sa.Connection, visits: Collection[str]) -> set[str]:
    """The case IDs of visits."""
    if not visits:
        return set()
    query = sa.select(visit.c.subject_id).where(visit.c.id.in_(visits))
    return set(connection.scalars(query))


def unfilled(connection: sa.Connection) -> bool:
    """Whether there are cases and not one row: nobody has filled the table yet."""
    case = connection.scalar(sa.select(subject.c.id).limit(1))
    return bool(case) and not connection.scalar(sa.select(planned.c.key).limit(1))


class Versions(NamedTuple):
    """What the protocol of a registry rests on; each change makes one of them more."""

    pack: int
    settings: int
    settings_saved: int
    entries: int
    entries_saved: int


def versions(connection: sa.Connection) -> Versions:
    """As it is now."""
    return Versions(*connection.execute(_VERSIONS).one())


def _count(table: sa.Table) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.count()).select_from(table).scalar_subquery()


def _saved(table: sa.Table) -> sa.ScalarSelect[Any]:
    sum_ = sa.func.coalesce(sa.func.sum(table.c.version), 0)
    return sa.select(sum_).scalar_subquery()


_PARTS: Final = tuple(
    part.label(name)
    for name, part in zip(
        Versions._fields,
        (
            _saved(pack_in_use),
            _count(setting),
            _saved(setting),
            _count(regime_entry),
            _saved(regime_entry),
        ),
        strict=True,
    )
)
_VERSIONS: Final = sa.select(*_PARTS)
