"""The records behind a row of a table, carried by the row from part to part."""

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.platypus import Flowable

from registry_app.domain.figures.document import Ref
from registry_app.reports.ink import Region, here

#: Told where the values stand whose sources are known.
Found = Callable[[Sequence[Region]], None]


class Behind(Flowable):
    """What a row rests on: it takes no room, and nothing of it is seen."""

    def __init__(self, label: str, refs: Sequence[Ref]) -> None:
        super().__init__()
        self.label, self.refs = label, tuple(refs)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """None."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Nothing: the table knows how high and wide its rows are."""


def note_rows(table: Any, name: str) -> None:
    """Note where each row of a table that is being drawn stands, if it has a source."""
    tops, wide = table._rowpositions, sum(table._colWidths)
    for n, row in enumerate(table._cellvalues):
        for found in row[0] if isinstance(row[0], list | tuple) else ():
            if isinstance(found, Behind) and found.refs:
                page, x, y = here(table.canv)
                place = (x, y - tops[n], x + wide, y - tops[n + 1])
                label = f"{name}  {found.label}".strip()
                table.canv.regions.append(Region(page, *place, found.refs, label))
