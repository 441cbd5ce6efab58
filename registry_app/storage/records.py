"""
The kinds of record: which dataclass is kept in which table, and how.

A field of a record is a column of the same name. To keep another kind of record is one
line in KINDS, a table and a migration.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from typing import Any, Final, Protocol, TypeVar

import sqlalchemy as sa

from registry_app.domain.person import Person, Registry
from registry_app.domain.report import IssuedReport
from registry_app.domain.subject import Identity, Subject
from registry_app.domain.trail import Plain
from registry_app.domain.visit import Form, Status, Visit
from registry_app.storage import derived, tables


class Record(Protocol):
    """A frozen dataclass with an identity and a version."""

    @property
    def id(self) -> str:
        """Never changes."""

    @property
    def version(self) -> int:
        """0 until it is saved, and one more with every change."""


R = TypeVar("R", bound=Record)
Values = Mapping[str, Any]


def _nothing(_: Any) -> dict[str, Any]:
    return {}


def _open(_: Values) -> str | None:
    return None


def _closed(_: Values) -> str | None:
    return "trail.reason-needed"


def _completed(plain: Values) -> str | None:
    return "exam.reason-needed" if plain["status"] == Status.COMPLETE else None


@dataclasses.dataclass(frozen=True)
class Kind:
    """
    One kind of record.

    `derive`: the derived columns of a record. `closed`: the sentence that asks for
    a reason, where a stored value may not be changed without one.
    """

    name: str
    type: type
    table: sa.Table
    derive: Callable[[Any], dict[str, Any]] = _nothing
    closed: Callable[[Values], str | None] = _open

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields that make up the value: all but `id` and `version`."""
        names = (field.name for field in dataclasses.fields(self.type))
        return tuple(name for name in names if name not in ("id", "version"))

    @cached_property
    def _readers(self) -> dict[str, Callable[[Any], Any]]:
        hints = typing.get_type_hints(self.type)
        return {name: _reader(hints[name]) for name in self.fields}

    @cached_property
    def columns(self) -> list[sa.Column[Any]]:
        """The columns that hold the record, derived ones left out."""
        return [self.table.c[name] for name in ("id", "version", *self.fields)]

    def plain(self, record: Any) -> dict[str, Plain]:
        """The plain value of a record: its fields that say something."""
        value = {name: to_plain(getattr(record, name)) for name in self.fields}
        return _said(value)

    def plain_of_row(self, row: Values) -> dict[str, Plain]:
        """The plain value of a stored row; the same as that of its record."""
        value = {
            name: to_plain(found) if isinstance(found, date) else found
            for name, found in ((name, row[name]) for name in self.fields)
        }
        return _said(value)

    def row(self, record: Any, plain: Mapping[str, Plain]) -> dict[str, Any]:
        """The columns of a record, derived ones too; the version is the caller's."""
        row = {}
        for name in self.fields:
            value = getattr(record, name)
            if isinstance(value, Mapping):
                value = plain.get(name, {})
            row[name] = value.value if isinstance(value, Enum) else value
        return {"id": record.id, **row, **self.derive(record)}

    def read(self, id: str, version: int, value: Values) -> Any:  # noqa: A002
        """A record from its columns, or from its plain value."""
        readers = self._readers
        said = {name: readers[name](found) for name, found in value.items()}
        return self.type(id=id, version=version, **said)


def to_plain(value: Any) -> Plain:
    """A value of a field, in values that JSON knows."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value.value) if isinstance(value, Enum) else value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(inner) for key, inner in value.items()}
    if dataclasses.is_dataclass(value):
        fields = (field.name for field in dataclasses.fields(value))
        return _said({name: to_plain(getattr(value, name)) for name in fields})
    raise TypeError(f"{type(value).__name__} has no plain value")


def _said(value: dict[str, Plain]) -> dict[str, Plain]:
    return {
        name: inner
        for name, inner in value.items()
        if inner is not None and inner != "" and inner != {}
    }


def _same(value: Any) -> Any:
    return value


def _reader(hint: Any) -> Callable[[Any], Any]:
    """What turns a column or a plain value into a value of this type."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = next(part for part in typing.get_args(hint) if part is not type(None))
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if origin is not None and issubclass(origin, Mapping):
        read = _reader(typing.get_args(hint)[1])
        if read is _same:
            return dict
        return lambda value: {key: read(inner) for key, inner in value.items()}
    if issubclass(hint, Enum):
        return hint
    if issubclass(hint, date):
        parse = hint.fromisoformat
        return lambda value: parse(value) if isinstance(value, str) else value
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        readers = {name: _reader(inner) for name, inner in hints.items()}
        return lambda value: hint(**{k: readers[k](v) for k, v in value.items()})
    return _same


KINDS: Final = (
    Kind("registry", Registry, tables.registry),
    Kind("person", Person, tables.person),
    Kind("subject", Subject, tables.subject, derived.of_subject, _closed),
    Kind("identity", Identity, tables.identity, derived.of_identity, _closed),
    Kind("visit", Visit, tables.visit),
    Kind("form", Form, tables.form, derived.of_form, _completed),
    Kind("report", IssuedReport, tables.report),
)
OF_TYPE: Final = {kind.type: kind for kind in KINDS}
