"""The result panel: always in the same order, each part in its own room."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.result import Classification
from registry_app.ui.isncsci.doubts import Doubts, doubts
from registry_app.ui.isncsci.editor import Editor
from registry_app.ui.isncsci.figures import Figures, Levels
from registry_app.ui.isncsci.key_legend import KeyLegend
from registry_app.ui.isncsci.own import Own
from registry_app.ui.isncsci.totals import Totals
from registry_app.ui.isncsci.why import Why
from registry_app.ui.look import Look
from registry_app.ui.widgets import Inside, column, row, rule, scrolled
from registry_app.words import Words

#: Below this height, in pixels at 100 %, the whole panel scrolls.
_LOW: Final = 520
#: From this height on the earlier exams are listed too.
_HIGH: Final = 700


class Summary(QFrame):
    """What the scores say, as far as they are written."""

    def __init__(
        self,
        editor: Editor,
        words: Words,
        look: Look,
        before: Classification | None = None,
        earlier: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._editor, self._look = editor, look
        self._before = before
        self.setProperty("kind", "card")
        self.figures, self.levels = Figures(words, look), Levels(words, look)
        self.totals, self.own = Totals(words, look), Own(editor, words, look)
        self.why, self.doubts = Why(words, look), Doubts(editor, words, look)
        self._earlier = [] if earlier is None else [rule(), earlier]
        px = look.px
        numbers = row(self.levels, rule(upright=True), self.totals, gap=px(12))
        numbers.setStretch(0, 48)
        numbers.setStretch(2, 52)
        inner = column(
            *(self.figures, rule(), numbers, rule(), self.own, rule()),
            *(self.why, rule(), self.doubts, *self._earlier),
            gap=px(6),
            margins=(px(14), px(8), px(14), px(6)),
        )
        inner.setStretch(inner.indexOf(self.why), 1)
        self._area = scrolled(Inside(inner))
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(
            column(self._area, KeyLegend(words, look), gap=0, margins=(1, 1, 1, 1))
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(px(428))
        self.result = classify(editor.form.exam)
        editor.written.connect(self.refresh)
        editor.told.connect(self.refresh)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the panel scrolls as one, not a list within it."""
        super().resizeEvent(event)
        self.why.expand(self.height() < self._look.px(_LOW))
        for part in self._earlier:
            part.setVisible(self.height() >= self._look.px(_HIGH))

    @property
    def doubted(self) -> frozenset[str]:
        """The written cells that somebody should look at again."""
        return frozenset(i for d in self.doubts.found if d.marked for i in d.items)

    def refresh(self, *_items: object) -> None:
        """Classify the sheet as it is now, and show it."""
        form = self._editor.form
        result = self.result = classify(form.exam)
        self.figures.show_result(result, form.prior_deficit)
        self.levels.show_result(result)
        before = self._before.totals if self._before else {}
        self.totals.show_totals(result.totals, before)
        self.own.show_result(result)
        self.why.ask(form.exam, result)
        self.doubts.show_doubts(doubts(self._editor, result), result)
