"""The rows of the trail as they come, part by part; older ones are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal

from registry_app.domain.trail import Entry
from registry_app.services.trail_search import TrailPart
from registry_app.ui.rows_model import Column, Index, RowsModel

_NONE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, the case ID of its record or "", and whether the clock jumped."""

    entry: Entry
    patient: str
    jumped: bool


class TrailModel(RowsModel):
    """Grows at its end; wants_more(): somebody looks at the end, and there is more."""

    wants_more = Signal()

    def __init__(self, columns: Sequence[Column]) -> None:
        self.lines: list[Line] = []
        self.more = False
        super().__init__(
            columns,
            lambda _sort, _down: [str(line.entry.seq) for line in self.lines],
            lambda ids: [line for line in self.lines if str(line.entry.seq) in ids],
            sort="",
        )

    def clear(self) -> None:
        """Nothing is shown, and nothing more is there."""
        self.lines, self.more = [], False
        self.reload()

    def add(self, part: TrailPart) -> None:
        """Show more, below what is there."""
        if not part.entries:
            return
        lines = [
            Line(entry, part.patients.get(entry.seq, ""), entry.seq in part.jumps)
            for entry in part.entries
        ]
        first = len(self.lines)
        self.beginInsertRows(_NONE, first, first + len(lines) - 1)
        self.lines += lines
        self._ids += [str(line.entry.seq) for line in lines]
        self.endInsertRows()

    def row(self, number: int) -> Line | None:
        """The line of that row."""
        return self.lines[number] if number < len(self.lines) else None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are older ones."""
        return not parent.isValid() and self.more

    def fetchMore(self, _parent: Index) -> None:
        """Ask for them, once."""
        if self.more:
            self.more = False
            self.wants_more.emit()
