"""A card that shows one thing at a time: what a table beside it has chosen."""

from PySide6.QtWidgets import QPushButton, QWidget

from registry_app.ui.look import Look
from registry_app.ui.widgets import Card, Inside, column, label


class Panel(Card):
    """`put` replaces what is shown; keys that were inside it stay inside."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look
        self._inside: QWidget | None = None

    def say(self, text: str) -> None:
        """A sentence in place of anything chosen."""
        said = label(self._look, text, "text2", wrap=True)
        self.put(Inside(column(said, None, margins=(16, 16, 16, 16))))

    def take_keys(self) -> None:
        """Its first button takes the keys."""
        found = self._inside.findChildren(QPushButton) if self._inside else []
        if found:
            found[0].setFocus()

    def put(self, inside: QWidget) -> None:
        """Show this from now on."""
        held = self.window().focusWidget()
        had_keys = held is not None and self.isAncestorOf(held)
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = inside
        self.body.addWidget(inside)
        if had_keys:  # the button that had them is gone
            self.take_keys()
