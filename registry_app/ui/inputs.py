"""Inputs: every one has a name for screen readers, and none acts while one composes.

- ``Line(look, name)``: text; ``plain=True`` for letters and digits, ``secret=True``
- ``NameLine(look, name)``: a name in kanji, which proposes its reading
- ``Choice(look, name, [(stored, shown), …])``: a combo box that the wheel leaves alone
- ``Field(look, name, input, hint)``: label above; ``set_problem`` says below what is
  wrong, and what was typed stays
- ``DateField`` (ui/dates.py): a day in either calendar
"""

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from registry_app.domain.errors import InvalidValue
from registry_app.domain.names import read_kana
from registry_app.ui import paint
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Glyph, column, label, restyle, row


class Line(QLineEdit):
    """One line of text. `plain` says that letters and digits are expected, not kana."""

    def __init__(
        self, look: Look, name: str, *, plain: bool = False, secret: bool = False
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFont(look.font())
        hint = Qt.InputMethodHint
        if plain:
            self.setInputMethodHints(
                hint.ImhPreferLatin | hint.ImhNoAutoUppercase | hint.ImhNoPredictiveText
            )
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)


class NameLine(Line):
    """A name in kanji; `reading` proposes the kana from which it was converted."""

    reading = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self._kana = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember the last composition that was all kana; tell it once committed."""
        if composed := event.preeditString():
            # Else already converted, or a letter that is still to become kana.
            with suppress(InvalidValue):
                self._kana = read_kana(composed)
        super().inputMethodEvent(event)
        if event.commitString() and self._kana:
            self.reading.emit(self._kana)
            self._kana = ""


class Choice(QComboBox):
    """A combo box whose value the wheel changes only while it has the focus."""

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Sequence[tuple[str, str]] = (),
        value: str = "",
    ) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setFont(look.font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(12)
        for stored, words in choices:
            self.addItem(words, stored)
        if value:
            self.choose(value)

    @property
    def value(self) -> str:
        """What is stored for the chosen words; of an editable box, what is written."""
        if self.isEditable():
            return self.currentText().strip()
        return str(self.currentData() or "")

    def stay_narrow(self) -> None:
        """Ask for no room for the longest choice, only for some of it."""
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(policy)
        self.setMinimumContentsLength(16)
        self.setMinimumWidth(self._look.px(160))  # the style sheet asks for all of it

    def choose(self, value: str) -> None:
        """Show the choice that is stored as `value`."""
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value, unless the box was chosen on purpose."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The arrow is one of our icons."""
        super().paintEvent(event)
        side = self._look.px(14)
        with paint.painter(self) as p:
            box = QRectF(
                self.width() - side - 6, (self.height() - side) / 2, side, side
            )
            ink = "text2" if self.isEnabled() else "text3"
            paint.icon(p, self._look, "down", box, ink)


class Field(QWidget):
    """An input with its label above, and below it a hint or what is wrong.

    The line below keeps its room, so that nothing moves when a problem shows.
    """

    def __init__(self, look: Look, name: str, input_: QWidget, hint: str = "") -> None:
        super().__init__()
        self.input, self._hint = input_, hint
        self.caption = label(look, name, "text2", "caption", MEDIUM)
        self.caption.setBuddy(input_)
        self._glyph = Glyph(look, "overdue")
        self._below = label(look, hint, "text3", "caption")
        self._below.setMinimumHeight(look.px(16))
        input_.setAccessibleDescription(hint)
        below = row(self._glyph, self._below, gap=4)
        below.setStretch(1, 1)
        self._glyph.hide()
        if isinstance(input_, QLineEdit):
            input_.textEdited.connect(lambda: self.set_problem(""))
        self.setLayout(column(self.caption, input_, below, gap=3))
        self.setFocusProxy(input_)

    @property
    def problem(self) -> str:
        """What is said to be wrong, or the empty text."""
        return self._below.text() if self._glyph.isVisibleTo(self) else ""

    def set_problem(self, text: str) -> None:
        """Say what is wrong, until one types there; what was typed stays.

        The empty text takes it back.
        """
        self._glyph.setVisible(bool(text))
        # What is longer than the input goes on in another line, and is not cut.
        wide = self._below.fontMetrics().horizontalAdvance(text)
        self._below.setWordWrap(wide > self.input.width() - self._glyph.width())
        self._say(text or self._hint, "overdue" if text else "text3")
        self.input.setAccessibleDescription(text or self._hint)
        restyle(self.input, wrong="true" if text else "false")

    def set_hint(self, text: str) -> None:
        """Another hint below, such as the date in the other calendar."""
        self._hint = text
        if not self.problem:
            self._say(text, "text3")
            self.input.setAccessibleDescription(text)

    def _say(self, text: str, ink: str) -> None:
        self._below.setText(text)
        restyle(self._below, ink=ink)
