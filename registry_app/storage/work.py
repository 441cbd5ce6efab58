"""The unit of work: the only way to write, and one consistent view to read.

Whatever is saved gets its trail entry in the same transaction; a block that saved
nothing leaves no trace.
"""

import contextlib
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.lock import RecordLock
from registry_app.domain.message import Message, say
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.report import ReportText
from registry_app.domain.trail import Plain, differences, undone
from registry_app.storage import locks, trail
from registry_app.storage.database import Writer
from registry_app.storage.follow import kind_name
from registry_app.storage.issued import issued_with
from registry_app.storage.kinds import OF_TYPE
from registry_app.storage.records import Kind, R, Record, Values, to_plain
from registry_app.storage.report_tables import report_file
from registry_app.storage.tables import Link, canonical, spliced
from registry_app.storage.touches import Touched


class Reading:
    """Records as they are, or as they were after trail entry `as_of`."""

    def __init__(self, connection: sa.Connection, as_of: int | None = None) -> None:
        self.connection = connection
        self.as_of = as_of

    def get(self, of: type[R], record_id: str) -> R:
        """One record. Raises NotFound."""
        found = self.find(of, id=record_id)
        if not found:
            raise NotFound("storage.no-such-record", id=record_id)
        return found[0]

    def find(self, of: type[R], /, **equal: Any) -> tuple[R, ...]:
        """The records whose fields are equal to these; a collection: to one of them.

        Ordered by `id`.
        """
        try:
            return self._find(OF_TYPE[of], equal)
        except (LookupError, TypeError, ValueError) as error:
            # Nobody but this program writes: what it cannot read is not its own.
            raise Refused("storage.damaged") from error

    def _find(self, kind: Kind, equal: dict[str, Any]) -> tuple[Any, ...]:
        if self.as_of is None:
            rows = self._rows(kind, _where(kind, equal))
            return tuple(_record(kind, row) for row in rows)
        asked = {name: _plain(told) for name, told in equal.items() if name != "id"}
        return tuple(
            kind.read(one, version, value)
            for one, (version, value) in sorted(self._then(kind, equal).items())
            if all(value.get(name) in wanted for name, wanted in asked.items())
        )

    def file(self, sha256: str) -> bytes | None:
        """The bytes that were filed under their SHA-256; it does not go by `as_of`."""
        query = sa.select(report_file.c.content).where(report_file.c.sha256 == sha256)
        found: bytes | None = self.connection.execute(query).scalar()
        return found

    def files_of(self, report: str) -> tuple[str, ...]:
        """The SHA-256 of every file of a report: one more with each signature."""
        query = sa.select(report_file.c.sha256).where(report_file.c.report == report)
        return tuple(sorted(self.connection.execute(query).scalars()))

    def _rows(self, kind: Kind, condition: sa.ColumnElement[bool]) -> list[Any]:
        query = sa.select(*kind.columns).where(condition).order_by(kind.table.c.id)
        return [row._mapping for row in self.connection.execute(query)]

    def _then(
        self, kind: Kind, equal: dict[str, Any]
    ) -> dict[str, tuple[int, dict[str, Plain]]]:
        """Version and plain value, as of then, of all that may be meant.

        That is what matches now, and what has changed since.
        """
        assert self.as_of is not None
        ids = equal.get("id")
        asked = [ids] if isinstance(ids, str) else None if ids is None else list(ids)
        since = list(
            trail.entries(self.connection, kind=kind.name, ids=asked, after=self.as_of)
        )
        matching = _where(kind, equal)
        changed = kind.table.c.id.in_({entry.id for entry in since})
        found = {
            row["id"]: (row["version"], kind.plain_of_row(row))
            for row in self._rows(kind, sa.or_(matching, changed))
        }
        for entry in since:  # newest first
            _, value = found[entry.id]
            found[entry.id] = (entry.version - 1, undone(value, entry.changes))
        return {one: then for one, then in found.items() if then[0] > 0}


class Saved(NamedTuple):
    """A record as it was written. A version says one thing only, whoever asks."""

    kind: Kind
    id: str
    version: int
    plain: dict[str, Plain]


