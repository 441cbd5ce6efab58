"""A dialog that saves what was asked for before it closes.

A refusal stays in the dialog as a sentence, with everything that was typed.

    class ConsentDialog(Asking[Consent]):
        def value(self) -> Consent | None: ...   # None: the field says what is wrong

    ConsentDialog(page, words, look, facts, save=lambda made: add_consent(desk, made))
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from registry_app.domain.errors import RegistryError
from registry_app.ui.dates import DateField
from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.frame import Fact, Strip
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Item, Segments, column, label, row
from registry_app.words import Words

T = TypeVar("T")


class Asking(Dialog, Generic[T]):
    """`save` is given the value when everything is right; it may refuse.

    `places`: the key of a refusal to the field beside which it is said; any other is
    said below all fields.
    """

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        facts: Sequence[Fact],
        save: Callable[[T], object],
    ) -> None:
        super().__init__(parent, words, look, facts)
        self._save = save
        self.places: dict[str, Field] = {}
        self.strip = Strip(words, look)

    def value(self) -> T | None:
        """What was typed; None where something is wrong and said beside its field.

        Raises RegistryError where the value itself refuses it.
        """
        # No abstract method: a Qt class has a metaclass of its own.
        raise NotImplementedError

    def ask(self, title: str, go: str, *items: Item) -> None:
        """Lay out the fields, under them the place of a refusal."""
        self.lay_out(title, go, *items, self.strip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the next line that is empty still; after the last it saves.

        Ctrl+Enter saves from anywhere.
        """
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        elif enter and (following := self._next_empty()) is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _next_empty(self) -> QLineEdit | None:
        """The next empty line after the one that has the keys."""
        at = self.focusWidget()
        if not isinstance(at, QLineEdit):
            return None
        after = at.nextInFocusChain()
        while after is not None and after is not self:
            there = after.isEnabled() and after.isVisible()
            if there and isinstance(after, QLineEdit) and not after.text():
                return after
            after = after.nextInFocusChain()
        return None

    def accept(self) -> None:
        """Save, and close unless it was refused."""
        self.strip.hide()
        try:
            value = self.value()
            if value is None:
                return
            self._save(value)
        except RegistryError as refusal:
            self._refuse(refusal)
        else:
            super().accept()

    def _refuse(self, refusal: RegistryError) -> None:
        said = self.words.say(refusal.message)
        place = self.places.get(refusal.message.key)
        if place is None:
            self.strip.say("overdue", said)
        else:
            place.set_problem(said)
            place.setFocus()

    # ── fields ───────────────────────────────────────────────────────────────────

    def line(self, name: str, text: str = "", hint: str = "") -> Field:
        """One line of text, with its label and what it holds at first."""
        made = Line(self.look, name)
        made.setText(text)
        return Field(self.look, name, made, hint)

    def day(
        self, name: str, today: date, day: date | None = None, *, future: bool = False
    ) -> DateField:
        """A day; `future`: it may lie after today."""
        made = DateField(self.look, self.words, name, today, day)
        made.future = future
        return made

    def choice(
        self, name: str, choices: Sequence[tuple[str, str]], value: str = ""
    ) -> Field:
        """One of several, in a box."""
        return Field(self.look, name, Choice(self.look, name, choices, value))

    def titled(self, name: str, segments: Segments) -> QVBoxLayout:
        """A few fixed choices under their label."""
        title = label(self.look, name, "text2", "caption", MEDIUM)
        return column(title, row(segments, None), 6, gap=3)

    def needed(self, field: Field) -> str:
        """The text of a line that must not be empty; it is said beside it if it is."""
        text = written(field)
        field.set_problem("" if text else self.words("enrol.needed"))
        return text

    @staticmethod
    def right(*fields: Field) -> bool:
        """Whether no field has a problem; the first one that has gets the keys."""
        wrong = next((f for f in fields if f.problem and f.isEnabled()), None)
        if wrong is not None:
            wrong.setFocus()
        return wrong is None


def written(field: Field) -> str:
    """What stands in the line, or is chosen in the box, of a field."""
    input_ = field.input
    if isinstance(input_, QLineEdit):
        return input_.text().strip()
    assert isinstance(input_, Choice)
    return input_.value


def line_of(field: Field) -> QLineEdit:
    """The line in a field."""
    line = field.input
    assert isinstance(line, QLineEdit)
    return line
