"""Finds the cell of a table that a chart points at (`cell` of charts.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from registry_app.domain.figures.document import (
    Column,
    Document,
    Row,
    Table,
    Value,
    walk,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A cell, and where it stands."""

    table: Table
    row: Row
    column: Column
    value: Value


@dataclass(frozen=True)
class CellsOf:
    """The cells of a document by their pointers."""

    document: Document

    def found(self, pointer: str) -> Found | None:
        """The cell; None where the report has no such table, row or column."""
        table_id, row_id, column_id = pointer.split("|")
        table = self._tables.get(table_id)
        if table is None:
            return None
        row = self._rows(table).get(row_id)
        for n, column in enumerate(table.columns):
            if row is not None and column.id == column_id:
                return Found(table, row, column, row.cells[n])
        return None

    @cached_property
    def _tables(self) -> Mapping[str, Table]:
        return {
            block.id: block
            for section in (*self.document.sections, *self.document.appendix)
            for block in walk(section)
            if isinstance(block, Table)
        }

    def _rows(self, table: Table) -> Mapping[str, Row]:
        known = self._known
        if table.id not in known:
            known[table.id] = {row.id: row for row in table.rows}
        return known[table.id]

    @cached_property
    def _known(self) -> dict[str, Mapping[str, Row]]:
        return {}
