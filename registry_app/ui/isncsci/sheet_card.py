"""The sheet with all that lies on it: body map, strip of a star, comment, order."""

from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from registry_app.domain.figures.sensation import View
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.segments import Side
from registry_app.domain.worksheet.entry import Order
from registry_app.ui.inputs import Choice
from registry_app.ui.isncsci.body_map import CHANGE, BodyMap, MapLegend
from registry_app.ui.isncsci.editor import Editor
from registry_app.ui.isncsci.score_grid import ScoreGrid
from registry_app.ui.isncsci.star_strip import StarStrip
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Segments, label
from registry_app.words import Words

#: Below this width or height between both sides there is no body map.
_LEAST_MAP = 150


class Comment(QPlainTextEdit):
    """The comment of the exam. Escape goes back to the sheet."""

    def __init__(self, editor: Editor, words: Words, look: Look) -> None:
        super().__init__()
        self._editor = editor
        self.setAccessibleName(words("worksheet.comment"))
        self.setPlaceholderText(words("worksheet.comment-hint"))
        self.setTabChangesFocus(True)
        self.setFont(look.font())
        self.refresh()
        self.textChanged.connect(self._on_text)
        editor.told.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is written in the form, if it was changed elsewhere."""
        self.setReadOnly(self._editor.locked)
        if self.toPlainText() != self._editor.form.comment:
            self.setPlainText(self._editor.form.comment)

    def _on_text(self) -> None:
        text = self.toPlainText()
        self._editor.about(lambda form: replace(form, comment=text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter completes the form, here as everywhere."""
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class SheetCard(QWidget):
    """The whole left part of the worksheet."""

    def __init__(self, editor: Editor, words: Words, look: Look) -> None:
        super().__init__()
        self._editor, self._look = editor, look
        self.grid = ScoreGrid(editor, words, look)
        self.grid.setParent(self)
        self.map, self.legend = BodyMap(words, look), MapLegend(words, look)
        views = [
            (str(View.LOWER), words("worksheet.view-both")),
            (str(View.LIGHT_TOUCH), words("worksheet.column-LT")),
            (str(View.PIN_PRICK), words("worksheet.column-PP")),
            (CHANGE, words("worksheet.view-change")),
        ]
        if not editor.previous:
            views.pop()
        self.views = Segments(look, views, words("worksheet.body-map"), str(View.LOWER))
        self.strip = StarStrip(editor, words, look)
        self.comment = Comment(editor, words, look)
        self._comment_label = label(
            look, words("worksheet.comment"), "text2", "caption", MEDIUM
        )
        orders = [(str(o), words(f"worksheet.order-{o}")) for o in Order]
        self.order = Choice(look, words("worksheet.order"), orders, str(editor.order))
        self.order.setFont(look.font("caption"))
        on_top: tuple[QWidget, ...] = (
            *(self.views, self.map, self.legend, self.order),
            *(self._comment_label, self.comment, self.strip),
        )
        for child in on_top:
            child.setParent(self)
        self.strip.refresh()
        self.views.chosen.connect(self._on_view)
        self.order.activated.connect(self._on_order)
        self.map.pointed.connect(self._on_pointed)
        self.strip.done.connect(editor.resume)
        self.strip.done.connect(self.grid.setFocus)
        editor.star_asked.connect(self.strip.ask)
        editor.written.connect(self._show_map)
        self.setMinimumSize(self.grid.minimumSize())
        self.setFocusProxy(self.grid)
        for first, second in zip(
            (self.grid, self.strip.normal, self.comment, self.views),
            (self.strip.reason, self.comment, self.views, self.order),
            strict=True,
        ):
            QWidget.setTabOrder(first, second)
        self._show_map()

    def _show_map(self, *_items: object) -> None:
        self.map.show_exam(self._editor.form.exam, Exam(self._editor.previous))

    def _on_view(self, view: str) -> None:
        self.map.show_view(view)
        self.legend.show_view(view)

    def _on_order(self) -> None:
        self._editor.order = Order(self.order.value)
        self.grid.setFocus()

    def _on_pointed(self, item: str) -> None:
        self._editor.go(item)
        self.grid.setFocus()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Put everything where the sheet leaves room for it."""
        layout, px = self.grid.fit(self.size()), self._look.px
        middle = layout.middle().toRect()
        roomy = middle.width() >= px(_LEAST_MAP)
        strip = QRect(middle)
        strip.setHeight(self.strip.sizeHint().height())
        strip.setWidth(min(max(middle.width(), px(236)), px(300)))
        strip.moveCenter(middle.center())
        strip.moveBottom(middle.bottom())
        self.strip.setGeometry(strip)
        comment = layout.flank(Side.LEFT).toRect()
        if layout.hidden:  # the rows scroll, so the comment lies between the sides
            comment = QRect(strip.left(), strip.top() - px(84), strip.width(), px(80))
            comment.setWidth(strip.width() if roomy else 0)
        self._comment_label.setGeometry(
            comment.left(), comment.top(), comment.width(), px(18)
        )
        self.comment.setGeometry(comment.adjusted(0, px(20), 0, 0))
        bottom = comment.top() if layout.hidden else strip.top()
        mapped = roomy and bottom - middle.top() >= px(_LEAST_MAP + 106)
        for part in (self.views, self.map, self.legend):
            part.setVisible(mapped)
        if mapped:
            self._place_map(middle, bottom)
        self._place_order()

    def _place_map(self, room: QRect, bottom: int) -> None:
        px = self._look.px
        width = min(room.width(), self.views.sizeHint().width())
        left = room.center().x() - width // 2
        self.views.setGeometry(left, room.top(), width, px(26))
        top = room.top() + px(34)
        legend = min(room.width(), px(300))
        self.legend.setGeometry(
            room.center().x() - legend // 2, bottom - px(66), legend, px(60)
        )
        self.map.setGeometry(room.left(), top, room.width(), bottom - px(72) - top)

    def _place_order(self) -> None:
        px, layout = self._look.px, self.grid.layout_
        left = round(layout.foot_end()) + px(16)
        width = min(px(190), self.width() - left - px(12))
        self.order.setVisible(width > px(60))
        self.order.setGeometry(
            self.width() - width - px(12), round(layout.foot_y) + px(6), width, px(28)
        )