class Work(Reading):
    """One write transaction."""

    def __init__(
        self,
        connection: sa.Connection,
        key: bytes,
        chain: str,
        author: trail.Author,
        reason: str,
        last: "Saved | None" = None,
    ) -> None:
        """`last`: what this program has written last, so that it need not be read."""
        super().__init__(connection)
        self._key, self._chain, self._author = key, chain, author
        self._reason = reason
        self._last = last
        self.saved: Saved | None = None
        #: Whose plan has to be made again before this ends.
        self.touched: set[Touched] = set()
        #: Whether there is anything to commit.
        self.wrote = False

    def save(self, record: R, reason: str = "") -> R:
        """Store a record and its trail entry; it comes back with its new version.

        One that says what is stored already is returned as it is, without an entry.
        Raises Refused where it was changed meanwhile, or may not change so, and
        InvalidValue for a day that nobody can count from.
        """
        kind = OF_TYPE[type(record)]
        kind.check_days(record)
        plain = kind.plain(record)
        before = self._before(kind, record)
        changes = differences(before, plain)
        if record.version and not changes:
            return record
        why = (reason or self._reason).strip()
        if record.version and (refusal := kind.refusal(before, plain, why)):
            raise Refused(refusal)
        if not why:
            self._check_issued(kind, plain)
        self._check_locks(kind, record.id, before, plain)
        version = record.version + 1
        texts = {name: canonical(value) for name, value in plain.items()}
        row = {**kind.row(record, texts), "version": version}
        self._write(kind, record.version, row)
        trail.append(
            self.connection,
            self._key,
            self._chain,
            self._author,
            kind=kind.name,
            record_id=record.id,
            version=version,
            changes=changes,
            state=trail.sha256(spliced(texts)),
            reason=why,
        )
        self.saved = Saved(kind, record.id, version, plain)
        self.touched.update(kind.touched(record.id, before, plain))
        self.wrote = True
        return replace(record, version=version)  # type: ignore[type-var]

    def locked(
        self, kind: str, record_id: str, before: Values, after: Values
    ) -> Message | None:
        """Says which lock forbids to save this, and whose; None: none does.

        `before`, `after`: the plain values; `before` is empty for a new record.
        """
        found = locks.shut(self.connection, kind, record_id, before, after)
        if found is None:
            return None
        by = self.get(RecordLock, found)
        day = day_in_japan(by.at)
        return say("locks.locked", of=by.of.told, person=by.person, on=day)

    def _check_locks(
        self, kind: Kind, record_id: str, before: Values, after: Values
    ) -> None:
        """Raise Refused where the record, or what it belongs to, is locked."""
        if refusal := self.locked(kind.name, record_id, before, after):
            raise Refused(refusal.key, **refusal.params)

    def _check_issued(self, kind: Kind, text: Values) -> None:
        """Raise Refused for a text that a report was issued with."""
        if kind.type is ReportText and issued_with(
            self.connection, text["kind"], text["cut"]
        ):
            raise Refused("report_service.text-issued")

    def put_file(self, sha256: str, report: str, content: bytes) -> None:
        """Keep a file of a report for good; its record, saved in this block, names it.

        The same bytes a second time are kept once. Nothing changes or removes them.
        """
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError("a file that is not what its name says")
        known = sa.select(report_file.c.sha256).where(report_file.c.sha256 == sha256)
        if self.connection.execute(known).first() is None:
            row = {"sha256": sha256, "report": report, "content": content}
            self.connection.execute(report_file.insert(), row)
            self.wrote = True

    def _before(self, kind: Kind, record: Record) -> dict[str, Plain]:
        """The plain value that is stored. Raises Refused where it is a newer one.

        And where it was changed past the program: to write over it would hide that.
        """
        last = self._last
        if last and last[:3] == (kind, record.id, record.version):
            return last.plain
        stored = kind.select_one.first(self.connection, {"id": record.id})
        if (stored["version"] if stored else 0) != record.version:
            raise Refused("storage.changed-meanwhile")
        if stored is None:
            return {}
        plain = kind.plain_of_row(stored)
        if not trail.says(self.connection, kind.name, record.id, record.version, plain):
            told = kind_name(kind.name)
            raise Refused("trail.record-changed", kind=told, id=record.id)
        return plain

    def _write(self, kind: Kind, version: int, row: dict[str, Any]) -> None:
        if not version:
            kind.insert.run(self.connection, row)
            return
        row.update(this=row.pop("id"), known=version)
        if kind.update.run(self.connection, row) != 1:
            raise Refused("storage.changed-meanwhile")


@contextlib.contextmanager
def begin(
    writer: Writer, key: bytes, chain: str, author: trail.Author, reason: str
) -> Iterator[Work]:
    """One write transaction; it commits as the block ends, if something was written."""
    with writer.transaction() as connection:
        work = Work(connection, key, chain, author, reason, writer.last)
        yield work
        if work.wrote:
            writer.commit()
            writer.last = work.saved or writer.last


def _where(kind: Kind, equal: dict[str, Any]) -> sa.ColumnElement[bool]:
    columns = kind.table.c
    return sa.and_(
        sa.true(),
        *(
            columns[name].in_(list(wanted))
            if _several(wanted)
            else columns[name].is_(None)
            if isinstance(columns[name].type, Link) and wanted == ""
            else columns[name] == wanted
            for name, wanted in equal.items()
        ),
    )


def _several(wanted: Any) -> bool:
    return isinstance(wanted, Collection) and not isinstance(wanted, str)


def _plain(wanted: Any) -> Collection[Plain]:
    """The plain values that match; one that says nothing is absent there."""
    several = wanted if _several(wanted) else (wanted,)
    found = [to_plain(one) for one in several]
    return {None if one == "" else one for one in found}


def _record(kind: Kind, row: Any) -> Any:
    value = {name: row[name] for name in kind.fields}
    return kind.read(row["id"], row["version"], value)
