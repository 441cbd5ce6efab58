"""Statements that every save runs: compiled once, then given straight to the driver.

SQLAlchemy's own way costs as much for four small statements as the disk does for the
whole transaction (tests/benchmarks/bench_save.py); types are applied here as there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

#: Rows are fetched in lots, so that a long list need not fit into memory.
_LOT = 1000


class Prepared:
    """One statement; run it within a transaction of SQLAlchemy's."""

    def __init__(self, statement: sa.Executable, *columns: sa.Column[Any]) -> None:
        """`columns`: what a SELECT gives, in its order."""
        self._statement = statement
        self._columns = columns
        self._by_dialect: dict[str, _Compiled] = {}

    def run(self, connection: sa.Connection, values: Mapping[str, Any]) -> int:
        """How many rows were written."""
        return int(self._for(connection.dialect).run(connection, values).rowcount)

    def run_many(
        self, connection: sa.Connection, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Once for each row."""
        if rows:
            self._for(connection.dialect).run_many(connection, rows)

    def first(
        self, connection: sa.Connection, values: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """The first row that was found, by the names of its columns."""
        compiled = self._for(connection.dialect)
        row = compiled.run(connection, values).fetchone()
        if row is None:
            return None
        return {
            name: found if read is None else read(found)
            for (name, read), found in zip(compiled.results, row, strict=True)
        }

    def rows(
        self, connection: sa.Connection, values: Mapping[str, Any]
    ) -> Iterator[tuple[Any, ...]]:
        """All rows, each as its columns in their order; a lot of them at a time."""
        compiled = self._for(connection.dialect)
        readers = [(n, read) for n, (_, read) in enumerate(compiled.results) if read]
        result = compiled.run(connection, values)
        while rows := result.fetchmany(_LOT):
            if not readers:
                yield from rows
                continue
            columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
            for n, read in readers:
                columns[n] = map(read, columns[n])
            yield from zip(*columns, strict=True)

    def _for(self, dialect: sa.Dialect) -> "_Compiled":
        if dialect.name not in self._by_dialect:
            self._by_dialect[dialect.name] = _Compiled(
                self._statement, self._columns, dialect
            )
        return self._by_dialect[dialect.name]


class _Compiled:
    def __init__(
        self,
        statement: Any,
        columns: tuple[sa.Column[Any], ...],
        dialect: sa.Dialect,
    ) -> None:
        compiled = statement.compile(dialect=dialect)
        self._sql = str(compiled)
        self._positional = compiled.positiontup is not None
        names = compiled.positiontup or list(compiled.binds)
        self._binds: list[tuple[str, Callable[[Any], Any] | None]] = [
            (name, _impl(compiled.binds[name].type, dialect).bind_processor(dialect))
            for name in names
        ]
        self.results = [
            (column.name, _impl(column.type, dialect).result_processor(dialect, None))
            for column in columns
        ]

    def run(self, connection: sa.Connection, values: Mapping[str, Any]) -> Any:
        driver: Any = connection.connection.driver_connection
        return driver.execute(self._sql, self._bound(values))

    def run_many(
        self, connection: sa.Connection, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        driver: Any = connection.connection.driver_connection
        driver.executemany(self._sql, [self._bound(row) for row in rows])

    def _bound(self, values: Mapping[str, Any]) -> Any:
        bound = [
            values[name] if write is None else write(values[name])
            for name, write in self._binds
        ]
        if self._positional:
            return bound
        names = (name for name, _ in self._binds)
        return dict(zip(names, bound, strict=True))


def _impl(kind: Any, dialect: sa.Dialect) -> Any:
    return kind.dialect_impl(dialect)
