"""The records behind a number of a report: which case, what, when, where to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from registry_app.services.sources import Source
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.rows_model import Column
from registry_app.ui.table import Table, plain_table
from registry_app.ui.widgets import Card, Inside, button, column, label, row
from registry_app.words import Words

_NOBODY: Final = "—"
#: Records that are opened by their kind where they are nobody's.
KINDS_WITH_A_PAGE: Final = frozenset(
    ("kit", "publication", "evaluation", "setting", "regime", "pack", "settled")
)


def has_place(source: Source) -> bool:
    """Whether the record can be gone to."""
    own = source.form_id or source.safety_case or source.subject_id
    return bool(own) or source.ref.kind in KINDS_WITH_A_PAGE


def source_columns(words: Words) -> list[Column]:
    """Case and day, what it is."""
    return [
        Column(
            words("reports_page.col-case"),
            lambda s: s.of or _NOBODY,
            112,
            "strong",
            under=lambda s: s.on.isoformat() if s.on else "",
        ),
        Column(
            words("reports_page.col-what"),
            lambda s: words.say(s.what),
            172,
            under=lambda s: s.about if isinstance(s.about, str) else words.say(s.about),
        ),
    ]


class RecordsCard(Card):
    """opened(source): go there. left(): back to the number."""

    opened = Signal(object)
    left = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__(look, words("reports_page.records"))
        self._words, self._look = words, look
        self._sources: tuple[Source, ...] = ()
        self.table: Table | None = None
        self.body.setContentsMargins(0, 0, 0, 0)
        self._number = label(look, "", weight=MEDIUM, wrap=True)
        self._said = label(look, "", "text2", "caption", wrap=True)
        self._place = column(gap=0)
        self.go_button = button(look, words("reports_page.go"), "", self._go)
        back = button(look, words("reports_page.back"), "quiet", self.left.emit)
        self.body.addWidget(
            Inside(column(self._number, self._said, gap=2, margins=(14, 0, 14, 6)))
        )
        self.body.addWidget(Inside(self._place), 1)
        self.body.addLayout(row(back, None, self.go_button, margins=(6, 6, 14, 10)))

    def show_sources(self, number: str, sources: Sequence[Source]) -> None:
        """What stands behind a number."""
        words = self._words
        self._sources = tuple(sources)
        self._number.setText(number)
        cases = len({one.of for one in sources if one.of})
        told = {"count": len(sources), "cases": cases}
        key = "records-said" if sources else "records-none"
        self._said.setText(words(f"reports_page.{key}", **told))
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        name = words("reports_page.records")
        table = plain_table(
            self._look, name, source_columns(words), self._sources, tall=True
        )
        table.opened.connect(lambda _id: self._go())
        table.selectionModel().currentRowChanged.connect(lambda _n, _o: self._can())
        self.table = table
        self._place.addWidget(table)
        if sources:
            table.selectRow(0)
        self._can()
        table.setFocus()

    @property
    def source(self) -> Source | None:
        """The chosen record."""
        at = self.table.currentIndex().row() if self.table else -1
        return self._sources[at] if 0 <= at < len(self._sources) else None

    def _can(self) -> None:
        one = self.source
        self.go_button.setEnabled(one is not None and has_place(one))

    def _go(self) -> None:
        if self.source is not None and self.go_button.isEnabled():
            self.opened.emit(self.source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the number."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
