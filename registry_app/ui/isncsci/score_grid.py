"""The sheet itself: 28 rows and six columns, VAC, DAP and the non-key muscles.

One widget paints it all and takes the keys; a key press repaints the cells it touched.
Body map, comment and the strip of a star lie on it as children, where it has room.
"""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from registry_app.domain.isncsci.result import Interval
from registry_app.domain.isncsci.segments import KEY_MUSCLES, NON_KEY_ITEMS
from registry_app.domain.worksheet.entry import ANAL_ITEMS
from registry_app.ui.isncsci.cells import Cells
from registry_app.ui.isncsci.editor import Editor
from registry_app.ui.isncsci.keys import action_of, actions_of
from registry_app.ui.isncsci.layout import Layout, least_width
from registry_app.ui.isncsci.sheet_paint import SheetPaint
from registry_app.ui.isncsci.terms import spoken
from registry_app.ui.look import MEDIUM, Look
from registry_app.words import Words


class ScoreGrid(QWidget):
    """The painted sheet of an `Editor`."""

    def __init__(self, editor: Editor, words: Words, look: Look) -> None:
        super().__init__()
        self.editor, self._words, self._look = editor, words, look
        labels = ("worksheet.vac", "worksheet.dap", "worksheet.non-key")
        self._labels = tuple(look.width(words(k), "caption", MEDIUM) for k in labels)
        self.layout_ = self._made_layout()
        self._tips: dict[str, str] = {}
        self._paint = SheetPaint(editor, words, look, Cells(look))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(
            hint.ImhPreferNumbers | hint.ImhPreferLatin | hint.ImhNoPredictiveText
        )
        self.setMinimumSize(look.px(560), look.px(240))
        self.setAccessibleName(words("worksheet.sheet"))
        editor.written.connect(self.refresh)
        editor.moved.connect(self._on_moved)
        self._describe()

    def sizeHint(self) -> QSize:
        """The measures of LOOK.md at 1366 × 768."""
        return QSize(self._look.px(max(836, least_width())), self._look.px(570))

    # ── showing ──────────────────────────────────────────────────────────────────

    def refresh(self, items: Collection[str]) -> None:
        """Repaint cells that changed."""
        for item in items:
            self.update(self._touched(item))
        if self.editor.current in items:
            self._describe()

    def show_sums(self, sums: dict[str, Interval]) -> None:
        """The sums under the columns, by total; see result.TOTALS."""
        if sums != self._paint.sums:
            self._paint.sums = sums
            top = round(self.layout_.sums_y())
            self.update(0, top, self.width(), self._look.px(22))

    def show_doubts(self, items: frozenset[str]) -> None:
        """Mark the cells that somebody should look at again."""
        changed = items ^ self._paint.doubts
        self._paint.doubts = items
        for item in changed:
            self.update(self._touched(item))

    def show_marks(self, marks: Mapping[str, tuple[bool, str]]) -> None:
        """What was compared with its source; whether that holds, and who says so."""
        self._tips = {item: tip for item, (_, tip) in marks.items()}
        self._paint.marks = {item: holds for item, (holds, _) in marks.items()}
        self.update()

    def _touched(self, item: str) -> QRect:
        """The cell with its focus ring."""
        return self.layout_.cell(item).adjusted(-4, -4, 4, 4).toAlignedRect()

    def _on_moved(self, before: str, item: str) -> None:
        if self.layout_.reveal(item):
            self.update()
        else:
            for one in (before, item):
                for box in self._paint.around(self.layout_, one):
                    self.update(box.adjusted(-4, -4, 4, 4).toAlignedRect())
        self._describe()

    def _describe(self) -> None:
        """Tell a screen reader where we are, and what stands there."""
        item = self.editor.current
        before = self.editor.previous.get(item, "")
        text = spoken(self._words, self.editor.form, before, item)
        if tip := self._tips.get(item, ""):
            text = self._words("worksheet.comma").join((text, tip))
        if text == self.accessibleDescription():
            return
        self.setAccessibleDescription(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    # ── keys ─────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        """Take the keys that the window would use as shortcuts; say what a mark is."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            tip = self._tips.get(self.layout_.item_at(QPointF(event.pos())), "")
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
        ):
            if action_of(event) is not None:
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act, or leave the key to the page."""
        action = action_of(event)
        if action is None:
            super().keyPressEvent(event)
            return
        action(self.editor)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab goes on in the order of work, and leaves the sheet at its ends."""
        return self.editor.step(1 if next_ else -1) or super().focusNextPrevChild(next_)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method gives at once: nothing is composed here."""
        if event.commitString():
            for action in actions_of(event.commitString()):
                action(self.editor)
        elif event.preeditString():
            QGuiApplication.inputMethod().commit()
        event.accept()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Where the input method may show itself, and that letters are not wanted."""
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return self.layout_.cell(self.editor.current).toRect()
        return super().inputMethodQuery(query)

    # ── mouse ────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the cell; choose an answer of VAC and DAP; open the non-key muscles."""
        at = event.position()
        item = self.layout_.item_at(at)
        if not item or event.button() != Qt.MouseButton.LeftButton:
            return
        self.editor.go(item)
        if item in ANAL_ITEMS:
            index = int((at.x() - self.layout_.anal(item).x()) / self._look.px(40))
            chosen = ("Yes", "No", "NT")[min(index, 2)]
            again = self.editor.sheet.value(item) == chosen
            self.editor.put(item, "" if again else chosen)
        elif item in NON_KEY_ITEMS:
            self._ask_segment(item)

    def _ask_segment(self, item: str) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for segment in ("", *KEY_MUSCLES):
            words = segment or self._words("worksheet.none")
            action = menu.addAction(words)
            action.triggered.connect(
                lambda _on=False, s=segment: self.editor.put(item, s)
            )
        box = self.layout_.cell(item)
        menu.popup(self.mapToGlobal(QPoint(round(box.x()), round(box.bottom()))))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the rows if they do not fit; never change a value."""
        if self.layout_.scroll_to(self.layout_.offset - event.angleDelta().y() / 2):
            self.update()

    # ── painting ─────────────────────────────────────────────────────────────────

    def fit(self, size: QSize) -> Layout:
        """Take a size and lay the sheet out at once, so that others can lie on it."""
        self.resize(size)
        self.layout_ = self._made_layout()
        self.layout_.reveal(self.editor.current)
        return self.layout_

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the sheet out anew."""
        self.fit(event.size())

    def _made_layout(self) -> Layout:
        return Layout(
            self.width(), self.height(), self._look.text_size / 100, self._labels
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.update(self._touched(self.editor.current))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.update(self._touched(self.editor.current))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what the event asks for, often one cell."""
        self._paint.draw(self, self.layout_, event.region())
