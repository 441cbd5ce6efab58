"""Small ready-made widgets; what a screen is put together from.

    label(look, text, ink="text2", role="caption")   button(look, text, "primary")
    row(a, b, None, c)      column(a, 8, b)          # None stretches, a number is a gap
    Card(look, "Title", extra=[…]).body.addWidget(…)
    Chip(look, "due", "2 doubts")                     Glyph(look, "overdue")
    Segments(look, [("yes", "Yes"), ("no", "No")], name="VAC")
    rule()                  # a hairline
    Inside(look, layout)    # a plain holder without a ground of its own

Inputs (line, choice, field, date) are in `ui/inputs.py`.
"""

from collections.abc import Callable, Sequence
from math import ceil
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from registry_app.ui import paint
from registry_app.ui.look import MEDIUM, Look

#: What a row or column takes: a widget, a layout, a gap in pixels, or None to stretch.
Item = QWidget | QLayout | int | None


def _fill(layout: QBoxLayout, items: Sequence[Item]) -> None:
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def row(
    *items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Items side by side."""
    made = QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(*margins)
    _fill(made, items)
    return made


def column(
    *items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Items one under the other."""
    made = QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(*margins)
    _fill(made, items)
    return made


class Inside(QWidget):
    """A plain holder for a layout; it paints no ground."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setProperty("kind", "inside")
        self.setLayout(layout)


class _Handing(QObject):
    """Passes the focus of a whole on to the part of it that takes the keys."""

    def __init__(self, whole: QWidget, part: QWidget) -> None:
        super().__init__(whole)
        self.part = part
        whole.installEventFilter(self)

    def eventFilter(self, _whole: QObject, event: QEvent) -> bool:
        """Hand on what arrives."""
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self.part.setFocus(event.reason())
        return False


def hand_keys(whole: QWidget, part: QWidget) -> None:
    """`part` takes the keys when `whole` is given the focus.

    A focus proxy does so too, but lets Tab leave out all that stands before the part.
    """
    if found := whole.findChild(
        _Handing, options=Qt.FindChildOption.FindDirectChildrenOnly
    ):
        found.part = part
    else:
        _Handing(whole, part)


def scrolled(inside: QWidget) -> QScrollArea:
    """The widget in a frameless area that scrolls when the window is too small."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is inside takes the keys
    made.setWidget(inside)
    return made


def label(
    look: Look,
    text: str,
    ink: str = "text1",
    role: str = "body",
    weight: int | None = None,
    wrap: bool = False,
) -> QLabel:
    """A text. `ink` is one of style.INKS; a label keeps its text as accessible name."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(look.font(role, weight))
    made.setProperty("ink", ink)
    made.setWordWrap(wrap)
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and have the sheet look at them again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def button(
    look: Look,
    text: str,
    kind: str = "",
    press: Callable[[], object] | None = None,
) -> QPushButton:
    """A button: kind ``primary`` (one on a page), ``""``, ``quiet`` or ``small``.

    Enter presses it too when it has the focus, as people expect of a button.
    """
    made = _Button(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setFont(look.font("caption" if kind == "small" else "body", MEDIUM))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if press is not None:
        made.clicked.connect(lambda: press())
    return made


class _Button(QPushButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # Among segments Enter is not a choice: it goes on to what the form does.
        if enter and self.property("kind") != "segment":
            self.click()
        else:
            super().keyPressEvent(event)


def rule(upright: bool = False) -> QFrame:
    """A hairline across, or upright."""
    made = QFrame()
    made.setProperty("kind", "line")
    if upright:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


class Card(QFrame):
    """A surface with a hairline; a head of 36 px if it has a title. Never in a card.

    `body` is the layout for what it holds; `extra` are quiet things right in the head.
    """

    def __init__(self, look: Look, title: str = "", extra: Sequence[Item] = ()) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        outer = column(gap=0, margins=(1, 1, 1, 1))
        self.setLayout(outer)
        if title:
            self.title = label(look, title, weight=MEDIUM)
            head = Inside(row(self.title, None, *extra, margins=(12, 0, 8, 0)))
            head.setFixedHeight(look.px(36))
            outer.addWidget(head)
        self.body = column(margins=(12, 0 if title else 12, 12, 12))
        outer.addLayout(self.body, 1)


class Chip(QLabel):
    """A status chip. The text is real, so that a screen reader reads it."""

    def __init__(self, look: Look, status: str, text: str) -> None:
        super().__init__(text)
        self._look, self.status = look, status
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_status(self, status: str, text: str) -> None:
        """Say something else."""
        self.status = status
        self.setText(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        width = paint.chip_width(self._look, self.status, self.text())
        return QSize(round(width + 0.5), self._look.size("chip"))

    def minimumSizeHint(self) -> QSize:
        """It is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, glyph, word."""
        if self.text():
            with paint.painter(self) as p:
                paint.chip(p, self._look, QPointF(0, 0), self.status, self.text())


class Glyph(QWidget):
    """The shape of a status alone; a word must stand beside it."""

    def __init__(self, look: Look, status: str) -> None:
        super().__init__()
        self._look, self.status = look, status
        self.setFixedSize(look.px(14), look.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The glyph in the middle."""
        with paint.painter(self) as p:
            middle = QPointF(self.width() / 2, self.height() / 2)
            paint.glyph(p, self._look, self.status, middle, self._look.px(5))


class Segments(QFrame):
    """Two to four fixed choices side by side; arrow keys move, Space chooses.

    `value` is the chosen one, ``""`` while none is. `chosen` tells of a choice by the
    user, not of `choose`. With `optional`, pressing the chosen one takes it back.
    """

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        choices: Sequence[tuple[str, str]],
        name: str,
        value: str = "",
        optional: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._optional, self._value = optional, value
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # done here, so that a choice can be undone
        self._buttons: dict[str, QPushButton] = {}
        parts: list[Item] = []
        for choice, words in choices:
            made = button(look, words, "segment")
            made.setFont(look.font("caption", MEDIUM))
            # Chosen, its words are wider: none is to be cut then, or to move.
            wide = ceil(look.width(words, "caption", MEDIUM))
            made.setMinimumWidth(wide + look.px(26))
            made.setCheckable(True)
            made.setAccessibleName(f"{name}: {words}")
            made.clicked.connect(lambda _on, c=choice: self._pressed(c))
            if parts:
                parts.append(rule(upright=True))
            parts.append(made)
            self._buttons[choice] = made
            self._group.addButton(made)
        self.setLayout(row(*parts, gap=0, margins=(1, 1, 1, 1)))
        self.choose(value)

    @property
    def value(self) -> str:
        """The choice, or the empty text."""
        return self._value

    @property
    def shown(self) -> str:
        """The words of the choice, or the empty text."""
        made = self._buttons.get(self._value)
        return made.text() if made else ""

    def choose(self, value: str) -> None:
        """Show a choice; nothing is emitted."""
        self._value = value
        for choice, made in self._buttons.items():
            made.setChecked(choice == value)
        # One stop for Tab: the chosen one, or the first.
        stop = value if value in self._buttons else next(iter(self._buttons))
        for choice, made in self._buttons.items():
            policy = Qt.FocusPolicy
            made.setFocusPolicy(
                policy.StrongFocus if choice == stop else policy.ClickFocus
            )
        self.setFocusProxy(self._buttons[stop])

    def _pressed(self, choice: str) -> None:
        again = choice == self._value and self._optional
        self.choose("" if again else choice)
        self.chosen.emit(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the neighbour."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(cast(Qt.Key, event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        names = list(self._buttons)
        at = names.index(self._value) + step if self._value else 0
        if 0 <= at < len(names):
            self.choose(names[at])
            self._buttons[names[at]].setFocus()
            self.chosen.emit(self._value)
