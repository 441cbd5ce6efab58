"""How a dataclass is kept in a table: a field of a record is a column of its name."""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from registry_app.domain.errors import InvalidValue
from registry_app.domain.plan.limits import FIRST_YEAR, LAST_YEAR
from registry_app.domain.trail import Plain
from registry_app.storage import refusals, tables, touches
from registry_app.storage.prepared import Prepared


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


@dataclasses.dataclass(frozen=True)
class Kind:
    """One kind of record.

    `derive`: the derived columns of a record. `refusal`: the sentence that refuses a
    change, from the plain values before and after and the reason given. `touched`:
    whose plan is another one after it.
    """

    name: str
    type: type
    table: sa.Table
    derive: Callable[[Any], dict[str, Any]] = _nothing
    refusal: Callable[[Values, Values, str], str | None] = refusals.any_change
    touched: touches.Touches = touches.nobody

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

    @cached_property
    def derives(self) -> bool:
        """Whether columns of it are derived."""
        return len(self.columns) < len(self.table.c)

    @cached_property
    def _times(self) -> tuple[str, ...]:
        """The fields whose columns hold a day or a moment."""
        kinds = {name: self.table.c[name].type for name in self.fields}
        timed = (sa.Date, tables.UtcDateTime)
        return tuple(name for name, kind in kinds.items() if isinstance(kind, timed))

    @cached_property
    def _writers(self) -> dict[str, Callable[[Any], Any]]:
        hints = typing.get_type_hints(self.type)
        return {name: _writer(hints[name]) for name in self.fields}

    @cached_property
    def select_one(self) -> Prepared:
        """The row of one `id`."""
        query = sa.select(*self.columns).where(self.table.c.id == sa.bindparam("id"))
        return Prepared(query, *self.columns)

    @cached_property
    def insert(self) -> Prepared:
        """A new row."""
        return Prepared(self.table.insert())

    @cached_property
    def update(self) -> Prepared:
        """The row of `this`, if its version is still `known`."""
        columns = self.table.c
        return Prepared(
            self.table.update()
            .where(columns.id == sa.bindparam("this"))
            .where(columns.version == sa.bindparam("known"))
            .values({c.name: sa.bindparam(c.name) for c in columns if c.name != "id"})
        )

    @cached_property
    def _days(self) -> tuple[str, ...]:
        """The fields that hold a day, days by name, or what holds days by name."""
        hints = typing.get_type_hints(self.type)
        return tuple(
            name
            for name in self.fields
            if hints[name] is date
            or any(
                one is date or dataclasses.is_dataclass(one)
                for one in typing.get_args(hints[name])
            )
        )

    def check_days(self, record: Any) -> None:
        """Refuse days that no plan can be counted from: one would close every list.

        Raises InvalidValue.
        """
        for name in self._days:
            days = _days_of(getattr(record, name))
            if any(not FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
                raise InvalidValue(
                    "plan.year-too-far", first=FIRST_YEAR, last=LAST_YEAR
                )

    def plain(self, record: Any) -> dict[str, Plain]:
        """The plain value of a record: its fields that say something."""
        writers = self._writers
        return _said({name: writers[name](getattr(record, name)) for name in writers})

    def plain_of_row(self, row: Values) -> dict[str, Plain]:
        """The plain value of a stored row; the same as that of its record."""
        said = {name: row[name] for name in self.fields}
        for name in self._times:
            said[name] = to_plain(said[name])
        return _said(said)

    def row(self, record: Any, texts: Mapping[str, str]) -> dict[str, Any]:
        """The columns of a record, derived ones too; the version is the caller's.

        `texts`: its plain value, each field in canonical form.
        """
        row = {"id": record.id, **self.derive(record)}
        for name in self.fields:
            value = getattr(record, name)
            if isinstance(value, Mapping):
                value = texts.get(name, tables.EMPTY)
            row[name] = value.value if isinstance(value, Enum) else value
        return row

    @cached_property
    def _unsaid(self) -> dict[str, str]:
        """Texts that a plain value leaves out where they are empty."""
        hints = typing.get_type_hints(self.type)
        return {
            field.name: ""
            for field in dataclasses.fields(self.type)
            if hints[field.name] is str
            and field.name != "id"
            and field.default is dataclasses.MISSING
        }

    def read(self, record_id: str, version: int, value: Values) -> Any:
        """A record from its columns, or from its plain value."""
        readers = self._readers
        said: dict[str, Any] = dict(self._unsaid)
        for name, found in value.items():
            said[name] = readers[name](found)
        return self.type(id=record_id, version=version, **said)


def _days_of(said: Any) -> Iterator[date]:
    """The days in a field: itself, by name, or in what is there by name."""
    if isinstance(said, date):
        yield said
    elif isinstance(said, Mapping):
        for one in said.values():
            yield from _days_of(one)
    elif dataclasses.is_dataclass(said):
        for field in dataclasses.fields(said):
            yield from _days_of(getattr(said, field.name))


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
    raise TypeError("a value of this type has no plain value")


def _said(value: dict[str, Plain]) -> dict[str, Plain]:
    return {
        name: inner
        for name, inner in value.items()
        if inner or (inner is not None and inner != "" and inner != {})
    }


def _writer(hint: Any) -> Callable[[Any], Any]:
    """`to_plain`, where the type says that there is less to do."""
    if hint is str or hint is bool or hint is int:
        return _same
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {member: member.value for member in hint}.__getitem__
    if typing.get_origin(hint) is Mapping:
        # By key, as the canonical form is: then it is sorted once and not each time.
        write = _writer(typing.get_args(hint)[1])
        if write is _same:
            return lambda value: {key: value[key] for key in sorted(value)}
        return lambda value: {key: write(value[key]) for key in sorted(value)}
    return to_plain


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
        # A sheet has one for each cell: calling the type takes five times as long.
        return {member.value: member for member in hint}.__getitem__
    if issubclass(hint, date):
        parse = hint.fromisoformat
        return lambda value: parse(value) if isinstance(value, str) else value
    if dataclasses.is_dataclass(hint):
        made = typing.cast("Callable[..., Any]", hint)
        hints = typing.get_type_hints(hint)
        readers = {name: _reader(inner) for name, inner in hints.items()}
        return lambda value: made(**{k: readers[k](v) for k, v in value.items()})
    return _same
